"""Verdicts of the second engine, and the truth tables by which they combine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.findings import Outcome

MET, BREACHED, PENDING, OPEN = Outcome.MET, Outcome.BREACHED, Outcome.PENDING, Outcome.UNDETERMINED
AWAY, ERROR = Outcome.NOT_APPLICABLE, Outcome.ERROR


@dataclass(frozen=True, slots=True)
class Judged:
    """What the second engine says of one rule in one file.

    ``subjects`` holds by the id of the act a verdict, or in words why there is none (``error`` where
    contradictory things were derived); ``without`` is the verdict where the file has no act that the
    rule is about; ``reason`` says why the rule as a whole was not decided, and ``failed`` that the
    library is the cause.
    """

    subjects: Mapping[str, Outcome | str]
    without: Outcome | None = None
    reason: str | None = None
    failed: bool = False

    def said(self, subject: str | None) -> Outcome | str:
        """Return what is said of one act, or of the file without one; in words why nothing is.

        An act of which nothing is held is outside of the rule.
        """
        if self.reason is not None:
            return self.reason
        if subject is not None:
            return self.subjects.get(subject, AWAY)
        if self.without is not None:
            return self.without
        return next((one for one in self.subjects.values() if one is not AWAY), AWAY)


def all_of(verdicts: Sequence[Outcome]) -> Outcome:
    """Return the verdict where everything is demanded."""
    return next((one for one in (BREACHED, OPEN, PENDING) if one in verdicts), MET)


def any_of(verdicts: Sequence[Outcome]) -> Outcome:
    """Return the verdict where one thing of several is demanded."""
    return next((one for one in (MET, OPEN, PENDING) if one in verdicts), BREACHED)


def denied(verdict: Outcome) -> Outcome:
    """Return the verdict where the thing must not be."""
    return {MET: BREACHED, BREACHED: MET}.get(verdict, verdict)


def bound(verdict: Outcome, possibly: bool, certainly: bool) -> Outcome | str:
    """Return the verdict of a rule that binds a subject possibly, certainly, or not at all."""
    if not possibly:
        return AWAY
    if verdict in (MET, ERROR) or certainly:
        return verdict
    if verdict is PENDING:
        return "未到期，而规则是否适用尚不明确：区别结案前后的不明，第二引擎不能表达"
    return OPEN
