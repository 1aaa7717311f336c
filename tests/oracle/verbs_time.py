"""The verbs about the time that an act takes, minute by minute and day by day."""

from __future__ import annotations

from datetime import timedelta

from casefiles.model import Act
from tests.oracle.conditions import candidates, choice_of, limit
from tests.oracle.documents import Document, as_list
from tests.oracle.files import (
    File,
    Silence,
    absence,
    acts_of,
    date_of,
    end,
    is_closed,
    kind_of,
    may_hide_people,
)
from tests.oracle.terms import MINUTES_A_DAY, counted
from tests.oracle.truths import BREACHED, FALSE, MET, PENDING, TRUE, UNDETERMINED, UNKNOWN, Outcome, Truth
from tests.oracle.verbs_order import OF_TRUTH
from tests.oracle.verbs_people import has_role

Span = tuple[int, int]


def minutes_of(act: Act) -> Span | None:
    """Return the first and the last minute of an act, ``None`` if a time of day is missing."""
    if act.starts is None or act.ends is None or act.starts.minute is None or act.ends.minute is None:
        return None
    return (
        act.starts.day * MINUTES_A_DAY + act.starts.minute,
        act.ends.day * MINUTES_A_DAY + act.ends.minute,
    )


def covered_by(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that such acts cover every minute of the subject."""
    found = candidates(file, choice_of(options), subject)
    if not found:
        return _not_covered(file, as_list(options["act"]), subject)
    whole = minutes_of(subject)
    # What seems to last a day or longer was not done on the spot for so long.
    if whole is None or whole[1] - whole[0] >= MINUTES_A_DAY:
        return UNDETERMINED
    spans = [minutes_of(act) for act, match in found if match == TRUE]
    minutes = [(minute, minute + 1) for minute in range(whole[0], whole[1])] or [whole]
    if all(any(span and span[0] <= first and last <= span[1] for span in spans) for first, last in minutes):
        return MET
    open_ = any(match != TRUE or minutes_of(act) is None for act, match in found)
    return UNDETERMINED if open_ else BREACHED


def _not_covered(file: File, kinds: list[str], subject: Act) -> Outcome:
    last = end(subject)
    form = subject.facts.get("记录形式")
    noted = subject.facts.get("照片录像") is True
    noted = noted or (isinstance(form, list) and any(kind in form for kind in kinds))
    absent = absence(file, kinds, date_of(file.as_of if last is None else last))
    return BREACHED if absent == TRUE and not noted else UNDETERMINED


def lasts(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that the subject ends within a period from its start."""
    if subject.starts is None:
        return UNDETERMINED
    term = counted(file, subject.starts, options["at_most"], options, subject)
    if subject.ends is not None:
        return OF_TRUTH[term.in_time(subject.ends)]
    due = term.term.due
    runs = due is not None and file.as_of.day <= due.day
    return PENDING if runs and not is_closed(file) else UNDETERMINED


def not_during(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that the subject was not carried out at night or on a statutory holiday."""
    if subject.starts is None:
        return UNDETERMINED
    truths = []
    for time in options["times"]:
        if time == "法定节假日":
            truths.append(_on_holiday(file, subject))
        else:
            truths.append(_at_night(file, options.get("night", "night-hours"), subject))
    if TRUE in truths:
        return BREACHED
    return UNDETERMINED if UNKNOWN in truths else MET


def _on_holiday(file: File, subject: Act) -> Truth:
    first, last = subject.starts, end(subject)
    assert first is not None and last is not None
    day = date_of(first)
    while day <= date_of(last):
        what = file.book.calendar.get(day)
        if what is None:
            return UNKNOWN
        if what.statutory:
            return TRUE
        day += timedelta(days=1)
    return FALSE


def _at_night(file: File, name: str, subject: Act) -> Truth:
    hours = limit(file, name, subject)
    whole = minutes_of(subject)
    if isinstance(hours, Silence) or whole is None:
        return UNKNOWN
    begins, ends = (_clock(part) for part in hours.split("-"))
    crosses_midnight = ends <= begins
    for day in range(whole[0] // MINUTES_A_DAY - 1, whole[1] // MINUTES_A_DAY + 1):
        first, last = day * MINUTES_A_DAY + begins, (day + crosses_midnight) * MINUTES_A_DAY + ends
        if whole[0] == whole[1] and first < whole[0] < last:
            return TRUE
        if any(first <= minute < last for minute in range(whole[0], whole[1])):
            return TRUE
    return FALSE


def _clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def no_overlap(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that nobody of a role took part in another such act at the same time."""
    roles = as_list(options["role"])
    open_ = False
    for act in acts_of(file, as_list(options["act"])):
        if act.id == subject.id or not _share_someone(file, roles, subject, act):
            continue
        own, other = minutes_of(subject), minutes_of(act)
        if own is None or other is None:
            open_ = open_ or _may_meet(subject, act)
        elif own[0] < other[1] and other[0] < own[1]:
            return BREACHED
    untold = may_hide_people(file, [kind_of(file, subject), *as_list(options["act"])])
    return UNDETERMINED if open_ or untold else MET


def _share_someone(file: File, roles: list[str], one: Act, other: Act) -> bool:
    return any(
        part.person == also.person and has_role(file, part, roles) and has_role(file, also, roles)
        for part in one.by
        for also in other.by
    )


def _may_meet(one: Act, other: Act) -> bool:
    """Tell whether two acts may have met; one without an end may have taken the rest of its day."""
    if one.starts is None or other.starts is None:
        return True
    return one.starts.earliest < _over_at(other) and other.starts.earliest < _over_at(one)


def _over_at(act: Act) -> int:
    """Return the minute by which an act that has a start was over."""
    assert act.starts is not None
    return act.ends.latest if act.ends is not None else MINUTES_A_DAY * (act.starts.day + 1)
