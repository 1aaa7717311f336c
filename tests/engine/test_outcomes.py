"""Outcomes in their order: rule by rule, acts as the file has them, whatever fails on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from casefiles.moments import parse_moment
from engine.check import Outcomes, check, outcomes
from engine.compiled.rulecode import RuleCode
from engine.conditions import conditions_from
from engine.findings import Outcome
from engine.options import Options
from engine.rulebook import Rulebook
from engine.scope import Scope
from engine.verbs.base import Verb, Verdict
from engine.verbs.content import States
from engine.verbs.order import FollowedBy
from engine.verbs.people import SignedBy
from tests.engine.compiled.trial import Acts, act, book, case_of, rule, situation

AS_OF = parse_moment("2024-12-31")
SIGNED, FOLLOWED = SignedBy(who=("当事人",)), FollowedBy(act=("公示",))
EXCEPTED = situation(act={"当场作出": True})
YES, NO = {"当事人确认": True}, {"当事人确认": False}
ACTS: Acts = [
    act("执法决定", "2024-03-04", id="D1", facts=NO),
    act("查封扣押", "2024-03-01", id="S1", facts=YES),
    act("执法决定", "2024-02-01", id="D2", facts=YES),
    act("送达", "2024-03-01", id="T1"),
    act("查封扣押", "2024-03-01", id="S2", facts=NO | {"当场作出": True}),
    act("执法决定", id="D3", facts={"当场作出": True} | YES),
]
NOT_AT_ONCE = {"当场作出": {"is_not": True}}
RULES = (
    rule(SIGNED, name="both-kinds", kinds=("查封扣押", "执法决定")),
    rule(FOLLOWED, name="followed", unless=(EXCEPTED,)),
    rule(SIGNED, name="of-no-act", kinds=("听证",)),
    rule(
        SIGNED, name="signed", kinds=("查封扣押",), where={"当场作出": {"is_not": True}}, unless=(EXCEPTED,)
    ),
    rule(SIGNED, name="of-others", applies={"kind": "行政许可"}),
    rule(SIGNED, name="never-a-subject", where={"决定类型": {"says": "其他"}}),
)
MET, BREACHED, OUT = Outcome.MET, Outcome.BREACHED, Outcome.NOT_APPLICABLE
EXPECTED = [
    ("both-kinds", "D1", BREACHED),
    ("both-kinds", "S1", MET),
    ("both-kinds", "D2", MET),
    ("both-kinds", "S2", BREACHED),
    ("both-kinds", "D3", MET),
    ("followed", "D1", BREACHED),
    ("followed", "D2", BREACHED),
    ("followed", "D3", OUT),
    ("of-no-act", None, OUT),
    ("signed", "S1", MET),
    ("of-others", None, OUT),
    ("never-a-subject", None, OUT),
]


@pytest.fixture(params=[True, False], ids=["compiled", "plain"])
def rulebook(request: pytest.FixtureRequest) -> Rulebook:
    return book(*RULES, compiled=request.param)


def said(found: Outcomes) -> list[tuple[str, str | None, Outcome]]:
    return [(one.id, subject.id if subject else None, outcome) for one, subject, outcome in found]


def test_outcomes_stand_rule_by_rule_and_acts_as_the_file_has_them(rulebook: Rulebook) -> None:
    assert said(outcomes(case_of(ACTS), rulebook, AS_OF)) == EXPECTED


def test_findings_say_the_same_in_the_same_order(rulebook: Rulebook) -> None:
    told = [(one.rule, one.subject, one.outcome) for one in check(case_of(ACTS), rulebook, AS_OF)]
    assert told == EXPECTED


def test_outcomes_are_counted_without_being_put_in_order(rulebook: Rulebook) -> None:
    found = outcomes(case_of(ACTS), rulebook, AS_OF)
    assert found.counts() == Counter(outcome for _, _, outcome in EXPECTED)


@pytest.mark.parametrize(
    "wanted", [{BREACHED}, {MET}, {OUT}, {BREACHED, OUT}, set(), {Outcome.PENDING}, set(Outcome)]
)
def test_only_the_findings_wanted_are_told_in_the_same_order(
    rulebook: Rulebook, wanted: set[Outcome]
) -> None:
    found = outcomes(case_of(ACTS), rulebook, AS_OF).findings(wanted)
    told = [(one.rule, one.subject, one.outcome) for one in found]
    assert told == [one for one in EXPECTED if one[2] in wanted]


def test_what_may_be_hidden_stands_where_its_rule_stands(rulebook: Rulebook) -> None:
    case = case_of(ACTS, provides=["执法决定", "查封扣押", "公示", "案卷"])
    found = outcomes(case, rulebook, AS_OF)
    open_ = [("of-no-act", None, Outcome.UNDETERMINED) if one[0] == "of-no-act" else one for one in EXPECTED]
    assert said(found) == open_
    assert [one.rule for one in found.findings({Outcome.UNDETERMINED})] == ["of-no-act"]
    assert found.counts() == Counter(outcome for _, _, outcome in open_)


def test_nothing_in_the_file_leaves_every_rule_without_a_subject(rulebook: Rulebook) -> None:
    found = outcomes(case_of([]), rulebook, AS_OF)
    assert said(found) == [(one.id, None, OUT) for one in RULES]
    assert found.counts() == {OUT: len(RULES)}


class Fails(Verb, Options, frozen=True, kw_only=True):
    """A verb that fails for the acts of some ids."""

    ids: tuple[str, ...]

    def sentence(self) -> str:
        return ""

    def judge(self, scope: Scope) -> Verdict:
        if scope.subject.id in self.ids:
            raise ZeroDivisionError("planted")
        return Verdict(Outcome.BREACHED)


def failing() -> Rulebook:
    return book(RULES[0], rule(Fails(ids=("D2",)), name="fails"), *RULES[2:])


def test_a_verb_that_fails_is_an_error_for_its_act_and_nothing_else() -> None:
    found = outcomes(case_of(ACTS), failing(), AS_OF)
    middle = [
        ("fails", "D1", BREACHED),
        ("fails", "D2", Outcome.ERROR),
        ("fails", "D3", Outcome.UNDETERMINED),
    ]
    assert said(found) == [*EXPECTED[:5], *middle, *EXPECTED[8:]]
    (error,) = found.findings({Outcome.ERROR})
    assert (error.rule, error.subject) == ("fails", "D2")
    assert error.message == "执行出错：ZeroDivisionError: planted"
    assert found.counts()[Outcome.ERROR] == 1


@pytest.fixture
def broken_code(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rulebook]:
    """Return a rulebook whose second rule has generated code that fails."""
    rulebook = book(*RULES)

    def judge(*given: Any) -> int:
        raise KeyError("planted")

    code: RuleCode = rulebook.evaluator.code(RULES[1])
    vars(code)["judge"] = judge
    yield rulebook


def test_generated_code_that_fails_is_an_error_and_never_kept(broken_code: Rulebook) -> None:
    found = outcomes(case_of(ACTS), broken_code, AS_OF)
    middle = [("followed", one, Outcome.ERROR) for one in ("D1", "D2", "D3")]
    assert said(found) == [*EXPECTED[:5], *middle, *EXPECTED[8:]]
    assert [one.message for one in found.findings({Outcome.ERROR})] == ["执行出错：KeyError: 'planted'"] * 3
    assert len(list(found.findings())) == len(EXPECTED)


def test_a_condition_that_fails_is_an_error_by_generated_code_as_plainly() -> None:
    stated = States(conditions=conditions_from({"限制期限届满日": {"not_before": "2024-05-01"}}))
    acts = [act("执法决定", "2024-03-04", facts={"限制期限届满日": "不明"})]
    for compiled in (True, False):
        found = outcomes(case_of(acts), book(rule(stated), *RULES[:1], compiled=compiled), AS_OF)
        assert [outcome for _, _, outcome in found] == [Outcome.ERROR, Outcome.UNDETERMINED]


def test_telling_that_fails_is_an_error_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = book(*RULES)
    found = outcomes(case_of(ACTS), rulebook, AS_OF)

    def kept(*given: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(type(found._teller), "kept", kept)
    told = [(one.rule, one.subject, one.outcome) for one in found.findings()]
    assert told == [(name, act_, Outcome.ERROR if one is MET else one) for name, act_, one in EXPECTED]


def test_the_same_rule_under_another_name_has_the_same_outcomes() -> None:
    again = tuple(replace(one, id=f"{one.id}-again") for one in RULES)
    found = said(outcomes(case_of(ACTS), book(*RULES, *again), AS_OF))
    assert found == EXPECTED + [(f"{name}-again", act_, one) for name, act_, one in EXPECTED]
