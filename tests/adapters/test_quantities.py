from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.quantities import Quantity, quantities, read_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("七个工作日内公示", [(7, "工作日", "七个工作日")]),
        ("20个工作日、二十日、三十天、三十个自然日", [(20, "工作日"), (20, "日"), (30, "日"), (30, "日")]),
        ("24小时内、二十四个小时、７２ 小时", [(24, "小时"), (24, "小时"), (72, "小时")]),
        ("三个月、二年、一年六个月", [(3, "月"), (24, "月"), (18, "月", "一年六个月")]),
        ("两年、六个月", [(24, "月"), (6, "月")]),
        ("五百元、1万元、1.5万元、3,000元、一百二十万元", [(n, "元") for n in (500, 1e4, 1.5e4, 3e3, 1.2e6)]),
        ("百分之五、3%、０.５％", [(5, "比例"), (3, "比例"), (0.5, "比例")]),
        ("两名以上、二人、3名执法人员、二位", [(2, "人"), (2, "人"), (3, "人"), (2, "人")]),
        ("三至五日", [(5, "日", "五日")]),
        ("十五日的缴款期限、一日内", [(15, "日"), (1, "日")]),
    ],
)
def test_quantities_are_read_with_their_units(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [(one.amount, one.unit, one.words) for one in quantities(text)]
    assert [one[: len(wanted)] for one, wanted in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "一月三十一日以前",
        "2018年1月1日至2021年7月14日",
        "二〇二一年修订、2018年以后",
        "二十二时至次日六时",
        "第三人同意、第七日、第二十日",
        "每一名执法人员、由一名人民警察",
        "上一年度、前三年、三年级",
        "同一日、每三日",
        "《三十日办法》、国办发〔2018〕118号",
        "六项内容、四种情形、一式两份、三类、第三十条",
        "十名单、五元旦、数十人、三四名、半年、百分之",
        "",
    ],
)
def test_what_may_be_something_else_is_passed_over(text: str) -> None:
    assert list(quantities(text)) == []


def test_a_quantity_stands_where_the_text_has_it() -> None:
    text = "应当在２０日内（《十日办法》）送达，最迟三个月"
    for one in quantities(text):
        assert one.end - one.start == len(one.words)
    assert [text[one.start : one.end] for one in quantities(text)] == ["２０日", "三个月"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("两千", 2000),
        ("三万二千", 32000),
        ("1亿", 1e8),
        ("2十", 20),
    ],
)
def test_numerals_are_read(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["二〇二一", "三四", "十百", "零", "零十", "一十百", "〇"])
def test_what_is_no_numeral_for_sure_is_none(text: str) -> None:
    assert read_number(text) is None


def written(number: int) -> str:
    """Write a number below ten thousand in Chinese."""
    text, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_every_number_is_read_as_it_is_written(low: int, high: int) -> None:
    assert read_number(written(low)) == low
    text = written(high) + "万" + written(low) if high else written(low)
    assert read_number(text) == high * 10_000 + low
    assert read_number(f"{low}") == low


def test_a_number_without_unit_equals_it_in_any_unit() -> None:
    bare, days, share = Quantity(30, ""), Quantity(30, "日"), Quantity(5, "比例")
    assert bare.equals(days)
    assert not days.equals(Quantity(30, "工作日"))
    assert Quantity(0.05, "").equals(share)
    assert Quantity(5, "").equals(share)
    assert not Quantity(0.5, "").equals(share)
