"""Mutants of rules and limits: whoever changes what a rule says must meet a scenario that objects."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from pydantic import ValidationError

from engine.documents import RuleDocument
from engine.limits import Limit, Limits
from engine.periods import Period, parse_period
from engine.rule import Rule, rule_from
from engine.rulebook import FOLDER, Rulebook, read_rulebook
from engine.source import load
from tests.conftest import REPOSITORY
from tests.stories import failures, stories

BOOK = read_rulebook()
FEATURES = REPOSITORY / "features"
SWAPS = {"followed_by": "preceded_by", "at_most": "at_least", "includes": "includes_any"}


def feature(rule: Rule) -> Path:
    return FEATURES / rule.pack / f"{rule.id}.feature"


def mutants(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every document that differs from this one in one place that carries meaning."""
    for key, value in _items(data):
        here = (*path, key)
        name = ".".join(str(step) for step in here)
        if here[0] in ("id", "title", "effect", "rows", "message", "remedy", "note", "severity"):
            continue
        if here[0] == "basis" and key not in ("since", "until", "when", "note_until"):
            if isinstance(value, (dict, list)):
                yield from ((label, _put(data, key, inner)) for label, inner in mutants(value, here))
            continue
        if key in ("because", "verified", "mark", "law", "article", "needs", "counted_from", "about"):
            continue
        if _droppable(here, data):
            yield f"{name} dropped", _without(data, key)
        if isinstance(value, str) and (shifted := _shifted(value)):
            yield from ((f"{name} = {one}", _put(data, key, one)) for one in shifted)
        elif isinstance(value, bool):
            yield f"{name} turned", _put(data, key, not value)
        elif isinstance(value, (int, float)):
            yield f"{name} + 1", _put(data, key, value + 1)
        elif isinstance(value, (dict, list)):
            yield from ((label, _put(data, key, inner)) for label, inner in mutants(value, here))


def _items(data: Any) -> list[tuple[Any, Any]]:
    if isinstance(data, dict):
        return list(data.items())
    return list(enumerate(data)) if isinstance(data, list) else []


def _droppable(path: tuple[Any, ...], data: Any) -> bool:
    """Tell whether something can be left out: a condition, an exception, one of several items."""
    if path[-1] in ("applies", "unless", "where", "within", "stopped_by", "extended_by", "at_most"):
        return path[:1] != ("basis",) and "limit" not in path
    if isinstance(path[-1], int):
        return isinstance(data, list) and len(data) > 1 and path[0] != "basis"
    return len(path) > 1 and path[-2] in ("where", "case", "applies", "when", "states")


def _shifted(text: str) -> list[str]:
    try:
        period = parse_period(text)
    except ValueError:
        return []
    longer = Period(period.amount + 1, period.unit)
    shorter = [Period(period.amount - 1, period.unit)] if period.amount > 1 else []
    return [str(one) for one in (longer, *shorter)]


def _put(data: Any, key: Any, value: Any) -> Any:
    changed = copy.copy(data)
    changed[key] = value
    return changed


def _without(data: Any, key: Any) -> Any:
    changed = copy.copy(data)
    del changed[key]
    return changed


def mutated_rules(rule: Rule) -> Iterator[tuple[str, Rule]]:
    data = load((FOLDER.parent / rule.file).read_bytes(), rule.file).data
    for label, changed in mutants(data):
        try:
            document = RuleDocument.model_validate(changed)
        except ValidationError:
            continue
        yield label, rule_from(document, version="m", pack=rule.pack, file=rule.file)


def with_rule(rule: Rule) -> Rulebook:
    return replace(BOOK, rules=(rule,))


@pytest.mark.long
@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_every_mutant_of_a_rule_meets_a_scenario_that_objects(rule: Rule) -> None:
    told = stories(feature(rule))
    assert not list(failures(BOOK, feature(rule), told))
    survivors = [
        label
        for label, mutant in mutated_rules(rule)
        if next(failures(with_rule(mutant), feature(rule), told), None) is None
    ]
    assert not survivors


def moved_limits(limit: Limit) -> Iterator[tuple[str, Limit]]:
    for index, value in enumerate(limit.values):
        for other in _moved(value.value):
            values = list(limit.values)
            values[index] = structs.replace(value, value=other)
            yield f"{limit.id}.{index} = {other}", structs.replace(limit, values=tuple(values))


def _moved(value: int | float | str | None) -> list[int | float | str]:
    if isinstance(value, str):
        return list(_shifted(value))
    return [value + 1, value - 1] if value else []


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(BOOK.limits.table))
def test_every_moved_limit_meets_a_scenario_that_objects(name: str) -> None:
    limit = BOOK.limits.table[name]
    paths = [feature(rule) for rule in BOOK.rules if _uses(rule, name)]
    assert paths, f"no rule uses the limit {name}"
    told = {path: stories(path) for path in paths}
    survivors = []
    for label, moved in moved_limits(limit):
        book = replace(BOOK, limits=Limits({**BOOK.limits.table, name: moved}))
        if not any(next(failures(book, path, told[path]), None) for path in paths):
            survivors.append(label)
    assert not survivors


def _uses(rule: Rule, name: str) -> bool:
    from adapters.explain import limits_of

    return name in limits_of(rule, BOOK)
