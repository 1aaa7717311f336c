"""Mapping profiles: which column of a foreign table is which act and fact, written in YAML.

The models here are the form of a profile; what its words must be is checked in ``checking``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from adapters.tables.checking import check_words
from casefiles.problems import Problem, ProblemsError
from casefiles.terms import Vocabulary, suggestion
from engine.complaints import problems_of
from engine.errors import RuleError
from engine.source import load

FOLDER = Path(__file__).parents[1] / "formats"
VALUE_GROUP = "value"

DateStyle = Literal[
    "yyyy-MM-dd",
    "yyyy/MM/dd",
    "yyyy.MM.dd",
    "yyyyMMdd",
    "yyyy-MM-dd HH:mm",
    "yyyy-MM-dd HH:mm:ss",
    "yyyy/MM/dd HH:mm",
    "yyyy/MM/dd HH:mm:ss",
    "yyyyMMddHHmmss",
    "written",
]
"""How a cell writes a date; ``written`` is 2024年3月5日 or 二〇二四年三月五日."""

SHEET_STYLES: list[DateStyle] = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"]
"""How the reader of sheets writes a cell that holds a date."""

Unit = Literal["元", "万元", "亿元"]
Scalar = str | bool | int | float
NonEmpty = Annotated[str, Field(min_length=1)]


class ProfileError(ProblemsError):
    """A mapping profile is wrong; all its problems at once."""


class Part(BaseModel):
    """Base of all parts of a profile: strict and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TableSettings(Part):
    """How the table is written; ``rows`` is the list inside an envelope of JSON."""

    format: Literal["separated", "xlsx", "ndjson"]
    separator: NonEmpty = ","
    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    quoted: bool = True
    sheet: NonEmpty | None = None
    header_row: Annotated[int, Field(ge=1)] = 1
    rows: NonEmpty | None = None


class Choice(Part):
    """The value that holds where a regular expression is found in the cell."""

    found: NonEmpty
    is_: Scalar = Field(alias="is")


class Value(Part):
    """Where one value comes from and how it is read; a plain word in YAML is a constant.

    A cell that says nothing leads on to ``otherwise``. ``codes`` with ``null`` says nothing too.
    """

    constant: Scalar | None = None
    column: NonEmpty | None = None
    pattern: NonEmpty | None = None
    choose: list[Choice] | None = None
    last_date: Literal[True] | None = None
    first_date_after: NonEmpty | None = None
    dates: list[DateStyle] | None = None
    codes: dict[str, Scalar | None] | None = None
    unit: Unit | None = None
    split: NonEmpty | None = None
    required: bool = False
    otherwise: Origin | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Value:
        if (self.constant is None) == (self.column is None):
            raise ValueError("取值来源不清｜写 column（哪一列）或 constant（固定值）")
        return self


def _as_value(written: Any) -> Any:
    return {"constant": written} if isinstance(written, str | bool | int | float) else written


Origin = Annotated[Value, BeforeValidator(_as_value)]


class Condition(Part):
    """When an act is there: the column says something, or one of the words under ``is``."""

    column: NonEmpty
    is_: list[str] | None = Field(default=None, alias="is")


class AgencyPart(Part):
    """The agency of the head."""

    name: Origin
    uscc: Origin | None = None
    level: Origin | None = None
    facts: dict[str, Origin] = {}


class HeadPart(Part):
    """The head of the case file."""

    number: Origin
    kind: Origin
    agency: AgencyPart
    cause: Origin | None = None
    procedure: Origin | None = None
    field: Origin | None = None
    region: Origin | None = None
    facts: dict[str, Origin] = {}


class PartyPart(Part):
    """A party; a row that does not name it has none."""

    name: Origin
    kind: Origin | None = None
    uscc: Origin | None = None
    facts: dict[str, Origin] = {}


class ActPart(Part):
    """One act of the row; without ``when`` every row has it."""

    id: NonEmpty
    kind: NonEmpty
    when: Condition | None = None
    starts: Origin | None = None
    ends: Origin | None = None
    about: list[str] = []
    facts: dict[str, Origin] = {}


class Profile(Part):
    """A whole profile; ``nulls`` say nothing, ``placeholders`` nothing with a warning."""

    id: NonEmpty
    title: NonEmpty
    table: TableSettings
    nulls: list[str] = []
    placeholders: list[str] = []
    dates: list[DateStyle] = []
    head: HeadPart
    parties: list[PartyPart] = []
    acts: Annotated[list[ActPart], Field(min_length=1)]
    provides: Annotated[list[str], Field(min_length=1)]

    def styles_for(self, value: Value) -> list[DateStyle]:
        """Return the styles of dates in which a value may be written; a sheet has its own too."""
        return (value.dates or self.dates) + (SHEET_STYLES if self.table.format == "xlsx" else [])

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names of all columns that are read."""
        return frozenset(_columns(self.model_dump(by_alias=True, exclude_none=True)))


def profiles() -> list[str]:
    """Return the names of the profiles that ship with the program."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read_profile(path_or_name: Path | str, vocabulary: Vocabulary) -> Profile:
    """Return a profile by its shipped name or by its path.

    Raises ProfileError with everything that is wrong in it, each at its line and column.
    """
    path = _path_of(path_or_name)
    try:
        source = load(path.read_bytes(), str(path_or_name))
    except RuleError as error:
        raise ProfileError(error.problems) from None
    except OSError:
        problem = Problem(str(path_or_name), None, None, "格式文件无法读取", "检查路径和权限")
        raise ProfileError([problem]) from None
    problems = check_words(source, vocabulary)
    try:
        profile = Profile.model_validate(source.data)
    except ValidationError as error:
        problems += problems_of(error, source, Profile)
    if problems:
        raise ProfileError(sorted(set(problems), key=lambda one: (one.line or 0, one.column or 0)))
    return profile


def _path_of(path_or_name: Path | str) -> Path:
    if isinstance(path_or_name, Path):
        return path_or_name
    if "/" in path_or_name or "\\" in path_or_name or path_or_name.endswith((".yaml", ".yml")):
        return Path(path_or_name)
    if path_or_name not in profiles():
        near = suggestion(path_or_name, profiles())
        advice = f"是否为“{near}”？" if near else f"现有：{'、'.join(profiles())}"
        raise ProfileError([Problem(path_or_name, None, None, "没有这种格式", advice)])
    return FOLDER / f"{path_or_name}.yaml"


def _columns(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if "column" in content:
            yield content["column"]
        for inner in content.values():
            yield from _columns(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from _columns(inner)
