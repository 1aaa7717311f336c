"""Random pairs pin every place of the oracle: whatever is changed in it, some pair no longer agrees.

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
}
"""Changes that change nothing that could be found, by what they say, and why."""


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [
        (pair.case, pair.book, pair.as_of, of_product(pair.case, pair.rulebook, pair.as_of))
        for pair in pairs(2000, 200, 40)
    ]


@pytest.mark.long
@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_random_pairs_notice_every_change_of(module: ModuleType, asked: list[Asked]) -> None:
    survivors = []
    for mutant in mutants_of(module):
        if any(text in mutant.name for text in SAME):
            continue
        with mutant.in_place():
            if not any(_differs(*one) for one in asked):
                survivors.append(mutant.name)
    assert not survivors


def _differs(case: CaseFile, book: Book, as_of: Moment, wanted: list[Found]) -> bool:
    try:
        return findings(case, book, as_of) != wanted
    except Exception:
        return True
