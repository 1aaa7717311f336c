from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.results import Reading, Unreadable
from casefiles.model import Fact
from tests.adapters.tables.samples import PROFILE, ROW, case, changed, csv, only, read, told

PIPES = changed("{format: separated}", '{format: separated, separator: "|"}')


def with_fact(name: str, origin: str) -> str:
    return changed("罚款金额: {column: 罚款, unit: 万元}", f"{name}: {origin}", PIPES)


def row(cell: str) -> bytes:
    return csv(
        [*ROW[:4], cell, ROW[5]],
        separator="|",
        header=["案号", "机关", "当事人", "决定日期", "罚款", "公示日期"],
    )


def fact(name: str, origin: str, cell: str) -> Fact | None:
    return case(row(cell), with_fact(name, origin)).acts[0].facts.get(name)


def complaint(name: str, origin: str, cell: str) -> str:
    (result,) = read(row(cell), with_fact(name, origin))
    assert isinstance(result, Unreadable)
    (problem,) = result.problems
    return problem.text


@pytest.mark.parametrize(
    ("unit", "cell", "yuan"),
    [
        ("元", "2000", 2000),
        ("元", "2,000.50", 2000.5),
        ("元", "￥2000元整", 2000),
        ("元", "２０００", 2000),
        ("万元", "0.2", 2000),
        ("万元", "0.2万元", 2000),
        ("万元", "0.123456", 1234.56),
        ("万元", "2E-1", None),
        ("万元", "2.0E-1", 2000),
        ("亿元", "1.5", 150_000_000),
        ("元", "0", 0),
    ],
)
def test_amounts_become_yuan_exactly(unit: str, cell: str, yuan: float | None) -> None:
    origin = f"{{column: 罚款, unit: {unit}}}"
    if yuan is None:
        assert complaint("罚款金额", origin, cell) == f"第2行“罚款”“{cell}”不是金额"
    else:
        found = fact("罚款金额", origin, cell)
        assert found == yuan
        assert isinstance(found, type(yuan))


@given(st.decimals(0, 10_000_000, places=4))
def test_ten_thousands_lose_nothing(amount: Decimal) -> None:
    found = fact("罚款金额", "{column: 罚款, unit: 万元}", format(amount, "f"))
    assert isinstance(found, int | float)
    assert Decimal(str(found)) == amount * 10_000


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("两千", "第2行“罚款”“两千”不是金额"),
        ("-5", "第2行“罚款”“-5”不是金额"),
        ("1,00", "第2行“罚款”“1,00”不是金额"),
        ("NaN", "第2行“罚款”“NaN”不是金额"),
        ("2000元", "第2行“罚款”“2000元”的单位与格式文件所写的万元不一致"),
        ("1234567890123.4567", "第2行“罚款”“1234567890123.4567”的数字超过 15 位"),
        ("9" * 400, f"第2行“罚款”“{'9' * 39}…”不是金额"),
    ],
)
def test_what_is_no_amount_in_the_unit_is_told(cell: str, text: str) -> None:
    assert complaint("罚款金额", "{column: 罚款, unit: 万元}", cell) == text


@pytest.mark.parametrize(
    ("style", "cell", "moment"),
    [
        ("yyyy-MM-dd", "2024-03-05", "2024-03-05"),
        ("yyyy-MM-dd", "2024-3-5", "2024-03-05"),
        ("yyyy/MM/dd", "2024/3/5", "2024-03-05"),
        ("yyyy.MM.dd", "2024.03.05", "2024-03-05"),
        ("yyyyMMdd", "20240305", "2024-03-05"),
        ("yyyy-MM-dd HH:mm", "2024-03-05 09:30", "2024-03-05T09:30"),
        ("yyyy-MM-dd HH:mm:ss", "2024-03-05 09:30:59.0", "2024-03-05T09:30"),
        ("yyyy-MM-dd HH:mm:ss", "2024-03-05 00:00:00", "2024-03-05"),
        ("yyyy/MM/dd HH:mm", "2024/3/5 9:30", "2024-03-05T09:30"),
        ("yyyy/MM/dd HH:mm:ss", "2024/3/5 9:30:00", "2024-03-05T09:30"),
        ("yyyyMMddHHmmss", "20240305093000", "2024-03-05T09:30"),
        ("written", "二〇二四年三月五日", "2024-03-05"),
    ],
)
def test_dates_are_read_in_their_style(style: str, cell: str, moment: str) -> None:
    assert fact("生效日期", f"{{column: 罚款, dates: [{style}]}}", cell) == moment


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "2024-13-01", "24-03-05", "2024/03/05", "2024-03-05 09:30", "明天"]
)
def test_what_is_no_date_in_the_style_is_told(cell: str) -> None:
    assert complaint("生效日期", "{column: 罚款}", cell) == f"第2行“罚款”“{cell}”不是日期"


