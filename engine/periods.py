"""Periods as rules and case files write them: an amount and always a unit.

Five days and five working days are different periods, so a number without a unit is an error.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date
from enum import Enum
from functools import lru_cache

from msgspec import Struct


class Unit(Enum):
    """What a period is counted in; the value is the English singular."""

    WORKING_DAYS = "working day"
    DAYS = "day"
    MONTHS = "month"
    YEARS = "year"
    HOURS = "hour"

    @property
    def chinese(self) -> str:
        """The word that users read, as it follows a number."""
        return _CHINESE[self]


_CHINESE = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.DAYS: "日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.HOURS: "小时",
}
_UNITS = {unit.value: unit for unit in Unit} | {
    "个工作日": Unit.WORKING_DAYS,
    "工作日": Unit.WORKING_DAYS,
    "日": Unit.DAYS,
    "天": Unit.DAYS,
    "个月": Unit.MONTHS,
    "年": Unit.YEARS,
    "小时": Unit.HOURS,
}
# Four digits reach beyond every period of the law and stay inside what dates can hold.
_WRITTEN = re.compile(r"\s*(\d{1,4})\s*([^\s\d].*?)s?\s*")


class Period(Struct, frozen=True, tag=True):
    """A length of time of the law; ``amount`` is at least 1.

    >>> str(Period(7, Unit.WORKING_DAYS)), Period(3, Unit.MONTHS).chinese
    ('7 working days', '3个月')
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"期限的数目不能是 {self.amount}｜写 1 以上的整数")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value}{'s' if self.amount > 1 else ''}"

    @property
    def chinese(self) -> str:
        """The period as users read it."""
        return f"{self.amount}{self.unit.chinese}"


@lru_cache(maxsize=1024)
def parse_period(text: str) -> Period:
    """Return the period written as ``7 working days`` or ``7个工作日``.

    Raises ValueError with a Chinese text, and what to write after ``｜``, for everything else.

    >>> parse_period("1 month"), parse_period("30天")
    (Period(amount=1, unit=<Unit.MONTHS: 'month'>), Period(amount=30, unit=<Unit.DAYS: 'day'>))
    """
    found = _WRITTEN.fullmatch(text)
    unit = _UNITS.get(found[2]) if found else None
    if found is None or unit is None:
        raise ValueError(
            f"期限“{text}”没有写清数目和单位"
            "｜写成 7 working days、30 days、3 months、2 years、24 hours，"
            "或 7个工作日、30日、3个月、2年、24小时"
        )
    return Period(int(found[1]), unit)


def natural_end(day: int, period: Period, direction: int = 1) -> int:
    """Return the day on which a period of days, months or years from an ordinal ends, never moved.

    Months and years end on the day of the same number, or on the last of the month if it has none.
    *direction* is 1 or -1. Beyond what dates can hold the first or last month of all is taken.

    >>> date.fromordinal(natural_end(date(2024, 1, 31).toordinal(), parse_period("1 month")))
    datetime.date(2024, 2, 29)
    """
    if period.unit is Unit.DAYS:
        return day + direction * period.amount
    months = period.amount * (12 if period.unit is Unit.YEARS else 1)
    return _months_after(day, direction * months)


def _months_after(day: int, months: int) -> int:
    from calendar import monthrange  # it brings the names of days in all languages with it

    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    year = min(max(year, MINYEAR), MAXYEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()
