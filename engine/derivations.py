"""How a deadline comes about, day by day, for people who want to count after.

The days are walked one by one, which is slow and simple; ``engine.deadlines`` counts by arithmetic.
Both must end on the same day.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from casefiles.moments import MINUTES_A_DAY, Moment
from engine.calendar import CalendarDay, WorkingCalendar
from engine.deadlines import LAST_DAY, OUT_OF_RANGE, Deadline, missing_calendar
from engine.findings import DerivationStep
from engine.periods import Period, Unit, natural_end
from engine.suspensions import doubt_between, grounds_on


class _Leg(Struct, frozen=True):
    """A part of the count: how many days, of which kind, and what each counted day is called."""

    amount: int
    works_only: bool
    label: str
    direction: int


_MOVE = _Leg(1, works_only=True, label="顺延至此", direction=1)


def derive(deadline: Deadline, calendar: WorkingCalendar) -> tuple[DerivationStep, ...]:
    """Return the derivation of a deadline in Chinese, from the day of the start to the due day.

    Where the due day is unknown the last step tells why the count cannot go on.
    """
    if deadline.reason == OUT_OF_RANGE:
        return (_stop(deadline.start.day, OUT_OF_RANGE),)
    if deadline.period.unit is Unit.HOURS:
        return tuple(_hours(deadline))
    text = "当日不计入，自前一日起倒数" if deadline.backwards else "起算日，不计入"
    steps = [_step(deadline.start.day, text)]
    if (_back if deadline.backwards else _forth)(steps, deadline, calendar):
        _remark(steps, -1, "最迟应在此日" if deadline.backwards else "期限届满")
    return tuple(steps)


def _forth(steps: list[DerivationStep], deadline: Deadline, calendar: WorkingCalendar) -> bool:
    """Append every day of the stages and of the move to a working day; false if that is unknown."""
    for number, period in enumerate(deadline.stages):
        if period.unit is Unit.HOURS:
            steps.append(_stop(_day_of(steps[-1]), deadline.reason))
            return False
        if number:
            _remark(steps, -1, f"原期限届满，自次日起计入延长的{period.chinese}")
        leg = _leg(steps, period, "延长" if number else "", 1)
        if not _walk(steps, leg, deadline, calendar):
            return False
    _remark_extension(steps, deadline)
    return not deadline.roll_over or _move(steps, deadline, calendar)


def _move(steps: list[DerivationStep], deadline: Deadline, calendar: WorkingCalendar) -> bool:
    """Append the days from an end that is a day off to the next working day."""
    day = _day_of(steps[-1])
    works = calendar.is_working_day(day)
    if works is None:
        steps.append(_stop(day, missing_calendar(day)))
        return False
    if works:
        return True
    _remark(steps, -1, "届满日不是工作日，顺延")
    return _walk(steps, _MOVE, deadline, calendar)


def _remark_extension(steps: list[DerivationStep], deadline: Deadline) -> None:
    """Tell the last day of the period proper where an extension of the same unit is added to it."""
    period, extension = deadline.period, deadline.extension
    if extension is None or extension.unit is not period.unit:
        return
    if period.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        index = next(at for at, step in enumerate(steps) if step.counted == period.amount)
        _remark(steps, index, f"原期限届满，自次日起计入延长的{extension.chinese}")


def _back(steps: list[DerivationStep], deadline: Deadline, calendar: WorkingCalendar) -> bool:
    """Append every day before the event, itself not counted; false if that is unknown."""
    return _walk(steps, _leg(steps, deadline.period, "倒数", -1), deadline, calendar)


def _leg(steps: list[DerivationStep], period: Period, prefix: str, direction: int) -> _Leg:
    """Return the count of a period from the last step on; months and years are told in days."""
    if period.unit is Unit.WORKING_DAYS:
        return _Leg(period.amount, True, f"{prefix}第{{}}个工作日", direction)
    day = _day_of(steps[-1])
    end = natural_end(day, period, direction)
    if period.unit is not Unit.DAYS:
        _remark(steps, -1, f"{period.chinese}的对应日为 {Moment(end)}，共{abs(end - day)}日")
    return _Leg(abs(end - day), False, f"{prefix}第{{}}日", direction)


def _walk(steps: list[DerivationStep], leg: _Leg, deadline: Deadline, calendar: WorkingCalendar) -> bool:
    """Append the days of one leg; false if it ends at a day that cannot be judged."""
    day, counted = _day_of(steps[-1]), 0
    while counted < leg.amount:
        day += leg.direction
        kind = calendar.day(day)
        if doubt := doubt_between(deadline.suspensions, deadline.start.day, day):
            steps.append(_stop(day, doubt))
            return False
        if grounds := grounds_on(deadline.suspensions, day):
            steps.append(_step(day, f"中止（{grounds}），不计入"))
        elif leg.works_only and kind is None:
            steps.append(_stop(day, missing_calendar(day)))
            return False
        elif leg.works_only and kind and not kind.works:
            steps.append(_step(day, f"{kind.text}，不计入"))
        else:
            counted += 1
            steps.append(_counted(day, kind, leg, counted))
    return True


def _counted(day: int, kind: CalendarDay | None, leg: _Leg, number: int) -> DerivationStep:
    what = f"{kind.text}，" if kind else ""
    text = what + leg.label.format(number)
    return DerivationStep(Moment(day).date, text, None if leg is _MOVE else number)


def _hours(deadline: Deadline) -> Iterator[DerivationStep]:
    """Tell the hour that is not counted, the hour the count begins with, and when it ends."""
    due, earliest = deadline.due, deadline.due_earliest
    if deadline.backwards:
        yield _step(deadline.start.day, f"自{_clock(deadline.start)}起倒数，不足一小时的不计入")
    else:
        yield from _hour_of_start(deadline.start)
    if due is None or earliest is None:
        yield _stop(deadline.start.day, deadline.reason)
        return
    hours = sum(period.amount for period in deadline.stages)
    ends = "最迟应在此前" if deadline.backwards else "期限届满"
    for moment in dict.fromkeys((earliest, due)):
        known = "" if earliest == due else ("最早" if moment is earliest else "最迟")
        text = f"第{hours}小时至{known}{_clock(moment)}为止，{ends}"
        yield DerivationStep(moment.date, text, hours, "小时")


def _hour_of_start(start: Moment) -> Iterator[DerivationStep]:
    if start.minute is None:
        yield _step(start.day, "开始的时刻不明，开始的小时不计入，分别按当日最早和最晚的时刻计算")
        return
    yield _step(start.day, f"{_clock(start)}开始，开始的小时不计入")
    minute = (start.earliest // 60 + 1) * 60
    first = Moment(*divmod(minute, MINUTES_A_DAY))
    if first.day <= LAST_DAY:
        yield _step(first.day, f"自{_clock(first)}起计算")


def _clock(moment: Moment) -> str:
    if moment.minute is None:
        return "当日"
    return f"{moment.minute // 60}时{moment.minute % 60:02}分"


def _day_of(step: DerivationStep) -> int:
    return step.day.toordinal()


def _remark(steps: list[DerivationStep], index: int, remark: str) -> None:
    steps[index] = structs.replace(steps[index], text=f"{steps[index].text}，{remark}")


def _stop(day: int, reason: str | None) -> DerivationStep:
    return _step(day, f"无法继续计算：{reason}")


def _step(day: int, text: str) -> DerivationStep:
    return DerivationStep(Moment(day).date, text)
