"""What the head of a file and the day of an act leave of the rules, and what is remembered of heads."""

from __future__ import annotations

from typing import Any

import pytest

from casefiles.moments import parse_moment
from engine.check import outcomes
from engine.compiled import evaluator as module
from engine.compiled.evaluator import PLAIN_FILES
from engine.compiled.plans import Plan
from engine.compiled.rulecode import OUTSIDE
from engine.conditions import conditions_from
from engine.findings import Outcome
from engine.limituse import LimitUse
from engine.rulebook import Rulebook
from engine.selection import Selector
from engine.situations import Presence
from engine.verbs.content import AtMost, States
from engine.verbs.people import SignedBy
from tests.engine.compiled.trial import (
    act,
    answers,
    basis,
    book,
    case_of,
    cited,
    definition,
    file_of,
    rule,
    situation,
)

SIGNED = SignedBy(who=("当事人",))
KIND, PUBLIC = "执法决定", "重大公共利益"
LATE = act(KIND, "2024-03-04", facts={"罚款金额": 300})


def plan(rulebook: Rulebook, as_of: str = "2024-12-31", **head: Any) -> Plan:
    return rulebook.evaluator.plan(file_of([LATE], rulebook, as_of, **head))


FIELDS = book(
    rule(SIGNED, name="of-field", applies={"field": "市场监管"}),
    rule(SIGNED, name="of-fact", applies={PUBLIC: True}),
    rule(AtMost(fact="罚款金额", value=LimitUse("most")), name="of-limit"),
)
ALIKE: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "nothing differs": ({}, {}, True),
    "number and acts": ({}, {"number": "示例〔2024〕2号"}, True),
    "a fact that no rule asks about": ({}, {"facts": {"办案状态": "已结", "案件来源": "投诉举报"}}, True),
    "a fact that a rule asks about": ({}, {"facts": {PUBLIC: True}}, False),
    "the name of the party": ({}, {"parties": [{"name": "某乙", "kind": "公民"}]}, True),
    "the kind of the party": ({}, {"parties": [{"name": "某甲", "kind": "法人"}]}, False),
    "the number of parties": ({}, {"parties": [{"name": "某甲", "kind": "公民"}] * 2}, False),
    "the field": ({}, {"field": "农业农村"}, False),
    "the kind": ({}, {"kind": "行政许可"}, False),
    "the procedure": ({}, {"procedure": "普通程序"}, False),
    "the region": ({}, {"region": "四川"}, False),
    "the level of the agency": ({}, {"agency": {"name": "示例市执法局", "level": "市"}}, False),
    "a fact of the agency": (
        {},
        {"agency": {"name": "示例市执法局", "facts": {PUBLIC: True}}},
        False,
    ),
    "a fact of the party": (
        {},
        {"parties": [{"name": "某甲", "kind": "公民", "facts": {PUBLIC: True}}]},
        False,
    ),
    "what the source provides": ({}, {"provides": [KIND]}, False),
    "the order of what it provides": ({"provides": [KIND, "送达"]}, {"provides": ["送达", KIND]}, False),
    "a list": ({"facts": {"重大公共利益": ["甲"]}}, {"facts": {"重大公共利益": ["甲"]}}, True),
    "another list": ({"facts": {"重大公共利益": ["甲"]}}, {"facts": {"重大公共利益": ["乙"]}}, False),
    "a list and its words": (
        {"facts": {"重大公共利益": ["甲"]}},
        {"facts": {"重大公共利益": "['甲']"}},
        False,
    ),
}


@pytest.mark.parametrize("row", ALIKE)
def test_two_heads_share_a_plan_if_they_say_the_same_of_all_that_is_asked(row: str) -> None:
    one, other, alike = ALIKE[row]
    assert (plan(FIELDS, **one) is plan(FIELDS, **other)) is alike


def test_the_day_of_the_check_is_part_of_what_a_head_says() -> None:
    assert plan(FIELDS, "2024-12-30") is not plan(FIELDS, "2024-12-31")
    assert plan(FIELDS, "2024-12-31") is plan(FIELDS, "2024-12-31T09:00")


def test_a_head_fact_is_derived_from_sources_in_force_on_the_day_of_the_check() -> None:
    ground = situation(head={"field": "市场监管"}, basis=(basis("2024-03-01", "2024-03-31"),))
    rulebook = book(
        rule(SIGNED, applies={PUBLIC: True}),
        definitions=(definition(PUBLIC, "案卷", ground),),
    )
    told = [
        KIND in plan(rulebook, day, field="市场监管").groups
        for day in ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01")
    ]
    assert told == [False, True, True, False]


def test_where_a_head_fact_hangs_on_acts_every_file_has_a_plan_of_its_own() -> None:
    ground = situation(present=(Presence(Selector(("听证",))),))
    rulebook = book(
        rule(SIGNED, applies={PUBLIC: True}),
        definitions=(definition(PUBLIC, "案卷", ground),),
    )
    heard, unheard = file_of([LATE, act("听证", "2024-03-01")], rulebook), file_of([LATE], rulebook)
    told = [KIND in rulebook.evaluator.plan(file).groups for file in (heard, unheard, heard)]
    assert told == [True, False, True]


