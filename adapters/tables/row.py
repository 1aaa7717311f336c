"""One row of a table of any format: the texts of the wanted columns, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casefiles.problems import Problem

MAX_ROW = 4_000_000
"""Bytes of a line, and characters of a row that runs over several lines."""
MAX_CELL = 1_000_000
"""Characters of one cell."""

Place = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """The wanted cells of a row by the name of their column; a column without a cell is left out.

    ``line`` counts physical lines (or rows of a sheet) from 1, ``label`` names the row for people,
    ``place`` tells where a character of a cell stands, ``notes`` warn of oddities on the way. A row can
    be pickled, ``place`` with it.
    """

    line: int
    label: str
    values: Mapping[str, str]
    place: Callable[[str, int], Place]
    notes: tuple[Problem, ...] = ()


def plain(name: str) -> str:
    """Return the name of a column without the spaces and line breaks people put into headers."""
    return "".join(name.replace("\ufeff", "").split())


Fault = tuple[str, str]
"""What is wrong and what to do."""


def columns_of(header: list[str], wanted: frozenset[str]) -> dict[str, int] | list[Fault]:
    """Return the index of each wanted column, or a fault for each that is missing or double."""
    names = [plain(name) for name in header]
    faults = [_fault(name, names) for name in sorted(wanted) if names.count(plain(name)) != 1]
    return faults or {name: names.index(plain(name)) for name in wanted}


def _fault(name: str, names: list[str]) -> Fault:
    if plain(name) in names:
        return f"表头中“{name}”出现了不止一次", "每列的名称须不同"
    shown = "、".join(name or "（空）" for name in names[:30])
    return f"表头中没有“{name}”一列", f"表头现有：{shown[:200]}"


def oversized(values: Mapping[str, str]) -> str | None:
    """Return the name of a column whose cell is larger than any paper, if there is one."""
    return next((name for name, text in values.items() if len(text) > MAX_CELL), None)
