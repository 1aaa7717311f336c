"""Conditions as generated code have the truth that ``Conditions.holds`` has, whatever is compared."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from casefiles.model import Act
from engine.compiled.code import Code
from engine.compiled.kept import Setting, where_name
from engine.compiled.references import References
from engine.conditions import OPERATORS, Conditions, conditions_from
from engine.facts import CaseFacts
from engine.selection import Selector
from engine.truth import Truth
from tests.engine.compiled.trial import (
    LIMITS,
    act,
    basis,
    book,
    definition,
    file_of,
    plain_weeks,
    situation,
    words,
)

DENIED, SILENT, LISTED, DAY = "罚款金额", "决定类型", "处罚种类", "限制期限届满日"
ON = "执法决定"
WANTED: dict[str, list[Any]] = {
    "is": ["行政处罚", True, False, 200, 1, ["罚款"], []],
    "is_not": ["行政处罚", True, False, 200, 0, ["罚款"]],
    "one_of": [["行政处罚", "其他"], [200, 0], [True], []],
    "none_of": [["行政处罚", "其他"], [200, 0], [True], []],
    "includes": [["罚款"], ["罚款", "警告"], []],
    "includes_any": [["罚款"], ["罚款", "警告"], []],
    "excludes": [["罚款"], ["罚款", "警告"], []],
    "at_least": [200, 200.01, 0, -1, 1],
    "at_most": [200, 199.99, 0, -1, 1],
    "more_than": [200, 199.99, 0, -1, 1],
    "less_than": [200, 200.01, 0, -1, 1],
    "begins_with": [["行政"], ["行政处罚", "其"], []],
    "not_before": ["2024-05-01", "2024-05-01T09:00"],
    "says": ["行政处罚", True, 200],
    "given": [True, False],
}
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 200, 199.99, 200.0, 200.01, "", "行政处罚", "行政", "其他",
    [], ["罚款"], ["警告"], ["罚款", "警告"], ["没收违法所得"],
]  # fmt: skip
DAYS: list[Any] = [None, "2024-04-30", "2024-05-01", "2024-05-01T08:00", "2024-05-02", 5, []]
SOURCES: list[list[str] | None] = [None, [ON], [f"{ON}.{DENIED}", f"{ON}.{SILENT}"], [f"{ON}.文号"], ["送达"]]


def truth_of(
    conditions: Conditions, kinds: tuple[str, ...] = (ON,), derived: dict[str, frozenset[str]] | None = None
) -> Callable[[CaseFacts, Act], Truth]:
    """Return the generated function that tells whether conditions hold for an act."""
    denied = frozenset(name for name, term in words().facts.items() if term.silence_denies)
    setting = Setting(words(), References(LIMITS, plain_weeks()), derived or {}, denied)
    code = Code()
    name = where_name(code, Selector(kinds, conditions), setting)
    return code.run("trial")[name]


def files_with(name: str, values: list[Any]) -> list[CaseFacts]:
    return [
        file_of([act(ON, "2024-04-30", facts={} if value is None else {name: value})], provides=provides)
        for value, provides in product(values, SOURCES)
    ]


@pytest.fixture(scope="module")
def files() -> dict[str, list[CaseFacts]]:
    by_name = {name: files_with(name, VALUES) for name in (DENIED, SILENT, LISTED)}
    return {**by_name, DAY: files_with(DAY, DAYS)}


@pytest.mark.parametrize("word", OPERATORS)
def test_every_comparison_is_exact_for_every_value_and_silence(
    word: str, files: dict[str, list[CaseFacts]]
) -> None:
    names = [DAY] if word == "not_before" else [DENIED, SILENT, LISTED]
    seen: set[Truth] = set()
    for name, wanted in product(names, WANTED[word]):
        conditions = conditions_from({name: {word: wanted}})
        generated = truth_of(conditions)
        for file in files[name]:
            found = conditions.holds(file, file.case.acts[0], LIMITS)
            assert generated(file, file.case.acts[0]) is found, (name, wanted, file.case.acts[0].facts)
            seen.add(found)
    assert seen == ({True, False} if word == "says" else {True, False, None})


def test_every_operator_is_compared() -> None:
    assert set(WANTED) == set(OPERATORS)


SIGNS = ("at_least", "at_most", "more_than", "less_than")


@pytest.mark.parametrize("word", SIGNS)
def test_limits_are_compared_where_they_are_set_and_unknown_where_not(word: str) -> None:
    conditions = conditions_from({DENIED: {word: {"limit": "most"}}})
    generated = truth_of(conditions)
    told: dict[tuple[str, Any], Truth] = {}
    for party, day, value, provides in product(
        ("公民", "法人", None), ("2024-04-30", "1999-12-31", None), (None, 199.99, 200, 200.01, "多"), SOURCES
    ):
        facts = {} if value is None else {DENIED: value}
        parties = [{"name": "某甲", **({"kind": party} if party else {})}]
        file = file_of([act(ON, day, facts=facts)], provides=provides, parties=parties)
        found = conditions.holds(file, file.case.acts[0], LIMITS)
        assert generated(file, file.case.acts[0]) is found, (party, day, value, provides)
        if provides is None and day == "2024-04-30":
            told[str(party), value] = found
    order = {"at_least": "FTT", "at_most": "TTF", "more_than": "FFT", "less_than": "TFF"}[word]
    letters = [{"T": True, "F": False}[letter] for letter in order]
    assert [told["公民", value] for value in (199.99, 200, 200.01)] == letters
    assert [told["法人", value] for value in (199.99, 200, 200.01)] == [None] * 3
    assert (told["公民", None], told["公民", "多"]) == (False, False)


def test_all_of_several_conditions_must_hold_and_one_that_fails_decides() -> None:
    parts: list[dict[str, Any]] = [{DENIED: {"at_least": 200}}, {SILENT: "行政处罚"}, {"当场作出": True}]
    values: list[tuple[Any, Any, Any]] = list(
        product((None, 100, 200), (None, "行政处罚", "其他"), (None, True, False))
    )
    for chosen in (parts, parts[::-1], parts[1:] + parts[:1]):
        conditions = conditions_from({name: item for part in chosen for name, item in part.items()})
        generated = truth_of(conditions)
        for (amount, kind, at_once), provides in product(values, SOURCES):
            facts = {DENIED: amount, SILENT: kind, "当场作出": at_once}
            given = {name: value for name, value in facts.items() if value is not None}
            file = file_of([act(ON, "2024-04-30", facts=given)], provides=provides)
            subject = file.case.acts[0]
            assert generated(file, subject) is conditions.holds(file, subject, LIMITS), (facts, provides)


GROUNDS = [
    situation(act={DENIED: {"at_least": 200}}),
    situation(act={SILENT: "行政处罚"}, head={"重大公共利益": True}),
]


@pytest.mark.parametrize("both_kinds", [True, False], ids=["derived for both kinds", "derived for one"])
def test_derived_facts_are_exact_given_or_derived_or_unknown(both_kinds: bool) -> None:
    name, kinds = "当场作出", (ON, "查封扣押")
    derived_for = kinds if both_kinds else kinds[:1]
    rulebook = book(definitions=tuple(definition(name, kind, *GROUNDS) for kind in derived_for))
    derived = {kind: frozenset({name}) for kind in derived_for}
    seen: set[Truth] = set()
    for written in (True, False, {"is_not": True}, {"given": True}, {"says": True}):
        conditions = conditions_from({name: written})
        generated = truth_of(conditions, kinds, derived)
        for kind, stated, amount, public in product(kinds, (None, True, False), (100, 200), (None, True)):
            facts = {DENIED: amount, **({} if stated is None else {name: stated})}
            head = {"办案状态": "已结", **({"重大公共利益": public} if public else {})}
            file = file_of([act(kind, "2024-04-30", facts=facts)], rulebook, facts=head)
            subject = file.case.acts[0]
            found = conditions.holds(file, subject, LIMITS)
            assert generated(file, subject) is found, (written, kind, stated, amount, public)
            seen.add(found)
    assert seen == {True, False, None}


def test_a_ground_counts_on_the_days_of_its_source_alone() -> None:
    since_until = situation(act={DENIED: {"at_least": 200}}, basis=(basis("2024-04-01", "2024-04-30"),))
    rulebook = book(definitions=(definition("应当法制审核", ON, since_until),))
    told = []
    for day in ("2024-03-31", "2024-04-01", "2024-04-30", "2024-05-01"):
        file = file_of([act(ON, day, facts={DENIED: 200})], rulebook)
        told.append(file.derived(file.case.acts[0], "应当法制审核"))
    assert told == [False, True, True, False]
