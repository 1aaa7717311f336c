from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from adapters.reports.wording import law, needs, place, printable, waiver_words
from casefiles.model import Location
from engine.findings import Basis, Outcome, Settlement, WaiverNote

DAY = date(2021, 7, 15)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("案卷 𠮷", "案卷 𠮷"),
        ("甲\n乙\t丙", "甲 乙 丙"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("甲\u202e乙", "甲<U+202E>乙"),
        ("\udc80", "<U+DC80>"),
        ("\ufeff", "<U+FEFF>"),
    ],
)
def test_nothing_hidden_stays_hidden(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters()))
def test_what_is_printable_can_be_written_as_gb18030_and_utf8(text: str) -> None:
    shown = printable(text)
    assert shown.encode("utf-8") and shown.encode("gb18030") or not text
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("name", "article", "mark", "shown"),
    [
        ("中华人民共和国行政处罚法", "第五十八条", "V", "《中华人民共和国行政处罚法》第五十八条"),
        ("国办发〔2018〕118号", "二（六）", "V", "国办发〔2018〕118号 二（六）"),
        ("《某办法》", "第三条", "V2", "《某办法》 第三条（尚待核对全文）"),
        ("某法", "第三条", "M", "《某法》第三条（尚未核对原文）"),
        ("某法", "第三条", "I", "《某法》第三条（推定）"),
    ],
)
def test_a_law_is_named_as_papers_name_it(name: str, article: str, mark: str, shown: str) -> None:
    assert law(Basis(name, article, DAY, DAY, mark=mark)) == shown


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [(12, 3, "a.json:12:3"), (12, None, "a.json:12"), (None, None, "a.json /acts/0")],
)
def test_a_place_can_be_opened_or_found(line: int | None, column: int | None, shown: str) -> None:
    assert place(Location(file="a.json", pointer="/acts/0", line=line, column=column)) == shown


def test_each_paper_is_asked_for_once() -> None:
    wanted = [
        Settlement("甲", "日期"),
        Settlement("乙", ""),
        Settlement("甲", "签名"),
        Settlement("甲", "日期"),
    ]
    assert needs(wanted) == ["甲（日期、签名）", "乙"]


def test_a_waiver_tells_what_stands_without_it() -> None:
    waiver = WaiverNote("设备损坏", "张三", DAY, False, Outcome.BREACHED)
    assert waiver_words(waiver) == "设备损坏（批准人：张三；有效，至 2021-07-15；不豁免时结论为不合规）"
    assert "已失效" in waiver_words(structs.replace(waiver, expired=True))
