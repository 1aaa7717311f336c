"""One finding, or many of one grade, as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.reports.grades import Grade, grade
from adapters.reports.lines import Line, Span, block, field
from adapters.reports.width import cells, cut, pad
from adapters.reports.wording import (
    laws,
    moment_words,
    needs,
    place,
    printable,
    waiver_words,
)
from casefiles.model import Location
from engine.findings import DerivationStep, Evidence, Finding, Outcome

# All signs are in GBK, so that an old Chinese console can show them.
SIGNS = {
    Grade.VETO: "×",
    Grade.MAJOR: "×",
    Grade.MINOR: "×",
    Grade.NOTE: "※",
    Grade.ERROR: "!",
    Grade.UNDETERMINED: "?",
    Grade.PENDING: "~",
    Grade.WAIVED: "-",
    Grade.NOT_APPLICABLE: "-",
    Grade.MET: "√",
}
STYLES = {
    Grade.VETO: "bold white on red",
    Grade.MAJOR: "bold red",
    Grade.MINOR: "bold yellow",
    Grade.NOTE: "bold cyan",
    Grade.ERROR: "bold magenta",
    Grade.UNDETERMINED: "bold blue",
    Grade.PENDING: "cyan",
    Grade.WAIVED: "dim",
    Grade.NOT_APPLICABLE: "dim",
    Grade.MET: "green",
}
_INDENT = 6
_QUOTE_CELLS = 60


def finding_lines(finding: Finding, width: int, verbose: bool) -> Iterator[Line]:
    """Yield a finding in full: what, why by law, where, until when, and what can be done."""
    key = grade(finding)
    lead = (Span("  "), Span(f"{SIGNS[key]} {key.chinese}", STYLES[key]), Span("  "))
    yield from block(lead, f"{finding.rule}  {finding.title}", width, "bold")
    yield from block([Span(" " * _INDENT)], finding.message, width)
    for label, text in _fields(finding, verbose):
        yield from field(label, text, width, _INDENT)


def _fields(finding: Finding, verbose: bool) -> Iterator[tuple[str, str]]:
    if finding.basis:
        yield "依据", laws(finding.basis)
    yield from _places(finding.evidence, verbose)
    if finding.due is not None:
        yield "期限", moment_words(finding.due)
    yield from _labelled("推算", [_step_words(step) for step in finding.derivation])
    if finding.settled_by:
        yield "需要", "；".join(needs(finding.settled_by))
    if finding.cure is not None:
        yield "补救", f"{finding.cure.kind}：{finding.cure.do}"
    if finding.waiver is not None:
        yield "豁免", waiver_words(finding.waiver)
    yield from _labelled("说明", finding.remarks)
    yield from _labelled("第二引擎", [finding.confirmed.chinese] if finding.confirmed else [])
    if verbose and finding.effect and finding.outcome is Outcome.BREACHED:
        yield "后果", finding.effect
    if verbose:
        yield "版本", f"{finding.version}  {finding.fingerprint}".rstrip()


def _places(evidence: Sequence[Evidence], verbose: bool) -> Iterator[tuple[str, str]]:
    found = [_place_words(item, item.location, verbose) for item in evidence if item.location]
    absent = [f"{item.role.chinese}：{item.text}" for item in evidence if not item.location]
    yield from _labelled("位置", found)
    yield from _labelled("情况" if found else "位置", absent)


def _place_words(item: Evidence, where: Location, verbose: bool) -> str:
    quote = printable(where.quote or "")
    quote = quote if verbose else cut(quote, _QUOTE_CELLS)
    pointer = f" {where.pointer}" if verbose and where.line is not None else ""
    quoted = f" “{quote}”" if quote else ""
    return f"{place(where)}{pointer}{quoted}（{item.role.chinese}：{item.text}）"


def _step_words(step: DerivationStep) -> str:
    counted = "" if step.counted is None else f"  第 {step.counted} {step.unit}"
    return f"{step.day.isoformat()}{counted}  {step.text}"


def _labelled(label: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts):
        yield "" if number else label, text


def compact_lines(key: Grade, findings: Sequence[Finding], width: int, most: int | None) -> Iterator[Line]:
    """Yield many findings of one grade, one line for each rule, and what they need together.

    At most *most* rules are named; a last line tells how many more there are.
    """
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    yield (Span("  "), Span(f"{SIGNS[key]} {key.chinese} {len(findings)} 项", STYLES[key]))
    shown = list(rules.values())[:most]
    column = min(max(cells(printable(group[0].rule)) for group in shown), width // 3)
    for group in shown:
        yield (Span(" " * _INDENT), Span(_rule_line(group, column, width - _INDENT)))
    if len(rules) > len(shown):
        left = sum(map(len, rules.values())) - sum(map(len, shown))
        yield (Span(" " * _INDENT), Span(f"另有 {left} 项，用 --verbose 逐项列出", "dim"))
    papers = needs(paper for finding in findings for paper in finding.settled_by)
    if papers:
        yield from field("需要", "；".join(papers), width, _INDENT)


def _rule_line(group: Sequence[Finding], column: int, width: int) -> str:
    first = group[0]
    times = f"（{len(group)} 处）" if len(group) > 1 else ""
    due = min((moment_words(each.due) for each in group if each.due), default="")
    rule = pad(cut(printable(first.rule), column), column)
    lead = f"{rule}  {due}  " if due else f"{rule}  "
    room = max(width - cells(lead) - cells(times), 8)
    return lead + cut(printable(first.title), room) + times
