"""Clauses: what the rete is asked to derive, in the only form in which the library is exact.

A clause joins flat facts and derives another one. Facts are of a kind and carry integers. Negated
patterns look back only, and what they deny is complete before they are asked (``stratified``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.rete.capacity import ALIASES, INTEGER, JOINS

COMPARISONS: Mapping[str, str] = {"==": "", "!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


class ClauseError(ValueError):
    """A clause that the library cannot hold."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A property of a fact matched earlier in the clause."""

    alias: str
    prop: str


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of a property with a number or with a property of an earlier fact."""

    prop: str
    how: str
    value: int | Ref


@dataclass(frozen=True, slots=True)
class Pattern:
    """Facts of a kind that pass all tests; ``denied``: there must be none."""

    alias: str
    kind: str
    tests: tuple[Test, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Where all patterns match, a fact of the kind ``derives`` holds, with these properties.

    ``suffix`` completes its kind with a property of a matched fact: one kind for each value.
    """

    patterns: tuple[Pattern, ...]
    derives: str
    properties: Mapping[str, int | Ref] = field(default_factory=dict)
    suffix: Ref | None = None

    @property
    def denies(self) -> bool:
        """Tell whether the clause has a negated pattern and therefore waits for a token."""
        return any(one.denied for one in self.patterns)


def clause(
    patterns: Sequence[Pattern],
    derives: str,
    properties: Mapping[str, int | Ref] | None = None,
    suffix: Ref | None = None,
) -> Clause:
    """Return a clause with its negated patterns last; raises ClauseError beyond the limits."""
    ordered = tuple(sorted(patterns, key=lambda one: one.denied))
    found = Clause(ordered, derives, dict(properties or {}), suffix)
    _demand_possible(found)
    return found


def _demand_possible(one: Clause) -> None:
    if not one.patterns or one.patterns[0].denied:
        raise ClauseError("至少要有一个肯定的条件")
    if len(one.patterns) + one.denies > ALIASES:
        raise ClauseError(f"一条子句中的条件多于 {ALIASES} 个")
    seen: set[str] = set()
    asked: set[tuple[str, tuple[Test, ...]]] = set()
    for pattern in one.patterns:
        joins = [test for test in pattern.tests if isinstance(test.value, Ref)]
        if len(joins) + 1 > JOINS:
            raise ClauseError(f"一个条件中的联结多于 {JOINS} 个")
        for test in pattern.tests:
            value = test.value
            if test.how not in COMPARISONS:
                raise ClauseError(f"没有比较方式 {test.how}")
            if isinstance(value, Ref):
                if value.alias not in seen:
                    raise ClauseError(f"{value.alias} 须在前面出现")
            elif not -INTEGER < value < INTEGER:
                raise ClauseError("数字超出范围")
        if pattern.alias in seen:
            raise ClauseError(f"{pattern.alias} 重复")
        if (pattern.kind, pattern.tests) in asked:
            # The library lets no fact stand for two aliases, so this would never match, or never be
            # denied.
            raise ClauseError(f"{pattern.alias} 与前面的条件相同")
        if not pattern.denied:
            seen.add(pattern.alias)
            asked.add((pattern.kind, pattern.tests))
    refs = [value for value in one.properties.values() if isinstance(value, Ref)]
    refs += [one.suffix] if one.suffix else []
    if any(ref.alias not in seen for ref in refs):
        raise ClauseError("结论取自未出现的条件")


def stratified(clauses: Sequence[Clause]) -> tuple[list[int], int]:
    """Return the stratum of each clause and the highest one; raises ClauseError for a circle.

    A clause that denies a kind stands above every clause that derives it.
    """
    kinds = {pattern.kind for one in clauses for pattern in one.patterns}
    level = dict.fromkeys(kinds, 0)
    derived = [[one.derives] if one.suffix is None else _family(one.derives, kinds) for one in clauses]
    strata = [0] * len(clauses)
    for _ in range(len(clauses) + 2):
        changed = False
        for index, one in enumerate(clauses):
            stratum = max(level[pattern.kind] + pattern.denied for pattern in one.patterns)
            strata[index] = stratum
            for kind in derived[index]:
                if level.get(kind, 0) < stratum:
                    level[kind] = stratum
                    changed = True
        if not changed:
            return strata, max(strata, default=0)
        if max(strata, default=0) > len(clauses):
            break
    raise ClauseError("否定的条件循环")


def _family(prefix: str, kinds: set[str]) -> list[str]:
    return [kind for kind in kinds if kind.startswith(prefix) and kind[len(prefix) :].isdigit()]
