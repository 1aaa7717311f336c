"""The oracle: what every rule of a book finds in a case file, read from the documents alone.

Plain and slow on purpose. Nothing of it comes from the engine: what a rule means is written down here a
second time, so that two independent readings must agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from casefiles.model import Act, CaseFile
from casefiles.moments import Moment
from tests.oracle.conditions import conditions, in_force, situation
from tests.oracle.documents import Book, Document, as_list, day_of
from tests.oracle.files import File, absence, acts_of, begin, date_of
from tests.oracle.truths import (
    ALL_OF,
    ANY_OF,
    BINDING,
    FALSE,
    NOT,
    NOT_APPLICABLE,
    TRUE,
    UNDETERMINED,
    UNKNOWN,
    Outcome,
    Truth,
    all_true,
)
from tests.oracle.verbs_content import at_least, at_most, cites_law_in_force, free_of, same_as, states
from tests.oracle.verbs_dates import dated
from tests.oracle.verbs_order import followed_by, never_with, preceded_by, within
from tests.oracle.verbs_people import done_by, independent_of, signed_by
from tests.oracle.verbs_time import covered_by, lasts, no_overlap, not_during

VERBS: dict[str, Callable[[File, Any, Act], Outcome]] = {
    "followed_by": followed_by,
    "preceded_by": preceded_by,
    "within": within,
    "covered_by": covered_by,
    "states": states,
    "at_most": at_most,
    "at_least": at_least,
    "same_as": same_as,
    "done_by": done_by,
    "independent_of": independent_of,
    "signed_by": signed_by,
    "lasts": lasts,
    "not_during": not_during,
    "no_overlap": no_overlap,
    "free_of": free_of,
    "never_with": never_with,
    "cites_law_in_force": cites_law_in_force,
    "dated": dated,
}


@dataclass(frozen=True)
class Found:
    """What a rule finds on one subject, or (``subject`` is ``None``) on the file as a whole."""

    rule: str
    subject: str | None
    outcome: Outcome
    severity: str


def findings(case: CaseFile, book: Book, as_of: Moment) -> list[Found]:
    """Return what all rules of a book find in a case file, in the order of the rules."""
    file = File(case, book, as_of)
    return [found for rule in book.rules for found in _rule_findings(file, rule)]


def _rule_findings(file: File, rule: Document) -> list[Found]:
    applies = conditions(file, rule.get("applies"), None)
    if applies == FALSE:
        return [_found(rule, None, NOT_APPLICABLE, _bases(rule))]
    kinds = as_list(rule["subject"]["act"])
    subjects = acts_of(file, kinds)
    if not subjects:
        missing = absence(file, kinds, date_of(file.as_of)) == UNKNOWN
        return [_found(rule, None, UNDETERMINED if missing else NOT_APPLICABLE, _bases(rule))]
    found = [_judged(file, rule, act, applies) for act in subjects]
    judged = [one for one in found if one is not None]
    return judged or [_found(rule, None, NOT_APPLICABLE, _bases(rule))]


def _judged(file: File, rule: Document, act: Act, applies: Truth) -> Found | None:
    """Return what is found on one subject, ``None`` if its facts keep it out of the rule."""
    fits = conditions(file, rule["subject"].get("where"), act)
    if fits == FALSE:
        return None
    grounded, bases = _grounded(file, rule, act)
    excepted = [situation(file, one, act) for one in as_list(rule.get("unless"))]
    binds = all_true([applies, fits, grounded, *(_not(one) for one in excepted)])
    if binds == FALSE:
        return _found(rule, act, NOT_APPLICABLE, bases)
    outcome = BINDING[binds, required(file, rule["require"], act)]
    return _found(rule, act, outcome, bases)


def _not(truth: Truth) -> Truth:
    return {TRUE: FALSE, FALSE: TRUE}.get(truth, truth)


def required(file: File, written: Document, act: Act) -> Outcome:
    """Judge what stands under ``require``."""
    ((word, options),) = written.items()
    if word == "not":
        return NOT[required(file, options, act)]
    if word == "all_of":
        return reduce(lambda one, other: ALL_OF[one, other], [required(file, one, act) for one in options])
    if word == "any_of":
        return reduce(lambda one, other: ANY_OF[one, other], [required(file, one, act) for one in options])
    return VERBS[word](file, options, act)


def _bases(rule: Document) -> list[Document]:
    return as_list(rule["basis"])


def _grounded(file: File, rule: Document, act: Act) -> tuple[Truth, list[Document]]:
    """Tell whether the rule has a basis on the day of the act for this file, and which."""
    moment = begin(act)
    if moment is None:
        return UNKNOWN, _bases(rule)
    valid = [basis for basis in _bases(rule) if in_force(basis, date_of(moment))]
    truths = [(basis, conditions(file, basis.get("when"), None)) for basis in valid]
    sure = [basis for basis, truth in truths if truth == TRUE]
    if sure:
        return TRUE, sure
    unsure = [(basis, truth) for basis, truth in truths if truth != FALSE]
    if unsure:
        return unsure[0][1], [basis for basis, _ in unsure]
    return FALSE, _bases(rule)


def _found(rule: Document, act: Act | None, outcome: Outcome, bases: list[Document]) -> Found:
    return Found(rule["id"], act.id if act else None, outcome, _severity(rule, act, bases))


def _severity(rule: Document, act: Act | None, bases: list[Document]) -> str:
    """Return how much a breach weighs: less in a transition period, and no veto on unverified sources."""
    moment = begin(act) if act else None
    if moment is not None and all(_only_noted(basis, moment) for basis in bases):
        return "note"
    if rule["severity"] == "veto" and all(basis.get("mark", "V") != "V" for basis in bases):
        return "major"
    return str(rule["severity"])


def _only_noted(basis: Document, moment: Moment) -> bool:
    return basis.get("note_until") is not None and date_of(moment) <= day_of(basis["note_until"])
