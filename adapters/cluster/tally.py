"""What a run on a cluster came to, counted from the rows it wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.cluster.row import RowKind
from adapters.cluster.sources import escaped
from adapters.reports.checked import Totals
from adapters.reports.grades import Grade
from engine.findings import Outcome, Severity

MOST_NAMED = 10
"""How many of the cases that could not be checked are named on the screen."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of a run; ``findings`` by outcome and severity, those that do not apply left out.

    ``named`` are the first problems of what could not be checked, ``repeated`` how many case numbers
    an agency used more than once.
    """

    out: str
    cases: int
    unreadable: int
    findings: Mapping[tuple[Outcome, Severity], int]
    not_applicable: int
    repeated: int
    named: tuple[str, ...]

    def totals(self) -> Totals:
        """Return the counts as the exit code is decided by."""
        totals = Totals()
        totals.files, totals.unread = self.cases + self.unreadable, self.unreadable
        for (outcome, severity), count in self.findings.items():
            key = severity.value if outcome is Outcome.BREACHED else outcome.value
            totals.findings[Grade(key)] += count
        return totals

    def lines(self) -> Iterator[str]:
        """Yield the counts as lines for people."""
        yield from self.named
        yield f"案卷 {self.cases + self.unreadable} 个，其中读不了 {self.unreadable} 个"
        for outcome in reversed(Outcome):
            yield f"  {outcome.chinese}　{self._count(outcome)}{self._weights(outcome)}"
        if self.repeated:
            yield f"同一机关的同一案号出现不止一次的有 {self.repeated} 个，请核对是否重复"
        yield f"已写入 {self.out}"

    def _count(self, outcome: Outcome) -> int:
        if outcome is Outcome.NOT_APPLICABLE:
            return self.not_applicable
        return sum(count for (one, _), count in self.findings.items() if one is outcome)

    def _weights(self, outcome: Outcome) -> str:
        if outcome is not Outcome.BREACHED:
            return ""
        parts = (f"{one.chinese} {self.findings.get((outcome, one), 0)}" for one in Severity)
        return f"（{'，'.join(parts)}）"


def tally(spark: Any, out: str) -> Tally:
    """Count the rows of a result of a session."""
    from pyspark.sql.functions import col, count, lit
    from pyspark.sql.functions import sum as total

    rows = spark.read.parquet(escaped(out))
    kinds = dict(rows.groupBy("kind").agg(count(lit(1))).collect())
    cases = rows.where(col("kind") == RowKind.CASE.value)
    by_weight = (
        rows.where(col("kind") == RowKind.FINDING.value)
        .where(col("outcome") != Outcome.NOT_APPLICABLE.value)
        .groupBy("outcome", "severity")
        .agg(count(lit(1)))
    )
    findings = {(Outcome(one[0]), Severity(one[1])): one[2] for one in by_weight.collect()}
    failed = kinds.get(RowKind.FAILED.value, 0)
    if failed:
        # The program failed on a whole case: an error that outweighs all others.
        key = (Outcome.ERROR, Severity.VETO)
        findings[key] = findings.get(key, 0) + failed
    repeated = cases.groupBy("agency", "case_number").agg(count(lit(1)).alias("times"))
    wrong = rows.where(col("kind").isin(RowKind.UNREADABLE.value, RowKind.FAILED.value))
    first = wrong.orderBy("file", "input_line").limit(MOST_NAMED).collect()
    return Tally(
        out,
        kinds.get(RowKind.CASE.value, 0) + failed,
        kinds.get(RowKind.UNREADABLE.value, 0),
        findings,
        cases.agg(total("count_not_applicable")).collect()[0][0] or 0,
        repeated.where(col("times") > 1).count(),
        tuple(_problem(one) for one in first),
    )


def _problem(row: Any) -> str:
    line = row["input_line"] if row["line_number"] is None else row["line_number"]
    place = ":".join(str(part) for part in (row["file"], line, row["column_number"]) if part is not None)
    return f"{place}: {row['message']}"
