"""The check: a case file, a rulebook and a day in, outcomes and findings out. A pure function."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from casefiles.model import Act, CaseFile
from casefiles.moments import Moment
from engine.compiled.plans import Group, Plan, Row
from engine.compiled.rulecode import ASK, OUTSIDE, SKIPPED
from engine.facts import CaseFacts
from engine.findings import Finding, Outcome
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.telling import Teller

Judged = tuple[int, Act | None, Outcome | None, Finding | None]
"""The place of a rule, the act it was asked about, the outcome, and the finding if it was told already.

Without an outcome the act is no subject of the rule."""

_QUIET = frozenset({Outcome.MET, Outcome.NOT_APPLICABLE})
_SAID: dict[int, Outcome | None] = {OUTSIDE: Outcome.NOT_APPLICABLE, SKIPPED: None}
"""What the answers of generated code mean that need no telling."""


def check(
    case: CaseFile, rulebook: Rulebook, as_of: Moment, *, derivations: bool = False
) -> Iterator[Finding]:
    """Yield the findings on a case file, rule by rule in the order of the rulebook.

    ``as_of`` is the day of the check; ``derivations`` adds the day-by-day derivation of dates. A
    rule that fails inside yields an error finding, never silence.
    """
    return outcomes(case, rulebook, as_of, derivations=derivations).findings()


class Outcomes(Struct, frozen=True):
    """Every outcome of one file.

    ``asked`` holds the acts with the rules that were asked about them; what ``others`` does not say
    otherwise is kept. What is broken or open was told while judging; the words for all the rest are
    found only when findings are asked for.
    """

    asked: list[tuple[Act, Row]]
    others: list[Judged]
    _teller: Teller

    def __iter__(self) -> Iterator[tuple[Rule, Act | None, Outcome]]:
        """Yield each rule with an act it judged, or once without one, and the outcome.

        The order is that of the rulebook, and for each rule that of the acts.
        """
        rules = self._teller.rulebook.rules
        for place, act, outcome, _ in self._in_order():
            if outcome is not None:
                yield rules[place], act, outcome

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed."""
        return self._teller.facts.is_closed

    def counts(self) -> dict[Outcome, int]:
        """Return how often each outcome stands, those that stand nowhere left out."""
        found: dict[Outcome, int] = {}
        asked: dict[int, int] = {}
        for _, row in self.asked:
            for place, _ in row:
                asked[place] = asked.get(place, 0) + 1
        met = sum(asked.values())
        for place, act, outcome, _ in self.others:
            if act is None:
                asked[place] = 1
            else:
                met -= 1
            if outcome is None:
                asked[place] -= 1
            else:
                found[outcome] = found.get(outcome, 0) + 1
        without = len(self._teller.rulebook.rules) - sum(1 for count in asked.values() if count)
        found[Outcome.MET] = met
        found[Outcome.NOT_APPLICABLE] = found.get(Outcome.NOT_APPLICABLE, 0) + without
        return {outcome: count for outcome, count in found.items() if count}

    def findings(self, wanted: Collection[Outcome] = frozenset(Outcome)) -> Iterator[Finding]:
        """Yield the findings with the outcomes wanted, all if not said otherwise, in the same order."""
        # What is told already is little; the rest is put in order only where somebody wants it.
        for place, act, outcome, finding in (
            self._told_already() if _QUIET.isdisjoint(wanted) else self._in_order()
        ):
            if outcome in wanted:
                yield finding or self._told(place, act, outcome)

    def _told_already(self) -> list[Judged]:
        index = self._teller.facts.place
        return sorted(self.others, key=lambda one: (one[0], index[one[1].id] if one[1] else -1))

    def _in_order(self) -> Iterator[Judged]:
        by_place = self._by_place()
        for place in range(len(self._teller.rulebook.rules)):
            yield from by_place.get(place) or [(place, None, Outcome.NOT_APPLICABLE, None)]

    def _by_place(self) -> dict[int, list[Judged]]:
        """Return what was judged by each rule, in the order of the acts."""
        index = self._teller.facts.place
        said = {(one[0], one[1].id if one[1] else None): one for one in self.others}
        found: dict[int, list[Judged]] = {one[0]: [one] for one in self.others if one[1] is None}
        for act, row in sorted(self.asked, key=lambda pair: index[pair[0].id]):
            for place, _ in row:
                one = said.get((place, act.id), (place, act, Outcome.MET, None))
                if one[2] is not None:
                    found.setdefault(place, []).append(one)
        return found

    def _told(self, place: int, act: Act | None, outcome: Outcome | None) -> Finding:
        teller, rule = self._teller, self._teller.rulebook.rules[place]
        try:
            if act is None:
                return teller.without_subject(rule)
            return teller.kept(rule, act) if outcome is Outcome.MET else teller.outside(rule, act)
        except Exception as error:
            return teller.failed(rule, act, error)


def outcomes(case: CaseFile, rulebook: Rulebook, as_of: Moment, *, derivations: bool = False) -> Outcomes:
    """Return the outcomes of a case file on a day; what ``check`` says of errors holds here too."""
    evaluator = rulebook.evaluator
    file = CaseFacts(case, rulebook.vocabulary, as_of, evaluator.derivations)
    found = Outcomes([], [], Teller(file, rulebook, derivations))
    plan = evaluator.plan(file)
    for kind, acts in file.by_kind.items():
        group = plan.groups.get(kind)
        if group is not None:
            _judge(group, acts, found)
    if file.may_hide:
        _doubt_absence(plan, found)
    return found


def _judge(group: Group, acts: list[Act], found: Outcomes) -> None:
    """Judge acts of one kind by the rules of its group."""
    teller, others = found._teller, found.others
    file, rules = teller.facts, teller.rulebook.rules
    alone = len(acts) == 1
    lacks = file.lacking(acts[0])
    for act in acts:
        says = act.facts
        moment = act.starts or act.ends
        day = None if moment is None else moment.day
        row = group.row(day)
        found.asked.append((act, row))
        for place, judge in row:
            try:
                answer = judge(file, act, says, lacks, day, alone)
                if answer == ASK:
                    finding = teller.judged(rules[place], act)
                    if finding is not None:
                        others.append((place, act, finding.outcome, finding))
                elif answer:
                    others.append((place, act, _SAID[answer], None))
            except Exception as error:
                others.append((place, act, Outcome.ERROR, teller.failed(rules[place], act, error)))


def _doubt_absence(plan: Plan, found: Outcomes) -> None:
    """Ask for each rule without a subject whether the file may only not show it."""
    teller = found._teller
    file, rules = teller.facts, teller.rulebook.rules
    for place in plan.places:
        kinds = rules[place].subject.kinds
        if file.by_kind.keys().isdisjoint(kinds) and any(map(file.hides, kinds)):
            finding = teller.without_subject(rules[place])
            found.others.append((place, None, finding.outcome, finding))
