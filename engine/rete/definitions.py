"""Derived facts, the situations they and exceptions rest on, and the limits of the law."""

from __future__ import annotations

from collections.abc import Sequence

from casefiles.terms import HEAD
from engine.findings import Basis
from engine.limits import LimitValue
from engine.periods import parse_period
from engine.rete.builder import HEAD_KIND, Builder, equals
from engine.rete.choices import candidates, unproven
from engine.rete.clauses import Pattern, Ref, Test
from engine.rete.conditions import ALWAYS, Alternative, Place, alternatives, both
from engine.rete.days import NEVER
from engine.rete.features import Inexpressible, scaled
from engine.situations import Presence, Situation

Interval = tuple[int, int]


def in_force(bases: Sequence[Basis]) -> list[Interval]:
    """Return the days on which one of several sources was in force, first and last."""
    spans = sorted((one.since.toordinal(), one.until.toordinal() if one.until else NEVER) for one in bases)
    merged: list[Interval] = []
    for first, last in spans:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return merged


def add_definition(builder: Builder, kind: str, name: str) -> None:
    """Derive a fact: ``dt`` where one ground certainly is given, ``dp`` where one possibly is."""
    definition = builder.definition(kind, name)
    if definition is None:
        raise Inexpressible(f"没有定义“{name}”")
    number = builder.need_definition(kind, name)
    silent = Test(f"g{number}", "==", 0)
    for ground in definition.grounds:
        add_situation(builder, ground, kind, f"dt{number}", f"dp{number}", silent)


def add_situation(
    builder: Builder,
    situation: Situation,
    kind: str,
    certain: str,
    possible: str,
    *tests: Test,
    lead: tuple[Pattern, ...] = (),
) -> None:
    """Derive for each act of a kind (案卷: for the head) whether a situation is given.

    ``lead`` and ``tests`` narrow the acts that are looked at.
    """
    present = [_presence(builder, one, kind) for one in situation.present]
    for derives, possibly in ((certain, False), (possible, True)):
        ways = both(
            [Alternative(_within(span)) for span in in_force(situation.basis)],
            alternatives(builder, situation.head, Place("h", kind, "S"), possibly),
            ALWAYS if kind == HEAD else alternatives(builder, situation.act, Place("a", kind, "S"), possibly),
        )
        there = [Pattern(builder.alias(), one[possibly], (equals("s", "S"),)) for one in present]
        for way in ways:
            own = Pattern("S", builder.subject_kind(kind), (*tests, *way.tests))
            builder.add([*lead, own, *way.more, *there], derives, s=Ref("S", "s"))


def _within(span: Interval) -> tuple[Test, ...]:
    last = () if span[1] == NEVER else (Test("dd", "<=", span[1]),)
    return (Test("dd", ">=", span[0]), *last)


def _presence(builder: Builder, presence: Presence, kind: str) -> tuple[str, str]:
    """Derive whether such an act is in the file, and return the kinds: certainly, possibly."""
    number = builder.number()
    own = Pattern("S", builder.subject_kind(kind))
    for derives, possibly in ((f"pt{number}", False), (f"pp{number}", True)):
        tests: tuple[Test, ...] = ()
        if presence.before and kind != HEAD:
            # Of the same day and unknown time it is taken to have come first.
            tests = (Test("el", "<=", Ref("S", "bh")),)
            known = () if possibly else (Test("ek", "==", 1),)
            tests = (*known, *tests)
        ours = own
        if presence.before and kind != HEAD and not possibly:
            ours = Pattern("S", own.kind, (Test("bk", "==", 1),))
        for found in candidates(builder, presence.selector, kind, tests, possibly):
            builder.add([ours, *found], derives, s=Ref("S", "s"))
    for way in unproven(builder, presence.selector.kinds, Ref("S", "dd")):
        builder.add([own, *way], f"pp{number}", s=Ref("S", "s"))
    return f"pt{number}", f"pp{number}"


def add_limit(builder: Builder, name: str, kind: str) -> None:
    """Derive the value of a limit for each act of a kind: the narrowest one in force on its day."""
    derives = builder.need_limit(name, kind)
    stem = builder.need_values(name)
    day = Ref("S", "dd")
    now = (Test("f", "<=", day), Test("t", ">=", day))
    builder.add(
        [
            Pattern("S", builder.act_kind(kind), (Test("bk", "==", 1),)),
            Pattern("M", f"lc{stem}", (Test("v", ">=", 0), *now)),
            Pattern("N", f"lc{stem}", (*now, Test("n", ">", Ref("M", "n"))), denied=True),
            Pattern("O", f"lo{stem}", (*now, Test("w", ">=", Ref("M", "w"))), denied=True),
        ],
        derives,
        s=Ref("S", "s"),
        v=Ref("M", "v"),
    )


def add_values(builder: Builder, name: str) -> None:
    """Derive which values of a limit are certainly for this case, and which perhaps."""
    stem = builder.need_values(name)
    for index, value in enumerate(builder.book.limits.table[name].values):
        _limit_value(builder, stem, index, value)
    # What is perhaps for this case counts against everything that is not narrower.
    builder.add(
        [
            Pattern("Q", f"lp{stem}"),
            Pattern("N", f"lc{stem}", (equals("i", "Q", "i"),), denied=True),
        ],
        f"lo{stem}",
        w=Ref("Q", "w"),
        f=Ref("Q", "f"),
        t=Ref("Q", "t"),
    )


def _limit_value(builder: Builder, stem: int, index: int, value: LimitValue) -> None:
    basis, width = value.basis, len(value.where.items)
    first, last = in_force([basis])[0]
    facts = {"i": index, "w": width, "n": width * 1000 + index, "f": first, "t": last}
    number = limit_number(value)
    for derives, possibly in ((f"lc{stem}", False), (f"lp{stem}", True)):
        for way in alternatives(builder, value.where, Place("h", HEAD, "S"), possibly):
            own = Pattern("S", HEAD_KIND, way.tests)
            builder.add([own, *way.more], derives, **facts, v=number)


def limit_number(value: LimitValue) -> int:
    """Return a limit's number as the rete has it: scaled, or for a period one that tells it apart."""
    if value.value is None:
        return -1
    if isinstance(value.value, (int, float)):
        return scaled(value.value)
    period = parse_period(value.value)
    return period.amount * 10 + list(type(period.unit)).index(period.unit)
