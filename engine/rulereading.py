"""Reading a rulebook: documents are read, cross-checked, and built into what a check asks.

All problems of all files are told at once.
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from casefiles.problems import Problem
from casefiles.terms import Vocabulary, suggestion
from engine.calendar import WorkingCalendar, calendar_from
from engine.complaints import problems_of
from engine.definitioncheck import definition_problems
from engine.documents import (
    DefinitionDocument,
    LawDocument,
    LimitDocument,
    RuleDocument,
)
from engine.errors import RuleError
from engine.lawcheck import citation_problems
from engine.laws import Article, Law, Laws
from engine.limits import Limit, Limits, LimitValue
from engine.rule import (
    COMMON_VALUES,
    Definition,
    Rule,
    basis_from,
    definition_from,
    rule_from,
)
from engine.rulefiles import Files, files_in, rule_files
from engine.source import Source, load
from engine.wordcheck import Words, word_problems

Document = TypeVar("Document", bound=BaseModel)


class Parts(NamedTuple):
    """All parts of a rulebook but the vocabulary; ``version`` is a hash of every file."""

    version: str
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    limits: Limits
    laws: Laws
    calendar: WorkingCalendar


@dataclass(frozen=True)
class _Read:
    """A document with its source."""

    source: Source
    document: Any
    path: PurePosixPath


def read_parts(files: Files, folder: Path, words: Vocabulary) -> Parts:
    """Build all parts from the files of a folder; raises RuleError with the problems of all files."""
    reader = _Reader(files, folder)
    rules = reader.read(rule_files(files), RuleDocument)
    definitions = reader.read(files_in(files, "definitions"), DefinitionDocument)
    limits = reader.read(files_in(files, "limits"), LimitDocument)
    laws = reader.read(files_in(files, "laws"), LawDocument)
    calendar = reader.calendar()
    known = Words(
        words,
        frozenset((one.document.on, one.document.defines) for one in definitions),
        {one.document.id: one.document.unit for one in limits},
    )
    ledger = Laws(_law(one.document) for one in laws)
    problems = [
        *reader.problems,
        *_id_problems([*rules, *definitions, *limits, *laws]),
        *(problem for one in reader.sources for problem in word_problems(one, known)),
        *(problem for one in rules for problem in _rule_problems(one)),
        *(problem for one in reader.sources for problem in citation_problems(one, ledger)),
        *definition_problems([one.source for one in definitions], [one.source for one in limits]),
    ]
    if problems:
        raise RuleError(sorted(set(problems), key=_by_place))
    return Parts(
        version=reader.version(),
        rules=tuple(_rule(one, reader) for one in rules),
        definitions=tuple(definition_from(one.document) for one in definitions),
        limits=Limits({one.document.id: _limit(one.document) for one in limits}),
        laws=ledger,
        calendar=calendar,
    )


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line or 0, problem.column or 0, problem.text


class _Reader:
    """Reads documents and keeps the problems, the sources and the hashes of what it read."""

    def __init__(self, files: Files, folder: Path) -> None:
        self.files = files
        self.folder = folder
        self.problems: list[Problem] = []
        self.sources: list[Source] = []
        self.hashes = {self.name(file): hashlib.sha256(text).hexdigest() for file, text in files.items()}

    def name(self, file: str) -> str:
        """Return how a file is named in problems: from the folder of rules on."""
        return f"{self.folder.name}/{file}"

    def read(self, names: Iterable[str], model: type[Document]) -> list[_Read]:
        """Read documents of one kind, keeping the problems of those that cannot be read."""
        return [one for name in names for one in self._one(name, model)]

    def _one(self, name: str, model: type[Document]) -> Iterator[_Read]:
        try:
            source = load(self.files[name], self.name(name))
        except RuleError as error:
            self.problems += error.problems
            return
        self.sources.append(source)
        try:
            yield _Read(source, model.model_validate(source.data), PurePosixPath(name))
        except ValidationError as error:
            self.problems += problems_of(error, source, model)

    def calendar(self) -> WorkingCalendar:
        """Read the calendar; an empty one where its files are wrong."""
        years = {self.folder / name: self.files[name] for name in files_in(self.files, "calendar")}
        try:
            return calendar_from(years)
        except RuleError as error:
            self.problems += error.problems
            return WorkingCalendar(())

    def version(self) -> str:
        """Return the hash of all files, by name and content."""
        lines = "\n".join(f"{name} {digest}" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _rule(one: _Read, reader: _Reader) -> Rule:
    return rule_from(
        one.document,
        version=reader.hashes[one.source.file][:8],
        pack=one.path.parent.as_posix(),
        file=one.source.file,
    )


def _limit(document: LimitDocument) -> Limit:
    return Limit(
        document.id,
        document.title,
        document.unit,
        tuple(LimitValue(one.value, one.where, basis_from(one.basis), one.needs) for one in document.values),
    )


def _law(document: LawDocument) -> Law:
    return Law(
        document.id,
        document.name,
        document.names,
        document.number,
        document.rank,
        document.since,
        document.until,
        document.mark == "V",
        tuple(Article(one.article, one.coverage, one.note) for one in document.articles),
    )


def _id_problems(documents: Iterable[_Read]) -> Iterator[Problem]:
    """Yield where an id is not the file's name, or is used by two files."""
    seen: dict[str, str] = {}
    for one in documents:
        name = one.document.id
        if one.path.stem != name:
            text = f"id“{name}”与文件名不一致"
            yield one.source.problem(("id",), text, f"改为“{one.path.stem}”")
        if name in seen:
            text = f"id“{name}”已被 {seen[name]} 使用"
            yield one.source.problem(("id",), text, "换一个 id，并同时改文件名")
        seen.setdefault(name, one.source.file)


def _rule_problems(one: _Read) -> Iterator[Problem]:
    rule: RuleDocument = one.document
    yield from _message_problems(one, rule)
    if rule.severity == "veto":
        for index, basis in enumerate(rule.basis):
            if basis.mark != "V":
                path = ("basis", index, "mark")
                text = f"依据只核到 {basis.mark}，不得一票否决"
                yield one.source.problem(path, text, "severity 改为 major，或核实后改 mark")


def _message_problems(one: _Read, rule: RuleDocument) -> Iterator[Problem]:
    verb = rule.require.verb
    known = verb.VALUES | COMMON_VALUES
    try:
        names = _placeholders(rule.message)
    except ValueError:
        yield one.source.problem(("message",), "占位符的花括号不成对", "写成 {subject} 的样子")
        return
    if "｛" in rule.message or "｝" in rule.message:
        yield one.source.problem(("message",), "占位符用了全角花括号", "写成半角的 {subject}")
    for name in names:
        if name not in known:
            near = suggestion(name, known)
            advice = f"是否为“{{{near}}}”？" if near else f"可用：{'、'.join(sorted(known))}"
            text = f"谓词不提供占位符“{{{name}}}”"
            yield one.source.problem(("message",), text, advice)


def _placeholders(message: str) -> list[str]:
    """Return the names of the placeholders of a message; raises ValueError for a broken one."""
    return [name for _, name, _, _ in string.Formatter().parse(message) if name is not None]
