"""The verb about a moment that a paper states, compared with other moments."""

from __future__ import annotations

from typing import Any

from casefiles.model import Act
from casefiles.moments import Moment, parse_moment
from tests.oracle.conditions import candidates, choice_of, fact, head_fact
from tests.oracle.documents import Document
from tests.oracle.files import File, begin, end, is_closed, not_after
from tests.oracle.terms import counted
from tests.oracle.truths import PENDING, TRUE, UNDETERMINED, UNKNOWN, Outcome, Truth, all_true
from tests.oracle.verbs_order import OF_TRUTH


def dated(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that a moment of the subject lies before, after, or in time after each of the others."""
    written = options["fact"]
    own = (
        _told(head_fact(file, written["head"])) if isinstance(written, dict) else _own(file, subject, written)
    )
    if own is None:
        return PENDING if _still_runs(file, options, subject) else UNDETERMINED
    truths: list[Truth] = []
    if "not_before" in options:
        others = _moments(file, options["not_before"], subject)
        truths += [_ordered(other, own, options) for other in others]
    if "not_after" in options:
        others = _moments(file, options["not_after"], subject)
        truths += [_ordered(own, other, options) for other in others]
    if "within" in options:
        truths.append(_in_time(file, options, own, subject))
    return OF_TRUTH[all_true(truths)]


def _own(file: File, act: Act, name: str) -> Moment | None:
    if name == "starts":
        return begin(act)
    if name == "ends":
        return end(act)
    return _told(fact(file, act, name))


def _told(value: Any) -> Moment | None:
    return parse_moment(value) if isinstance(value, str) else None


def _moments(file: File, written: Any, subject: Act) -> list[Moment | None]:
    """Return the moments that are meant, ``None`` for each that is not known or may not be meant."""
    if isinstance(written, str):
        return [_own(file, subject, written)]
    if "head" in written:
        return [_told(head_fact(file, written["head"]))]
    name = written.get("fact") or written.get("counted_from", "starts")
    found = candidates(file, choice_of(written), subject)
    told = [_own(file, act, name) if match == TRUE else None for act, match in found]
    if written.get("year_end"):
        told = [None if one is None else parse_moment(f"{str(one)[:4]}-12-31") for one in told]
    return told or [None]


def _ordered(first: Moment | None, second: Moment | None, options: Document) -> Truth:
    if first is None or second is None:
        return UNKNOWN
    order = not_after(first, second)
    return TRUE if order == UNKNOWN and options.get("same_day") else order


def _in_time(file: File, options: Document, own: Moment, subject: Act) -> Truth:
    """Tell whether it is in time: what holds from every start that the period may have."""
    starts = _moments(file, options.get("after", "starts"), subject)
    told = {
        UNKNOWN if start is None else counted(file, start, options["within"], options, subject).in_time(own)
        for start in starts
    }
    return told.pop() if len(told) == 1 else UNKNOWN


def _still_runs(file: File, options: Document, subject: Act) -> bool:
    if "within" not in options or is_closed(file):
        return False
    starts = _moments(file, options.get("after", "starts"), subject)
    if len(starts) != 1 or starts[0] is None:
        return False
    due = counted(file, starts[0], options["within"], options, subject).term.due
    return due is not None and file.as_of.day <= due.day
