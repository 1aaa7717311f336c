"""Grades: outcome and severity in one, as reports count, name and order findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from adapters.results import FileResult
from engine.findings import Finding, Outcome, Severity


class Grade(StrEnum):
    """The grade of a finding, the worst first: a breach by its severity, the rest by outcome."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    NOTE = "note"
    ERROR = "error"
    UNDETERMINED = "undetermined"
    PENDING = "pending"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    MET = "met"

    @property
    def chinese(self) -> str:
        """The word that users read."""
        return _WORDS[self]

    @property
    def outcome(self) -> Outcome:
        """The outcome of the findings of this grade."""
        return _OUTCOMES[self]

    @property
    def is_breach(self) -> bool:
        """Whether a duty is broken; a note (提示) is none."""
        return self in _BREACHES


_BREACHES = frozenset({Grade.VETO, Grade.MAJOR, Grade.MINOR})
QUIET = frozenset({Grade.MET, Grade.NOT_APPLICABLE})
"""Grades that reports count and do not spell out unless asked to."""

_WORDS = {Grade(severity.value): severity.chinese for severity in Severity} | {
    Grade(outcome.value): outcome.chinese for outcome in Outcome if outcome is not Outcome.BREACHED
}
_OUTCOMES = dict.fromkeys((*_BREACHES, Grade.NOTE), Outcome.BREACHED) | {
    Grade(outcome.value): outcome for outcome in Outcome if outcome is not Outcome.BREACHED
}
_RANK = {grade: rank for rank, grade in enumerate(Grade)}


def grade(finding: Finding) -> Grade:
    """Return the grade of a finding."""
    if finding.outcome is Outcome.BREACHED:
        return Grade(finding.severity.value)
    return Grade(finding.outcome.value)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by grade; within one grade they keep their order."""
    return sorted(findings, key=lambda finding: _RANK[grade(finding)])


def tally_of(result: FileResult) -> dict[Grade, int]:
    """Count the findings of a case by grade, those included that are not told."""
    counts = Counter(grade(finding) for finding in result.findings)
    counts.update({Grade(outcome.value): count for outcome, count in result.untold.items()})
    return {key: counts[key] for key in Grade if counts[key]}


def tally(findings: Iterable[Finding]) -> dict[Grade, int]:
    """Count findings by grade, the worst first; grades that do not occur are left out."""
    counts = Counter(grade(finding) for finding in findings)
    return {key: counts[key] for key in Grade if counts[key]}


def breaches(counts: Mapping[Grade, int]) -> int:
    """Return how many duties are broken."""
    return sum(count for key, count in counts.items() if key.is_breach)


def needs_attention(result: FileResult) -> bool:
    """Tell whether a file could not be read, breaks a duty, has one due, or made the engine fail."""
    counts = tally(result.findings)
    return bool(result.error or result.due or breaches(counts) or Grade.ERROR in counts)
