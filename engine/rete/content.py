"""Verbs about what the subject states: its facts, their size, their agreement with another act."""

from __future__ import annotations

from casefiles.terms import FactType
from engine.limits import LimitUse
from engine.rete.builder import equals
from engine.rete.choices import candidates
from engine.rete.clauses import Pattern, Ref, Test
from engine.rete.conditions import Place, alternatives
from engine.rete.features import Feature, How, Inexpressible, scaled
from engine.rete.order import Asked
from engine.verbs.content import AtLeast, AtMost, OtherFact, SameAs, ShareOf, States
from engine.verbs.people import SignedBy


def states(asked: Asked, verb: States) -> None:
    """Demand that the subject states facts."""
    place = Place("a", asked.kind, "S")
    for letter, possibly in (("m", False), ("P", True)):
        for way in alternatives(asked.builder, verb.conditions, place, possibly):
            asked.derive([*asked.whole(*way.tests), *way.more], letter)
    asked.derive([*asked.lead(), asked.fact("P", "Y", denied=True)], "b")


def _number(asked: Asked, kind: str, name: str) -> str:
    if asked.builder.vocabulary.facts[name].type not in (FactType.COUNT, FactType.AMOUNT):
        raise Inexpressible(f"“{name}”不是数字")
    if asked.builder.definition(kind, name):
        raise Inexpressible(f"“{name}”是推出的事实")
    return asked.builder.feature(kind, Feature("a", name, How.NUMBER))


def compared(asked: Asked, verb: AtMost | AtLeast) -> None:
    """Demand: a number of the subject is not above, or not below, a bound; an absent one breaks nothing."""
    stem = _number(asked, asked.kind, verb.fact)
    keeps, breaks = ("<=", ">") if isinstance(verb, AtMost) else (">=", "<")
    asked.derive(asked.whole(Test(f"{stem}h", "==", -1)), "m")
    there = Test(f"{stem}l", ">=", 0)
    bound = verb.value
    if isinstance(bound, (int, float)):
        for letter, how in (("m", keeps), ("b", breaks)):
            asked.derive(asked.whole(there, Test(f"{stem}l", how, scaled(bound))), letter)
        return
    if isinstance(bound, ShareOf):
        raise Inexpressible("一个数的几成要先乘")
    if isinstance(bound, LimitUse):
        source = Pattern("V", asked.builder.need_limit(bound.id, asked.kind), (equals("s", "S"),))
        value = "v"
    else:
        source, value = _other_number(asked, bound), "x"
    turned = {"<=": ">=", ">": "<", ">=": "<=", "<": ">"}
    for letter, how in (("m", keeps), ("b", breaks)):
        test = Test(value, turned[how], Ref("S", f"{stem}l"))
        asked.derive([*asked.whole(there), Pattern("V", source.kind, (*source.tests, test))], letter)


def _other_number(asked: Asked, other: OtherFact) -> Pattern:
    """Derive the number of the last act, not later than the subject, that tells one.

    Two of one day that tell different numbers are left to the first engine.
    """
    for kind in other.selector.kinds:
        stem = _number(asked, kind, other.fact)
        only = type(other.selector)((kind,), other.selector.where, other.selector.about)
        tests = [Test(f"{stem}l", ">=", 0), Test("bl", "<=", Ref("S", "bh"))]
        for chosen in candidates(asked.builder, only, asked.kind, tests, possibly=False):
            told = {"a": Ref("A", "s"), "w": Ref("A", "w"), "x": Ref("A", f"{stem}l")}
            asked.derive([*asked.lead(), *chosen], "O", **told)
    one = asked.fact("O", "X")
    later = asked.fact("O", "Y", Test("w", ">", Ref("X", "w")), denied=True)
    asked.derive([*asked.lead(), one, later], "Q", x=Ref("X", "x"))
    twin = asked.fact("Q", "Y", Test("x", "!=", Ref("X", "x")))
    asked.derive([*asked.lead(), asked.fact("Q", "X"), twin], "n")
    return asked.fact("Q", "V")


def same_as(asked: Asked, verb: SameAs) -> None:
    """Demand: a fact of the subject says the same as that of every act of a choice that tells it."""
    builder, facts = asked.builder, asked.builder.vocabulary.facts
    other = verb.other_fact or verb.fact
    if facts[verb.fact].type is not facts[other].type:
        raise Inexpressible("比对的两个事实类型不同")
    if any(builder.definition(kind, name) for kind in (asked.kind, *verb.act) for name in (verb.fact, other)):
        raise Inexpressible("比对的是推出的事实")
    mine = Pattern("M", "sv", (equals("s", "S"), Test("n", "==", _whole(asked, asked.kind, verb.fact))))
    lead = [*asked.lead(), mine]
    for kind in verb.selector.kinds:
        only = type(verb.selector)((kind,), verb.selector.where, verb.selector.about)
        number = _whole(asked, kind, other)
        for chosen in candidates(builder, only, asked.kind, [], possibly=False):
            theirs = (equals("s", "A"), Test("n", "==", number))
            for letter, how in (("F", "=="), ("b", "!=")):
                value = Pattern("V", "sv", (*theirs, Test("v", how, Ref("M", "v"))))
                asked.derive([*lead, *chosen, value], letter)
    asked.derive([*lead, asked.fact("F", "X"), asked.fact("b", "Y", denied=True)], "m")


def _whole(asked: Asked, kind: str, name: str) -> int:
    asked.builder.same.setdefault((kind, name), None)
    return list(asked.builder.same).index((kind, name))


def signed_by(asked: Asked, verb: SignedBy) -> None:
    """Demand that these have signed, or a refusal is noted."""
    stems = [
        asked.builder.feature(asked.kind, Feature("a", f"{who}确认", How.ANSWER, "confirmed"))
        for who in verb.who
    ]
    signed = [Test(f"{stem}l", "==", 1) for stem in stems]
    lacking = [Test(f"{stem}h", "==", 0) for stem in stems]
    kept = [[one] for one in signed] if verb.any_of_them else [signed]
    broken = [lacking] if verb.any_of_them else [[one] for one in lacking]
    for letter, ways in (("m", kept), ("b", broken)):
        for tests in ways:
            asked.derive(asked.whole(*tests), letter)
