"""All scenarios of every feature come out as written; one test for each rule, since there are so many."""

from __future__ import annotations

import pytest

from engine.rule import Rule
from tests.mutation import BOOK, feature
from tests.stories import stories, told_failures


@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_the_scenarios_of_a_rule_come_out_as_written(rule: Rule) -> None:
    told = stories(feature(rule))
    assert told
    assert list(told_failures(BOOK, feature(rule), told)) == []
