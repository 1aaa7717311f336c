"""One run: readings in, results out, in the order of the input."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from adapters.results import DueDuty, FileResult, Reading, Unreadable
from casefiles.moments import moment_of
from casefiles.names import normalised
from casefiles.problems import Problem
from engine.check import outcomes
from engine.findings import Finding, Outcome, located
from engine.rulebook import Rulebook
from engine.scope import moment_words
from engine.waivers import Waiver, with_waivers

if TYPE_CHECKING:
    from adapters.confirmation.confirming import Confirm


def results(
    readings: Iterable[Reading | Unreadable],
    rulebook: Rulebook,
    as_of: date,
    *,
    waivers: Sequence[Waiver] = (),
    derivations: bool = False,
) -> Iterator[FileResult]:
    """Yield the result of every case; what could not be read becomes a result with its problems.

    A case that bears the number of an earlier one is checked, with a warning: it may be there twice.
    """
    seen: dict[str, str] = {}
    for reading in readings:
        earlier = None
        if isinstance(reading, Reading):
            number = normalised(reading.case.number)
            earlier = seen.get(number)
            seen.setdefault(number, reading.file)
        yield result_of(reading, rulebook, as_of, waivers=waivers, derivations=derivations, earlier=earlier)


def result_of(
    reading: Reading | Unreadable,
    rulebook: Rulebook,
    as_of: date,
    *,
    waivers: Sequence[Waiver] = (),
    derivations: bool = False,
    earlier: str | None = None,
    told: Collection[Outcome] = frozenset(Outcome),
    confirm: Confirm | None = None,
) -> FileResult:
    """Return the result of one case; *earlier* names the source that had its number before.

    Findings with other outcomes than those *told* are only counted, which costs much less. *confirm*
    lets the second engine judge findings, before waivers count.
    """
    if isinstance(reading, Unreadable):
        return FileResult(reading.file, None, error=reading.problems)
    warnings = _too_early(reading, as_of)
    if earlier is not None:
        warnings += (_twice(reading, earlier),)
    return _result(reading, rulebook, as_of, waivers, derivations, warnings, told, confirm)


def _twice(reading: Reading, earlier: str) -> Problem:
    place = reading.locate(("number",))
    text = f"案号“{reading.case.number}”在 {earlier} 中已经有了"
    return Problem(reading.file, place.line, place.column, text, "请核对是否重复，重复的只留一份")


def _too_early(reading: Reading, as_of: date) -> tuple[Problem, ...]:
    """Warn where the day of the check lies before the last act: a slip in the year, perhaps."""
    begun = [(act.starts.day, index) for index, act in enumerate(reading.case.acts) if act.starts]
    if not begun or max(begun)[0] <= as_of.toordinal():
        return ()
    place = reading.locate(("acts", max(begun)[1]))
    text = f"检查日期 {as_of} 早于案卷中的环节"
    return (Problem(reading.file, place.line, place.column, text, "请核对 --as-of"),)


def _result(
    reading: Reading,
    rulebook: Rulebook,
    as_of: date,
    waivers: Sequence[Waiver],
    derivations: bool,
    warnings: tuple[Problem, ...],
    told: Collection[Outcome],
    confirm: Confirm | None,
) -> FileResult:
    case, day = reading.case, moment_of(as_of)
    found = outcomes(case, rulebook, day, derivations=derivations)
    judged = tuple(found.findings(told))
    if confirm is not None:
        judged = confirm(case, day, judged)
    waived = with_waivers(judged, case.number, waivers, as_of)
    findings = tuple(located(finding, reading.locate) for finding in waived)
    is_open = not found.is_closed
    return FileResult(
        file=reading.file,
        case=case.number,
        cause=case.cause,
        agency=case.agency.name,
        findings=findings,
        warnings=(*reading.warnings, *warnings),
        due=due_duties(findings) if is_open else (),
        is_open=is_open,
        untold={outcome: count for outcome, count in found.counts().items() if outcome not in told},
    )


def due_duties(findings: Iterable[Finding]) -> tuple[DueDuty, ...]:
    """Return the duties that are still to be kept, the most urgent first, those without a day last."""
    pending = [finding for finding in findings if finding.outcome is Outcome.PENDING]
    pending.sort(key=lambda one: (one.due is None, str(one.due), one.rule, one.subject or ""))
    return tuple(
        DueDuty(
            moment_words(one.due) if one.due else "（无固定期限）",
            one.rule,
            one.title,
            one.message,
        )
        for one in pending
    )
