"""A case file under construction, as the sentences of a feature describe it."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from casefiles.model import CaseFile, decode_hook
from casefiles.moments import parse_moment
from casefiles.terms import FactType, Vocabulary
from casefiles.validity import check_words
from engine.check import check
from engine.findings import Finding, Outcome
from engine.rulebook import Rulebook

_ORDER = list(Outcome)


class Workbench:
    """Collects what the steps say, then checks one rule, plainly and compiled."""

    compiled_of: ClassVar[Rulebook | None] = None
    compiled: ClassVar[dict[str, Rulebook]] = {}
    """The rules compiled so far of one rulebook: that of the last scenario.

    The rulebook is kept with them: another one may be given the place in memory of one that is gone.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.vocabulary: Vocabulary = rulebook.vocabulary
        self.rule = ""
        self.head: dict[str, Any] = {
            "number": "示例〔2024〕1号",
            "kind": "行政处罚",
            "agency": {"name": "示例市执法局"},
            "parties": [{"name": "示例商贸有限公司"}],
            "facts": {"办案状态": "已结"},
        }
        self.acts: list[dict[str, Any]] = []
        self.persons: dict[str, dict[str, Any]] = {}
        self.documents: list[dict[str, Any]] = []
        self.hidden: list[str] = []
        self.findings: list[Finding] = []

    def value(self, name: str, text: str) -> Any:
        assert name in self.vocabulary.facts, f"词表中没有事实“{name}”"
        term = self.vocabulary.facts[name]
        if term.type is FactType.FLAG:
            return {"是": True, "否": False}[text]
        if term.type in (FactType.COUNT, FactType.AMOUNT):
            return float(text) if "." in text else int(text)
        if term.type is FactType.LIST:
            return [item for item in text.split("、") if item]
        return text

    def add_act(self, kind: str, starts: str | None, ends: str | None = None) -> None:
        number = sum(act["kind"] == kind for act in self.acts) + 1
        name = kind if number == 1 else f"{kind}{number}"
        act: dict[str, Any] = {"id": name, "kind": kind}
        if starts:
            act["starts"] = starts.replace(" ", "T")
        if ends:
            act["ends"] = ends.replace(" ", "T")
        self.acts.append(act)

    def add_person(self, name: str) -> dict[str, Any]:
        return self.persons.setdefault(name, {"id": name, "name": name})

    def case(self) -> CaseFile:
        content = {
            **self.head,
            "acts": self.acts,
            "persons": list(self.persons.values()),
            "documents": self.documents,
        }
        if self.hidden:
            everything = [*self.vocabulary.acts, "案卷"]
            content["provides"] = [kind for kind in everything if kind not in self.hidden]
        case = msgspec.convert(content, CaseFile, dec_hook=decode_hook)
        mistakes = list(check_words(case, self.vocabulary))
        assert not mistakes, f"场景用词有误：{mistakes}"
        return case

    def check(self, day: str) -> None:
        book = self.rulebook.only([self.rule])
        assert book.rules, f"没有规则 {self.rule}"
        case, as_of = self.case(), parse_moment(day)
        self.findings = list(check(case, book, as_of, derivations=True))
        compiled = list(check(case, self._compiled_book(), as_of, derivations=True))
        assert self.findings == compiled, "编译后的规则得出不同的结论"

    def _compiled_book(self) -> Rulebook:
        """Return the rule alone, compiled: once for all its scenarios."""
        if Workbench.compiled_of is not self.rulebook:
            Workbench.compiled_of, Workbench.compiled = self.rulebook, {}
        kept = Workbench.compiled
        if self.rule not in kept:
            kept[self.rule] = self.rulebook.only([self.rule])
            kept[self.rule].evaluator.compile()
        return kept[self.rule]

    @property
    def finding(self) -> Finding:
        return max(self.findings, key=lambda finding: _ORDER.index(finding.outcome))
