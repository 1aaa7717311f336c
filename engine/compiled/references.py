"""The numbers and days that generated code looks up: limits by head and day, periods by day.

Nothing is computed twice: what a limit is, is kept with the head of a file; what day a period
reaches is kept for as long as the rulebook.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from msgspec import Struct, field

from casefiles.model import Act
from casefiles.moments import Moment
from engine.calendar import WorkingCalendar
from engine.conditions import Condition, Conditions
from engine.deadlines import deadline, latest_start
from engine.facts import CaseFacts
from engine.limits import Limits, LimitUse, NotSet
from engine.periods import Period, Unit, parse_period
from engine.truth import Truth

Bound = Callable[[CaseFacts, Act], int | float | str | None]
Days = Callable[[int], int | None]
Term = Callable[[CaseFacts, Act, int], int | None]


class Counting(Enum):
    """How a period is counted, and which end is asked for where it is not certain.

    Its end is moved to a working day, or not moved, or it is counted backwards. Asked for is the day
    that is certainly within it; with ``LATEST`` the day after which it has certainly ended.
    """

    MOVED = "moved"
    UNMOVED = "unmoved"
    BACKWARDS = "backwards"
    MOVED_LATEST = "moved, latest"
    UNMOVED_LATEST = "unmoved, latest"


class References(Struct, frozen=True):
    """The limits and the calendar of a rulebook, as functions for generated code."""

    limits: Limits
    calendar: WorkingCalendar
    _bounds: dict[str, Bound] = field(default_factory=dict)
    _days: dict[tuple[Period, Counting], Days] = field(default_factory=dict)
    _terms: dict[tuple[str, Counting], Term] = field(default_factory=dict)

    def bound(self, use: LimitUse) -> Bound:
        """Return the function that gives the value of a limit for an act, ``None`` if it is not set."""
        if use.id not in self._bounds:
            self._bounds[use.id] = _bound(self.limits, use)
        return self._bounds[use.id]

    def days(self, period: Period, counting: Counting) -> Days:
        """Return the function from a day to the last day that is within a period for certain.

        Counted backwards it is the last day that is early enough; ``None`` where no day is certain.
        """
        key = (period, counting)
        if key not in self._days:
            self._days[key] = _days(period, counting, self.calendar)
        return self._days[key]

    def fixed(self, period: Period, counting: Counting) -> Term:
        """Return the same with the arguments that a period has which stands in a limit."""
        key = (str(period), counting)
        if key not in self._terms:
            days = self.days(period, counting)
            self._terms[key] = lambda file, act, start: days(start)
        return self._terms[key]

    def term(self, use: LimitUse, counting: Counting) -> Term:
        """Return the same for a period that stands in a limit."""
        key = (use.id, counting)
        if key not in self._terms:
            self._terms[key] = self._term(use, counting)
        return self._terms[key]

    def _term(self, use: LimitUse, counting: Counting) -> Term:
        length = self.bound(use)
        known: dict[int | float | str, Days] = {}

        def reaches(file: CaseFacts, act: Act, start: int) -> int | None:
            value = length(file, act)
            if value is None:
                return None
            if value not in known:
                period = parse_period(str(value))
                known[value] = _never if period.unit is Unit.HOURS else self.days(period, counting)
            return known[value](start)

        return reaches

    def comparison(self, item: Condition) -> Callable[[CaseFacts, Act], Truth]:
        """Return the function that compares a fact of an act, given or derived."""
        alone = Conditions((item,))
        return lambda file, act: alone.holds(file, act, self.limits)


def _bound(limits: Limits, use: LimitUse) -> Bound:
    def value(file: CaseFacts, act: Act) -> int | float | str | None:
        moment = act.starts or act.ends
        key = (use.id, moment.day if moment else None)
        if key not in file.bounds:
            found = limits.find(use, file, act)
            file.bounds[key] = None if isinstance(found, NotSet) else found.value
        return file.bounds[key]

    return value


def _never(day: int) -> None:
    """Return no day: periods in hours are for the verb to count."""


def _days(period: Period, counting: Counting, calendar: WorkingCalendar) -> Days:
    known: dict[int, int | None] = {}

    is_latest = counting in (Counting.MOVED_LATEST, Counting.UNMOVED_LATEST)
    is_moved = counting in (Counting.MOVED, Counting.MOVED_LATEST)

    def reach(day: int) -> int | None:
        if day not in known:
            start = Moment(day)
            if counting is Counting.BACKWARDS:
                found = latest_start(start, period, calendar)
            else:
                found = deadline(start, period, calendar, roll_over=is_moved)
            end = found.due_latest if is_latest else found.due_earliest
            known[day] = None if end is None else end.day
        return known[day]

    return reach
