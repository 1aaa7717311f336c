from __future__ import annotations

import msgspec
import pytest

from casefiles.factvalues import fact_mistakes
from casefiles.mistakes import did_you_mean, shortened
from casefiles.model import (
    Act,
    Agency,
    CaseFile,
    Certificate,
    Document,
    Fact,
    Participation,
    Party,
    Person,
)
from casefiles.moments import parse_moment
from casefiles.oddities import oddities
from casefiles.terms import HEAD
from casefiles.validity import check_words
from casefiles.wordlists import HEAD_WORDS, provided_facts
from engine.facts import HEAD_NAMES
from engine.periods import Unit, parse_period
from tests.casefiles.words import small_vocabulary

WORDS = small_vocabulary()
DAY = parse_moment("2024-03-05")
LATER = parse_moment("2024-03-06")
CASE = CaseFile(
    number="1",
    kind="行政处罚",
    agency=Agency(name="某局", level="市"),
    persons=[Person(id="p", name="甲", roles=["执法人员"])],
    acts=[Act(id="a", kind="立案"), Act(id="b", kind="送达", about=["a"])],
    documents=[Document(id="d", kind="立案审批表", proves=["a"])],
)


def with_act(**fields: object) -> CaseFile:
    return msgspec.structs.replace(CASE, acts=[Act(**{"id": "a", "kind": "立案", **fields})])  # type: ignore[arg-type]


def with_head(**fields: object) -> CaseFile:
    return msgspec.structs.replace(CASE, **fields)


def test_a_sound_file_has_no_mistakes() -> None:
    assert check_words(CASE, WORDS) == []
    assert oddities(CASE, WORDS) == []


def test_other_words_for_the_same_thing_are_right() -> None:
    case = with_head(
        kind="处罚",
        field="市监",
        persons=[Person(id="p", name="甲", roles=["办案人员"])],
        acts=[Act(id="a", kind="处罚告知", facts={"已告知": True})],
    )
    assert check_words(case, WORDS) == []


