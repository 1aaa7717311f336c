"""Choices of acts: those certainly found, those possibly meant, and whether their absence is proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casefiles.terms import HEAD
from engine.rete.builder import Builder, equals
from engine.rete.clauses import Pattern, Ref, Test
from engine.rete.conditions import Place, alternatives
from engine.selection import Concern, Selector

CASE = Pattern("T", "c")
"""The fact of the case as a whole: until when it tells everything, the day of the check."""


def subject(builder: Builder, kind: str, *tests: Test) -> Pattern:
    """Return the pattern of a subject, under the alias S."""
    return Pattern("S", builder.subject_kind(kind), tests)


def candidates(
    builder: Builder,
    selector: Selector,
    kind: str,
    tests: Sequence[Test],
    possibly: bool,
) -> Iterator[list[Pattern]]:
    """Yield, for each kind of act and each way to fit, the patterns of a chosen act A of a subject S.

    ``tests`` are asked of A. With the head as subject every act of the kinds is one of its own.
    """
    for act in selector.kinds:
        place = Place("a", act, "A")
        for way in alternatives(builder, selector.where, place, possibly):
            concern, own = _concern(builder, selector, act, kind, possibly)
            yield [*concern, Pattern("A", builder.act_kind(act), (*own, *way.tests, *tests)), *way.more]


def _concern(
    builder: Builder, selector: Selector, act: str, kind: str, possibly: bool
) -> tuple[list[Pattern], tuple[Test, ...]]:
    if kind == HEAD:
        return [], ()
    if selector.about is Concern.ANY:
        return [], (Test("s", "!=", Ref("S", "s")),)
    certain = () if possibly else (Test("c", "==", 1),)
    pair = Pattern("C", builder.pair(act, kind), (*certain, equals("s", "S")))
    return [pair], (equals("s", "C", "a"),)


def any_act(builder: Builder, selector: Selector) -> Iterator[list[Pattern]]:
    """Yield the patterns of any act A that possibly fits, whatever it concerns."""
    for act in selector.kinds:
        for way in alternatives(builder, selector.where, Place("a", act, "A"), possibly=True):
            yield [Pattern("A", builder.act_kind(act), way.tests), *way.more]


def unproven(builder: Builder, kinds: Iterable[str], day: Ref) -> Iterator[list[Pattern]]:
    """Yield the ways in which the absence of acts through a day is not proven."""
    yield [Pattern("N", "bs", (Test("n", "==", builder.absence(kinds)),))]
    yield [Pattern("T", "c", (Test("told", "<", day),))]


def proven(builder: Builder, kinds: Iterable[str], day: Ref) -> list[Pattern]:
    """Return the patterns by which the absence of acts through a day is proven."""
    told = Pattern("T", "c", (Test("told", ">=", day),))
    return [told, Pattern("N", "bs", (Test("n", "==", builder.absence(kinds)),), denied=True)]


def add_concern(builder: Builder) -> None:
    """Add the clauses by which it is told which acts concern which (see ``docs/second-engine.md``).

    A fact ``pr`` is a pair of acts whose kinds some rule relates, ``ab`` that an act names another.
    """
    pair = Pattern("P", "pr")
    found: dict[str, int | Ref] = {"a": Ref("P", "a"), "s": Ref("P", "s")}
    by_pair = Ref("P", "i")
    named = Pattern("B", "ab", (equals("a", "P", "a"), equals("b", "P", "s")))
    naming = Pattern("B", "ab", (equals("a", "P", "s"), equals("b", "P", "a")))
    for one in (named, naming):
        builder.add_each([pair, one], "cn", by_pair, {**found, "c": 1})
    # Two acts that name different acts of one kind do not concern each other.
    first = Pattern("B", "ab", (equals("a", "P", "a"),))
    builder.add(
        [pair, first, Pattern("D", "ab", (equals("a", "P", "s"), equals("k", "B", "k")))], "sh", **found
    )
    builder.add(
        [pair, first, Pattern("D", "ab", (equals("a", "P", "s"), equals("b", "B", "b")))], "cm", **found
    )
    shared = Pattern("P", "sh")
    common = Pattern("Q", "cm", (equals("a", "P", "a"), equals("s", "P", "s")), denied=True)
    builder.add([shared, common], "ap", **found)
    # An act that names none of the subject's kind, and of whose kind the subject names none, concerns
    # it, surely if it is the only one.
    nones = [
        Pattern("D", "ab", (equals("a", "P", "a"), equals("k", "P", "k")), denied=True),
        Pattern("E", "ab", (equals("a", "P", "s"), equals("k", "P", "ka")), denied=True),
        Pattern("F", "ap", (equals("a", "P", "a"), equals("s", "P", "s")), denied=True),
    ]
    builder.add_each([pair, *nones], "cn", by_pair, {**found, "c": Ref("P", "o")})
