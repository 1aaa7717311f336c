"""Generated code, plain functions and verbs agree on samples and on thousands of changes of them."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from casefiles.model import CaseFile
from casefiles.moments import Moment, parse_moment
from engine.check import outcomes
from engine.compiled.rulecode import ASK, KEPT, OUTSIDE, SKIPPED, arguments
from engine.facts import CaseFacts
from engine.findings import Outcome
from engine.rulebook import Rulebook
from engine.scope import Scope
from tests.engine.compiled.changes import CHANGES, case_from, changed_cases, contents
from tests.engine.compiled.trial import keep_plain

Said = list[tuple[str, str | None, Outcome]]


@pytest.fixture(scope="module")
def compiled(rulebook: Rulebook) -> Rulebook:
    book = replace(rulebook)
    book.evaluator.compile()
    return book


@pytest.fixture(scope="module")
def plain(rulebook: Rulebook) -> Rulebook:
    book = replace(rulebook)
    keep_plain(book.evaluator)
    return book


def said(case: CaseFile, rulebook: Rulebook, as_of: Moment) -> Said:
    found = outcomes(case, rulebook, as_of)
    told = [(one.id, act.id if act else None, outcome) for one, act, outcome in found]
    assert found.counts() == Counter(outcome for _, _, outcome in told)
    return told


def index(case: CaseFile, rulebook: Rulebook, as_of: Moment) -> CaseFacts:
    return CaseFacts(case, rulebook.vocabulary, as_of, rulebook.evaluator.derivations)


def answered(case: CaseFile, compiled: Rulebook, plain: Rulebook, as_of: Moment) -> Counter[int]:
    """Hold each answer of generated code against what it means; return how often each was given."""
    file, other = index(case, compiled, as_of), index(case, plain, as_of)
    plan, plainly = compiled.evaluator.plan(file), plain.evaluator.plan(other)
    assert plan.places == plainly.places
    given: Counter[int] = Counter()
    for kind, acts in file.by_kind.items():
        if kind not in plan.groups:
            continue
        for act in acts:
            both = arguments(file, act), arguments(other, act)
            day = both[0][4]
            for (place, judge), (_, slow) in zip(
                plan.groups[kind].row(day), plainly.groups[kind].row(day), strict=True
            ):
                rule, answer = plain.rules[place], judge(*both[0])
                given[answer] += 1
                assert slow(*both[1]) == (ASK if answer == KEPT else answer), (rule.id, act.id)
                if answer == KEPT:
                    scope = Scope(other, act, plain.limits, plain.calendar, plain.laws)
                    assert rule.verb.judge(scope).outcome is Outcome.MET, (rule.id, act.id)
    return given


def agree(case: CaseFile, compiled: Rulebook, plain: Rulebook, as_of: Moment) -> Counter[int]:
    quick, slow = said(case, compiled, as_of), said(case, plain, as_of)
    assert quick == slow, [pair for pair in zip(quick, slow, strict=False) if pair[0] != pair[1]][:3]
    return answered(case, compiled, plain, as_of)


def all_agree(seed: int, count: int, compiled: Rulebook, plain: Rulebook) -> Counter[int]:
    """Hold changed samples to it; return how often each answer was given."""
    given: Counter[int] = Counter()
    for case, as_of, made in changed_cases(seed, count, compiled):
        try:
            given += agree(case, compiled, plain, as_of)
        except AssertionError as error:
            raise AssertionError(made) from error
    return given


def test_a_few_hundred_changed_samples_are_judged_alike(compiled: Rulebook, plain: Rulebook) -> None:
    given = all_agree(1, 300, compiled, plain)
    assert all(given[answer] > 200 for answer in (KEPT, OUTSIDE, SKIPPED, ASK))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_thousands_of_changed_samples_are_judged_alike(
    seed: int, compiled: Rulebook, plain: Rulebook
) -> None:
    assert all_agree(seed, 500, compiled, plain)[KEPT] > 1000


def test_samples_as_they_are_are_judged_alike(compiled: Rulebook, plain: Rulebook) -> None:
    for as_of, content in contents():
        case = case_from(content)
        agree(case, compiled, plain, parse_moment(as_of))


def test_every_kind_of_change_changes_something(compiled: Rulebook) -> None:
    before = [case_from(content) for _, content in contents()]
    made = {change.__name__ for change in CHANGES}
    for case, _, words in changed_cases(11, 600, compiled):
        names = words.partition(": ")[2].split(", ")
        if len(names) == 1 and case not in before:
            made.discard(names[0])
    assert not made
