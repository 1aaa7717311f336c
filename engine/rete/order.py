"""Verbs of order and duration: what comes after, before, never beside, or lasts how long."""

from __future__ import annotations

from dataclasses import dataclass

from engine.counting import Counted, Extension, Term
from engine.limits import LimitUse
from engine.options import ActChoice
from engine.periods import Period, parse_period
from engine.rete.builder import Builder, DueRequest, equals
from engine.rete.choices import any_act, candidates, proven
from engine.rete.clauses import Pattern, Ref, Test
from engine.rete.days import NEVER
from engine.rete.definitions import limit_number
from engine.rete.features import Inexpressible
from engine.selection import Selector
from engine.verbs.duration import Lasts
from engine.verbs.order import FollowedBy, NeverWith, PrecededBy

SELF = Ref("S", "s")


@dataclass(frozen=True, slots=True)
class Asked:
    """One verb asked of the subjects of some kinds: its number, and the patterns of a live subject.

    The subject is S, the fact ``live`` which carries its moments. A verb derives ``m`` (kept), ``b``
    (broken), ``w`` (not yet due) and ``n`` (cannot be expressed for this file) with its number; none of
    them means undetermined.
    """

    builder: Builder
    number: int
    kinds: tuple[str, ...]
    live: str

    @property
    def kind(self) -> str:
        """The only kind of subjects, where a verb is asked of each kind by itself."""
        (found,) = self.kinds
        return found

    def lead(self, *tests: Test) -> list[Pattern]:
        """Return the patterns of a live subject, whose moments pass tests."""
        return [Pattern("S", self.live, tests)]

    def whole(self, *tests: Test) -> list[Pattern]:
        """Return the patterns of a live subject with its facts, which pass tests."""
        own = self.builder.act_kind(self.kind)
        return [Pattern("L", self.live), Pattern("S", own, (equals("s", "L"), *tests))]

    def derive(self, patterns: list[Pattern], letter: str, **more: int | Ref) -> None:
        """Derive a fact of a letter with the number of the verb for the subject."""
        self.builder.add(patterns, f"{letter}{self.number}", s=SELF, **more)

    def fact(self, letter: str, alias: str, *tests: Test, denied: bool = False) -> Pattern:
        """Return the pattern of what was derived for the subject under a letter."""
        return Pattern(alias, f"{letter}{self.number}", (equals("s", "S"), *tests), denied)

    def found(
        self, selector: Selector, letter: str, tests: list[Test], possibly: bool, *lead: Pattern
    ) -> None:
        """Derive where an act of a choice certainly, or possibly, is there and passes tests."""
        for chosen in candidates(self.builder, selector, self.kind, tests, possibly):
            self.derive([*(lead or self.lead()), *chosen], letter)


def followed_by(asked: Asked, verb: FollowedBy) -> None:
    """Demand: after the subject there must be an act, within a period if one is named."""
    edge = "b" if verb.counted_from == "starts" else "e"
    lead = asked.lead(Test(f"{edge}k", "==", 1))
    after = Test("bh", ">=", Ref("S", f"{edge}l"))
    near, far = [after, Test("bk", "==", 1)], [after]
    counted: list[Pattern] = []
    if verb.within is not None:
        deadline(asked, verb.within, edge, verb)
        counted = [asked.fact("D", "D")]
        near.append(Test("bh", "<=", Ref("D", "e")))
        far.append(Test("bl", "<=", Ref("D", "l")))
    asked.found(verb.selector, "m", near, False, *lead, *counted)
    asked.found(verb.selector, "P", far, True, *lead, *counted)
    none = [asked.fact("P", "Y", denied=True)]
    if counted:
        asked.found(verb.selector, "G", [after, Test("bk", "==", 1)], False, *lead)
        asked.derive([*lead, asked.fact("G", "X"), *none], "b")
        none.append(asked.fact("G", "Z", denied=True))
    _absent(asked, verb, [*lead, *counted], none)


