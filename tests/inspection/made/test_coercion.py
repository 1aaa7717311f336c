from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from inspection.made.coercion import FREEZES, coercion_file

SEEDS = [f"coercion-{number}" for number in range(30)]
FIELDS = ("农业", "市场监管", "交通运输", "税务", "海关", "证券期货", "公安", "治安管理", "教育")


def acts(case: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [act for act in case["acts"] if act["kind"] == kind]


@pytest.fixture(scope="module")
def many(maker: Any) -> list[dict[str, Any]]:
    fields = FIELDS * 30
    return [maker.made(coercion_file, f"many-{at}", field=field) for at, field in enumerate(fields)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_coercion_file_is_lawful(maker: Any, seed: str) -> None:
    assert maker.faults(maker.made(coercion_file, seed)) == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_measure_of_a_field_with_rules_of_its_own_is_lawful(maker: Any, field: str) -> None:
    for number in range(5):
        assert maker.faults(maker.made(coercion_file, f"{field}-{number}", field=field)) == []


def test_the_same_seed_makes_the_same_file(maker: Any) -> None:
    for seed in SEEDS[:8]:
        assert maker.made(coercion_file, seed) == maker.made(coercion_file, seed)


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
        "查封扣押", "查封扣押延期", "查封扣押处理", "检测鉴定", "法制审核", "冻结", "冻结延期", "冻结解除",
        "限制人身自由", "移送审批", "移送", "涉案物品移交", "罚没物品处理", "公示",
    ],
)  # fmt: skip
def test_every_kind_of_act_occurs(kind: str, many: list[dict[str, Any]]) -> None:
    assert any(acts(case, kind) for case in many)


@pytest.mark.parametrize(
    ("kind", "fact", "value"),
    [
        ("查封扣押", "措施类型", "查封"),
        ("查封扣押", "措施类型", "扣押"),
        ("查封扣押", "紧急情况", True),
        ("查封扣押", "负责人不予批准", True),
        ("查封扣押", "当事人在场", False),
        ("查封扣押", "当事人确认", "拒签注明"),
        ("查封扣押", "依法不予公开", True),
        ("检测鉴定", "书面告知期间", True),
        ("检测鉴定", "书面告知期间", False),
        ("查封扣押处理", "处理方式", ["解除", "退还"]),
        ("查封扣押处理", "处理方式", ["解除", "拍卖变卖"]),
        ("查封扣押处理", "处理方式", ["没收"]),
        ("查封扣押处理", "处理方式", ["销毁"]),
        ("移送", "涉案财物一并移送", True),
        ("移送", "涉案财物一并移送", False),
        ("送达", "送达方式", "留置送达"),
        ("送达", "送达方式", "邮寄送达"),
    ],
)
def test_every_option_occurs(kind: str, fact: str, value: object, many: list[dict[str, Any]]) -> None:
    assert any(act["facts"].get(fact) == value for case in many for act in acts(case, kind))


def test_a_freeze_and_a_hold_are_only_made_where_a_law_allows_them(many: list[dict[str, Any]]) -> None:
    frozen = {case["field"] for case in many if acts(case, "冻结")}
    held = {case["field"] for case in many if acts(case, "限制人身自由")}
    assert frozen == set(FREEZES)
    assert held == {"公安", "治安管理"}


def _plain_seizures(many: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], int]]:
    """Give the seizures with the general term that were simply ended, and how many days they lasted."""
    for case in many:
        done = acts(case, "查封扣押处理")
        if done and not acts(case, "检测鉴定") and "法定特别期限依据" not in _seizure(case)["facts"]:
            first, last = (date.fromisoformat(act["starts"][:10]) for act in (_seizure(case), done[0]))
            yield case, (last - first).days


def _seizure(case: dict[str, Any]) -> dict[str, Any]:
    return acts(case, "查封扣押")[0]


def test_a_seizure_lasts_thirty_days_and_longer_only_when_extended(many: list[dict[str, Any]]) -> None:
    lasted: dict[bool, list[int]] = {True: [], False: []}
    for case, days in _plain_seizures(many):
        lasted[bool(acts(case, "查封扣押延期"))].append(days)
    # A term that ends on holidays ends on the first day after them; the longest holidays take nine.
    assert max(lasted[False]) <= 30 + 9
    assert max(lasted[True]) <= 60 + 9
    assert any(days > 30 for days in lasted[True])
