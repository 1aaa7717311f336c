"""Checked cases on their way into a report, and the totals of a run.

A report over many files has two halves: the *parts* of one case, made where the case was checked,
and the report, which puts them together in the order of the input and holds no more than totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from adapters.reports.grades import Grade, breaches, tally_of
from adapters.results import FileResult, Run
from engine.findings import Confirmation, Finding, Outcome

Parts = tuple[bytes, ...]
PartsOf = Callable[[FileResult, int], Parts]
"""Makes the parts of a case; the number is its place in the input, from 0."""
Write = Callable[[bytes], None]


class Checked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One case as checked: its place in the input, a digest of its number, counts, and the parts.

    ``key`` is 0 where there is no case number; ``counts`` follow the order of the grades, and
    ``confirmed`` that of what the second engine can say.
    """

    number: int
    key: int
    unread: bool
    failed: bool
    counts: tuple[int, ...]
    parts: Parts
    confirmed: tuple[int, ...] = ()

    @property
    def tally(self) -> dict[Grade, int]:
        """How many findings have which grade; grades that do not occur are left out."""
        return {key: count for key, count in zip(Grade, self.counts, strict=True) if count}


class Report(Protocol):
    """The half of a report that puts the parts together."""

    def begin(self) -> None:
        """Write what comes before all cases."""

    def add(self, checked: Checked) -> None:
        """Take the next case."""

    def end(self, totals: Totals) -> str:
        """Write the rest; returns what the user has to know about the report, mostly nothing."""


class Totals:
    """What a run amounts to, counted as it goes."""

    def __init__(self) -> None:
        self.files = 0
        self.unread = 0
        self.failed = 0
        self.broken = 0
        self.findings: Counter[Grade] = Counter()
        self.files_with: Counter[Grade] = Counter()
        self.confirmed: Counter[Confirmation] = Counter()

    def add(self, checked: Checked) -> None:
        """Count one more case."""
        counts = checked.tally
        self.files += 1
        self.unread += checked.unread and not checked.failed
        self.failed += checked.failed
        self.broken += breaches(counts) > 0
        self.findings.update(counts)
        self.files_with.update(counts.keys())
        if checked.confirmed:
            self.confirmed.update(dict(zip(Confirmation, checked.confirmed, strict=True)))

    @property
    def second_engine(self) -> str:
        """What the second engine said of how many findings, in Chinese; empty if it was not asked."""
        if not self.confirmed.total():
            return ""
        return "、".join(f"{one.chinese} {self.confirmed[one]} 项" for one in Confirmation)

    def confirmations(self) -> dict[str, int]:
        """Count the findings by what the second engine says of them."""
        return {one.value: self.confirmed[one] for one in Confirmation}

    def summary(self) -> dict[str, int]:
        """Count the findings by the English name of their outcome, every outcome named."""
        return summed(self.findings)


def summed(counts: Counter[Grade] | dict[Grade, int]) -> dict[str, int]:
    """Return counts by grade as counts by outcome, every outcome named."""
    found = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for key, count in counts.items():
        found[key.outcome.value] += count
    return found


def checked_of(result: FileResult, number: int, key: int, parts: Parts) -> Checked:
    """Return a result, with the parts of its report, as it travels between processes."""
    counts = tally_of(result)
    return Checked(
        number=number,
        key=key,
        unread=bool(result.error),
        failed=result.failed,
        counts=tuple(counts.get(key, 0) for key in Grade),
        parts=parts,
        confirmed=_confirmed(result.findings),
    )


def _confirmed(findings: Iterable[Finding]) -> tuple[int, ...]:
    """Count findings by what the second engine says, nothing where it was asked about none."""
    counts = Counter(finding.confirmed for finding in findings if finding.confirmed)
    return tuple(counts[one] for one in Confirmation) if counts else ()


def rendered(run: Run, parts_of: PartsOf, report_with: Callable[[Write], Report]) -> str:
    """Return the report of a run whose results are all at hand."""
    written: list[bytes] = []
    whole(run.files, parts_of, report_with(written.append))
    return b"".join(written).decode()


def whole(results: Iterable[FileResult], parts_of: PartsOf, report: Report) -> Totals:
    """Put results into a report one after the other and return their totals."""
    totals = Totals()
    report.begin()
    for number, result in enumerate(results):
        checked = checked_of(result, number, 0, parts_of(result, number))
        totals.add(checked)
        report.add(checked)
    report.end(totals)
    return totals
