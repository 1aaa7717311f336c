"""Selecting acts: by kind, by facts, and by whether they concern the subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from casefiles.model import Act
from engine.conditions import Conditions
from engine.facts import CaseFacts
from engine.findings import Settlement
from engine.limits import Limits
from engine.truth import Truth, both


class Concern(StrEnum):
    """Whether selected acts must concern the subject (``about``) or may be any of the file."""

    SUBJECT = "subject"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Selector:
    """A choice of acts; each act of these kinds matches, does not match, or perhaps matches."""

    kinds: tuple[str, ...]
    where: Conditions = field(default_factory=Conditions)
    about: Concern = Concern.SUBJECT

    def candidates(
        self, facts: CaseFacts, subject: Act | None, limits: Limits
    ) -> Iterator[tuple[Act, Truth]]:
        """Yield the acts that match or may match, each with ``True`` or ``None``."""
        for act in facts.acts(self.kinds):
            if act is subject:
                continue
            fits = both((self._concerns(facts, act, subject), self.where.holds(facts, act, limits)))
            if fits is not False:
                yield act, fits

    def _concerns(self, facts: CaseFacts, act: Act, subject: Act | None) -> Truth:
        if subject is None or self.about is Concern.ANY:
            return True
        return concerns(facts, act, subject)

    def doubts(
        self, facts: CaseFacts, act: Act, subject: Act | None, limits: Limits
    ) -> tuple[Settlement, ...]:
        """Return what would settle whether an act matches."""
        unsettled = self.where.unsettled(facts, act, limits)
        if self._concerns(facts, act, subject) is None:
            kind = facts.kind_of(act)
            paper = facts.vocabulary.papers_for(kind)[0]
            unsettled += (Settlement(paper, f"写明“{kind}”针对哪一环节（about）"),)
        return unsettled

    @property
    def words(self) -> str:
        """The choice in words, as in ``公示（平台为“信用中国”）``."""
        kinds = "、".join(self.kinds)
        return f"{kinds}（{self.where}）" if self.where.items else kinds


def concerns(facts: CaseFacts, act: Act, subject: Act) -> Truth:
    """Tell whether an act concerns the subject.

    An act that names the subject, or is named by it, concerns it. One that names others of the
    subject's kind does not. One that names none of them concerns the subject if it is the only one
    of its kind, else it is unknown which one it concerns.
    """
    if subject.id in act.about or act.id in subject.about:
        return True
    alike = facts.by_kind.get(facts.kind_of(subject), [])
    if any(other.id in act.about for other in alike):
        return False
    return True if len(alike) == 1 else None
