"""What the words of a profile must be: terms of the vocabulary, and origins that make sense.

The check walks the raw document and passes over what has the wrong form, which pydantic tells; so
both kinds of mistakes are reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from casefiles.mistakes import did_you_mean
from casefiles.model import Path
from casefiles.plain import moment_mistake
from casefiles.problems import Problem
from casefiles.terms import HEAD, FactTerm, FactType, Vocabulary
from casefiles.wordlists import provided_facts
from engine.source import Source

_SETTINGS = {
    "separator": "separated",
    "quoted": "separated",
    "sheet": "xlsx",
    "rows": "ndjson",
}
TEXT = FactTerm("", FactType.TEXT)
"""What a field of the head that holds a text may say, as if it were a fact."""
MOMENT = FactTerm("", FactType.MOMENT)
"""The same for the beginning and the end of an act."""
_HEAD_WORDS = {"kind": "kinds", "procedure": "procedures", "field": "fields"}
_WAYS = ("choose", "last_date", "first_date_after")


def head_term(table: str, vocabulary: Vocabulary) -> FactTerm:
    """Return what a field of the head may say, as if it were a fact."""
    return FactTerm(table, FactType.CHOICE, values=vocabulary.heads[table])


def check_words(source: Source, vocabulary: Vocabulary) -> list[Problem]:
    """Return the problems of a profile's words, as far as its form allows to look."""
    return list(_Check(source, vocabulary).profile())


