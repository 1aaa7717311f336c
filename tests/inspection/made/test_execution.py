from __future__ import annotations

from typing import Any

import pytest

from inspection.made.execution import execution_file
from inspection.made.execution_fine import LEVIES

SEEDS = [f"execution-{number}" for number in range(30)]
FIELDS = (
    "税务",
    "海关",
    "证券期货",
    "交通运输",
    "城市管理",
    "水行政",
    "自然资源",
    "治安管理",
    "民政",
    "市场监管",
)


def acts(case: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [act for act in case["acts"] if act["kind"] == kind]


@pytest.fixture(scope="module")
def many(maker: Any) -> list[dict[str, Any]]:
    fields = FIELDS * 40
    return [maker.made(execution_file, f"many-{at}", field=field) for at, field in enumerate(fields)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_execution_file_is_lawful(maker: Any, seed: str) -> None:
    assert maker.faults(maker.made(execution_file, seed)) == []


@pytest.mark.parametrize("field", FIELDS)
def test_the_execution_of_a_field_with_rules_of_its_own_is_lawful(maker: Any, field: str) -> None:
    for number in range(5):
        assert maker.faults(maker.made(execution_file, f"{field}-{number}", field=field)) == []


def test_the_same_seed_makes_the_same_file(maker: Any) -> None:
    for seed in SEEDS[:8]:
        assert maker.made(execution_file, seed) == maker.made(execution_file, seed)


def test_nothing_is_about_what_comes_later_and_the_archive_comes_last(many: list[dict[str, Any]]) -> None:
    for case in many:
        began = {act["id"]: act["starts"] for act in case["acts"]}
        for act in case["acts"]:
            # A camera runs before what it films; a day without a time is as good as its end.
            starts = act["starts"] if "T" in act["starts"] else f"{act['starts']}T24"
            if act["kind"] != "音像记录":
                assert all(began[one] <= starts for one in act.get("about", ())), (case["number"], act)
        last = max(act.get("ends", act["starts"])[:10] for act in case["acts"])
        assert acts(case, "归档")[0]["starts"] == last


@pytest.mark.parametrize(
    "kind",
    [
        "催告", "催告申辩", "加处罚款", "延期分期缴纳", "缴款", "强制执行决定", "强制执行", "强制拆除公告",
        "代履行决定", "代履行", "立即清除", "执行协议", "中止执行", "恢复执行", "终结执行", "执行回转",
        "复议诉讼", "申请法院强制执行", "公示", "公示撤回", "查封扣押", "备案", "法制审核",
    ],
)  # fmt: skip
def test_every_kind_of_act_occurs(kind: str, many: list[dict[str, Any]]) -> None:
    assert any(acts(case, kind) for case in many)


@pytest.mark.parametrize(
    ("kind", "fact", "value"),
    [
        ("强制执行", "执行方式", ["划拨存款汇款"]),
        ("强制执行", "执行方式", ["拍卖或者处理查封扣押财物"]),
        ("强制执行", "执行方式", ["强制拆除"]),
        ("强制执行", "救济期限届满", "复议诉讼后维持"),
        ("代履行", "代履行人", "行政机关"),
        ("代履行", "代履行人", "没有利害关系的第三人"),
        ("立即清除", "当事人在场", True),
        ("立即清除", "当事人在场", False),
        ("催告申辩", "申辩成立", True),
        ("延期分期缴纳", "缴纳方式", "延期"),
        ("延期分期缴纳", "缴纳方式", "分期"),
        ("执行协议", "减免内容", ["分阶段履行", "减免加处罚款或者滞纳金"]),
        ("终结执行", "终结执行情形", "中止满三年未恢复"),
        ("申请法院强制执行", "法院裁定", "准予执行"),
        ("复议诉讼", "停止执行", True),
        ("复议诉讼", "救济结果", "撤销"),
    ],
)
def test_every_option_occurs(kind: str, fact: str, value: object, many: list[dict[str, Any]]) -> None:
    assert any(act["facts"].get(fact) == value for case in many for act in acts(case, kind))


def test_a_surcharge_is_never_more_than_the_fine(many: list[dict[str, Any]]) -> None:
    sums = [
        (act["facts"]["加处金额"], acts(case, "执法决定")[0]["facts"]["罚款金额"])
        for case in many
        for act in acts(case, "加处罚款")
    ]
    assert all(more <= fine for more, fine in sums)
    assert any(more == fine for more, fine in sums)
    assert any(more < fine for more, fine in sums)


def test_only_a_unit_with_power_by_law_transfers_deposits(many: list[dict[str, Any]]) -> None:
    levies = [
        case
        for case in many
        for act in acts(case, "强制执行")
        if act["facts"]["执行方式"] == ["划拨存款汇款"]
    ]
    assert levies
    assert {case["field"] for case in levies} == set(LEVIES)
    assert all(case["agency"]["facts"]["强制执行权"] for case in levies)


def test_the_court_is_asked_only_by_units_without_power_of_their_own(many: list[dict[str, Any]]) -> None:
    asked = [case for case in many if acts(case, "申请法院强制执行")]
    assert asked
    assert not any(case["agency"]["facts"]["强制执行权"] for case in asked)
