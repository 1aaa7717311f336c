"""For each verb the source that tells whether its duty is certainly kept.

A verb without an entry is always asked itself. Conditions are exact; about other acts only the plain
case is written, such as an act that names the subject and lies within the period proper: whether
suspensions, extensions or doubts change anything is for the verb to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from casefiles.terms import Vocabulary
from engine.compiled.choices import Choice
from engine.compiled.code import Code
from engine.compiled.company import are_enough, are_kept_apart, are_too_few, overlaps_nothing
from engine.compiled.conditions import Names, write_conditions
from engine.compiled.references import Counting, References
from engine.compiled.relations import (
    are_free,
    comes_after_all,
    covers,
    follows,
    nothing_of,
    other_number,
    precedes,
)
from engine.conditions import Conditions
from engine.counting import Counted
from engine.limits import LimitUse
from engine.periods import Period, Unit
from engine.requirement import AllOf, AnyOf, Not
from engine.selection import Concern, Selector
from engine.verbs.base import Verb
from engine.verbs.content import AtLeast, AtMost, FreeOf, OtherFact, ShareOf, States, _Compared
from engine.verbs.duration import CoveredBy, Lasts, NoOverlap
from engine.verbs.order import FollowedBy, NeverWith, PrecededBy, Within
from engine.verbs.people import CONFIRMED, DoneBy, IndependentOf, SignedBy

PARAMETERS = "file, act, says, lacks, day, alone"
"""What every generated function is given: the index of the file, the act, its facts, the facts that
its source cannot tell of, its day (or ``None``), and whether it is the only act of its kind."""


class Setting(Struct, frozen=True):
    """What writing a rule needs besides the rule: the words, the references, the names derived."""

    vocabulary: Vocabulary
    references: References
    derived: Mapping[str, frozenset[str]]
    """By kind of act the names of the facts that definitions derive."""
    denied: frozenset[str]
    """The names of the facts that silence denies where the source could have told of them."""

    def derived_by_all(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """Return the names that are derived for acts of each of some kinds."""
        return frozenset.intersection(*(self.derived.get(kind, frozenset()) for kind in kinds))

    def derived_by_some(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """Return the names that are derived for acts of some of the kinds, but not of all."""
        some = frozenset().union(*(self.derived.get(kind, frozenset()) for kind in kinds))
        return some - self.derived_by_all(kinds)


Writer = Callable[[Code, Any, Setting, tuple[str, ...]], str | None]
"""Writes lines if it needs some, and returns the expression that is true if the duty is kept."""


def kept_expression(code: Code, verb: Verb, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    """Return the expression, ``None`` where the verb must be asked; functions it needs are written.

    ``kinds`` are those of the subject.
    """
    writer = WRITERS.get(type(verb))
    return writer(code, verb, setting, kinds) if writer else None


def _not(code: Code, verb: Not, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    """Write what tells that the verb is certainly broken."""
    inner = verb.verb
    if isinstance(inner, DoneBy):
        code.use(are_too_few)
        return f"are_too_few(file, act, {_roles(code, inner.role)}, {code.constant(inner, 'demand')})"
    if isinstance(inner, Within) and not (inner.stopped_by or inner.extended_by):
        counting = Counting.MOVED_LATEST if inner.roll_over else Counting.UNMOVED_LATEST
        period = _period(code, inner.period, setting, counting)
        if period is not None:
            code.use(comes_after_all)
            choice = choice_name(code, inner.of.selector, setting)
            begun = inner.counted_from == "starts"
            return f"comes_after_all(file, act, alone, {choice}, {begun}, {period})"
    return None


def _all_of(code: Code, verb: AllOf, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    parts = [kept_expression(code, one, setting, kinds) for one in verb.verbs]
    return None if None in parts else " and ".join(f"({part})" for part in parts)


def _any_of(code: Code, verb: AnyOf, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    parts = [kept_expression(code, one, setting, kinds) for one in verb.verbs]
    return " or ".join(f"({part})" for part in parts if part) or None


def _states(code: Code, verb: States, setting: Setting, kinds: tuple[str, ...]) -> str:
    name = code.fresh("states")
    with code.block(f"def {name}({PARAMETERS}):"):
        write_facts(code, verb.conditions, setting, kinds, if_not="return False", if_unknown="return False")
        code.line("return True")
    return f"{name}({PARAMETERS})"


def write_facts(
    code: Code,
    conditions: Conditions,
    setting: Setting,
    kinds: tuple[str, ...],
    *,
    if_not: str,
    if_unknown: str = "",
) -> None:
    """Write conditions on the facts of acts of some kinds, see ``write_conditions``."""
    names = Names(
        setting.vocabulary.facts,
        setting.derived_by_all(kinds),
        setting.derived_by_some(kinds),
        setting.references,
    )
    write_conditions(code, conditions, names, if_not=if_not, if_unknown=if_unknown)


def where_name(code: Code, selector: Selector, setting: Setting) -> str:
    """Write the function that tells whether an act fits a choice; ``None`` where all acts do."""
    if not selector.where.items:
        return "None"
    name = code.fresh("fits")
    with code.block(f"def {name}(file, act):"):
        code.line("says = act.facts")
        if any(item.name in setting.denied for item in selector.where.items):
            code.line("lacks = file.lacking(act)")
        code.line("sure = True")
        where, kinds = selector.where, selector.kinds
        write_facts(code, where, setting, kinds, if_not="return False", if_unknown="sure = None")
        code.line("return sure")
    return name


def choice_name(code: Code, selector: Selector, setting: Setting) -> str:
    """Write the choice of other acts that are looked for, and return its name."""
    code.use(Choice)
    where = where_name(code, selector, setting)
    name = code.fresh("choice")
    code.line(f"{name} = Choice({selector.kinds!r}, {selector.about is Concern.ANY}, {where})")
    return name


def _period(code: Code, term: Period | LimitUse, setting: Setting, counting: Counting) -> str | None:
    """Return the name of the function from a file, an act and a day to the day that a period reaches.

    It returns ``None`` where that is unknown; periods in hours have none.
    """
    if isinstance(term, LimitUse):
        return code.constant(setting.references.term(term, counting), f"term_{_plain(term.id)}")
    if term.unit is Unit.HOURS:
        return None
    return code.constant(setting.references.fixed(term, counting), f"days_{_plain(str(term))}")


def _reach(code: Code, term: Period | LimitUse, setting: Setting, count: Counting, start: str) -> str | None:
    """Return the expression for the day that a period from a day reaches."""
    period = _period(code, term, setting, count)
    return f"{period}(file, act, {start})" if period else None


def _counting(verb: Counted) -> Counting:
    return Counting.MOVED if verb.roll_over else Counting.UNMOVED


def _plain(text: str) -> str:
    return text.replace("-", "_").replace(" ", "_")


def _followed_by(code: Code, verb: FollowedBy, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    start = "act.starts or act.ends" if verb.counted_from == "starts" else "act.ends or act.starts"
    choice = choice_name(code, verb.selector, setting)
    code.use(follows)
    if verb.within is None:
        return f"follows(file, act, alone, {choice}, {start}, None)"
    reach = _reach(code, verb.within, setting, _counting(verb), "start.day")
    if reach is None:
        return None
    return (
        f"(start := {start}) is not None and (until := {reach}) is not None"
        f" and follows(file, act, alone, {choice}, start, until)"
    )


def _preceded_by(code: Code, verb: PrecededBy, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    choice = choice_name(code, verb.selector, setting)
    code.use(precedes)
    if verb.at_least is None:
        return f"precedes(file, act, alone, {choice}, None, {verb.same_day})"
    reach = _reach(code, verb.at_least, setting, Counting.BACKWARDS, "day")
    if reach is None:
        return None
    return (
        f"day is not None and (latest := {reach}) is not None"
        f" and precedes(file, act, alone, {choice}, latest, False)"
    )


def _covered_by(code: Code, verb: CoveredBy, setting: Setting, kinds: tuple[str, ...]) -> str:
    code.use(covers)
    return f"covers(file, act, alone, {choice_name(code, verb.selector, setting)})"


def _never_with(code: Code, verb: NeverWith, setting: Setting, kinds: tuple[str, ...]) -> str:
    code.use(nothing_of)
    side = "after" if verb.after_only else "before" if verb.before_only else "any"
    return f"nothing_of(file, act, alone, {choice_name(code, verb.selector, setting)}, {side!r})"


def _lasts(code: Code, verb: Lasts, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    reach = _reach(code, verb.at_most, setting, _counting(verb), "act.starts.day")
    if reach is None:
        return None
    return f"act.starts and act.ends and (until := {reach}) is not None and act.ends.day <= until"


def _signed_by(code: Code, verb: SignedBy, setting: Setting, kinds: tuple[str, ...]) -> str:
    confirmed = code.constant(CONFIRMED, "CONFIRMED")
    joined = " or " if verb.any_of_them else " and "
    names = [f"{who}确认" for who in verb.who]
    return joined.join(f"((value := says.get({name!r})) is True or value in {confirmed})" for name in names)


def _done_by(code: Code, verb: DoneBy, setting: Setting, kinds: tuple[str, ...]) -> str:
    code.use(are_enough)
    return f"are_enough(file, act, {_roles(code, verb.role)}, {code.constant(verb, 'demand')})"


def _independent_of(code: Code, verb: IndependentOf, setting: Setting, kinds: tuple[str, ...]) -> str:
    code.use(are_kept_apart)
    roles, others = _roles(code, verb.roles), _roles(code, verb.other_roles)
    return f"are_kept_apart(file, act, {tuple(verb.act)!r}, {roles}, {others})"


def _roles(code: Code, roles: tuple[str, ...] | None) -> str:
    return "None" if roles is None else code.constant(frozenset(roles), "roles")


def _free_of(code: Code, verb: FreeOf, setting: Setting, kinds: tuple[str, ...]) -> str:
    code.use(are_free)
    return f"are_free(says.get({verb.listed!r}), says.get({verb.text!r}), {tuple(verb.items)!r})"


def _no_overlap(code: Code, verb: NoOverlap, setting: Setting, kinds: tuple[str, ...]) -> str:
    code.use(overlaps_nothing)
    return f"overlaps_nothing(file, act, {tuple(verb.act)!r}, {_roles(code, verb.role)})"


def _compared(code: Code, verb: _Compared, setting: Setting, kinds: tuple[str, ...]) -> str | None:
    """Compare a number that is stated; one that is denied breaks nothing."""
    if verb.fact in (setting.derived_by_all(kinds) | setting.derived_by_some(kinds)):
        return None
    sign = _BOUNDS[type(verb).__name__]
    value = f"says.get({verb.fact!r})"
    if isinstance(verb.value, LimitUse):
        bound = code.constant(setting.references.bound(verb.value), f"limit_{_plain(verb.value.id)}")
        kept = f"(bound := {bound}(file, act)) is not None and value {sign} float(bound)"
    elif isinstance(verb.value, OtherFact):
        code.use(other_number)
        choice = choice_name(code, verb.value.selector, setting)
        bound = f"other_number(file, act, alone, {choice}, {verb.value.fact!r})"
        kept = f"(bound := {bound}) is not None and value {sign} bound"
    elif isinstance(verb.value, ShareOf):
        return None
    else:
        kept = f"value {sign} {verb.value!r}"
    denied = setting.vocabulary.facts[verb.fact].silence_denies
    absent = f"{verb.fact!r} not in lacks" if denied else "False"
    return f"{absent} if (value := {value}) is None else type(value) in (int, float) and {kept}"


_BOUNDS = {"AtMost": "<=", "AtLeast": ">="}

WRITERS: Mapping[type[Verb], Writer] = {
    AllOf: _all_of,
    AnyOf: _any_of,
    Not: _not,
    States: _states,
    FollowedBy: _followed_by,
    PrecededBy: _preceded_by,
    CoveredBy: _covered_by,
    NeverWith: _never_with,
    Lasts: _lasts,
    NoOverlap: _no_overlap,
    SignedBy: _signed_by,
    DoneBy: _done_by,
    IndependentOf: _independent_of,
    FreeOf: _free_of,
    AtMost: _compared,
    AtLeast: _compared,
}
