"""Verbs about what an act or a paper states: its facts, their size, their agreement, their sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import ClassVar

from casefiles.model import Act
from casefiles.moments import is_not_after
from casefiles.names import same_name
from casefiles.resident_id import is_resident_id
from engine.conditions import Condition, Conditions, shown
from engine.facts import ABSENT, UNKNOWN, CaseFacts, Known
from engine.findings import Evidence, Outcome, Role, Settlement
from engine.limits import Limits, LimitUse, NotSet
from engine.options import ActChoice, Options, Words
from engine.scope import Scope, begin_of
from engine.truth import Truth
from engine.verbs.base import MET, Verb, Verdict, unsettled


class States(Verb, Options, frozen=True, kw_only=True):
    """The subject states these facts; written as conditions directly under the verb."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "missing"})

    conditions: Conditions

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"应当{self.conditions}"

    def judge(self, scope: Scope) -> Verdict:
        """Test the conditions on the facts of the subject."""
        facts, act = scope.facts, scope.subject
        truth = self.conditions.holds(facts, act, scope.limits)
        if truth is True:
            return MET
        if truth is None:
            doubts = self.conditions.unsettled(facts, act, scope.limits)
            return unsettled(*doubts, problem="有关内容未记明", missing="（未记明）")
        failing = self.conditions.failing(facts, act, scope.limits)
        lacking = "；".join(_lacking(item, facts.fact(act, item.name)) for item in failing)
        evidence = tuple(
            Evidence(Role.COMPARED, _lacking(item, facts.fact(act, item.name)), path)
            for item in failing
            if item.name in act.facts
            for path in (facts.path_of(act, "facts", item.name),)
        )
        values = {"problem": lacking, "missing": lacking}
        return Verdict(Outcome.BREACHED, values, evidence)


def _lacking(item: Condition, value: Known) -> str:
    if isinstance(item.wanted, list) and isinstance(value, list):
        gone = [word for word in item.wanted if word not in value]
        here = [word for word in item.wanted if word in value]
        if str(item).find("不含") >= 0:
            return f"{item.name}中出现{'、'.join(here)}"
        return f"{item.name}缺少{'、'.join(gone)}"
    if value is ABSENT:
        return f"未记载{item.name}"
    return f"{item.name}为“{shown(value)}”"


class OtherFact(ActChoice, frozen=True, kw_only=True):
    """A fact of another act to compare with."""

    fact: str


class ShareOf(Options, frozen=True, kw_only=True):
    """A share of another number that the subject states, such as 0.05 of the officers."""

    share: float
    of: str


Bound = int | float | LimitUse | OtherFact | ShareOf


