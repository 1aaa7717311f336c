"""Mutants of rules and limits, and which of them no scenario notices.

``python -m tests.mutation [RULE ...]`` runs the scenarios of rules and then the scenarios against every
mutant of them; without a name, all rules. It prints what fails and which mutants survive. With ``--dates``
the days from and to which sources hold are moved instead: not every feature shows both sides of each.
"""

from __future__ import annotations

import copy
import os
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs
from msgspec.structs import replace
from pydantic import ValidationError

from engine.documents import RuleDocument
from engine.limits import Limit
from engine.periods import Period, Unit, parse_period
from engine.rule import Rule, rule_from
from engine.rulebook import FOLDER, Rulebook, read_rulebook
from engine.source import load
from tests.conftest import REPOSITORY
from tests.stories import failures, stories, told_failures

DATES = "--dates"
BOOK = read_rulebook()
FEATURES = REPOSITORY / "features"
SWAPS = {"at_least": "more_than", "at_most": "less_than", "followed_by": "preceded_by"}
SWAPS |= {word: other for other, word in SWAPS.items()}
"""Words with the same options that say something else; what is no document any more is no mutant."""
UNITS = {Unit.DAYS: Unit.WORKING_DAYS, Unit.WORKING_DAYS: Unit.DAYS}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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
        if key in SWAPS:
            yield f"{name} is {SWAPS[key]}", _renamed(data, key, SWAPS[key])
        if isinstance(value, str) and (shifted := _shifted(value)):
            yield from ((f"{name} = {one}", _put(data, key, one)) for one in shifted)
        elif isinstance(value, bool):
            yield f"{name} turned", _put(data, key, not value)
        elif isinstance(value, (int, float)):
            yield from ((f"{name} = {one}", _put(data, key, one)) for one in (value + 1, value - 1))
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
    """Return a day moved by one, or a period with one more, one less, or of the other kind of days."""
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return [str(day + timedelta(days)) for days in (1, -1)]
    try:
        period = parse_period(text)
    except ValueError:
        return []
    longer = Period(period.amount + 1, period.unit)
    shorter = [Period(period.amount - 1, period.unit)] if period.amount > 1 else []
    # One day that is moved to the next working day is one working day.
    swapped = period.amount > 1 and period.unit in UNITS
    other = [Period(period.amount, UNITS[period.unit])] if swapped else []
    return [str(one) for one in (longer, *shorter, *other)]


def _put(data: Any, key: Any, value: Any) -> Any:
    changed = copy.copy(data)
    changed[key] = value
    return changed


def _renamed(data: Any, key: Any, name: str) -> Any:
    return {name if one == key else one: value for one, value in data.items()}


def _without(data: Any, key: Any) -> Any:
    changed = copy.copy(data)
    del changed[key]
    return changed


def mutated_rules(rule: Rule, *, dates: bool = False) -> Iterator[tuple[str, Rule]]:
    """Yield the mutants of a rule; those of the days of its sources only with ``dates``, and alone."""
    data = load((FOLDER.parent / rule.file).read_bytes(), rule.file).data
    for label, changed in mutants(data):
        if dates is not (_DAY.search(label) is not None):
            continue
        try:
            document = RuleDocument.model_validate(changed)
        except ValidationError:
            continue
        yield label, rule_from(document, version="m", pack=rule.pack, file=rule.file)


def with_rule(rule: Rule) -> Rulebook:
    return replace(BOOK, rules=(rule,))


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


def uses_limit(rule: Rule, name: str) -> bool:
    from adapters.explain import limits_of

    return name in limits_of(rule, BOOK)


def survivors_of(rule: Rule, *, dates: bool = False) -> list[str]:
    """Return the mutants of a rule that its feature lets pass."""
    told = stories(feature(rule))
    return [
        label
        for label, mutant in mutated_rules(rule, dates=dates)
        if next(failures(with_rule(mutant), feature(rule), told), None) is None
    ]


def tried(name: str, dates: bool = False) -> tuple[str, int, list[str]]:
    """Return a rule, how many mutants it has, and what is wrong: scenarios that fail, else survivors."""
    rule = next(one for one in BOOK.rules if one.id == name)
    count = sum(1 for _ in mutated_rules(rule, dates=dates))
    wrong = [
        f"FAILS {scenario}: {why}"
        for scenario, why in told_failures(BOOK, feature(rule), stories(feature(rule)))
    ]
    return name, count, wrong or [f"SURVIVES {label}" for label in survivors_of(rule, dates=dates)]


def main(names: Sequence[str]) -> int:
    """Try the named rules, or all, on all cores; return 1 where a scenario fails or a mutant survives."""
    dates, names = DATES in names, [name for name in names if name != DATES]
    known = [rule.id for rule in BOOK.rules]
    unknown = sorted(set(names) - set(known))
    for name in unknown:
        print(f"{name}: no such rule")
    asked = [name for name in known if not names or name in names]
    mutants = survivors = bad = 0
    with ProcessPoolExecutor(min(len(asked) or 1, os.cpu_count() or 1)) as pool:
        for name, count, wrong in pool.map(tried, asked, [dates] * len(asked)):
            for text in wrong:
                print(f"{name}: {text}")
            if names or wrong:
                print(f"{name}: {'bad' if wrong else 'good'}", flush=True)
            mutants, bad = mutants + count, bad + bool(wrong)
            survivors += sum(text.startswith("SURVIVES") for text in wrong)
    print(f"{len(asked)} rules, {mutants} mutants, {survivors} survivors, {bad} rules with something wrong")
    return 1 if bad or unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
