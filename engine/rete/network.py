"""From clauses to the text of rulesets: tokens, guards and pads, in shards that the library holds.

- **Guard**: a property read by another pattern must exist, or asserting fails half-way.
- **Pad**: every pattern that looks back ends with a comparison that is always true, because the
  library reads beyond the last one when it is false.
- **Token**: a clause that denies begins with a token, asserted when what it denies is complete.
- **Opening**: each ruleset has a rule that fires first of all; deleting a session in which nothing
  ever fired would free memory that was never taken.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from engine.rete.capacity import KINDS, PATTERNS_PER_KIND, RULES
from engine.rete.clauses import COMPARISONS, Clause, ClauseError, Pattern, Ref, Test, stratified

PAD = "_1"
OPEN = "~"
_GO = "go"
SIZE = 80
"""Patterns of a ruleset: opening one costs about 12 KB and 0.3 µs for each, every fact its call."""


class Derived(msgspec.Struct, frozen=True, array_like=True):
    """What one rule of the network derives: kind, constant properties, copied ones, suffix of the kind."""

    kind: str
    constants: dict[str, int]
    copied: dict[str, tuple[str, str]]
    suffix: tuple[str, str] | None = None


class Shard(msgspec.Struct, frozen=True, array_like=True):
    """One ruleset: its text, the kinds of facts it cares for, and the strata it needs tokens of.

    ``needs`` holds for every rule the kinds without which it cannot fire.
    """

    text: str
    kinds: list[str]
    tokens: list[int]
    needs: list[list[str]]


class Network(msgspec.Struct, frozen=True, array_like=True):
    """All rulesets of a program, ready to be handed to the library, in this or another process."""

    shards: list[Shard]
    derived: dict[str, Derived]
    strata: int
    names: list[str]
    """Every name of a property or alias, no two of which the library mistakes for each other."""


@dataclass(slots=True)
class _Filling:
    """A shard while it is filled."""

    rules: dict[str, Any]
    patterns: Counter[str]
    tokens: set[int]
    needs: dict[tuple[str, ...], None]

    def has_room(self, needs: Counter[str]) -> bool:
        if self.rules and self.patterns.total() + needs.total() > SIZE:
            return False
        new = sum(1 for kind in needs if kind not in self.patterns)
        return (
            len(self.rules) + 2 <= RULES
            and len(self.patterns) + new <= KINDS
            and all(self.patterns[kind] + needs[kind] <= PATTERNS_PER_KIND for kind in needs)
        )


def network(clauses: Sequence[Clause]) -> Network:
    """Return the rulesets for clauses; raises ClauseError where one alone is too much."""
    strata, highest = stratified(clauses)
    shards: list[_Filling] = []
    derived: dict[str, Derived] = {}
    for index, (one, stratum) in enumerate(zip(clauses, strata, strict=True)):
        name = f"r{index}"
        derived[name] = _derived(one)
        needs = Counter(pattern.kind for pattern in one.patterns)
        if one.denies:
            # A token, too, opens a partial match for every rule that begins with it.
            needs[f"{_GO}{stratum}"] += 1
        # Clauses of one rule stand together, so that rulesets of rules that do not apply stay closed.
        if not shards or not shards[-1].has_room(needs):
            shards.append(_Filling({}, Counter(), set(), {}))
            if not shards[-1].has_room(needs):
                raise ClauseError("一条子句超出规则集的容量")
        shard = shards[-1]
        shard.rules[name] = {"all": list(_patterns(one, stratum))}
        shard.patterns += needs
        positive = sorted({pattern.kind for pattern in one.patterns if not pattern.denied})
        shard.needs[tuple(positive)] = None
        if one.denies:
            shard.tokens.add(stratum)
    names = sorted({name for one in clauses for name in _names(one)})
    _demand_distinct(names)
    return Network([_shard(one) for one in shards], derived, highest, names)


def _shard(one: _Filling) -> Shard:
    rules = {**one.rules, OPEN: {"all": [{"m": {"phase": -1}}]}}
    kinds = sorted(kind for kind in one.patterns if not kind.startswith(_GO))
    return Shard(json.dumps(rules), kinds, sorted(one.tokens), [list(kinds) for kinds in one.needs])


def _derived(one: Clause) -> Derived:
    constants = {name: value for name, value in one.properties.items() if not isinstance(value, Ref)}
    copied = {
        name: (value.alias, value.prop) for name, value in one.properties.items() if isinstance(value, Ref)
    }
    suffix = (one.suffix.alias, one.suffix.prop) if one.suffix else None
    return Derived(one.derives, constants, copied, suffix)


def _patterns(one: Clause, stratum: int) -> Iterable[dict[str, Any]]:
    read = {
        (test.value.alias, test.value.prop)
        for pattern in one.patterns
        for test in pattern.tests
        if isinstance(test.value, Ref)
    }
    before: str | None = None
    if one.denies:
        yield {_GO: {"phase": stratum}}
        before = _GO
    for pattern in one.patterns:
        guards = sorted(prop for alias, prop in read if alias == pattern.alias)
        name = pattern.alias + ("$not" if pattern.denied else "")
        yield {name: {"$and": _atoms(pattern, guards, before)}}
        if not pattern.denied:
            before = pattern.alias


def _atoms(pattern: Pattern, guards: Sequence[str], before: str | None) -> list[dict[str, Any]]:
    constants = [_atom(test) for test in pattern.tests if not isinstance(test.value, Ref)]
    joins = [_atom(test) for test in pattern.tests if isinstance(test.value, Ref)]
    pad = [{PAD: {before: PAD}}] if before else []
    return [{"kind": pattern.kind}, *({"$ex": {prop: 1}} for prop in guards), *constants, *joins, *pad]


def _atom(test: Test) -> dict[str, Any]:
    value = {test.value.alias: test.value.prop} if isinstance(test.value, Ref) else test.value
    word = COMPARISONS[test.how]
    return {word: {test.prop: value}} if word else {test.prop: value}


def _names(one: Clause) -> Iterable[str]:
    yield from ("kind", "id", "sid", "phase", PAD, _GO, "m")
    yield from one.properties
    for pattern in one.patterns:
        yield pattern.alias
        yield from (test.prop for test in pattern.tests)


def name_hash(name: str) -> int:
    """Return the hash by which alone the library tells names of properties apart (FNV-1a)."""
    found = 2166136261
    for byte in name.encode():
        signed = byte - 256 if byte > 127 else byte
        found = ((found ^ signed) * 16777619) & 0xFFFFFFFF
    return found


def _demand_distinct(names: Iterable[str]) -> None:
    seen: dict[int, str] = {}
    for name in names:
        if seen.setdefault(name_hash(name), name) != name:
            raise ClauseError(f"名称 {name} 与 {seen[name_hash(name)]} 的散列相同")
