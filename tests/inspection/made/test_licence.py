from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspection.made.licence import TERM, items, licence_file

SEEDS = [f"licence-{number}" for number in range(30)]
FIELDS = ("文化", "自然资源", "烟草", "海关", "公安", "安全生产", "民政", "水行政", "工业和信息化")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_licence_file_is_lawful(maker: Any, seed: str) -> None:
    assert maker.faults(maker.made(licence_file, seed)) == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_licence_of_a_field_with_rules_of_its_own_is_lawful(maker: Any, field: str) -> None:
    for number in range(5):
        assert maker.faults(maker.made(licence_file, f"{field}-{number}", field=field)) == []


def test_the_same_seed_makes_the_same_file(maker: Any) -> None:
    for seed in SEEDS[:8]:
        assert maker.made(licence_file, seed) == maker.made(licence_file, seed)


@pytest.fixture(scope="module")
def many(maker: Any) -> list[dict[str, Any]]:
    return [maker.made(licence_file, f"many-{number}") for number in range(300)]


@pytest.mark.parametrize(
    "kind",
    [
        "补正告知", "不予受理", "许可初审", "许可专项评审", "许可延期", "许可听证", "听证申请", "听证公告",
        "利害关系人告知", "陈述申辩", "许可委托", "法制审核", "许可终止", "许可变更", "颁证", "信用推送",
        "公示更正", "监督整改报告", "归档",
    ],
)  # fmt: skip
def test_an_act_of_this_kind_occurs(many: list[dict[str, Any]], kind: str) -> None:
    assert any(act["kind"] == kind for file in many for act in file["acts"])


@pytest.mark.parametrize(
    "outcome",
    ["准予许可", "不予许可", "变更许可", "延续许可", "不予延续许可", "撤销许可", "撤回许可", "注销许可"],
)
def test_a_decision_of_this_type_occurs(many: list[dict[str, Any]], outcome: str) -> None:
    assert outcome in {
        act["facts"]["决定类型"] for file in many for act in file["acts"] if act["kind"] == "执法决定"
    }


@pytest.mark.parametrize(
    ("kind", "fact", "value"),
    [
        ("补正告知", "当场告知", True),
        ("受理", "统一联合集中办理", True),
        ("执法决定", "当场作出", True),
        ("执法决定", "依法不予公开", True),
        ("许可审查", "实质核查", True),
        ("利害关系人告知", "未提出意见", True),
        ("许可专项评审", "由行政机关检测", True),
    ],
)
def test_a_fact_with_this_value_occurs(many: list[dict[str, Any]], kind: str, fact: str, value: Any) -> None:
    assert any(
        act["kind"] == kind and act["facts"].get(fact) == value for file in many for act in file["acts"]
    )


def test_some_decisions_come_on_exactly_the_last_day(maker: Any, rulebook: Any) -> None:
    ends = set()
    for number in range(120):
        acts = maker.made(licence_file, f"last-{number}")["acts"]
        kinds = {act["kind"]: act for act in acts}
        if "受理" not in kinds or kinds.keys() & {"许可专项评审", "许可延期", "许可听证"}:
            continue
        begun, decided = (kinds[kind]["starts"][:10] for kind in ("受理", "执法决定"))
        ends.add(_working_days(rulebook.calendar, begun, decided))
    assert TERM in ends
    assert max(ends) <= 45


def test_every_licence_names_a_field_of_the_vocabulary(vocabulary: Any) -> None:
    assert {item["field"] for item in items()} <= set(vocabulary.heads["fields"])


def _working_days(calendar: Any, first: str, last: str) -> int:
    begun, day, count = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal(), 0
    while day > begun:
        count += bool(calendar.is_working_day(day))
        day -= 1
    return count
