"""Translation of rules: each becomes clauses, or a reason why the second engine cannot say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from casefiles.terms import HEAD
from engine.requirement import AllOf, AnyOf, Not
from engine.rete.builder import Builder, Demand, Need, equals
from engine.rete.choices import add_concern
from engine.rete.clauses import ClauseError, Pattern, Ref, Test
from engine.rete.conditions import Alternative, Place, alternatives, both
from engine.rete.content import compared, same_as, signed_by, states
from engine.rete.definitions import add_definition, add_limit, add_situation, add_values, in_force
from engine.rete.features import Inexpressible
from engine.rete.network import Network, network
from engine.rete.order import Asked, followed_by, lasts, never_with, preceded_by
from engine.rete.people import done_by, independent_of
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.verbs import VERBS
from engine.verbs.base import Verb


@dataclass(frozen=True, slots=True)
class Translatable:
    """Whether a verb can be put to the second engine: how, or why not; ``words`` are Chinese."""

    words: str
    how: Callable[[Asked, Any], None] | None = None
    of_persons: bool = False
    """Whether it looks at nothing of the subject but its moments and persons."""


TRANSLATABLE: Mapping[str, Translatable] = {
    "followed_by": Translatable("日期先后和期限的比较；有中止或者延长环节的案卷除外", followed_by),
    "preceded_by": Translatable("日期先后和倒数期限的比较", preceded_by),
    "never_with": Translatable("不存在的判断和日期先后", never_with),
    "states": Translatable("事实与词、数、日期、限值的比较", states),
    "at_most": Translatable("与数、限值、另一环节的数比较；同日两个不同的数除外", compared),
    "at_least": Translatable("与数、限值、另一环节的数比较；同日两个不同的数除外", compared),
    "same_as": Translatable("相等的比较，名称先按同一规则化为编号", same_as),
    "done_by": Translatable("不计数：两人即两个不同的人员事实；要求五人以上的除外", done_by, True),
    "independent_of": Translatable("同一人员、同名人员的联结", independent_of, True),
    "signed_by": Translatable("确认方式是否在列，化为是、否、不明", signed_by),
    "lasts": Translatable("起止与期限的比较；有中止或者延长环节的案卷除外", lasts),
    "within": Translatable("起算的环节要按案卷顺序从多个中选出，期限随案卷中止、延长"),
    "covered_by": Translatable("要把多段时间拼接，逐段找出空缺，不是事实之间的联结"),
    "not_during": Translatable("要逐日、逐时查对夜间和节假日"),
    "no_overlap": Translatable("要比较起止到分钟、可能缺失的时间段"),
    "free_of": Translatable("要在公示文本中查找，文本不进入第二引擎"),
    "cites_law_in_force": Translatable("要按名称、文号辨认所引用的文件"),
    "dated": Translatable("比较的是事实里的时间，第二引擎只知道环节的起止"),
}
"""For every verb whether and how it is translated; ``docs/second-engine.md`` shows this list."""

MOMENTS = ("s", "d", "dh", "dd", "bk", "ek", "bl", "bh", "el", "eh", "ss", "es", "nb", "tb")
"""What a live subject carries, so that few clauses need its facts."""

_NAMES = {kind: name for name, kind in VERBS.items()}


@dataclass(frozen=True, slots=True)
class Tree:
    """How the verbs of a rule combine: ``one`` with its numbers by kind of subject, or of others."""

    how: str
    numbers: Mapping[str, int]
    parts: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Translated:
    """A rule in the network: its number, the kinds of its subjects, and how its verbs combine."""

    rule: str
    number: int
    kinds: tuple[str, ...]
    tree: Tree


@dataclass(frozen=True, slots=True)
class Translation:
    """A rulebook, or some rules of it, as the second engine has it."""

    rules: Mapping[str, Translated]
    reasons: Mapping[str, str]
    """For each rule that cannot be expressed why, in Chinese."""
    demand: Demand
    network: Network


def translate(book: Rulebook, rules: Iterable[Rule]) -> Translation:
    """Return rules of a rulebook as clauses, with what they rest on and what must be told of a file."""
    builder = Builder(book)
    add_concern(builder)
    done: dict[str, Translated] = {}
    failed: dict[Need, str] = {}
    for rule in rules:
        need: Need = ("rule", rule.id, "")
        if reason := _tried(builder, need, partial(_rule, builder, rule, done)):
            failed[need] = reason
    _complete(builder, failed)
    wanted = [("rule", rule.id, "") for rule in rules]
    reasons = {need[1]: reason for need in wanted if (reason := _reason(builder, need, failed))}
    kept = {name: one for name, one in done.items() if name not in reasons}
    return Translation(kept, reasons, builder.demand(), network(builder.clauses))


def expressible(book: Rulebook, rule: Rule) -> str | None:
    """Return why a rule cannot be put to the second engine; ``None`` if it can."""
    return translate(book, [rule]).reasons.get(rule.id)


def _tried(builder: Builder, need: Need, add: Callable[[], None]) -> str | None:
    """Add clauses on behalf of a need; on failure take them back and return the reason."""
    builder.owner = need
    builder.needs.setdefault(need, set())
    count = len(builder.clauses)
    try:
        add()
    except (Inexpressible, ClauseError) as error:
        del builder.clauses[count:]
        return str(error)
    return None


def _complete(builder: Builder, failed: dict[Need, str]) -> None:
    """Add what rules rest on, and what that rests on, until nothing is missing."""
    while missing := {need for found in builder.needs.values() for need in found} - builder.needs.keys():
        for need in sorted(missing):
            if reason := _tried(builder, need, partial(_add, builder, need)):
                failed[need] = reason


def _add(builder: Builder, need: Need) -> None:
    what, first, second = need
    if what == "definition":
        add_definition(builder, first, second)
    elif what == "limit":
        add_limit(builder, first, second)
    else:
        add_values(builder, first)


def _reason(builder: Builder, need: Need, failed: Mapping[Need, str]) -> str | None:
    todo, seen = [need], {need}
    while todo:
        one = todo.pop()
        if one in failed:
            return failed[one] if one == need else f"所依据的“{one[2] or one[1]}”不能表达：{failed[one]}"
        new = builder.needs.get(one, set()) - seen - {one}
        seen |= new
        todo += sorted(new)
    return None


def _rule(builder: Builder, rule: Rule, done: dict[str, Translated]) -> None:
    number = builder.number()
    builder.absence(rule.subject.kinds)
    for kind in rule.subject.kinds:
        _binding(builder, rule, number, kind)
    for way in alternatives(builder, rule.applies, Place("h", HEAD, "S"), possibly=True):
        builder.add([Pattern("S", "h", way.tests), *way.more], f"hp{number}", s=0)
    tree = _tree(builder, rule.verb, rule.subject.kinds, f"l{number}")
    done[rule.id] = Translated(rule.id, number, rule.subject.kinds, tree)


def _binding(builder: Builder, rule: Rule, number: int, kind: str) -> None:
    """Derive for subjects of a kind whether the rule binds them: ``l`` possibly, ``u`` certainly.

    ``e`` and ``f`` tell whether an exception certainly, or possibly, is given.
    """
    for letter, possibly in (("u", False), ("l", True)):
        ways = both(
            alternatives(builder, rule.applies, Place("h", kind, "S"), possibly),
            alternatives(builder, rule.subject.where, Place("a", kind, "S"), possibly),
            _grounds(builder, rule, kind, possibly),
        )
        for way in ways:
            own = Pattern("S", builder.act_kind(kind), way.tests)
            carried = {name: Ref("S", name) for name in (MOMENTS if possibly else ("s",))}
            builder.add([own, *way.more], f"{letter}{number}", **carried)
    lead = (Pattern("L", f"l{number}"),)
    for one in rule.unless:
        add_situation(builder, one, kind, f"e{number}", f"f{number}", equals("s", "L"), lead=lead)


def _grounds(builder: Builder, rule: Rule, kind: str, possibly: bool) -> list[Alternative]:
    """Return the ways in which a source is in force on the day of the subject, and for this file."""
    plain = [one.basis for one in rule.basis if not one.when.items]
    ways = [Alternative(_on(span)) for span in in_force(plain)]
    for one in rule.basis:
        if one.when.items:
            held = alternatives(builder, one.when, Place("h", kind, "S"), possibly)
            ways += both([Alternative(_on(span)) for span in in_force([one.basis])], held)
    if possibly:
        ways.append(Alternative((Test("bk", "==", 0),)))
    return ways


def _on(span: tuple[int, int]) -> tuple[Test, ...]:
    return (Test("bk", "==", 1), Test("dd", ">=", span[0]), Test("dd", "<=", span[1]))


def _tree(builder: Builder, verb: Verb, kinds: tuple[str, ...], live: str) -> Tree:
    if isinstance(verb, (AllOf, AnyOf)):
        how = "all" if isinstance(verb, AllOf) else "any"
        return Tree(how, {}, tuple(_tree(builder, one, kinds, live) for one in verb.verbs))
    if isinstance(verb, Not):
        return Tree("not", {}, (_tree(builder, verb.verb, kinds, live),))
    name = _NAMES[type(verb)]
    one = TRANSLATABLE[name]
    if one.how is None:
        raise Inexpressible(f"{name}：{one.words}")
    numbers = {}
    for group in [kinds] if one.of_persons else [(kind,) for kind in kinds]:
        number = builder.number()
        numbers.update(dict.fromkeys(group, number))
        one.how(Asked(builder, number, group, live), verb)
    return Tree("one", numbers)
