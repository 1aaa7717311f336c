"""Taking one value out of a row, as a profile says, with the place it was taken from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from adapters.tables.profile import VALUE_GROUP, Profile, Value
from adapters.tables.readers import (
    Read,
    Reader,
    UnusableError,
    as_read,
    canonical,
    coded,
    reader_for,
)
from adapters.tables.row import Row
from adapters.tables.writtendates import WrittenDate, first_date_after, last_date
from casefiles.terms import FactTerm, FactType, Vocabulary


class Origin(NamedTuple):
    """Where a value came from: a column, and a span of its text if it was not the whole cell."""

    column: str
    start: int = 0
    end: int | None = None


class Taken(NamedTuple):
    """A value and its origin; a constant has none."""

    value: Read
    origin: Origin | None


class CellError(Exception):
    """A cell from which nothing can be taken; text and advice are for people."""

    def __init__(self, column: str, text: str, advice: str) -> None:
        super().__init__(text)
        self.column = column
        self.text = text
        self.advice = advice


Warn = Callable[[str, str, str], None]
"""Takes note of a column, a text and advice."""
Taker = Callable[[Row, Warn], Taken | None]
"""Returns what a row tells, or ``None`` if it tells nothing; raises CellError."""
_Way = Callable[[str], "tuple[Read, int, int | None] | None"]


def taker_for(value: Value, term: FactTerm, profile: Profile, vocabulary: Vocabulary) -> Taker:
    """Return the function that takes the value of a term out of a row."""
    if value.constant is not None:
        constant = Taken(as_read(canonical(value.constant, term, vocabulary), term), None)
        return lambda row, warn: constant
    assert value.column is not None
    way = _way(value, term, profile, vocabulary)
    other = value.otherwise and taker_for(value.otherwise, term, profile, vocabulary)
    return _column_taker(value.column, way, profile, other or None, value.required)


def says(profile: Profile, row: Row, column: str) -> str:
    """Return the stripped text of a cell, empty if it is one of the words that say nothing."""
    text = row.values.get(column, "").strip()
    return "" if text in profile.nulls or text in profile.placeholders else text


def _column_taker(column: str, way: _Way, profile: Profile, other: Taker | None, required: bool) -> Taker:
    def take(row: Row, warn: Warn) -> Taken | None:
        cell = row.values.get(column, "")
        if cell.strip() in profile.placeholders:
            warn(column, f"“{cell.strip()}”是占位文字，按未填写处理", "核对来源，补录实际内容")
        text = says(profile, row, column)
        try:
            found = way(text) if text else None
        except UnusableError as error:
            raise CellError(column, error.text, error.advice) from None
        if found is None:
            return _missing(row, warn)
        read, start, end = found
        before = len(cell) - len(cell.lstrip())
        whole = Origin(column) if end is None else Origin(column, before + start, before + end)
        return Taken(read, whole)

    def _missing(row: Row, warn: Warn) -> Taken | None:
        taken = other(row, warn) if other else None
        if taken is None and required:
            raise CellError(column, "没有取到内容", "这一项不能空，请补录或更正")
        return taken

    return take


def _way(value: Value, term: FactTerm, profile: Profile, vocabulary: Vocabulary) -> _Way:
    if value.last_date:
        return lambda text: _dated(last_date(text))
    if value.first_date_after is not None:
        words = value.first_date_after
        return lambda text: _dated(first_date_after(text, words))
    if value.choose is not None:
        choices = [
            (re.compile(one.found), as_read(canonical(one.is_, term, vocabulary), term))
            for one in value.choose
        ]
        return lambda text: _chosen(text, choices)
    styles = profile.styles_for(value)
    read = _code_reader(value, term, vocabulary) or reader_for(term, value, styles, vocabulary)
    pattern = re.compile(value.pattern) if value.pattern is not None else None
    return _read_way(read, pattern)


def _read_way(read: Reader | Callable[[str], Read | None], pattern: re.Pattern[str] | None) -> _Way:
    def way(text: str) -> tuple[Read, int, int | None] | None:
        start, end = 0, None
        if pattern is not None:
            found = pattern.search(text)
            if found is None or not found[VALUE_GROUP] or not found[VALUE_GROUP].strip():
                return None
            start, end = found.span(VALUE_GROUP)
            text = found[VALUE_GROUP].strip()
        value = read(text)
        return None if value is None else (value, start, end)

    return way


def _code_reader(value: Value, term: FactTerm, vocabulary: Vocabulary) -> Callable[[str], Read | None] | None:
    codes = value.codes
    if codes is None:
        return None

    def read_list(text: str) -> Read | None:
        items = text.split(value.split) if value.split else [text]
        words = [coded(item.strip(), codes) for item in items if item.strip()]
        return None if None in words else [str(word) for word in words]

    def read(text: str) -> Read | None:
        word = coded(text, codes)
        return None if word is None else as_read(canonical(word, term, vocabulary), term)

    return read_list if term.type is FactType.LIST else read


def _chosen(text: str, choices: list[tuple[re.Pattern[str], Read]]) -> tuple[Read, int, int] | None:
    for pattern, value in choices:
        if found := pattern.search(text):
            return value, *found.span()
    return None


def _dated(found: WrittenDate | None) -> tuple[Read, int, int] | None:
    return None if found is None else (found.moment, found.start, found.end)
