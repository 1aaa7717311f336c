"""Selecting acts: by kind, by facts, and by whether they concern the subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

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


class Decision(Struct, frozen=True):
    """What a search came to: an act found, one that leaves it open, one that certainly failed."""

    found: Act | None = None
    open: Act | None = None
    failed: Act | None = None


class Selector(Struct, frozen=True):
    """A choice of acts; each act of these kinds matches, does not match, or perhaps matches."""

    kinds: tuple[str, ...]
    where: Conditions = Conditions()
    about: Concern = Concern.SUBJECT

    def candidates(
        self, facts: CaseFacts, subject: Act | None, limits: Limits
    ) -> Iterator[tuple[Act, Truth]]:
        """Yield the acts that match or may match, each with ``True`` or ``None``.

        Those that certainly concern the subject come first, each group in the order of the file.
        """
        certain, doubtful = self._concerned(facts, subject)
        for act in certain:
            fits = self.where.holds(facts, act, limits)
            if fits is not False:
                yield act, fits
        for act in doubtful:
            if self.where.holds(facts, act, limits) is not False:
                yield act, None

    def decide(
        self,
        facts: CaseFacts,
        subject: Act | None,
        limits: Limits,
        test: Callable[[Act], Truth],
    ) -> Decision:
        """Look for an act that matches and passes a test, and stop as soon as that is settled."""
        certain, doubtful = self._concerned(facts, subject)
        open_: Act | None = None
        failed: Act | None = None
        for act in certain:
            fits = self.where.holds(facts, act, limits)
            truth = both((fits, test(act))) if fits is not False else False
            if truth is True:
                return Decision(found=act)
            if truth is None:
                open_ = open_ or act
            elif fits is True:
                failed = failed or act
        # Of those that perhaps concern the subject the first that passes leaves it open for good.
        for act in doubtful if open_ is None else ():
            if self.where.holds(facts, act, limits) is not False and test(act) is not False:
                open_ = act
                break
        return Decision(open=open_, failed=failed)

    def _concerned(self, facts: CaseFacts, subject: Act | None) -> tuple[list[Act], Iterable[Act]]:
        if subject is None or self.about is Concern.ANY:
            return [act for act in facts.acts(self.kinds) if act is not subject], ()
        return facts.concerning(self.kinds, subject)

    def doubts(
        self, facts: CaseFacts, act: Act, subject: Act | None, limits: Limits
    ) -> tuple[Settlement, ...]:
        """Return what would settle whether an act matches."""
        unsettled = self.where.unsettled(facts, act, limits)
        if subject is not None and self.doubts_concern(facts, act, subject):
            kind = facts.kind_of(act)
            paper = facts.vocabulary.papers_for(kind)[0]
            unsettled += (Settlement(paper, f"写明“{kind}”针对哪一环节（about）"),)
        return unsettled

    def doubts_concern(self, facts: CaseFacts, act: Act, subject: Act) -> bool:
        """Tell whether it is unknown which act of the subject's kind an act concerns."""
        if self.about is Concern.ANY or subject.id in act.about or act.id in subject.about:
            return False
        return len(facts.by_kind.get(facts.kind_of(subject), ())) > 1

    @property
    def words(self) -> str:
        """The choice in words, as in ``公示（平台为“信用中国”）``."""
        kinds = "、".join(self.kinds)
        return f"{kinds}（{self.where}）" if self.where.items else kinds
