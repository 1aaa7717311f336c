"""Telling: the finding on one rule and one act, with its words, its evidence and what it rests on.

Whatever is not kept is judged here, by the verb of the rule; ``engine.check`` only leaves out what is
kept or out of question.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from casefiles.model import Act, CaseFile
from casefiles.moments import Moment
from engine.facts import CaseFacts
from engine.findings import (
    Basis,
    Cure,
    DerivationStep,
    Evidence,
    Finding,
    Outcome,
    Role,
    Settlement,
    Severity,
)
from engine.rule import CitedBasis, Rule
from engine.rulebook import Rulebook
from engine.scope import Scope, act_words, begin_of
from engine.situations import Situation
from engine.truth import Truth
from engine.verbs.base import Verdict

_MARKS = {
    "V2": "依据仅部分核实或转引核实，不作一票否决",
    "M": "依据尚未核对原文，不作一票否决",
    "I": "系由条文推论，不作一票否决",
}
_NO_VALUES: Mapping[str, str] = {}
_ASK = "无法判定：{problem}。"
_WAIT = "尚未到期：{problem}，最迟 {due}。"
_WAIT_OPEN = "尚未完成：{problem}。"


class _Ground(Struct, frozen=True):
    """Whether a rule binds a subject: the basis in force, what is unknown, or why it does not."""

    binds: Truth
    basis: tuple[Basis, ...] = ()
    reason: str = ""
    settled_by: tuple[Settlement, ...] = ()


class Teller(Struct, frozen=True):
    """Tells the findings on one file; ``derivations`` adds the day-by-day derivation of dates."""

    facts: CaseFacts
    rulebook: Rulebook
    derivations: bool

    def without_subject(self, rule: Rule) -> Finding:
        """Return the finding on a rule that judges no act of the file, and why it does not."""
        facts, limits = self.facts, self.rulebook.limits
        if rule.applies.holds(facts, None, limits) is False:
            failing = rule.applies.failing(facts, None, limits)
            text = f"不适用：适用于{'，'.join(str(one) for one in failing)}的案件，本案不是。"
            return self.finding(rule, None, Outcome.NOT_APPLICABLE, text)
        if facts.acts(rule.subject.kinds):
            text = f"不适用：没有“{rule.subject.words}”。"
            return self.finding(rule, None, Outcome.NOT_APPLICABLE, text)
        kinds = "、".join(rule.subject.kinds)
        doubts = tuple(
            settlement
            for settlement in self.facts.absence(rule.subject.kinds, self.facts.as_of.day)
            if not settlement.with_time
        )
        if doubts:
            text = f"无法判定：是否有{kinds}不明。"
            return self.finding(rule, None, Outcome.UNDETERMINED, text, settled_by=doubts)
        text = f"不适用：案卷中没有{kinds}。"
        return self.finding(rule, None, Outcome.NOT_APPLICABLE, text)

    def kept(self, rule: Rule, act: Act) -> Finding:
        """Return the finding on a subject whose duty is known to be kept."""
        text = f"合规：{rule.title}。"
        return self.finding(rule, act, Outcome.MET, text, self._ground(rule, act))

    def failed(self, rule: Rule, act: Act | None, error: Exception) -> Finding:
        """Return the finding on a subject that could not be judged because the program failed."""
        return self.finding(rule, act, Outcome.ERROR, f"执行出错：{type(error).__name__}: {error}")

    def outside(self, rule: Rule, act: Act) -> Finding:
        """Return the finding on a subject that the rule does not bind, and why it does not."""
        facts = self.facts
        ground = self._ground(rule, act)
        if ground.binds is False:
            return self.finding(rule, act, Outcome.NOT_APPLICABLE, ground.reason, ground)
        exception = next(one for one, given in self._exceptions(rule, act) if given is True)
        text = f"不适用：{_ground_words(exception, facts, act)}。"
        evidence = exception.evidence(facts, act)
        return self.finding(rule, act, Outcome.NOT_APPLICABLE, text, ground, evidence=evidence)

    def judged(self, rule: Rule, act: Act) -> Finding | None:
        """Return what the verb says of a subject that the rule may bind, ``None`` if its duty is kept."""
        verdict = rule.verb.judge(self._scope(act))
        if verdict.outcome is Outcome.MET:
            # What is kept is kept, whether the rule binds or not.
            return None
        ground = self._ground(rule, act)
        return self._concluded(rule, act, ground, verdict, self._doubts(rule, act, ground))

    def _exceptions(self, rule: Rule, act: Act) -> Iterator[tuple[Situation, Truth]]:
        """Yield the exceptions of a rule, each with whether it is given for an act."""
        given = self.rulebook.evaluator.code(rule).exceptions(self.facts, act) if rule.unless else ()
        return zip(rule.unless, given, strict=True)

    def _scope(self, act: Act) -> Scope:
        book = self.rulebook
        return Scope(self.facts, act, book.limits, book.calendar, book.laws)

    def _ground(self, rule: Rule, act: Act) -> _Ground:
        """Pick the sources in force on the day of the act and made for this file."""
        moment = begin_of(act)
        if moment is None:
            settlement = self.facts.settlement(act, "日期")
            basis = tuple(cited.basis for cited in rule.basis)
            return _Ground(None, basis, settled_by=(settlement,))
        in_force = [cited for cited in rule.basis if cited.basis.in_force(moment.day)]
        if not in_force:
            return _Ground(False, reason=_not_in_force(rule.basis, moment))
        truths = [(cited, self._made_for(cited)) for cited in in_force]
        sure = tuple(cited.basis for cited, truth in truths if truth is True)
        if sure:
            return _Ground(True, sure)
        unsure = [cited for cited, truth in truths if truth is None]
        if unsure:
            settled = unsure[0].when.unsettled(self.facts, None, self.rulebook.limits)
            return _Ground(None, tuple(cited.basis for cited in unsure), settled_by=settled)
        return _Ground(False, reason="不适用：没有适用于本案领域或者地区的依据。")

    def _made_for(self, cited: CitedBasis) -> Truth:
        return cited.when.holds(self.facts, None, self.rulebook.limits)

    def _doubts(self, rule: Rule, act: Act, ground: _Ground) -> tuple[Settlement, ...]:
        """Return what would settle whether the rule binds this subject at all."""
        facts, limits = self.facts, self.rulebook.limits
        found = rule.applies.unsettled(facts, None, limits)
        found += rule.subject.where.unsettled(facts, act, limits)
        if ground.binds is None:
            found += ground.settled_by
        for exception, given in self._exceptions(rule, act):
            if given is None:
                found += exception.unsettled(facts, act, limits)
        return tuple(dict.fromkeys(found))

    def _concluded(
        self,
        rule: Rule,
        act: Act,
        ground: _Ground,
        verdict: Verdict,
        doubts: tuple[Settlement, ...],
    ) -> Finding:
        """Combine a verdict with the doubts whether the rule binds."""
        outcome = verdict.outcome
        if outcome is Outcome.PENDING:
            # What an open case may still bring does not make a term that runs any less certain.
            doubts = tuple(doubt for doubt in doubts if not doubt.with_time)
        settled = verdict.settled_by
        if doubts:
            outcome, settled = Outcome.UNDETERMINED, tuple(dict.fromkeys((*doubts, *settled)))
        message = self._message(rule, act, outcome, verdict, bool(doubts))
        evidence = (*verdict.evidence, *self._grounds_given(rule, act))
        steps = tuple(verdict.derive()) if self.derivations and verdict.derive else ()
        return self.finding(
            rule,
            act,
            outcome,
            message,
            ground,
            evidence=evidence,
            settled_by=settled,
            due=verdict.due,
            derivation=steps,
            values=verdict.values,
        )

    def _message(self, rule: Rule, act: Act, outcome: Outcome, verdict: Verdict, in_doubt: bool) -> str:
        values = verdict.values
        problem = values.get("problem", "") or rule.title
        if outcome is Outcome.PENDING:
            due = values.get("due")
            return (_WAIT if verdict.due else _WAIT_OPEN).format(problem=problem, due=due)
        if outcome is Outcome.UNDETERMINED:
            lead = "本规则是否适用尚不明确；" if in_doubt else ""
            return _ASK.format(problem=lead + problem)
        names = "、".join(party.name for party in self.facts.case.parties) or "当事人"
        return rule.message.format(
            **{
                **values,
                "subject": act_words(self.facts, act),
                "party": names,
                "case": self.facts.case.number,
            }
        )

    def _grounds_given(self, rule: Rule, act: Act) -> tuple[Evidence, ...]:
        """Return the grounds of the derived facts by which the rule binds this subject."""
        facts, limits = self.facts, self.rulebook.limits
        names = {item.name for item in rule.subject.where.items}
        found: list[Evidence] = []
        for definition in self.rulebook.definitions:
            if definition.defines not in names or definition.on != facts.kind_of(act):
                continue
            for ground in definition.given(facts, act, limits):
                text = f"{definition.defines}：{_ground_words(ground, facts, act)}"
                places = ground.evidence(facts, act)
                found.append(Evidence(Role.CONDITION, text, places[0].path if places else ()))
        return tuple(found)

    def finding(
        self,
        rule: Rule,
        act: Act | None,
        outcome: Outcome,
        message: str,
        ground: _Ground | None = None,
        *,
        evidence: tuple[Evidence, ...] = (),
        settled_by: tuple[Settlement, ...] = (),
        due: Moment | None = None,
        derivation: tuple[DerivationStep, ...] = (),
        values: Mapping[str, str] = _NO_VALUES,
    ) -> Finding:
        """Build a finding with what every finding carries."""
        basis = ground.basis if ground and ground.basis else tuple(one.basis for one in rule.basis)
        severity, remarks = self._weight(rule, act, basis)
        subject: tuple[Evidence, ...] = ()
        if act is not None and outcome not in (Outcome.MET, Outcome.NOT_APPLICABLE):
            words = act_words(self.facts, act)
            subject = (Evidence(Role.SUBJECT, words, self.facts.path_of(act)),)
        broken = outcome in (Outcome.BREACHED, Outcome.PENDING, Outcome.UNDETERMINED)
        cure: Cure | None = rule.cure if broken else None
        return Finding(
            rule=rule.id,
            version=rule.version,
            title=rule.title,
            outcome=outcome,
            severity=severity,
            effect=rule.effect,
            subject=act.id if act else None,
            message=message,
            basis=basis,
            evidence=(*subject, *evidence),
            settled_by=settled_by,
            cure=cure,
            fingerprint=_fingerprint(self.facts.case, rule, act),
            remarks=remarks,
            due=due,
            derivation=derivation,
            values=dict(values),
        )

    def _weight(
        self, rule: Rule, act: Act | None, basis: tuple[Basis, ...]
    ) -> tuple[Severity, tuple[str, ...]]:
        """Return the severity that the sources in force allow, and remarks on their verification."""
        remarks = tuple(
            dict.fromkeys(f"{_cited(one)}：{_MARKS[one.mark]}" for one in basis if one.mark in _MARKS)
        )
        if rule.note:
            remarks = (*remarks, rule.note)
        moment = begin_of(act) if act else None
        noted = [one for one in basis if one.note_until]
        if moment and noted and all(_only_noted(one, moment.day) for one in basis):
            until = noted[0].note_until
            return Severity.NOTE, (*remarks, f"{until} 以前的行为只作提示")
        severity = rule.severity
        if severity is Severity.VETO and basis and all(one.mark != "V" for one in basis):
            severity = Severity.MAJOR
        return severity, remarks


def _only_noted(basis: Basis, day: int) -> bool:
    return basis.note_until is not None and day <= basis.note_until.toordinal()


def _ground_words(ground: Situation, facts: CaseFacts, act: Act) -> str:
    """Name a situation with the source that was in force on the day of the act."""
    return f"{ground.because}（{_cited(ground.source(facts, act) or ground.basis[0])}）"


def _cited(basis: Basis) -> str:
    return f"{basis.law}{basis.article}"


def _not_in_force(basis: tuple[CitedBasis, ...], moment: Moment) -> str:
    first = min(cited.basis.since for cited in basis)
    if moment.day < first.toordinal():
        return f"不适用：行为日期 {moment.date} 早于依据施行日期 {first}。"
    return f"不适用：行为日期 {moment.date} 时依据已经失效或者尚未施行。"


def _fingerprint(case: CaseFile, rule: Rule, act: Act | None) -> str:
    parts = (rule.id, case.agency.name, case.number, act.kind if act else "", act.id if act else "")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
