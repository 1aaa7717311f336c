"""What generated code asks about other acts: whether something is there for certain.

Every function answers ``True`` only where the verb itself would find its duty kept; ``False`` means
that the verb must look, never that a duty is broken. ``alone``: the act is the only one of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from casefiles.model import Act
from casefiles.moments import Moment, is_before, is_not_after
from engine.compiled.choices import Choice, concerned, doubtful
from engine.facts import CaseFacts
from engine.truth import Truth
from engine.verbs.content import DETECTORS
from engine.verbs.duration import Span, on_site_span, span_of, uncovered

Period = Callable[[CaseFacts, Act, int], int | None]
"""From the day that a period is counted from to the day that it reaches, where that is certain."""


def follows(
    file: CaseFacts, act: Act, alone: bool, choice: Choice, start: Moment | None, until: int | None
) -> bool:
    """Tell whether an act of the choice follows a moment, not after the day ``until`` if there is one."""
    if start is None:
        return False
    where = choice.where
    for other in concerned(file, act, alone, choice):
        moment = other.starts or other.ends
        if moment is None or (until is not None and moment.day > until):
            continue
        if is_not_after(start, moment) is not False and (where is None or where(file, other)):
            return True
    return False


def precedes(
    file: CaseFacts, act: Act, alone: bool, choice: Choice, latest: int | None, same_day: bool
) -> bool:
    """Tell whether an act of the choice was over before this one, or by the day ``latest``."""
    begin = act.starts or act.ends
    if begin is None:
        return False
    where = choice.where
    for other in concerned(file, act, alone, choice):
        moment = other.ends or other.starts
        if moment is None:
            continue
        if latest is not None:
            in_time: Truth = moment.day <= latest
        else:
            in_time = is_before(moment, begin)
        if (in_time or (in_time is None and same_day)) and (where is None or where(file, other)):
            return True
    return False


def covers(file: CaseFacts, act: Act, alone: bool, choice: Choice) -> bool:
    """Tell whether acts of the choice cover the whole time of this one, to the minute."""
    whole = on_site_span(act)
    if whole is None:
        return False
    spans: list[Span] = [
        span
        for other in concerned(file, act, alone, choice)
        if (span := span_of(other)) and choice.fits(file, other) is True
    ]
    return bool(spans) and not uncovered(whole, spans)


def nothing_of(file: CaseFacts, act: Act, alone: bool, choice: Choice, side: str) -> bool:
    """Tell whether no act of the choice may concern the act, on its ``side``: before, after or any."""
    certain = (other for other in concerned(file, act, alone, choice) if choice.fits(file, other) is True)
    for other in chain(certain, doubtful(file, act, alone, choice)):
        if side == "any":
            return False
        first, last = (other, act) if side == "before" else (act, other)
        over, begun = first.ends or first.starts, last.starts or last.ends
        if over is None or begun is None or is_before(over, begun) is not False:
            return False
    return not file.hidden(choice.kinds)


def other_number(file: CaseFacts, act: Act, alone: bool, choice: Choice, name: str) -> int | float | None:
    """Return the number that the last act of the choice before this one states, if it is only one."""
    begin = act.starts or act.ends
    found: list[tuple[int, int | float]] = []
    for other in concerned(file, act, alone, choice):
        moment, value = other.starts or other.ends, other.facts.get(name)
        if choice.fits(file, other) is not True:
            continue
        if moment and begin and is_not_after(moment, begin) is False:
            continue
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            found.append((moment.earliest if moment else 0, value))
    found.sort()
    if not found or (len(found) > 1 and found[-1][0] == found[-2][0]):
        return None
    return found[-1][1]


def comes_after_all(
    file: CaseFacts, act: Act, alone: bool, choice: Choice, begun: bool, period: Period
) -> bool:
    """Tell whether the act came after the period from each act of the choice before it had ended.

    It is not told where an act only may be of the choice, or has no date.
    """
    begin = act.starts or act.ends
    if begin is None or next(doubtful(file, act, alone, choice), None) is not None:
        return False
    counted = False
    for other in concerned(file, act, alone, choice):
        first = other.starts or other.ends
        if first is not None and is_not_after(first, begin) is False:
            continue
        if choice.fits(file, other) is not True:
            continue
        start = first if begun else other.ends or other.starts
        latest = None if start is None else period(file, act, start.day)
        if latest is None or begin.day <= latest:
            return False
        counted = True
    return counted


def is_there(file: CaseFacts, act: Act, alone: bool, choice: Choice, before: bool, day: int) -> Truth:
    """Tell whether acts are there that a situation wants; their absence must be proven through a day."""
    kinds, where = choice.kinds, choice.where
    if file.by_kind.keys().isdisjoint(kinds):
        return False if file.is_absent(kinds, day) else None
    begin = act.starts or act.ends
    if choice.any_act:
        return _is_anywhere(file, act, choice, begin, before, day)
    open_ = False
    for other in concerned(file, act, alone, choice):
        if where is None or where(file, other):
            counts = _counts(other, begin) if before else True
            if counts:
                return True
            open_ = open_ or counts is None
    others = doubtful(file, act, alone, choice)
    if open_ or any(not before or _counts(other, begin) is not False for other in others):
        return None
    return False if file.is_absent(kinds, day) else None


def _is_anywhere(
    file: CaseFacts, act: Act, choice: Choice, begin: Moment | None, before: bool, day: int
) -> Truth:
    """Tell the same where any act of the file may be meant: if the first one came too late, all did."""
    kept = file.earliest.get(id(choice))
    if kept is None:
        kept = file.earliest[id(choice)] = _by_end(file, choice)
    open_ = False
    for others in kept:
        first = next((other for other in others if other is not act), None)
        counts = first is not None and (_counts(first, begin) if before else True)
        if counts and others is not kept[-1]:
            return True
        open_ = open_ or counts is not False
    return None if open_ or not file.is_absent(choice.kinds, day) else False


def _by_end(file: CaseFacts, choice: Choice) -> tuple[list[Act], list[Act], list[Act]]:
    """Return the acts that fit a choice by their end, those without a day, and those that may fit."""
    dated: list[Act] = []
    undated: list[Act] = []
    open_: list[Act] = []
    for other in file.acts(choice.kinds):
        fits = choice.fits(file, other)
        if fits:
            (undated if (other.ends or other.starts) is None else dated).append(other)
        elif fits is None:
            open_.append(other)
    return sorted(dated, key=_ended), undated, sorted(open_, key=_ended)


def _ended(act: Act) -> int:
    moment = act.ends or act.starts
    return 0 if moment is None else moment.earliest


def _counts(other: Act, begin: Moment | None) -> Truth:
    """Tell whether an act came before a moment; one of the same day is taken to have come first."""
    over = other.ends or other.starts
    return None if begin is None or over is None else is_not_after(over, begin) is not False


def are_free(listed: object, text: object, items: Sequence[str]) -> bool:
    """Tell whether a publication was looked through and shows none of the items."""
    if isinstance(listed, list):
        if any(item in listed for item in items):
            return False
    elif not isinstance(text, str) or not all(item in DETECTORS for item in items):
        return False
    if isinstance(text, str):
        return not any(item in DETECTORS and DETECTORS[item](text) for item in items)
    return True
