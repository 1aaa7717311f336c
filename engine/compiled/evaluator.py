"""The compiled form of a rulebook: its rules and definitions as functions, its plans by head."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property

from casefiles.terms import HEAD, Vocabulary
from engine.calendar import WorkingCalendar
from engine.compiled.heads import HeadTable, Signature
from engine.compiled.kept import Setting
from engine.compiled.plans import Plan, plan_for
from engine.compiled.references import References
from engine.compiled.rulecode import DerivedCode, RuleCode
from engine.conditions import Conditions
from engine.facts import CaseFacts, Derivation
from engine.limits import Limits
from engine.rule import Definition, DerivedFact, Rule

MOST_PLANS = 4096
"""How many heads are remembered; then all are forgotten, so that memory stays bounded."""

PLAIN_FILES = 8
"""So many files are judged without generated code: compiling the rules takes as long as they do."""


class Evaluator:
    """A rulebook compiled once and used for every file. Its memory of heads grows, nothing else does."""

    def __init__(
        self,
        rules: Sequence[Rule],
        definitions: Sequence[Definition],
        limits: Limits,
        calendar: WorkingCalendar,
        vocabulary: Vocabulary,
    ) -> None:
        derived: dict[str, frozenset[str]] = {}
        for one in definitions:
            derived[one.on] = derived.get(one.on, frozenset()) | {one.defines}
        denied = frozenset(name for name, term in vocabulary.facts.items() if term.silence_denies)
        setting = Setting(vocabulary, References(limits, calendar), derived, denied)
        self._limits = limits
        self._heads = HeadTable()
        self._plans: dict[Hashable, Plan] = {}
        self._plain_files = PLAIN_FILES
        self._compiled = False
        self.codes = tuple(RuleCode(rule, setting, self._heads) for rule in rules)
        self._by_rule = {code.rule.id: code for code in self.codes}
        self.definitions = tuple(
            DerivedCode(one, DerivedFact(one, limits), setting, self._heads)
            for one in definitions
            if one.on != HEAD
        )
        self._head_facts = {
            (one.on, one.defines): DerivedFact(one, limits) for one in definitions if one.on == HEAD
        }
        self._signature = Signature(_head_conditions(rules, definitions, limits), definitions)
        self._place_heads(rules, definitions)

    def _place_heads(self, rules: Sequence[Rule], definitions: Sequence[Definition]) -> None:
        """Give every condition on heads its place before the first plan is made."""
        for conditions in _head_conditions(rules, definitions, Limits({})):
            self._heads.place(conditions)

    def code(self, rule: Rule) -> RuleCode:
        """Return the code of a rule."""
        return self._by_rule[rule.id]

    @cached_property
    def derivations(self) -> Mapping[tuple[str, str], Derivation]:
        """The derived facts by kind of act and name."""
        compiled = {(one.definition.on, one.definition.defines): one for one in self.definitions}
        return {**self._head_facts, **compiled}

    def compile(self) -> None:
        """Judge by generated code from the next file on."""
        self._compiled = True
        self._plans.clear()
        for one in self.definitions:
            one.compile()

    def plan(self, file: CaseFacts) -> Plan:
        """Return the plan for the head of a file, and let the file know its truths and limits."""
        if not self._compiled:
            if self._plain_files == 0:
                self.compile()
            self._plain_files -= 1
        key = None if self._signature.asks_acts else self._signature.of(file)
        plan = self._plans.get(key)
        if plan is None or key is None:
            plan = plan_for(self._heads.truths(file, self._limits), self.codes, compiled=self._compiled)
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            self._plans[key] = plan
        file.truths, file.bounds = plan.truths, plan.bounds
        return plan


def _head_conditions(
    rules: Sequence[Rule], definitions: Sequence[Definition], limits: Limits
) -> Iterator[Conditions]:
    for rule in rules:
        yield rule.applies
        for cited in rule.basis:
            yield cited.when
        for exception in rule.unless:
            yield exception.head
    for one in definitions:
        for ground in one.grounds:
            yield ground.head
    for limit in limits.table.values():
        for value in limit.values:
            yield value.where
