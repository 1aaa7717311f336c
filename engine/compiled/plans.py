"""Which rules come into question for a head, and which of their sources are in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from engine.compiled.rulecode import Judge, RuleCode
from engine.truth import Truth

Row = tuple[tuple[int, Judge], ...]
"""The places of rules in the rulebook, each with the function to call."""


class Group(Struct, frozen=True):
    """The rules for one kind of act that a head does not rule out."""

    places: tuple[int, ...]
    _codes: tuple[RuleCode, ...]
    _truths: tuple[Truth, ...]
    _compiled: bool
    """Whether generated functions are called, or the plain ones that need no compiling."""
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
        if not self._compiled:
            return code.plain if binds else code.plain_outside
        return code.judge if binds else code.outside


class Plan(Struct, frozen=True):
    """What the head of a file decides: the truths of all conditions on it, and the rules it leaves.

    ``groups`` holds them by kind of act, ``places`` all of them; ``bounds`` keeps the values of limits
    that were looked up.
    """

    truths: tuple[Truth, ...]
    groups: Mapping[str, Group]
    places: tuple[int, ...]
    bounds: dict[tuple[str, int | None], int | float | str | None] = field(default_factory=dict)


def plan_for(truths: tuple[Truth, ...], codes: Sequence[RuleCode], *, compiled: bool) -> Plan:
    """Return the plan for the truths of a head, that calls generated functions or the plain ones."""
    places = tuple(place for place, code in enumerate(codes) if truths[code.applies_head] is not False)
    by_kind: dict[str, list[int]] = {}
    for place in places:
        for kind in codes[place].rule.subject.kinds:
            by_kind.setdefault(kind, []).append(place)
    groups = {kind: _group(tuple(chosen), codes, truths, compiled) for kind, chosen in by_kind.items()}
    return Plan(truths, groups, places)


def _group(
    places: tuple[int, ...], codes: Sequence[RuleCode], truths: tuple[Truth, ...], compiled: bool
) -> Group:
    chosen = tuple(codes[place] for place in places)
    sources = [cited.basis for code in chosen for cited in code.rule.basis]
    edges = {one.since.toordinal() for one in sources}
    edges |= {one.until.toordinal() + 1 for one in sources if one.until}
    return Group(places, chosen, truths, compiled, tuple(sorted(edges)))
