"""zen-engine: one decision model (JDM) of expressions, evaluated once for a file.

It says everything but dates and the number of officers, which the host puts in. Its names must be ASCII, so
facts are read as ``act['出示证件']``. For each rule and kind there is one expression.
"""

from __future__ import annotations

import json
from typing import Any

import zen

from benchmarks.peers.days import table
from benchmarks.peers.host import by_kind, opened
from benchmarks.peers.language import Text, listed
from benchmarks.peers.rules import RULES, Fact, Head, NotAbove, Officers, Other
from benchmarks.peers.verdicts import Check, Verdicts


class Zen(Text):
    """The expression language of ZEN."""

    def fact(self, fact: Fact, of: str = "act") -> str:
        """Say a condition."""
        name = f"{'head' if isinstance(fact, Head) else of}['{fact.name}']"
        value = fact.value
        if isinstance(value, tuple):
            items = listed(value)
            return {
                "one_of": f"{name} in [{items}]",
                "includes": f"all([{items}], # in ({name} ?? []))",
                "includes_any": f"some([{items}], # in ({name} ?? []))",
                "is_not": f"not (len({name} ?? []) == {len(value)} and all([{items}], # in ({name} ?? [])))",
            }[fact.op]
        word = f"'{value}'" if isinstance(value, str) else json.dumps(value)
        return {
            "is": f"{name} == {word}",
            "is_not": f"{name} != {word}",
            "given": f"{name} != null",
            "not_given": f"{name} == null",
            "more_than": f"({name} ?? 0) > {word}",
            "at_most": f"({name} ?? 0) <= {word}",
        }[fact.op]

    def other(self, other: Other) -> str:
        """Say that there is such an act."""
        terms = [self.fact(fact, "one") for fact in other.where]
        terms += {
            "any": [],
            "after": ["one.day >= act.day"],
            "before": ["one.day < act.day"],
            "until": ["one.day <= act.day"],
        }[other.when]
        if other.working is not None and other.when == "after":
            terms.append(f"one.before + 1 - act.through <= {other.working}")
        elif other.working is not None:
            terms.append(f"act.before - one.before >= {other.working}")
        if other.naming:
            terms.append("act.id in one.about")
        said = self.every(terms)
        return self.any(f"some(kinds['{kind}'] as one, {said})" for kind in other.kinds)

    def officers(self, officers: Officers) -> str:
        """Say that there were so many officers."""
        return f"act.officers >= {officers.at_least}"

    def not_above(self, bound: NotAbove) -> str:
        """Compare two numbers."""
        return f"act['{bound.fact}'] <= kinds['{bound.kind}'][0]['{bound.other}']"


def model() -> dict[str, Any]:
    """Return the decision model."""
    said = Zen()
    expressions = [
        {
            "id": f"{number}_{place}",
            "key": f"r{number}_{place}",
            "value": f"map(filter(kinds['{kind}'] as act, {said.applies(rule)}) as act, "
            f"[act.id, {said.need(rule)}])",
        }
        for number, rule in enumerate(RULES)
        for place, kind in enumerate(rule.kinds)
    ]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {
            "id": "rules",
            "name": "rules",
            "type": "expressionNode",
            "position": {"x": 0, "y": 0},
            "content": {"expressions": expressions},
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    return {"nodes": nodes, "edges": edges}


def build() -> Check:
    """Return the check."""
    days = table()
    decision = zen.ZenEngine().create_decision(json.dumps(model(), ensure_ascii=False))
    keys = [
        (f"r{number}_{place}", rule.id)
        for number, rule in enumerate(RULES)
        for place in range(len(rule.kinds))
    ]

    def verdicts(data: bytes) -> Verdicts:
        head, acts = opened(data, days)
        result = decision.evaluate({"head": head, "kinds": by_kind(acts)})["result"]
        return [(rule, act, kept) for key, rule in keys for act, kept in result[key]]

    return verdicts
