"""The report for a browser and for paper: one file of HTML that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.reports.grades import QUIET, Grade, breaches, grade, tally, worst_first
from adapters.reports.wording import (
    chinese_date,
    law,
    laws,
    moment_words,
    needs,
    place,
    printable,
    waiver_words,
)
from adapters.results import FileResult, Run
from engine.findings import Finding, Outcome, Severity

FOLDER = Path(__file__).parent / "templates"


def render_html(run: Run, *, title: str = "案卷评查报告") -> str:
    """Return the run as a page that works offline, prints on A4 and runs no foreign code.

    Without JavaScript everything is shown; with it findings can be filtered and searched.
    """
    style, script = _source("report.css"), _source("report.js")
    return (
        _environment()
        .get_template("report.html")
        .render(
            run=run,
            title=title,
            grades=list(Grade),
            outcomes=_worst_outcomes(),
            severities=list(Severity),
            totals=_totals(run),
            broken=_broken(run),
            style=Markup(style),
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.filters.update(
        chinese_date=chinese_date,
        grade=grade,
        law=law,
        laws=laws,
        moment=moment_words,
        needs=needs,
        place=place,
        tally=tally,
        waiver=waiver_words,
        loud=_loud,
        quiet=_quiet,
        due=_by_day,
    )
    return environment


def _visible(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value


@cache
def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _hash(source: str) -> Markup:
    digest = hashlib.sha256(source.encode()).digest()
    return Markup(f"'sha256-{base64.b64encode(digest).decode()}'")


def _worst_outcomes() -> list[Outcome]:
    first = [Outcome.BREACHED, Outcome.ERROR, Outcome.UNDETERMINED]
    return first + [each for each in reversed(Outcome) if each not in first]


def _totals(run: Run) -> dict[Grade, int]:
    counts: Counter[Grade] = Counter()
    for file in run.files:
        counts.update(tally(file.findings))
    return {key: counts[key] for key in Grade}


def _broken(run: Run) -> int:
    return sum(breaches(tally(file.findings)) > 0 for file in run.files)


def _loud(file: FileResult) -> list[Finding]:
    return [each for each in worst_first(file.findings) if grade(each) not in QUIET]


def _quiet(file: FileResult) -> list[Finding]:
    return [each for each in worst_first(file.findings) if grade(each) in QUIET]


def _by_day(file: FileResult) -> Sequence[Any]:
    return sorted(file.due, key=lambda duty: (duty.due, duty.rule))
