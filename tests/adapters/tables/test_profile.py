from __future__ import annotations

from pathlib import Path

import pytest

from adapters.tables.profile import ProfileError, profiles, read_profile
from casefiles.terms import Vocabulary
from tests.adapters.tables.samples import PROFILE, changed, faults_of, profile_of, small_vocabulary

FINE = "    starts: {column: 决定日期}\n"


def with_fact(fact: str) -> str:
    """The sample with one more fact of the decision, on line 18 from column 7."""
    return changed("      罚款金额: {column: 罚款, unit: 万元}\n", f"      {fact}\n")


def test_the_sample_has_no_faults() -> None:
    assert faults_of(PROFILE) == []
    assert profile_of(PROFILE).columns == {"案号", "机关", "当事人", "决定日期", "罚款", "公示日期"}


@pytest.mark.parametrize("name", profiles())
def test_shipped_profiles_are_right_and_named_like_their_file(name: str, vocabulary: Vocabulary) -> None:
    assert read_profile(name, vocabulary).id == name


def test_three_profiles_are_shipped() -> None:
    assert {"csrc", "double-publicity-penalty", "double-publicity-licence"} <= set(profiles())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (changed("title: 样表\n", ""), "1:1: 缺少“title”（补写“title”）"),
        (changed("title: 样表", "titel: 样表\ntitle: 样表"), "2:1: 不认识的键“titel”（是否为“title”？）"),
        (changed("title: 样表", "title: 样表\ntitle: 样表"), "3:1: 重复的键“title”（第 2 行已有，保留一个）"),
        (
            changed("format: separated", "format: separate"),
            "3:17: 不能写“separate”",
        ),
        (with_fact("生效日期: {column: 罚款, dates: [yyyy]}"), "18:34: 不能写“yyyy”"),
        (changed("kind: 行政处罚", "kind: 行政处罰"), "9:9: 词表中没有“行政处罰”（是否为“行政处罚”？）"),
        (
            changed("kind: 执法决定", "kind: 执法决订"),
            "15:11: 词表中没有环节“执法决订”（是否为“执法决定”？）",
        ),
        (changed("about: [决定]", "about: [决]"), "23:13: 没有编号为“决”的环节（是否为“决定”？）"),
        (changed("- id: 公示", "- id: 决定"), "19:9: 环节编号“决定”重复（每个环节用不同的编号）"),
        (changed("[执法决定, 公示]", "[执法决定, 公市]"), "24:18: 词表中没有环节“公市”（是否为“公示”？）"),
        (
            changed("[执法决定, 公示]", "[执法决定.文, 公示]"),
            "24:12: “执法决定”没有事项“文”（是否为“文号”？）",
        ),
        (changed("[执法决定, 公示]", "[]"), "24:11: 至少要写一项（现为“[]”）"),
        (changed("{column: 案号}", "{}"), "8:11: 取值来源不清（写 column（哪一列）或 constant（固定值））"),
        (
            changed("{column: 案号}", "{column: 案号, constant: 一号}"),
            "8:11: 取值来源不清（写 column（哪一列）或 constant（固定值））",
        ),
        (changed("{column: 案号}", "{constant: 一号, unit: 元}"), "8:26: 固定值不能再写“unit”（删除它）"),
        (
            changed("{column: 案号}", "{column: 案号, pattern: '(x'}"),
            "8:33: 正则表达式写法有误（检查括号和转义是否成对）",
        ),
        (
            changed("{column: 案号}", "{column: 案号, pattern: 'x'}"),
            "8:33: 正则表达式没有名为 value 的组（把要取的文字写成 (?P<value>…)）",
        ),
        (
            changed("{column: 案号}", "{column: 案号, last_date: true}"),
            "8:24: “last_date”只用于日期（删除它）",
        ),
        (changed("{column: 案号}", "{colum: 案号}"), "8:12: 不认识的键“colum”（是否为“column”？）"),
        (changed("unit: 万元", "unit: 万圆"), "18:32: 不能写“万圆”"),
        (changed(", unit: 万元", ""), "18:13: 没有写明金额的单位（补写 unit: 元 或 unit: 万元）"),
        (with_fact("罚款数额: {column: 罚款}"), "18:7: “执法决定”没有事项“罚款数额”（是否为“罚款金额”？）"),
        (
            with_fact("含责令改正: {column: 罚款}"),
            "18:14: 没有写明何为是、何为否（补写 codes: {1: true, 0: false}）",
        ),
        (
            with_fact("含责令改正: {column: 罚款, codes: {1: 是}}"),
            "18:38: “是”的类型不对（应为 true 或 false）",
        ),
        (
            with_fact("处罚幅度: {column: 罚款, codes: {1: 从轻, 2: 从种}}"),
            "18:44: 词表中没有“从种”（是否为“从重”？）",
        ),
        (
            with_fact("处罚幅度: {column: 罚款, choose: [{found: '[', is: 从轻}]}"),
            "18:43: 正则表达式写法有误（检查括号和转义是否成对）",
        ),
        (
            with_fact("生效日期: {column: 罚款, last_date: true, first_date_after: 自}"),
            "18:43: “first_date_after”与“last_date”只能取一（删除其一）",
        ),
        (
            with_fact("生效日期: {column: 罚款, last_date: true, codes: {1: 2024-01-01}}"),
            "18:43: 有“last_date”就不用“codes”（删除它）",
        ),
        (
            with_fact("生效日期: 2024-02-30"),
            "18:13: “2024-02-30”不是存在的日期或者时刻（写作 2024-03-05 或者 2024-03-05T09:30）",
        ),
        (with_fact("拘留天数: {column: 罚款, unit: 元}"), "18:26: “unit”只用于金额（删除它）"),
        (with_fact("文号: {column: 罚款, split: ；}"), "18:24: “split”只用于列表（删除它）"),
        (with_fact("文号: {column: 罚款, required: 是}"), "18:34: 应为 true 或 false（现为“是”）"),
        (
            changed("format: separated", "format: xlsx, separator: '|'"),
            "3:23: xlsx 表格没有“separator”（删除它）",
        ),
        (
            changed("format: separated", "format: ndjson, header_row: 2"),
            "3:25: ndjson 表格没有表头（删除它）",
        ),
        (changed("format: separated", "format: separated, header_row: 0"), "3:40: 数值过小（现为“0”）"),
        (changed("nulls:", "nulls: &a"), "4:8: 不允许使用锚点或别名（& 或 *）（把内容直接写出）"),
    ],
)
def test_a_broken_profile_gets_one_message_at_its_place(text: str, fault: str) -> None:
    (found,) = faults_of(text)
    assert found == fault or found.startswith(f"{fault}（可写：")