def test_the_last_date_of_a_text_and_the_first_after_some_words() -> None:
    text = "2024年1月2日立案，自送达之日二〇二四年三月五日起生效，2024年4月1日"
    assert fact("生效日期", "{column: 罚款, last_date: true}", text) == "2024-04-01"
    assert fact("生效日期", "{column: 罚款, first_date_after: 送达之日}", text) == "2024-03-05"
    assert fact("生效日期", "{column: 罚款, first_date_after: 没有}", text) is None


def test_a_text_is_taken_by_the_named_group_and_located_there() -> None:
    origin = r"{column: 罚款, pattern: '罚款(?P<value>[\d.]+)万元', unit: 万元}"
    text = "甲" * 50 + "，决定处罚款0.2万元，" + "乙" * 50
    reading = only(read(row(text), with_fact("罚款金额", origin)))
    assert reading.case.acts[0].facts == {"罚款金额": 2000}
    place = reading.locate(("acts", 0, "facts", "罚款金额"))
    assert place.quote == f"…{'甲' * 24}，决定处罚款0.2万元，{'乙' * 27}…"
    assert row(text).decode().split("\n")[1][(place.column or 0) - 1 :].startswith("0.2万元")
    assert fact("罚款金额", origin, "没有罚款") is None


CODES = "{column: 罚款, codes: {01: 从轻, 02: 从重, 09: null}}"


def test_codes_are_words_with_their_leading_zeros() -> None:
    assert fact("处罚幅度", CODES, "01") == "从轻"
    assert fact("处罚幅度", CODES, "09") is None
    assert complaint("处罚幅度", CODES, "1") == "第2行“罚款”“1”不在代码表中"


def test_flags_need_codes_or_what_to_look_for() -> None:
    assert fact("含责令改正", "{column: 罚款, codes: {Y: true, N: false}}", "N") is False
    choose = "{column: 罚款, choose: [{found: 不予改正, is: false}, {found: 责令.*改正, is: true}]}"
    assert fact("含责令改正", choose, "责令立即改正") is True
    assert fact("含责令改正", choose, "不予改正，责令改正") is False
    assert fact("含责令改正", choose, "没有说") is None


def test_a_word_outside_of_the_vocabulary_is_told_with_the_way_out() -> None:
    (result,) = read(row("从轻罚"), with_fact("处罚幅度", "{column: 罚款}"))
    assert isinstance(result, Unreadable)
    assert str(result.problems[0]) == (
        "表:2:22: 第2行“罚款”词表中没有“从轻罚”（是否为“从轻”？也可在格式文件中补写 codes）"
    )


def test_lists_are_split_and_their_items_coded() -> None:
    assert fact("处罚种类", "{column: 罚款, split: 、}", "警告、罚款、") == ["警告", "罚款"]
    coded = "{column: 罚款, split: ;, codes: {1: 警告, 2: 罚款, 3: null}}"
    assert fact("处罚种类", coded, "1;2") == ["警告", "罚款"]
    assert fact("处罚种类", coded, "1;3") is None
    assert complaint("处罚种类", coded, "1;7") == "第2行“罚款”“7”不在代码表中"


def test_an_item_that_the_vocabulary_does_not_know_keeps_the_row_from_being_read() -> None:
    text = complaint("处罚种类", "{column: 罚款, split: 、}", "警告、责骂")
    assert text == "罚款：“处罚种类”不能是“责骂”"


def test_counts_are_whole_numbers() -> None:
    assert fact("拘留天数", "{column: 罚款}", "１５") == 15
    assert complaint("拘留天数", "{column: 罚款}", "15天") == "第2行“罚款”“15天”不是整数"


def test_a_period_must_have_a_unit() -> None:
    assert fact("缴款期限", "{column: 罚款}", "15日") == "15日"
    assert "没有写清数目和单位" in complaint("缴款期限", "{column: 罚款}", "15")


