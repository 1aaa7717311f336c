"""Checking the words of rule documents against the vocabulary, at the place where each stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casefiles.model import Path
from casefiles.moments import parse_moment
from casefiles.problems import Problem
from casefiles.terms import HEAD, FactTerm, FactType, Vocabulary, suggestion
from engine.conditions import OPERATORS
from engine.facts import HEAD_FIELDS
from engine.source import Source

_HEAD_VALUES = {
    "kind": "kinds",
    "procedure": "procedures",
    "field": "fields",
    "party": "party_kinds",
}
_HEAD_VALUES |= {"level": "levels"}
_TYPES = {"region": FactType.TEXT, "parties": FactType.COUNT}
_ROLE_KEYS = ("role", "roles", "other_roles")
_PERSON = "人员"
_POINTS = frozenset({("not_before",), ("not_after",), ("after",)})
"""Where a rule names a moment to compare another one with."""

_OWN_MOMENTS = ("starts", "ends")
_NUMBERS = ("元", "人", "比例")
"""The units of limits that hold a number to compare with."""


@dataclass(frozen=True)
class Words:
    """All words that documents may use: the vocabulary, the derived facts, and the limits by unit."""

    vocabulary: Vocabulary
    derived: frozenset[tuple[str, str]]
    limits: Mapping[str, str]

    def facts_of(self, kind: str) -> frozenset[str]:
        """Return the facts of a kind of act, of the head or of persons, derived ones included."""
        if kind == _PERSON:
            return self.vocabulary.head_facts["person"]
        derived = frozenset(name for on, name in self.derived if on == kind)
        if kind == HEAD:
            heads = self.vocabulary.head_facts
            return heads["case"] | heads["party"] | heads["agency"] | derived
        return self.vocabulary.facts_of(kind) | derived


def word_problems(source: Source, words: Words) -> list[Problem]:
    """Return every unknown kind, fact, value, role and limit of a document."""
    data = source.data
    subject = data.get("subject") if isinstance(data, Mapping) else None
    kinds = _kinds(subject.get("act")) if isinstance(subject, Mapping) else _on(data)
    return list(_Check(source, words).walk(data, (), kinds))


def _on(data: Any) -> Sequence[str]:
    on = data.get("on") if isinstance(data, Mapping) else None
    return [on] if isinstance(on, str) else []


def _kinds(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


@dataclass(frozen=True)
class _Check:
    source: Source
    words: Words

    def walk(self, data: Any, path: Path, subject: Sequence[str]) -> Iterator[Problem]:
        if isinstance(data, list):
            for index, item in enumerate(data):
                yield from self.walk(item, (*path, index), subject)
        if not isinstance(data, Mapping):
            return
        own = _kinds(data.get("act")) if "act" in data else subject
        if path and path[-1] == "done_by":
            own = [_PERSON]
        for key, value in data.items():
            here = (*path, key)
            if key == "on" and not path:
                yield from self._kind_words(value, here, (HEAD,))
            elif key == "act":
                yield from self._kind_words(value, here)
            elif key in ("case", "applies", "when"):
                yield from self._conditions(value, here, [HEAD])
            elif key == "where":
                yield from self._conditions(value, here, [HEAD] if "value" in data else own)
            elif key == "states":
                yield from self._stated(value, here, subject)
            elif key == "fact" and isinstance(value, Mapping):
                yield from self.walk(value, here, subject)
            elif key == "fact" and path[-1:] in _POINTS | {("dated",)}:
                yield from self._moments(value, here, own if path[-1:] in _POINTS else subject)
            elif (key,) in _POINTS and isinstance(value, str) and path[-1:] == ("dated",):
                yield from self._moments(value, here, subject)
            elif key == "of" and path[-1:] == ("value",):
                yield from self._names(value, here, subject)
            elif key == "head":
                yield from self._moments(value, here, [HEAD])
            elif key == "fact":
                yield from self._names(value, here, own if path[-1:] == ("value",) else subject)
            elif key in ("other_fact", "length"):
                yield from self._names(value, here, own)
            elif key == "items" and path[-1:] == ("free_of",):
                fact = self.words.vocabulary.facts.get(data.get("listed", "公示内容含"))
                yield from self._listed(value, here, fact.values if fact else (), "公示内容")
            elif key in ("listed", "text") and "items" in data:
                yield from self._names(value, here, subject)
            elif key in _ROLE_KEYS:
                yield from self._listed(value, here, self.words.vocabulary.heads["roles"], "人员身份")
            elif key == "night":
                yield from self._limit(value, here, ("时段",))
            elif key == "who":
                yield from self._signers(value, here, subject)
            elif key == "limit":
                yield from self._limit(value, here, _NUMBERS if path[-1:] == ("value",) else ("期间",))
            else:
                yield from self.walk(value, here, subject)

    def _limit(self, name: Any, path: Path, units: Sequence[str]) -> Iterator[Problem]:
        """Yield that there is no such limit, or that it holds something else than is asked for."""
        yield from self._listed(name, path, self.words.limits, "限值")
        unit = self.words.limits.get(name) if isinstance(name, str) else None
        if unit is not None and unit not in units:
            text = f"限值“{name}”的单位是{unit}"
            yield self.source.problem(path, text, f"这里要写单位是{'、'.join(units)}的限值")

    def _kind_words(self, value: Any, path: Path, more: Sequence[str] = ()) -> Iterator[Problem]:
        yield from self._listed(value, path, [*self.words.vocabulary.acts, *more], "环节种类")

    def _listed(self, value: Any, path: Path, known: Collection[str], what: str) -> Iterator[Problem]:
        many = isinstance(value, list)
        for index, word in enumerate(value if many else [value]):
            if isinstance(word, str) and word not in known:
                yield self._unknown(word, (*path, index) if many else path, known, what)

    def _unknown(
        self, word: str, path: Path, known: Collection[str], what: str, *, key: bool = False
    ) -> Problem:
        near = suggestion(word, known)
        advice = f"是否为“{near}”？" if near else "词表中没有这个词，先补充词表"
        return self.source.problem(path, f"不认识的{what}“{word}”", advice, at_key=key)

    def _names(self, value: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        if isinstance(value, str):
            yield from self._fact(value, path, kinds, key=False)

    def _moments(self, name: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        """Yield that a fact is not known there, or is no moment; the own start and end are moments."""
        if not isinstance(name, str) or name in _OWN_MOMENTS and kinds != [HEAD]:
            return
        unknown = list(self._fact(name, path, kinds, key=False))
        yield from unknown
        if not unknown and self._term(name).type is not FactType.MOMENT:
            yield self.source.problem(path, f"“{name}”不是时间", "写时间的事实，或者 starts、ends")

    def _fact(self, name: str, path: Path, kinds: Sequence[str], *, key: bool) -> Iterator[Problem]:
        if kinds == [HEAD] and name in HEAD_FIELDS or name == "region":
            return
        for kind in kinds:
            if kind not in self.words.vocabulary.acts and kind not in (HEAD, _PERSON):
                continue
            known = self.words.facts_of(kind)
            if name not in known:
                yield self._unknown(name, path, known, f"事实（{kind}）", key=key)
                return

    def _signers(self, value: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        for index, who in enumerate(value if isinstance(value, list) else [value]):
            here = (*path, index) if isinstance(value, list) else path
            yield from self._fact(f"{who}确认", here, kinds, key=False)

    def _stated(self, value: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        if isinstance(value, Mapping):
            yield from self._conditions(value, path, kinds)
        for index, name in enumerate(value if isinstance(value, list) else []):
            yield from self._names(name, (*path, index), kinds)

    def _conditions(self, value: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            return
        for name, wanted in value.items():
            here = (*path, name)
            unknown = list(self._fact(name, here, kinds, key=True))
            yield from unknown
            if not unknown:
                yield from self._operands(name, wanted, here, kinds)

    def _operands(self, name: str, wanted: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        if not isinstance(wanted, Mapping):
            yield from self._values(name, wanted, path, kinds)
            return
        for operator, operand in wanted.items():
            here = (*path, operator)
            if wrong := self._wrong_type(name, operator):
                yield self.source.problem(here, wrong, "换一种比较，或者换一个事实", at_key=True)
            elif isinstance(operand, Mapping):
                yield from self._limit(operand.get("limit"), (*here, "limit"), _NUMBERS)
            elif operator == "not_before":
                yield from self._moment(operand, here)
            elif operator == "begins_with":
                yield from self._texts(name, operand, here)
            elif operator != "given":
                yield from self._values(name, operand, here, kinds)

    def _wrong_type(self, name: str, operator: str) -> str:
        """Say that a fact has no order by which it could be compared; empty if it has."""
        if operator == "not_before" and self._term(name).type is not FactType.MOMENT:
            return f"“{name}”不是时间，不能用 not_before 比较"
        known = OPERATORS.get(operator)
        if known and known.number and self._term(name).type not in (FactType.AMOUNT, FactType.COUNT):
            return f"“{name}”不是数量，不能用 {operator} 比较"
        return ""

    def _term(self, name: str) -> FactTerm:
        known = self.words.vocabulary.facts.get(name)
        return known or FactTerm(name, _TYPES.get(name, FactType.FLAG))

    def _moment(self, value: Any, path: Path) -> Iterator[Problem]:
        try:
            parse_moment(str(value))
        except ValueError:
            yield self.source.problem(path, f"“{value}”不是日期", "写成 2021-07-15 的样子")

    def _texts(self, name: str, wanted: Any, path: Path) -> Iterator[Problem]:
        many = isinstance(wanted, list)
        for index, value in enumerate(wanted if many else [wanted]):
            if not isinstance(value, str):
                yield self._no_text(name, value, (*path, index) if many else path)

    def _no_text(self, name: str, value: Any, path: Path) -> Problem:
        advice = f'加引号，写成 "{value}"' if isinstance(value, (int, float)) else "写文字"
        return self.source.problem(path, f"“{name}”的值应为文字", advice)

    def _values(self, name: str, wanted: Any, path: Path, kinds: Sequence[str]) -> Iterator[Problem]:
        vocabulary = self.words.vocabulary
        if kinds == [HEAD] and name in _HEAD_VALUES:
            yield from self._listed(wanted, path, vocabulary.heads[_HEAD_VALUES[name]], "取值")
            return
        term = self._term(name)
        many = isinstance(wanted, list)
        for index, value in enumerate(wanted if many else [wanted]):
            here = (*path, index) if many else path
            yield from self._value(term, value, here)

    def _value(self, term: FactTerm, value: Any, path: Path) -> Iterator[Problem]:
        if term.values and isinstance(value, str) and value not in term.values:
            yield self._unknown(value, path, term.values, f"取值（{term.name}）")
        elif term.values and not isinstance(value, str):
            yield self.source.problem(path, f"“{term.name}”的值应为文字", "用词表中的词")
        elif term.type is FactType.TEXT and not isinstance(value, str):
            yield self._no_text(term.name, value, path)
        elif term.type is FactType.FLAG and not isinstance(value, bool):
            yield self.source.problem(path, f"“{term.name}”是是非项", "只能写 true 或 false")
        elif term.type in (FactType.AMOUNT, FactType.COUNT) and (
            isinstance(value, bool) or not isinstance(value, (int, float))
        ):
            yield self.source.problem(path, f"“{term.name}”是数量", "只能写数字")
