"""Moments: a day, or a day with a time of day, and what their order allows to say.

A file often gives a date and no time. Then the order of two acts of one day is unknown,
and this module answers ``None`` instead of guessing.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar

MINUTES_A_DAY = 24 * 60
_MOST_KEPT = 65536
_Kept = TypeVar("_Kept")

_WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?)?")


_UNKNOWN = -1
_MINUTES: dict[str, int | None] = {
    f"{mark}{minute // 60:02}:{minute % 60:02}": minute for minute in range(MINUTES_A_DAY) for mark in "T "
}
_MINUTES[""] = None
_SECONDS = frozenset(("", *(f":{second:02}" for second in range(100))))
_days: dict[str, int] = {}


class _Moments(dict[str, "Moment"]):
    """Moments by their texts; one not met before is put together from a known day and a known time."""

    def __missing__(self, text: str) -> Moment:
        day, minute = _days.get(text[:10], _UNKNOWN), _MINUTES.get(text[10:16], _UNKNOWN)
        if day == _UNKNOWN or minute == _UNKNOWN or text[16:] not in _SECONDS:
            moment = _parsed(text)
            _keep(_days, text[:10], moment.day)
        else:
            moment = Moment(day, minute)
        _keep(self, text, moment)
        return moment


def _keep(table: dict[str, _Kept], text: str, value: _Kept) -> None:
    if len(table) >= _MOST_KEPT:
        table.clear()
    table[text] = value


moment_at = _Moments().__getitem__
"""What ``parse_moment`` calls: without a step in Python for a text that was met before."""


class Moment:
    """A point in time of day or minute precision, in the local time of the agency.

    ``day`` is the proleptic Gregorian ordinal (``date.toordinal``), ``minute`` the minute of the
    day 0–1439, or ``None`` where only the day is known. Immutable by convention, hashable; it is no
    dataclass because msgspec would then read it as an object instead of asking for its text.
    """

    __slots__ = ("day", "minute")

    # A decoder that asks ``operator.getitem(Moment, text)`` for each moment takes no step in Python.
    __class_getitem__ = moment_at

    def __init__(self, day: int, minute: int | None = None) -> None:
        self.day = day
        self.minute = minute

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Moment):
            return NotImplemented
        return self.day == other.day and self.minute == other.minute

    def __hash__(self) -> int:
        return hash((self.day, self.minute))

    def __repr__(self) -> str:
        return f"Moment({self})"

    @property
    def date(self) -> date:
        """The day as a date."""
        return date.fromordinal(self.day)

    @property
    def earliest(self) -> int:
        """The first minute, counted from day 0, that this moment can be."""
        return self.day * MINUTES_A_DAY + (self.minute or 0)

    @property
    def latest(self) -> int:
        """The last minute, counted from day 0, that this moment can be."""
        last = MINUTES_A_DAY - 1 if self.minute is None else self.minute
        return self.day * MINUTES_A_DAY + last

    def __str__(self) -> str:
        if self.minute is None:
            return self.date.isoformat()
        return f"{self.date.isoformat()}T{self.minute // 60:02}:{self.minute % 60:02}"


def parse_moment(text: str) -> Moment:
    """Return the moment written as ``2024-03-05`` or ``2024-03-05T09:30``; seconds are dropped.

    Raises ValueError for anything else, and for days that no calendar has.

    >>> parse_moment("2024-03-05T09:30")
    Moment(2024-03-05T09:30)
    """
    return moment_at(text)


def _parsed(text: str) -> Moment:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"not a moment: {text!r}")
    year, month, day, hour, minute = found.groups()
    ordinal = date(int(year), int(month), int(day)).toordinal()
    if hour is None:
        return Moment(ordinal)
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"no such time of day: {text!r}")
    return Moment(ordinal, int(hour) * 60 + int(minute))


def moment_of(day: date) -> Moment:
    """Return the moment of a day without a time."""
    return Moment(day.toordinal())


def is_before(one: Moment, other: Moment) -> bool | None:
    """Tell whether *one* comes strictly before *other*; ``None`` if the times of day leave it open.

    >>> is_before(parse_moment("2024-03-05"), parse_moment("2024-03-05T09:30")) is None
    True
    """
    if one.day != other.day:
        return one.day < other.day
    if one.minute is None or other.minute is None:
        return None
    return one.minute < other.minute


def is_not_after(one: Moment, other: Moment) -> bool | None:
    """Tell whether *one* comes before or together with *other*; ``None`` if that is open."""
    if one.day != other.day:
        return one.day < other.day
    if one.minute is None or other.minute is None:
        return None
    return one.minute <= other.minute
