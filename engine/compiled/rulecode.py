"""The generated functions of one rule and of one definition.

``KEPT``: the duty is kept for certain. ``OUTSIDE``: the rule does not bind the act, by an exception.
``SKIPPED``: the act is no subject of the rule. ``ASK``: the verb must judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from casefiles.model import Act, Facts
from engine.compiled.code import Code
from engine.compiled.heads import HeadTable
from engine.compiled.kept import PARAMETERS, Setting, choice_name, kept_expression, write_facts
from engine.compiled.relations import is_there
from engine.deadlines import LAST_DAY
from engine.facts import CaseFacts
from engine.findings import Basis, Settlement
from engine.rule import Definition, DerivedFact, Rule
from engine.situations import Situation
from engine.truth import Truth
from engine.verbs.content import States

KEPT: Final = 0
OUTSIDE: Final = 1
SKIPPED: Final = 2
ASK: Final = 3

Judge = Callable[[CaseFacts, Act, dict[str, Any], frozenset[str], int | None, bool], int]
"""Called with the arguments of ``PARAMETERS``; returns one of the four answers."""

_ANSWERS = {"KEPT": KEPT, "OUTSIDE": OUTSIDE, "SKIPPED": SKIPPED, "ASK": ASK}


class RuleCode(Struct, frozen=True, dict=True):
    """A rule as source, turned into functions when they are first needed."""

    rule: Rule
    setting: Setting
    heads: HeadTable

    @cached_property
    def applies_head(self) -> int:
        """The place of the conditions on the head under which the rule applies."""
        return self.heads.place(self.rule.applies)

    @cached_property
    def basis_heads(self) -> tuple[int, ...]:
        """The places of the conditions on the head for which each source is made."""
        return tuple(self.heads.place(cited.when) for cited in self.rule.basis)

    @cached_property
    def code(self) -> Code:
        """The source with the objects it names."""
        rule, setting = self.rule, self.setting
        code = Code(dict(_ANSWERS))
        kinds = rule.subject.kinds
        exceptions = [
            (_may_be(self.heads, one), write_situation(code, one, setting, self.heads, kinds))
            for one in rule.unless
        ]
        verb = rule.verb
        kept = None if isinstance(verb, States) else kept_expression(code, verb, setting, kinds)
        with code.block(f"def judge({PARAMETERS}):"):
            where = rule.subject.where
            write_facts(code, where, setting, kinds, if_not="return SKIPPED")
            for may_be, name in exceptions:
                with code.block(f"if {may_be}{name}({PARAMETERS}) is True:"):
                    code.line("return OUTSIDE")
            if isinstance(verb, States):
                ask = "return ASK"
                write_facts(code, verb.conditions, setting, kinds, if_not=ask, if_unknown=ask)
                code.line("return KEPT")
            else:
                code.line(f"return KEPT if ({kept}) else ASK" if kept else "return ASK")
        with code.block(f"def outside({PARAMETERS}):"):
            write_facts(code, where, setting, kinds, if_not="return SKIPPED")
            code.line("return OUTSIDE")
        return code

    @cached_property
    def _functions(self) -> dict[str, Callable[..., Any]]:
        return self.code.run(self.rule.id)

    @cached_property
    def judge(self) -> Judge:
        """The function for acts that the rule may bind."""
        return self._functions["judge"]

    @cached_property
    def outside(self) -> Judge:
        """The function for acts of days and heads for which the rule has no source."""
        return self._functions["outside"]

    def plain(
        self, file: CaseFacts, act: Act, says: Facts, lacks: frozenset[str], day: int | None, alone: bool
    ) -> int:
        """Answer as ``judge`` does, without generated code: everything that binds is left to the verb."""
        limits = self.setting.references.limits
        if self.rule.subject.where.holds(file, act, limits) is False:
            return SKIPPED
        if any(one.holds(file, act, limits) is True for one in self.rule.unless):
            return OUTSIDE
        return ASK

    def plain_outside(
        self, file: CaseFacts, act: Act, says: Facts, lacks: frozenset[str], day: int | None, alone: bool
    ) -> int:
        """Answer as ``outside`` does, without generated code."""
        fits = self.rule.subject.where.holds(file, act, self.setting.references.limits)
        return SKIPPED if fits is False else OUTSIDE

    def exceptions(self, file: CaseFacts, act: Act) -> list[Truth]:
        """Return for each exception of the rule whether it is given for an act."""
        if "_functions" not in self.__dict__:
            limits = self.setting.references.limits
            return [one.holds(file, act, limits) for one in self.rule.unless]
        return [
            self._functions[f"given_{number}"](*arguments(file, act))
            if file.truths[self.heads.place(one.head)] is not False
            else False
            for number, one in enumerate(self.rule.unless, 1)
        ]


def arguments(file: CaseFacts, act: Act) -> tuple[Any, ...]:
    """Return what generated functions are given, in the order of ``PARAMETERS``."""
    moment = act.starts or act.ends
    day = moment.day if moment else None
    alone = len(file.by_kind[file.kind_of(act)]) == 1
    return file, act, act.facts, file.lacking(act), day, alone


class DerivedCode(Struct, frozen=True, dict=True):
    """A definition as generated code: the derivation of one fact; doubts are told by the definition."""

    definition: Definition
    told_by: DerivedFact
    setting: Setting
    heads: HeadTable

    @cached_property
    def code(self) -> Code:
        """The source with the objects it names."""
        code = Code()
        definition = self.definition
        grounds = [
            (
                _may_be(self.heads, one),
                write_situation(code, one, self.setting, self.heads, (definition.on,)),
            )
            for one in definition.grounds
        ]
        with code.block(f"def derive({PARAMETERS}):"):
            code.line("truth = False")
            for may_be, name in grounds:
                with code.block(f"if {may_be}(given := {name}({PARAMETERS})) is not False:"):
                    with code.block("if given:"):
                        code.line("return True")
                    code.line("truth = None")
            code.line("return truth")
        return code

    @cached_property
    def _derive(self) -> Callable[..., Truth]:
        return self.code.run(self.definition.id)["derive"]

    def compile(self) -> None:
        """Use the generated function from now on."""
        _ = self._derive

    def truth(self, facts: CaseFacts, act: Act | None) -> Truth:
        """Derive the fact."""
        if "_derive" not in self.__dict__:
            return self.told_by.truth(facts, act)
        assert act is not None
        return self._derive(*arguments(facts, act))

    def unsettled(self, facts: CaseFacts, act: Act | None) -> tuple[Settlement, ...]:
        """Return what would settle the grounds that are open."""
        return self.told_by.unsettled(facts, act)


def _may_be(heads: HeadTable, situation: Situation) -> str:
    """Return the beginning of an expression that looks first whether a situation is out of question.

    It is where the head does not fit, and where a complete file has none of the acts it wants.
    """
    tests = [f"file.truths[{heads.place(situation.head)}] is not False"] if situation.head.items else []
    for presence in situation.present:
        kinds = " or ".join(f"{kind!r} in file.by_kind" for kind in presence.selector.kinds)
        tests.append(f"(file.is_open or {kinds})")
    return "".join(f"{test} and " for test in tests)


def write_situation(
    code: Code, situation: Situation, setting: Setting, heads: HeadTable, kinds: tuple[str, ...]
) -> str:
    """Write the function that tells whether a situation is given for an act; return its name.

    It is called only where the head does not rule the situation out.
    """
    choices = [choice_name(code, presence.selector, setting) for presence in situation.present]
    if choices:
        code.use(is_there)
    name = code.fresh("given")
    with code.block(f"def {name}({PARAMETERS}):"):
        code.line(f"# {situation.because}")
        code.line("on = file.as_of.day if day is None else day")
        with code.block(f"if not ({_in_force(situation.basis)}):"):
            code.line("return False")
        code.line(
            f"sure = file.truths[{heads.place(situation.head)}]" if situation.head.items else "sure = True"
        )
        write_facts(code, situation.act, setting, kinds, if_not="return False", if_unknown="sure = None")
        for presence, choice in zip(situation.present, choices, strict=True):
            code.line(f"there = is_there(file, act, alone, {choice}, {presence.before}, on)")
            with code.block("if there is False:"):
                code.line("return False")
            with code.block("if there is None:"):
                code.line("sure = None")
        code.line("return sure")
    return name


def _in_force(basis: Iterable[Basis]) -> str:
    """Return the expression for the days on which one of the sources is in force."""
    spans: list[tuple[int, int]] = []
    for since, until in sorted(map(_days_of, basis)):
        if spans and since <= spans[-1][1] + 1:
            spans[-1] = spans[-1][0], max(spans[-1][1], until)
        else:
            spans.append((since, until))
    return " or ".join(
        f"{since} <= on" if until == LAST_DAY else f"{since} <= on <= {until}" for since, until in spans
    )


def _days_of(basis: Basis) -> tuple[int, int]:
    return basis.since.toordinal(), basis.until.toordinal() if basis.until else LAST_DAY
