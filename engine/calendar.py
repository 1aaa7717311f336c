"""The working calendar: which days are worked, and counting them.

Days are ordinals (``date.toordinal``). A year without a file is unannounced: every answer that
needs it is ``None``, never a guess from the days of the week.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from casefiles.problems import Problem
from engine.calendar_years import SATURDAY, CalendarYear, days_of, year_from
from engine.complaints import problems_of
from engine.errors import RuleError
from engine.source import load

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What a day of an announced year is, with ``text`` in the words that users read."""

    works: bool
    text: str
    statutory: str | None = None
    """The statutory holiday (法定节假日) proper; weekends and days moved to a break have none."""


class WorkingCalendar:
    """The working days of the announced years. Immutable by convention; shared by all checks."""

    __slots__ = ("_days", "_run_ends", "_working", "years")

    years: Mapping[int, CalendarYear]

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        self.years = MappingProxyType({year.year: year for year in years})
        self._days = {ordinal: day for year in self.years.values() for ordinal, day in _days_in(year)}
        self._working = sorted(ordinal for ordinal, day in self._days.items() if day.works)
        self._run_ends = _run_ends(self.years)

    def day(self, day: int) -> CalendarDay | None:
        """Return what a day is, or ``None`` if its year is unannounced."""
        return self._days.get(day)

    def is_working_day(self, day: int) -> bool | None:
        """Tell whether a day is worked; ``None`` if its year is unannounced."""
        found = self._days.get(day)
        return None if found is None else found.works

    def is_statutory_holiday(self, day: int) -> bool | None:
        """Tell whether a day is a statutory holiday proper; ``None`` if its year is unannounced."""
        found = self._days.get(day)
        return None if found is None else found.statutory is not None

    def covers(self, first: int, last: int) -> bool:
        """Tell whether every day from *first* to *last* lies in an announced year."""
        if first > last:
            return True
        if first not in self._days:
            return False
        return last <= self._run_ends[date.fromordinal(first).year]

    def add_working_days(self, day: int, amount: int) -> int | None:
        """Return the *amount*-th working day after a day, or before it if the amount is negative.

        The day itself is not counted. ``None`` if one of the days passed is unannounced.
        """
        if amount == 0:
            return day
        if amount > 0:
            index = bisect_right(self._working, day) + amount - 1
        else:
            index = bisect_left(self._working, day) + amount
        if not 0 <= index < len(self._working):
            return None
        found = self._working[index]
        known = self.covers(day + 1, found) if amount > 0 else self.covers(found, day - 1)
        return found if known else None

    def next_working_day(self, day: int) -> int | None:
        """Return the day itself if it is worked, else the first working day after it."""
        return self.add_working_days(day - 1, 1)

    def working_days_between(self, start: int, end: int) -> int | None:
        """Count the working days after *start* up to *end* itself; negative if *end* is earlier."""
        if not self.covers(min(start, end) + 1, max(start, end)):
            return None
        return bisect_right(self._working, end) - bisect_right(self._working, start)

    def first_unannounced(self, day: int) -> int:
        """Return the first day from *day* on that lies in an unannounced year."""
        while day in self._days:
            day = self._run_ends[date.fromordinal(day).year] + 1
        return day


def read_calendar(folder: Path) -> WorkingCalendar:
    """Return the calendar of a folder of ``<year>.yaml``; raises RuleError with every problem."""
    years: list[CalendarYear] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            years.append(_read_year(path))
        except RuleError as error:
            problems += error.problems
    if problems:
        raise RuleError(problems)
    return WorkingCalendar(years)


def _read_year(path: Path) -> CalendarYear:
    source = load(path.read_bytes(), str(path))
    try:
        year = year_from(source.data)
    except ValidationError as error:
        raise RuleError(problems_of(error, source, CalendarYear)) from None
    if path.stem != str(year.year):
        text = f"文件名与年份 {year.year} 不一致"
        raise RuleError([source.problem(("year",), text, f"改名为 {year.year}.yaml")])
    return year


def _days_in(year: CalendarYear) -> Iterator[tuple[int, CalendarDay]]:
    statutory = _statutory_names(year)
    off = {day: rest.name for rest in year.breaks for day in rest.days_off}
    worked = {day for rest in year.breaks for day in rest.worked}
    for day in days_of((date(year.year, 1, 1), date(year.year, 12, 31))):
        if name := statutory.get(day):
            kind = CalendarDay(False, f"法定节假日（{name}）", name)
        elif day in off:
            kind = CalendarDay(False, f"放假（{off[day]}）")
        elif day in worked:
            kind = CalendarDay(True, "调休上班")
        elif day.weekday() >= SATURDAY:
            kind = CalendarDay(False, _WEEKDAYS[day.weekday()])
        else:
            kind = CalendarDay(True, "工作日")
        yield day.toordinal(), kind


def _statutory_names(year: CalendarYear) -> dict[date, str]:
    """Name each statutory day; where two festivals fall together both are named."""
    names: dict[date, str] = {}
    for rest in year.breaks:
        for day in days_of(rest.statutory) if rest.statutory else ():
            names[day] = f"{names[day]}、{rest.name}" if day in names else rest.name
    return names


def _run_ends(years: Iterable[int]) -> dict[int, int]:
    """For each announced year, the last day of its unbroken run of announced years."""
    ends: dict[int, int] = {}
    for year in sorted(years, reverse=True):
        ends[year] = ends.get(year + 1, date(year, 12, 31).toordinal())
    return ends
