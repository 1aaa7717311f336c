"""The report for a terminal: what is broken first, in Chinese, never wider than the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from adapters.reports.findingtext import SIGNS, STYLES, compact_lines, finding_lines
from adapters.reports.grades import QUIET, Grade, grade, needs_attention, tally, worst_first
from adapters.reports.lines import BLANK, Line, Span, block, paint
from adapters.reports.width import cells, cut, cut_start, pad
from adapters.reports.wording import moment_words, printable
from adapters.results import DueDuty, FileResult, Run
from casefiles.problems import Problem
from engine.findings import Finding

NARROWEST = 40
_COMPACT = frozenset({Grade.UNDETERMINED, Grade.PENDING})
_DUE_CELLS = len("2024-03-05 09:30")
_MOST_RULES = 8
_MOST_WARNINGS = 5
_ROW_CELLS = 72
"""Where a window is narrower, path, number and counts do not fit into one line."""


def render_text(run: Run, *, width: int = 80, colour: bool = False, verbose: bool = False) -> str:
    """Return the run for a terminal of *width* cells (at least 40), ending with a newline.

    ``verbose`` writes out every finding of every file with pointers, steps and versions; otherwise
    a file that breaks nothing takes one line where there are several files.
    """
    return paint(_report(run, max(width, NARROWEST), verbose), colour)


def _report(run: Run, width: int, verbose: bool) -> Iterator[Line]:
    yield from _head(run, width)
    several = len(run.files) > 1
    short = [file for file in run.files if several and not verbose and not needs_attention(file)]
    briefly = {id(file) for file in short}
    for file in run.files:
        if id(file) not in briefly:
            yield BLANK
            yield from _file(run, file, width, verbose)
    if short:
        yield BLANK
        yield from _short_list(short, width)
    yield BLANK
    yield from _totals(run, width)


def _head(run: Run, width: int) -> Iterator[Line]:
    words = f"截至 {run.as_of.isoformat()}  规则库 {run.rulebook}（{run.rules} 条规则）  {run.program}"
    yield from block([Span("案卷检查", "bold"), Span("  ")], words, width)
    yield (Span("=" * width, "dim"),)


def _file(run: Run, file: FileResult, width: int, verbose: bool) -> Iterator[Line]:
    yield from block([], file.file, width, "bold underline")
    about = (("案号", file.case), ("执法机关", file.agency), ("案由", file.cause))
    known = "  ".join(f"{label} {text}" for label, text in about if text)
    if known:
        yield from block([Span("  ")], known, width)
    for problem in file.error:
        yield from _problem(Span("  ! 无法读取  ", STYLES[Grade.ERROR]), problem, width)
    if file.findings:
        yield from block([Span("  ")], _tally_words(tally(file.findings)), width)
    for problem in file.warnings if verbose else file.warnings[:_MOST_WARNINGS]:
        yield from _problem(Span("  注意  ", "yellow"), problem, width)
    if len(file.warnings) > _MOST_WARNINGS and not verbose:
        yield (Span(f"  另有 {len(file.warnings) - _MOST_WARNINGS} 条注意事项", "dim"),)
    most = _MOST_RULES if len(run.files) > 1 else None
    yield from _findings(file, width, most, verbose)
    if file.due:
        yield BLANK
        yield from _due(file.due, run.as_of, width)


def _tally_words(counts: Mapping[Grade, int]) -> str:
    return "  ".join(f"{key.chinese} {count}" for key, count in counts.items())


def _problem(lead: Span, problem: Problem, width: int) -> Iterator[Line]:
    return block([lead], str(problem), width)


def _findings(file: FileResult, width: int, most: int | None, verbose: bool) -> Iterator[Line]:
    listed = {duty.rule for duty in file.due}
    by_grade: dict[Grade, list[Finding]] = {}
    for finding in worst_first(file.findings):
        by_grade.setdefault(grade(finding), []).append(finding)
    for key, findings in by_grade.items():
        if verbose:
            yield from _in_full(findings, width, verbose)
        elif key in _COMPACT:
            left = [each for each in findings if key is not Grade.PENDING or each.rule not in listed]
            if left:
                yield BLANK
                yield from compact_lines(key, left, width, most)
        elif key not in QUIET:
            yield from _in_full(findings, width, verbose)


def _in_full(findings: Sequence[Finding], width: int, verbose: bool) -> Iterator[Line]:
    for finding in findings:
        yield BLANK
        yield from finding_lines(finding, width, verbose)


def _due(duties: Sequence[DueDuty], as_of: date, width: int) -> Iterator[Line]:
    yield (Span("  "), Span(f"~ 待办 {len(duties)} 项（按期限先后）", STYLES[Grade.PENDING]))
    for duty in sorted(duties, key=lambda duty: (duty.due, duty.rule)):
        lead = Span(f"      {cut(printable(moment_words(duty.due)), _DUE_CELLS)}  ", "bold")
        left = _days_left(duty.due, as_of)
        yield from block([lead], f"{left}{duty.rule}  {duty.title}：{duty.text}", width)


def _days_left(due: str, as_of: date) -> str:
    try:
        days = (date.fromisoformat(due[:10]) - as_of).days
    except ValueError:
        return ""
    return f"还有 {days} 天  " if days > 0 else "今天到期  " if days == 0 else f"已过 {-days} 天  "


def _short_list(files: Sequence[FileResult], width: int) -> Iterator[Line]:
    yield (Span(f"未发现不合规的案卷 {len(files)} 个", "bold"),)
    file_column = min(max(cells(printable(file.file)) for file in files), width // 3)
    case_column = min(max(cells(printable(file.case or "")) for file in files), width // 3)
    room = width - 8 - file_column - case_column
    for file in files:
        key, words = _in_short(file)
        sign = Span(SIGNS[key], STYLES[key])
        if width < _ROW_CELLS:
            yield from block([Span("  "), sign, Span(" ")], file.file, width)
            yield from block([Span("     ")], f"{file.case or ''}  {words}", width, "dim")
            continue
        path = pad(cut_start(printable(file.file), file_column), file_column)
        number = pad(cut(printable(file.case or ""), case_column), case_column)
        yield (Span("  "), sign, Span(f" {path}  {number}  "), Span(cut(words, room), "dim"))


def _in_short(file: FileResult) -> tuple[Grade, str]:
    """Return the worst of what applies to a file, and its counts with those of the warnings."""
    counts = tally(file.findings)
    applied = dict(counts)
    applied.pop(Grade.NOT_APPLICABLE, None)
    applied = applied or counts
    warned = f"  注意 {len(file.warnings)}" if file.warnings else ""
    return next(iter(applied), Grade.NOT_APPLICABLE), _tally_words(applied) + warned


def _totals(run: Run, width: int) -> Iterator[Line]:
    items: Counter[Grade] = Counter()
    files: Counter[Grade] = Counter()
    for file in run.files:
        counts = tally(file.findings)
        items.update(counts)
        files.update(counts.keys())
    yield (Span("=" * width, "dim"),)
    yield (Span(f"合计 {len(run.files)} 个案卷，{items.total()} 项结论", "bold"),)
    yield (Span(f"  {pad('结论', 10)}{'项数':>6}{'案卷数':>6}", "dim"),)
    for key in Grade:
        style = STYLES[key] if items[key] else "dim"
        numbers = f"{items[key]:>8}{files[key]:>9}"
        yield (Span("  "), Span(key.chinese, style), Span(pad("", 10 - cells(key.chinese)) + numbers))
    yield from _failed("无法读取的案卷", [file for file in run.files if file.error], width)
    failed = [file for file in run.files if Grade.ERROR in tally(file.findings)]
    yield from _failed("执行出错的案卷", failed, width)


def _failed(title: str, files: Sequence[FileResult], width: int) -> Iterator[Line]:
    if not files:
        return
    yield (Span(f"{title} {len(files)} 个", STYLES[Grade.ERROR]),)
    for file in files:
        yield from block([Span("  ")], file.file, width)
