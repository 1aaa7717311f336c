"""Confirming findings: the second engine's verdict held against the first one's.

No veto leaves the house on one engine's word: where the two disagree, the finding becomes an error
that shows both verdicts. What only one can decide is marked as such.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.findings import Confirmation, Finding, Outcome, Severity
from engine.rulebook import Rulebook

if TYPE_CHECKING:
    from adapters.confirmation.second import Second
    from engine.rete.verdicts import Judged

Which = Literal["veto", "all", "none"]
"""Which findings are confirmed: broken duties that are vetoes, every one, or none."""

Confirm = Callable[[CaseFile, Moment, Sequence[Finding]], tuple[Finding, ...]]
LIBRARY = "durable_rules_engine"


def is_installed() -> bool:
    """Tell whether the library of the second engine is there at all."""
    return find_spec(LIBRARY) is not None


class Confirmer:
    """Confirms the findings of one case after the other; the process starts with the first to confirm."""

    def __init__(self, rulebook: Rulebook, which: Which) -> None:
        self._rulebook = rulebook
        self._which = which
        self._second: Second | None = None

    def __call__(self, case: CaseFile, as_of: Moment, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return the findings, those that are to be confirmed with what the second engine says."""
        wanted = {id(finding) for finding in findings if self._is_wanted(finding)}
        if not wanted:
            return tuple(findings)
        verdicts = self._verdicts(case, as_of)
        found = (confirmed(finding, verdicts) if id(finding) in wanted else finding for finding in findings)
        if self._which == "all" and not isinstance(verdicts, Confirmation):
            return tuple(with_missed(found, verdicts))
        return tuple(found)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._second:
            self._second.close()

    def _is_wanted(self, finding: Finding) -> bool:
        if finding.outcome is Outcome.ERROR:
            return False
        if self._which == "veto":
            return finding.outcome is Outcome.BREACHED and finding.severity is Severity.VETO
        return self._which == "all"

    def _verdicts(self, case: CaseFile, as_of: Moment) -> dict[str, Judged] | Confirmation:
        """Return the verdicts of the second engine on a case, or why there are none."""
        if not is_installed():
            return Confirmation.UNAVAILABLE
        try:
            if self._second is None:
                self._second = self._started()
            return self._second.verdicts(case, as_of)
        except Exception:
            # Whatever goes wrong with the second engine costs the mark, never the first one's findings.
            return Confirmation.UNAVAILABLE

    def _started(self) -> Second:
        # Loaded with the first finding to confirm: most files have none, and would start a fifth later.
        from adapters.confirmation.second import Second

        return Second(self._rulebook, everything=self._which == "all")


def confirmed(finding: Finding, verdicts: dict[str, Judged] | Confirmation) -> Finding:
    """Return a finding with what the second engine says; an error where it says something else."""
    if isinstance(verdicts, Confirmation):
        return replace(finding, confirmed=verdicts)
    judged = verdicts.get(finding.rule)
    verdict = judged.said(finding.subject) if judged else None
    if not isinstance(verdict, Outcome):
        return replace(finding, confirmed=Confirmation.NOT_EXPRESSIBLE)
    if verdict is finding.outcome:
        return replace(finding, confirmed=Confirmation.YES)
    return _disagreed(finding, f"第一引擎为{finding.outcome.chinese}，第二引擎为{verdict.chinese}")


def _disagreed(finding: Finding, verdicts: str) -> Finding:
    message = f"执行出错：两个引擎的结论不一致：{verdicts}。第一引擎的说明：{finding.message}"
    return replace(finding, outcome=Outcome.ERROR, message=message, confirmed=Confirmation.DISAGREE)


def with_missed(findings: Iterable[Finding], verdicts: Mapping[str, Judged]) -> Iterator[Finding]:
    """Yield all findings on a case; an act that the first engine overlooked is told with its rule.

    Of the findings of a rule the first one becomes an error where the second engine says of a further
    act that the rule is about it.
    """
    found = list(findings)
    seen = {(finding.rule, finding.subject) for finding in found}
    told: set[str] = set()
    for finding in found:
        judged = verdicts.get(finding.rule)
        missed = _missed(finding.rule, judged, seen) if judged and finding.rule not in told else ""
        told.add(finding.rule)
        is_open = missed and finding.outcome is not Outcome.ERROR
        yield _disagreed(finding, missed) if is_open else finding


def _missed(rule: str, judged: Judged, seen: Collection[tuple[str, str | None]]) -> str:
    return "；".join(
        f"环节“{subject}”第一引擎没有结论，第二引擎为{verdict.chinese}"
        for subject, verdict in judged.subjects.items()
        if isinstance(verdict, Outcome)
        and verdict is not Outcome.NOT_APPLICABLE
        and (rule, subject) not in seen
    )
