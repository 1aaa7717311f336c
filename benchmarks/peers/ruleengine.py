"""rule-engine: two expressions for each rule, asked for each act of its kinds.

It says everything but dates and the number of officers. Its names must be ASCII, so facts are read as
``act&['出示证件']`` and the acts of each kind stand under a numbered name.
"""

from __future__ import annotations

import json

import rule_engine

from benchmarks.peers.days import table
from benchmarks.peers.host import KINDS, RULES_OF, by_kind, opened
from benchmarks.peers.language import Text, listed
from benchmarks.peers.rules import RULES, Fact, Head, NotAbove, Officers, Other
from benchmarks.peers.verdicts import Check, Verdicts

NAMES = {kind: f"kind{number}" for number, kind in enumerate(KINDS)}


class Expression(Text):
    """The language of rule-engine."""

    def fact(self, fact: Fact, of: str = "act") -> str:
        """Say a condition."""
        name = f"{'head' if isinstance(fact, Head) else of}&['{fact.name}']"
        value = fact.value
        if isinstance(value, tuple):
            both = [f"'{item}' in {name}" for item in value]
            return {
                "one_of": f"{name} in [{listed(value)}]",
                "includes": f"{name} != null and {self.every(both)}",
                "includes_any": f"{name} != null and ({self.any(both)})",
                "is_not": f"{name} != [{listed(value)}]",
            }[fact.op]
        word = f"'{value}'" if isinstance(value, str) else json.dumps(value)
        return {
            "is": f"{name} == {word}",
            "is_not": f"{name} != {word}",
            "given": f"{name} != null",
            "not_given": f"{name} == null",
            "more_than": f"{name} != null and {name} > {word}",
            "at_most": f"{name} == null or {name} <= {word}",
        }[fact.op]

    def other(self, other: Other) -> str:
        """Say that there is such an act."""
        terms = [self.fact(fact, "one") for fact in other.where]
        terms += {
            "any": [],
            "after": ["one['day'] >= act['day']"],
            "before": ["one['day'] < act['day']"],
            "until": ["one['day'] <= act['day']"],
        }[other.when]
        if other.working is not None and other.when == "after":
            terms.append(f"one['before'] + 1 - act['through'] <= {other.working}")
        elif other.working is not None:
            terms.append(f"act['before'] - one['before'] >= {other.working}")
        if other.naming:
            terms.append("act['id'] in one['about']")
        said = self.every(terms)
        return self.any(f"$any([{said} for one in {NAMES[kind]}])" for kind in other.kinds)

    def officers(self, officers: Officers) -> str:
        """Say that there were so many officers."""
        return f"act['officers'] >= {officers.at_least}"

    def not_above(self, bound: NotAbove) -> str:
        """Compare two numbers."""
        return f"$all([act['{bound.fact}'] <= one['{bound.other}'] for one in {NAMES[bound.kind]}])"


def build() -> Check:
    """Return the check."""
    days, said = table(), Expression()
    context = rule_engine.Context()
    rules = {
        rule.id: (
            rule_engine.Rule(said.applies(rule), context=context),
            rule_engine.Rule(said.need(rule), context=context),
        )
        for rule in RULES
    }
    rules_of = {kind: [(rule.id, *rules[rule.id]) for rule in found] for kind, found in RULES_OF.items()}

    def verdicts(data: bytes) -> Verdicts:
        head, acts = opened(data, days)
        thing = {"head": head} | {NAMES.get(kind, kind): found for kind, found in by_kind(acts).items()}
        found: Verdicts = []
        for act in acts:
            thing["act"] = act
            for rule, applies, need in rules_of.get(act["kind"], ()):
                if applies.matches(thing):
                    found.append((rule, act["id"], need.matches(thing)))
        return found

    return verdicts
