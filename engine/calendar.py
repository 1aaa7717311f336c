"""The working calendar: which days are worked, and counting them.

Days are ordinals (``date.toordinal``). A year without a file is unannounced: every answer that
needs it is ``None``, never a guess from the days of the week.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from casefiles.problems import Problem
from engine.calendar_years import SATURDAY, CalendarYear, days_of
from engine.errors import RuleError


class CalendarDay(Struct, frozen=True):
    """What a day of an announced year is, with ``text`` in the words that users read."""

    works: bool
    text: str
    statutory: str | None = None
    """The statutory holiday (法定节假日) proper; weekends and days moved to a break have none."""


_WORKED = CalendarDay(True, "调休上班")
_PLAIN_DAYS = (*[CalendarDay(True, "工作日")] * 5, CalendarDay(False, "周六"), CalendarDay(False, "周日"))
"""What the days of a week are, from Monday on, if no notice says otherwise."""


class WorkingCalendar:
    """The working days of the announced years. Immutable by convention; shared by all checks."""

    __slots__ = ("_firsts", "_lasts", "_special", "_working", "years")

    years: Mapping[int, CalendarYear]

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        self.years = MappingProxyType({year.year: year for year in years})
        self._special = {day: kind for year in self.years.values() for day, kind in _special_days(year)}
        runs = _runs(self.years)
        self._firsts = [first for first, _ in runs]
        self._lasts = [last for _, last in runs]
        self._working = _working_days(runs, self._special)

    def day(self, day: int) -> CalendarDay | None:
        """Return what a day is, or ``None`` if its year is unannounced."""
        found = self._special.get(day)
        if found is not None:
            return found
        return None if self._last_announced(day) is None else _PLAIN_DAYS[(day - 1) % 7]

    def _last_announced(self, day: int) -> int | None:
        """Return the last day of the unbroken run of announced years that a day lies in."""
        run = bisect_right(self._firsts, day) - 1
        return self._lasts[run] if run >= 0 and day <= self._lasts[run] else None

    def is_working_day(self, day: int) -> bool | None:
        """Tell whether a day is worked; ``None`` if its year is unannounced."""
        found = self.day(day)
        return None if found is None else found.works

    def is_statutory_holiday(self, day: int) -> bool | None:
        """Tell whether a day is a statutory holiday proper; ``None`` if its year is unannounced."""
        found = self.day(day)
        return None if found is None else found.statutory is not None

    def covers(self, first: int, last: int) -> bool:
        """Tell whether every day from *first* to *last* lies in an announced year."""
        if first > last:
            return True
        end = self._last_announced(first)
        return end is not None and last <= end

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
        end = self._last_announced(day)
        return day if end is None else end + 1


def read_calendar(folder: Path) -> WorkingCalendar:
    """Return the calendar of a folder of ``<year>.yaml``; raises RuleError with every problem."""
    return calendar_from({path: path.read_bytes() for path in sorted(folder.glob("*.yaml"))})


def calendar_from(files: Mapping[Path, bytes]) -> WorkingCalendar:
    """Return the calendar of some files of years; raises RuleError with every problem."""
    years: list[CalendarYear] = []
    problems: list[Problem] = []
    for path, text in files.items():
        try:
            years.append(_read_year(path, text))
        except RuleError as error:
            problems += error.problems
    if problems:
        raise RuleError(problems)
    return WorkingCalendar(years)


def _read_year(path: Path, text: bytes) -> CalendarYear:
    # What reads documents is slow to import, and a start from a stored rulebook reads none.
    from pydantic import ValidationError

    from engine.calendar_documents import CalendarYearDocument, year_from
    from engine.complaints import problems_of
    from engine.source import load

    source = load(text, str(path))
    try:
        document = CalendarYearDocument.model_validate(source.data)
    except ValidationError as error:
        raise RuleError(problems_of(error, source, CalendarYearDocument)) from None
    if path.stem != str(document.year):
        problem = f"文件名与年份 {document.year} 不一致"
        raise RuleError([source.problem(("year",), problem, f"改名为 {document.year}.yaml")])
    return year_from(document)


def _special_days(year: CalendarYear) -> Iterator[tuple[int, CalendarDay]]:
    """Yield the days of a year that are not what their day of the week says."""
    statutory = _statutory_names(year)
    for rest in year.breaks:
        kind = CalendarDay(False, f"放假（{rest.name}）")
        for day in rest.days_off:
            yield day.toordinal(), kind
        for day in rest.worked:
            yield day.toordinal(), _WORKED
    for day, name in statutory.items():
        yield day.toordinal(), CalendarDay(False, f"法定节假日（{name}）", name)


def _statutory_names(year: CalendarYear) -> dict[date, str]:
    """Name each statutory day; where two festivals fall together both are named."""
    names: dict[date, str] = {}
    for rest in year.breaks:
        for day in days_of(rest.statutory) if rest.statutory else ():
            names[day] = f"{names[day]}、{rest.name}" if day in names else rest.name
    return names


def _runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Return the unbroken runs of announced years as their first and last days, in order."""
    runs: list[tuple[int, int]] = []
    for year in sorted(years):
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if runs and runs[-1][1] + 1 == first:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _working_days(runs: Iterable[tuple[int, int]], special: Mapping[int, CalendarDay]) -> list[int]:
    working: set[int] = set()
    for first, last in runs:
        for start in range(first, first + 7):
            if (start - 1) % 7 < SATURDAY:
                working.update(range(start, last + 1, 7))
    for day, kind in special.items():
        (working.add if kind.works else working.discard)(day)
    return sorted(working)
