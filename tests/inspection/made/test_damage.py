from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspection.made.damage import WAYS, acts_of, day_of


@pytest.fixture
def case() -> dict[str, Any]:
    """A case in which an office looks, tells, decides on a Friday and serves the decision."""
    return {
        "facts": {"涉嫌犯罪": False},
        "agency": {"facts": {"执法权来源": "法定"}},
        "parties": [{"facts": {"未成年人": False}}],
        "persons": [
            {"id": "one", "certificate": {"valid_to": "2028-12-31"}},
            {"id": "two", "facts": {"执法资格": True}},
        ],
        "acts": [
            {
                "id": "look",
                "kind": "现场检查",
                "starts": "2024-03-01T09:00",
                "ends": "2024-03-01T10:00",
                "by": [
                    {"person": "one", "role": "执法人员"},
                    {"person": "two", "role": "执法人员"},
                    {"person": "party", "role": "被检查人"},
                ],
                "facts": {
                    "出示证件": True,
                    "记录要素": ["时间", "地点"],
                    "负责人批准时间": "2024-03-01T08:00",
                },
            },
            {"id": "tell", "kind": "事先告知", "starts": "2024-03-04", "facts": {}},
            {
                "id": "told",
                "kind": "送达",
                "starts": "2024-03-05",
                "about": ["tell"],
                "facts": {"送达方式": "直接送达"},
            },
            {"id": "decide", "kind": "执法决定", "starts": "2024-04-12T15:00", "facts": {}},
            {
                "id": "serve",
                "kind": "送达",
                "starts": "2024-04-15",
                "about": ["decide"],
                "facts": {"送达方式": "邮寄送达"},
            },
        ],
        "documents": [
            {"id": "d1", "kind": "现场笔录", "proves": ["look"]},
            {"id": "d2", "kind": "送达回证", "proves": ["told", "serve"]},
        ],
    }


def _act(case: dict[str, Any], name: str) -> dict[str, Any]:
    return next(act for act in case["acts"] if act["id"] == name)


def test_acts_are_chosen_by_kind_by_fact_and_by_what_they_name(case: dict[str, Any]) -> None:
    def chosen(**said: Any) -> list[str]:
        return [act["id"] for act in acts_of(case, said)]

    assert chosen(act="送达") == ["told", "serve"]
    assert chosen(act="送达", where={"送达方式": "邮寄送达"}) == ["serve"]
    assert chosen(act="送达", about="事先告知") == ["told"]
    assert chosen(act="送达", about="立案") == []


def test_what_is_dropped_leaves_no_paper_and_no_link(case: dict[str, Any]) -> None:
    assert WAYS["drop"](case, {"act": "事先告知"})
    assert [act["id"] for act in case["acts"]] == ["look", "told", "decide", "serve"]
    assert "about" not in _act(case, "told")
    assert WAYS["drop"](case, {"act": "送达", "about": "执法决定"})
    assert case["documents"][1]["proves"] == ["told"]
    assert WAYS["drop"](case, {"act": "现场检查"})
    assert [paper["id"] for paper in case["documents"]] == ["d2"]


def test_a_fact_is_said_otherwise_or_left_out(case: dict[str, Any]) -> None:
    assert WAYS["put"](case, {"act": "现场检查", "facts": {"出示证件": False, "负责人批准时间": None}})
    assert _act(case, "look")["facts"] == {"出示证件": False, "记录要素": ["时间", "地点"]}


def test_a_fact_is_said_of_one_act_or_of_all(case: dict[str, Any]) -> None:
    assert WAYS["put"](case, {"act": "送达", "facts": {"送达方式": "留置送达"}})
    assert _act(case, "serve")["facts"]["送达方式"] == "邮寄送达"
    assert WAYS["put"](case, {"act": "送达", "facts": {"送达方式": "留置送达"}, "all": True})
    assert _act(case, "serve")["facts"]["送达方式"] == "留置送达"