@pytest.mark.parametrize(
    ("case", "path", "text", "advice"),
    [
        (with_head(kind="行政处法"), ("kind",), "没有案卷种类“行政处法”", "是否为“行政处罚”？"),
        (with_head(procedure="普通"), ("procedure",), "没有程序“普通”", "是否为“普通程序”？"),
        (with_head(field="化工"), ("field",), "没有领域“化工”", "可以写：交通运输、市场监管"),
        (
            with_head(agency=Agency(name="甲", level="国")),
            ("agency", "level"),
            "没有层级“国”",
            "可以写：县、市、省",
        ),
        (
            with_head(agency=Agency(name="甲", facts={"文号": "1"})),
            ("agency", "facts", "文号"),
            "此处没有事项“文号”",
            "它属于：立案、执法决定",
        ),
        (
            with_head(facts={"重大公共利": True}),
            ("facts", "重大公共利"),
            "没有事项“重大公共利”",
            "是否为“重大公共利益”？",
        ),
        (
            with_head(parties=[Party(name="甲", kind="市民")]),
            ("parties", 0, "kind"),
            "没有当事人类型“市民”",
            "是否为“公民”？",
        ),
        (
            with_head(persons=[Person(id="p", name="甲", roles=["审核员"])]),
            ("persons", 0, "roles", 0),
            "没有身份“审核员”",
            "是否为“审核人”？",
        ),
        (
            with_head(
                persons=[
                    Person(
                        id="p",
                        name="甲",
                        certificate=Certificate(number="12345678", valid_from=LATER, valid_to=DAY),
                    )
                ]
            ),
            ("persons", 0, "certificate", "valid_to"),
            "有效期的结束时间 2024-03-05 早于开始时间 2024-03-06",
            "请核对原件后更正其中之一",
        ),
        (with_head(number=" "), ("number",), "案号是空的", "请写明案号"),
        (
            with_head(persons=[Person(id=" ", name="甲")]),
            ("persons", 0, "id"),
            "id 是空的",
            "不重复的 id",
        ),
        (
            with_head(acts=[Act(id="a", kind="立案"), Act(id="a", kind="送达")]),
            ("acts", 1, "id"),
            "id “a”重复",
            "请改其中一个",
        ),
        (
            with_head(persons=[Person(id="p", name="甲"), Person(id="p", name="乙")]),
            ("persons", 1, "id"),
            "id “p”重复",
            "请改其中一个",
        ),
        (
            with_head(documents=[Document(id="d", kind="立案审批表")] * 2),
            ("documents", 1, "id"),
            "id “d”重复",
            "请改其中一个",
        ),
        (with_act(kind="立安"), ("acts", 0, "kind"), "没有环节“立安”", "是否为“立案”？"),
        (
            with_act(facts={"罚款金额": 1}),
            ("acts", 0, "facts", "罚款金额"),
            "环节“立案”没有事项“罚款金额”",
            "它属于：执法决定",
        ),
        (
            with_act(facts={"文好": "1"}),
            ("acts", 0, "facts", "文好"),
            "环节“立案”没有事项“文好”",
            "是否为“文号”？",
        ),
        (with_act(about=["c"]), ("acts", 0, "about", 0), "没有 id 为“c”的环节", "可以写：a"),
        (
            with_act(by=[Participation(person="q")]),
            ("acts", 0, "by", 0, "person"),
            "没有 id 为“q”的人员",
            "可以写：p",
        ),
        (
            with_act(by=[Participation(person="p", role="路人")]),
            ("acts", 0, "by", 0, "role"),
            "没有身份“路人”",
            "执法人员",
        ),
        (with_act(starts=LATER, ends=DAY), ("acts", 0, "ends"), "早于开始时间", "请核对原件"),
        (
            with_head(documents=[Document(id="d", kind="立案审批表", proves=["z"])]),
            ("documents", 0, "proves", 0),
            "没有 id 为“z”的环节",
            "a、b",
        ),
        (with_head(provides=["送大"]), ("provides", 0), "没有环节“送大”", "是否为“送达”？"),
        (
            with_head(provides=["处罚告知"]),
            ("provides", 0),
            "不能用别名“处罚告知”",
            "请写作“事先告知”",
        ),
        (
            with_head(provides=["立案", "送达.文号"]),
            ("provides", 1),
            "“送达”没有事项“文号”",
            "可以写：送达方式、页数",
        ),
        (
            with_head(provides=["案卷.当事人种类"]),
            ("provides", 0),
            "“案卷”没有事项“当事人种类”",
            "是否为“当事人类型”？",
        ),
    ],
)
def test_each_mistake_is_told_with_its_path_and_what_to_write(
    case: CaseFile, path: tuple[str | int, ...], text: str, advice: str
) -> None:
    (mistake,) = check_words(case, WORDS)
    assert mistake.path == path
    assert text in mistake.text
    assert advice in mistake.advice


def test_all_mistakes_are_told_at_once() -> None:
    case = with_head(kind="甲", acts=[Act(id="c", kind="乙", about=["x", "y"])], provides=["丙"])
    assert [mistake.path for mistake in check_words(case, WORDS)] == [
        ("kind",),
        ("acts", 0, "kind"),
        ("acts", 0, "about", 0),
        ("acts", 0, "about", 1),
        ("documents", 0, "proves", 0),
        ("provides", 0),
    ]


def test_an_end_on_the_day_of_a_start_with_a_time_is_left_open() -> None:
    case = with_act(starts=parse_moment("2024-03-05T09:30"), ends=DAY)
    assert check_words(case, WORDS) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("已告知", False),
        ("页数", 0),
        ("罚款金额", 5000),
        ("罚款金额", 0.01),
        ("文号", ""),
        ("送达方式", "邮寄"),
        ("处罚种类", []),
        ("处罚种类", ["罚款", "没收"]),
        ("说明", ["随便"]),
        ("届满日期", "2024-03-05T09:30"),
        ("陈述期限", "3日"),
        ("陈述期限", "5个工作日"),
        ("陈述期限", "24 hours"),
    ],
)
def test_values_of_the_right_type_are_right(name: str, value: Fact) -> None:
    assert list(fact_mistakes(WORDS.facts[name], value, ())) == []