def test_dates_without_a_style_are_told_at_each_of_them() -> None:
    faults = faults_of(changed("dates: [yyyy-MM-dd]\n", ""))
    advice = "没有写明日期的写法（补写 dates，如 dates: [yyyy-MM-dd]）"
    assert faults == [f"15:13: {advice}", f"21:13: {advice}"]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed("title: 样表\n", "titel: 样表\n")
    text = changed("kind: 执法决定", "kind: 处罚决顶", text)
    text = changed("unit: 万元", "unit: 块", text)
    text = changed("about: [决定]", "about: [别的]", text)
    assert [fault.split("（")[0] for fault in faults_of(text)] == [
        "1:1: 缺少“title”",
        "2:1: 不认识的键“titel”",
        "15:11: 词表中没有环节“处罚决顶”",
        "18:32: 不能写“块”",
        "23:13: 没有编号为“别的”的环节",
    ]


@pytest.mark.parametrize(
    "text", ["", "- 一", "只有文字", "acts: 1", "head: [1]\nacts: {}\nprovides: 2", "\t"]
)
def test_a_profile_of_the_wrong_form_is_told_and_nothing_breaks(text: str) -> None:
    assert faults_of(text)


def test_an_unknown_name_is_told_with_the_nearest_one() -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile("csr", small_vocabulary())
    assert str(caught.value) == "csr: 没有这种格式（是否为“csrc”？）"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(str(tmp_path / "没有.yaml"), small_vocabulary())
    assert str(caught.value).endswith("没有.yaml: 格式文件无法读取（检查路径和权限）")