class _Compared(Verb, Options, frozen=True, kw_only=True):
    """A numeric fact of the subject against a number, a limit, or another act's fact."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "found", "bound"})
    WORD: ClassVar[str] = ""
    TEST: ClassVar[Callable[[float, float], bool]]

    fact: str
    value: Bound

    def sentence(self) -> str:
        """Return the demand in words."""
        bound = self.value
        if isinstance(bound, OtherFact):
            return f"的{self.fact}应当{self.WORD}{bound.selector.words}的{bound.fact}"
        if isinstance(bound, ShareOf):
            return f"的{self.fact}应当{self.WORD}{bound.of}的{percent(bound.share)}"
        return f"的{self.fact}应当{self.WORD}{bound}"

    def judge(self, scope: Scope) -> Verdict:
        """Compare; an absent number is compared to nothing and breaks nothing."""
        facts, subject = scope.facts, scope.subject
        value = facts.fact(subject, self.fact)
        if value is ABSENT:
            return MET
        if value is UNKNOWN or isinstance(value, bool) or not isinstance(value, (int, float)):
            return self._open(facts.settlement(subject, self.fact))
        bound, evidence = self._bound(scope)
        if isinstance(bound, Settlement):
            return self._open(bound)
        if type(self).TEST(value, bound):
            return MET
        own = Evidence(
            Role.COMPARED,
            f"{self.fact}：{shown(value)}",
            facts.path_of(subject, "facts", self.fact),
        )
        values = {
            "found": shown(value),
            "bound": shown(bound),
            "problem": f"{self.fact}为 {shown(value)}，应当{self.WORD} {shown(bound)}",
        }
        return Verdict(Outcome.BREACHED, values, (own, *evidence))

    def _open(self, settlement: Settlement) -> Verdict:
        return unsettled(settlement, problem="数额无法比较", found="不明", bound="不明")

    def _bound(self, scope: Scope) -> tuple[int | float | Settlement, tuple[Evidence, ...]]:
        bound = self.value
        if isinstance(bound, (int, float)):
            return bound, ()
        if isinstance(bound, LimitUse):
            found = scope.limits.find(bound, scope.facts, scope.subject)
            if isinstance(found, NotSet):
                return found.settlement, ()
            return float(found.value), ()
        if isinstance(bound, ShareOf):
            return _share_of(scope, bound)
        return number_of_other(scope.facts, scope.subject, scope.limits, bound)


def percent(share: float) -> str:
    """Return a share in per cent, as users read it.

    >>> percent(0.05)
    '5%'
    """
    return f"{Decimal(str(share)) * 100:f}".rstrip("0").rstrip(".") + "%"


def _share_of(scope: Scope, bound: ShareOf) -> tuple[int | float | Settlement, tuple[Evidence, ...]]:
    facts, subject = scope.facts, scope.subject
    value = facts.fact(subject, bound.of)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return facts.settlement(subject, bound.of), ()
    # A share such as 5 % has no exact binary form; people count it in decimals.
    share = float(Decimal(str(bound.share)) * Decimal(str(value)))
    told = Evidence(Role.COMPARED, f"{bound.of}：{shown(value)}", facts.path_of(subject, "facts", bound.of))
    return share, (told,)


def _when(act: Act) -> int:
    moment = begin_of(act)
    return moment.earliest if moment else 0


def _is_later(act: Act, subject: Act) -> bool:
    moment, own = begin_of(act), begin_of(subject)
    return moment is not None and own is not None and is_not_after(moment, own) is False


def number_of_other(
    facts: CaseFacts, subject: Act, limits: Limits, other: OtherFact
) -> tuple[int | float | Settlement, tuple[Evidence, ...]]:
    """Return the number that the last such act before the subject states, or what would tell it."""
    paper = facts.vocabulary.papers_for(other.act[0])[0]
    found = [
        act
        for act, fits in other.selector.candidates(facts, subject, limits)
        if fits is True and not _is_later(act, subject)
    ]
    # Several notices may have gone out: the last one before the subject is what the party was told.
    found.sort(key=_when)
    for act in found[::-1]:
        value = facts.fact(act, other.fact)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            text = f"{facts.kind_of(act)}的{other.fact}：{shown(value)}"
            path = facts.path_of(act, "facts", other.fact)
            return value, (Evidence(Role.COMPARED, text, path),)
    return Settlement(paper, f"写明“{other.fact}”"), ()


class AtMost(_Compared, frozen=True, kw_only=True):
    """A number of the subject is not above a bound."""

    WORD: ClassVar[str] = "不高于"
    TEST: ClassVar[Callable[[float, float], bool]] = staticmethod(lambda value, bound: value <= bound)


class AtLeast(_Compared, frozen=True, kw_only=True):
    """A number of the subject is not below a bound."""

    WORD: ClassVar[str] = "不低于"
    TEST: ClassVar[Callable[[float, float], bool]] = staticmethod(lambda value, bound: value >= bound)


class SameAs(Verb, ActChoice, frozen=True, kw_only=True):
    """A fact of the subject says the same as a fact of another act; names are compared normalised."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "own", "other"})

    fact: str
    other_fact: str | None = None

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"的{self.fact}应当与{self.selector.words}的{self.other_fact or self.fact}一致"

    def judge(self, scope: Scope) -> Verdict:
        """Compare with every act of the choice that states the fact."""
        facts, subject = scope.facts, scope.subject
        own = facts.fact(subject, self.fact)
        name = self.other_fact or self.fact
        if own is ABSENT or own is UNKNOWN:
            return self._open(facts.settlement(subject, self.fact))
        seen = False
        for act, fits in self.selector.candidates(facts, subject, scope.limits):
            other = facts.fact(act, name)
            if fits is not True or other is ABSENT or other is UNKNOWN:
                continue
            seen = True
            if not _alike(own, other):
                path = facts.path_of(act, "facts", name)
                evidence = (
                    Evidence(Role.COMPARED, shown(own), facts.path_of(subject, "facts", self.fact)),
                    Evidence(Role.COMPARED, f"{facts.kind_of(act)}：{shown(other)}", path),
                )
                problem = f"{self.fact}“{shown(own)}”与{facts.kind_of(act)}“{shown(other)}”不一致"
                values = {"problem": problem, "own": shown(own), "other": shown(other)}
                return Verdict(Outcome.BREACHED, values, evidence)
        paper = facts.vocabulary.papers_for(self.act[0])[0]
        return MET if seen else self._open(Settlement(paper, f"写明“{name}”"))

    def _open(self, settlement: Settlement) -> Verdict:
        return unsettled(settlement, problem="无从比对", own="不明", other="不明")


