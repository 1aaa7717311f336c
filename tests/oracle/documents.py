"""The rule documents as plain dictionaries, in the order in which the product names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from casefiles.terms import Vocabulary, standard_vocabulary

Document = dict[str, Any]
NOT_RULES = ("definitions", "limits", "laws", "calendar")


class PlainLoader(yaml.CSafeLoader):
    """A safe loader that knows ``true``, ``false``, ``null`` and numbers; ``on`` and ``off`` are words."""

    yaml_implicit_resolvers: dict[str, Any] = {}


PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(null|~|)$"), ["n", "~", ""])
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("[-+]?(0|[1-9][0-9]*)$"), None)
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+$"), None
)


@dataclass(frozen=True)
class Day:
    """What a day of an announced year is."""

    works: bool
    statutory: bool


@dataclass(frozen=True)
class Book:
    """All documents of a folder, and the calendar they announce, day by day."""

    rules: list[Document]
    definitions: list[Document]
    limits: list[Document]
    laws: list[Document]
    calendar: dict[date, Day]
    vocabulary: Vocabulary


def book_of(
    rules: list[Document],
    definitions: list[Document],
    limits: list[Document],
    laws: list[Document],
    calendar: dict[date, Day],
) -> Book:
    """Build a book from documents that are already there."""
    return Book(rules, definitions, limits, laws, calendar, standard_vocabulary())


def read_book(folder: Path) -> Book:
    """Read the documents of a folder of rules."""
    paths = sorted(folder.rglob("*.yaml"))
    rules = [one for one in paths if one.relative_to(folder).parts[0] not in NOT_RULES]
    return book_of(
        [_read(path) for path in rules if path.parent != folder],
        _read_all(folder / "definitions"),
        _read_all(folder / "limits"),
        _read_all(folder / "laws"),
        calendar_of(_read_all(folder / "calendar")),
    )


def _read_all(folder: Path) -> list[Document]:
    return [_read(path) for path in sorted(folder.glob("*.yaml"))]


def calendar_of(years: list[Document]) -> dict[date, Day]:
    """Return every day of the announced years."""
    return {day: what for year in years for day, what in days_of_year(year)}


def _read(path: Path) -> Document:
    content: Document = yaml.load(path.read_bytes(), PlainLoader)
    return content


def day_of(text: object) -> date:
    """Read a day as documents write it."""
    return date.fromisoformat(str(text))


def as_list(value: Any) -> list[Any]:
    """Return one thing or several as a list; what is not written is an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def days_of_year(year: Document) -> Iterator[tuple[date, Day]]:
    """Tell every day of a year: a break takes days out of work, a day worked for it puts one in."""
    day = date(year["year"], 1, 1)
    while day.year == year["year"]:
        statutory = any(_within(day, rest.get("statutory")) for rest in year["breaks"])
        off = statutory or any(_within(day, rest.get("off")) for rest in year["breaks"])
        worked = any(str(day) in map(str, as_list(rest.get("worked"))) for rest in year["breaks"])
        yield day, Day(works=not off and (worked or day.weekday() < 5), statutory=statutory)
        day += timedelta(days=1)


def _within(day: date, span: object) -> bool:
    """Tell whether a day lies in ``2024-02-10..2024-02-17``, or is the one day that is written."""
    if span is None:
        return False
    first, dots, last = str(span).partition("..")
    return day_of(first) <= day <= day_of(last if dots else first)
