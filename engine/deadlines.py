"""Deadlines: until when something may lawfully happen, and whether it happened in time.

How the law counts, and so this module: the day or hour of the start is not counted; a period in
days, months or years that ends on a day off is moved to the next working day, except where personal
liberty is restricted; months and years end on the day of the same number; hours run from the next
full hour and are never moved. What cannot be known is bounded instead of guessed: ``due_earliest``
is always within the period, what comes after ``due_latest`` is always late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from casefiles.moments import MINUTES_A_DAY, Moment, is_not_after
from engine.calendar import WorkingCalendar
from engine.periods import Period, Unit, natural_end
from engine.suspensions import Stretch, Suspension, certain_stretches, doubt_between

LAST_DAY = date.max.toordinal()
OUT_OF_RANGE = "期限超出可以计算的日期范围"
_HOURS_SUSPENDED = "以小时计算的期限遇有“{}”，法律没有规定如何扣除，需要人工判断"
_HOURS_MIXED = "以小时计算的期限与以其他单位计算的期限不能相加，需要人工判断"
_NEXT_WORKING_DAY = Period(1, Unit.WORKING_DAYS)


class _Bounds(NamedTuple):
    due: Moment | None = None
    earliest: Moment | None = None
    latest: Moment | None = None
    reason: str | None = None


class Deadline(Struct, frozen=True):
    """A deadline with what it was counted from, so that it can be derived again day by day.

    ``due`` is the last lawful moment, ``None`` with a Chinese ``reason`` where it cannot be known.
    ``due_earliest`` and ``due_latest`` bound it (``None``: no bound known) and equal it where it is
    certain; only for hours from a day without a time is ``due`` the later of two different bounds.
    For one counted backwards ``start`` is the event that must be preceded.
    """

    start: Moment
    period: Period
    due: Moment | None
    due_earliest: Moment | None
    due_latest: Moment | None
    reason: str | None = None
    suspensions: tuple[Suspension, ...] = ()
    extension: Period | None = None
    roll_over: bool = True
    backwards: bool = False

    @property
    def stages(self) -> tuple[Period, ...]:
        """The periods to count one after the other: of one unit in one go, else one by one."""
        return _stages(self.period, self.extension)


def deadline(
    start: Moment,
    period: Period,
    calendar: WorkingCalendar,
    *,
    suspensions: Sequence[Suspension] = (),
    extension: Period | None = None,
    roll_over: bool = True,
) -> Deadline:
    """Return until when a period from *start* runs.

    Suspended days are not counted; months and years grow by as many days as were suspended within
    them. A suspension that begins after the end counts nothing. The extension is counted before
    the end is moved. ``roll_over=False`` is for terms that restrict personal liberty.
    """
    stages = _stages(period, extension)
    if len(stages) > 1 and Unit.HOURS in (period.unit, stages[1].unit):
        base = deadline(start, period, calendar, suspensions=suspensions, roll_over=False)
        bounds = _Bounds(earliest=base.due_earliest, reason=_HOURS_MIXED)
    elif period.unit is Unit.HOURS:
        bounds = _hours_bounds(start, stages[0].amount, suspensions)
    else:
        bounds = _days_bounds(start.day, stages, calendar, suspensions, roll_over)
    return Deadline(start, period, *bounds, tuple(suspensions), extension, roll_over)


def latest_start(end: Moment, period: Period, calendar: WorkingCalendar) -> Deadline:
    """Return the last moment that lies a full period before *end*, such as notice before a hearing.

    The day of *end* is not counted and the n-th day before it is the last lawful one: for a hearing
    on Tuesday 2024-03-12 and 7 working days these are 11, 8, 7, 6, 5, 4 and 1 March, so that notice
    on Friday 1 March is in time and on Saturday 2 March late. Nothing is moved on days off.
    """
    if period.unit is Unit.HOURS:
        bounds = _minutes(*(_full_hours_before(m, period) for m in (end.earliest, end.latest)))
    elif period.unit is not Unit.WORKING_DAYS:
        bounds = _certain(natural_end(end.day, period, -1))
    else:
        bounds = _working_days_before(end.day, period.amount, calendar)
    return Deadline(end, period, *bounds, roll_over=False, backwards=True)


def happened_in_time(found: Moment, deadline: Deadline) -> bool | None:
    """Tell whether something happened not after its deadline; ``None`` if that cannot be known.

    The whole due day is in time. What is certain in spite of an unknown due is told: a day on which
    the period cannot yet have ended is in time, one on which it must have ended is late.
    """
    earliest, latest = deadline.due_earliest, deadline.due_latest
    if earliest is not None and _reaches(found, earliest):
        return True
    if latest is not None and _reaches(found, latest) is False:
        return False
    return None


def _reaches(found: Moment, due: Moment) -> bool | None:
    return found.day <= due.day if due.minute is None else is_not_after(found, due)


def missing_calendar(day: int) -> str:
    """Say in Chinese that the calendar of the year of a day is missing."""
    year = date.fromordinal(min(max(day, 1), LAST_DAY)).year
    return f"{year}年的工作日历（放假和调休安排）尚未公布或者没有载入"


def _stages(period: Period, extension: Period | None) -> tuple[Period, ...]:
    if extension is None:
        return (period,)
    if extension.unit is period.unit:
        return (Period(period.amount + extension.amount, period.unit),)
    return (period, extension)


def _days_bounds(
    start: int,
    stages: tuple[Period, ...],
    calendar: WorkingCalendar,
    suspensions: Sequence[Suspension],
    roll_over: bool,
) -> _Bounds:
    suspended = certain_stretches(suspensions)
    day, missing = start, None
    for period in stages:
        day, lacks = _count(day, period, suspended, calendar)
        missing = missing or lacks
    if roll_over and stages[-1].unit is not Unit.WORKING_DAYS:
        day, lacks = _count(day - 1, _NEXT_WORKING_DAY, suspended, calendar)
        missing = missing or lacks
    reason = doubt_between(suspensions, start, day) or missing
    if reason and day <= LAST_DAY:
        # Neither a further suspension nor a calendar can bring the end nearer than this.
        return _Bounds(earliest=Moment(day), reason=reason)
    return _certain(day)


def _count(
    start: int, period: Period, suspended: tuple[Stretch, ...], calendar: WorkingCalendar
) -> tuple[int, str | None]:
    """Return the last day of a period; without a calendar the earliest possible, and the reason."""
    if start > LAST_DAY:
        return start, None
    if period.unit is not Unit.WORKING_DAYS:
        amount = natural_end(start, period) - start
        day = _skipping(start, amount, suspended, _days_after, _days_between)
    else:
        add, between = calendar.add_working_days, calendar.working_days_between
        day = _skipping(start, period.amount, suspended, add, between)
    if day is not None:
        return day, None
    nearest = _nearest(start, period.amount, 1, suspended, calendar)
    return nearest, missing_calendar(calendar.first_unannounced(start + 1))


def _skipping(
    start: int,
    amount: int,
    suspended: tuple[Stretch, ...],
    add: Callable[[int, int], int | None],
    between: Callable[[int, int], int | None],
) -> int | None:
    """Add an amount of days to a start, and for each stretch that is met the days it takes out."""
    day = add(start, amount)
    for first, stop in suspended:
        if day is None or day < first:
            break
        skipped = between(max(first - 1, start), max(stop - 1, start))
        if skipped is None:
            return None
        amount += skipped
        day = add(start, amount)
    return day


def _days_after(day: int, amount: int) -> int:
    return day + amount


def _days_between(start: int, end: int) -> int:
    return end - start


def _nearest(
    day: int, amount: int, direction: int, suspended: tuple[Stretch, ...], calendar: WorkingCalendar
) -> int:
    """Count as if every unannounced day were worked: no real calendar can end the count sooner."""
    while amount:
        day += direction
        stop = next((stop for first, stop in suspended if first <= day < stop), None)
        if stop is not None:
            day = stop - 1
        elif calendar.is_working_day(day) is not False:
            amount -= 1
    return day


def _working_days_before(end: int, amount: int, calendar: WorkingCalendar) -> _Bounds:
    day = calendar.add_working_days(end, -amount)
    if day is not None:
        return _certain(day)
    unknown = end - 1
    while calendar.is_working_day(unknown) is not None:
        unknown -= 1
    latest = Moment(max(_nearest(end, amount, -1, (), calendar), 1))
    return _Bounds(latest=latest, reason=missing_calendar(unknown))


def _hours_bounds(start: Moment, hours: int, suspensions: Sequence[Suspension]) -> _Bounds:
    # The hour of the start is not counted, so the count begins with the next full hour.
    first, last = ((minute // 60 + 1 + hours) * 60 for minute in (start.earliest, start.latest))
    bounds = _minutes(first, last)
    for one in suspensions:
        if _meets(one, start, last):
            reason = _HOURS_SUSPENDED.format(one.ground)
            return _Bounds(earliest=bounds.earliest, reason=reason)
    return bounds


def _meets(suspension: Suspension, start: Moment, last_minute: int) -> bool:
    """Tell whether a suspension may fall into a count of hours; one that ends on the first day may too."""
    first, stop = suspension.days
    if first > last_minute // MINUTES_A_DAY:
        return False
    ends = suspension.ends
    # Of a longer one without a time of day the day of the end counts again as a whole.
    if ends and ends.day == stop == start.day and (first == stop or ends.minute is not None):
        return is_not_after(ends, start) is not True
    return stop > start.day


def _full_hours_before(minute: int, period: Period) -> int:
    """Return the last minute whose hour, not counted itself, leaves the full hours of a period."""
    return (minute // 60 - period.amount) * 60 - 1


def _minutes(first: int, last: int) -> _Bounds:
    if not 1 <= first // MINUTES_A_DAY <= last // MINUTES_A_DAY <= LAST_DAY:
        return _Bounds(reason=OUT_OF_RANGE)
    earliest, latest = (Moment(*divmod(minute, MINUTES_A_DAY)) for minute in (first, last))
    return _Bounds(latest, earliest, latest)


def _certain(day: int) -> _Bounds:
    if not 1 <= day <= LAST_DAY:
        return _Bounds(reason=OUT_OF_RANGE)
    due = Moment(day)
    return _Bounds(due, due, due)
