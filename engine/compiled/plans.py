"""Which rules come into question for a head, and which of their sources are in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.compiled.rulecode import Judge, RuleCode
from engine.truth import Truth

Row = tuple[tuple[int, Judge], ...]
"""The places of rules in the rulebook, each with the function to call."""


@dataclass(frozen=True)
class Group:
    """The rules for one choice of kinds that a head does not rule out."""

    kinds: tuple[str, ...]
    places: tuple[int, ...]
    _codes: tuple[RuleCode, ...]
    _truths: tuple[Truth, ...]
    _edges: tuple[int, ...]
    """The days on which sources of these rules come into force, or no longer are."""
    _rows: dict[int, Row] = field(default_factory=dict)

    def row(self, day: int | None) -> Row:
        """Return what to call for an act of a day; without a day no source is ruled out."""
        age = -1 if day is None else bisect_right(self._edges, day)
        if age not in self._rows:
            pairs = zip(self.places, self._codes, strict=True)
            self._rows[age] = tuple((place, self._function(code, day)) for place, code in pairs)
        return self._rows[age]

    def _function(self, code: RuleCode, day: int | None) -> Judge:
        binds = day is None or any(
            self._truths[head] is not False
            for cited, head in zip(code.rule.basis, code.basis_heads, strict=True)
            if cited.basis.in_force(day)
        )
        return code.judge if binds else code.outside


@dataclass(frozen=True)
class Plan:
    """What the head of a file decides; ``bounds`` keeps the values of limits that were looked up."""

    truths: tuple[Truth, ...]
    groups: tuple[Group, ...]
    bounds: dict[tuple[str, int | None], int | float | str | None] = field(default_factory=dict)


def plan_for(truths: tuple[Truth, ...], codes: Sequence[RuleCode]) -> Plan:
    """Return the plan for the truths of a head."""
    by_kinds: dict[tuple[str, ...], list[int]] = {}
    for place, code in enumerate(codes):
        if truths[code.applies_head] is not False:
            by_kinds.setdefault(code.rule.subject.kinds, []).append(place)
    groups = (_group(kinds, places, codes, truths) for kinds, places in by_kinds.items())
    return Plan(truths, tuple(groups))


def _group(
    kinds: tuple[str, ...], places: list[int], codes: Sequence[RuleCode], truths: tuple[Truth, ...]
) -> Group:
    chosen = tuple(codes[place] for place in places)
    sources = [cited.basis for code in chosen for cited in code.rule.basis]
    edges = {one.since.toordinal() for one in sources}
    edges |= {one.until.toordinal() + 1 for one in sources if one.until}
    return Group(kinds, tuple(places), chosen, truths, tuple(sorted(edges)))
