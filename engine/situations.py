"""Situations: what must be so for a ground of a definition or for an exception of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casefiles.model import Act
from engine.conditions import Conditions
from engine.facts import CaseFacts
from engine.findings import Basis, Evidence, Settlement
from engine.limits import Limits
from engine.selection import Selector
from engine.truth import Truth, both


@dataclass(frozen=True, slots=True)
class Situation:
    """A named situation: facts of the head, facts of the act, other acts that must be there.

    ``because`` names it in words; it counts only on days on which its basis is in force.
    """

    because: str
    basis: tuple[Basis, ...]
    head: Conditions = field(default_factory=Conditions)
    act: Conditions = field(default_factory=Conditions)
    present: tuple[Selector, ...] = ()

    def holds(self, facts: CaseFacts, act: Act | None, limits: Limits) -> Truth:
        """Tell whether the situation is given for an act."""
        if self.source(facts, act) is None:
            return False
        return both(self._truths(facts, act, limits))

    def source(self, facts: CaseFacts, act: Act | None) -> Basis | None:
        """Return the first basis in force on the day of the act, ``None`` if there is none."""
        day = _day(facts, act)
        return next((basis for basis in self.basis if basis.in_force(day)), None)

    def _truths(self, facts: CaseFacts, act: Act | None, limits: Limits) -> Iterator[Truth]:
        yield self.head.holds(facts, None, limits)
        if act is not None:
            yield self.act.holds(facts, act, limits)
        for selector in self.present:
            yield _is_present(selector, facts, act, limits)

    def unsettled(self, facts: CaseFacts, act: Act | None, limits: Limits) -> tuple[Settlement, ...]:
        """Return what would settle the situation where it is unknown."""
        found = self.head.unsettled(facts, None, limits)
        if act is not None:
            found += self.act.unsettled(facts, act, limits)
        for selector in self.present:
            if _is_present(selector, facts, act, limits) is None:
                found += _presence_doubts(selector, facts, act, limits)
        return found

    def evidence(self, facts: CaseFacts, act: Act | None) -> tuple[Evidence, ...]:
        """Return the places of the facts that make up the situation."""
        found = self.head.evidence(facts, None)
        return found if act is None else found + self.act.evidence(facts, act)


def _is_present(selector: Selector, facts: CaseFacts, act: Act | None, limits: Limits) -> Truth:
    decision = selector.decide(facts, act, limits, _any)
    if decision.found is not None:
        return True
    if decision.open is not None or facts.absence(selector.kinds, _day(facts, act)):
        return None
    return False


def _any(act: Act) -> Truth:
    return True


def _presence_doubts(
    selector: Selector, facts: CaseFacts, act: Act | None, limits: Limits
) -> tuple[Settlement, ...]:
    candidate = selector.decide(facts, act, limits, _any).open
    if candidate is None:
        return facts.absence(selector.kinds, _day(facts, act))
    return selector.doubts(facts, candidate, act, limits)


def _day(facts: CaseFacts, act: Act | None) -> int:
    moment = act and (act.starts or act.ends)
    return moment.day if moment else facts.as_of.day
