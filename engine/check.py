"""The check: a case file, a rulebook and a day in, outcomes and findings out. A pure function."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from casefiles.model import Act, CaseFile
from casefiles.moments import Moment
from engine.compiled.plans import Group, Plan
from engine.compiled.rulecode import KEPT, OUTSIDE, SKIPPED
from engine.facts import CaseFacts
from engine.findings import Finding, Outcome
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.telling import Teller

Judged = tuple[Act | None, Outcome, Finding | None]
"""The act that a rule judged, the outcome, and the finding if it had to be told already."""


def check(
    case: CaseFile, rulebook: Rulebook, as_of: Moment, *, derivations: bool = False
) -> Iterator[Finding]:
    """Yield the findings on a case file, rule by rule in the order of the rulebook.

    ``as_of`` is the day of the check; ``derivations`` adds the day-by-day derivation of dates. A
    rule that fails inside yields an error finding, never silence.
    """
    return outcomes(case, rulebook, as_of, derivations=derivations).findings()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Every outcome of one file, rule by rule in the order of the rulebook.

    What is not kept was told while judging; the words for all others are found only when asked.
    """

    _rules: tuple[Rule, ...]
    _judged: list[list[Judged]]
    _teller: Teller

    def __iter__(self) -> Iterator[tuple[Rule, Act | None, Outcome]]:
        """Yield each rule with an act it judged, or without one, and the outcome."""
        for rule, judged in zip(self._rules, self._judged, strict=True):
            for act, outcome, _ in judged:
                yield rule, act, outcome

    def counts(self) -> dict[Outcome, int]:
        """Return how often each outcome stands, those that stand nowhere left out."""
        found: dict[Outcome, int] = {}
        for judged in self._judged:
            for _, outcome, _ in judged:
                found[outcome] = found.get(outcome, 0) + 1
        return found

    def findings(self, wanted: Collection[Outcome] = frozenset(Outcome)) -> Iterator[Finding]:
        """Yield the findings with the outcomes wanted, all if not said otherwise."""
        for rule, judged in zip(self._rules, self._judged, strict=True):
            for act, outcome, finding in judged:
                if outcome in wanted:
                    yield finding or self._told(rule, act, outcome)

    def _told(self, rule: Rule, act: Act | None, outcome: Outcome) -> Finding:
        teller = self._teller
        try:
            if act is None:
                return teller.without_subject(rule)
            return teller.kept(rule, act) if outcome is Outcome.MET else teller.outside(rule, act)
        except Exception as error:
            return teller.failed(rule, act, error)


_NOTHING: list[Judged] = [(None, Outcome.NOT_APPLICABLE, None)]
"""What stands for a rule that judges no act of a file; never changed."""


def outcomes(case: CaseFile, rulebook: Rulebook, as_of: Moment, *, derivations: bool = False) -> Outcomes:
    """Return the outcomes of a case file on a day; what ``check`` says of errors holds here too."""
    evaluator = rulebook.evaluator
    file = CaseFacts(case, rulebook.vocabulary, as_of, evaluator.derivations)
    teller = Teller(file, rulebook, derivations)
    judged = [_NOTHING] * len(rulebook.rules)
    plan = evaluator.plan(file)
    for kind, acts in file.by_kind.items():
        group = plan.groups.get(kind)
        if group is not None:
            _judge(group, acts, teller, judged)
    for place in plan.several_kinds:
        if len(judged[place]) > 1:
            judged[place].sort(key=lambda one: file.place[one[0].id] if one[0] else -1)
    if file.may_hide:
        _doubt_absence(plan, teller, judged)
    return Outcomes(rulebook.rules, judged, teller)


def _judge(group: Group, acts: list[Act], teller: Teller, judged: list[list[Judged]]) -> None:
    """Judge acts of one kind by the rules of its group."""
    file, rules = teller.facts, teller.rulebook.rules
    alone = len(acts) == 1
    lacks = file.lacking(acts[0])
    for act in acts:
        says = act.facts
        moment = act.starts or act.ends
        day = moment.day if moment else None
        for place, judge in group.row(day):
            entry: Judged = (act, Outcome.MET, None)
            try:
                answer = judge(file, act, says, lacks, day, alone)
                if answer != KEPT:
                    if answer == SKIPPED:
                        continue
                    if answer == OUTSIDE:
                        entry = (act, Outcome.NOT_APPLICABLE, None)
                    elif finding := teller.judged(rules[place], act):
                        entry = (act, finding.outcome, finding)
            except Exception as error:
                entry = (act, Outcome.ERROR, teller.failed(rules[place], act, error))
            if judged[place] is _NOTHING:
                judged[place] = [entry]
            else:
                judged[place].append(entry)


def _doubt_absence(plan: Plan, teller: Teller, judged: list[list[Judged]]) -> None:
    """Ask for each rule without a subject whether the file may only not show it."""
    for place in plan.places:
        rule = teller.rulebook.rules[place]
        if judged[place] is _NOTHING and not teller.facts.acts(rule.subject.kinds):
            finding = teller.without_subject(rule)
            judged[place] = [(None, finding.outcome, finding)]
