from __future__ import annotations

from typing import Any

import pytest

from casefiles.moments import parse_moment
from casefiles.terms import standard_vocabulary
from engine.documents import LimitDocument
from engine.facts import CaseFacts
from engine.limits import Found, Limit, Limits, LimitUse, LimitValue, NotSet
from engine.rule import basis_from
from tests.engine.conftest import case_of

VALUES: list[dict[str, Any]] = [
    {"value": 1000, "since": "1996-10-01", "until": "2021-07-14"},
    {"value": 3000, "since": "2021-07-15"},
    {"value": 5000, "since": "2021-07-15", "where": {"field": "市场监管"}},
    {"value": 8000, "since": "2021-07-15", "where": {"field": "市场监管", "region": "示例省"}},
    {"value": None, "needs": "省级标准", "since": "2021-07-15", "where": {"field": "农业"}},
]


def limits() -> Limits:
    document = LimitDocument.model_validate(
        {
            "id": "some",
            "title": "某数额",
            "unit": "元",
            "values": [
                {
                    "value": one["value"],
                    "needs": one.get("needs", ""),
                    "where": one.get("where", {}),
                    "basis": {
                        "law": "甲法",
                        "article": "第一条",
                        "verified": "2026-11-21",
                        **{key: one[key] for key in ("since", "until") if key in one},
                    },
                }
                for one in VALUES
            ],
        }
    )
    values = tuple(
        LimitValue(one.value, one.where, basis_from(one.basis), one.needs) for one in document.values
    )
    return Limits({"some": Limit("some", document.title, document.unit, values)})


def find(day: str | None, **head: Any) -> Found | NotSet:
    act: dict[str, Any] = {"id": "D", "kind": "执法决定"}
    case = case_of([{**act, "starts": day} if day else act], **head)
    facts = CaseFacts(case, standard_vocabulary(), parse_moment("2024-12-31"))
    return limits().find(LimitUse("some"), facts, case.acts[0])


@pytest.mark.parametrize(
    ("day", "head", "value"),
    [
        ("2021-07-14", {"field": "市场监管", "region": "示例省"}, 1000),
        ("2021-07-15", {"field": "海关", "region": "示例省"}, 3000),
        ("2021-07-15", {"field": "市场监管", "region": "别省"}, 5000),
        ("2021-07-15", {"field": "市场监管", "region": "示例省某市"}, 8000),
    ],
)
def test_the_narrowest_value_in_force_on_the_day_of_the_act_wins(
    day: str, head: dict[str, str], value: int
) -> None:
    found = find(day, **head)
    assert isinstance(found, Found)
    assert found.value == value


@pytest.mark.parametrize(
    ("day", "head", "needs"),
    [
        ("2024-01-01", {"field": "农业", "region": "示例省"}, "省级标准"),
        ("2024-01-01", {"region": "示例省"}, "执法领域"),
        ("2024-01-01", {"field": "市场监管"}, "地区"),
        ("1990-01-01", {"field": "海关"}, "某数额"),
        (None, {"field": "海关"}, "日期"),
    ],
)
def test_a_value_that_is_not_set_names_what_is_missing(
    day: str | None, head: dict[str, str], needs: str
) -> None:
    found = find(day, **head)
    assert isinstance(found, NotSet)
    assert needs in found.settlement.tells


def test_without_an_act_the_day_of_the_check_decides() -> None:
    case = case_of([], field="海关")
    facts = CaseFacts(case, standard_vocabulary(), parse_moment("2020-01-01"))
    found = limits().find(LimitUse("some"), facts, None)
    assert isinstance(found, Found)
    assert found.value == 1000
