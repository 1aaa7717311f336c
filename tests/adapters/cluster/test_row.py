from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from adapters.cluster.entry import Entry, checked
from adapters.cluster.local import file_entries, local_rows
from adapters.cluster.row import COLUMNS, Row, failed_row, line_of, spark_schema
from adapters.cluster.shipping import Parcel, packed, unpacked
from adapters.reports.jsonreport import render_json
from adapters.results import Run
from adapters.run import results
from casefiles.model import CaseFile
from casefiles.terms import Vocabulary
from engine.findings import Outcome
from engine.rulebook import FOLDER, Rulebook
from tests.adapters.cluster.cases import AS_OF, KEPT, LATE, written
from tests.conftest import REPOSITORY

SAMPLES = REPOSITORY / "casefiles" / "samples"


def rows(data: bytes, parcel: Parcel, *, every: bool = False) -> list[Row]:
    return list(checked(Entry("案卷.json", data), unpacked(parcel), AS_OF, every=every))


def test_a_finding_is_a_row_with_its_place_basis_and_term(parcel: Parcel, rulebook: Rulebook) -> None:
    finding, case = rows(written(LATE), parcel)
    assert finding.kind == "finding" and case.kind == "case"
    assert (finding.rule, finding.outcome, finding.severity) == ("decision-published", "breached", "minor")
    assert (finding.case_number, finding.agency) == ("甲〔2024〕1号", "示例县农业农村局")
    assert finding.subject == "D" and finding.due == "2024-05-13"
    assert (finding.pointer, finding.line_number) == ("/acts/0", 1)
    assert finding.quote and finding.basis and finding.cure and finding.fingerprint
    assert (finding.as_of, finding.rulebook) == ("2024-12-31", rulebook.version)


def test_a_case_is_a_row_with_its_worst_outcome_and_its_counts(parcel: Parcel) -> None:
    late, kept = (rows(written(case), parcel)[-1] for case in (LATE, KEPT))
    assert (late.outcome, late.severity) == ("breached", "minor")
    assert (late.count_breached, late.count_met, late.count_not_applicable) == (1, 0, 1)
    assert (kept.outcome, kept.severity, kept.count_met) == ("met", None, 1)


def test_what_does_not_apply_is_a_row_on_demand_and_counted_always(parcel: Parcel) -> None:
    assert [row.outcome for row in rows(written(KEPT), parcel)] == ["met", "met"]
    every = rows(written(KEPT), parcel, every=True)
    assert sorted(str(row.outcome) for row in every) == ["met", "met", "not_applicable"]
    assert every[-1] == rows(written(KEPT), parcel)[-1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7", "PDF"),
        (b'{"number": ', "文件到此中断"),
        (written({**LATE, "kind": "行政处法"}), "行政处罚"),
    ],
    ids=["empty", "another format", "broken off", "a word misspelt"],
)
def test_what_cannot_be_read_is_one_row_with_all_its_problems(
    parcel: Parcel, data: bytes, words: str
) -> None:
    (row,) = rows(data, parcel)
    assert row.kind == "unreadable" and row.outcome is None
    assert words in str(row.message) and str(row.problems).startswith("案卷.json")


def test_several_problems_of_one_file_stand_on_lines_of_their_own(parcel: Parcel) -> None:
    (row,) = rows(written({**LATE, "kind": "甲", "field": "乙"}), parcel)
    assert len(str(row.problems).splitlines()) == 2


def test_oddities_of_a_case_stand_in_its_row(parcel: Parcel) -> None:
    data = written(LATE).decode().encode("gb18030")
    assert "UTF-8" in str(rows(data, parcel)[-1].problems)


def test_half_of_a_character_is_written_as_its_number(parcel: Parcel) -> None:
    row = failed_row("案\udce8卷.json", ValueError("\ud800"), AS_OF, "1")
    assert row.file == "案\\udce8卷.json"
    assert row.message == "执行出错：ValueError: \\ud800"
    (row,) = checked(Entry("\udcff.json", b""), unpacked(parcel), AS_OF)
    assert "\\udcff" in line_of(row).decode()


def test_the_columns_are_those_of_the_row_with_its_types(parcel: Parcel) -> None:
    kinds = {"string": str, "int": int}
    assert tuple(COLUMNS) == Row._fields
    for row in [*rows(written(LATE), parcel), *rows(b"", parcel)]:
        for name, value in row._asdict().items():
            assert value is None or type(value) is kinds[COLUMNS[name]], name
    assert spark_schema().startswith("`kind` string, `file` string, `input_line` int")


def test_rows_say_what_the_report_for_programs_says() -> None:
    """Two ways from the same results: nothing is lost or changed on the way into the table."""
    parcel = packed(FOLDER)
    rulebook = unpacked(parcel)
    table = list(local_rows(file_entries(str(SAMPLES)), parcel, AS_OF, every=True))
    report = json.loads(render_json(run_of(rulebook)))
    told = Counter(
        (file["file"], one["rule"], one["fingerprint"], one["outcome"], one["message"], one.get("due"))
        for file in report["files"]
        for one in file["findings"]
    )
    assert told == Counter(
        (row.file, row.rule, row.fingerprint, row.outcome, row.message, row.due)
        for row in table
        if row.kind == "finding"
    )
    for outcome, count in report["summary"].items():
        assert sum(getattr(row, f"count_{outcome}") for row in table if row.kind == "case") == count


def run_of(rulebook: Rulebook) -> Run:
    from adapters.readers.source import read_case

    paths = sorted(one for one in SAMPLES.iterdir() if one.suffix in (".json", ".xml"))
    readings = [read_case(one.as_posix(), one.read_bytes(), rulebook.vocabulary) for one in paths]
    checked_files = tuple(result for reading in readings for result in results([reading], rulebook, AS_OF))
    return Run(AS_OF, "anjuan", rulebook.version, len(rulebook.rules), checked_files)


def test_the_same_case_gives_the_same_bytes(parcel: Parcel) -> None:
    first, second = ([line_of(row) for row in rows(written(LATE), parcel)] for _ in range(2))
    assert first == second
    assert list(json.loads(first[0])) == list(COLUMNS)


def test_a_rule_that_fails_is_an_error_of_the_case(parcel: Parcel, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = unpacked(parcel).rule("decision-published")
    assert rule is not None

    def fail(*_: Any) -> Any:
        raise RuntimeError("planted")

    monkeypatch.setattr(type(rule.verb), "judge", fail)
    finding, case = rows(written(LATE), parcel)
    assert finding.outcome == case.outcome == Outcome.ERROR.value
    assert case.count_error == 1


def test_a_failure_outside_the_rules_is_a_row_too(parcel: Parcel, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> tuple[str, bytes, Vocabulary, CaseFile]:
        raise RecursionError("planted")

    monkeypatch.setattr("adapters.cluster.entry.read_case", fail)
    (row,) = rows(written(LATE), parcel)
    assert (row.kind, row.outcome) == ("failed", "error")
    assert row.message == "执行出错：RecursionError: planted"
