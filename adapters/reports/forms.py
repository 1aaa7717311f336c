"""The forms of report by name: what makes the parts of a case, and what puts them together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from adapters.reports.checked import PartsOf, Report, Write
from adapters.results import Run

if TYPE_CHECKING:
    from adapters.reports.text import TextLook

FORMS = ("text", "json", "html", "sarif", "junit", "ndjson")


class Look(Struct, frozen=True):
    """Which report is wanted and how it looks; ``several`` tells that there is more than one case."""

    form: str
    verbose: bool = False
    several: bool = True
    width: int = 100
    colour: bool = False


def parts_of(look: Look, run: Run) -> PartsOf:
    """Return what makes the parts of one case; only the wanted form is imported."""
    match look.form:
        case "text":
            from adapters.reports.text import text_parts

            return partial(text_parts, run.as_of, _text_look(look))
        case "json":
            from adapters.reports.jsonreport import json_parts

            return partial(json_parts, 2)
        case "html":
            from adapters.reports.html import html_parts

            return html_parts
        case "sarif":
            from adapters.reports.sarif import sarif_parts

            return partial(sarif_parts, {rule.id: index for index, rule in enumerate(run.catalogue)})
        case "junit":
            from adapters.reports.junit import junit_parts

            return partial(junit_parts, run)
        case _:
            from adapters.reports.lineresult import line_parts

            return partial(line_parts, look.verbose)


def report(look: Look, run: Run, write: Write) -> Report:
    """Return what puts the parts of all cases together."""
    match look.form:
        case "text":
            from adapters.reports.text import TextReport

            return TextReport(run, _text_look(look), write)
        case "json":
            from adapters.reports.jsonreport import JsonReport

            return JsonReport(run, 2, write)
        case "html":
            from adapters.reports.html import TITLE, HtmlReport

            return HtmlReport(run, TITLE, write)
        case "sarif":
            from adapters.reports.sarif import SarifReport

            return SarifReport(run, write)
        case "junit":
            from adapters.reports.junit import JunitReport

            return JunitReport(run, write)
        case _:
            from adapters.reports.lineresult import LinesReport

            return LinesReport(write)


def _text_look(look: Look) -> TextLook:
    from adapters.reports.text import NARROWEST, TextLook

    return TextLook(max(look.width, NARROWEST), look.colour, look.verbose, look.several)
