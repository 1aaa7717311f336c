"""Every comparison of the compiler matters: whatever is turned into its neighbour, some pair tells.

A turned comparison either lets something pass that is not kept, and then an outcome changes, or it
lets less pass, and then a verb is asked that need not be. Both are looked for; that what is not turned
is right, the agreement with the oracle shows.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from casefiles.model import Act, CaseFile
from casefiles.moments import Moment, parse_moment
from engine.check import outcomes
from engine.compiled import (
    choices,
    company,
    conditions,
    kept,
    plans,
    references,
    relations,
    rulecode,
)
from engine.findings import Finding
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.telling import Teller
from tests.adapters.confirmation.conftest import SAMPLES, case_of
from tests.oracle.generation import Documents, Pair, loaded, pairs
from tests.oracle.generation import case_of as from_content
from tests.oracle.mutation import Mutant, mutants_of
from tests.oracle.random_rules import LAW_DOCUMENTS

MODULES = [relations, choices, company, plans, references, rulecode]
SIGNS = {" <= ": " < ", " >= ": " > ", " == ": " != ", " not in ": " in ", " is not ": " is "}
SIGNS |= {after: before for before, after in SIGNS.items()}
Behaviour = tuple[list[tuple[str, str | None, str]], list[tuple[str, str]]]

SAME: dict[str, str] = {
    "key not in": "what was found is looked up again instead of being kept",
    "value not in known": "what was found is looked up again instead of being kept",
    "day not in known": "what was found is looked up again instead of being kept",
    "use.id not in": "what was found is looked up again instead of being kept",
    "age not in": "what was found is looked up again instead of being kept",
    "found is None": "what was found is looked up again instead of being kept",
    "len(kinds) == 1": "one kind is only looked up in a quicker way than several",
    "file.kind_of(act) not in kinds": "only a list is copied or not",
    "'_functions' not in": "exceptions are judged by the same conditions, plainly or compiled",
    "'_derive' not in": "facts are derived by the same conditions, plainly or compiled",
    "fits is False": "the plain functions, which are not compiled",
    "one.holds(file, act, limits) is True": "the plain functions, which are not compiled",
    "until is None": "the last day of all stands for no end",
    "since <= spans": "sources that meet are written as one or as two",
    "until == LAST_DAY": "the last day of all stands for no end",
    "moment is None": "an act without a day is asked about in any case",
    "begin is None": "an act without a day is asked about in any case",
    "'_functions' in": "exceptions are judged by the same conditions, plainly or compiled",
    "'_derive' in": "facts are derived by the same conditions, plainly or compiled",
    "fits is not False": "the plain functions, which are not compiled",
    "where.holds(file, act, limits) is not False": "the plain functions, which are not compiled",
    "one.holds(file, act, limits) is not True": "the plain functions, which are not compiled",
    "since < spans": "sources that meet are written as one or as two",
    "len(found) > 1": "of one number there is no other of the same moment",
}
"""Changes that change nothing that could be found, by what they say, and why."""


@pytest.fixture(scope="module")
def asked() -> list[Pair]:
    return list(pairs(7000, 80, 30))


BASIS = {"law": "乙条例", "article": "第一条", "since": "2012-01-01", "verified": "2026-11-21"}
RULE: dict[str, Any] = {
    "title": "示例义务",
    "severity": "minor",
    "effect": "规范性瑕疵",
    "basis": BASIS,
    "message": "{problem}",
    "remedy": {"cure": "说明", "do": "说明。"},
}
WAITED: dict[str, Any] = {"within": {"period": "3 days", "of": {"act": "事先告知"}, "roll_over": False}}
RARE: list[dict[str, Any]] = [
    {"id": "waited", "subject": {"act": "执法决定"}, "require": {"not": WAITED}},
    {
        "id": "unless-heard",
        "subject": {"act": "执法决定"},
        "require": {"followed_by": {"act": "公示", "within": "3 days"}},
        "unless": [{"because": "已经听证", "with": {"act": "听证", "before": True}, "basis": BASIS}],
    },
]
"""What random rules seldom are: a period that must have run out, and an act that must have come before."""


def rare_cases() -> Iterator[CaseFile]:
    """Yield decisions on each day around the end of a period, with acts before, after and undated."""
    for day in range(1, 8):
        for others in (["2024-03-01"], ["2024-03-01", "2024-03-20"], ["2024-03-01", None], [None]):
            yield of_acts(day, [{"kind": "事先告知", "starts": start} for start in others])
            yield of_acts(day, [{"kind": "听证", "starts": start} for start in others])


def of_acts(day: int, others: list[dict[str, str | None]]) -> CaseFile:
    acts: list[dict[str, str | None]] = [{"kind": "执法决定", "starts": f"2024-03-0{day}"}, *others]
    told = [{name: value for name, value in act.items() if value} for act in acts]
    return from_content(
        {
            "number": "示例〔2024〕1号",
            "kind": "行政处罚",
            "agency": {"name": "示例市执法局"},
            "facts": {"办案状态": "已结"},
            "acts": [{"id": f"A{index}", **act} for index, act in enumerate(told)],
        }
    )


@pytest.fixture(scope="module")
def rare() -> tuple[Rulebook, list[CaseFile]]:
    documents = Documents([RULE | one for one in RARE], [], [], LAW_DOCUMENTS, [date(2024, 3, 1)])
    return loaded(documents), list(rare_cases())


def test_a_period_that_must_have_run_out_has_on_the_day_after_its_last() -> None:
    documents = Documents([RULE | RARE[0]], [], [], LAW_DOCUMENTS, [date(2024, 3, 1)])
    book = fresh(loaded(documents))
    told = {
        day: behaviour(
            book, of_acts(day, [{"kind": "事先告知", "starts": "2024-03-01"}]), parse_moment("2024-12-31")
        )
        for day in (3, 4, 5)
    }
    assert [told[day][0][0][2] for day in (3, 4, 5)] == ["breached", "breached", "met"]
    assert [len(told[day][1]) for day in (3, 4, 5)] == [1, 1, 0]


@pytest.fixture(scope="module")
def samples(rulebook: Rulebook) -> list[CaseFile]:
    return [case_of(path.name, rulebook) for path in sorted(SAMPLES.glob("*.json"))]


def behaviour(rulebook: Rulebook, case: CaseFile, as_of: Moment) -> Behaviour:
    """Return the outcomes, and which verbs were asked about which acts."""
    questions: list[tuple[str, str]] = []
    told = Teller.judged

    def judged(self: Teller, rule: Rule, act: Act) -> Finding | None:
        questions.append((rule.id, act.id))
        return told(self, rule, act)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Teller, "judged", judged)
        found = outcomes(case, rulebook, as_of)
    said = [(rule.id, act.id if act else None, outcome.value) for rule, act, outcome in found]
    return said, questions


def behaviours(
    asked: list[Pair],
    rare: tuple[Rulebook, list[CaseFile]],
    samples: list[CaseFile],
    rulebook: Rulebook,
) -> Iterator[Behaviour]:
    """Yield how each pair and each sample is judged by rulebooks that are compiled now."""
    last, compiled = None, None
    for pair in asked:
        if pair.rulebook is not last:
            last, compiled = pair.rulebook, fresh(pair.rulebook)
        assert compiled is not None
        yield behaviour(compiled, pair.case, pair.as_of)
    for book, cases in (rare, (rulebook, samples)):
        compiled = fresh(book)
        for case in cases:
            yield behaviour(compiled, case, parse_moment("2026-06-30"))


def fresh(rulebook: Rulebook) -> Rulebook:
    """Return the rulebook with nothing compiled yet, to be compiled at once."""
    other = replace(rulebook)
    other.evaluator.compile()
    return other


@contextmanager
def changed(table: MutableMapping[str, Any], key: str, value: Any) -> Iterator[None]:
    before, table[key] = table[key], value
    try:
        yield
    finally:
        table[key] = before


def signs_of(module: ModuleType, tables: list[str]) -> Iterator[tuple[str, AbstractContextManager[None]]]:
    """Yield a change for each comparison that stands in a table of emitted source."""
    for name in tables:
        table = getattr(module, name)
        for key, text in table.items():
            for before, after in SIGNS.items():
                if before.strip() == text or before in text:
                    other = after.strip() if before.strip() == text else text.replace(before, after)
                    yield f"{name}[{key}] = {other}", changed(table, key, other)


def comparisons_of(module: ModuleType) -> Iterator[Mutant]:
    """Yield the mutants of a module that turn a comparison."""
    yield from (mutant for mutant in mutants_of(module, (ast.Compare,)))


def all_changes() -> Iterator[tuple[str, AbstractContextManager[None]]]:
    for module in MODULES:
        for mutant in comparisons_of(module):
            yield mutant.name, mutant.in_place()
    yield from signs_of(conditions, ["_SIGNS", "_INLINE"])
    yield from signs_of(kept, ["_BOUNDS"])


@pytest.mark.long
def test_every_turned_comparison_of_the_compiler_is_noticed(
    asked: list[Pair],
    rare: tuple[Rulebook, list[CaseFile]],
    samples: list[CaseFile],
    rulebook: Rulebook,
) -> None:
    right = list(behaviours(asked, rare, samples, rulebook))
    unnoticed, count = [], 0
    for name, change in all_changes():
        count += 1
        with change:
            try:
                told = zip(right, behaviours(asked, rare, samples, rulebook), strict=True)
                noticed = any(one != other for one, other in told)
            except Exception:
                noticed = True
        if not noticed and not any(part in name for part in SAME):
            unnoticed.append(name)
    assert count > 80
    assert not unnoticed, "\n".join(unnoticed)
    assert list(behaviours(asked, rare, samples, rulebook)) == right
