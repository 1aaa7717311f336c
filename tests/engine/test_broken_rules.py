"""Broken rule files: each gives one exact message at its line and column."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.errors import RuleError
from engine.rulebook import read_rulebook

RULES = Path(__file__).parent.parent.parent / "rules"

GOOD = """\
id: some-duty
title: 决定应当在七个工作日内公开
severity: minor
effect: 程序轻微违法
basis:
  - {law: 国办发〔2018〕118号, article: 二（六）, since: 2018-12-05, verified: 2026-11-21}
subject: {act: 执法决定, where: {依法不予公开: {is_not: true}}}
require:
  followed_by: {act: 公示, within: 7 working days}
message: "{subject}应当在 {due} 前公示，实际：{found}。"
remedy: {cure: 补正, do: 立即补充公示。}
"""

LIMIT = """\
id: some-limit
title: 某项期限
unit: 期间
values:
  - value: 7 working days
    basis: {law: 中华人民共和国行政处罚法, article: 第六十一条, since: 2021-07-15, verified: 2026-11-21}
"""

SUM = """\
id: some-sum
title: 某项数额
unit: 元
values:
  - value: 200
    where: {parties: {at_least: 2}}
    basis: {law: 中华人民共和国行政处罚法, article: 第五十一条, since: 2021-07-15, verified: 2026-11-21}
