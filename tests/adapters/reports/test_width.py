from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from adapters.reports.width import cells, cut, cut_start, pad, wrap

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("案卷", 4), ("“案”", 6), ("𠮷", 2), ("e\u0301", 1), ("①…—", 6), ("❤\ufe0f", 3), ("", 0)],
)
def test_a_text_takes_the_most_cells_any_terminal_gives_it(text: str, width: int) -> None:
    assert cells(text) == width


def test_no_character_is_wider_on_a_terminal_than_it_is_counted() -> None:
    planes = (*range(0x20, 0xD800), *range(0xE000, 0x20000))
    assert [hex(code) for code in planes if cells(chr(code)) < cell_len(chr(code))] == []


@given(TEXT, st.integers(4, 40))
def test_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width and cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五。六", 10, ["一二三四", "五。六"]),  # a full stop never begins a line
        ("甲乙丙丁（戊）", 10, ["甲乙丙丁", "（戊）"]),  # a bracket never ends one
        ("依照第五十八条第一款", 14, ["依照第五十八条", "第一款"]),  # articles stay whole
        ("见 118号 二（六）项", 12, ["见 118号", "二（六）项"]),
        ("a/long/path.json:12", 8, ["a/long/p", "ath.json", ":12"]),
        ("", 8, [""]),
    ],
)
def test_lines_break_where_chinese_may_be_broken(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(TEXT, st.integers(4, 40))
def test_what_is_cut_fits_and_shows_that_it_was_cut(text: str, width: int) -> None:
    for short, whole in ((cut(text, width), text), (cut_start(text, width), text)):
        assert cells(short) <= width
        assert short == whole or "…" in short


def test_padding_counts_cells() -> None:
    assert pad("案卷", 6) == "案卷  "
    assert pad("案卷", 2) == "案卷"
