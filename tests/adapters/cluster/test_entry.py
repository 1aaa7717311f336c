from __future__ import annotations

from pathlib import Path

import pytest

from adapters.cluster.entry import Entry, checked
from adapters.cluster.row import Row
from adapters.cluster.shipping import Parcel, unpacked
from adapters.readers.filebytes import MOST_BYTES
from tests.adapters.cluster.cases import AS_OF, LATE, written


def rows(entry: Entry, parcel: Parcel) -> list[Row]:
    return list(checked(entry, unpacked(parcel), AS_OF))


def test_a_line_is_known_by_its_number_in_the_whole_file(parcel: Parcel) -> None:
    finding, case = rows(Entry("全部.ndjson", written(LATE), line=17), parcel)
    assert (finding.input_line, finding.line_number, case.input_line) == (17, 17, 17)
    assert finding.column_number and finding.column_number > 1


def test_the_problems_of_a_line_are_told_at_its_number(parcel: Parcel) -> None:
    (row,) = rows(Entry("全部.ndjson", b'{"number": ', line=17), parcel)
    assert (row.kind, row.line_number) == ("unreadable", 17)
    assert str(row.problems).startswith("全部.ndjson:17:")


def test_the_oddities_of_a_line_are_told_at_its_number(parcel: Parcel) -> None:
    data = written(LATE).decode().encode("gb18030")
    assert str(rows(Entry("全部.ndjson", data, line=17), parcel)[-1].problems).startswith("全部.ndjson:17:")


@pytest.mark.parametrize("blank", [b"", b" \t\r"], ids=["empty", "white space"])
def test_a_blank_line_is_no_case_but_an_empty_file_is_a_problem(parcel: Parcel, blank: bytes) -> None:
    assert rows(Entry("全部.ndjson", blank, line=3), parcel) == []
    assert [row.kind for row in rows(Entry("空.json", blank), parcel)] == ["unreadable"]


def test_a_file_is_read_where_it_is_checked(parcel: Parcel, tmp_path: Path) -> None:
    path = tmp_path / "late.json"
    path.write_bytes(written(LATE))
    there = rows(Entry("案卷.json", path), parcel)
    assert there == rows(Entry("案卷.json", written(LATE)), parcel)


def test_a_file_that_is_gone_is_told_under_its_own_name(parcel: Parcel, tmp_path: Path) -> None:
    (row,) = rows(Entry("案卷.json", tmp_path / "gone.json"), parcel)
    assert row.kind == "unreadable"
    assert str(row.problems).startswith("案卷.json: 没有这个文件")


@pytest.mark.parametrize(
    ("size", "words"), [(MOST_BYTES + 1, "文件过大"), (10, "无法读取"), (None, "无法读取")]
)
def test_a_content_that_is_not_carried_is_told(parcel: Parcel, size: int | None, words: str) -> None:
    (row,) = rows(Entry("案卷.json", None, size=size), parcel)
    assert row.kind == "unreadable" and words in str(row.message)
