"""Situations: what must be so for a ground of a definition or for an exception of a rule."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from casefiles.model import Act
from casefiles.moments import is_not_after
from engine.conditions import Conditions
from engine.facts import CaseFacts
from engine.findings import Basis, Evidence, Settlement
from engine.limits import Limits
from engine.scope import begin_of, end_of
from engine.selection import Concern, Decision, Selector
from engine.truth import Truth, both


class Presence(Struct, frozen=True):
    """Acts of a choice that must be in the file, if ``before`` not after the act in question."""

    selector: Selector
    before: bool = False

    def decide(self, facts: CaseFacts, act: Act | None, limits: Limits) -> Decision:
        """Look for such an act."""
        if self.selector.about is Concern.ANY and act is not None:
            return self._earliest(facts, act, limits)
        return self.selector.decide(facts, act, limits, lambda other: self._counts(other, act))

    def _earliest(self, facts: CaseFacts, act: Act, limits: Limits) -> Decision:
        """Look among the acts that fit, sorted once for a file: if the first one came too late, all did.

        Every act of a file may ask, so that looking through all of them each time would cost the square.
        """
        kept = facts.earliest.get(id(self))
        if kept is None:
            kept = facts.earliest[id(self)] = self._sorted(facts, limits)
        dated, undated, doubtful = (
            next((other for other in others if other is not act), None) for others in kept
        )
        for other in (dated, undated):
            if other is not None and self._counts(other, act) is True:
                return Decision(found=other)
        for other in (doubtful, dated, undated):
            if other is not None and self._counts(other, act) is not False:
                return Decision(open=other)
        return Decision(failed=dated)

    def _sorted(self, facts: CaseFacts, limits: Limits) -> tuple[list[Act], list[Act], list[Act]]:
        """Return the acts that fit by their end, those without a day, and those that may fit."""
        dated: list[Act] = []
        undated: list[Act] = []
        open_: list[Act] = []
        for other in facts.acts(self.selector.kinds):
            fits = self.selector.where.holds(facts, other, limits)
            if fits:
                (undated if end_of(other) is None else dated).append(other)
            elif fits is None:
                open_.append(other)
        return sorted(dated, key=_ended), undated, sorted(open_, key=_ended)

    def _counts(self, other: Act, act: Act | None) -> Truth:
        if not self.before or act is None:
            return True
        own, moment = begin_of(act), end_of(other)
        if own is None or moment is None:
            return None
        # An act of the same day whose time is unknown is taken to have come first.
        return is_not_after(moment, own) is not False


def _ended(act: Act) -> int:
    moment = end_of(act)
    return 0 if moment is None else moment.earliest


class Situation(Struct, frozen=True):
    """A named situation: facts of the head, facts of the act, other acts that must be there.

    ``because`` names it in words; it counts only on days on which its basis is in force.
    """

    because: str
    basis: tuple[Basis, ...]
    head: Conditions = Conditions()
    act: Conditions = Conditions()
    present: tuple[Presence, ...] = ()

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
        for presence in self.present:
            yield is_present(presence, facts, act, limits)

    def unsettled(self, facts: CaseFacts, act: Act | None, limits: Limits) -> tuple[Settlement, ...]:
        """Return what would settle the situation where it is unknown."""
        found = self.head.unsettled(facts, None, limits)
        if act is not None:
            found += self.act.unsettled(facts, act, limits)
        for presence in self.present:
            if is_present(presence, facts, act, limits) is None:
                found += _presence_doubts(presence, facts, act, limits)
        return found

    def evidence(self, facts: CaseFacts, act: Act | None) -> tuple[Evidence, ...]:
        """Return the places of the facts that make up the situation."""
        found = self.head.evidence(facts, None)
        return found if act is None else found + self.act.evidence(facts, act)


def is_present(presence: Presence, facts: CaseFacts, act: Act | None, limits: Limits) -> Truth:
    """Tell whether acts of a presence are in the file; absence must be proven."""
    decision = presence.decide(facts, act, limits)
    if decision.found is not None:
        return True
    if decision.open is not None or facts.absence(presence.selector.kinds, _day(facts, act)):
        return None
    return False


def _presence_doubts(
    presence: Presence, facts: CaseFacts, act: Act | None, limits: Limits
) -> tuple[Settlement, ...]:
    candidate = presence.decide(facts, act, limits).open
    if candidate is None:
        return facts.absence(presence.selector.kinds, _day(facts, act))
    doubts = presence.selector.doubts(facts, candidate, act, limits)
    return doubts or (facts.settlement(candidate, "日期"),)


def _day(facts: CaseFacts, act: Act | None) -> int:
    moment = act and (act.starts or act.ends)
    return moment.day if moment else facts.as_of.day
