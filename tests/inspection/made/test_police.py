from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from casefiles.resident_id import is_resident_id
from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.police import police_file
from inspection.made.setting import FIRST, Setting

FIELDS = ("治安管理", "公安")
PROCEDURES = ("普通程序", "快速办理", "简易程序")
NEW_LAW = date(2026, 1, 1)


def recent_police_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Make a file around the day on which the public order law of 2025 came into force."""
    first = NEW_LAW + timedelta(dice.randint(-30, 110))
    return police_file(replace(setting, first=first), dice, calendar, words)


def around_the_penalties_law(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Make a file around the day on which the revised law on penalties came into force."""
    first = date(2021, 7, 15) + timedelta(dice.randint(-40, 20))
    return police_file(replace(setting, first=first), dice, calendar, words)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("story", [police_file, recent_police_file, around_the_penalties_law])
@pytest.mark.parametrize("seed", range(20))
def test_a_made_police_file_is_lawful(maker: Any, story: Any, field: str, seed: int) -> None:
    assert maker.faults(maker.made(story, f"police-{seed}", field=field)) == []


@pytest.mark.parametrize("field", FIELDS)
def test_the_first_day_of_made_cases_has_a_text_for_every_matter(maker: Any, field: str) -> None:
    def at_the_start(
        setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
    ) -> dict[str, Any]:
        return police_file(replace(setting, first=FIRST), dice, calendar, words)

    for number in range(60):
        assert maker.made(at_the_start, f"first-{number}", field=field)["acts"]


@pytest.mark.parametrize("field", FIELDS)
def test_the_same_seed_makes_the_same_file(maker: Any, field: str) -> None:
    for seed in ("a", "b", "c"):
        made = maker.made(police_file, seed, field=field)
        assert made == maker.made(police_file, seed, field=field)
    assert made != maker.made(police_file, "a", field=field)


@pytest.fixture(scope="module")
def many(maker: Any) -> list[dict[str, Any]]:
    return [
        maker.made(story, f"many-{number}", field="治安管理")
        for story in (police_file, recent_police_file)
        for number in range(200)
    ]


def decisions(case: dict[str, Any]) -> list[dict[str, Any]]:
    return [act["facts"] for act in case["acts"] if act["kind"] == "执法决定"]


def test_every_procedure_occurs(many: list[dict[str, Any]]) -> None:
    assert {case["procedure"] for case in many} == set(PROCEDURES)


@pytest.mark.parametrize(
    "kind",
    [
        "传唤", "现场检查", "检查审批", "辨认", "查封扣押", "查封扣押处理", "检测鉴定", "检测结果告知",
        "生物信息采集", "证据提取", "先行登记保存", "治安调解", "限制人身自由", "快速办理告知", "听证",
        "法制审核",
        "集体讨论", "延长期限审批", "拘留执行", "暂缓执行拘留", "复议诉讼", "当场收缴", "备案", "公示",
        "回避", "文书补正", "立案",
    ],
)  # fmt: skip
def test_an_act_of_this_kind_occurs(many: list[dict[str, Any]], kind: str) -> None:
    assert any(act["kind"] == kind for case in many for act in case["acts"])


@pytest.mark.parametrize("penalty", ["警告", "罚款", "行政拘留", "吊销许可证件"])
def test_a_penalty_of_this_kind_occurs(many: list[dict[str, Any]], penalty: str) -> None:
    assert any(penalty in facts.get("处罚种类", ()) for case in many for facts in decisions(case))


def test_minors_spared_persons_and_units_occur(many: list[dict[str, Any]]) -> None:
    parties = [case["parties"][0] for case in many]
    assert any(party["facts"].get("未成年人") for party in parties)
    assert any(party["facts"].get("行为时不满十四周岁") for party in parties)
    assert any(party["kind"] != "公民" for party in parties)
    assert any(facts["决定类型"] == "不予处罚" for case in many for facts in decisions(case))


def test_a_person_has_an_identity_number_of_no_region(many: list[dict[str, Any]]) -> None:
    numbers = [case["parties"][0]["facts"].get("证件号码") for case in many]
    held = [number for number in numbers if number is not None]
    assert held
    assert all(is_resident_id(number) and number.startswith("990000") for number in held)


def test_no_record_of_public_order_is_published_from_2026_on(many: list[dict[str, Any]]) -> None:
    shown = [act["starts"] for case in many for act in case["acts"] if act["kind"] == "公示"]
    assert shown
    assert max(shown) < "2026-01-01"


def test_rules_of_both_public_order_laws_are_met(maker: Any) -> None:
    seeds = [f"met-{number}" for number in range(120)]
    met = maker.met(police_file, seeds, field="治安管理")
    met |= maker.met(recent_police_file, seeds, field="治安管理")
    assert {
        "summons-questioning-time", "summons-told", "summons-care", "summons-approved", "oral-summons-noted",
        "public-order-decision-in-time-old", "public-order-decision-in-time", "public-order-guardian-told",
        "public-order-minor-questioned", "public-order-under-sixteen-questioned",
        "public-order-victim-served", "public-order-dwelling-warrant", "public-order-premises-warrant",
        "public-order-single-officer-recorded",
        "public-order-spot-seizure-approved", "public-security-record-sealed", "sampling-approved",
        "fast-track-consented", "fast-track-in-time", "police-station-power", "detention-set-off",
        "detention-not-executed", "detention-stay-granted", "detention-deposit-returned",
        "public-order-fine-collected-on-the-spot", "public-security-hearing-refusal-told",
    } <= met  # fmt: skip
