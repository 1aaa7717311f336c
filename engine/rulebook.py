"""The rulebook: every rule, definition, limit, law and calendar of a folder, read and cross-checked.

The folder is the registry. All problems of all files are told at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from casefiles.problems import Problem
from casefiles.terms import Vocabulary, standard_vocabulary, suggestion
from engine.calendar import WorkingCalendar, read_calendar
from engine.compiled.evaluator import Evaluator
from engine.complaints import problems_of
from engine.documents import (
    BasisDocument,
    DefinitionDocument,
    LawDocument,
    LimitDocument,
    RuleDocument,
)
from engine.errors import RuleError
from engine.laws import Article, Law, Laws
from engine.limits import Limit, Limits, LimitValue
from engine.rule import (
    COMMON_VALUES,
    Definition,
    Rule,
    basis_from,
    definition_from,
    placeholders,
    rule_from,
)
from engine.source import Source, load
from engine.wordcheck import Words, word_problems

FOLDER = Path(__file__).parent.parent / "rules"
"""The rules that ship with the program."""

NOT_RULES = ("definitions", "limits", "laws", "calendar")

Document = TypeVar("Document", bound=BaseModel)


@dataclass(frozen=True)
class Rulebook:
    """All that a check needs besides the file and the day; ``version`` is a hash of every file."""

    version: str
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    limits: Limits
    laws: Laws
    calendar: WorkingCalendar
    vocabulary: Vocabulary

    @cached_property
    def evaluator(self) -> Evaluator:
        """The rules and definitions, compiled."""
        return Evaluator(self.rules, self.definitions, self.limits, self.calendar, self.vocabulary)

    def rule(self, name: str) -> Rule | None:
        """Return the rule of an id."""
        return next((rule for rule in self.rules if rule.id == name), None)

    def only(self, names: Iterable[str]) -> Rulebook:
        """Return a rulebook with these rules alone; definitions, limits and laws stay."""
        wanted = set(names)
        rules = tuple(rule for rule in self.rules if rule.id in wanted)
        return Rulebook(
            self.version,
            rules,
            self.definitions,
            self.limits,
            self.laws,
            self.calendar,
            self.vocabulary,
        )


@dataclass(frozen=True)
class _Read:
    """A document with its source."""

    source: Source
    document: Any
    path: Path


def read_rulebook(folder: Path = FOLDER, vocabulary: Vocabulary | None = None) -> Rulebook:
    """Read a folder of rules; raises RuleError with the problems of all its files."""
    words = vocabulary or standard_vocabulary()
    reader = _Reader(folder)
    rules = reader.read(_rule_paths(folder), RuleDocument)
    definitions = reader.read(sorted(folder.glob("definitions/*.yaml")), DefinitionDocument)
    limits = reader.read(sorted(folder.glob("limits/*.yaml")), LimitDocument)
    laws = reader.read(sorted(folder.glob("laws/*.yaml")), LawDocument)
    calendar = reader.calendar(folder / "calendar")
    known = Words(
        words,
        frozenset((one.document.on, one.document.defines) for one in definitions),
        frozenset(one.document.id for one in limits),
    )
    ledger = Laws(_law(one.document) for one in laws)
    problems = [
        *reader.problems,
        *_id_problems([*rules, *definitions, *limits, *laws]),
        *(problem for one in reader.sources for problem in word_problems(one, known)),
        *(problem for one in rules for problem in _rule_problems(one)),
        *(problem for one in reader.sources for problem in _law_problems(one, ledger)),
        *_circles(definitions),
    ]
    if problems:
        raise RuleError(sorted(set(problems), key=_by_place))
    table = Limits({one.document.id: _limit(one.document) for one in limits})
    return Rulebook(
        version=reader.version(),
        rules=tuple(_rule(one, folder, reader) for one in rules),
        definitions=tuple(definition_from(one.document) for one in definitions),
        limits=table,
        laws=ledger,
        calendar=calendar,
        vocabulary=words,
    )


def _by_place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line or 0, problem.column or 0, problem.text


def _rule_paths(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*.yaml"))
        if path.relative_to(folder).parts[0] not in NOT_RULES and path.parent != folder
    ]


class _Reader:
    """Reads documents and keeps the problems, the sources and the hashes of what it read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.sources: list[Source] = []
        self.hashes: dict[str, str] = {}

    def name(self, path: Path) -> str:
        """Return how a file is named in problems: from the folder of rules on."""
        return (Path(self.folder.name) / path.relative_to(self.folder)).as_posix()

    def read(self, paths: Iterable[Path], model: type[Document]) -> list[_Read]:
        """Read documents of one kind, keeping the problems of those that cannot be read."""
        return [one for path in paths for one in self._one(path, model)]

    def _one(self, path: Path, model: type[Document]) -> Iterator[_Read]:
        text = path.read_bytes()
        self.hashes[self.name(path)] = hashlib.sha256(text).hexdigest()
        try:
            source = load(text, self.name(path))
        except RuleError as error:
            self.problems += error.problems
            return
        self.sources.append(source)
        try:
            yield _Read(source, model.model_validate(source.data), path)
        except ValidationError as error:
            self.problems += problems_of(error, source, model)

    def calendar(self, folder: Path) -> WorkingCalendar:
        """Read the calendar; an empty one where its files are wrong."""
        for path in sorted(folder.glob("*.yaml")):
            self.hashes[self.name(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            return read_calendar(folder)
        except RuleError as error:
            self.problems += error.problems
            return WorkingCalendar(())

    def version(self) -> str:
        """Return the hash of all files, by name and content."""
        lines = "\n".join(f"{name} {digest}" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:12]


def _rule(one: _Read, folder: Path, reader: _Reader) -> Rule:
    return rule_from(
        one.document,
        version=reader.hashes[one.source.file][:8],
        pack=one.path.parent.relative_to(folder).as_posix(),
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
        names = placeholders(rule.message)
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


def _law_problems(source: Source, laws: Laws) -> Iterator[Problem]:
    """Yield the citations of instruments that are not listed, or of days before they were in force."""
    for path, basis in _citations(source.data, ()):
        versions = laws.named(str(basis.get("law", "")))
        if not versions:
            names = [name for law in laws.all for name in (law.name, law.number)]
            near = suggestion(str(basis.get("law")), names)
            advice = f"是否为“{near}”？" if near else "先在 rules/laws/ 登记"
            text = f"laws 中没有“{basis.get('law')}”"
            yield source.problem((*path, "law"), text, advice)
            continue
        since = basis.get("since")
        first = min(law.since for law in versions)
        if isinstance(since, str) and _day(since) is not None and str(since) < first.isoformat():
            text = f"since 早于该文件的施行日期 {first}"
            yield source.problem((*path, "since"), text, "检查施行日期")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _citations(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    if isinstance(data, Mapping):
        if set(data) & {"law"} and set(data) <= set(BasisDocument.model_fields):
            yield path, data
        for key, value in data.items():
            yield from _citations(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _citations(value, (*path, index))


def _circles(definitions: list[_Read]) -> Iterator[Problem]:
    """Yield each definition that, through others, rests on itself."""
    by_name = {one.document.defines: one for one in definitions}
    needs = {name: _facts_named(one.source.data) & by_name.keys() for name, one in by_name.items()}
    for name, one in by_name.items():
        if way := _way_back(name, needs):
            text = f"定义循环：{' → '.join(way)}"
            yield one.source.problem(("defines",), text, "去掉其中一环")


def _facts_named(data: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key in ("case", "where") and isinstance(value, Mapping):
                found |= set(value)
            found |= _facts_named(value)
    elif isinstance(data, list):
        for value in data:
            found |= _facts_named(value)
    return found


def _way_back(start: str, needs: Mapping[str, set[str]]) -> list[str]:
    trail: list[str] = []
    found = _search(start, start, needs, trail, set())
    return [start, *trail] if found else []


def _search(name: str, goal: str, needs: Mapping[str, set[str]], trail: list[str], seen: set[str]) -> bool:
    for need in sorted(needs[name]):
        if need == goal:
            trail.append(need)
            return True
        if need not in seen:
            seen.add(need)
            trail.append(need)
            if _search(need, goal, needs, trail, seen):
                return True
            trail.pop()
    return False