def _absent(asked: Asked, verb: FollowedBy, lead: list[Pattern], none: list[Pattern]) -> None:
    """Decide where nothing follows: still to come, or proven to be absent when it was due."""
    builder = asked.builder
    kinds = tuple(verb.act)
    told = Pattern("H", "hs", (Test("n", "==", builder.absence(kinds)),), denied=True)
    if verb.within is None:
        waiting = Pattern("T", "c", (Test("shut", "==", 0),))
        asked.derive([*lead, waiting, *none, told], "w")
        closed = Pattern("T", "c", (Test("shut", "==", 1),))
        blind = Pattern("N", "bs", (Test("n", "==", builder.absence(kinds)),), denied=True)
        asked.derive([*lead, closed, *none, blind], "b")
        return
    due = asked.fact("D", "D", Test("x", ">=", 0))
    rest = [one for one in lead if one.alias != "D"]
    waiting = Pattern("T", "c", (Test("now", "<=", Ref("D", "x")),))
    asked.derive([*rest, due, waiting, *none, told], "w")
    past = asked.fact("D", "D", Test("x", ">=", 0), Test("q", "==", 0))
    absent = proven(builder, kinds, Ref("D", "x"))
    over = Pattern("T", "c", (*absent[0].tests, Test("now", ">", Ref("D", "x"))))
    asked.derive([*rest, past, over, *none, *absent[1:]], "b")


def deadline(asked: Asked, term: Term, edge: str, counted: Counted | None) -> None:
    """Derive the deadline D of a live subject: surely in time to ``e``, surely late after ``l``.

    ``x`` is its day, -1 if unknown; ``q`` is 1 where stops or extensions cannot be excluded.
    """
    builder, number = asked.builder, asked.number
    roll = counted.roll_over if counted else True
    facts: dict[str, int | Ref] = {"s": Ref("U", "s"), "e": Ref("U", "e"), "x": Ref("U", "x")}
    lead = asked.lead()
    if isinstance(term, Period):
        request = builder.due(DueRequest(asked.kind, edge, term, roll))
        sources = [[*lead, Pattern("U", "du", (Test("n", "==", request), equals("s", "S")))]]
    else:
        sources = [[*lead, *_by_limit(asked, term, edge, roll)]]
    if isinstance(term, LimitUse):
        missing = Pattern("U", builder.need_limit(term.id, asked.kind), (equals("s", "S"),), denied=True)
        asked.derive([*lead, missing], "D", e=-1, l=NEVER, x=-1, q=0)
    choices = _changing(counted)
    for source in sources:
        if not choices:
            builder.add(source, f"D{number}", **facts, l=Ref("U", "l"), q=0)
            continue
        kinds = tuple(dict.fromkeys(kind for choice in choices for kind in choice.act))
        blind = Test("n", "==", builder.absence(kinds))
        told = Pattern("T", "c", (Test("up", "==", 1),))
        sure = [*source, told, Pattern("N", "bs", (blind,), denied=True)]
        builder.add(sure, f"D{number}", **facts, l=Ref("U", "l"), q=0)
        late: dict[str, int | Ref] = {**facts, "l": NEVER, "q": 1}
        builder.add([*source, Pattern("N", "bs", (blind,))], f"D{number}", **late)
        builder.add([*source, Pattern("T", "c", (Test("up", "==", 0),))], f"D{number}", **late)
    for choice in choices:
        # An act that stops or extends the period moves the deadline: that is left to one engine.
        for found in any_act(builder, choice.selector):
            asked.derive([*lead, *found], "n")


def _changing(counted: Counted | None) -> tuple[ActChoice | Extension, ...]:
    return (*counted.stopped_by, *counted.extended_by) if counted else ()


