"""Mistakes that somebody could make in the product, each caught by few random pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from types import ModuleType
from typing import Any

import pytest

import engine.conditions
import engine.counting
import engine.deadlines
import engine.facts
import engine.limits
import engine.requirement
import engine.rule
import engine.selection
import engine.situations
import engine.suspensions
import engine.telling
import engine.truth
import engine.verbs.content
import engine.verbs.duration
import engine.verbs.order
import engine.verbs.people
from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.calendar import WorkingCalendar
from engine.conditions import Operator
from engine.findings import Basis
from engine.rulebook import Rulebook
from engine.truth import Truth
from tests.oracle.agreement import of_product
from tests.oracle.generation import pairs
from tests.oracle.interpreter import Found, findings
from tests.oracle.mutation import Mutant, mutants_of

Asked = tuple[CaseFile, Rulebook, Moment, list[Found]]
Mistake = Callable[[], AbstractContextManager[None]]
MOST = 3200
"""The most pairs that a mutant may survive."""


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [
        (pair.case, pair.rulebook, pair.as_of, findings(pair.case, pair.book, pair.as_of))
        for pair in pairs(500, MOST // 40, 40)
    ]


@pytest.fixture(autouse=True)
def fresh(asked: list[Asked]) -> None:
    """Forget what was compiled and looked up in other tests, mistakes included."""
    for _, rulebook, _, _ in asked:
        vars(rulebook).pop("evaluator", None)


@cache
def mutants(module: ModuleType) -> list[Mutant]:
    return list(mutants_of(module))


def saying(module: ModuleType, text: str) -> Mistake:
    """A place of a module that says something else."""

    @contextmanager
    def mistake() -> Iterator[None]:
        (mutant,) = [one for one in mutants(module) if text in one.name]
        with mutant.in_place():
            yield

    return mistake


def using(holder: Any, name: str, change: Callable[[Any], Any]) -> Mistake:
    """A function or a value of a module or class that is another one; ``change`` is given the original."""

    @contextmanager
    def mistake() -> Iterator[None]:
        original = vars(holder)[name] if hasattr(holder, "__dict__") else getattr(holder, name)
        put = object.__setattr__ if isinstance(holder, Operator) else setattr
        put(holder, name, change(original))
        try:
            yield
        finally:
            put(holder, name, original)

    return mistake


def guessed(compare: Callable[[Moment, Moment], Truth]) -> Callable[[Moment, Moment], Truth]:
    return lambda one, other: compare(one, other) is not False


def denied(compare: Callable[[Moment, Moment], Truth]) -> Callable[[Moment, Moment], Truth]:
    return lambda one, other: compare(one, other) is True


def same_minute_turned(compare: Callable[[Moment, Moment], Truth]) -> Callable[[Moment, Moment], Truth]:
    def turned(one: Moment, other: Moment) -> Truth:
        truth = compare(one, other)
        return not truth if one == other and truth is not None else truth

    return turned


def unknown_first(join: Callable[[Any], Truth]) -> Callable[[Any], Truth]:
    def joined(values: Any) -> Truth:
        values = list(values)
        return None if None in values else join(values)

    return joined


def a_day_later(certain: Any) -> Any:
    return lambda day: certain(day + 1)


def a_day_earlier(certain: Any) -> Any:
    return lambda day: certain(day - 1)


def a_day_longer(stretches: Any) -> Any:
    return lambda stops: tuple((first, stop + 1) for first, stop in stretches(stops))


def an_hour_later(bounds: Any) -> Any:
    return lambda start, hours, stops: bounds(start, hours + 1, stops)


def from_the_next_day(latest: Any) -> Any:
    return lambda end, period, calendar: latest(Moment(end.day + 1, end.minute), period, calendar)


def all_days_worked(add: Any) -> Any:
    return lambda self, day, amount: day + amount


def always(value: Any) -> Callable[[Any], Any]:
    return lambda original: lambda *arguments, **named: value


def all_certain(concerning: Any) -> Any:
    def certain(self: Any, kinds: Any, subject: Any) -> Any:
        sure, doubtful = concerning(self, kinds, subject)
        return [*sure, *doubtful], ()

    return certain


def without_equal(test: Any) -> Any:
    return lambda value, wanted: test(value, wanted) and value != wanted


def with_equal(test: Any) -> Any:
    return lambda value, wanted: test(value, wanted) or value == wanted


def not_on_the_first_day(in_force: Any) -> Any:
    return lambda self, day: in_force(self, day) and day != self.since.toordinal()


def not_on_the_last_day(in_force: Any) -> Any:
    return lambda self, day: in_force(self, day) and (self.until is None or day < self.until.toordinal())


def negative(width: Any) -> Any:
    return lambda value: -width(value)


def exchanged(one: int, other: int) -> Callable[[Any], Any]:
    def order(original: Any) -> Any:
        changed = list(original)
        changed[one], changed[other] = changed[other], changed[one]
        return changed

    return order


def below(test: Any) -> Any:
    return staticmethod(lambda value, bound: value < bound)


def above(test: Any) -> Any:
    return staticmethod(lambda value, bound: value > bound)


def exactly(same: Any) -> Any:
    return lambda one, other: one == other


def only_longer_gaps(uncovered: Any) -> Any:
    return lambda whole, parts: [gap for gap in uncovered(whole, parts) if gap[1] - gap[0] > 1]


ORDER, DURATION = engine.verbs.order, engine.verbs.duration
CONTENT, PEOPLE = engine.verbs.content, engine.verbs.people
FACTS, DEADLINES, COUNTING = engine.facts.CaseFacts, engine.deadlines, engine.counting

MISTAKES: dict[str, Mistake] = {
    # Moments
    "two acts of the same minute come one after the other": using(ORDER, "is_before", same_minute_turned),
    "what comes in the same minute came before": using(ORDER, "is_not_after", same_minute_turned),
    "which of two acts of a day came first is guessed": using(ORDER, "is_before", guessed),
    "of two acts of a day without times none came first": using(ORDER, "is_before", denied),
    "an act of the same day does not follow": using(ORDER, "is_not_after", denied),
    "an act of the same day was not there before": using(engine.situations, "is_not_after", denied),
    "a deadline of hours leaves out its last minute": using(DEADLINES, "is_not_after", same_minute_turned),
    # Terms
    "a term ends a day later": using(DEADLINES, "_certain", a_day_later),
    "a term ends a day earlier": using(DEADLINES, "_certain", a_day_earlier),
    "the due day itself is late": saying(DEADLINES, "return found.day < due.day if"),
    "a term no longer runs on its last day": saying(ORDER, "(scope.as_of.day < counted.due.day)"),
    "an act no longer runs on its last day": saying(DURATION, "if scope.as_of.day < due.day and"),
    "only a closed case waits for the end of an act": saying(
        DURATION, "<= due.day and scope.facts.is_closed"
    ),
    "every term moves at its end": saying(DEADLINES, "if roll_over or stages[-1].unit is not Unit"),
    "only working days move at their end": saying(DEADLINES, "if roll_over and stages[-1].unit is Unit"),
    "working days are days": using(WorkingCalendar, "add_working_days", all_days_worked),
    "a year without a calendar has one": using(WorkingCalendar, "covers", always(True)),
    "suspended days count": using(DEADLINES, "certain_stretches", always(())),
    "the day that ends a suspension is suspended": using(DEADLINES, "certain_stretches", a_day_longer),
    "a suspension without an end suspends nothing": using(DEADLINES, "doubt_between", always(None)),
    "an extension approved too late counts": using(COUNTING, "_approved_in_time", always(True)),
    "an extension on the last day comes too late": saying(COUNTING, "return approved.day < before.due.day"),
    "an extension is longer than allowed": saying(COUNTING, "or most.unit is length.unit"),
    "the count of hours begins an hour later": using(DEADLINES, "_hours_bounds", an_hour_later),
    "the day of the hearing counts in its notice": using(ORDER, "latest_start", from_the_next_day),
    # Facts and silence
    "silence means the opposite": saying(engine.facts, "return UNKNOWN if self.vocabulary"),
    "every source is a full file": using(FACTS, "provides", always(True)),
    "an open file is complete": using(FACTS, "told_until", always(True)),
    "the last day told (记录截至) is not told": saying(engine.facts, "parse_moment(until).day > day"),
    "listed papers show nothing": using(FACTS, "_kinds_of_papers", always(frozenset())),
    "what an act concerns is guessed": using(FACTS, "concerning", all_certain),
    "notices of different acts belong together": using(FACTS, "apart", always(False)),
    "several parties agree if they do not": saying(engine.facts, "all((value != values[0] for value"),
    # Conditions, limits, bases
    "unknown wins over false": using(engine.conditions, "both", unknown_first),
    "in a search unknown wins over false": using(engine.selection, "both", unknown_first),
    "among grounds unknown wins over true": using(engine.rule, "either", unknown_first),
    "at least means more than": using(engine.conditions.OPERATORS["at_least"], "test", without_equal),
    "at most means less than": using(engine.conditions.OPERATORS["at_most"], "test", without_equal),
    "more than means at least": using(engine.conditions.OPERATORS["more_than"], "test", with_equal),
    "less than means at most": using(engine.conditions.OPERATORS["less_than"], "test", with_equal),
    "not before a day means after it": saying(engine.conditions, "parse_moment(value).day > parse"),
    "an empty list is given": saying(engine.conditions, "(value is not ABSENT or value != []) is wanted"),
    "what is not told says perhaps": saying(engine.conditions, "return None if self.operator.says"),
    "a basis is not in force on its first day": using(Basis, "in_force", not_on_the_first_day),
    "a basis is not in force on its last day": using(Basis, "in_force", not_on_the_last_day),
    "of equal limits the first counts": saying(
        engine.limits, "if fits is True and (best is None or _width(value) > _width(best))"
    ),
    "the widest limit counts": using(engine.limits, "_width", negative),
    "a transition period lacks its last day": saying(engine.telling, "day < basis.note_until"),
    "among alternatives pending wins over open": using(engine.requirement, "_BEST_FIRST", exchanged(1, 2)),
    "among demands open wins over broken": using(engine.requirement, "_WORST_FIRST", exchanged(0, 1)),
    # Verbs
    "a number on its upper bound is above it": using(CONTENT.AtMost, "TEST", below),
    "a number on its lower bound is below it": using(CONTENT.AtLeast, "TEST", above),
    "names differ by the width of their brackets": using(CONTENT, "same_name", exactly),
    "a certificate is not valid on its last day": saying(PEOPLE, "if end and moment.day >= end.day"),
    "a certificate is not valid on its first day": saying(PEOPLE, "moment.day <= begin.day"),
    "enough persons are one too few": saying(PEOPLE, "else len(good) > self.at_least"),
    "a gap of a minute is no gap": using(DURATION, "uncovered", only_longer_gaps),
    "acts that touch overlap": saying(DURATION, "if own[0] <= other[1]"),
    "what ends when the night begins was at night": saying(DURATION, "and night[0] <= span[1]"),
    "one signer is enough for all": saying(PEOPLE, "not lacking or not open_"),
}


@pytest.mark.long
@pytest.mark.parametrize("sentence", MISTAKES)
def test_random_pairs_catch_the_mistake_that(sentence: str, asked: list[Asked]) -> None:
    with MISTAKES[sentence]():
        assert any(_differs(*one) for one in asked), f"{MOST} pairs did not notice"


def _differs(case: CaseFile, rulebook: Rulebook, as_of: Moment, wanted: list[Found]) -> bool:
    try:
        return of_product(case, rulebook, as_of) != wanted
    except Exception:
        return True


@pytest.mark.long
def test_without_a_mistake_the_same_pairs_agree(asked: list[Asked]) -> None:
    assert not any(_differs(*one) for one in asked)
