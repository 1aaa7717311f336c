"""The numbers that a rule uses: in its verb, its conditions, its exceptions, its definitions and limits.

And those that the names of its facts say, or the vocabulary of them: a flag may stand for a period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from adapters.quantities import Quantity, quantities
from casefiles.terms import FactType
from engine.conditions import Condition
from engine.limits import Limit, LimitUse
from engine.periods import Period, Unit, parse_period
from engine.requirement import AllOf, AnyOf, Not
from engine.rule import Definition, Rule
from engine.rulebook import Rulebook
from engine.situations import Situation
from engine.verbs.base import Verb
from engine.verbs.content import AtLeast, AtMost, ShareOf
from engine.verbs.dates import Dated
from engine.verbs.duration import Lasts
from engine.verbs.order import FollowedBy, PrecededBy, Within
from engine.verbs.people import DoneBy

Direction = Literal["most", "least"]
"""A number is the most that is allowed, or the least that is demanded."""

_DIRECTIONS: Mapping[tuple[type, str], Direction] = {
    (FollowedBy, "within"): "most",
    (Within, "period"): "most",
    (Dated, "within"): "most",
    (Lasts, "at_most"): "most",
    (AtMost, "value"): "most",
    (AtLeast, "value"): "least",
    (PrecededBy, "at_least"): "least",
    (DoneBy, "at_least"): "least",
}
_UNITS = {
    Unit.WORKING_DAYS: "工作日",
    Unit.DAYS: "日",
    Unit.MONTHS: "月",
    Unit.YEARS: "月",
    Unit.HOURS: "小时",
}
_LIMITS = {"元": "元", "人": "人", "比例": "比例"}


class Used(Struct, frozen=True):
    """A quantity of a rule, and whether it is the most or the least where its verb says so.

    One that is not ``own`` stands in a name, a definition or an exception: the words may name it.
    """

    quantity: Quantity
    direction: Direction | None = None
    own: bool = True


def uses_of(rule: Rule, rulebook: Rulebook) -> list[Used]:
    """Return the quantities that a rule uses."""
    return list(_Walk(rulebook).rule(rule))


class _Walk:
    """Finds the quantities of one rule; each word is looked into once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.definitions: dict[str, list[Definition]] = {}
        for one in rulebook.definitions:
            self.definitions.setdefault(one.defines, []).append(one)
        self.seen: set[str] = set()

    def rule(self, rule: Rule) -> Iterator[Used]:
        yield from self.verb(rule.verb)
        for data in (rule.applies, rule.subject, *(cited.when for cited in rule.basis)):
            yield from self.part(data, None)
        for one in rule.unless:
            yield from self.situation(one)

    def verb(self, verb: Verb) -> Iterator[Used]:
        """Yield the quantities of a verb; one that is turned round or an alternative has no direction."""
        if isinstance(verb, AllOf):
            for one in verb.verbs:
                yield from self.verb(one)
        elif isinstance(verb, (AnyOf, Not)):
            for one in verb.verbs if isinstance(verb, AnyOf) else (verb.verb,):
                yield from (Used(used.quantity, None, used.own) for used in self.verb(one))
        else:
            yield from self.fields(verb)

    def fields(self, data: Any) -> Iterator[Used]:
        for name in data.__struct_fields__:
            value, direction = getattr(data, name), _DIRECTIONS.get((type(data), name))
            if isinstance(data, DoneBy) and name == "at_least":
                if value > 1:
                    yield Used(Quantity(float(value), "人", f"{value}名"), direction)
            elif isinstance(data, (AtMost, AtLeast)) and name == "value" and isinstance(value, (int, float)):
                yield Used(self.number(data.fact, value), direction)
            elif isinstance(data, ShareOf) and name == "share":
                yield Used(_share(value))
            else:
                yield from self.part(value, direction)

    def part(self, data: Any, direction: Direction | None) -> Iterator[Used]:
        if isinstance(data, Period):
            yield Used(_quantity(data), direction)
        elif isinstance(data, LimitUse):
            yield from self.limit(self.rulebook.limits.table.get(data.id), direction)
        elif isinstance(data, Condition):
            yield from self.condition(data)
        elif isinstance(data, str):
            yield from self.word(data)
        elif isinstance(data, (list, tuple)):
            for one in data:
                yield from self.part(one, direction)
        elif isinstance(data, Struct):
            yield from (
                Used(one.quantity, direction if isinstance(data, ShareOf) else one.direction, one.own)
                for one in self.fields(data)
            )

    def limit(self, limit: Limit | None, direction: Direction | None) -> Iterator[Used]:
        for one in limit.values if limit else ():
            if isinstance(one.value, str) and limit and limit.unit == "期间":
                yield Used(_quantity(parse_period(one.value)), direction)
            elif isinstance(one.value, (int, float)) and limit:
                yield Used(_bare(one.value, _LIMITS.get(limit.unit, "")), direction)

    def condition(self, item: Condition) -> Iterator[Used]:
        yield from self.word(item.name)
        wanted = item.wanted
        if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
            yield Used(self.number(item.name, wanted))
        elif isinstance(wanted, LimitUse):
            yield from self.limit(self.rulebook.limits.table.get(wanted.id), None)
        else:
            yield from self.part(wanted, None)

    def number(self, fact: str, value: float) -> Quantity:
        """Return a bare number, with the unit that its fact certainly is in."""
        term = self.rulebook.vocabulary.facts.get(fact)
        money = term is not None and term.type is FactType.AMOUNT
        return _bare(value, "元" if money else "人" if fact.endswith("人数") else "")

    def word(self, word: str) -> Iterator[Used]:
        """Yield what a name says by itself or in the vocabulary, and what derives it."""
        if word in self.seen:
            return
        self.seen.add(word)
        term = self.rulebook.vocabulary.facts.get(word)
        for text in (word, term.meaning if term else ""):
            yield from (Used(one, own=False) for one in quantities(text))
        for definition in self.definitions.get(word, ()):
            for ground in definition.grounds:
                yield from self.situation(ground)

    def situation(self, one: Situation) -> Iterator[Used]:
        for used in self.part((one.head, one.act, one.present), None):
            yield Used(used.quantity, own=False)


def _quantity(period: Period) -> Quantity:
    amount = period.amount * (12 if period.unit is Unit.YEARS else 1)
    return Quantity(float(amount), _UNITS[period.unit], period.chinese)


def _bare(value: float, unit: str) -> Quantity:
    amount = float(value)
    shown = f"{amount:g}" if amount < 1_000_000 else str(int(amount))
    if unit == "比例":
        return Quantity(amount, unit, f"{shown}%")
    return Quantity(amount, unit, f"{shown}{unit}")


def _share(value: float) -> Quantity:
    percent = round(value * 100, 6)
    return Quantity(percent, "比例", f"{percent:g}%")
