from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from adapters.reports.junit import render_junit
from adapters.results import Run

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "junit.xsd"))


@pytest.fixture(params=["plain", "many", "nothing", "hostile"])
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


def _tree(run: Run) -> etree._Element:
    return etree.fromstring(render_junit(run).encode())


def test_every_report_fits_the_schema(any_run: Run) -> None:
    SCHEMA.assertValid(_tree(any_run))


def test_the_schema_refuses_two_results_in_one_test(plain: Run) -> None:
    tree = _tree(plain)
    test = tree.find(".//failure/..")
    assert test is not None
    etree.SubElement(test, "failure", message="x", type="x")
    assert not SCHEMA.validate(tree)


@pytest.mark.parametrize(
    ("rule", "kind", "message"),
    [
        ("major-decision-reviewed", "failure", "一票否决："),
        ("decision-published", "failure", "严重："),
        ("pages-numbered", "failure", "一般："),
        ("plan-announced", "skipped", "提示："),
        ("seizure-recorded", "error", "执行出错："),
        ("reviewer-qualified", "skipped", "无法判定："),
        ("case-closed", "skipped", "未到期："),
        ("video-kept", "skipped", "已豁免："),
        ("hearing-held", "skipped", "不适用："),
    ],
)
def test_each_grade_has_its_result(plain: Run, rule: str, kind: str, message: str) -> None:
    (test,) = [
        each for each in _tree(plain).iter("testcase") if str(each.get("name")).startswith(f"{rule}（")
    ]
    (result,) = test
    assert result.tag == kind
    assert str(result.get("message")).startswith(message)


def test_what_is_met_passes(plain: Run) -> None:
    passed = [test.get("name") for test in _tree(plain).iter("testcase") if len(test) == 0]
    assert passed == ["decision-served（D1） 决定书应当在七日内送达"]


def test_the_counts_are_those_of_the_tests(any_run: Run) -> None:
    for suite in _tree(any_run):
        kinds = Counter(result.tag for test in suite.iter("testcase") for result in test)
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert [suite.get(name) for name in ("failures", "errors", "skipped")] == [
            str(kinds[tag]) for tag in ("failure", "error", "skipped")
        ]


def test_a_failure_tells_law_place_and_cure(plain: Run) -> None:
    failure = _tree(plain).find(".//failure")
    assert failure is not None
    assert (failure.text or "").splitlines() == [
        "依据：《中华人民共和国行政处罚法》第五十八条第一款；国办发〔2018〕118号 二（六）（尚未核对原文）",
        "审查对象：执法决定 D1 案卷/2024/001.json:120:13 “2024-05-06”",
        "对照：法制审核 R1 案卷/2024/001.json:141:13 “2024-05-09”",
        "应有而未见：决定之前没有结论为通过的法制审核",
        "补救：不可补正：由作出决定的机关自行纠正或者重新作出；不得倒填审核日期。",
        "说明：两套引擎结论一致",
    ]


def test_a_file_that_could_not_be_read_is_an_error(many: Run) -> None:
    suite = _tree(many)[2]
    error = suite.find("testcase/error")
    assert error is not None
    assert suite.get("name") == "c.xml"
    assert error.get("message") == "c.xml:7:2: 标签没有闭合（补上 </环节>）"


def test_the_day_of_the_check_is_the_time_of_the_suite(plain: Run) -> None:
    assert _tree(plain)[0].get("timestamp") == "2026-11-21T00:00:00"


def test_the_same_run_gives_the_same_bytes(any_run: Run) -> None:
    assert render_junit(any_run) == render_junit(replace(any_run))
