from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from inspection.made.setting import any_setting
from inspection.made.unit import unit_file

SEEDS = [f"unit-{number}" for number in range(30)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_file_of_a_unit_is_lawful(maker: Any, seed: str) -> None:
    assert maker.faults(maker.made(unit_file, seed)) == []


@pytest.mark.parametrize("field", ["自然资源", "住房城乡建设"])
def test_a_unit_of_a_field_with_rules_of_its_own_is_lawful(maker: Any, field: str) -> None:
    for number in range(5):
        assert maker.faults(maker.made(unit_file, f"{field}-{number}", field=field)) == []


def test_the_same_seed_makes_the_same_file(maker: Any) -> None:
    for seed in SEEDS[:8]:
        assert maker.made(unit_file, seed) == maker.made(unit_file, seed)


def test_a_unit_has_no_party_and_no_cover(maker: Any) -> None:
    made = maker.made(unit_file, SEEDS[0])
    assert "parties" not in made
    assert "案卷封面" not in {paper["kind"] for paper in made["documents"]}


@pytest.mark.parametrize(("region", "first"), [("内蒙古", date(2022, 3, 1)), ("四川", date(2026, 4, 29))])
def test_a_unit_of_a_region_with_rules_of_its_own_is_lawful(
    maker: Any, rulebook: Any, vocabulary: Any, region: str, first: date
) -> None:
    for number in range(6):
        dice = Random(f"{region}-{number}")
        setting = replace(any_setting(dice, 7, vocabulary), region=region, first=first)
        assert maker.faults(unit_file(setting, dice, rulebook.calendar, vocabulary)) == []


def test_data_of_a_year_come_before_the_self_check(maker: Any) -> None:
    for seed in SEEDS:
        acts = maker.made(unit_file, seed)["acts"]
        checked = next(act["starts"] for act in acts if act["kind"] == "单位自查")
        for year in (act for act in acts if act["kind"] == "执法年度"):
            assert all(day <= checked for day in year["facts"].values())


def test_levels_and_numbers_vary(maker: Any) -> None:
    files = [maker.made(unit_file, f"many-{number}") for number in range(100)]
    assert {file["agency"]["level"] for file in files} == {"省", "市", "县", "乡镇"}
    states = [act["facts"] for file in files for act in file["acts"] if act["kind"] == "单位自查"]
    assert any(state["审核人员数"] * 20 == state["执法人员数"] for state in states)
    assert {state["实施行政许可"] for state in states} == {True, False}
    assert any("职能变动日期" in state for state in states)