def _alike(one: Known, other: Known) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return same_name(one, other)
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return one == other


_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_ACCOUNT = re.compile(r"(?<!\d)62\d{14,17}(?!\d)")


def _identities(text: str) -> list[str]:
    return [found for found in _IDENTITY.findall(text) if is_resident_id(found)]


DETECTORS: Mapping[str, Callable[[str], list[str]]] = {
    "身份证号": _identities,
    "电话": _PHONE.findall,
    "银行账号": _ACCOUNT.findall,
}
"""What can be told from the text itself; everything else must be listed in ``公示内容含``."""


class FreeOf(Verb, Options, frozen=True, kw_only=True):
    """What is published shows none of these items: neither listed as shown nor found in the text."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "found"})

    items: Words
    listed: str = "公示内容含"
    text: str = "公示文本"

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"不得显示{'、'.join(self.items)}"

    def judge(self, scope: Scope) -> Verdict:
        """Look into the list and into the text."""
        facts, subject = scope.facts, scope.subject
        listed = facts.fact(subject, self.listed)
        text = facts.fact(subject, self.text)
        shown_items = [item for item in self.items if isinstance(listed, list) and item in listed]
        if isinstance(text, str):
            shown_items += [
                item
                for item in self.items
                if item not in shown_items and item in DETECTORS and DETECTORS[item](text)
            ]
        if shown_items:
            found = "、".join(shown_items)
            name = self.listed if isinstance(listed, list) and shown_items[0] in listed else self.text
            evidence = Evidence(Role.COMPARED, f"出现{found}", facts.path_of(subject, "facts", name))
            return Verdict(
                Outcome.BREACHED, {"problem": f"公示内容中出现{found}", "found": found}, (evidence,)
            )
        truth = self._looked_at(listed, text)
        if truth is True:
            return MET
        doubt = facts.settlement(subject, self.listed)
        return unsettled(doubt, problem="公示内容未记明", found="不明")

    def _looked_at(self, listed: Known, text: Known) -> Truth:
        if isinstance(listed, list):
            return True
        return True if isinstance(text, str) and set(self.items) <= DETECTORS.keys() else None


class CitesLawInForce(Verb, Options, frozen=True, kw_only=True):
    """Every instrument that the subject cites was in force on its day, as far as they are listed."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "found"})

    fact: str = "引用依据"

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"的{self.fact}应当为当日有效的法律文件"

    def judge(self, scope: Scope) -> Verdict:
        """Look every citation up in the list of instruments."""
        facts, subject = scope.facts, scope.subject
        cited, moment = facts.fact(subject, self.fact), subject.starts or subject.ends
        if not isinstance(cited, list) or not cited or moment is None:
            doubt = facts.settlement(subject, self.fact if moment else "日期")
            return unsettled(doubt, problem="未记明所引用的依据", found="不明")
        truths = {citation: scope.laws.in_force(citation, moment.day) for citation in cited}
        if bad := [citation for citation, truth in truths.items() if truth is False]:
            found = "、".join(bad)
            path = facts.path_of(subject, "facts", self.fact, cited.index(bad[0]))
            evidence = (Evidence(Role.COMPARED, found, path),)
            values = {"problem": f"{found}在该日并非有效", "found": found}
            return Verdict(Outcome.BREACHED, values, evidence)
        if open_ := [citation for citation, truth in truths.items() if truth is None]:
            doubts = [Settlement("法律文件清单", f"{citation}的有效期间") for citation in open_]
            return unsettled(*doubts, problem="清单未收录所引用的文件", found="、".join(open_))
        return MET
