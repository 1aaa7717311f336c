"""What pydantic found wrong, told in Chinese at the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casefiles.model import Path
from casefiles.problems import Problem
from casefiles.terms import suggestion
from engine.source import Source

_TEXTS = {
    "missing": "缺少“{key}”",
    "extra_forbidden": "不认识的键“{key}”",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为“键: 值”",
    "model_type": "应为“键: 值”",
    "date_from_datetime_parsing": "应为日期，如 2021-07-15",
    "date_parsing": "应为日期，如 2021-07-15",
    "date_type": "应为日期，如 2021-07-15",
    "too_short": "至少要写一项",
    "string_too_short": "不能为空",
    "greater_than_equal": "数值过小",
    "less_than_equal": "数值过大",
}


def problems_of(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    """Return every error of a pydantic validation as a problem of the source."""
    told: dict[tuple[int | None, int | None, str], Problem] = {}
    found = error.errors(include_url=False)
    for details in found:
        if details["type"] == "too_short" and any(_lies_in(other, details) for other in found):
            continue  # pydantic counts the items that it could not read as missing
        problem = _problem(details, source, model)
        told.setdefault((problem.line, problem.column, problem.text), problem)
    return list(told.values())


def _lies_in(inner: ErrorDetails, outer: ErrorDetails) -> bool:
    return inner is not outer and inner["loc"][: len(outer["loc"])] == outer["loc"]


def _problem(details: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    path = _path(details["loc"], source.data)
    kind = details["type"]
    if kind == "value_error":
        cause = details["ctx"]["error"]
        text, _, advice = str(cause).partition("｜")
        inner: Path = getattr(cause, "path", ())
        return source.problem((*path, *inner), text, advice, at_key=bool(inner))
    if kind in ("enum", "literal_error"):
        expected = str(details["ctx"]["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
        return source.problem(path, f"不能写“{details['input']}”", f"可写：{expected}")
    key = str(path[-1]) if path else ""
    text = _TEXTS.get(kind, "写法不符合要求").format(key=key)
    if kind == "extra_forbidden":
        near = suggestion(key, known_keys(model, path[:-1]))
        return source.problem(path, text, f"是否为“{near}”？" if near else "删除它", at_key=True)
    if kind == "missing":
        return source.problem(path[:-1], text, f"补写“{key}”")
    return source.problem(path, text, f"现为“{_short(details['input'])}”")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 30 else text[:29] + "…"


def _path(loc: Sequence[str | int], data: Any) -> Path:
    """Drop the steps that pydantic adds for the branches of a union: they are not in the file."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(data, Mapping) and isinstance(step, str) and (step in data or last):
            path.append(step)
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            path.append(step)
            data = data[step] if step < len(data) else None
    return tuple(path)


def known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that may stand at a path of a model's document, as written in the file."""
    models: list[type[BaseModel]] = [model]
    for step in path:
        if isinstance(step, int):
            continue
        fields = [
            field for one in models for name, field in one.model_fields.items() if step in (name, field.alias)
        ]
        models = [inner for field in fields for inner in _models_in(field.annotation)]
    return [field.alias or name for one in models for name, field in one.model_fields.items()]


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
