"""The report for programs: JSON whose shape ``report.schema.json`` fixes.

The records below are that shape; the schema is generated from them. Fields with a default are left
out where there is nothing to tell.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from adapters.results import FileResult, Run
from engine.findings import Evidence, Finding, Outcome, Role, Severity

R = TypeVar("R")
SCHEMA = Path(__file__).with_name("report.schema.json")

Line = Annotated[int, Meta(ge=1)]
MomentText = Annotated[
    str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$", description="a day or a day and time")
]


class _Record(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    pass


class ProblemRecord(_Record):
    """What is wrong with the input, where, and what to do."""

    text: str
    file: str
    line: Line | None = None
    column: Line | None = None
    advice: str = ""


class BasisRecord(_Record, kw_only=True):
    """Where the law says so; ``mark``: V read in full, V2 in part, M from memory, I inferred."""

    law: str
    article: str
    since: date
    verified: date
    until: date | None = None
    mark: str
    note_until: date | None = None


class EvidenceRecord(_Record):
    """A place that the finding rests on; ``line`` and ``column`` count from 1."""

    role: Role
    text: str
    file: str | None = None
    pointer: str | None = None
    line: Line | None = None
    column: Line | None = None
    quote: str | None = None


class StepRecord(_Record):
    """One day of the derivation of a date; ``counted`` is the number that the day got."""

    day: date
    text: str
    counted: int | None = None


class SettlementRecord(_Record):
    """A paper that would settle an open question, and what it would have to tell."""

    document: str
    tells: str


class CureRecord(_Record):
    """What can lawfully be done now; ``kind`` is 补正, 说明, 自行纠正 or 不可补正."""

    kind: str
    do: str


class WaiverRecord(_Record):
    """The waiver, and the outcome that stands without it."""

    reason: str
    approver: str
    until: date
    expired: bool
    without: Outcome


class FindingRecord(_Record, kw_only=True):
    """What was found for one rule and, where there is one, its subject."""

    rule: str
    title: str
    outcome: Outcome
    severity: Severity
    effect: str
    subject: str | None
    message: str
    basis: list[BasisRecord]
    evidence: list[EvidenceRecord]
    due: MomentText | None = None
    derivation: list[StepRecord] = []
    settled_by: list[SettlementRecord] = []
    cure: CureRecord | None = None
    fingerprint: str
    version: str
    waiver: WaiverRecord | None = None
    remarks: list[str] = []


class DueRecord(_Record):
    """A duty of an open file that is still to be kept."""

    due: str
    rule: str
    title: str
    text: str


class FileRecord(_Record, kw_only=True):
    """One case; ``error`` stands where it could not be read, and then there are no findings."""

    file: str
    case: str | None
    cause: str | None = None
    agency: str | None = None
    open: bool = False
    error: list[ProblemRecord] = []
    findings: list[FindingRecord]
    due: list[DueRecord] = []
    warnings: list[ProblemRecord] = []


class Summary(_Record, omit_defaults=False):
    """How many findings have which outcome."""

    met: int
    not_applicable: int
    waived: int
    pending: int
    undetermined: int
    breached: int
    error: int


class Report(_Record):
    """A whole run: what was checked on which day against which rules, and what came out."""

    as_of: date
    program: str
    rulebook: str
    rules: int
    summary: Summary
    files: list[FileRecord]


def render_json(run: Run, *, indent: int = 2) -> str:
    """Return the run as JSON, the same bytes for the same run; ``indent=0`` writes one line."""
    report = _report(run)
    try:
        written = msgspec.json.encode(report)
    except UnicodeEncodeError:  # half of a surrogate pair, as in a file name that is no UTF-8
        written = msgspec.json.encode(_without_surrogates(msgspec.to_builtins(report)))
    if indent:
        written = msgspec.json.format(written, indent=indent)
    return written.decode() + "\n"


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of the report."""
    schema = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "anjuan: report of a check (案卷检查结果)",
        **schema,
    }


def _report(run: Run) -> Report:
    return Report(
        as_of=run.as_of,
        program=run.program,
        rulebook=run.rulebook,
        rules=run.rules,
        summary=Summary(**run.summary()),
        files=[_file(result) for result in run.files],
    )


def _file(result: FileResult) -> FileRecord:
    return FileRecord(
        file=result.file,
        case=result.case,
        cause=result.cause,
        agency=result.agency,
        open=result.is_open,
        error=_records(result.error, ProblemRecord),
        findings=[_finding(finding) for finding in result.findings],
        due=_records(result.due, DueRecord),
        warnings=_records(result.warnings, ProblemRecord),
    )


def _finding(finding: Finding) -> FindingRecord:
    return FindingRecord(
        rule=finding.rule,
        title=finding.title,
        outcome=finding.outcome,
        severity=finding.severity,
        effect=finding.effect,
        subject=finding.subject,
        message=finding.message,
        basis=_records(finding.basis, BasisRecord),
        evidence=[_evidence(item) for item in finding.evidence],
        due=None if finding.due is None else str(finding.due),
        derivation=_records(finding.derivation, StepRecord),
        settled_by=_records(finding.settled_by, SettlementRecord),
        cure=_record(finding.cure, CureRecord),
        fingerprint=finding.fingerprint,
        version=finding.version,
        waiver=_record(finding.waiver, WaiverRecord),
        remarks=list(finding.remarks),
    )


def _evidence(item: Evidence) -> EvidenceRecord:
    where = item.location
    if where is None:
        return EvidenceRecord(role=item.role, text=item.text)
    return EvidenceRecord(
        role=item.role,
        text=item.text,
        file=where.file,
        pointer=where.pointer,
        line=where.line,
        column=where.column,
        quote=where.quote,
    )


def _record(value: object, kind: type[R]) -> R | None:
    return None if value is None else msgspec.convert(value, kind, from_attributes=True)


def _records(values: tuple[object, ...], kind: type[R]) -> list[R]:
    return [msgspec.convert(value, kind, from_attributes=True) for value in values]


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return value
