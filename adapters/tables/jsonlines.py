"""Rows from lines of JSON: one object a line, or one envelope a line with a list of objects.

A column is a path of keys and positions joined by ``/``: ``data/items/0/CF_WSH``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from adapters.readers.jsonplaces import JsonPlaces
from adapters.tables.lines import Line
from adapters.tables.profile import TableSettings
from adapters.tables.row import Place, Row, oversized
from casefiles.model import Step
from casefiles.problems import Problem


class _Refused(ValueError):
    """JSON that is well formed but not to be trusted; the text is for people."""


def json_rows(
    lines: Iterator[Line | Problem], file: str, table: TableSettings, wanted: frozenset[str]
) -> Iterator[Row | Problem]:
    """Yield the objects of all lines, and a problem in the place of each that cannot be read."""
    notes: tuple[Problem, ...] = ()
    for line in lines:
        if isinstance(line, Problem):
            yield line
            continue
        notes += (line.note,) if line.note else ()
        if not line.text.strip():
            continue
        for row in _rows_of(line, file, table, wanted):
            if isinstance(row, Row) and notes:
                row = Row(row.line, row.label, row.values, row.place, notes)
                notes = ()
            yield row


def _rows_of(line: Line, file: str, table: TableSettings, wanted: frozenset[str]) -> Iterator[Row | Problem]:
    content = _parse(line, file)
    if isinstance(content, Problem):
        yield content
        return
    inside = _at(content, table.rows) if table.rows else None
    if not isinstance(inside, list):
        yield _row(line, content, "", file, wanted)
        return
    for index in range(len(inside)):
        yield _row(line, content, f"{table.rows}/{index}", file, wanted)


def _row(line: Line, content: Any, inside: str, file: str, wanted: frozenset[str]) -> Row | Problem:
    """Return the object at the path *inside* the content of a line as a row."""
    label = "/".join(filter(None, (f"第{line.number}行", inside)))
    item = _at(content, inside) if inside else content
    if not isinstance(item, dict):
        text = f"{label}不是一条记录"
        return Problem(file, line.number, 1, text, "每条记录应为一个 JSON 对象：{…}")

    # Not a closure: rows are handed to other processes.
    place = partial(_place, line, content, inside)
    values: dict[str, str] = {}
    for name in wanted:
        value = _at(item, name)
        if isinstance(value, dict | list):
            text = f"{label}“{name}”不是单个的值"
            advice = f"在格式文件中写到具体一项，如 {name}/…"
            return Problem(file, *place(name, 0), text, advice)
        if value is not None:
            values[name] = str(value).lower() if isinstance(value, bool) else value
    if (large := oversized(values)) is not None:
        return Problem(file, *place(large, 0), f"{label}“{large}”过长", "拆分或删减该项")
    return Row(line.number, label, values, place)


def _parse(line: Line, file: str) -> Any:
    """Return the content of a line; numbers stay text, so that none loses a digit."""
    try:
        content = json.loads(
            line.text,
            object_pairs_hook=_object,
            parse_int=str,
            parse_float=str,
            parse_constant=_no_constant,
        )
        line.text.encode()
        if "\\u" in line.text:
            _demand_whole_characters(content)
    except _Refused as error:
        return Problem(file, line.number, 1, f"第{line.number}行{error}", "请重新导出该行")
    except json.JSONDecodeError as error:
        text = f"第{line.number}行不是完整的 JSON"
        return Problem(file, line.number, error.colno, text, "每行写一个完整的 JSON 对象")
    except RecursionError:
        return Problem(file, line.number, 1, f"第{line.number}行嵌套过深", "减少嵌套")
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise _Refused(f"的键“{double[:40]}”重复")
    return content


def _no_constant(name: str) -> None:
    raise _Refused(f"含有不是数值的 {name}")


def _demand_whole_characters(content: Any) -> None:
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _Refused("含有半个字符（代理项）") from None


def _at(content: Any, path: str) -> Any:
    for step in path.split("/"):
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and step.isascii() and step.isdigit():
            content = content[int(step)] if len(step) < 7 and int(step) < len(content) else None
        else:
            return None
    return content


def _place(line: Line, content: Any, inside: str, name: str, offset: int) -> Place:
    """Return where a value stands in its line; *offset* counts into strings without escapes."""
    path = f"{inside}/{name}" if inside else name
    steps: list[Step] = []
    for step in path.split("/"):
        steps.append(int(step) if isinstance(content, list) else step)
        content = _at(content, step)
    found = JsonPlaces(line.text, "").locate(tuple(steps))
    further = 1 + offset if offset else 0
    return line.number, (found.column or 1) + further
