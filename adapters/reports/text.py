"""The report for a terminal: what is broken first, in Chinese, never wider than the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain

import msgspec

from adapters.reports.checked import Checked, Parts, Totals, Write, rendered
from adapters.reports.findingtext import SIGNS, STYLES, compact_lines, finding_lines
from adapters.reports.grades import QUIET, Grade, grade, needs_attention, tally_of, worst_first
from adapters.reports.lines import BLANK, Line, Span, block, paint
from adapters.reports.width import cells, cut, cut_start, pad
from adapters.reports.wording import moment_words, printable
from adapters.results import DueDuty, FileResult, Run
from adapters.spool import Spool
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
    look = TextLook(max(width, NARROWEST), colour, verbose, len(run.files) > 1)
    return rendered(run, partial(text_parts, run.as_of, look), partial(TextReport, run, look))


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a text report is laid out; ``several`` tells that there is more than one file."""

    width: int
    colour: bool
    verbose: bool
    several: bool


def text_parts(as_of: date, look: TextLook, file: FileResult, number: int) -> Parts:
    """Return the name of a file with its lines or, for a file that breaks nothing, with its row."""
    name = file.file.encode("utf-8", "surrogatepass")
    if look.several and not look.verbose and not needs_attention(file):
        key, words = _in_short(file)
        case = printable(file.case or "")
        path = printable(file.file)
        return name, msgspec.json.encode([key.value, path, case, words, cells(path), cells(case)])
    return name, b"", paint(chain((BLANK,), _file(as_of, file, look)), look.colour).encode()


class TextReport:
    """The text report: files in full as they come, then the short ones, then the totals."""

    def __init__(self, run: Run, look: TextLook, write: Write) -> None:
        self._run, self._look, self._write = run, look, write
        self._short, self._unread, self._failed = Spool(), Spool(), Spool()
        self._columns = [0, 0]

    def begin(self) -> None:
        """Write the head."""
        self._paint(_head(self._run, self._look.width))

    def add(self, checked: Checked) -> None:
        """Write the lines of a file, or keep its row for later."""
        name, row, *lines = checked.parts
        for text in lines:
            self._write(text)
        if row:
            self._short.add(row)
            widths = msgspec.json.decode(row)[-2:]
            self._columns = [max(pair) for pair in zip(self._columns, widths, strict=True)]
        if checked.failed or Grade.ERROR in checked.tally:
            self._failed.add(name)
        elif checked.unread:
            self._unread.add(name)

    def end(self, totals: Totals) -> str:
        """Write the rows of the short files and the totals."""
        if self._short:
            self._paint((BLANK, (Span(f"未发现不合规的案卷 {len(self._short)} 个", "bold"),)))
            for row in self._short:
                self._paint(_row(row, self._columns, self._look.width))
        self._paint(chain((BLANK,), _totals(totals, self._look.width)))
        self._paint(_failed("无法读取的案卷", self._unread, self._look.width))
        self._paint(_failed("执行出错的案卷", self._failed, self._look.width))
        return ""

    def _paint(self, lines: Iterable[Line]) -> None:
        self._write(paint(lines, self._look.colour).encode())


def _head(run: Run, width: int) -> Iterator[Line]:
    words = f"截至 {run.as_of.isoformat()}  规则库 {run.rulebook}（{run.rules} 条规则）  {run.program}"
    yield from block([Span("案卷检查", "bold"), Span("  ")], words, width)
    yield (Span("=" * width, "dim"),)


def _file(as_of: date, file: FileResult, look: TextLook) -> Iterator[Line]:
    width, verbose = look.width, look.verbose
    yield from block([], file.file, width, "bold underline")
    about = (("案号", file.case), ("执法机关", file.agency), ("案由", file.cause))
    known = "  ".join(f"{label} {text}" for label, text in about if text)
    if known:
        yield from block([Span("  ")], known, width)
    what = "执行出错" if file.failed else "无法读取"
    for problem in file.error:
        yield from _problem(Span(f"  ! {what}  ", STYLES[Grade.ERROR]), problem, width)
    if file.findings or file.untold:
        yield from block([Span("  ")], _tally_words(tally_of(file)), width)
    for problem in file.warnings if verbose else file.warnings[:_MOST_WARNINGS]:
        yield from _problem(Span("  注意  ", "yellow"), problem, width)
    if len(file.warnings) > _MOST_WARNINGS and not verbose:
        yield (Span(f"  另有 {len(file.warnings) - _MOST_WARNINGS} 条注意事项", "dim"),)
    most = _MOST_RULES if look.several else None
    yield from _findings(file, width, most, verbose)
    if file.due:
        yield BLANK
        yield from _due(file.due, as_of, width)


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


def _row(row: bytes, columns: Sequence[int], width: int) -> Iterator[Line]:
    grade_name, file, case, words, *_ = msgspec.json.decode(row)
    key = Grade(grade_name)
    sign = Span(SIGNS[key], STYLES[key])
    if width < _ROW_CELLS:
        yield from block([Span("  "), sign, Span(" ")], file, width)
        yield from block([Span("     ")], f"{case}  {words}", width, "dim")
        return
    file_column, case_column = (min(column, width // 3) for column in columns)
    room = width - 8 - file_column - case_column
    path = pad(cut_start(file, file_column), file_column)
    number = pad(cut(case, case_column), case_column)
    yield (Span("  "), sign, Span(f" {path}  {number}  "), Span(cut(words, room), "dim"))


def _in_short(file: FileResult) -> tuple[Grade, str]:
    """Return the worst of what applies to a file, and its counts with those of the warnings."""
    counts = tally_of(file)
    applied = dict(counts)
    applied.pop(Grade.NOT_APPLICABLE, None)
    applied = applied or counts
    warned = f"  注意 {len(file.warnings)}" if file.warnings else ""
    return next(iter(applied), Grade.NOT_APPLICABLE), _tally_words(applied) + warned


def _totals(totals: Totals, width: int) -> Iterator[Line]:
    items, files = totals.findings, totals.files_with
    yield (Span("=" * width, "dim"),)
    yield (Span(f"合计 {totals.files} 个案卷，{items.total()} 项结论", "bold"),)
    yield (Span(f"  {pad('结论', 10)}{'项数':>6}{'案卷数':>6}", "dim"),)
    for key in Grade:
        style = STYLES[key] if items[key] else "dim"
        numbers = f"{items[key]:>8}{files[key]:>9}"
        yield (Span("  "), Span(key.chinese, style), Span(pad("", 10 - cells(key.chinese)) + numbers))
    if totals.second_engine:
        yield from block([Span("第二引擎  ", "dim")], totals.second_engine, width)


def _failed(title: str, names: Spool, width: int) -> Iterator[Line]:
    if names:
        yield (Span(f"{title} {len(names)} 个", STYLES[Grade.ERROR]),)
    for name in names:
        yield from block([Span("  ")], name.decode("utf-8", "surrogatepass"), width)
