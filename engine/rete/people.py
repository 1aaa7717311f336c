"""Verbs about people: enough of them, with which quality, and not the same as others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.rete.builder import equals
from engine.rete.clauses import Pattern, Ref, Test
from engine.rete.conditions import PERSON, Place, alternatives
from engine.rete.features import Inexpressible
from engine.rete.order import Asked
from engine.verbs.people import DoneBy, IndependentOf

MOST_PERSONS: Final = 4
"""So many persons can be demanded: each is one more fact joined."""


def done_by(asked: Asked, verb: DoneBy) -> None:
    """Demand: so many persons of a role took part, or all of them, with a quality on that day.

    There is no counting: two persons are two facts with different numbers, the smaller one first.
    """
    if verb.at_least > MOST_PERSONS:
        raise Inexpressible(f"人数多于 {MOST_PERSONS}")
    asked.builder.people.update(dict.fromkeys(asked.kinds))
    asked.derive([*asked.lead(), _persons(asked, verb.role)], "I", n=Ref("B", "n"))
    for letter, possibly in (("F", False), ("P", True)):
        for pattern, more in _qualified(asked, verb, possibly):
            asked.derive([*asked.lead(), pattern, *more], letter, n=Ref("B", "n"))
    # Somebody whose role nobody tells may be one of them.
    roleless = Pattern("B", "bn", (equals("s", "S"),))
    asked.derive([*asked.lead(), roleless], "P", n=Ref("B", "n"))
    if verb.every:
        _everyone(asked)
        return
    asked.derive([*asked.lead(), *_distinct(asked, "F", verb.at_least)], "m")
    asked.derive([*asked.lead(), *_distinct(asked, "P", verb.at_least)], "Q")
    told = asked.lead(Test("nb", ">=", 1), Test("tb", "==", 1))
    asked.derive([*told, asked.fact("Q", "Y", denied=True)], "b")


def _distinct(asked: Asked, letter: str, count: int) -> list[Pattern]:
    found: list[Pattern] = []
    for index in range(count):
        above = (Test("n", ">", Ref(f"X{index - 1}", "n")),) if index else ()
        found.append(asked.fact(letter, f"X{index}", *above))
    return found


def _everyone(asked: Asked) -> None:
    same = equals("n", "X", "n")
    asked.derive([*asked.lead(), asked.fact("I", "X"), asked.fact("P", "Y", same, denied=True)], "b")
    asked.derive([*asked.lead(), asked.fact("P", "X"), asked.fact("F", "Y", same, denied=True)], "U")
    asked.derive(
        [
            *asked.lead(),
            asked.fact("I", "X"),
            asked.fact("b", "Y", denied=True),
            asked.fact("U", "Z", denied=True),
        ],
        "m",
    )


def _persons(asked: Asked, roles: tuple[str, ...] | None, alias: str = "B") -> Pattern:
    return Pattern(alias, "by", (equals("s", "S"), Test("r", "==", asked.builder.role(roles))))


def _qualified(asked: Asked, verb: DoneBy, possibly: bool) -> Iterator[tuple[Pattern, tuple[Pattern, ...]]]:
    certified: tuple[Test, ...] = ()
    if verb.certificate and possibly:
        certified = (Test("th", ">=", Ref("S", "d")),)
    elif verb.certificate:
        certified = (Test("tl", ">=", Ref("S", "dh")), Test("f", "<=", Ref("S", "d")))
    one = _persons(asked, verb.role)
    for way in alternatives(asked.builder, verb.where, Place("p", PERSON, "B"), possibly):
        yield Pattern("B", one.kind, (*one.tests, *way.tests, *certified)), way.more


def independent_of(asked: Asked, verb: IndependentOf) -> None:
    """Demand: nobody of the subject took part in acts of these kinds; equal names leave it open."""
    builder = asked.builder
    builder.people.update(dict.fromkeys((*asked.kinds, *verb.act)))
    mine = _persons(asked, verb.roles)
    asked.derive([*asked.lead(), mine], "I", n=Ref("B", "n"), v=Ref("B", "v"))
    role = Test("r", "==", builder.role(verb.other_roles))
    for kind in verb.act:
        builder.act_kind(kind)
        theirs = (Test("k", "==", builder.kinds[kind]), role)
        own = [*asked.lead(), asked.fact("I", "X")]
        asked.derive([*own, Pattern("B", "by", (*theirs, equals("n", "X", "n")))], "b")
        asked.derive([*own, Pattern("B", "by", (*theirs, equals("v", "X", "v")))], "U")
    untold = Test("n", "==", builder.absence((asked.kind, *verb.act)))
    asked.derive(
        [
            *asked.lead(),
            asked.fact("I", "X"),
            asked.fact("b", "Y", denied=True),
            asked.fact("U", "Z", denied=True),
            *(Pattern(alias, kind, (untold,), denied=True) for alias, kind in (("H", "bs"), ("V", "us"))),
        ],
        "m",
    )
