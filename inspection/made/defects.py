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


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """In which files a rule is broken by a defect; what is not said does not matter.

    ``since`` and ``until`` are days of the act that ``day`` names (a kind of act), without it of the
    decision. ``where`` and ``unless`` are facts of the first act of the kind ``of``, of the head without it.
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
            and kinds.issuperset(self.with_)
            and kinds.isdisjoint(self.without)
            and self._is_in_time(case)
            and self._says(case)
        )

    def _is_in_time(self, case: Case) -> bool:
        since = self.fields_since.get(case.get("field", ""), date.max) if self.fields_since else self.since
        if since is None and self.until is None:
            return True
        act = next(acts_of(case, {"act": self.day}), None)
        return act is not None and (since or date.min) <= day_of(act) <= (self.until or date.max)

    def _says(self, case: Case) -> bool:
        record = case if self.of is None else next(acts_of(case, {"act": self.of}), {})
        facts = record.get("facts", {})
        return all(_fits(facts.get(name), value) for name, value in self.where.items()) and not (
            self.unless and all(_fits(facts.get(name), value) for name, value in self.unless.items())
        )


def _among(word: str | None, wanted: tuple[str, ...], unwanted: tuple[str, ...] = ()) -> bool:
    return (not wanted or word in wanted) and word not in unwanted


def _fits(value: Any, wanted: Any) -> bool:
    """Tell whether a fact has a value, is one of a list, contains an item, or is at least ``at_least``."""
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
