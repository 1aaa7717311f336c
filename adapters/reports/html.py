"""The report for a browser and for paper: one file of HTML that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.reports.checked import Checked, Parts, Totals, Write, rendered
from adapters.reports.grades import QUIET, Grade, grade, tally, worst_first
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
from adapters.spool import Spool
from engine.findings import Finding, Outcome, Severity

FOLDER = Path(__file__).parent / "templates"

TITLE = "案卷评查报告"
MOST_LISTED = 1_000
"""How many files a page lists one by one; a browser is slow beyond some tens of megabytes."""


def render_html(run: Run, *, title: str = TITLE) -> str:
    """Return the run as a page that works offline, prints on A4 and runs no foreign code.

    Without JavaScript everything is shown; with it findings can be filtered and searched.
    """
    return rendered(run, html_parts, partial(HtmlReport, run, title))


def html_parts(file: FileResult, number: int) -> Parts:
    """Return the row of a file, its section, and a mark if nothing in it is to be looked at."""
    loud = _loud(file)
    given = {"file": file, "number": number + 1, "grades": list(Grade), "loud": loud}
    clean = not (loud or file.error)
    return _filled("row.html", given), _filled("section.html", given), b"clean" if clean else b""


class HtmlReport:
    """The page: rows and sections are kept until the totals, which stand above them, are known."""

    def __init__(self, run: Run, title: str, write: Write) -> None:
        self._run, self._title, self._write = run, title, write
        self._kept = Spool()
        self._count = 0
        self._to_look_at = 0
        self._listed = 0

    def begin(self) -> None:
        """Write nothing yet."""

    def add(self, checked: Checked) -> None:
        """Keep a file for later, or only count it where the page would grow too large."""
        clean = bool(checked.parts[2])
        self._to_look_at += not clean
        if self._count < MOST_LISTED or (not clean and self._listed < MOST_LISTED):
            self._listed += not clean
            self._kept.add(msgspec.msgpack.encode(checked.parts))
        self._count += 1

    def end(self, totals: Totals) -> str:
        """Write the whole page."""
        notice = self._notice()
        style, script = _source("report.css"), _source("report.js")
        given = {
            "run": self._run,
            "title": self._title,
            "totals": totals,
            "counts": {key: totals.findings[key] for key in Grade},
            "notice": notice,
            "grades": list(Grade),
            "outcomes": _worst_outcomes(),
            "severities": list(Severity),
            "style": Markup(style),
            "script": Markup(script),
            "style_hash": _hash(style),
            "script_hash": _hash(script),
        }
        self._write(_filled("head.html", given))
        self._copy(0)
        self._write(_filled("middle.html", given))
        self._copy(1)
        self._write(_filled("tail.html", given))
        return notice

    def _copy(self, part: int) -> None:
        for record in self._kept:
            parts = msgspec.msgpack.decode(record, type=tuple[bytes, ...])
            if self._count <= MOST_LISTED or not parts[2]:
                self._write(parts[part])

    def _notice(self) -> str:
        if self._count <= MOST_LISTED:
            return ""
        left = self._to_look_at - self._listed
        more = f"另有 {left} 个有待查看的案卷也没有列出；" if left else ""
        return (
            f"案卷超过 {MOST_LISTED} 个，网页只计入总数，不逐一列出没有问题的 "
            f"{self._count - self._to_look_at} 个案卷；{more}全部结论可用 --format ndjson 输出。"
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
    # Whole lines are put together from several templates.
    environment.keep_trailing_newline = True
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
        quiet=_quiet,
        due=_by_day,
    )
    return environment


def _filled(name: str, given: Mapping[str, Any]) -> bytes:
    return _environment().get_template(name).render(given).encode()


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


def _loud(file: FileResult) -> list[Finding]:
    return [each for each in worst_first(file.findings) if grade(each) not in QUIET]


def _quiet(file: FileResult) -> list[Finding]:
    return [each for each in worst_first(file.findings) if grade(each) in QUIET]


def _by_day(file: FileResult) -> Sequence[Any]:
    return sorted(file.due, key=lambda duty: (duty.due, duty.rule))
