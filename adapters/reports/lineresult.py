"""The report for pipes and clusters: one line of JSON for each case, whose shape ``line.schema.json`` fixes.

Findings that are neither met nor not applicable are written in full, in the shape of the JSON
report; the others are only counted unless asked for.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from adapters.reports.checked import Checked, Parts, Totals, Write, rendered, summed
from adapters.reports.grades import QUIET, grade, tally_of
from adapters.reports.jsonreport import (
    DueRecord,
    FindingRecord,
    Line,
    ProblemRecord,
    Record,
    Summary,
    due_records,
    finding_record,
    laid_out,
    problem_records,
)
from adapters.results import FileResult, Run

SCHEMA = Path(__file__).with_name("line.schema.json")


class LineRecord(Record, kw_only=True):
    """The result of one case; ``line`` is where it stands in a file of many, counted from 1.

    ``error`` stands where it could not be read or, with ``failed``, where the program failed.
    """

    file: str
    line: Line | None = None
    case: str | None
    agency: str | None = None
    open: bool = False
    counts: Summary
    error: list[ProblemRecord] = []
    failed: bool = False
    findings: list[FindingRecord]
    due: list[DueRecord] = []
    warnings: list[ProblemRecord] = []


def line_of(result: FileResult, *, verbose: bool = False) -> bytes:
    """Return the result of a case as one line, its end included."""
    record = LineRecord(
        file=result.file,
        line=result.line,
        case=result.case,
        agency=result.agency,
        open=result.is_open,
        counts=Summary(**summed(tally_of(result))),
        error=problem_records(result.error),
        failed=result.failed,
        findings=[
            finding_record(finding) for finding in result.findings if verbose or grade(finding) not in QUIET
        ],
        due=due_records(result.due),
        warnings=problem_records(result.warnings),
    )
    return laid_out(record, 0, 0) + b"\n"


def render_lines(run: Run, *, verbose: bool = False) -> str:
    """Return the run as lines, the same bytes for the same run."""
    return rendered(run, partial(line_parts, verbose), LinesReport)


def line_parts(verbose: bool, file: FileResult, number: int) -> Parts:
    """Return the line of a case."""
    return (line_of(file, verbose=verbose),)


class LinesReport:
    """The lines as they come, and nothing else."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def begin(self) -> None:
        """Write nothing."""

    def add(self, checked: Checked) -> None:
        """Write the line of a case."""
        self._write(checked.parts[0])

    def end(self, totals: Totals) -> str:
        """Write nothing."""
        return ""


def line_schema() -> dict[str, Any]:
    """Return the JSON Schema of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "anjuan: result of one case, a line each (逐案检查结果)",
        **msgspec.json.schema(LineRecord),
    }
