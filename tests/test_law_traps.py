"""Every trap of the law and every test vector of practice is told by name: 陷阱N and 向量N.

Vectors about reading files are shown here, by a test whose docstring begins with 向量N.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from adapters.results import Reading
from adapters.tables.profile import read_profile
from adapters.tables.reading import read_table
from casefiles.names import same_name
from casefiles.terms import Vocabulary
from tests.adapters.tables.samples import ndjson, only
from tests.conftest import REPOSITORY
from tests.stories import stories

TRAPS = range(1, 31)
VECTORS = range(1, 16)

# 民事诉讼法 on service, as numbered since 2022-01-01.
SERVICE = {"八十五", *(f"八十{unit}" for unit in "七八九"), "九十", *(f"九十{unit}" for unit in "一二三四五")}

LATER = {
    12: "“***”遮去公司名称的，要由读公示文本的规则认出；现有的事实不记载名称被遮盖。",
}

PENALTY = {
    "CF_WSH": "某罚〔2024〕1号",
    "CF_XDR_MC": "示例商贸有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_CFJG": "某局",
    "CF_CFLB": "罚款",
    "CF_NR_FK": 1.5,
    "CF_JDRQ": "2024/03/05",
}


def penalty(vocabulary: Vocabulary, **changes: Any) -> Reading:
    profile = read_profile("double-publicity-penalty", vocabulary)
    return only(read_table(ndjson({**PENALTY, **changes}), "表", profile, vocabulary))


def numbers(label: str, texts: list[str]) -> set[int]:
    return {int(found[1]) for text in texts if (found := re.match(rf"{label}(\d+)：", text))}


@pytest.fixture(scope="module")
def names() -> list[str]:
    paths = sorted((REPOSITORY / "features").rglob("*.feature"))
    # Most features tell of neither; parsing them all takes long.
    told = [path for path in paths if re.search("陷阱|向量", path.read_text(encoding="utf-8"))]
    return [name for path in told for name, _ in stories(path)]


def test_every_trap_is_a_scenario_by_name(names: list[str]) -> None:
    assert numbers("陷阱", names) == set(TRAPS)


def test_every_vector_is_a_scenario_a_test_or_put_off_with_a_reason(names: list[str]) -> None:
    here = [test.__doc__ for name, test in globals().items() if name.startswith("test_") and test.__doc__]
    shown = numbers("向量", [*names, *here])
    assert shown | LATER.keys() == set(VECTORS)
    assert not shown & LATER.keys()


def test_names_of_parties_differ_by_their_words_not_by_their_width() -> None:
    """向量9：公司名称差几个字就是两家，全角半角不同仍是一家。"""
    assert not same_name("示例商贸有限公司", "示例商贸有限责任公司")
    assert same_name("示例商贸（武汉）有限公司", "示例商贸(武汉)有限公司")


def test_amounts_of_the_exchange_are_in_ten_thousands(vocabulary: Vocabulary) -> None:
    """向量11：双公示写 1.5（万元），就是决定书的 15000 元。"""
    assert penalty(vocabulary).case.acts[0].facts["罚款金额"] == 15000


def test_a_placeholder_in_a_cell_is_nothing_written(vocabulary: Vocabulary) -> None:
    """向量14：该填的格子只写“无”的，按没有填写处理。"""
    assert "罚款金额" not in penalty(vocabulary, CF_NR_FK="无").case.acts[0].facts
    with pytest.raises(AssertionError, match="CF_JDRQ"):
        penalty(vocabulary, CF_JDRQ="无")


def test_a_wrong_check_digit_is_a_warning_and_the_row_is_read(vocabulary: Vocabulary) -> None:
    """向量15：统一社会信用代码校验位不对的，提醒核对，照样读入。"""
    reading = penalty(vocabulary, CF_XDR_SHXYM="91350211M0000XUF46")
    (warning,) = reading.warnings
    assert "校验码应为 R，实际为 6" in warning.text
    assert not penalty(vocabulary, CF_XDR_SHXYM="91350211M0000XUF4R").warnings


def laws(name: str) -> list[dict[str, Any]]:
    """Return the bases in that law of all rules, definitions and limits."""
    found: list[dict[str, Any]] = []

    def search(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("law") == name:
                found.append(part)
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                search(one)

    for path in (REPOSITORY / "rules").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "laws" and f"law: {name}," in text.replace("\n", ","):
            search(yaml.safe_load(text))
    return found


def test_the_articles_on_service_are_those_since_2022() -> None:
    """陷阱14：民事诉讼法自 2022 年起，送达是第八十七条至第九十五条。"""
    bases = laws("中华人民共和国民事诉讼法")
    assert bases
    for basis in bases:
        assert basis["since"] >= date(2022, 1, 1)
        cited = set(re.findall("第(.+?)条", basis["article"]))
        assert cited
        assert cited <= SERVICE


def test_the_code_follows_the_law_it_repeals_day_by_day() -> None:
    """陷阱15：生态环境法典 2026-08-15 施行，环境保护法到前一日为止；没有规则在此后还引用旧法。"""
    register = REPOSITORY / "rules" / "laws"
    old, new = (
        yaml.safe_load((register / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("environment-protection-law", "ecology-code-2026")
    )
    assert new["since"] == old["until"] + timedelta(days=1) == date(2026, 8, 15)
    assert all(basis["until"] <= old["until"] for basis in laws(old["name"]))
