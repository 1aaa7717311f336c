from __future__ import annotations

import math
import os
from pathlib import Path

from adapters.cluster import mapping
from adapters.cluster.entry import Entry
from adapters.cluster.mapping import Columns, entries
from adapters.cluster.row import COLUMNS
from adapters.cluster.shipping import Parcel, unpacked
from tests.adapters.cluster.cases import AS_OF, LATE, written


def test_a_batch_of_paths_and_bytes_is_cases() -> None:
    batch: Columns = {"path": ["a.json", "b.json"], "content": [b"{}", bytearray(b"<a/>")]}
    assert list(entries([batch], {})) == [Entry("a.json", b"{}"), Entry("b.json", b"<a/>")]


def test_a_text_is_its_bytes_and_keeps_its_line() -> None:
    batch: Columns = {"path": ["a.ndjson"], "content": ["甲"], "line": [7]}
    assert list(entries([batch], {})) == [Entry("a.ndjson", "甲".encode(), 7)]


def test_what_pandas_puts_where_nothing_is_counts_as_nothing() -> None:
    batch: Columns = {"path": ["a.json"], "content": [math.nan], "size": [5.0], "line": [math.nan]}
    assert list(entries([batch], {})) == [Entry("a.json", None, None, 5)]


def test_a_place_is_read_later_even_if_its_name_is_no_text() -> None:
    batch: Columns = {"path": ["案.json"], "place": [bytearray(b"/tmp/\xff.json")]}
    (entry,) = entries([batch], {})
    assert isinstance(entry.content, Path) and os.fsencode(entry.content) == b"/tmp/\xff.json"


def test_lines_are_counted_on_through_batches_and_anew_in_each_block() -> None:
    blocks = {("u", 0): ("全部.ndjson", 0), ("u", 100): ("全部.ndjson", 3), ("v", 0): ("另.ndjson", 0)}
    batches: list[Columns] = [
        {"path": ["u", "u"], "block": [0, 0], "content": [b"1", b""]},
        {"path": ["u", "v", "u"], "block": [0, 0, 100], "content": [b"3", b"1", b"4"]},
    ]
    assert [(one.file, one.line, one.content) for one in entries(batches, blocks)] == [
        ("全部.ndjson", 1, b"1"),
        ("全部.ndjson", 2, b""),
        ("全部.ndjson", 3, b"3"),
        ("另.ndjson", 1, b"1"),
        ("全部.ndjson", 4, b"4"),
    ]


def test_rows_are_handed_over_in_whole_columns_of_bounded_length(parcel: Parcel) -> None:
    cases = (Entry(f"{number}.json", written(LATE)) for number in range(2_600))
    tables = list(mapping._tables(cases, unpacked(parcel), AS_OF, every=False))
    assert [len(table["kind"]) for table in tables] == [mapping.ROWS, 200]
    assert list(tables[0]) == list(COLUMNS)


def test_no_case_gives_no_table(parcel: Parcel) -> None:
    assert list(mapping._tables([], unpacked(parcel), AS_OF, every=False)) == []
