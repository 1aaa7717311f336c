"""The working calendar of one year as people write it in ``rules/calendar/<year>.yaml``.

A year is a list of breaks, one for each festival, as the notice of the State Council's General
Office orders them. Each file is complete for its own year: what a notice orders for the last days
of the year before stands in the file of that year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

Days = tuple[date, date]
SATURDAY = 5


def _span(value: Any) -> Any:
    """Read ``2024-02-10..2024-02-17``, or one day, as first and last day."""
    first, dots, last = str(value).partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last if dots else first)
    except ValueError:
        raise ValueError(
            f"“{value}”不是日期或者日期范围｜写成 2024-02-10 或 2024-02-10..2024-02-17"
        ) from None
    if days[0] > days[1]:
        raise ValueError(f"“{value}”的起止日期颠倒｜先写开始的日期")
    return days


Span = Annotated[
    Days,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "examples": ["2024-02-10..2024-02-17"]}),
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Notice(_Entry):
    """The notice that orders the days, and how well it was read (V in full … M from memory)."""

    number: Annotated[str, Field(min_length=1)]
    issued: date
    mark: Literal["V", "V2", "M", "I"] = "V"
    verified: date


class Break(_Entry):
    """A festival's break: the days off, which of them are statutory, and the days worked for it.

    ``statutory`` are the days that the regulation on holidays itself names (法定节假日); ``off``
    may be left out where the break is no longer than they are.
    """

    name: Annotated[str, Field(min_length=1)]
    statutory: Span | None = None
    off: Span | None = None
    worked: tuple[date, ...] = ()

    @property
    def days_off(self) -> Iterator[date]:
        """Every day of the break."""
        span = self.off or self.statutory
        return days_of(span) if span else iter(())

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        span = self.off or self.statutory
        if span is None:
            raise ValueError(f"“{self.name}”没有写放假的日期｜补写 statutory 或 off")
        if self.statutory and not (span[0] <= self.statutory[0] and self.statutory[1] <= span[1]):
            raise ValueError(f"“{self.name}”的 statutory 超出 off 的范围｜off 应包括法定节假日")
        for day in self.worked:
            if day.weekday() < SATURDAY:
                raise ValueError(f"{day} 不是周末，不能写为调休上班｜核对通知中的日期")
        return self


class CalendarYear(_Entry):
    """All that the notices order for one year; every other Monday to Friday is a working day."""

    year: Annotated[int, Field(ge=1949, le=9998)]
    notices: Annotated[tuple[Notice, ...], Field(min_length=1)]
    breaks: Annotated[tuple[Break, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _days_are_of_the_year(self) -> Self:
        off = {day for rest in self.breaks for day in rest.days_off}
        worked = {day for rest in self.breaks for day in rest.worked}
        for day in sorted(off | worked):
            if day.year != self.year:
                raise ValueError(f"{day} 不在 {self.year} 年｜写入 {day.year}.yaml")
        for day in sorted(off & worked):
            raise ValueError(f"{day} 既写为放假又写为上班｜核对通知中的日期")
        return self


def year_from(content: Any) -> CalendarYear:
    """Return the year that the content of one file describes; raises pydantic's ValidationError."""
    return CalendarYear.model_validate(content)


def days_of(span: Days) -> Iterator[date]:
    """Yield every day from the first to the last of a span."""
    for ordinal in range(span[0].toordinal(), span[1].toordinal() + 1):
        yield date.fromordinal(ordinal)
