"""Conditions as tests of the rete: when they certainly hold, and when they possibly do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from casefiles.moments import parse_moment
from casefiles.terms import HEAD, FactType
from engine.conditions import OPERATORS, Condition, Conditions
from engine.limits import LimitUse
from engine.rete.builder import Builder, equals
from engine.rete.clauses import Pattern, Ref, Test
from engine.rete.days import NEVER
from engine.rete.features import Feature, How, Inexpressible, scaled

_NAMES = {id(operator): name for name, operator in OPERATORS.items()}
_TEXTS = ("kind", "procedure", "field", "region", "party", "level")
PERSON = "人员"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Tests on the fact itself, and further patterns; all must match."""

    tests: tuple[Test, ...] = ()
    more: tuple[Pattern, ...] = ()

    def __add__(self, other: Alternative) -> Alternative:
        return Alternative(self.tests + other.tests, _merged((*self.more, *other.more)))


ALWAYS = (Alternative(),)


def _merged(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Ask one fact by one pattern: the library never lets a fact stand for two aliases of a match.

    Of the kinds asked here there is one fact for a subject, which the first test names.
    """
    found: dict[object, Pattern] = {}
    for one in patterns:
        key: object = one.alias if one.denied else (one.kind, one.tests[0])
        before = found.get(key)
        tests = tuple(dict.fromkeys((*before.tests, *one.tests))) if before else one.tests
        found[key] = Pattern(before.alias if before else one.alias, one.kind, tests, one.denied)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Place:
    """Where conditions are asked: of which record, for facts of which kind, under which alias."""

    scope: str
    kind: str
    alias: str


def alternatives(
    builder: Builder, conditions: Conditions, place: Place, possibly: bool
) -> tuple[Alternative, ...]:
    """Return the ways in which conditions hold certainly, or possibly; none of them: not at all."""
    ways = [_ways(builder, item, place, possibly) for item in conditions.items]
    return both(*ways)


def both(*ways: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Return the ways in which all of several things hold."""
    found = (sum(combination, Alternative()) for combination in product(*ways))
    return tuple(one for one in found if not _is_contradictory(one))


def _is_contradictory(way: Alternative) -> bool:
    """Tell whether what is asked is also denied: the library overlooks a fact that the match has already."""
    asked = [one for one in way.more if not one.denied]
    return any(
        one.denied and one.kind == other.kind and set(one.tests) <= set(other.tests)
        for one in way.more
        for other in asked
    )


def _ways(builder: Builder, item: Condition, place: Place, possibly: bool) -> tuple[Alternative, ...]:
    where = HEAD if place.scope == "h" else place.kind
    if place.scope != "p" and not _is_field(item.name, place) and builder.definition(where, item.name):
        return (Alternative(more=(_derived(builder, item, place, where, possibly),)),)
    if isinstance(item.wanted, LimitUse):
        return _against_limit(builder, item, item.wanted, place, possibly)
    return (Alternative(tuple(_tests(builder, item, place, possibly))),)


def _is_field(name: str, place: Place) -> bool:
    return place.scope == "h" and name in (*_TEXTS, "parties")


def _derived(builder: Builder, item: Condition, place: Place, where: str, possibly: bool) -> Pattern:
    """Ask a derived fact: what is certainly so, or what is not even possibly so."""
    operator = _NAMES[id(item.operator)]
    if operator not in ("is", "is_not") or not isinstance(item.wanted, bool):
        raise Inexpressible(f"推出的事实“{item.name}”只能与 true、false 比较")
    number = builder.need_definition(where, item.name)
    # "Is not true" of an unknown fact is unknown, and so is "is false": one and the same here.
    wanted = item.wanted if operator == "is" else not item.wanted
    kind = ("dp" if possibly else "dt") if wanted else ("dt" if possibly else "dp")
    own = equals("s", place.alias) if place.scope == "a" else Test("s", "==", 0)
    return Pattern(builder.alias(), f"{kind}{number}", (own,), denied=not wanted)


def fact_type(builder: Builder, item: Condition, place: Place) -> FactType:
    """Return the type of the fact that a condition speaks of."""
    if _is_field(item.name, place):
        return FactType.COUNT if item.name == "parties" else FactType.TEXT
    return builder.vocabulary.facts[item.name].type


_LISTS = {
    "includes": ("all_of_list", 1),
    "includes_any": ("any_of_list", 1),
    "excludes": ("any_of_list", 0),
    "one_of": ("one_of", 1),
    "none_of": ("one_of", 0),
    "begins_with": ("begins", 1),
}
_NUMBERS = {
    "at_least": (("l", ">="), ("h", ">=")),
    "more_than": (("l", ">"), ("h", ">")),
    "at_most": (("h", "<="), ("l", "<=")),
    "less_than": (("h", "<"), ("l", "<")),
}
"""For each comparison the end of the interval that is asked for certain, and for possible."""


def _tests(builder: Builder, item: Condition, place: Place, possibly: bool) -> Iterable[Test]:
    operator, wanted = _NAMES[id(item.operator)], item.wanted
    kind = fact_type(builder, item, place)
    if operator in _LISTS:
        question, answer = _LISTS[operator]
        if not isinstance(wanted, list):
            raise Inexpressible(f"“{item.name}”应与列表比较")
        if kind in (FactType.FLAG, FactType.COUNT, FactType.AMOUNT):
            raise Inexpressible(f"“{item.name}”不是文字")
        return _asked(builder, item, place, question, tuple(map(_text, wanted)), answer, possibly)
    if operator == "given":
        return _asked(builder, item, place, "given", (), int(bool(wanted)), possibly)
    if operator == "says" and isinstance(wanted, list):
        return _asked(builder, item, place, "says_list", tuple(map(_text, wanted)), 1, possibly)
    if operator == "says":
        return _asked(builder, item, place, "says", (_text(wanted),), 1, possibly)
    if operator in _NUMBERS:
        _demand_number(kind, item)
        return _compared(builder, item, place, operator, scaled(wanted), possibly)
    if operator == "not_before":
        if kind is not FactType.MOMENT:
            raise Inexpressible(f"“{item.name}”不是日期")
        stem = builder.feature(place.kind, Feature(place.scope, item.name, How.DAY))
        return [Test(f"{stem}{'h' if possibly else 'l'}", ">=", parse_moment(str(wanted)).day)]
    return _equal(builder, item, place, kind, operator == "is", possibly)


def _demand_number(kind: FactType, item: Condition) -> None:
    if kind not in (FactType.COUNT, FactType.AMOUNT):
        raise Inexpressible(f"“{item.name}”不是数字")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, str):
        raise Inexpressible(f"不能与“{value}”比较")
    return value


