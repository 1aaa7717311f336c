"""Whether a case file is surely right in every word: a tight loop for the many files that are.

A yes is certain. A no only says that ``casefiles.validity`` has to look, which tells what is wrong.
"""

from __future__ import annotations

from itertools import chain
from types import FunctionType
from typing import Any

from casefiles.model import CaseFile, Facts
from casefiles.moments import is_before, moment_at
from casefiles.wordchecks import FactChecks, ItemsOf, WordChecks


class Sure:
    """What was seen on the way through a case file that is right.

    ``colons`` counts those in the times of acts and in facts that are moments, and
    ``has_fractions`` tells whether a fact is a float.
    """

    __slots__ = ("colons", "has_fractions")

    def __init__(self) -> None:
        self.colons = 0
        self.has_fractions = False


class _DoubtError(ValueError):
    """Something may be wrong."""


def sure_of(case: CaseFile, checks: WordChecks) -> Sure | None:
    """Tell that ``check_words`` would find nothing in a case file, or ``None`` if that is not sure.

    Facts need not even be of a type that a fact may have: that is found as well.
    """
    sure = Sure()
    try:
        _demand_facts(case, checks, sure)
        demand_right_but_facts(case, checks, sure)
    except (LookupError, TypeError, ValueError, AttributeError):
        # An unknown name, or a value of another type: it fails where it is touched first.
        return None
    return sure


def demand_right_but_facts(case: CaseFile, checks: WordChecks, sure: Sure) -> None:
    """Raise ValueError unless everything in a case file but its facts is surely right."""
    _demand_references(case, checks)
    _demand_order(case, sure)
    if not _are_known(case, checks):
        raise _DoubtError


def _demand_facts(case: CaseFile, checks: WordChecks, sure: Sure) -> None:
    heads, of_acts = checks.heads, checks.acts
    party, person = heads["party"], heads["person"]
    _demand_fit(case.facts, heads["case"], sure)
    _demand_fit(case.agency.facts, heads["agency"], sure)
    for one in case.parties:
        _demand_fit(one.facts, party, sure)
    for somebody in case.persons:
        _demand_fit(somebody.facts, person, sure)
    for act in case.acts:
        _demand_fit(act.facts, of_acts[act.kind], sure)


def _demand_fit(facts: Facts, table: FactChecks, sure: Sure) -> None:
    value: Any
    for name, value in facts.items():
        wanted = table[name]
        # The most frequent first: flags and free texts, then words, then lists of words.
        if type(value) is wanted:
            continue
        kind = type(wanted)
        if kind is frozenset:
            if value not in wanted:
                raise _DoubtError
        elif kind is ItemsOf:
            if type(value) is not list:
                raise _DoubtError
            for item in value:
                if item not in wanted:
                    raise _DoubtError
        elif wanted is moment_at:
            moment_at(value)
            sure.colons += value.count(":")
        elif kind is not FunctionType or not wanted(value):
            raise _DoubtError
        elif type(value) is float:
            sure.has_fractions = True


def _demand_references(case: CaseFile, checks: WordChecks) -> None:
    acts = _ids([act.id for act in case.acts])
    persons = _ids([person.id for person in case.persons])
    _ids([document.id for document in case.documents])
    parts = list(chain.from_iterable([act.by for act in case.acts]))
    is_right = (
        persons >= {part.person for part in parts}
        and checks.words["roles"] >= {part.role for part in parts}
        and acts >= {name for act in case.acts if act.about for name in act.about}
        and acts >= {name for document in case.documents for name in document.proves}
    )
    if not is_right:
        raise _DoubtError


def _ids(ids: list[str]) -> set[str]:
    known = set(ids)
    if len(known) != len(ids) or "" in known or any(map(str.isspace, known)):
        raise _DoubtError
    return known


def _demand_order(case: CaseFile, sure: Sure) -> None:
    for act in case.acts:
        starts, ends = act.starts, act.ends
        if starts is not None:
            if starts.minute is not None:
                sure.colons += 1
            if ends is not None and ends.day <= starts.day and is_before(ends, starts):
                raise _DoubtError
        if ends is not None and ends.minute is not None:
            sure.colons += 1
    for person in case.persons:
        held = person.certificate
        if held is None or held.valid_from is None or held.valid_to is None:
            continue
        if is_before(held.valid_to, held.valid_from):
            raise _DoubtError


def _are_known(case: CaseFile, checks: WordChecks) -> bool:
    words = checks.words
    return (
        case.kind in words["kinds"]
        and case.procedure in words["procedures"]
        and case.field in words["fields"]
        and case.agency.level in words["levels"]
        and words["party_kinds"] >= {party.kind for party in case.parties}
        and words["roles"] >= {role for person in case.persons for role in person.roles}
        and bool(case.number.strip())
        and (case.provides is None or checks.provided.issuperset(case.provides))
    )
