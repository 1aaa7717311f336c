from __future__ import annotations

import itertools

import pytest

from engine.truth import Truth, both, either, negation
from tests.engine.tables import square, tables

WORDS: dict[str, Truth] = {"真": True, "假": False, "未知": None}
AND, OR, NOT = tables()[:3]


@pytest.mark.parametrize(("one", "other", "expected"), square(AND))
def test_the_conjunction_is_as_documented(one: str, other: str, expected: str) -> None:
    assert both([WORDS[one], WORDS[other]]) is WORDS[expected]


@pytest.mark.parametrize(("one", "other", "expected"), square(OR))
def test_the_disjunction_is_as_documented(one: str, other: str, expected: str) -> None:
    assert either([WORDS[one], WORDS[other]]) is WORDS[expected]


@pytest.mark.parametrize(("one", "expected"), [row for row in NOT if row[0] in WORDS])
def test_the_negation_is_as_documented(one: str, expected: str) -> None:
    assert negation(WORDS[one]) is WORDS[expected]


def test_de_morgan_holds_in_three_values() -> None:
    for one, other in itertools.product(WORDS.values(), repeat=2):
        assert negation(both([one, other])) is either([negation(one), negation(other)])


def test_nothing_to_join_is_true_and_nothing_to_choose_is_false() -> None:
    assert both([]) is True
    assert either([]) is False
