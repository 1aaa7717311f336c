"""The defects that are planted in made cases, each with the duties that it breaks (``defects``)."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from inspection.made.damage import WAYS, Case, acts_of, day_of

FOLDER = Path(__file__).parent / "defects"
"""The files of the defects, each about some kinds of case files."""


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}):
    """How many days lie between the first acts of two kinds: at most ``most``, at least ``least``."""

    start: str
    end: str
    least: int = 0
    most: int = 10_000

    def holds(self, case: Case) -> bool:
        """Tell whether a file has both acts and so many days lie between them."""
        first, last = (next(acts_of(case, {"act": kind}), None) for kind in (self.start, self.end))
        if first is None or last is None:
            return False
        return self.least <= (day_of(last) - day_of(first)).days <= self.most


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """In which files a rule is broken by a defect; what is not said does not matter.

    ``since`` and ``until`` are days of the act that ``day`` names (a kind of act), without it of the
    decision. ``where`` and ``unless`` are facts of the first act of the kind ``of``, of the head without it;
    ``当事人`` and ``机关`` stand for the party and the unit.
    """

    fields: tuple[str, ...] = ()
    not_fields: tuple[str, ...] = ()
    fields_since: dict[str, date] = {}
    """Fields, each with the day from which on the condition holds there."""
    regions: tuple[str, ...] = ()
    not_regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    not_parties: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    day: str = "执法决定"
    with_: tuple[str, ...] = msgspec.field(default=(), name="with")
    """Kinds of acts that must all be there."""
    without: tuple[str, ...] = ()
    of: str | None = None
    where: dict[str, Any] = {}
    unless: dict[str, Any] = {}
    said: dict[str, dict[str, Any]] = {}
    """Facts by the kind of the act of which the first one states them."""
    most: dict[str, int] = {}
    """How many acts of a kind there may be at most."""
    levels: tuple[str, ...] = ()
    span: Span | None = None

    def holds(self, case: Case) -> bool:
        """Tell whether a file, before the damage, is one of these."""
        # The file of a unit has no party.
        party = next((one["kind"] for one in case.get("parties", ())), None)
        kinds = {act["kind"] for act in case["acts"]}
        return (
            _among(case.get("field"), self.fields, self.not_fields)
            and _among(case.get("region"), self.regions, self.not_regions)
            and _among(case["kind"], self.kinds)
            and _among(case.get("procedure"), self.procedures)
            and _among(party, self.parties, self.not_parties)
            and _among(case.get("agency", {}).get("level"), self.levels)
            and kinds.issuperset(self.with_)
            and kinds.isdisjoint(self.without)
            and self._is_in_time(case)
            and all(sum(act["kind"] == kind for act in case["acts"]) <= n for kind, n in self.most.items())
            and (self.span is None or self.span.holds(case))
            and self._says(case)
        )

    def _is_in_time(self, case: Case) -> bool:
        since = self.fields_since.get(case.get("field", ""), date.max) if self.fields_since else self.since
        if since is None and self.until is None:
            return True
        act = next(acts_of(case, {"act": self.day}), None)
        return act is not None and (since or date.min) <= day_of(act) <= (self.until or date.max)

    def _says(self, case: Case) -> bool:
        facts = _facts(case, self.of)
        return (
            _states(facts, self.where)
            and not (self.unless and _states(facts, self.unless))
            and all(_states(_facts(case, kind), told) for kind, told in self.said.items())
        )


def _facts(case: Case, of: str | None) -> Case:
    if of is None:
        record = case
    elif of in ("当事人", "机关"):
        record = case["agency"] if of == "机关" else case["parties"][0]
    else:
        record = next(acts_of(case, {"act": of}), {})
    facts: Case = record.get("facts", {})
    return facts


def _states(facts: Case, told: Mapping[str, Any]) -> bool:
    return all(_fits(facts.get(name), value) for name, value in told.items())


def _among(word: str | None, wanted: tuple[str, ...], unwanted: tuple[str, ...] = ()) -> bool:
    return (not wanted or word in wanted) and word not in unwanted


def _fits(value: Any, wanted: Any) -> bool:
    """Tell whether a fact has a value, is one of a list, contains an item, or is at least ``at_least``.

    ``given`` asks whether it is there at all.
    """
    if isinstance(wanted, dict) and "given" in wanted:
        return (value is not None) is wanted["given"]
    if isinstance(wanted, dict):
        return isinstance(value, (int, float)) and value >= wanted["at_least"]
    if isinstance(wanted, list):
        return value in wanted
    return wanted in value if isinstance(value, list) else bool(value == wanted)


class Defect(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A defect: in which files it is planted, what is changed, which rules it breaks and when."""

    name: str
    into: When = When()
    do: tuple[dict[str, dict[str, Any]], ...]
    breaks: dict[str, tuple[When, ...]]

    def planted(self, case: Case) -> Case | None:
        """Return a copy of a lawful file with the defect; ``None`` where it has no place."""
        if not self.into.holds(case):
            return None
        changed = copy.deepcopy(case)
        # Not a generator: every change must be made.
        done = [WAYS[way](changed, said) for step in self.do for way, said in step.items()]
        return changed if all(done) else None

    def broken(self, case: Case) -> frozenset[str]:
        """Return the rules that the defect breaks in a lawful file."""
        return frozenset(
            rule
            for rule, whens in self.breaks.items()
            if not whens or any(when.holds(case) for when in whens)
        )


@cache
def defects() -> tuple[Defect, ...]:
    """Return all defects that are planted."""
    return tuple(
        defect_from(one)
        for path in sorted(FOLDER.glob("*.yaml"))
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def defect_from(plain: Mapping[str, Any]) -> Defect:
    """Return a defect from plain data; ``breaks`` holds rules without a condition as ``null``."""
    breaks = {
        rule: () if when is None else (when if isinstance(when, list) else [when])
        for rule, when in plain["breaks"].items()
    }
    return msgspec.convert({**plain, "breaks": breaks}, Defect)
