"""Random pairs of a rulebook and a case, each told by two numbers so that it can be made again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec
import yaml

from casefiles.model import CaseFile, decode_hook
from casefiles.moments import Moment
from engine.rulebook import FOLDER, Rulebook, read_rulebook
from tests.oracle.documents import Book, Document, PlainLoader, book_of, calendar_of
from tests.oracle.files import File
from tests.oracle.nudges import nudge
from tests.oracle.random_cases import CaseMaker, Content, interests_of
from tests.oracle.random_rules import LAW_DOCUMENTS, TERMS, VERBS, Maker
from tests.oracle.slice import NUMBERS

YEARS: list[Document] = [
    yaml.load((FOLDER / "calendar" / f"{year}.yaml").read_bytes(), PlainLoader) for year in (2021, 2024, 2026)
]
"""The announced years of random rulebooks; the others have no calendar."""

CALENDAR = calendar_of(YEARS)


@dataclass(frozen=True)
class Documents:
    """The documents of a random rulebook."""

    rules: list[Document]
    definitions: list[Document]
    limits: list[Document]
    laws: list[Document]
    epochs: list[date]
    """Days that the documents name, and around which the cases lie."""


@dataclass(frozen=True)
class Pair:
    """A rulebook in both readings, a case, and the day of the check."""

    seed: str
    documents: Documents
    rulebook: Rulebook
    book: Book
    content: Content
    as_of: Moment

    @property
    def case(self) -> CaseFile:
        """The case as the product reads it."""
        return case_of(self.content)


def case_of(content: Content) -> CaseFile:
    """Build a case file from its content."""
    return msgspec.convert(content, CaseFile, dec_hook=decode_hook)


def pairs(first: int, books: int, cases: int) -> Iterator[Pair]:
    """Yield, for each of so many rulebooks from a number on, so many pairs."""
    for number in range(first, first + books):
        documents = documents_of(number)
        rulebook, book = loaded(documents), oracle_book(documents)
        interests = interests_of(book, documents.epochs)
        for index in range(cases):
            maker = CaseMaker(Random(f"{number}/{index}"), book, interests)
            content, as_of = maker.content(), maker.as_of()
            if index % 4:
                nudge(maker.random, content, File(case_of(content), book, as_of))
            yield Pair(f"{number}/{index}", documents, rulebook, book, content, as_of)


def documents_of(number: int) -> Documents:
    """Return the random documents of a number; the verbs take turns, so that each comes equally often."""
    random = Random(number)
    maker = Maker(random)
    maker.limit("money", "元", NUMBERS)
    definitions = maker.definitions()
    maker.limit("term", "期间", TERMS)
    maker.limit("night-hours", "时段", ["22:00-06:00", "21:30-05:00", "00:00-06:00"])
    verbs = list(VERBS)
    count = random.randint(2, 8)
    rules = [maker.rule(index, verbs[(number * 5 + index) % len(verbs)]) for index in range(count)]
    return Documents(rules, definitions, maker.limits, LAW_DOCUMENTS, maker.epochs)


def oracle_book(documents: Documents) -> Book:
    """Return documents as the oracle takes them."""
    return book_of(documents.rules, documents.definitions, documents.limits, documents.laws, CALENDAR)


def loaded(documents: Documents) -> Rulebook:
    """Return documents as the product reads them from a folder; JSON is YAML as well."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "rules", documents.rules)
        _write(folder / "definitions", documents.definitions)
        _write(folder / "limits", documents.limits)
        _write(folder / "laws", documents.laws)
        _write(folder / "calendar", YEARS)
        return read_rulebook(folder)


def _write(folder: Path, documents: list[Document]) -> None:
    folder.mkdir()
    for one in documents:
        name = one.get("id") or one["year"]
        (folder / f"{name}.yaml").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