class _Check:
    """One walk over one profile."""

    def __init__(self, source: Source, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.data = _mapping(source.data)

    def profile(self) -> Iterator[Problem]:
        yield from self.table()
        yield from self.head()
        for index, party in enumerate(_list(self.data.get("parties"))):
            yield from self.party(("parties", index), _mapping(party))
        yield from self.acts()
        for index, word in enumerate(_list(self.data.get("provides"))):
            if isinstance(word, str):
                yield from self.provided(("provides", index), word)

    def table(self) -> Iterator[Problem]:
        table = _mapping(self.data.get("table"))
        form = table.get("format")
        for key, needed in _SETTINGS.items():
            if key in table and form in _SETTINGS.values() and form != needed:
                path: Path = ("table", key)
                yield self.at(path, f"{form} 表格没有“{key}”", "删除它", at_key=True)
        if form == "ndjson" and "header_row" in table:
            yield self.at(("table", "header_row"), "ndjson 表格没有表头", "删除它", at_key=True)
        if form == "xlsx" and "encoding" in table:
            yield self.at(("table", "encoding"), "xlsx 表格没有“encoding”", "删除它", at_key=True)

    def head(self) -> Iterator[Problem]:
        head = _mapping(self.data.get("head"))
        for key in ("number", "cause", "region"):
            yield from self.value(("head", key), head.get(key), TEXT)
        for key, table in _HEAD_WORDS.items():
            yield from self.value(("head", key), head.get(key), self.word(table))
        yield from self.facts(("head", "facts"), head.get("facts"), "case", HEAD)
        agency = _mapping(head.get("agency"))
        for key in ("name", "uscc"):
            yield from self.value(("head", "agency", key), agency.get(key), TEXT)
        yield from self.value(("head", "agency", "level"), agency.get("level"), self.word("levels"))
        yield from self.facts(("head", "agency", "facts"), agency.get("facts"), "agency", "机关")

    def party(self, path: Path, party: dict[str, Any]) -> Iterator[Problem]:
        yield from self.value((*path, "name"), party.get("name"), TEXT)
        yield from self.value((*path, "uscc"), party.get("uscc"), TEXT)
        yield from self.value((*path, "kind"), party.get("kind"), self.word("party_kinds"))
        yield from self.facts((*path, "facts"), party.get("facts"), "party", "当事人")

    def acts(self) -> Iterator[Problem]:
        acts = [_mapping(act) for act in _list(self.data.get("acts"))]
        ids = [act.get("id") for act in acts]
        for index, act in enumerate(acts):
            path: Path = ("acts", index)
            if ids.index(act.get("id")) < index and isinstance(act.get("id"), str):
                yield self.at((*path, "id"), f"环节编号“{act['id']}”重复", "每个环节用不同的编号")
            yield from self.act(path, act)
            for number, other in enumerate(_list(act.get("about"))):
                if other not in ids:
                    advice = did_you_mean(str(other), [str(one) for one in ids])
                    yield self.at((*path, "about", number), f"没有编号为“{other}”的环节", advice)

    def act(self, path: Path, act: dict[str, Any]) -> Iterator[Problem]:
        for key in ("starts", "ends"):
            yield from self.value((*path, key), act.get(key), MOMENT)
        kind = act.get("kind")
        if not isinstance(kind, str):
            return
        name = self.vocabulary.canonical.get(kind)
        if name is None:
            advice = did_you_mean(kind, self.vocabulary.canonical)
            yield self.at((*path, "kind"), f"词表中没有环节“{kind}”", advice)
            return
        known = self.vocabulary.facts_of(name)
        yield from self.known_facts((*path, "facts"), act.get("facts"), known, name)

    def facts(self, path: Path, facts: Any, record: str, called: str) -> Iterator[Problem]:
        yield from self.known_facts(path, facts, self.vocabulary.head_facts[record], called)

    def known_facts(self, path: Path, facts: Any, known: Iterable[str], called: str) -> Iterator[Problem]:
        for name, value in _mapping(facts).items():
            if name in known:
                yield from self.value((*path, name), value, self.vocabulary.facts[name])
            else:
                text = f"“{called}”没有事项“{name}”"
                yield self.at((*path, name), text, did_you_mean(name, known), at_key=True)

    def provided(self, path: Path, word: str) -> Iterator[Problem]:
        kind, _, fact = word.partition(".")
        if kind != HEAD and kind not in self.vocabulary.acts:
            advice = did_you_mean(kind, [*self.vocabulary.acts, HEAD])
            yield self.at(path, f"词表中没有环节“{kind}”", advice)
        elif fact and fact not in (known := provided_facts(kind, self.vocabulary)):
            yield self.at(path, f"“{kind}”没有事项“{fact}”", did_you_mean(fact, known))

    def value(self, path: Path, value: Any, term: FactTerm) -> Iterator[Problem]:
        """Check one origin against what it is to become."""
        if isinstance(value, str | bool | int | float):
            yield from self.constant(path, value, term)
        if not isinstance(value, dict):
            return
        if "constant" in value:
            yield from self.constant((*path, "constant"), value["constant"], term)
            for key in value.keys() - {"constant", "column"}:
                yield self.at((*path, key), f"固定值不能再写“{key}”", "删除它", at_key=True)
            return
        yield from self.ways(path, value)
        yield from self.reading(path, value, term)
        yield from self.words(path, value, term)
        yield from self.expressions(path, value)
        yield from self.value((*path, "otherwise"), value.get("otherwise"), term)

    def ways(self, path: Path, value: dict[str, Any]) -> Iterator[Problem]:
        ways = [key for key in _WAYS if key in value]
        for key in ways[1:]:
            yield self.at((*path, key), f"“{key}”与“{ways[0]}”只能取一", "删除其一", at_key=True)
        for key in ("pattern", "codes", "dates", "unit", "split"):
            if ways and key in value:
                yield self.at((*path, key), f"有“{ways[0]}”就不用“{key}”", "删除它", at_key=True)

    def reading(self, path: Path, value: dict[str, Any], term: FactTerm) -> Iterator[Problem]:
        """Check that the way of reading fits the type, and that nothing about it is left open."""
        for key, type_, named in (
            ("last_date", FactType.MOMENT, "日期"),
            ("first_date_after", FactType.MOMENT, "日期"),
            ("dates", FactType.MOMENT, "日期"),
            ("unit", FactType.AMOUNT, "金额"),
            ("split", FactType.LIST, "列表"),
        ):
            if key in value and term.type is not type_:
                yield self.at((*path, key), f"“{key}”只用于{named}", "删除它", at_key=True)
        in_sheet = _mapping(self.data.get("table")).get("format") == "xlsx"
        named_dates = value.get("dates") or self.data.get("dates") or in_sheet
        chosen = any(key in value for key in _WAYS)
        if term.type is FactType.MOMENT and not chosen and not named_dates:
            yield self.at(path, "没有写明日期的写法", "补写 dates，如 dates: [yyyy-MM-dd]")
        if term.type is FactType.AMOUNT and not chosen and "unit" not in value:
            yield self.at(path, "没有写明金额的单位", "补写 unit: 元 或 unit: 万元")
        if term.type is FactType.FLAG and not {"codes", "choose"} & value.keys():
            yield self.at(path, "没有写明何为是、何为否", "补写 codes: {1: true, 0: false}")

    def words(self, path: Path, value: dict[str, Any], term: FactTerm) -> Iterator[Problem]:
        for code, word in _mapping(value.get("codes")).items():
            if word is not None:
                yield from self.constant((*path, "codes", code), word, term)
        for index, choice in enumerate(_list(value.get("choose"))):
            if "is" in _mapping(choice):
                yield from self.constant((*path, "choose", index, "is"), choice["is"], term)

    def expressions(self, path: Path, value: dict[str, Any]) -> Iterator[Problem]:
        if isinstance(value.get("pattern"), str):
            yield from self.expression((*path, "pattern"), value["pattern"], "value")
        for index, choice in enumerate(_list(value.get("choose"))):
            found = _mapping(choice).get("found")
            if isinstance(found, str):
                yield from self.expression((*path, "choose", index, "found"), found)

    def expression(self, path: Path, pattern: str, group: str | None = None) -> Iterator[Problem]:
        try:
            compiled = re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            yield self.at(path, "正则表达式写法有误", "检查括号和转义是否成对")
            return
        if group is not None and group not in compiled.groupindex:
            advice = f"把要取的文字写成 (?P<{group}>…)"
            yield self.at(path, f"正则表达式没有名为 {group} 的组", advice)

    def constant(self, path: Path, value: Any, term: FactTerm) -> Iterator[Problem]:
        """Check a word that the profile itself writes."""
        if not isinstance(value, str | bool | int | float):
            return
        if term.type is FactType.CHOICE or (term.values and isinstance(value, str)):
            proper = self.vocabulary.head_synonyms.get(str(value), value)
            if value not in term.values and proper not in term.values:
                yield self.at(path, f"词表中没有“{value}”", did_you_mean(str(value), term.values))
        elif term.type is FactType.MOMENT and (wrong := moment_mistake(str(value))):
            yield self.at(path, wrong[0], wrong[1])
        elif not _fits(value, term.type):
            wanted = {
                FactType.FLAG: "应为 true 或 false",
                FactType.COUNT: "应为整数",
                FactType.AMOUNT: "应为以元计的数",
            }.get(term.type, "应为文字，数字加引号")
            yield self.at(path, f"“{value}”的类型不对", wanted)

    def word(self, table: str) -> FactTerm:
        return head_term(table, self.vocabulary)

    def at(self, path: Path, text: str, advice: str = "", *, at_key: bool = False) -> Problem:
        return self.source.problem(path, text, advice, at_key=at_key)


def _fits(value: str | bool | int | float, type_: FactType) -> bool:
    match type_:
        case FactType.FLAG:
            return isinstance(value, bool)
        case FactType.COUNT:
            return isinstance(value, int) and not isinstance(value, bool)
        case FactType.AMOUNT:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            return isinstance(value, str)


def _mapping(content: Any) -> dict[str, Any]:
    return content if isinstance(content, dict) else {}


def _list(content: Any) -> list[Any]:
    return content if isinstance(content, list) else []
