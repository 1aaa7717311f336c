"""Conditions, definitions, limits, situations and the choice of acts: ``docs/rules.md`` written again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casefiles.model import Act
from casefiles.moments import parse_moment
from tests.oracle.documents import Document, as_list, day_of
from tests.oracle.files import (
    HEAD,
    HEAD_FIELDS,
    File,
    Silence,
    Value,
    absence,
    acts_of,
    before,
    begin,
    concerned,
    date_of,
    end,
    head_field,
    kind_of,
    told_of_act,
    told_of_head,
)
from tests.oracle.truths import FALSE, OPEN, TRUE, UNKNOWN, Truth, all_true, certain, known, some_true


def in_force(basis: Document, day: date) -> bool:
    """Tell whether a basis is in force on a day, its first and its last day included."""
    if day < day_of(basis["since"]):
        return False
    return basis.get("until") is None or day <= day_of(basis["until"])


# Facts, given or derived


def fact(file: File, act: Act, name: str) -> Value:
    """Return a fact of an act: what is written comes first, then what is derived, then silence."""
    definition = _definition(file, kind_of(file, act), name)
    if name in act.facts or definition is None:
        return told_of_act(file, act, name)
    return _flag(derived(file, definition, act))


def head_fact(file: File, name: str) -> Value:
    """Return a field or a fact of the head."""
    if name in HEAD_FIELDS:
        return head_field(file, name)
    definition = _definition(file, HEAD, name)
    if name in file.case.facts or definition is None:
        return told_of_head(file, name)
    return _flag(derived(file, definition, None))


def _definition(file: File, kind: str, name: str) -> Document | None:
    found = [one for one in file.book.definitions if one["on"] == kind and one["defines"] == name]
    return found[-1] if found else None


def derived(file: File, definition: Document, act: Act | None) -> Truth:
    """Derive a fact: one ground that is given makes it so."""
    return some_true(situation(file, ground, act) for ground in definition["grounds"])


def _flag(truth: Truth) -> Value:
    return {TRUE: True, FALSE: False, UNKNOWN: Silence.UNKNOWN, OPEN: Silence.OPEN}[truth]


# Conditions


def conditions(file: File, written: Document | None, act: Act | None) -> Truth:
    """Tell whether all conditions hold for an act or, without one, for the head."""
    return all_true(
        _condition(file, name, operator, wanted, act) for name, operator, wanted in items(written)
    )


def items(written: Document | None) -> list[tuple[str, str, Any]]:
    """Return conditions one by one: the fact, the comparison, and what it is compared with."""
    found = []
    for name, wanted in (written or {}).items():
        if isinstance(wanted, dict):
            found += [(name, operator, operand) for operator, operand in wanted.items()]
        elif name == "region":
            found.append((name, "begins_with", wanted))
        else:
            found.append((name, "one_of" if isinstance(wanted, list) else "is", wanted))
    return found


def _condition(file: File, name: str, operator: str, wanted: Any, act: Act | None) -> Truth:
    value = head_fact(file, name) if act is None else fact(file, act, name)
    if isinstance(wanted, dict):
        if value is Silence.DENIED:
            return FALSE
        wanted = limit(file, wanted["limit"], act)
        if isinstance(wanted, Silence):
            return _truth_of(wanted)
    return compare(value, operator, wanted)


def _truth_of(silence: Silence) -> Truth:
    return OPEN if silence is Silence.OPEN else UNKNOWN


def compare(value: Value, operator: str, wanted: Any) -> Truth:
    """Compare one value; the unknown compares to nothing, except where only written words count."""
    if value in (Silence.UNKNOWN, Silence.OPEN):
        return FALSE if operator == "says" else _truth_of(value)
    return known(OPERATORS[operator](value, wanted))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float)


def _has_all(value: Value, wanted: Any) -> bool:
    return isinstance(value, list) and all(item in value for item in as_list(wanted))


def _has_one(value: Value, wanted: Any) -> bool:
    return isinstance(value, list) and any(item in value for item in as_list(wanted))


def _begins(value: Value, wanted: Any) -> bool:
    return isinstance(value, str) and any(value[: len(start)] == start for start in as_list(wanted))


def _not_before(value: Value, wanted: Any) -> bool:
    return isinstance(value, str) and date_of(parse_moment(value)) >= date_of(parse_moment(str(wanted)))


OPERATORS: dict[str, Callable[[Value, Any], bool]] = {
    "is": lambda value, wanted: value == wanted,
    "is_not": lambda value, wanted: value != wanted,
    "one_of": lambda value, wanted: value in as_list(wanted),
    "none_of": lambda value, wanted: value not in as_list(wanted),
    "includes": _has_all,
    "includes_any": _has_one,
    "excludes": lambda value, wanted: not _has_one(value, wanted),
    "at_least": lambda value, wanted: _is_number(value) and value >= wanted,
    "at_most": lambda value, wanted: _is_number(value) and value <= wanted,
    "more_than": lambda value, wanted: _is_number(value) and value > wanted,
    "less_than": lambda value, wanted: _is_number(value) and value < wanted,
    "begins_with": _begins,
    "not_before": _not_before,
    "says": lambda value, wanted: value == wanted,
    "given": lambda value, wanted: wanted is (value is not Silence.DENIED and value != []),
}
"""The comparisons on a value or on denied silence, which differs from every value."""


# Limits


def limit(file: File, name: str, act: Act | None) -> Value:
    """Return the number of the law on the day of the act, or of the check; silence if none can be told.

    Of the values in force whose conditions hold the one with most conditions counts; of equals the last.
    One whose conditions are open leaves it open, unless a certain one has more conditions.
    """
    moment = file.as_of if act is None else begin(act)
    if moment is None:
        return Silence.UNKNOWN
    (document,) = [one for one in file.book.limits if one["id"] == name]
    best: Document | None = None
    doubtful: Document | None = None
    for value in document["values"]:
        if not in_force(value["basis"], date_of(moment)):
            continue
        holds = conditions(file, value.get("where"), None)
        if holds == TRUE and (best is None or _width(value) >= _width(best)):
            best = value
        elif not certain(holds) and (doubtful is None or _width(value) >= _width(doubtful)):
            doubtful = value
    if doubtful is not None and (best is None or _width(doubtful) >= _width(best)):
        return _flag(conditions(file, doubtful.get("where"), None))
    if best is None or best["value"] is None:
        return Silence.UNKNOWN
    return best["value"]


def _width(value: Document) -> int:
    return len(items(value.get("where")))


# Situations: grounds of definitions, exceptions of rules


def situation(file: File, written: Document, act: Act | None) -> Truth:
    """Tell whether a situation is given; it counts only on days on which a basis of it is in force."""
    moment = begin(act) if act is not None else None
    day = date_of(moment or file.as_of)
    if not any(in_force(basis, day) for basis in as_list(written["basis"])):
        return FALSE
    truths = [conditions(file, written.get("case"), None)]
    if act is not None:
        truths.append(conditions(file, written.get("where"), act))
    truths += [_present(file, one, act, day) for one in as_list(written.get("with"))]
    return all_true(truths)


def _present(file: File, written: Document, act: Act | None, day: date) -> Truth:
    """Tell whether such an act is in the file; with ``before`` only those not after the act count."""

    def counts(other: Act) -> Truth:
        if act is None or not written.get("before"):
            return TRUE
        own, moment = begin(act), end(other)
        if own is None or moment is None:
            return UNKNOWN
        # On the same day and without times it is taken to have come first.
        return known(before(own, moment) != TRUE)

    found = search(file, choice_of(written), act, counts)
    if found.found:
        return TRUE
    if found.doubt is not None:
        return found.doubt
    absent = absence(file, as_list(written["act"]), day)
    return FALSE if absent == TRUE else absent


# The choice of other acts


@dataclass(frozen=True)
class Choice:
    """Which acts are looked for (选环节)."""

    kinds: list[str]
    where: Document
    any_of_file: bool


def choice_of(written: Document) -> Choice:
    """Read ``act``, ``where`` and ``about``."""
    return Choice(as_list(written["act"]), written.get("where") or {}, written.get("about") == "any")


def candidates(file: File, choice: Choice, subject: Act | None) -> list[tuple[Act, Truth]]:
    """Return the acts that match or may match, those that certainly concern the subject first."""
    if subject is None:
        found = [(act, TRUE) for act in acts_of(file, choice.kinds)]
    elif choice.any_of_file:
        found = [(act, TRUE) for act in acts_of(file, choice.kinds) if act.id != subject.id]
    else:
        found = concerned(file, choice.kinds, subject)
    matches = [(act, _match(file, choice, act, concern)) for act, concern in found]
    return [(act, match) for act, match in matches if match != FALSE]


def _match(file: File, choice: Choice, act: Act, concern: Truth) -> Truth:
    """Join whether an act concerns the subject with whether its facts fit."""
    return all_true([concern, conditions(file, choice.where, act)])


@dataclass(frozen=True)
class Search:
    """What a search came to; ``doubt`` is the truth of the first act that leaves it open."""

    found: bool
    doubt: Truth | None
    failed: bool
    """An act matches for certain and does not pass the test."""


def search(file: File, choice: Choice, subject: Act | None, test: Callable[[Act], Truth]) -> Search:
    """Look for an act that matches and passes a test."""
    doubts = []
    failed = False
    for act, match in candidates(file, choice, subject):
        truth = all_true([match, test(act)])
        if truth == TRUE:
            return Search(True, None, False)
        if truth != FALSE:
            doubts.append(OPEN if match == OPEN else UNKNOWN)
        elif match == TRUE:
            failed = True
    return Search(False, doubts[0] if doubts else None, failed)