@pytest.mark.parametrize(
    ("way", "fact", "value"),
    [("put_head", "涉嫌犯罪", True), ("put_agency", "执法权来源", "无"), ("put_party", "未成年人", True)],
)
def test_the_head_says_otherwise(case: dict[str, Any], way: str, fact: str, value: object) -> None:
    assert WAYS[way](case, {"facts": {fact: value}})
    places = {"put_head": case, "put_agency": case["agency"], "put_party": case["parties"][0]}
    assert places[way]["facts"] == {fact: value}


def test_a_person_is_described_otherwise(case: dict[str, Any]) -> None:
    assert WAYS["put_person"](case, {"person": "two", "facts": {"执法资格": False}})
    assert WAYS["put_person"](case, {"person": "one", "facts": {"编制": "借调"}})
    assert [person["facts"] for person in case["persons"]] == [{"编制": "借调"}, {"执法资格": False}]


def test_items_are_struck_and_entered(case: dict[str, Any]) -> None:
    assert WAYS["strike"](case, {"act": "现场检查", "fact": "记录要素", "items": ["时间", "内容"]})
    assert WAYS["enter"](case, {"act": "现场检查", "fact": "记录要素", "items": ["地点", "当事人"]})
    assert _act(case, "look")["facts"]["记录要素"] == ["地点", "当事人"]


def test_people_stay_away_or_take_the_place_of_others(case: dict[str, Any]) -> None:
    look = _act(case, "look")
    assert WAYS["alone"](case, {"act": "现场检查", "role": "执法人员"})
    assert [part["person"] for part in look["by"]] == ["one", "party"]
    assert WAYS["absent"](case, {"act": "现场检查", "role": "被检查人"})
    assert [part["person"] for part in look["by"]] == ["one"]
    assert WAYS["replace"](case, {"act": "现场检查", "role": "执法人员", "by": "two"})
    assert look["by"] == [{"person": "two", "role": "执法人员"}]


def test_a_certificate_ends_the_day_before(case: dict[str, Any]) -> None:
    assert WAYS["expire"](case, {"act": "现场检查", "person": "one"})
    assert case["persons"][0]["certificate"]["valid_to"] == "2024-02-29"


def test_an_act_is_moved_with_its_end_and_its_moments(case: dict[str, Any]) -> None:
    assert WAYS["move"](case, {"act": "现场检查", "days": 3, "moments": ["负责人批准时间", "报告时间"]})
    look = _act(case, "look")
    assert (look["starts"], look["ends"]) == ("2024-03-04T09:00", "2024-03-04T10:00")
    assert look["facts"]["负责人批准时间"] == "2024-03-04T08:00"


def test_what_took_some_working_days_takes_as_many_after_a_move(case: dict[str, Any]) -> None:
    decide = _act(case, "decide")
    decide |= {"starts": "2024-09-26", "ends": "2024-09-30"}
    assert WAYS["move"](case, {"act": "执法决定", "days": 1})
    # The Sunday was a day of work, and the first week of October was free.
    assert (decide["starts"], decide["ends"]) == ("2024-09-27", "2024-10-08")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"days": 2, "after": "执法决定"}, date(2024, 4, 14)),
        ({"working": 1, "after": "执法决定"}, date(2024, 4, 15)),
        # The Sunday before was a day of work, the three days before that were days off (清明节).
        ({"working": -5, "after": "执法决定"}, date(2024, 4, 7)),
        ({"working": -6, "after": "执法决定"}, date(2024, 4, 3)),
        ({"working": 0, "after": "执法决定"}, date(2024, 4, 12)),
    ],
)
def test_an_act_is_moved_to_a_day_counted_from_another(
    case: dict[str, Any], said: dict[str, Any], day: date
) -> None:
    WAYS["move"](case, {"act": "送达", "about": "执法决定", **said})
    assert day_of(_act(case, "serve")) == day


