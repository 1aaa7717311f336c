"""The documents that legal staff write: rules, definitions, limits and laws, as pydantic models."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model, model_validator

from engine.conditions import ConditionError, Conditions
from engine.findings import Severity
from engine.periods import parse_period
from engine.requirement import AllOf, AnyOf, Not
from engine.selection import Concern, Selector
from engine.verbs import VERBS
from engine.verbs.base import Verb
from engine.written import Document, Where, WordList, way_of

Mark = Literal["V", "V2", "M", "I"]
Text = Annotated[str, Field(min_length=1)]


def _as_date(data: Any) -> Any:
    if isinstance(data, str):
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise ValueError(f"“{data}”不是日期｜写成 2021-07-15 的样子") from None
    return data


Day = Annotated[date, BeforeValidator(_as_date, json_schema_input_type=date)]


class BasisDocument(Document):
    """A citation: law, article, since when it says so, and when that was last verified.

    ``when`` narrows it to files for which this source applies; ``mark`` is V, V2, M or I.
    """

    law: Text
    article: Text
    since: Day
    until: Day | None = None
    verified: Day
    mark: Mark = "V"
    note_until: Day | None = None
    when: Where = Field(default_factory=Conditions)

    @model_validator(mode="after")
    def _ordered(self) -> BasisDocument:
        if self.until is not None and self.until < self.since:
            raise ValueError("until 早于 since｜检查施行和失效日期")
        return self


def _as_tuple(data: Any) -> Any:
    return [data] if isinstance(data, dict) else data


BasisList = Annotated[
    tuple[BasisDocument, ...],
    BeforeValidator(_as_tuple, json_schema_input_type=BasisDocument | list[BasisDocument]),
    Field(min_length=1),
]


class PresentDocument(Document):
    """An act that must be in the file for a situation to be given; ``before``: not after the subject."""

    act: WordList
    where: Where = Field(default_factory=Conditions)
    about: Concern = Concern.SUBJECT
    before: bool = False

    @property
    def selector(self) -> Selector:
        """The choice, ready to be asked."""
        return Selector(self.act, self.where, self.about)


class SituationDocument(Document):
    """A ground of a definition, or an exception of a rule."""

    because: Text
    basis: BasisList
    case: Where = Field(default_factory=Conditions)
    where: Where = Field(default_factory=Conditions)
    with_: Annotated[
        tuple[PresentDocument, ...],
        BeforeValidator(_as_tuple, json_schema_input_type=PresentDocument | list[PresentDocument]),
    ] = Field(default=(), alias="with")

    @model_validator(mode="after")
    def _says_something(self) -> SituationDocument:
        if not (self.case.items or self.where.items or self.with_):
            raise ValueError("没有写明情形｜至少写 case、where 或 with 之一")
        return self


class SubjectDocument(Document):
    """The acts that a rule judges, one finding for each."""

    act: WordList
    where: Where = Field(default_factory=Conditions)


class RemedyDocument(Document):
    """What can lawfully be done about a breach."""

    cure: Literal["补正", "说明", "自行纠正", "不可补正"]
    do: Text


class _OneOf(Document):
    """A mapping in which exactly one key is given."""

    @model_validator(mode="after")
    def _exactly_one(self) -> _OneOf:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"应写且只写一个谓词，现有 {len(given)} 个｜多个谓词用 all_of 或 any_of 合并")
        return self

    @property
    def verb(self) -> Verb:
        """The only verb given."""
        found = next(value for name in type(self).model_fields if (value := getattr(self, name)) is not None)
        return _combined(self, found)


_VERBS: dict[str, Any] = {name: (way_of(verb) | None, None) for name, verb in VERBS.items()}

SingleRequirement = create_model("SingleRequirement", __base__=_OneOf, **_VERBS)
"""One verb with its options, by its name."""


Singles = Annotated[tuple[SingleRequirement, ...], Field(min_length=2)]

RequirementDocument = create_model(
    "RequirementDocument",
    __base__=_OneOf,
    all_of=(Singles | None, None),
    any_of=(Singles | None, None),
    not_=(SingleRequirement | None, Field(None, alias="not")),
    **_VERBS,
)
"""What stands under ``require``."""


def _combined(document: Any, found: Any) -> Verb:
    if isinstance(found, Verb):
        return found
    if isinstance(found, tuple):
        verbs = tuple(one.verb for one in found)
        return AllOf(verbs=verbs) if document.all_of is not None else AnyOf(verbs=verbs)
    return Not(verb=found.verb)


class RuleDocument(Document):
    """A rule: one sentence of the law."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    title: Text
    severity: Severity
    effect: Text
    rows: tuple[str, ...] = ()
    basis: BasisList
    applies: Where = Field(default_factory=Conditions)
    subject: SubjectDocument
    require: RequirementDocument
    unless: tuple[SituationDocument, ...] = ()
    message: Text
    remedy: RemedyDocument
    note: str = ""


class DefinitionDocument(Document):
    """A derived fact (定义): true if one of its grounds is given."""

    id: Text
    title: Text
    defines: Text
    on: Text
    rows: tuple[str, ...] = ()
    grounds: Annotated[tuple[SituationDocument, ...], Field(min_length=1)]


class LimitValueDocument(Document):
    """One value of a limit for some cases; ``null`` with ``needs`` where a region must set it."""

    value: int | float | str | None
    where: Where = Field(default_factory=Conditions)
    basis: BasisDocument
    needs: str = ""


class LimitDocument(Document):
    """A limit (限值) with all its values."""

    id: Text
    title: Text
    unit: Literal["元", "期间", "时段", "人", "比例"]
    rows: tuple[str, ...] = ()
    values: Annotated[tuple[LimitValueDocument, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _of_unit(self) -> LimitDocument:
        for index, one in enumerate(self.values):
            if one.value is not None and (wrong := _misfit(self.unit, one.value)):
                raise ConditionError(wrong, ("values", index, "value"))
        return self


def _misfit(unit: str, value: float | str) -> str:
    """Say why a value is none of its unit, with advice after ``｜``; empty if it is."""
    if unit == "期间":
        try:
            parse_period(str(value))
        except ValueError as error:
            return str(error)
    elif unit == "时段":
        if not _HOURS.fullmatch(str(value)):
            return f"时段“{value}”没有写清起止｜写成 22:00-06:00 的样子，加引号"
    elif isinstance(value, str):
        return f"单位是{unit}的值应为数字｜现为“{value}”"
    return ""


_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


class ArticleDocument(Document):
    """An article of the coverage ledger."""

    article: Text
    coverage: Literal["rule", "person", "uncheckable"]
    note: str = ""


class LawDocument(Document):
    """An instrument of the coverage ledger."""

    id: Text
    name: Text
    names: tuple[str, ...] = ()
    number: Text
    rank: Literal["法律", "行政法规", "地方性法规", "部门规章", "地方政府规章", "规范性文件", "司法解释"]
    since: Day
    until: Day | None = None
    verified: Day
    mark: Mark = "V"
    articles: tuple[ArticleDocument, ...] = ()


class WaiverDocument(Document):
    """One waiver: which rule in which case (and, if named, which act), why, by whom, until when."""

    rule: Text
    case: Text
    subject: str | None = None
    reason: Text
    approver: Text
    until: Day


class WaiversDocument(Document):
    """The file of waivers."""

    waivers: Annotated[tuple[WaiverDocument, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _distinct(self) -> WaiversDocument:
        keys = [(one.rule, one.case, one.subject) for one in self.waivers]
        if len(keys) != len(set(keys)):
            raise ValueError("同一规则、案卷和环节重复豁免｜只保留一条")
        return self
