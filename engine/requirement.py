"""What a rule requires: one verb, or ``all_of``, ``any_of`` or ``not`` of verbs, once and not nested.

The tables by which verdicts combine stand in ``docs/truth-tables.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from engine.findings import Outcome
from engine.options import Options
from engine.scope import Scope
from engine.verbs.base import MET, Verb, Verdict

_WORST_FIRST = (Outcome.BREACHED, Outcome.UNDETERMINED, Outcome.PENDING, Outcome.MET)
_BEST_FIRST = (Outcome.MET, Outcome.UNDETERMINED, Outcome.PENDING, Outcome.BREACHED)
_OPPOSITE = {Outcome.MET: Outcome.BREACHED, Outcome.BREACHED: Outcome.MET}


class AllOf(Verb, Options, frozen=True, kw_only=True):
    """Every verb must be kept: one breach breaks it, else one open verb leaves it open."""

    verbs: tuple[Verb, ...]

    def sentence(self) -> str:
        """Return the demands in words."""
        return "；并且".join(verb.sentence() for verb in self.verbs)

    def judge(self, scope: Scope) -> Verdict:
        """Judge all, and tell the worst."""
        return _chosen([verb.judge(scope) for verb in self.verbs], _WORST_FIRST)


class AnyOf(Verb, Options, frozen=True, kw_only=True):
    """One verb kept is enough: it is broken only if all are."""

    verbs: tuple[Verb, ...]

    def sentence(self) -> str:
        """Return the demands in words."""
        return "；或者".join(verb.sentence() for verb in self.verbs)

    def judge(self, scope: Scope) -> Verdict:
        """Judge all, and tell the best."""
        return _chosen([verb.judge(scope) for verb in self.verbs], _BEST_FIRST)


class Not(Verb, Options, frozen=True, kw_only=True):
    """The verb must not be kept; what is open stays open."""

    verb: Verb

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"不得出现下列情形：{self.verb.sentence()}"

    def judge(self, scope: Scope) -> Verdict:
        """Judge, and turn it round."""
        verdict = self.verb.judge(scope)
        outcome = _OPPOSITE.get(verdict.outcome, verdict.outcome)
        if outcome is not Outcome.BREACHED:
            return MET if outcome is Outcome.MET else verdict
        values = {**verdict.values, "problem": f"出现了不应有的情形：{self.verb.sentence()}"}
        return structs.replace(verdict, outcome=outcome, values=values)


def _chosen(verdicts: Sequence[Verdict], order: Sequence[Outcome]) -> Verdict:
    outcome = min((verdict.outcome for verdict in verdicts), key=order.index)
    if outcome is Outcome.MET:
        return MET
    told = [verdict for verdict in verdicts if verdict.outcome is outcome]
    problems = dict.fromkeys(verdict.values.get("problem", "") for verdict in told)
    dues = [verdict for verdict in told if verdict.due]
    return Verdict(
        outcome,
        {"problem": "；".join(problem for problem in problems if problem)},
        tuple(dict.fromkeys(item for verdict in told for item in verdict.evidence)),
        due=dues[0].due if dues else None,
        settled_by=tuple(dict.fromkeys(item for verdict in told for item in verdict.settled_by)),
        derive=dues[0].derive if dues else None,
    )
