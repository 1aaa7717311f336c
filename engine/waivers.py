"""Waivers (豁免): a breach that somebody answers for, until a day. They hide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from casefiles.names import same_name
from engine.errors import RuleError
from engine.findings import Finding, Outcome, WaiverNote


class Waiver(Struct, frozen=True, kw_only=True):
    """One waiver: which rule in which case (and, if named, which act), why, by whom, until when."""

    rule: str
    case: str
    subject: str | None = None
    reason: str
    approver: str
    until: date

    def covers(self, finding: Finding, case: str) -> bool:
        """Tell whether the waiver speaks of a finding."""
        return (
            self.rule == finding.rule
            and same_name(self.case, case)
            and (self.subject is None or self.subject == finding.subject)
        )


def read_waivers(text: bytes, file: str, rules: Iterable[str]) -> tuple[Waiver, ...]:
    """Read a file of waivers; raises RuleError with every problem, unknown rules included."""
    # What reads documents is slow to import, and most checks have no waivers.
    from pydantic import ValidationError

    from engine.complaints import problems_of
    from engine.documents import WaiversDocument
    from engine.source import load

    source = load(text, file)
    try:
        document = WaiversDocument.model_validate(source.data)
    except ValidationError as error:
        raise RuleError(problems_of(error, source, WaiversDocument)) from None
    known = set(rules)
    problems = [
        source.problem(("waivers", index, "rule"), f"没有规则“{one.rule}”", "用 anjuan rules 查看")
        for index, one in enumerate(document.waivers)
        if one.rule not in known
    ]
    if problems:
        raise RuleError(problems)
    return tuple(Waiver(**one.model_dump()) for one in document.waivers)


def with_waivers(
    findings: Iterable[Finding], case: str, waivers: Sequence[Waiver], as_of: date
) -> Iterator[Finding]:
    """Yield the findings, the waived ones as waived with the outcome they would have otherwise.

    Only a breach can be waived. An expired waiver changes nothing and is shown as expired.
    """
    for finding in findings:
        waiver = next((one for one in waivers if one.covers(finding, case)), None)
        if waiver is None or finding.outcome is not Outcome.BREACHED:
            yield finding
            continue
        expired = waiver.until < as_of
        note = WaiverNote(waiver.reason, waiver.approver, waiver.until, expired, finding.outcome)
        outcome = finding.outcome if expired else Outcome.WAIVED
        yield replace(finding, outcome=outcome, waiver=note)
