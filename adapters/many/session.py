"""One run of many cases: inputs in, a report out, and a journal where the run may have to go on later."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from msgspec import Struct
from msgspec.structs import replace

from adapters.batch import Checker, Options, Unit
from adapters.inputs import STDIN, Kind, inputs
from adapters.many.journal import DAY, WIDTH, Journal, open_journal, path_of, stamp
from adapters.many.numbers import Numbers
from adapters.many.progress import Progress
from adapters.many.stream import checked_cases
from adapters.many.units import file_units, line_units, row_units
from adapters.reports.checked import Checked, Totals, Write
from adapters.reports.forms import report
from casefiles.problems import Problem, ProblemsError
from engine.rulebook import Rulebook

Cases = Generator[Checked, None, None]


class Session(Struct, frozen=True):
    """What to check and how: the names, what they stand for, how many processes, and where to go on.

    ``out`` is where the report goes, ``None`` for the screen; ``resume`` keeps a journal beside it.
    """

    names: tuple[str, ...]
    kind: Kind
    options: Options
    jobs: int | None = None
    out: Path | None = None
    resume: bool = False

    def total(self) -> int | None:
        """Return how many cases there are, ``None`` where only reading them tells."""
        return sum(1 for _ in inputs(self.names)) if self.kind == "files" else None

    def run(self, whole: Rulebook, write: Write, progress: Progress) -> tuple[Totals, str]:
        """Check everything and write the report; returns the totals and what the report has to say.

        Raises ProblemsError for what keeps the run from starting, and for a journal of another run.
        """
        units = self._units(whole)
        options = self.options
        if options.look.form == "text":
            ahead = list(islice(units, 2))
            units = chain(ahead, units)
            options = replace(options, look=replace(options.look, several=len(ahead) > 1))
        check = Checker(options, whole)
        if self.resume:
            return self._with_journal(check, units, write, progress)
        return self._reported(check, self._checked(check, units, Numbers(), progress), write)

    def conditions(self, check: Checker) -> Mapping[str, Any]:
        """Return what a run that goes on must have in common with the one before."""
        options, look = self.options, self.options.look
        return {
            "程序": check.head.program,
            "规则库": check.head.rulebook,
            DAY: options.as_of.isoformat(),
            "只用的规则": sorted(set(options.only)),
            "豁免清单": _digest(options.waivers),
            "映射配置": check.profile_digest(),
            "格式": look.form,
            WIDTH: look.width,
            "逐条列出": look.verbose,
            "附上推算": options.derivations,
            "一行一案": self.kind == "lines",
            "复核": options.confirm,
        }

    def _units(self, whole: Rulebook) -> Iterator[Unit]:
        found = inputs(self.names, kind=self.kind)
        if self.kind == "lines":
            return line_units(found, _stdin)
        if self.kind == "files":
            return file_units(found, _stdin)
        from adapters.tables.profile import read_profile

        return row_units(found, _stdin, read_profile(self.options.profile or "", whole.vocabulary))

    def _checked(
        self, check: Checker, units: Iterator[Unit], numbers: Numbers, progress: Progress, done: int = 0
    ) -> Cases:
        total = progress.total

        def left(more: int) -> int | None:
            return None if total is None else total - done - more

        jobs = self.jobs
        if jobs is None and self.kind == "lines" and STDIN in self.names:
            # Who writes line by line and waits for each answer would wait for ever for a chunk.
            jobs = 1
        cases = checked_cases(units, check, numbers, jobs=jobs, left=left)
        with closing(cases):
            for checked in cases:
                yield checked
                progress.step()

    def _reported(self, check: Checker, cases: Cases, write: Write) -> tuple[Totals, str]:
        totals = Totals()
        made = report(check.options.look, check.head, write)
        made.begin()
        with closing(cases):
            for checked in cases:
                totals.add(checked)
                made.add(checked)
        return totals, made.end(totals)

    def _with_journal(
        self, check: Checker, units: Iterator[Unit], write: Write, progress: Progress
    ) -> tuple[Totals, str]:
        assert self.out is not None
        path = path_of(self.out)
        stamps = (stamp(one.label, one.path) for one in inputs(self.names, kind=self.kind))
        journal = open_journal(path, self.conditions(check), stamps)
        try:
            numbers = Numbers()
            done = _skipped(journal, units, numbers, path)
            progress.skip(done)
            with closing(self._checked(check, units, numbers, progress, done)) as cases:
                for checked in cases:
                    journal.add(checked)
            return self._reported(check, journal.done(), write)
        finally:
            journal.close()


def _skipped(journal: Journal, units: Iterator[Unit], numbers: Numbers, path: Path) -> int:
    """Pass over the cases that are done, as if they had been checked just now; returns how many."""
    done = 0
    for checked in journal.done():
        unit = next(units, None)
        if unit is None:
            problem = Problem(str(path), None, None, "续接日志中的案卷比现有的多", "请删除后从头做")
            raise ProblemsError([problem])
        if checked.key:
            numbers.add(checked.key, unit.name)
        done += 1
    return done


def _digest(path: str | None) -> str | None:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if path else None


def _stdin() -> BinaryIO:
    return cast(BinaryIO, sys.stdin.buffer)
