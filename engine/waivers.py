"""Waivers (豁免): a breach that somebody answers for, until a day. They hide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from casefiles.names import same_name
from engine.complaints import problems_of
from engine.documents import Day, Text
from engine.errors import RuleError
from engine.findings import Finding, Outcome, WaiverNote
from engine.source import load
from engine.written import Document


class Waiver(Document):
    """One waiver: which rule in which case (and, if named, which act), why, by whom, until when."""

    rule: Text
    case: Text
    subject: str | None = None
    reason: Text
    approver: Text
    until: Day

    def covers(self, finding: Finding, case: str) -> bool:
        """Tell whether the waiver speaks of a finding."""
        return (
            self.rule == finding.rule
            and same_name(self.case, case)
            and (self.subject is None or self.subject == finding.subject)
        )


class WaiverDocument(Document):
    """The file of waivers."""

    waivers: Annotated[tuple[Waiver, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _distinct(self) -> WaiverDocument:
        keys = [(one.rule, one.case, one.subject) for one in self.waivers]
        if len(keys) != len(set(keys)):
            raise ValueError("同一规则、案卷和环节重复豁免｜只保留一条")
        return self


def read_waivers(text: bytes, file: str, rules: Iterable[str]) -> tuple[Waiver, ...]:
    """Read a file of waivers; raises RuleError with every problem, unknown rules included."""
    source = load(text, file)
    try:
        document = WaiverDocument.model_validate(source.data)
    except ValidationError as error:
        raise RuleError(problems_of(error, source, WaiverDocument)) from None
    known = set(rules)
    problems = [
        source.problem(("waivers", index, "rule"), f"没有规则“{one.rule}”", "用 anjuan rules 查看")
        for index, one in enumerate(document.waivers)
        if one.rule not in known
    ]
    if problems:
        raise RuleError(problems)
    return document.waivers


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