"""

DEFINITION = """\
id: {id}
title: 某种决定
defines: {name}
on: 执法决定
grounds:
  - because: 另一种
    where: {{{other}: true}}
    basis: {{law: 中华人民共和国行政处罚法, article: 第五十八条, since: 2021-07-15, verified: 2026-11-21}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of rules with two laws and no rule yet."""
    for name in ("laws", "disclosure", "limits", "definitions"):
        (tmp_path / "rules" / name).mkdir(parents=True)
    for law in ("guidance-2018-118", "penalty-law-2021"):
        shutil.copy(RULES / "laws" / f"{law}.yaml", tmp_path / "rules" / "laws")
    return tmp_path / "rules"


def problems(folder: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        read_rulebook(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_good_rule_is_good(folder: Path) -> None:
    (folder / "disclosure" / "some-duty.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "limits" / "some-limit.yaml").write_text(LIMIT, encoding="utf-8")
    assert [rule.id for rule in read_rulebook(folder).rules] == ["some-duty"]


BOMB = "".join("  " * depth + "a:\n" for depth in range(40))

BROKEN = [
    (
        "a misspelt kind of act",
        "act: 公示, ",
        "act: 公视, ",
        "9:22: 不认识的环节种类“公视”（是否为“公示”？）",
    ),
    (
        "a character that only looks right",
        "{act: 执法决定,",
        "{act: 執法决定,",
        "7:16: 不认识的环节种类“執法决定”（是否为“执法决定”？）",
    ),
    (
        "a misspelt fact",
        "依法不予公开:",
        "依法不与公开:",
        "7:30: 不认识的事实（执法决定）“依法不与公开”（是否为“依法不予公开”？）",
    ),
    (
        "a flag that is no flag",
        "is_not: true",
        "is_not: 是",
        "7:47: “依法不予公开”是是非项（只能写 true 或 false）",
    ),
    (
        "an unknown comparison",
        "is_not: true",
        "isnt: true",
        "7:39: 不认识的比较方式“isnt”（是否为“is_not”？）",
    ),
    (
        "an unknown key",
        "severity: minor\n",
        "severity: minor\nseverty: minor\n",
        "4:1: 不认识的键“severty”（是否为“severity”？）",
    ),
    (
        "a duplicate key",
        "effect: 程序",
        "title: 甲\neffect: 程序",
        "4:1: 重复的键“title”（第 2 行已有，保留一个）",
    ),
    ("a missing key", "effect: 程序轻微违法\n", "", "1:1: 缺少“effect”（补写“effect”）"),
    (
        "an unknown severity",
        "severity: minor",
        "severity: fatal",
        "3:11: 不能写“fatal”（可写：veto、major、minor、note）",
    ),
    (
        "an unknown verb",
        "  followed_by:",
        "  folowed_by:",
        "9:3: 不认识的键“folowed_by”（是否为“followed_by”？）",
    ),
    ("an unknown option", "within: 7", "whithin: 7", "9:26: 不认识的键“whithin”（是否为“within”？）"),
    ("a period without unit", "7 working days", "7", "9:34: 期间要写单位"),
    ("an unknown unit", "7 working days", "7 workdays", "9:34: 期限“7 workdays”没有写清数目和单位"),
    (
        "a placeholder that the verb does not give",
        "{found}",
        "{founds}",
        "10:10: 谓词不提供占位符“{founds}”（是否为“{found}”？）",
    ),
    ("a full-width brace", "{found}", "｛found｝", "10:10: 占位符用了全角花括号（写成半角的 {subject}）"),
    ("a brace too many", "{found}", "{found", "10:10: 占位符的花括号不成对（写成 {subject} 的样子）"),
    ("a basis without a date", ", since: 2018-12-05", "", "6:5: 缺少“since”（补写“since”）"),
    ("a date that no calendar has", "2018-12-05", "2018-13-05", "6:48: “2018-13-05”不是日期"),
    ("a law that is not listed", "〔2018〕118号", "〔2018〕181号", "6:11: laws 中没有“国办发〔2018〕181号”"),
    (
        "a date before the law was in force",
        "since: 2018-12-05",
        "since: 2017-12-05",
        "6:48: since 早于该文件的施行日期 2018-12-05（检查施行日期）",
    ),
    (
        "a veto on a source that was not read in full",
        "severity: minor",
        "severity: veto",
        "",
    ),
    ("an anchor", "effect: 程序", "effect: &e 程序", "4:9: 不允许使用锚点或别名（& 或 *）（把内容直接写出）"),
    ("a tag", "effect: 程序", "effect: !!str 程序", "4:9: 不允许使用标签"),
    ("a full-width colon", "severity: minor", "severity：minor", "YAML 写法有误"),
    ("a depth bomb", GOOD, BOMB, "31:61: 嵌套超过 30 层（减少嵌套）"),
    ("an empty file", GOOD, "", "1:1: 文件为空（至少写出 id 和内容）"),
    (
        "two verbs at once",
        "message:",
        "  preceded_by: {act: 立案}\nmessage:",
        "9:3: 应写且只写一个谓词，现有 2 个",
    ),
    (
        "a limit that does not exist",
        "within: 7 working days",
        "within: {limit: no-such}",
        "9:42: 不认识的限值“no-such”",
    ),
    (
        "a period of a limit that holds money",
        "within: 7 working days",
        "within: {limit: some-sum}",
        "9:42: 限值“some-sum”的单位是元（这里要写单位是期间的限值）",
    ),
    (
        "a number of a limit that holds a period",
        "依法不予公开: {is_not: true}",
        "罚款金额: {at_least: {limit: some-limit}}",
        "7:55: 限值“some-limit”的单位是期间（这里要写单位是元、人、比例的限值）",
    ),
    (
        "a bound of a limit that holds a period",
        'followed_by: {act: 公示, within: 7 working days}\nmessage: "{subject}应当在 {due} 前',
        'at_most: {fact: 罚款金额, value: {limit: some-limit}}\nmessage: "{subject}应当',
        "9:40: 限值“some-limit”的单位是期间（这里要写单位是元、人、比例的限值）",
    ),
    (
        "a night of a limit that holds a period",
        'followed_by: {act: 公示, within: 7 working days}\nmessage: "{subject}应当在 {due} 前',
        'not_during: {times: [夜间], night: some-limit}\nmessage: "{subject}应当',
        "9:36: 限值“some-limit”的单位是期间（这里要写单位是时段的限值）",
    ),
    (
        "a moment that is a number",
        'followed_by: {act: 公示, within: 7 working days}\nmessage: "{subject}应当在 {due} 前',
        'dated: {fact: 罚款金额, not_after: ends}\nmessage: "{subject}应当',
        "9:17: “罚款金额”不是时间（写时间的事实，或者 starts、ends）",
    ),
    (
        "a moment to compare with that is not known",
        'followed_by: {act: 公示, within: 7 working days}\nmessage: "{subject}应当在 {due} 前',
        'dated: {fact: 生效日期, not_after: 公告}\nmessage: "{subject}应当',
        "9:34: 不认识的事实（执法决定）“公告”",
    ),
    (
        "a region that is a number",
        "subject:",
        "applies: {region: 42}\nsubject:",
        '7:19: “region”的值应为文字（加引号，写成 "42"）',
    ),
    (
        "a region of several that is a number",
        "subject:",
        'applies: {region: ["15", 42]}\nsubject:',
        '7:26: “region”的值应为文字（加引号，写成 "42"）',
    ),
    (
        "a beginning that is a number",
        "subject:",
        "applies: {region: {begins_with: [42]}}\nsubject:",
        '7:34: “region”的值应为文字（加引号，写成 "42"）',
    ),
    (
        "a text that is a number",
        "依法不予公开: {is_not: true}",
        "文号: 42",
        '7:34: “文号”的值应为文字（加引号，写成 "42"）',
    ),
    (
        "a day that a text is compared with",
        "依法不予公开: {is_not: true}",
        "文号: {not_before: 2021-07-15}",
        "7:35: “文号”不是时间，不能用 not_before 比较（换一种比较，或者换一个事实）",
    ),
    (
        "a day that no calendar has, to compare with",
        "依法不予公开: {is_not: true}",
        "生效日期: {not_before: 2021-13-15}",
        "7:49: “2021-13-15”不是日期（写成 2021-07-15 的样子）",
    ),
    (
        "a number that a text is compared with",
        "依法不予公开: {is_not: true}",
        "文号: {at_least: 3}",
        "7:35: “文号”不是数量，不能用 at_least 比较（换一种比较，或者换一个事实）",
    ),
    (
        "an id that is not the file's name",
        "id: some-duty",
        "id: other-duty",
        "1:5: id“other-duty”与文件名不一致（改为“some-duty”）",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_broken_rule_gives_one_message_at_its_place(
    folder: Path, old: str, new: str, expected: str
) -> None:
    text = GOOD.replace(old, new)
    if not expected:
        text = text.replace("verified: 2026-11-21", "verified: 2026-11-21, mark: V2")
        expected = "6:88: 依据只核到 V2，不得一票否决（severity 改为 major，或核实后改 mark）"
    assert text != GOOD
    (folder / "limits" / "some-limit.yaml").write_text(LIMIT, encoding="utf-8")
    (folder / "limits" / "some-sum.yaml").write_text(SUM, encoding="utf-8")
    (folder / "disclosure" / "some-duty.yaml").write_text(text, encoding="utf-8")
    found = problems(folder)
    assert len(found) == 1, found
    place = "rules/disclosure/some-duty.yaml:"
    assert found[0].startswith(place)
    assert expected in found[0]


def test_a_limit_without_citation_is_refused(folder: Path) -> None:
    lines = LIMIT.splitlines(keepends=True)[:-1]
    (folder / "limits" / "some-limit.yaml").write_text("".join(lines), encoding="utf-8")
    assert problems(folder) == ["rules/limits/some-limit.yaml:5:5: 缺少“basis”（补写“basis”）"]


def test_a_circle_of_definitions_is_named(folder: Path) -> None:
    for name, derived, other in (("first", "甲种决定", "乙种决定"), ("second", "乙种决定", "甲种决定")):
        text = DEFINITION.format(id=name, name=derived, other=other)
        (folder / "definitions" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert problems(folder) == [
        "rules/definitions/first.yaml:3:10: 定义循环：甲种决定 → 乙种决定 → 甲种决定（去掉其中一环）",
        "rules/definitions/second.yaml:3:10: 定义循环：乙种决定 → 甲种决定 → 乙种决定（去掉其中一环）",
    ]


def write_definition(folder: Path, name: str, text: str) -> None:
    (folder / "definitions" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_facts_of_one_name_on_different_acts_are_no_circle(folder: Path) -> None:
    """甲种决定 of 公示 rests on 乙种决定 of 公示, and that of 执法决定 the other way round."""
    for kind in ("执法决定", "公示"):
        names = [("甲种决定", "乙种决定"), ("乙种决定", "依法不予公开")]
        for number, (name, other) in enumerate(names if kind == "执法决定" else [("乙种决定", "平台")]):
            id_ = f"{'ab'[kind == '公示']}-{number}"
            text = DEFINITION.format(id=id_, name=name, other=other).replace("on: 执法决定", f"on: {kind}")
            write_definition(folder, id_, text.replace("平台: true", "平台: {given: true}"))
    assert len(read_rulebook(folder).definitions) == 3


def test_a_circle_through_facts_of_other_acts_is_named(folder: Path) -> None:
    ring = [("first", "执法决定", "公示"), ("second", "公示", "执法决定")]
    for name, kind, other in ring:
        text = DEFINITION.format(id=name, name="甲种决定", other="甲种决定")
        text = text.replace("on: 执法决定", f"on: {kind}")
        text = text.replace("where: {甲种决定: true}", f"with: {{act: {other}, where: {{甲种决定: true}}}}")
        write_definition(folder, name, text)
    assert problems(folder) == [
        "rules/definitions/first.yaml:3:10: 定义循环："
        "执法决定.甲种决定 → 公示.甲种决定 → 执法决定.甲种决定（去掉其中一环）",
        "rules/definitions/second.yaml:3:10: 定义循环："
        "公示.甲种决定 → 执法决定.甲种决定 → 公示.甲种决定（去掉其中一环）",
    ]


def test_a_second_definition_of_one_fact_is_refused(folder: Path) -> None:
    for name in ("first", "second"):
        write_definition(folder, name, DEFINITION.format(id=name, name="甲种决定", other="依法不予公开"))
    assert problems(folder) == [
        "rules/definitions/second.yaml:3:10: “执法决定”的“甲种决定”已由 rules/definitions/first.yaml 定义"
        "（把理由并入那一个的 grounds，或者换一个名称）"
    ]


def test_a_definition_on_the_head_has_no_conditions_on_an_act(folder: Path) -> None:
    text = DEFINITION.format(id="first", name="甲种案件", other="重大公共利益")
    write_definition(folder, "first", text.replace("on: 执法决定", "on: 案卷"))
    assert problems(folder) == [
        "rules/definitions/first.yaml:7:5: 案卷的定义没有审查对象，不能写 where（卷首的条件写在 case 里）"
    ]


def test_limits_in_a_circle_are_named(folder: Path) -> None:
    for name, other in (("some-sum", "other-sum"), ("other-sum", "some-sum")):
        text = SUM.replace("id: some-sum", f"id: {name}")
        text = text.replace("at_least: 2", f"at_least: {{limit: {other}}}")
        (folder / "limits" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert problems(folder) == [
        "rules/limits/other-sum.yaml:1:5: 限值循环：other-sum → some-sum → other-sum（去掉其中一环）",
        "rules/limits/some-sum.yaml:1:5: 限值循环：some-sum → other-sum → some-sum（去掉其中一环）",
    ]


def test_a_limit_that_rests_on_a_definition_which_rests_on_it_is_named(folder: Path) -> None:
    text = DEFINITION.format(id="first", name="甲种案件", other="甲")
    text = text.replace("on: 执法决定", "on: 案卷")
    text = text.replace("where: {甲: true}", "case: {parties: {at_least: {limit: some-sum}}}")
    write_definition(folder, "first", text)
    limit = SUM.replace("parties: {at_least: 2}", "甲种案件: true")
    (folder / "limits" / "some-sum.yaml").write_text(limit, encoding="utf-8")
    assert problems(folder) == [
        "rules/definitions/first.yaml:3:10: 定义和限值循环："
        "案卷.甲种案件 → 限值.some-sum → 案卷.甲种案件（去掉其中一环）",
        "rules/limits/some-sum.yaml:1:5: 定义和限值循环："
        "限值.some-sum → 案卷.甲种案件 → 限值.some-sum（去掉其中一环）",
    ]


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("期间", "200", "期限“200”没有写清数目和单位（写成 7 working days"),
        ("元", "7 working days", "单位是元的值应为数字（现为“7 working days”）"),
        ("时段", "22:00", "时段“22:00”没有写清起止（写成 22:00-06:00 的样子，加引号）"),
        ("时段", '"22:00-26:00"', "时段“22:00-26:00”没有写清起止（写成 22:00-06:00 的样子，加引号）"),
    ],
)
def test_a_value_of_another_unit_is_refused(folder: Path, unit: str, value: str, text: str) -> None:
    limit = SUM.replace("unit: 元", f"unit: {unit}").replace("value: 200", f"value: {value}")
    (folder / "limits" / "some-sum.yaml").write_text(limit, encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith(f"rules/limits/some-sum.yaml:5:5: {text}")


def test_an_id_used_twice_is_refused(folder: Path) -> None:
    (folder / "review").mkdir()
    for pack in ("disclosure", "review"):
        (folder / pack / "some-duty.yaml").write_text(GOOD, encoding="utf-8")
    assert problems(folder) == [
        "rules/review/some-duty.yaml:1:5: id“some-duty”已被 rules/disclosure/some-duty.yaml 使用"
        "（换一个 id，并同时改文件名）"
    ]


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "disclosure" / "some-duty.yaml").write_bytes(GOOD.encode("gb18030"))
    assert problems(folder) == ["rules/disclosure/some-duty.yaml:2:1: 不是 UTF-8 编码（另存为 UTF-8）"]


def test_a_control_character_is_refused(folder: Path) -> None:
    (folder / "disclosure" / "some-duty.yaml").write_text(GOOD.replace("决定应当", "决定\x08应当"))
    found = problems(folder)
    assert len(found) == 1
    assert "rules/disclosure/some-duty.yaml:2:" in found[0]


def test_all_problems_of_all_files_come_at_once_in_order(folder: Path) -> None:
    (folder / "disclosure" / "some-duty.yaml").write_text(
        GOOD.replace("act: 公示", "act: 公视").replace("{found}", "{founds}"), encoding="utf-8"
    )
    (folder / "limits" / "some-limit.yaml").write_text(
        LIMIT.replace("unit: 期间", "unit: 天"), encoding="utf-8"
    )
    found = problems(folder)
    assert [line.split(": ")[0] for line in found] == [
        "rules/disclosure/some-duty.yaml:9:22",
        "rules/disclosure/some-duty.yaml:10:10",
        "rules/limits/some-limit.yaml:3:7",
    ]
