"""Dates as whole numbers, for engines that do not know the calendar.

No peer counts the working days of the State Council's calendar, so each gets, for every date as written,
the same three numbers: the day, how many working days lie before it, and how many through it. An act is at
most N working days after another if ``before(act) + 1 - through(other) <= N``, and at least N before it if
``before(other) - before(act) >= N``. The table is made once; looking up the dates of a file is part of every
peer's time, as reading the calendar is of the product's.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from engine.calendar import read_calendar
from engine.rulebook import FOLDER

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)


class Day(NamedTuple):
    """A date in numbers."""

    day: int
    before: int
    through: int


def table() -> dict[str, Day]:
    """Return the numbers of every date from ``FIRST`` to ``LAST``, by its written form."""
    calendar, day, worked = read_calendar(FOLDER / "calendar"), FIRST, 0
    found: dict[str, Day] = {}
    while day <= LAST:
        works = bool(calendar.is_working_day(day.toordinal()))
        found[day.isoformat()] = Day(day.toordinal(), worked, worked + works)
        worked += works
        day += timedelta(1)
    return found
