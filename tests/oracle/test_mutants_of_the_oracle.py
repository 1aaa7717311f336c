"""Random pairs pin the oracle down: whatever is changed in it, some pair no longer agrees.

This says how much the pairs look at, however the product is built.
"""

from __future__ import annotations

from types import ModuleType

import pytest

from casefiles.model import CaseFile
from casefiles.moments import Moment
from tests.oracle import (
    conditions,
    files,
    instruments,
    interpreter,
    terms,
    truths,
    verbs_content,
    verbs_order,
    verbs_people,
    verbs_time,
)
from tests.oracle.agreement import of_product
from tests.oracle.documents import Book
from tests.oracle.generation import pairs
from tests.oracle.interpreter import Found, findings
from tests.oracle.mutation import mutants_of

MODULES = [truths, files, conditions, instruments, interpreter, terms]
MODULES += [verbs_order, verbs_people, verbs_content, verbs_time]
Asked = tuple[CaseFile, Book, Moment, list[Found]]

SAME: dict[str, str] = {
    "frozen=False": "nobody assigns to them",
    "strict=False": "both sides are of one length",
    "return known(one.day <= other.day)": "the days differ there",
    "Search(True, None, True)": "nobody asks what failed where something was found",
    "_width(value) > _width(doubtful)": "either is open",
    "day <= min((day_of": "on its first day a version is in force, and that was asked before",
    "isinstance(one, str) or": "facts that are compared are of one type",
    "isinstance(one, list) or": "facts that are compared are of one type",
    "assert first": "it only tells the type",
    "if length.amount >= most.amount": "of equal lengths either may be taken",
    "UNBOUNDED, UNBOUNDED, may_be_longer=True": "without bounds nothing is certain anyway",
}
"""Changes that change nothing that could be found, by what they say, and why."""

MOST_UNNOTICED = 0.08
"""The share of other changes of a module that so many pairs may miss: rare meetings of rare things."""


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [
        (pair.case, pair.book, pair.as_of, of_product(pair.case, pair.rulebook, pair.as_of))
        for pair in pairs(2000, 200, 40)
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_random_pairs_notice_changes_of(module: ModuleType, asked: list[Asked]) -> None:
    survivors = []
    mutants = [one for one in mutants_of(module) if not any(text in one.name for text in SAME)]
    for mutant in mutants:
        with mutant.in_place():
            if not any(_differs(*one) for one in asked):
                survivors.append(mutant.name)
    assert len(survivors) <= max(1, MOST_UNNOTICED * len(mutants)), survivors


def _differs(case: CaseFile, book: Book, as_of: Moment, wanted: list[Found]) -> bool:
    try:
        return findings(case, book, as_of) != wanted
    except Exception:
        return True
