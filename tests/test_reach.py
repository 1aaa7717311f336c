"""Every rule is reached, and its scenarios would fail without it.

That what a scenario states comes out is for ``test_features``; here it is only read.
"""

from __future__ import annotations

import pytest

from engine.rule import Rule
from engine.rulebook import Rulebook
from tests.mutation import BOOK
from tests.reach import FAR, OUTSIDE, nearest, reached_by_samples, told

RULES = pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])


@RULES
def test_scenarios_reach_a_rule_and_would_miss_it(rule: Rule) -> None:
    scenarios = told(rule)
    assert all(one.outcomes for one in scenarios), "a scenario that states no outcome misses nothing"
    stated = {outcome for one in scenarios for outcome in one.outcomes}
    assert {"合规", "不合规"} <= stated
    outside = [one for one in scenarios if one.outcomes == {OUTSIDE}]
    assert len(outside) < len(scenarios)
    # A rule that never applies would pass these: for one at least it can be seen what makes it so.
    assert not outside or min(nearest(one, scenarios) for one in outside) <= FAR


def test_samples_reach_a_good_part_of_the_rules(rulebook: Rulebook) -> None:
    assert len(reached_by_samples(rulebook)) >= 100
