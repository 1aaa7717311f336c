"""A rule ready to be asked, built from its document."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from casefiles.model import Act
from engine.conditions import Conditions
from engine.facts import CaseFacts
from engine.findings import Basis, Cure, Settlement, Severity
from engine.limits import Limits
from engine.selection import Selector
from engine.situations import Presence, Situation
from engine.truth import Truth, either
from engine.verbs.base import Verb

if TYPE_CHECKING:
    from engine.documents import BasisDocument, DefinitionDocument, RuleDocument, SituationDocument

COMMON_VALUES = frozenset({"subject", "party", "case"})
"""What every message may name besides the values of its verb."""


class CitedBasis(Struct, frozen=True):
    """A basis with the files it is for."""

    basis: Basis
    when: Conditions


class Rule(Struct, frozen=True, dict=True):
    """A rule (规则): applicability, subject, requirement, exceptions and words; ``pack`` is its folder."""

    id: str
    version: str
    pack: str
    file: str
    title: str
    severity: Severity
    effect: str
    rows: tuple[str, ...]
    basis: tuple[CitedBasis, ...]
    applies: Conditions
    subject: Selector
    verb: Verb
    unless: tuple[Situation, ...]
    message: str
    cure: Cure
    note: str

    @cached_property
    def sentence(self) -> str:
        """The rule as one Chinese sentence."""
        scope = f"（{self.applies}）" if self.applies.items else ""
        unless = "；".join(f"{situation.because}的除外" for situation in self.unless)
        demand = f"每一{self.subject.words}{scope}，{self.verb.sentence()}"
        return f"{demand}。" + (f"但{unless}。" if unless else "")


class Definition(Struct, frozen=True):
    """A definition (定义): the derived fact ``defines`` of acts of kind ``on`` (or 案卷)."""

    id: str
    title: str
    defines: str
    on: str
    rows: tuple[str, ...]
    grounds: tuple[Situation, ...]

    def given(self, facts: CaseFacts, act: Act | None, limits: Limits) -> tuple[Situation, ...]:
        """Return the grounds that are given."""
        return tuple(one for one in self.grounds if one.holds(facts, act, limits) is True)


class DerivedFact(Struct, frozen=True):
    """A definition with the limits that it may use: the derivation of one fact."""

    definition: Definition
    limits: Limits

    def truth(self, facts: CaseFacts, act: Act | None) -> Truth:
        """Derive the fact: true if one ground is given, unknown if one may be."""
        return either(ground.holds(facts, act, self.limits) for ground in self.definition.grounds)

    def unsettled(self, facts: CaseFacts, act: Act | None) -> tuple[Settlement, ...]:
        """Return what would settle the grounds that are open."""
        return tuple(
            settlement
            for ground in self.definition.grounds
            if ground.holds(facts, act, self.limits) is None
            for settlement in ground.unsettled(facts, act, self.limits)
        )


def basis_from(document: BasisDocument) -> Basis:
    """Build a basis from its document."""
    return Basis(
        document.law,
        document.article,
        document.since,
        document.verified,
        document.until,
        document.mark,
        document.note_until,
    )


def situation_from(document: SituationDocument) -> Situation:
    """Build a situation from its document."""
    return Situation(
        document.because,
        tuple(basis_from(one) for one in document.basis),
        document.case,
        document.where,
        tuple(Presence(one.selector, one.before) for one in document.with_),
    )


def rule_from(document: RuleDocument, *, version: str, pack: str, file: str) -> Rule:
    """Build a rule from its document."""
    return Rule(
        id=document.id,
        version=version,
        pack=pack,
        file=file,
        title=document.title,
        severity=document.severity,
        effect=document.effect,
        rows=document.rows,
        basis=tuple(CitedBasis(basis_from(one), one.when) for one in document.basis),
        applies=document.applies,
        subject=Selector(tuple(document.subject.act), document.subject.where),
        verb=document.require.verb,
        unless=tuple(situation_from(one) for one in document.unless),
        message=document.message,
        cure=Cure(document.remedy.cure, document.remedy.do),
        note=document.note,
    )


def definition_from(document: DefinitionDocument) -> Definition:
    """Build a definition from its document."""
    return Definition(
        document.id,
        document.title,
        document.defines,
        document.on,
        document.rows,
        tuple(situation_from(one) for one in document.grounds),
    )
