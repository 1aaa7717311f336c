"""The check: a case file, a rulebook and a day in, outcomes and findings out. A pure function."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from casefiles.model import Act, CaseFile
from casefiles.moments import Moment
from engine.compiled.plans import Group
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
                finding: Finding | None = teller.without_subject(rule)
            elif outcome is Outcome.MET:
                return teller.kept(rule, act)
            else:
                finding = teller.judged(rule, act)
            if finding is not None and finding.outcome is outcome:
                return finding
            raise RuntimeError(f"{outcome} told as {finding and finding.outcome}")
        except Exception as error:
            return teller.failed(rule, act, error)


_OUTSIDE: list[Judged] = [(None, Outcome.NOT_APPLICABLE, None)]
"""What stands for a rule that judges nothing in a file; never changed."""


def outcomes(case: CaseFile, rulebook: Rulebook, as_of: Moment, *, derivations: bool = False) -> Outcomes:
    """Return the outcomes of a case file on a day; what ``check`` says of errors holds here too."""
    evaluator = rulebook.evaluator
    file = CaseFacts(case, rulebook.vocabulary, as_of, evaluator.derivations)
    teller = Teller(file, rulebook, derivations)
    judged = [_OUTSIDE] * len(rulebook.rules)
    for group in evaluator.plan(file).groups:
        acts = file.acts(group.kinds)
        if acts:
            _judge(group, acts, teller, judged)
        elif any(map(file.may_hide, group.kinds)):
            for place in group.places:
                finding = teller.without_subject(rulebook.rules[place])
                judged[place] = [(None, finding.outcome, finding)]
    return Outcomes(rulebook.rules, judged, teller)


def _judge(group: Group, acts: list[Act], teller: Teller, judged: list[list[Judged]]) -> None:
    """Judge acts by the rules of a group, each rule in the order of the acts."""
    file, rules = teller.facts, teller.rulebook.rules
    found: dict[int, list[Judged]] = {place: [] for place in group.places}
    for act in acts:
        says, lacks = act.facts, file.lacking(act)
        moment = act.starts or act.ends
        day = moment.day if moment else None
        alone = len(file.by_kind[file.kind_of(act)]) == 1
        for place, judge in group.row(day):
            try:
                answer = judge(file, act, says, lacks, day, alone)
                if answer is KEPT:
                    found[place].append((act, Outcome.MET, None))
                elif answer is OUTSIDE:
                    found[place].append((act, Outcome.NOT_APPLICABLE, None))
                elif answer is not SKIPPED and (finding := teller.judged(rules[place], act)):
                    found[place].append((act, finding.outcome, finding))
            except Exception as error:
                finding = teller.failed(rules[place], act, error)
                found[place].append((act, Outcome.ERROR, finding))
    for place, entries in found.items():
        if entries:
            judged[place] = entries
