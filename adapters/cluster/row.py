"""The rows of a check as a flat table: one for each finding, and one for each case.

Every value is a text or a number, so that any tool that reads Parquet can use them; lists are joined
as they are in the other reports. The same input gives the same rows, wherever they are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import msgspec

from adapters.program import VERSION
from adapters.reports.wording import laws, needs
from adapters.results import FileResult
from casefiles.problems import Problem
from engine.findings import Finding, Outcome, Severity

_FROM_BEST = (
    Outcome.NOT_APPLICABLE,
    Outcome.MET,
    Outcome.WAIVED,
    Outcome.PENDING,
    Outcome.UNDETERMINED,
    Outcome.BREACHED,
    Outcome.ERROR,
)


class RowKind(StrEnum):
    """What a row tells of: a finding, a whole case, what could not be read, or a failure of the program."""

    FINDING = "finding"
    CASE = "case"
    UNREADABLE = "unreadable"
    FAILED = "failed"


class Row(NamedTuple):
    """One row; which fields are filled depends on ``kind``.

    ``input_line`` is the line of the case in a file of many; the counts are those of a whole case,
    what does not apply included; ``problems`` are what is wrong with the input, or odd, one a line.
    """

    kind: str
    file: str
    input_line: int | None = None
    case_number: str | None = None
    agency: str | None = None
    rule: str | None = None
    version: str | None = None
    title: str | None = None
    subject: str | None = None
    outcome: str | None = None
    severity: str | None = None
    effect: str | None = None
    message: str | None = None
    basis: str | None = None
    due: str | None = None
    settled_by: str | None = None
    cure: str | None = None
    remarks: str | None = None
    pointer: str | None = None
    line_number: int | None = None
    column_number: int | None = None
    quote: str | None = None
    fingerprint: str | None = None
    confirmed: str | None = None
    problems: str | None = None
    count_met: int | None = None
    count_not_applicable: int | None = None
    count_waived: int | None = None
    count_pending: int | None = None
    count_undetermined: int | None = None
    count_breached: int | None = None
    count_error: int | None = None
    as_of: str | None = None
    rulebook: str | None = None
    program: str | None = None


_COUNTED = ("input_line", "line_number", "column_number")
COLUMNS = {name: "int" if name in _COUNTED or name.startswith("count_") else "string" for name in Row._fields}
"""The columns in order, each with its type in the words of Spark."""


def spark_schema() -> str:
    """Return the columns as a schema that Spark reads."""
    return ", ".join(f"`{name}` {kind}" for name, kind in COLUMNS.items())


def rows_of(result: FileResult, as_of: date, rulebook: str, *, line: int | None = None) -> Iterator[Row]:
    """Yield the rows of one result: its findings, then the case as a whole.

    *line* is the line of the case in a file of many.
    """
    base = _base(result, as_of, rulebook, line)
    if result.error:
        yield _unreadable(base, result.error)
        return
    for finding in result.findings:
        yield _clean(_finding(base, finding))
    yield _clean(_case(base, result))


def failed_row(file: str, error: Exception, as_of: date, rulebook: str, line: int | None = None) -> Row:
    """Return the row that stands for a case at which the program itself failed."""
    base = _base(FileResult(file, None), as_of, rulebook, line)
    message = f"执行出错：{type(error).__name__}: {error}"
    return _clean(base._replace(kind=RowKind.FAILED, outcome=Outcome.ERROR, message=message))


def line_of(row: Row) -> bytes:
    """Return a row as one line of JSON, the same bytes for the same row: what sorting compares."""
    return msgspec.json.encode(row._asdict())


def _base(result: FileResult, as_of: date, rulebook: str, line: int | None) -> Row:
    return Row(
        kind=RowKind.CASE,
        file=result.file,
        input_line=line,
        case_number=result.case,
        agency=result.agency,
        as_of=as_of.isoformat(),
        rulebook=rulebook,
        program=f"anjuan {VERSION}",
    )


def _finding(base: Row, finding: Finding) -> Row:
    place = next((item.location for item in finding.evidence if item.location), None)
    confirmed = getattr(finding, "confirmed", None)
    return base._replace(
        kind=RowKind.FINDING,
        rule=finding.rule,
        version=finding.version,
        title=finding.title,
        subject=finding.subject,
        outcome=finding.outcome,
        severity=finding.severity,
        effect=finding.effect,
        message=finding.message,
        basis=laws(finding.basis) or None,
        due=str(finding.due) if finding.due else None,
        settled_by="；".join(needs(finding.settled_by)) or None,
        cure=f"{finding.cure.kind}：{finding.cure.do}" if finding.cure else None,
        remarks="；".join(finding.remarks) or None,
        pointer=place.pointer if place else None,
        line_number=place.line if place else None,
        column_number=place.column if place else None,
        quote=place.quote if place else None,
        fingerprint=finding.fingerprint or None,
        confirmed=None if confirmed is None else str(confirmed),
    )


def _case(base: Row, result: FileResult) -> Row:
    """Return the row of a case: its worst outcome, and how much the worst breach of it weighs."""
    counts = Counter(finding.outcome for finding in result.findings)
    counts.update(result.untold)
    broken = {one.severity for one in result.findings if one.outcome is Outcome.BREACHED}
    told = {
        **base._asdict(),
        **{f"count_{outcome.value}": counts[outcome] for outcome in Outcome},
        "outcome": max(+counts, key=_FROM_BEST.index, default=None),
        "severity": next((one for one in Severity if one in broken), None),
        "problems": _lines(result.warnings),
    }
    return Row(**told)


def _unreadable(base: Row, problems: tuple[Problem, ...]) -> Row:
    first = problems[0]
    return _clean(
        base._replace(
            kind=RowKind.UNREADABLE,
            message=first.text + (f"（{first.advice}）" if first.advice else ""),
            line_number=first.line,
            column_number=first.column,
            problems=_lines(problems),
        )
    )


def _lines(problems: Iterable[Problem]) -> str | None:
    return "\n".join(str(problem) for problem in problems) or None


def _clean(row: Row) -> Row:
    """Return the row in plain texts that UTF-8 can write: half of a surrogate pair shows its number."""
    return Row._make(_written(value) if isinstance(value, str) else value for value in row)


def _written(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
