"""The building blocks of what rules write: typed options, conditions, and the choice of acts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from engine.conditions import Conditions, conditions_from
from engine.selection import Concern, Selector


class Options(BaseModel):
    """Options as written in a rule: typed, frozen, closed to unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )


def _as_conditions(data: Any) -> Conditions:
    if isinstance(data, Conditions):
        return data
    if not isinstance(data, Mapping):
        raise ValueError("应为“事实: 值”")
    return conditions_from(data)


def _as_list(data: Any) -> Any:
    return [data] if isinstance(data, str) else data


Where = Annotated[Conditions, BeforeValidator(_as_conditions, json_schema_input_type=dict[str, Any])]
"""Conditions, written as ``事实: 值``."""

Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
"""One word or several."""


class LimitName(Options):
    """How a limit is written where a number or a period may stand."""

    limit: str


class ActChoice(Options):
    """Which acts are looked for: kinds, facts, and whether they must concern the subject."""

    act: Words
    where: Where = Field(default_factory=Conditions)
    about: Concern = Concern.SUBJECT

    @cached_property
    def selector(self) -> Selector:
        """The choice, ready to be asked."""
        return Selector(tuple(self.act), self.where, self.about)
