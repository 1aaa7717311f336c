from __future__ import annotations

from datetime import date

import pytest

from engine.lawcheck import citation_problems, ended_problems
from engine.laws import Law, Laws
from engine.source import load


def law(name: str, since: str, until: str | None) -> Law:
    last = date.fromisoformat(until) if until else None
    return Law(f"{name}-{since}", name, (), "", "法律", date.fromisoformat(since), last)


LAWS = Laws(
    [
        law("现行法", "2012-01-01", None),
        law("废止法", "2010-01-01", "2020-12-31"),
        law("修订法", "1996-10-01", "2021-07-14"),
        law("修订法", "2021-07-15", None),
        law("间断法", "2010-01-01", "2014-12-31"),
        law("间断法", "2016-01-01", "2019-12-31"),
    ]
)


def told(basis: str, before: str = "basis: ") -> list[str]:
    source = load(f"{before}{{{basis}, article: 第一条, verified: 2026-11-21}}\n".encode(), "r.yaml")
    problems = [*citation_problems(source, LAWS), *ended_problems(source, LAWS)]
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "basis",
    [
        "law: 现行法, since: 2012-01-01",
        "law: 现行法, since: 2012-01-01, until: 2020-01-01",
        "law: 废止法, since: 2010-01-01, until: 2020-12-31",
        "law: 废止法, since: 2015-01-01, until: 2015-01-01",
        "law: 修订法, since: 1996-10-01",
        "law: 修订法, since: 2000-01-01, until: 2022-01-01",
        "law: 间断法, since: 2016-01-01, until: 2019-12-31",
        "law: 现行法, since: 2012-13-01",
        "law: 现行法",
        "law: 废止法, since: 2012-01-01, until: 很久以后",
    ],
)
def test_what_was_law_on_all_its_days_may_be_cited(basis: str) -> None:
    assert told(basis) == []


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (
            "law: 现行法, since: 2011-12-31",
            "r.yaml:1:26: since 早于该文件的施行日期 2012-01-01（检查施行日期）",
        ),
        (
            "law: 废止法, since: 2021-01-01",
            "r.yaml:1:26: since 晚于该文件施行的末日 2020-12-31（引用当时有效的文件，或者检查失效日期）",
        ),
        (
            "law: 废止法, since: 2010-01-01",
            "r.yaml:1:8: 该文件施行到 2020-12-31 为止，依据没有写 until"
            "（写 until: 2020-12-31；以后的法律另写一个依据）",
        ),
        (
            "law: 废止法, since: 2010-01-01, until: 2021-01-01",
            "r.yaml:1:45: until 晚于该文件施行的末日 2020-12-31（改为 2020-12-31，或者检查失效日期）",
        ),
        (
            "law: 间断法, since: 2012-01-01, until: 2017-01-01",
            "r.yaml:1:8: 该文件在 2015-01-01 没有施行（分成两个依据，用 since、until 分开）",
        ),
        (
            "law: 间断法, since: 2015-06-01, until: 2017-01-01",
            "r.yaml:1:8: 该文件在 2015-06-01 没有施行（分成两个依据，用 since、until 分开）",
        ),
        ("law: 现行发, since: 2012-01-01", "r.yaml:1:14: laws 中没有“现行发”（是否为“现行法”？）"),
    ],
)
def test_a_citation_of_days_without_the_law_is_told(basis: str, expected: str) -> None:
    assert told(basis) == [expected]


@pytest.mark.parametrize(
    ("before", "column"),
    [
        ("unless:\n  - because: 甲\n    basis: ", 12),
        ("grounds:\n  - because: 甲\n    basis:\n      - ", 9),
        ("values:\n  - value: 1\n    basis: ", 12),
    ],
)
def test_exceptions_definitions_and_limits_cite_as_rules_do(before: str, column: int) -> None:
    [problem] = told("law: 废止法, since: 2010-01-01", before)
    assert problem.startswith(f"r.yaml:{before.count(chr(10)) + 1}:{column}: 该文件施行到 2020-12-31 为止")