def test_constants_of_every_type() -> None:
    assert fact("含责令改正", "true", "") is True
    assert fact("拘留天数", "3", "") == 3
    assert fact("罚款金额", "2000", "") == 2000
    assert fact("生效日期", "2024-03-05", "") == "2024-03-05"
    assert fact("处罚种类", "警告", "") == ["警告"]
    assert fact("文号", "{constant: 甲}", "") == "甲"


def test_silence_leads_on_and_a_required_value_must_be_there() -> None:
    origin = "{column: 罚款, otherwise: {column: 当事人, otherwise: 没有}}"
    assert fact("文号", origin, "甲字1号") == "甲字1号"
    assert fact("文号", origin, "无") == "乙公司"
    assert complaint("文号", "{column: 罚款, required: true}", " ") == "第2行“罚款”没有取到内容"


def test_a_placeholder_says_nothing_but_deserves_a_warning() -> None:
    reading = only(read(row("暂缺"), with_fact("文号", "{column: 罚款}")))
    assert reading.case.acts[0].facts == {}
    assert [str(warning) for warning in reading.warnings] == [
        "表:2:22: 第2行“罚款”“暂缺”是占位文字，按未填写处理（核对来源，补录实际内容）"
    ]


def test_synonyms_become_the_proper_words() -> None:
    profile = changed("kind: 行政处罚", "kind: 处罚\n  field: {column: 罚款}", with_fact("文号", "甲"))
    profile = changed("kind: 执法决定", "kind: 处罚决定", profile)
    found = case(row("市监"), profile)
    assert (found.kind, found.field, found.acts[0].kind) == ("行政处罚", "市场监管", "执法决定")


def test_an_act_is_there_when_its_column_says_so() -> None:
    profile = changed("when: {column: 公示日期}", "when: {column: 罚款, is: [是, Y]}", PIPES)
    profile = changed("罚款金额: {column: 罚款, unit: 万元}", "文号: 甲", profile)
    kinds = {cell: [act.kind for act in case(row(cell), profile).acts] for cell in ("是", "Y", "否", "")}
    assert kinds == {
        "是": ["执法决定", "公示"],
        "Y": ["执法决定", "公示"],
        "否": ["执法决定"],
        "": ["执法决定"],
    }


def test_a_reference_to_an_act_that_is_not_there_is_left_out() -> None:
    profile = changed("    kind: 执法决定\n", "    kind: 执法决定\n    when: {column: 罚款}\n", PIPES)
    found = case(row(""), profile)
    assert [(act.kind, act.about) for act in found.acts] == [("公示", [])]


def test_an_end_before_its_start_is_told() -> None:
    profile = changed(
        "    starts: {column: 公示日期}\n", "    starts: {column: 公示日期}\n    ends: {column: 决定日期}\n"
    )
    assert told(read(csv(ROW), profile)) == [
        "表:2:11: 决定日期：环节“公示”的结束时间 2024-03-05 早于开始时间 2024-03-08"
        "（请核对原件后更正其中之一）"
    ]


def test_an_odd_code_is_only_a_warning() -> None:
    profile = changed(
        "  - name: {column: 当事人}\n", "  - name: {column: 当事人}\n    uscc: {column: 案号}\n"
    )
    reading = only(read(csv(["123", *ROW[1:]]), profile))
    assert [str(warning) for warning in reading.warnings] == [
        "表:2:1: 案号：统一社会信用代码“123”应为 18 位，实际为 3 位（请与原件核对；不影响检查）"
    ]


def test_places_of_records_constants_and_strangers() -> None:
    reading = only(read(csv(ROW)))
    assert isinstance(reading, Reading)
    assert reading.locate(("acts", 1)).pointer == "第2行/公示日期"
    assert reading.locate(("parties",)).quote == "乙公司"
    for path in (("kind",), ("acts", 7), (), ("nothing", 3)):
        place = reading.locate(path)
        assert (place.pointer, place.line, place.column, place.quote) == ("第2行", 2, 1, None)


def test_a_long_cell_is_quoted_by_its_beginning() -> None:
    reading = only(read(csv([*ROW[:2], "长" * 500, *ROW[3:]])))
    assert reading.locate(("parties", 0, "name")).quote == "长" * 120 + "…"


def test_the_profile_of_these_tests_differs_from_the_sample_only_in_its_separator() -> None:
    assert only(read(csv(ROW, separator="|"), PIPES)).case == only(read(csv(ROW), PROFILE)).case