@pytest.mark.parametrize(
    ("term", "day"),
    [
        ("1 working day", date(2024, 4, 16)),
        ("7 working days", date(2024, 4, 24)),
        ("4 days", date(2024, 4, 17)),
        # It ends on a Saturday, that is on the Monday after.
        ("8 days", date(2024, 4, 23)),
        # It ends on Sunday the twelfth of May, that is on the Monday after.
        ("1 month", date(2024, 5, 14)),
    ],
)
def test_an_act_comes_one_day_late(case: dict[str, Any], term: str, day: date) -> None:
    assert WAYS["late"](case, {"act": "送达", "about": "执法决定", "after": "执法决定", "term": term})
    assert day_of(_act(case, "serve")) == day


@pytest.mark.parametrize(
    ("term", "day"),
    [("2 working days", date(2024, 4, 9)), ("10 days", date(2024, 4, 1)), ("1 month", date(2024, 3, 11))],
)
def test_an_act_came_so_early_that_a_term_is_just_over(case: dict[str, Any], term: str, day: date) -> None:
    assert WAYS["early"](case, {"act": "事先告知", "before": "执法决定", "term": term})
    assert day_of(_act(case, "tell")) == day


def test_an_act_takes_one_day_too_long(case: dict[str, Any]) -> None:
    assert WAYS["stretch"](case, {"act": "现场检查", "term": "5 working days"})
    look = _act(case, "look")
    assert (look["starts"], look["ends"]) == ("2024-02-22T09:00", "2024-03-01T10:00")
    assert not WAYS["stretch"](case, {"act": "事先告知", "term": "5 working days"})


def test_a_fact_names_a_day_counted_from_an_act(case: dict[str, Any]) -> None:
    assert WAYS["date"](case, {"act": "执法决定", "fact": "改正期限", "after": "执法决定", "days": 20})
    assert _act(case, "decide")["facts"] == {"改正期限": "2024-05-02"}
    said = {"fact": "违法行为发生时间", "after": "现场检查", "years": -2, "days": -1}
    assert WAYS["date"](case, said)
    assert case["facts"]["违法行为发生时间"] == "2022-02-28"


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("drop", {"act": "听证"}),
        ("put", {"act": "听证", "facts": {"公开举行": False}}),
        ("put", {"act": "现场检查", "facts": {"出示证件": True}}),
        ("put_head", {"facts": {"涉嫌犯罪": False}}),
        ("put_person", {"person": "three", "facts": {"执法资格": False}}),
        ("strike", {"act": "现场检查", "fact": "记录要素", "items": ["内容"]}),
        ("strike", {"act": "事先告知", "fact": "告知内容", "items": ["事实"]}),
        ("enter", {"act": "现场检查", "fact": "记录要素", "items": ["地点"]}),
        ("alone", {"act": "现场检查", "role": "被检查人"}),
        ("absent", {"act": "现场检查", "role": "证人"}),
        ("replace", {"act": "现场检查", "role": "证人", "by": "two"}),
        ("expire", {"act": "现场检查", "person": "two"}),
        ("expire", {"act": "听证", "person": "one"}),
        ("move", {"act": "听证", "days": 1}),
        ("move", {"act": "送达", "days": 1, "after": "听证"}),
        ("move", {"act": "送达", "days": 0}),
        ("late", {"act": "送达", "after": "听证", "term": "7 working days"}),
        ("early", {"act": "事先告知", "before": "听证", "term": "7 working days"}),
        ("date", {"act": "执法决定", "fact": "改正期限", "after": "听证"}),
        ("date", {"act": "听证", "fact": "听证报告日期", "after": "执法决定"}),
    ],
)
def test_a_way_tells_that_it_found_nothing_to_change(
    case: dict[str, Any], way: str, said: dict[str, Any]
) -> None:
    assert not WAYS[way](case, said)