@pytest.mark.parametrize(
    ("name", "value", "text", "advice"),
    [
        ("已告知", "有", "“已告知”应为是或者否，写的是“有”", "true"),
        ("已告知", 1, "“已告知”应为是或者否，写的是“1”", "true"),
        ("页数", True, "应为不小于零的整数，写的是“true”", "只写数字"),
        ("页数", 1.0, "应为不小于零的整数", "只写数字"),
        ("页数", -1, "应为不小于零的整数", "只写数字"),
        ("罚款金额", "5000元", "应为不小于零的数，以元计，写的是“5000元”", "不写单位"),
        ("罚款金额", -0.5, "应为不小于零的数", "不写单位"),
        ("罚款金额", False, "应为不小于零的数", "不写单位"),
        ("文号", 5, "应为文字，写的是“5”", "文字"),
        ("文号", ["甲", "乙"], "应为文字，写的是“甲、乙”", "文字"),
        ("送达方式", "邮件", "“送达方式”不能是“邮件”", "是否为“邮寄”？"),
        ("送达方式", "微信", "“送达方式”不能是“微信”", "可以写：公告、直接、邮寄"),
        ("处罚种类", "罚款", "应为列表，写的是“罚款”", "<item>"),
        ("处罚种类", ["罚金"], "“处罚种类”不能是“罚金”", "是否为“罚款”？"),
        ("届满日期", "2024-02-30", "“届满日期”中“2024-02-30”不是存在的日期", "2024-03-05"),
        ("届满日期", "3月5日", "不是规定的日期写法", "2024-03-05"),
        ("陈述期限", "3", "“陈述期限”中“3”没有写清数目和单位", "7个工作日"),
        ("陈述期限", "三日", "没有写清数目和单位", "7个工作日"),
        ("陈述期限", "0日", "没有写清数目和单位", "7个工作日"),
    ],
)
def test_values_of_a_wrong_type_are_told(name: str, value: Fact, text: str, advice: str) -> None:
    (mistake,) = fact_mistakes(WORDS.facts[name], value, ())
    assert text in mistake.text
    assert advice in mistake.advice


@pytest.mark.parametrize("unit", Unit)
def test_every_period_that_is_right_here_is_one_for_the_engine(unit: Unit) -> None:
    for text in (f"7{unit.chinese}", f"7 {unit.value}s", f"1 {unit.value}"):
        assert list(fact_mistakes(WORDS.facts["陈述期限"], text, ())) == []
        assert parse_period(text).unit is unit


def test_provides_names_the_fields_of_the_head_as_the_engine_does() -> None:
    assert set(HEAD_NAMES.values()) == HEAD_WORDS
    assert provided_facts(HEAD, WORDS) >= HEAD_WORDS | {"未成年人", "涉案金额", "审核人员数"}


def test_odd_codes_and_unheard_of_papers_are_told_and_stop_nothing() -> None:
    case = with_head(
        agency=Agency(name="某局", uscc="123"),
        parties=[Party(name="甲", uscc="91350211M0000XUF46")],
        persons=[Person(id="p", name="甲", certificate=Certificate(number="1"))],
        documents=[Document(id="d", kind="立案审批表格"), Document(id="e", kind="文书目录")],
    )
    assert check_words(case, WORDS) == []
    assert [(odd.path, odd.text) for odd in oddities(case, WORDS)] == [
        (("agency", "uscc"), "统一社会信用代码“123”应为 18 位，实际为 3 位"),
        (
            ("parties", 0, "uscc"),
            "统一社会信用代码“91350211M0000XUF46”校验码应为 R，实际为 6",
        ),
        (
            ("persons", 0, "certificate", "number"),
            "执法证件号码“1”应为 8 至 20 位数字或者字母",
        ),
        (("documents", 0, "kind"), "词表中没有文书“立案审批表格”"),
    ]


def test_advice_lists_words_only_where_they_are_few() -> None:
    assert did_you_mean("零", ["甲", "乙"]) == "可以写：乙、甲"
    assert did_you_mean("零", [str(number) for number in range(100)]) == "可用的词见词表"
    assert did_you_mean("零", []) == "可用的词见词表"


def test_long_texts_are_shortened_to_one_line() -> None:
    assert shortened("甲\n  乙") == "甲 乙"
    assert shortened("甲" * 41) == "甲" * 39 + "…"
    assert shortened("甲" * 40) == "甲" * 40
    assert shortened("甲" + " " * 1000) == "甲…"