def _by_limit(asked: Asked, term: LimitUse, edge: str, roll: bool) -> list[Pattern]:
    """Return the deadline of whichever period the limit sets; every one that it may set is counted."""
    builder = asked.builder
    limit = Pattern("V", builder.need_limit(term.id, asked.kind), (equals("s", "S"),))
    group = builder.number()
    for value in builder.book.limits.table[term.id].values:
        if value.value is None:
            continue
        if not isinstance(value.value, str):
            raise Inexpressible(f"限值“{term.id}”不是期间")
        request = builder.due(DueRequest(asked.kind, edge, parse_period(value.value), roll))
        due = Pattern("U", "du", (Test("n", "==", request), equals("s", "S")))
        facts: dict[str, int | Ref] = {name: Ref("U", name) for name in ("s", "e", "l", "x")}
        builder.add([*asked.lead(), due], f"dv{group}", **facts, v=limit_number(value))
    return [limit, Pattern("U", f"dv{group}", (equals("s", "S"), Test("v", "==", Ref("V", "v"))))]


def preceded_by(asked: Asked, verb: PrecededBy) -> None:
    """Demand: before the subject there must have been an act, so long before if that is named."""
    builder = asked.builder
    lead = asked.lead(Test("bk", "==", 1))
    known = Test("ek", "==", 1)
    latest: list[Pattern] = []
    if verb.at_least is not None:
        deadline(asked, verb.at_least, "r", None)
        latest = [asked.fact("D", "D")]
        near, far = Test("eh", "<=", Ref("D", "e")), Test("el", "<=", Ref("D", "l"))
        if isinstance(verb.at_least, LimitUse):
            limit = builder.need_limit(verb.at_least.id, asked.kind)
            latest.append(Pattern("V", limit, (equals("s", "S"),)))
    else:
        far = Test("el", "<", Ref("S", "bh"))
        near = far if verb.same_day else Test("eh", "<", Ref("S", "bl"))
    asked.found(verb.selector, "m", [near, known], False, *lead, *latest)
    asked.found(verb.selector, "P", [far], True, *lead, *latest)
    asked.found(verb.selector, "G", [], False, *lead, *latest)
    none = asked.fact("P", "Y", denied=True)
    day = Ref("S", "dd")
    told, blind = proven(builder, verb.act, day)
    asked.derive([*lead, *latest, asked.fact("G", "X"), told, none], "b")
    asked.derive([*lead, *latest, told, none, asked.fact("G", "Z", denied=True), blind], "b")


def never_with(asked: Asked, verb: NeverWith) -> None:
    """Demand: the file must not contain an act of a choice, or none before or after the subject."""
    near: list[Test] = []
    far: list[Test] = []
    if verb.after_only:
        near, far = [Test("bl", ">", Ref("S", "eh"))], [Test("bh", ">", Ref("S", "el"))]
    elif verb.before_only:
        near, far = [Test("eh", "<", Ref("S", "bl"))], [Test("el", "<", Ref("S", "bh"))]
    asked.found(verb.selector, "b", near, False)
    asked.found(verb.selector, "P", far, True)
    lead = asked.lead()
    hidden = Pattern("H", "bs", (Test("n", "==", asked.builder.absence(verb.act)),), denied=True)
    asked.derive([*lead, asked.fact("P", "Y", denied=True), hidden], "m")


def lasts(asked: Asked, verb: Lasts) -> None:
    """Demand that the subject lasts at most so long."""
    deadline(asked, verb.at_most, "s", verb)
    ended = [*asked.lead(Test("ss", "==", 1), Test("es", "==", 1))]
    due = asked.fact("D", "D")
    asked.derive([*ended, _late(due, "e", ">=", "eh")], "m")
    asked.derive([*ended, _late(due, "l", "<", "el")], "b")
    running = [
        *asked.lead(Test("ss", "==", 1), Test("es", "==", 0)),
        asked.fact("D", "D", Test("x", ">=", 0)),
    ]
    now = Pattern("T", "c", (Test("shut", "==", 0), Test("now", "<=", Ref("D", "x"))))
    asked.derive([*running, now], "w")


def _late(due: Pattern, prop: str, how: str, own: str) -> Pattern:
    return Pattern(due.alias, due.kind, (*due.tests, Test(prop, how, Ref("S", own))))
