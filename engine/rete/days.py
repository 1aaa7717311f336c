"""Days and deadlines of the second engine, counted one day at a time: slow, short, and its own.

It shares with the first engine the data of the calendar and the docs (``docs/time.md``), no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casefiles.moments import Moment
from engine.calendar import WorkingCalendar
from engine.periods import Period, Unit

NEVER = 1 << 61
"""Later, or more, than anything a file can say; stands for what is unknown."""

DAY = 2_000
"""Instants count 2,000 to a day: minute m of the day is m + 1, a day without a time is 0 to 1,999.

So a time of day never touches the edges of a day without one, and their order stays open."""

_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in instants: surely in time up to ``earliest``, surely late after ``latest``.

    ``day`` is the day it falls on, -1 where it is unknown.
    """

    earliest: int
    latest: int
    day: int


UNKNOWN = Due(-1, NEVER, -1)


def first_instant(moment: Moment | None) -> int:
    """Return the first instant that a moment can be."""
    if moment is None:
        return 0
    return moment.day * DAY + (0 if moment.minute is None else moment.minute + 1)


def last_instant(moment: Moment | None) -> int:
    """Return the last instant that a moment can be."""
    if moment is None:
        return NEVER
    return moment.day * DAY + (DAY - 1 if moment.minute is None else moment.minute + 1)


def due(start: Moment, period: Period, calendar: WorkingCalendar, roll_over: bool) -> Due:
    """Return the end of a period that runs from a moment."""
    if period.unit is Unit.HOURS:
        return _hours(start, period.amount)
    if period.unit is Unit.WORKING_DAYS:
        day, sure = _walk(start.day, period.amount, 1, calendar)
        return _day(day, sure)
    day = _natural(start.day, period, 1)
    sure = True
    if roll_over and 1 <= day <= _LAST:
        day, sure = _walk(day - 1, 1, 1, calendar)
    return _day(day, sure)


def latest_before(end: Moment, period: Period, calendar: WorkingCalendar) -> Due:
    """Return the last moment that lies a full period before another one."""
    if period.unit is Unit.HOURS:
        # The hour of the act itself is not counted; the full hours lie between the two.
        first, last = ((_clock(end, late) // 60 - period.amount) * 60 - 1 for late in (False, True))
        return _between(first, last)
    if period.unit is not Unit.WORKING_DAYS:
        return _day(_natural(end.day, period, -1), True)
    day, sure = _walk(end.day, period.amount, -1, calendar)
    return _day(day, True) if sure else Due(-1, max(day, 1) * DAY + DAY - 1, -1)


def _walk(day: int, amount: int, step: int, calendar: WorkingCalendar) -> tuple[int, bool]:
    """Walk to the n-th working day; a day of an unannounced year counts, and leaves it unsure."""
    sure = True
    while amount:
        day += step
        works = calendar.is_working_day(day)
        if works is None:
            sure = False
        if works is not False:
            amount -= 1
    return day, sure


def _day(day: int, sure: bool) -> Due:
    if not 1 <= day <= _LAST:
        return UNKNOWN
    last = day * DAY + DAY - 1
    return Due(last, last, day) if sure else Due(last, NEVER, -1)


def _natural(day: int, period: Period, step: int) -> int:
    if period.unit is Unit.DAYS:
        return day + step * period.amount
    start = date.fromordinal(day)
    months = period.amount * (12 if period.unit is Unit.YEARS else 1)
    count = start.year * 12 + (start.month - 1) + step * months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError("日期超出可以计算的范围")
    for number in range(start.day, 27, -1):
        try:
            return date(year, month, number).toordinal()
        except ValueError:
            continue
    return date(year, month, min(start.day, 27)).toordinal()


def _hours(start: Moment, hours: int) -> Due:
    first, last = ((_clock(start, late) // 60 + 1 + hours) * 60 for late in (False, True))
    return _between(first, last)


def _clock(moment: Moment, late: bool) -> int:
    if moment.minute is not None:
        return moment.day * 1440 + moment.minute
    return moment.day * 1440 + (1439 if late else 0)


def _between(first: int, last: int) -> Due:
    if not (first >= 1440 and last // 1440 <= _LAST):
        return UNKNOWN
    early, late = (minute // 1440 * DAY + minute % 1440 + 1 for minute in (first, last))
    return Due(early, late, last // 1440)