def test_limits_are_kept_with_the_head_that_they_are_for() -> None:
    rulebook = book(rule(AtMost(fact="罚款金额", value=LimitUse("most")), name="of-limit"))
    citizen = file_of([act(KIND, "2024-03-04", facts={"罚款金额": 200})], rulebook)
    firm = file_of(
        [act(KIND, "2024-03-04", facts={"罚款金额": 200})], rulebook, parties=[{"name": "某", "kind": "法人"}]
    )
    told = [answers(rulebook, file, file.case.acts[0]) for file in (citizen, firm, citizen)]
    assert told[0] == told[2] != told[1]
    assert citizen.bounds is not firm.bounds


HEADS: list[dict[str, Any]] = [
    {"field": field, "facts": {"办案状态": "已结", "重大公共利益": flag}}
    for field in ("市场监管", "农业农村", "应急管理")
    for flag in (True, False)
]


def test_heads_are_forgotten_when_there_are_too_many_and_judged_alike_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_PLANS", 4)
    rulebook = book(*FIELDS.rules)

    def told(head: dict[str, Any]) -> list[tuple[str, Outcome]]:
        found = outcomes(case_of([LATE], **head), rulebook, parse_moment("2024-12-31"))
        assert len(rulebook.evaluator._plans) <= 4
        return [(one.id, outcome) for one, _, outcome in found]

    first = [told(head) for head in HEADS]
    assert len({str(one) for one in first}) > 2
    assert [told(head) for head in HEADS] == first
    assert plan(rulebook, **HEADS[-1]) is plan(rulebook, **HEADS[-1])


def test_the_first_files_are_judged_plainly_and_the_rest_by_generated_code() -> None:
    rulebook = Rulebook(
        *("v", FIELDS.rules, (), FIELDS.limits, FIELDS.laws, FIELDS.calendar, FIELDS.vocabulary)
    )
    evaluator = rulebook.evaluator
    ran = []
    for _ in range(PLAIN_FILES + 2):
        outcomes(case_of([LATE]), rulebook, parse_moment("2024-12-31"))
        ran.append("_functions" in vars(evaluator.code(rulebook.rules[2])))
    assert ran == [False] * PLAIN_FILES + [True, True]


SOURCES = (
    *cited(basis("2024-03-01", "2024-03-31")),
    *cited(basis("2024-06-01", "2024-06-30"), when={"field": "市场监管"}),
)
STATED = States(conditions=conditions_from({"罚款金额": {"at_least": 1}}))


@pytest.mark.parametrize("field", ["市场监管", "农业农村"])
def test_the_functions_change_on_the_days_on_which_sources_come_and_go(field: str) -> None:
    rulebook = book(rule(STATED, sources=SOURCES), rule(SIGNED, name="always"))
    group = plan(rulebook, field=field).groups[KIND]
    code = rulebook.evaluator.code(rulebook.rules[0])
    market = field == "市场监管"
    days = {
        "2024-02-29": False, "2024-03-01": True, "2024-03-31": True, "2024-04-01": False, "2024-05-31": False,
        "2024-06-01": market, "2024-06-30": market, "2024-07-01": False,
    }  # fmt: skip
    for _ in range(2):
        for text, binds in days.items():
            (place, judge), (other, always) = group.row(parse_moment(text).day)
            assert (place, other) == (0, 1)
            assert judge == (code.judge if binds else code.outside), text
            assert always == rulebook.evaluator.code(rulebook.rules[1]).judge
    assert group.row(None)[0][1] == code.judge
    assert group.row(parse_moment("2024-03-10").day) is group.row(parse_moment("2024-03-20").day)
    assert group.row(None) is group.row(None)


def test_a_rule_of_no_source_in_force_is_outside_by_its_plain_functions_too() -> None:
    rulebook = book(rule(STATED, sources=SOURCES), compiled=False)
    file = file_of([act(KIND, "2024-05-01", facts={"罚款金额": 5})], rulebook)
    assert answers(rulebook, file, file.case.acts[0]) == [OUTSIDE]


def test_conditions_alike_have_one_place_and_others_have_their_own() -> None:
    table = book().evaluator._heads
    written: list[dict[str, Any]] = [
        {"field": "市场监管"},
        {"field": ["市场监管"]},
        {"field": {"is_not": "市场监管"}},
        {PUBLIC: True},
        {"重大公共利益": 1},
        {"重大公共利益": {"at_least": {"limit": "most"}}},
        {"重大公共利益": {"at_least": {"limit": "least"}}},
        {},
    ]
    places = [table.place(conditions_from(one)) for one in written]
    assert len(set(places)) == len(places)
    assert [table.place(conditions_from(one)) for one in written] == places
