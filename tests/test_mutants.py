"""Whoever changes what a rule or a limit says must meet a scenario that objects."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.limits import Limits
from engine.rule import Rule
from tests.mutation import BOOK, feature, moved_limits, survivors_of, uses_limit
from tests.stories import failures, stories


@pytest.mark.long
@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_every_mutant_of_a_rule_meets_a_scenario_that_objects(rule: Rule) -> None:
    assert not list(failures(BOOK, feature(rule), stories(feature(rule))))
    assert not survivors_of(rule)


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(BOOK.limits.table))
def test_every_moved_limit_meets_a_scenario_that_objects(name: str) -> None:
    limit = BOOK.limits.table[name]
    paths = [feature(rule) for rule in BOOK.rules if uses_limit(rule, name)]
    assert paths, f"no rule uses the limit {name}"
    told = {path: stories(path) for path in paths}
    survivors = []
    for label, moved in moved_limits(limit):
        book = replace(BOOK, limits=Limits({**BOOK.limits.table, name: moved}))
        if not any(next(failures(book, path, told[path]), None) for path in paths):
            survivors.append(label)
    assert not survivors
