"""Counting of terms, one day after the other: ``docs/time.md`` written down again.

What cannot be known is bounded: up to ``surely_until`` a thing is in time, after ``surely_after`` it is
late, between them nobody knows. ``due`` is the last lawful moment as far as it can be told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from casefiles.model import Act
from casefiles.moments import Moment, parse_moment
from tests.oracle.conditions import candidates, choice_of, fact, limit
from tests.oracle.documents import Day, Document, as_list
from tests.oracle.files import File, Silence, absence, date_of, not_after
from tests.oracle.truths import FALSE, TRUE, UNKNOWN, Truth, known

DAY = timedelta(days=1)
HOUR = 60
MINUTES_A_DAY = 24 * HOUR
UNITS = {
    "working day": ("working day", "working days", "个工作日", "工作日"),
    "day": ("day", "days", "日", "天"),
    "month": ("month", "months", "个月"),
    "year": ("year", "years", "年"),
    "hour": ("hour", "hours", "小时"),
}


@dataclass(frozen=True)
class Length:
    """So many of one unit."""

    amount: int
    unit: str


def length_of(text: str) -> Length:
    """Read ``7 working days`` or ``7个工作日``."""
    digits = "".join(char for char in text if char.isdigit())
    word = text.replace(digits, "").strip()
    (unit,) = [unit for unit, words in UNITS.items() if word in words]
    return Length(int(digits), unit)


def written_length(file: File, written: object, act: Act) -> Length | Silence:
    """Return a length from the rule, or from the limit that holds it; silence if it is not set."""
    if not isinstance(written, dict):
        return length_of(str(written))
    found = limit(file, written["limit"], act)
    return found if isinstance(found, Silence) else length_of(str(found))


@dataclass(frozen=True)
class Term:
    """Until when something may happen, with what is certain of it."""

    due: Moment | None
    surely_until: Moment | None
    surely_after: Moment | None


UNBOUNDED = Term(None, None, None)


def in_term(found: Moment, term: Term) -> Truth:
    """Tell whether something happened not after its term; the whole due day is in time."""
    if term.surely_until is not None and _reaches(found, term.surely_until) == TRUE:
        return TRUE
    if term.surely_after is not None and _reaches(found, term.surely_after) == FALSE:
        return FALSE
    return UNKNOWN


def _reaches(found: Moment, due: Moment) -> Truth:
    return known(found.day <= due.day) if due.minute is None else not_after(found, due)


# Counting forwards


@dataclass(frozen=True)
class Stop:
    """A suspension (中止): the days from its start up to the day before its end do not count."""

    starts: date | None
    ends: date | None
    over: Moment | None = None
    """When it ended, to the minute if that is known."""

    @property
    def is_certain(self) -> bool:
        """Tell whether both days are known and in order."""
        return self.starts is not None and self.ends is not None and self.starts <= self.ends

    def may_cover(self, day: date) -> bool:
        """Tell whether a day is suspended, or may be where a day is missing or both are reversed."""
        known_days = [one for one in (self.starts, self.ends) if one is not None]
        begins = date.min if self.starts is None else min(known_days)
        return begins <= day and (self.ends is None or day < max(known_days))

    def meets(self, start: Moment, last: date) -> bool:
        """Tell whether a count of hours from a moment to a day may have been suspended."""
        first = date_of(start)
        on_one_day = self.starts == self.ends
        ends_first = self.over is not None and self.ends == first >= (self.starts or first)
        if self.over is not None and ends_first and (on_one_day or self.over.minute is not None):
            # What ends on the first day is over in time, or it reaches into the hours.
            return not_after(self.over, start) != TRUE
        if self.is_certain and on_one_day:
            return first < self.starts <= last if self.starts else False
        return any(self.may_cover(day) for day in [first, *days_after(first, last)])


def count_term(
    file: File, start: Moment, stages: list[Length], stops: list[Stop], *, roll_over: bool
) -> Term:
    """Count one length after the other from a start whose own day or hour does not count."""
    if any(stage.unit == "hour" for stage in stages):
        return _hours(start, stages, stops) if len(stages) == 1 else _mixed(file, start, stages, stops)
    day, needs_calendar = date_of(start), False
    for stage in stages:
        day, needs = _walk(file.book.calendar, day, stage, stops)
        needs_calendar = needs_calendar or needs
    if roll_over and stages[-1].unit != "working day":
        # An end on a day off moves to the next working day: the first one after the day before.
        day, needs = _walk(file.book.calendar, day - DAY, Length(1, "working day"), stops)
        needs_calendar = needs_calendar or needs
    last = Moment(day.toordinal())
    in_doubt = any(
        stop.may_cover(passed)
        for stop in stops
        if not stop.is_certain
        for passed in days_after(date_of(start), day)
    )
    if needs_calendar or in_doubt:
        return Term(None, last, None)
    return Term(last, last, last)


def days_after(start: date, end_: date) -> list[date]:
    """Return the days after a start up to an end."""
    return [start + DAY * number for number in range(1, (end_ - start).days + 1)]


def _walk(calendar: dict[date, Day], start: date, length: Length, stops: list[Stop]) -> tuple[date, bool]:
    """Walk a length day by day; also tell whether a day needed a calendar that is not announced.

    Days of an unannounced year are taken for worked ones, so that the end is the earliest possible.
    """
    only_worked = length.unit == "working day"
    amount = length.amount if only_worked else (_natural_end(start, length) - start).days
    day, needs_calendar = start, False
    while amount:
        day += DAY
        what = calendar.get(day)
        needs_calendar = needs_calendar or (only_worked and what is None)
        if any(stop.is_certain and stop.may_cover(day) for stop in stops):
            continue
        if only_worked and what is not None and not what.works:
            continue
        amount -= 1
    return day, needs_calendar


def _natural_end(start: date, length: Length, direction: int = 1) -> date:
    """Return the day a length of days, months or years from a start, holidays or not."""
    if length.unit == "day":
        return start + direction * length.amount * DAY
    year, month = start.year, start.month
    for _ in range(length.amount * (12 if length.unit == "year" else 1)):
        month += direction
        if month in (0, 13):
            year, month = year + direction, 12 if month == 0 else 1
    # The day of the same number, or the last one of a month that has no such day.
    for number in range(start.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, start.day)


def _hours(start: Moment, stages: list[Length], stops: list[Stop]) -> Term:
    """Count hours from the next full hour; without a time of day from the first and the last one."""
    hours = sum(stage.amount for stage in stages)
    first, last = (_full_hours_after(minute, hours) for minute in _minutes_of(start))
    if any(stop.meets(start, date_of(last)) for stop in stops):
        return Term(None, first, None)  # The law does not say how to take suspensions out of hours.
    return Term(last, first, last)


def _minutes_of(moment: Moment) -> tuple[int, int]:
    """Return the first and last minute since day 0 that a moment can be."""
    midnight = moment.day * MINUTES_A_DAY
    if moment.minute is None:
        return midnight, midnight + MINUTES_A_DAY - 1
    return midnight + moment.minute, midnight + moment.minute


def _full_hours_after(minute: int, hours: int) -> Moment:
    begun = minute - minute % HOUR
    return _moment_at(begun + HOUR + hours * HOUR)


def _moment_at(minute: int) -> Moment:
    return Moment(minute // MINUTES_A_DAY, minute % MINUTES_A_DAY)


def _mixed(file: File, start: Moment, stages: list[Length], stops: list[Stop]) -> Term:
    """Hours and other units are not added up; what is in time without the extension still is."""
    plain = count_term(file, start, stages[:1], stops, roll_over=False)
    return Term(None, plain.surely_until, None)


# Counting backwards


def latest_start(file: File, event: Moment, length: Length) -> Term:
    """Count back from an event whose own day does not count; the last day counted is still lawful."""
    if length.unit == "hour":
        first, last = (
            _moment_at(minute - minute % HOUR - length.amount * HOUR - 1) for minute in _minutes_of(event)
        )
        return Term(last, first, last)
    if length.unit != "working day":
        day = Moment(_natural_end(date_of(event), length, -1).toordinal())
        return Term(day, day, day)
    when, amount, needs_calendar = date_of(event), length.amount, False
    while amount:
        when -= DAY
        what = file.book.calendar.get(when)
        needs_calendar = needs_calendar or what is None
        if what is None or what.works:
            amount -= 1
    moment = Moment(when.toordinal())
    # Every real calendar leads further back than one in which all days are worked.
    return Term(None, None, moment) if needs_calendar else Term(moment, moment, moment)


# A term in a case: with what stops it and what extends it


@dataclass(frozen=True)
class Counted:
    """A term in a case; ``plain`` leaves out stops and extensions, ``may_be_longer`` says that others
    than those that are certain may lengthen it.
    """

    plain: Term
    term: Term
    may_be_longer: bool

    def in_time(self, found: Moment) -> Truth:
        """Tell whether something happened within the term."""
        if in_term(found, self.plain) == TRUE:
            return TRUE
        truth = in_term(found, self.term)
        return UNKNOWN if truth == FALSE and self.may_be_longer else truth


def counted(file: File, start: Moment, written: object, options: Document, subject: Act) -> Counted:
    """Count the term that a rule writes, from a start."""
    length = written_length(file, written, subject)
    if isinstance(length, Silence):
        return Counted(UNBOUNDED, UNBOUNDED, may_be_longer=False)
    roll_over = options.get("roll_over", True)
    plain = count_term(file, start, [length], [], roll_over=roll_over)
    stops, may_be_longer = _stops(file, options)
    count: Callable[[list[Length]], Term] = lambda stages: count_term(  # noqa: E731
        file, start, stages, stops, roll_over=roll_over
    )
    term = count([length])
    extension: Length | None = None
    granted: dict[int, int] = {}
    for act, number, match in _approvals(file, options):
        written_choice = as_list(options["extended_by"])[number]
        in_time = _approved_in_time(act, term)
        told = fact(file, act, written_choice.get("length", "延长期限"))
        if in_time == FALSE:
            continue
        if match != TRUE or in_time == UNKNOWN or not isinstance(told, str):
            may_be_longer = True
            continue
        more = length_of(told)
        if extension is not None and extension.unit != more.unit:
            may_be_longer = True  # Extensions of different units are for a person to count.
            continue
        amount = _granted(file, written_choice, more, granted.get(number, 0), subject)
        granted[number] = granted.get(number, 0) + amount
        if amount == 0:
            continue
        extension = Length(amount + (extension.amount if extension else 0), more.unit)
        if extension.unit == length.unit:
            term = count([Length(length.amount + extension.amount, length.unit)])
        else:
            term = count([length, extension])
    for choice in as_list(options.get("extended_by")):
        if absence(file, as_list(choice["act"]), date_of(file.as_of)) != TRUE:
            may_be_longer = True
    return Counted(plain, term, may_be_longer)


def _stops(file: File, options: Document) -> tuple[list[Stop], bool]:
    """Return the suspensions of the file, and whether there may be others."""
    stops: list[Stop] = []
    others = False
    for written in as_list(options.get("stopped_by")):
        for act, match in candidates(file, choice_of(written), None):
            if match == TRUE:
                stops.append(Stop(_day(act.starts), _day(act.ends), act.ends))
            else:
                others = True
        if absence(file, as_list(written["act"]), date_of(file.as_of)) != TRUE:
            others = True
    return stops, others


def _day(moment: Moment | None) -> date | None:
    return None if moment is None else date_of(moment)


def _approvals(file: File, options: Document) -> list[tuple[Act, int, Truth]]:
    """Return each approval once, in the order of approval, with the choice that it is of."""
    found = []
    for act in file.case.acts:
        matches = [
            (number, match)
            for number, written in enumerate(as_list(options.get("extended_by")))
            for one, match in candidates(file, choice_of(written), None)
            if one.id == act.id
        ]
        if matches:
            sure = [number for number, match in matches if match == TRUE]
            number, match = (sure[0], TRUE) if sure else matches[0]
            found.append((act, number, match))
    return sorted(found, key=lambda one: (_approved(one[0]) or Moment(0)).day)


def _approved(act: Act) -> Moment | None:
    text = act.facts.get("负责人批准时间")
    return parse_moment(text) if isinstance(text, str) else act.starts


def _approved_in_time(act: Act, before: Term) -> Truth:
    approved = _approved(act)
    if approved is None or before.due is None:
        return UNKNOWN
    return known(approved.day <= before.due.day)


def _granted(file: File, written: Document, length: Length, before: int, subject: Act) -> int:
    """Return how much of an extension counts: all of one choice together have a most."""
    if written.get("at_most") is None:
        return length.amount
    most = written_length(file, written["at_most"], subject)
    if isinstance(most, Silence) or most.unit != length.unit:
        return length.amount
    return max(0, min(length.amount, most.amount - before))
