"""The four answers of the functions of a rule: its subjects, exceptions and sources, and the plain ones."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from engine.compiled.rulecode import ASK, KEPT, OUTSIDE, SKIPPED, RuleCode, arguments
from engine.conditions import conditions_from
from engine.facts import CaseFacts
from engine.findings import Outcome
from engine.options import ActChoice
from engine.periods import parse_period
from engine.requirement import AllOf, AnyOf, Not
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.selection import Selector
from engine.situations import Presence, Situation
from engine.truth import Truth
from engine.verbs.base import Verb
from engine.verbs.content import SameAs, States
from engine.verbs.duration import NotDuring
from engine.verbs.order import FollowedBy, Within
from engine.verbs.people import SignedBy
from tests.engine.compiled.trial import (
    act,
    answers,
    basis,
    book,
    cited,
    file_of,
    is_kept,
    rule,
    said,
    situation,
)

KIND = "执法决定"
AT_ONCE, KIND_OF = "当场作出", "决定类型"
"""A flag that silence denies, and a choice that silence leaves open."""
SIGNED = SignedBy(who=("当事人",))
YES: dict[str, Any] = {"当事人确认": True}


def decided(day: str | None = "2024-03-04", **facts: Any) -> dict[str, Any]:
    return act(KIND, day, id="D", facts=facts)


def answer(one: Rule, subject: dict[str, Any], **head: Any) -> int:
    rulebook = book(one)
    file = file_of([subject], rulebook, **head)
    (found,) = answers(rulebook, file, file.case.acts[0])
    return found


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({KIND_OF: "行政处罚"} | YES, KEPT),
        ({KIND_OF: "行政处罚"}, ASK),
        ({KIND_OF: "其他"} | YES, SKIPPED),
        (YES, KEPT),
        ({}, ASK),
    ],
)
def test_what_certainly_is_no_subject_is_skipped_and_what_may_be_is_judged(
    facts: dict[str, Any], expected: int
) -> None:
    assert answer(rule(SIGNED, where={KIND_OF: "行政处罚"}), decided(**facts)) == expected


def test_subjects_of_several_kinds_are_told_apart_by_what_silence_means() -> None:
    one = rule(SIGNED, kinds=(KIND, "查封扣押"), where={AT_ONCE: {"is_not": True}})
    assert answer(one, decided(**YES)) == KEPT
    assert answer(one, act("查封扣押", "2024-03-04", facts={AT_ONCE: True} | YES)) == SKIPPED


EXCEPTION = situation(act={KIND_OF: "其他"})
FIRMS = situation(act={AT_ONCE: True}, head={"party": "法人"})
FIRM: dict[str, Any] = {"parties": [{"name": "某公司", "kind": "法人"}]}
CITIZEN: dict[str, Any] = {"parties": [{"name": "某甲", "kind": "公民"}]}
NOBODY: dict[str, Any] = {"parties": []}


@pytest.mark.parametrize(
    ("facts", "head", "expected"),
    [
        ({KIND_OF: "其他"}, CITIZEN, OUTSIDE),
        ({KIND_OF: "行政处罚"}, CITIZEN, ASK),
        ({}, CITIZEN, ASK),
        (YES, CITIZEN, KEPT),
        ({KIND_OF: "行政处罚", AT_ONCE: True}, FIRM, OUTSIDE),
        ({KIND_OF: "行政处罚", AT_ONCE: True}, CITIZEN, ASK),
        ({KIND_OF: "行政处罚", AT_ONCE: True}, NOBODY, ASK),
        ({KIND_OF: "行政处罚", AT_ONCE: False}, FIRM, ASK),
    ],
)
def test_a_rule_does_not_bind_where_an_exception_certainly_is_given(
    facts: dict[str, Any], head: dict[str, Any], expected: int
) -> None:
    assert answer(rule(SIGNED, unless=(EXCEPTION, FIRMS)), decided(**facts), **head) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-02-29", ASK), ("2024-03-01", OUTSIDE), ("2024-03-31", OUTSIDE), ("2024-04-01", ASK)],
)
def test_an_exception_counts_on_the_days_of_its_source(day: str, expected: int) -> None:
    exception = situation(act={AT_ONCE: True}, basis=(basis("2024-03-01", "2024-03-31"),))
    assert answer(rule(SIGNED, unless=(exception,)), decided(day, **{AT_ONCE: True})) == expected


SPANS: list[tuple[tuple[str, str | None], ...]] = [
    (("2024-03-01", "2024-03-10"), ("2024-03-11", "2024-03-20")),
    (("2024-03-01", "2024-03-10"), ("2024-03-12", "2024-03-20")),
    (("2024-03-12", None), ("2024-03-01", "2024-03-10")),
    (("2024-03-01", "2024-03-20"), ("2024-03-05", "2024-03-10")),
    (("2024-03-01", None), ("2024-03-05", "2024-03-10")),
]


@pytest.mark.parametrize("spans", SPANS)
def test_an_exception_of_several_sources_counts_on_the_days_of_each(
    spans: tuple[tuple[str, str | None], ...],
) -> None:
    exception = situation(act={AT_ONCE: True}, basis=tuple(basis(*span) for span in spans))
    for number in (1, 4, 5, 10, 11, 12, 20, 21):
        day = f"2024-03-{number:02}"
        expected = any(since <= day and (until is None or day <= until) for since, until in spans)
        found = answer(rule(SIGNED, unless=(exception,)), decided(day, **{AT_ONCE: True}))
        assert (found == OUTSIDE) is expected, day
    assert answer(rule(SIGNED, unless=(exception,)), decided("2024-02-29", **{AT_ONCE: True})) == ASK


def test_an_act_without_a_day_is_excepted_by_what_is_in_force_on_the_day_of_the_check() -> None:
    exception = situation(act={AT_ONCE: True}, basis=(basis("2024-03-01", "2024-03-31"),))
    one = rule(SIGNED, unless=(exception,))
    rulebook = book(one)
    told = []
    for as_of in ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01"):
        file = file_of([decided(None, **{AT_ONCE: True})], rulebook, as_of)
        told += answers(rulebook, file, file.case.acts[0])
    assert told == [ASK, OUTSIDE, OUTSIDE, ASK]


SOURCES = (*cited(basis("2024-03-01", "2024-03-31")), *cited(basis("2024-04-10"), when={"field": "市场监管"}))


@pytest.mark.parametrize(
    ("day", "field", "expected"),
    [
        ("2024-02-29", "市场监管", OUTSIDE),
        ("2024-03-01", None, ASK),
        ("2024-03-31", "农业农村", ASK),
        ("2024-04-01", "市场监管", OUTSIDE),
        ("2024-04-09", "市场监管", OUTSIDE),
        ("2024-04-10", "市场监管", ASK),
        ("2024-04-10", "农业农村", OUTSIDE),
        ("2024-04-10", None, ASK),
        (None, "农业农村", ASK),
    ],
)
def test_a_rule_binds_on_the_days_and_in_the_fields_of_its_sources(
    day: str | None, field: str | None, expected: int
) -> None:
    one = rule(SIGNED, sources=SOURCES, where={AT_ONCE: {"is_not": True}})
    head = {"field": field} if field else {}
    assert answer(one, decided(day), **head) == expected
    skipped = answer(one, decided(day, **{AT_ONCE: True}), **head)
    assert skipped == SKIPPED


@pytest.mark.parametrize(
    ("applies", "head", "asked"),
    [
        ({"party": "公民"}, CITIZEN, True),
        ({"party": "公民"}, FIRM, False),
        ({"party": "公民"}, NOBODY, True),
        ({"kind": "行政许可"}, CITIZEN, False),
    ],
)
def test_rules_that_the_head_rules_out_are_not_asked(
    applies: dict[str, Any], head: dict[str, Any], asked: bool
) -> None:
    rulebook = book(rule(SIGNED, applies=applies))
    file = file_of([decided()], rulebook, **head)
    assert (KIND in rulebook.evaluator.plan(file).groups) is asked


BROKEN = States(conditions=conditions_from({KIND_OF: "行政处罚"}))
FOLLOWED = FollowedBy(act=("公示",))


@pytest.mark.parametrize(
    ("verb", "facts", "kept"),
    [
        (BROKEN, {KIND_OF: "行政处罚"}, True),
        (BROKEN, {KIND_OF: "其他"}, False),
        (BROKEN, {}, False),
        (AllOf(verbs=(BROKEN, SIGNED)), {KIND_OF: "行政处罚"} | YES, True),
        (AllOf(verbs=(BROKEN, SIGNED)), {KIND_OF: "行政处罚"}, False),
        (AllOf(verbs=(BROKEN, SIGNED)), YES, False),
        (AnyOf(verbs=(BROKEN, SIGNED)), YES, True),
        (AnyOf(verbs=(BROKEN, SIGNED)), {KIND_OF: "行政处罚"}, True),
        (AnyOf(verbs=(BROKEN, SIGNED)), {KIND_OF: "其他"}, False),
    ],
)
def test_verbs_that_are_combined_are_cleared_together(verb: Verb, facts: dict[str, Any], kept: bool) -> None:
    assert is_kept(verb, [decided(**facts)]) is kept


NIGHT = NotDuring(times=("法定节假日",))
OPENED = ActChoice(act=("立案",))
SAME = SameAs(act=("公示",), fact="文号")
UNWRITTEN: dict[str, Verb] = {
    "a verb that is not written": SAME,
    "not during": NIGHT,
    "all of, one of which is not written": AllOf(verbs=(SIGNED, NIGHT)),
    "not, of a verb that is not written": Not(verb=SIGNED),
    "not within a period that may be stopped": Not(
        verb=Within(period=parse_period("3 days"), of=OPENED, stopped_by=(OPENED,))
    ),
    "not within a period in hours": Not(verb=Within(period=parse_period("3 hours"), of=OPENED)),
}


@pytest.mark.parametrize("name", UNWRITTEN)
def test_what_is_not_written_is_always_asked(name: str) -> None:
    one = rule(UNWRITTEN[name])
    assert "return ASK" in book(one).evaluator.code(one).code.source
    opened, shown = act("立案", "2024-01-02"), act("公示", "2024-03-05", facts={"文号": "1"})
    assert not is_kept(UNWRITTEN[name], [decided(文号="1", **YES), opened, shown])


def test_of_any_of_the_written_ones_may_clear_what_is_not_written() -> None:
    verb = AnyOf(verbs=(NIGHT, SIGNED))
    assert is_kept(verb, [decided(**YES)])


HEARD = Presence(Selector(("听证",)))
UNLESS: list[Situation] = [
    situation(act={KIND_OF: "其他"}),
    situation(head={"party": "法人"}),
    situation(act={AT_ONCE: True}, head={"party": "法人"}, basis=(basis("2024-03-01", "2024-03-31"),)),
    situation(present=(HEARD,)),
    situation(act={KIND_OF: "其他"}, present=(HEARD,)),
]
HEADS = [CITIZEN, FIRM, NOBODY, {"facts": {"办案状态": "在办"}}, {"provides": [KIND]}]


def every_file(rulebook: Rulebook) -> list[CaseFacts]:
    files = []
    for day, kind, at_once, heard, head in product(
        ("2024-03-04", "2024-04-01", None), (None, "其他", "行政处罚"), (None, True), (False, True), HEADS
    ):
        facts = {name: value for name, value in ((KIND_OF, kind), (AT_ONCE, at_once)) if value}
        acts = [decided(day, **facts), *([act("听证", "2024-03-01")] if heard else [])]
        files.append(file_of(acts, rulebook, **head))
    return files


def test_exceptions_are_told_alike_by_code_and_plainly() -> None:
    one = rule(SIGNED, unless=tuple(UNLESS))
    compiled, plain = book(one), book(one, compiled=False)
    code, plainly = compiled.evaluator.code(one), plain.evaluator.code(one)
    seen: set[Truth] = set()
    for file, other in zip(every_file(compiled), every_file(plain), strict=True):
        answers(compiled, file, file.case.acts[0])
        told = code.exceptions(file, file.case.acts[0])
        assert told == plainly.exceptions(other, other.case.acts[0])
        seen |= set(told)
    assert "_functions" in vars(code) and "_functions" not in vars(plainly)
    assert seen == {True, False, None}


@pytest.mark.parametrize("unless", [(), *((one,) for one in UNLESS)])
def test_the_plain_functions_answer_alike_but_leave_all_that_binds_to_the_verb(
    unless: tuple[Situation, ...],
) -> None:
    one = rule(SIGNED, unless=unless, where={AT_ONCE: {"is_not": True}}, sources=SOURCES)
    rulebook = book(one)
    code: RuleCode = rulebook.evaluator.code(one)
    for file in every_file(rulebook):
        given = arguments(file, file.case.acts[0])
        answered = code.judge(*given)
        assert code.plain(*given) == (ASK if answered == KEPT else answered)
        assert code.plain_outside(*given) == code.outside(*given)


def test_what_is_outside_is_never_said_to_be_kept() -> None:
    one = rule(SIGNED, unless=(EXCEPTION,))
    rulebook = book(one)
    file = file_of([decided(**{KIND_OF: "其他"}, **YES)], rulebook)
    assert answers(rulebook, file, file.case.acts[0]) == [OUTSIDE]
    assert said(rulebook, file, file.case.acts[0]) is Outcome.MET


def test_functions_are_given_the_only_act_of_its_kind_as_such() -> None:
    file = file_of([decided(), act("公示", id="N"), act("公示", "2024-03-05", id="M")])
    first, second, third = (arguments(file, one) for one in file.case.acts)
    assert [given[5] for given in (first, second, third)] == [True, False, False]
    assert second[4] is None
    assert third[4] == first[4] + 1
