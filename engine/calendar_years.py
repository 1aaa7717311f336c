"""The working calendar of one year, as ``rules/calendar/<year>.yaml`` tells it.

A year is a list of breaks, one for each festival, as the notice of the State Council's General
Office orders them. Each file is complete for its own year: what a notice orders for the last days
of the year before stands in the file of that year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

Days = tuple[date, date]
"""The first and the last day."""
SATURDAY = 5


class Notice(Struct, frozen=True):
    """The notice that orders the days, and how well it was read (V in full … M from memory)."""

    number: str
    issued: date
    verified: date
    mark: str = "V"


class Break(Struct, frozen=True):
    """A festival's break: the days off, which of them are statutory, and the days worked for it.

    ``statutory`` are the days that the regulation on holidays itself names (法定节假日); ``off``
    may be left out where the break is no longer than they are.
    """

    name: str
    statutory: Days | None = None
    off: Days | None = None
    worked: tuple[date, ...] = ()

    @property
    def days_off(self) -> Iterator[date]:
        """Every day of the break."""
        span = self.off or self.statutory
        return days_of(span) if span else iter(())


class CalendarYear(Struct, frozen=True):
    """All that the notices order for one year; every other Monday to Friday is a working day."""

    year: int
    notices: tuple[Notice, ...]
    breaks: tuple[Break, ...]


def days_of(span: Days) -> Iterator[date]:
    """Yield every day from the first to the last of a span."""
    for ordinal in range(span[0].toordinal(), span[1].toordinal() + 1):
        yield date.fromordinal(ordinal)
