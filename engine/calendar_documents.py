"""The working calendar of one year as people write it in ``rules/calendar/<year>.yaml``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from engine.calendar_years import SATURDAY, Break, CalendarYear, Days, Notice


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


class NoticeDocument(_Entry):
    """The notice that orders the days."""

    number: Annotated[str, Field(min_length=1)]
    issued: date
    mark: Literal["V", "V2", "M", "I"] = "V"
    verified: date


class BreakDocument(_Entry):
    """A festival's break, with days that agree with each other."""

    name: Annotated[str, Field(min_length=1)]
    statutory: Span | None = None
    off: Span | None = None
    worked: tuple[date, ...] = ()

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


class CalendarYearDocument(_Entry):
    """All that the notices order for one year."""

    year: Annotated[int, Field(ge=1949, le=9998)]
    notices: Annotated[tuple[NoticeDocument, ...], Field(min_length=1)]
    breaks: Annotated[tuple[BreakDocument, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _days_are_of_the_year(self) -> Self:
        breaks = year_from(self).breaks
        off = {day for rest in breaks for day in rest.days_off}
        worked = {day for rest in breaks for day in rest.worked}
        for day in sorted(off | worked):
            if day.year != self.year:
                raise ValueError(f"{day} 不在 {self.year} 年｜写入 {day.year}.yaml")
        for day in sorted(off & worked):
            raise ValueError(f"{day} 既写为放假又写为上班｜核对通知中的日期")
        return self


def year_from(document: CalendarYearDocument) -> CalendarYear:
    """Build a year from its document."""
    return CalendarYear(
        document.year,
        tuple(Notice(one.number, one.issued, one.verified, one.mark) for one in document.notices),
        tuple(Break(one.name, one.statutory, one.off, one.worked) for one in document.breaks),
    )
