from __future__ import annotations

from typing import Any

import pytest

from inspection.made.visits import visit_file

SEEDS = [f"visit-{number}" for number in range(30)]
FIELDS = ("交通运输", "治安管理", "公安", "市场监管", "生态环境", "民政")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_inspection_file_is_lawful(maker: Any, seed: str) -> None:
    assert maker.faults(maker.made(visit_file, seed)) == []


@pytest.mark.parametrize("field", FIELDS)
def test_an_inspection_of_a_field_with_rules_of_its_own_is_lawful(maker: Any, field: str) -> None:
    for number in range(8):
        assert maker.faults(maker.made(visit_file, f"{field}-{number}", field=field)) == []


def test_the_same_seed_makes_the_same_file(maker: Any) -> None:
    for seed in SEEDS[:8]:
        assert maker.made(visit_file, seed) == maker.made(visit_file, seed)


@pytest.fixture(scope="module")
def many(maker: Any) -> list[dict[str, Any]]:
    return [maker.made(visit_file, f"many-{number}") for number in range(250)]


@pytest.mark.parametrize(
    "kind",
    [
        "检查审批",
        "检查通知",
        "责令改正",
        "整改复查",
        "执法决定",
        "抽样取证",
        "检测结果告知",
        "公示",
        "移送",
        "归档",
    ],
)
def test_an_act_of_this_kind_occurs(many: list[dict[str, Any]], kind: str) -> None:
    assert any(act["kind"] == kind for file in many for act in file["acts"])


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("检查结果", "未发现问题"), ("检查结果", "责令改正"), ("检查结果", "立案查处"),
        ("随机抽查", True),
        ("检查类型", "许可后监督检查"), ("检查类型", "专项检查"), ("检查类型", "个案检查"),
        ("紧急情况", True),
        ("当事人在场", False), ("当事人确认", "拒签注明"), ("检查实施主体", "受委托组织"), ("协助函件", True),
    ],
)  # fmt: skip
def test_a_visit_of_this_sort_occurs(many: list[dict[str, Any]], fact: str, value: Any) -> None:
    visits = [act for file in many for act in file["acts"] if act["kind"] == "现场检查"]
    assert any(visit["facts"].get(fact) == value for visit in visits)


def test_a_visit_that_found_nothing_leaves_no_order(many: list[dict[str, Any]]) -> None:
    for file in many:
        found = next(act["facts"]["检查结果"] for act in file["acts"] if act["kind"] == "现场检查")
        ordered = any(act["kind"] == "责令改正" for act in file["acts"])
        assert ordered == (found == "责令改正")
