from __future__ import annotations

from typing import Any

import pytest

from inspection.made.customs import customs_file


@pytest.mark.parametrize("seed", range(40))
def test_a_made_customs_file_is_lawful(maker: Any, seed: int) -> None:
    assert maker.faults(maker.made(customs_file, f"customs-{seed}", field="海关")) == []


def test_the_same_seed_makes_the_same_file(maker: Any) -> None:
    made = maker.made(customs_file, "a", field="海关")
    assert made == maker.made(customs_file, "a", field="海关")
    assert made != maker.made(customs_file, "b", field="海关")


@pytest.fixture(scope="module")
def many(maker: Any) -> list[dict[str, Any]]:
    return [maker.made(customs_file, f"many-{number}", field="海关") for number in range(200)]


@pytest.mark.parametrize(
    "kind",
    [
        "查封扣押", "查封扣押处理", "抽样取证", "检测鉴定", "听证告知", "听证申请", "听证", "陈述申辩",
        "申辩复核", "法制审核", "集体讨论", "延长期限审批", "快速办理告知", "公示", "公示撤回", "决定变更",
        "罚没物品处理",
    ],
)  # fmt: skip
def test_an_act_of_this_kind_occurs(many: list[dict[str, Any]], kind: str) -> None:
    assert any(act["kind"] == kind for case in many for act in case["acts"])


def test_every_ordinary_case_is_reviewed_before_its_decision(many: list[dict[str, Any]]) -> None:
    for case in many:
        kinds = [act["kind"] for act in case["acts"]]
        reviewed = "法制审核" in kinds[: kinds.index("执法决定")]
        assert reviewed == (case["procedure"] == "普通程序")


def test_rules_of_customs_are_met(maker: Any) -> None:
    seeds = [f"met-{number}" for number in range(120)]
    met = maker.met(customs_file, seeds, field="海关")
    assert {
        "customs-hearing-in-time", "customs-hearing-refusal-in-time", "decision-in-time", "defence-window",
        "hearing-offered", "hearing-notice", "major-decision-reviewed", "reversed-penalty-withdrawn",
    } <= met  # fmt: skip
