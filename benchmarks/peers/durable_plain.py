"""durable_rules by its public interface: a ``Host`` with rules as JSON, one session for a file.

Written as in its manual, the rules below crash the interpreter or answer wrongly. What could not be avoided:

- every joining pattern ends with a join that is always true (``_1``), else a false last join reads past an
  array and kills the process;
- rules with ``none`` begin with a fact (``~go``) that is told last, else they fire before the file is told;
- a missing property makes comparisons wrong or raises, so the host fills in every property that a rule
  reads, as whole numbers and texts of one type; lists become a number for each item;
- there is no working ``or`` beside a join and no ``in``, so rules are multiplied out into conjunctions;
- ``Host`` polls in two threads which read what ``delete_state`` has freed: its private ``_run`` is put out;
- ``delete_state`` is only safe after an action has run: ``~open`` is told first.

What applies and what is met are rules of their own; what applies and is not met is breached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any

from durable import engine

from benchmarks.peers.days import table
from benchmarks.peers.host import opened
from benchmarks.peers.rules import RULES, Alternatives, Demand, Fact, Head, NotAbove, Officers, Other, Rule
from benchmarks.peers.verdicts import Check, Verdicts

Test = dict[str, Any]
PAD = "_1"


@dataclass(frozen=True)
class Conjunction:
    """Tests on the act itself, and patterns of other acts that must be there or must not."""

    own: tuple[Test, ...] = ()
    there: tuple[tuple[Test, ...], ...] = ()
    absent: tuple[tuple[Test, ...], ...] = ()


def joined(parts: Iterable[Conjunction]) -> Conjunction:
    """Return one conjunction of several."""
    own: tuple[Test, ...] = ()
    there: tuple[tuple[Test, ...], ...] = ()
    absent: tuple[tuple[Test, ...], ...] = ()
    for part in parts:
        own, there, absent = own + part.own, there + part.there, absent + part.absent
    return Conjunction(own, there, absent)


def column(fact: Fact, item: str = "") -> str:
    """Return the property in which the host puts what a condition reads."""
    name = f"head_{fact.name}" if isinstance(fact, Head) else fact.name
    if item:
        return f"{name}_{item}"
    return f"{name}_given" if fact.op in ("given", "not_given") else name


def tests(fact: Fact, holds: bool = True) -> list[list[Test]]:
    """Return a condition, or its opposite, as alternatives of tests."""
    value, name = fact.value, column(fact)
    if isinstance(value, tuple):
        if fact.op == "one_of":
            return [[{name: one}] for one in value] if holds else [[{"$neq": {name: one}} for one in value]]
        if fact.op == "is_not":
            only = {column(fact, "alone_" + value[0]): int(not holds)}
            return [[only]]
        flags = [column(fact, one) for one in value]
        if (fact.op == "includes") is holds:
            return [[{flag: int(holds)} for flag in flags]]
        return [[{flag: int(holds)}] for flag in flags]
    if fact.op in ("given", "not_given"):
        return [[{name: int((fact.op == "given") is holds)}]]
    value = int(value) if isinstance(value, bool) else value
    if fact.op in ("is", "is_not"):
        return [[{name: value} if (fact.op == "is") is holds else {"$neq": {name: value}}]]
    operator = "$gt" if (fact.op == "more_than") is holds else "$lte"
    return [[{operator: {name: value}}]]


def patterns(other: Other) -> list[tuple[Test, ...]]:
    """Return the patterns, one of which another act must match."""
    joins: list[Test] = []
    if operator := {"after": "$gte", "before": "$lt", "until": "$lte"}.get(other.when):
        joins.append({operator: {"day": {"a": "day"}}})
    if other.working is not None and other.when == "after":
        joins.append({"$lte": {"before": {"$add": {"$l": {"a": "through"}, "$r": other.working - 1}}}})
    elif other.working is not None:
        joins.append({"$lte": {"before": {"$sub": {"$l": {"a": "before"}, "$r": other.working}}}})
    if other.naming:
        joins.append({"names": {"a": "own"}})
    return [
        ({"kind": kind}, *(test for some in chosen for test in some), *joins)
        for kind in other.kinds
        for chosen in product(*(tests(fact) for fact in other.where))
    ]


def demanded(demand: Demand, holds: bool = True) -> list[Conjunction]:
    """Return a demand, or its opposite, as alternatives."""
    if isinstance(demand, Fact):
        return [Conjunction(tuple(some)) for some in tests(demand, holds)]
    if isinstance(demand, Other):
        found = patterns(demand)
        if demand.none is holds:
            return [Conjunction(absent=tuple(found))]
        return [Conjunction(there=(one,)) for one in found]
    assert holds
    if isinstance(demand, Officers):
        return [Conjunction(({"$gte": {"officers": demand.at_least}},))]
    assert isinstance(demand, NotAbove)
    return [Conjunction(there=(({"kind": demand.kind}, {"$gte": {demand.other: {"a": demand.fact}}}),))]


def met(alternatives: Alternatives) -> Iterator[Conjunction]:
    """Yield the conjunctions, one of which must hold."""
    for demands in alternatives:
        yield from (joined(chosen) for chosen in product(*(demanded(one) for one in demands)))


def applying(rule: Rule) -> Iterator[Conjunction]:
    """Yield the conjunctions under which a rule applies: one opposite is chosen from each exception."""
    parts = [demanded(one) for one in (*rule.head, *rule.where)]
    parts += [[some for one in demands for some in demanded(one, False)] for demands in rule.unless]
    yield from (joined(chosen) for chosen in product(*parts))


def written(kind: str, one: Conjunction) -> list[dict[str, Any]]:
    """Return the patterns of an engine rule about acts of a kind."""
    pad = [{PAD: {"a": PAD}}]
    first = [{"go": {"kind": "~go"}}] if one.absent else []
    own = [{"kind": kind}, *one.own] + ([{PAD: {"go": PAD}}] if one.absent else [])
    rest = [{f"b{place}": {"$and": [*some, *pad]}} for place, some in enumerate(one.there)]
    rest += [{f"c{place}$not": {"$and": [*some, *pad]}} for place, some in enumerate(one.absent)]
    return [*first, {"a": {"$and": own} if len(own) > 1 else own[0]}, *rest]


def ruleset(note: Callable[[str, int, str], None]) -> dict[str, Any]:
    """Return the rules as the engine takes them; each tells *note* what it found."""

    def action(name: str, number: int) -> Callable[[Any], None]:
        def run(c: Any) -> None:
            note(name, number, c.a["own"])

        return run

    def opened_(c: Any) -> None:
        """Do nothing; that something was done is enough."""

    rules: dict[str, Any] = {"~open": {"all": [{"a": {"kind": "~open"}}], "run": opened_}}
    for number, rule in enumerate(RULES):
        for kind in rule.kinds:
            for name, found in (("applies", applying(rule)), ("met", met(rule.need))):
                for place, one in enumerate(found):
                    rules[f"{name}-{number}-{kind}-{place}"] = {
                        "all": written(kind, one),
                        "run": action(name, number),
                        "dist": 0,  # one act may serve two patterns
                    }
    return rules


def read_by_kind() -> dict[str, list[Fact]]:
    """Return, for each kind of act, the conditions that some rule makes on it."""
    found: dict[str, list[Fact]] = {}
    for rule in RULES:
        for some in (rule.head, rule.where, *rule.need, *rule.unless):
            for one in some:
                if isinstance(one, Other):
                    for kind in one.kinds:
                        found.setdefault(kind, []).extend(one.where)
                for kind in rule.kinds:
                    mine = found.setdefault(kind, [])
                    if isinstance(one, Fact):
                        mine.append(one)
                    elif isinstance(one, NotAbove):
                        mine.append(Fact(one.fact, "at_most", 0))
                        found.setdefault(one.kind, []).append(Fact(one.other, "at_most", 0))
    return found


def filled(fact: Fact, value: Any) -> dict[str, Any]:
    """Return the properties that a condition reads, of one type whatever is told."""
    if fact.op in ("given", "not_given"):
        return {column(fact): int(value is not None)}
    if isinstance(fact.value, tuple) and fact.op == "is_not":
        return {column(fact, "alone_" + fact.value[0]): int(value == list(fact.value))}
    if isinstance(fact.value, tuple) and fact.op != "one_of":
        return {column(fact, item): int(value is not None and item in value) for item in fact.value}
    if isinstance(fact.value, bool):
        return {column(fact): 2 if value is None else int(value)}
    if isinstance(fact.value, int):
        return {column(fact): -1 if value is None else value}
    return {column(fact): value or ""}


class Host(engine.Host):  # type: ignore[misc]
    """A host without polling threads."""

    def _run(self) -> None:
        pass


def build() -> Check:
    """Return the check."""
    days, read = table(), read_by_kind()
    found: dict[str, set[tuple[int, str]]] = {"applies": set(), "met": set()}
    host = Host({"anjuan": ruleset(lambda name, number, act: found[name].add((number, act)))})

    def tell(fact: dict[str, Any]) -> None:
        with suppress(engine.MessageNotHandledException):  # raised where no rule looks at the fact
            host.assert_fact("anjuan", fact | {"sid": "s", PAD: 1})

    def verdicts(data: bytes) -> Verdicts:
        head, acts = opened(data, days)
        for pairs in found.values():
            pairs.clear()
        tell({"id": "open", "kind": "~open"})
        try:
            for act in acts:
                if act["kind"] in read:
                    fact = {"id": act["id"], "own": act["id"], "names": (act["about"] or [""])[0]}
                    fact |= {name: act[name] for name in ("kind", "day", "before", "through", "officers")}
                    for one in read[act["kind"]]:
                        fact |= filled(one, (head if isinstance(one, Head) else act).get(one.name))
                    tell(fact)
            tell({"id": "go", "kind": "~go"})
        finally:
            host.delete_state("anjuan", "s")
        return [(RULES[one[0]].id, one[1], one in found["met"]) for one in found["applies"]]

    return verdicts
