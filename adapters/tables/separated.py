"""Rows of separated text (CSV, TSV, PSV), with the physical line and column of every cell.

A cell may be quoted by ``"``, with ``""`` for the sign itself, and then run over several lines. The
``csv`` module is not used: it forgets where a cell stood and limits cells by a global setting.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from adapters.tables.lines import Line
from adapters.tables.profile import TableSettings
from adapters.tables.row import MAX_ROW, Place, Row, columns_of, oversized
from casefiles.problems import Problem

MAX_LINES = 2_000
"""Lines that one quoted cell may run over before its quote counts as never closed."""
MAX_UNCLOSED = 100
"""Rows with an unclosed quote after which the rest of a file is not read."""

_INSIDE = re.compile(r'[^"]*(?:""[^"]*)*')


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    text: str
    spans: list[_Span]

    def cell(self, index: int) -> str:
        span = self.spans[index]
        text = self.text[span.start : span.end]
        return text.replace('""', '"') if span.quoted else text

    def place(self, index: int, offset: int) -> Place:
        """Return line and column of a character of a cell."""
        span = self.spans[index]
        at = span.start + (_raw_offset(self.text, span, offset) if span.quoted else offset)
        before = self.text.rfind("\n", 0, at)
        return self.line + self.text.count("\n", 0, at), at - before


def separated_rows(
    lines: Iterator[Line | Problem], file: str, table: TableSettings, wanted: frozenset[str]
) -> Iterator[Row | Problem]:
    """Yield the rows under the header, and a problem in the place of each that cannot be read."""
    feed = _Feed(lines)
    indexes: dict[str, int] | None = None
    width = problems = 0
    for record in _records(feed, file, table):
        if isinstance(record, Problem):
            problems += 1
            yield record
        elif indexes is None:
            if record.line < table.header_row:
                continue
            header = [record.cell(index) for index in range(len(record.spans))]
            found = columns_of(header, wanted)
            if isinstance(found, list):
                yield from (Problem(file, record.line, 1, *fault) for fault in found)
                return
            indexes, width = found, len(header)
        elif record.text.strip():
            yield _row(record, indexes, width, file, feed.taken_notes())
    if indexes is None and not problems:
        yield Problem(file, 1, 1, "没有表头", f"第{table.header_row}行应为各列的名称")


class _Feed:
    """The lines, with the possibility to give some back, and the notes met on the way."""

    def __init__(self, lines: Iterator[Line | Problem]) -> None:
        self._lines = lines
        self._returned: deque[Line | Problem] = deque()
        self._notes: list[Problem] = []

    def next(self) -> Line | Problem | None:
        if self._returned:
            return self._returned.popleft()
        line = next(self._lines, None)
        if isinstance(line, Line) and line.note is not None:
            self._notes.append(line.note)
        return line

    def give_back(self, lines: list[Line | Problem]) -> None:
        self._returned.extendleft(reversed(lines))

    def taken_notes(self) -> tuple[Problem, ...]:
        notes, self._notes = tuple(self._notes), []
        return notes


def _row(
    record: _Record, indexes: dict[str, int], width: int, file: str, notes: tuple[Problem, ...]
) -> Row | Problem:
    if len(record.spans) != width:
        text = f"第{record.line}行有 {len(record.spans)} 列，表头有 {width} 列"
        return Problem(file, record.line, 1, text, "检查该行文字中是否含有分隔符或换行")
    values = {name: record.cell(index) for name, index in indexes.items()}
    if (large := oversized(values)) is not None:
        line, column = record.place(indexes[large], 0)
        return Problem(file, line, column, f"第{record.line}行“{large}”过长", "拆分或删减该单元格")

    return Row(record.line, f"第{record.line}行", values, partial(_place, record, indexes), notes)


def _place(record: _Record, indexes: dict[str, int], name: str, offset: int) -> Place:
    return record.place(indexes[name], offset)


def _records(feed: _Feed, file: str, table: TableSettings) -> Iterator[_Record | Problem]:
    unclosed = 0
    while (line := feed.next()) is not None:
        if isinstance(line, Problem):
            yield line
            continue
        record = _record(line, feed, table)
        if record is not None:
            yield record
            continue
        unclosed += 1
        yield Problem(
            file,
            line.number,
            1,
            f"第{line.number}行的引号没有配对",
            "补上引号，或把文中的引号写成两个",
        )
        if unclosed >= MAX_UNCLOSED:
            text = f"引号没有配对的行已有 {unclosed} 行，其后未读"
            yield Problem(file, line.number, 1, text, "若该表不用引号，写 quoted: false")
            return


def _record(line: Line, feed: _Feed, table: TableSettings) -> _Record | None:
    """Return the record that starts with a line; ``None`` if a quote is never closed."""
    text, spans, at = line.text, [], 0
    pulled: list[Line | Problem] = []
    while True:
        if not (table.quoted and text.startswith('"', at)):
            end = text.find(table.separator, at)
            spans.append(_Span(at, len(text) if end < 0 else end, False))
        else:
            scan, start = at + 1, at + 1
            while (close := _closing(text, scan)) is None:
                scan = len(text) + 1
                more = _more(text, pulled, feed)
                if more is None:
                    feed.give_back(pulled)
                    return None
                text = f"{text}\n{more}"
            end = text.find(table.separator, close)
            spans.append(_Span(start, close, True))
        if end < 0:
            return _Record(line.number, text, spans)
        at = end + len(table.separator)


def _more(text: str, pulled: list[Line | Problem], feed: _Feed) -> str | None:
    if len(pulled) >= MAX_LINES or len(text) > MAX_ROW:
        return None
    line = feed.next()
    if line is None:
        return None
    pulled.append(line)
    return line.text if isinstance(line, Line) else None


def _closing(text: str, scan: int) -> int | None:
    """Return where the quote stands that closes the cell in which *scan* lies."""
    found = _INSIDE.match(text, scan)
    end = found.end() if found else scan
    return end if end < len(text) else None


def _raw_offset(text: str, span: _Span, offset: int) -> int:
    """Return how far into the written cell a character of its meaning stands: ``""`` is one."""
    at = span.start
    for _ in range(offset):
        at += 2 if text.startswith('""', at) else 1
    return at - span.start
