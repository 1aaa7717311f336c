"""The report for programs: JSON whose shape ``report.schema.json`` fixes.

The records below are that shape; the schema is generated from them. Fields with a default are left
out where there is nothing to tell.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from adapters.reports.checked import Checked, Parts, Totals, Write, rendered
from adapters.results import DueDuty, FileResult, Run
from casefiles.problems import Problem
from engine.findings import Confirmation, Evidence, Finding, Outcome, Role, Severity

R = TypeVar("R")
SCHEMA = Path(__file__).with_name("report.schema.json")

Line = Annotated[int, Meta(ge=1)]
MomentText = Annotated[
    str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$", description="a day or a day and time")
]


class Record(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Base of all records: what has its default is left out."""


class ProblemRecord(Record):
    """What is wrong with the input, where, and what to do."""

    text: str
    file: str
    line: Line | None = None
    column: Line | None = None
    advice: str = ""


class BasisRecord(Record, kw_only=True):
    """Where the law says so; ``mark``: V read in full, V2 in part, M from memory, I inferred."""

    law: str
    article: str
    since: date
    verified: date
    until: date | None = None
    mark: str
    note_until: date | None = None


class EvidenceRecord(Record):
    """A place that the finding rests on; ``line`` and ``column`` count from 1."""

    role: Role
    text: str
    file: str | None = None
    pointer: str | None = None
    line: Line | None = None
    column: Line | None = None
    quote: str | None = None


class StepRecord(Record):
    """One day of the derivation of a date; ``counted`` is the number that the day got."""

    day: date
    text: str
    counted: int | None = None


class SettlementRecord(Record):
    """A paper that would settle an open question, and what it would have to tell."""

    document: str
    tells: str


class CureRecord(Record):
    """What can lawfully be done now; ``kind`` is 补正, 说明, 自行纠正 or 不可补正."""

    kind: str
    do: str


class WaiverRecord(Record):
    """The waiver, and the outcome that stands without it."""

    reason: str
    approver: str
    until: date
    expired: bool
    without: Outcome


class FindingRecord(Record, kw_only=True):
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
    confirmed: Confirmation | None = None


class DueRecord(Record):
    """A duty of an open file that is still to be kept."""

    due: str
    rule: str
    title: str
    text: str


class FileRecord(Record, kw_only=True):
    """One case; ``error`` stands where it could not be read, and then there are no findings.

    ``line`` is where the case stands in a file of many; ``failed`` tells that the program, not the
    file, is to blame for the error.
    """

    file: str
    line: Line | None = None
    case: str | None
    cause: str | None = None
    agency: str | None = None
    open: bool = False
    error: list[ProblemRecord] = []
    failed: bool = False
    findings: list[FindingRecord]
    due: list[DueRecord] = []
    warnings: list[ProblemRecord] = []


class Summary(Record, omit_defaults=False):
    """How many findings have which outcome."""

    met: int
    not_applicable: int
    waived: int
    pending: int
    undetermined: int
    breached: int
    error: int


class Confirmations(Record, rename={"not_expressible": "not expressible"}):
    """What the second engine said of how many findings; left out where it was not asked."""

    yes: int
    not_expressible: int
    disagree: int
    unavailable: int


class Head(Record):
    """What was checked on which day against which rules."""

    as_of: date
    program: str
    rulebook: str
    rules: int


class Report(Record):
    """A whole run: what was checked on which day against which rules, and what came out.

    The summary comes last: it is known when the last file is.
    """

    as_of: date
    program: str
    rulebook: str
    rules: int
    files: list[FileRecord]
    summary: Summary
    confirmed: Confirmations | None = None


def render_json(run: Run, *, indent: int = 2) -> str:
    """Return the run as JSON, the same bytes for the same run; ``indent=0`` writes one line."""
    return rendered(run, partial(json_parts, indent), partial(JsonReport, run, indent))


def json_parts(indent: int, file: FileResult, number: int) -> Parts:
    """Return the record of a file as it stands inside the report."""
    return (laid_out(file_record(file), indent, 2),)


class JsonReport:
    """The JSON report: head, files as they come, summary."""

    def __init__(self, run: Run, indent: int, write: Write) -> None:
        self._run, self._indent, self._write = run, indent, write
        self._line = "\n" + " " * indent if indent else ""
        self._colon = '": ' if indent else '":'
        self._several = False

    def begin(self) -> None:
        """Write the head and open the list of files."""
        run = self._run
        head = Head(as_of=run.as_of, program=run.program, rulebook=run.rulebook, rules=run.rules)
        opened = laid_out(head, self._indent, 0)[:-1].removesuffix(b"\n")
        self._write(opened + f',{self._line}"files{self._colon}['.encode())

    def add(self, checked: Checked) -> None:
        """Write one file."""
        further = self._line + " " * self._indent
        self._write(f"{',' if self._several else ''}{further}".encode() + checked.parts[0])
        self._several = True

    def end(self, totals: Totals) -> str:
        """Close the list and write the summary."""
        closed = f"{self._line}]" if self._several else "]"
        summary = laid_out(Summary(**totals.summary()), self._indent, 1)
        self._write(f'{closed},{self._line}"summary{self._colon}'.encode() + summary)
        if totals.second_engine:
            confirmed = laid_out(totals.confirmations(), self._indent, 1)
            self._write(f',{self._line}"confirmed{self._colon}'.encode() + confirmed)
        self._write(b"\n}\n" if self._indent else b"}\n")
        return ""


def laid_out(record: object, indent: int, depth: int) -> bytes:
    """Return a record as JSON, indented as it stands so deep inside a document."""
    try:
        written = msgspec.json.encode(record)
    except UnicodeEncodeError:  # half of a surrogate pair, as in a file name that is no UTF-8
        written = msgspec.json.encode(_without_surrogates(msgspec.to_builtins(record)))
    if not indent:
        return written
    # A text in JSON holds no line break, so every break is one of the layout.
    return msgspec.json.format(written, indent=indent).replace(b"\n", b"\n" + b" " * (indent * depth))


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema of the report."""
    schema = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "anjuan: report of a check (案卷检查结果)",
        **schema,
    }


def file_record(result: FileResult) -> FileRecord:
    """Return the record of a file, all its findings in it."""
    return FileRecord(
        file=result.file,
        line=result.line,
        case=result.case,
        cause=result.cause,
        agency=result.agency,
        open=result.is_open,
        error=problem_records(result.error),
        failed=result.failed,
        findings=[finding_record(finding) for finding in result.findings],
        due=due_records(result.due),
        warnings=problem_records(result.warnings),
    )


def problem_records(problems: tuple[Problem, ...]) -> list[ProblemRecord]:
    """Return problems as records."""
    return _records(problems, ProblemRecord)


def due_records(duties: tuple[DueDuty, ...]) -> list[DueRecord]:
    """Return duties that are still to be kept as records."""
    return _records(duties, DueRecord)


def finding_record(finding: Finding) -> FindingRecord:
    """Return a finding as a record."""
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
        confirmed=finding.confirmed,
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