def _asked(
    builder: Builder,
    item: Condition,
    place: Place,
    question: str,
    operand: tuple[str, ...],
    answer: int,
    possibly: bool,
) -> list[Test]:
    feature = Feature(place.scope, item.name, How.ANSWER, question, operand)
    stem = builder.feature(place.kind, feature)
    near, far = ("l", "h") if answer else ("h", "l")
    return [Test(f"{stem}{far if possibly else near}", "==", answer)]


def _compared(
    builder: Builder, item: Condition, place: Place, operator: str, bound: int | Ref, possibly: bool
) -> list[Test]:
    stem = builder.feature(place.kind, Feature(place.scope, item.name, How.NUMBER))
    end, how = _NUMBERS[operator][possibly]
    # An absent number, told as -1, is neither above nor below anything.
    there = [Test(f"{stem}{'h' if possibly else 'l'}", ">=", 0)] if how[0] == "<" else []
    return [*there, Test(f"{stem}{end}", how, bound)]


def _equal(
    builder: Builder, item: Condition, place: Place, kind: FactType, wanted_same: bool, possibly: bool
) -> list[Test]:
    wanted = item.wanted
    if isinstance(wanted, list):
        if kind is not FactType.LIST:
            raise Inexpressible(f"“{item.name}”不是列表")
        operand = tuple(map(_text, wanted))
        return _asked(builder, item, place, "same_list", operand, int(wanted_same), possibly)
    if isinstance(wanted, bool) is not (kind is FactType.FLAG) or kind is FactType.LIST:
        raise Inexpressible(f"“{item.name}”不能与“{wanted}”比较")
    if isinstance(wanted, (bool, str)):
        if kind in (FactType.COUNT, FactType.AMOUNT):
            raise Inexpressible(f"“{item.name}”不能与“{wanted}”比较")
        stem = builder.feature(place.kind, Feature(place.scope, item.name, How.WORD))
        point = builder.word(wanted)
    else:
        _demand_number(kind, item)
        stem = builder.feature(place.kind, Feature(place.scope, item.name, How.NUMBER))
        point = scaled(wanted)
    if wanted_same and possibly:
        return [Test(f"{stem}l", "<=", point), Test(f"{stem}h", ">=", point)]
    if wanted_same:
        return [Test(f"{stem}l", "==", point)]
    known = [] if possibly else [Test(f"{stem}h", "<", NEVER)]
    return [Test(f"{stem}l", "!=", point), *known]


def _against_limit(
    builder: Builder, item: Condition, use: LimitUse, place: Place, possibly: bool
) -> tuple[Alternative, ...]:
    """Compare with the limit found for the act; where none can be told, everything is possible."""
    if place.scope != "a":
        raise Inexpressible("案卷信息与限值的比较")
    _demand_number(fact_type(builder, item, place), item)
    kind = builder.need_limit(use.id, place.kind)
    alias = builder.alias()
    found = Pattern(alias, kind, (equals("s", place.alias),))
    # The limit is joined to the act, so the comparison is turned round and stands on its side.
    operator = _NAMES[id(item.operator)]
    stem = builder.feature(place.kind, Feature("a", item.name, How.NUMBER))
    end, how = _NUMBERS[operator][possibly]
    turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[how]
    there = Test(f"{stem}{'h' if possibly else 'l'}", ">=", 0)
    compared = Pattern(alias, kind, (*found.tests, Test("v", turned, Ref(place.alias, f"{stem}{end}"))))
    ways = [Alternative((there,) if how[0] == "<" else (), (compared,))]
    if possibly:
        denied = Pattern(builder.alias(), kind, found.tests, denied=True)
        ways.append(Alternative((Test(f"{stem}h", ">=", 0),), (denied,)))
    return tuple(ways)
