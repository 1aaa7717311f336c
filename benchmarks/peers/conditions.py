"""The rules as conditions of json-rules-engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from benchmarks.peers.language import Language
from benchmarks.peers.rules import RULES, Fact, Head, NotAbove, Officers, Other

Condition = dict[str, Any]


def _on(fact: str, name: str, operator: str, value: Any) -> Condition:
    return {"fact": fact, "path": f"$.{name}", "operator": operator, "value": value}


class Conditions(Language[Condition]):
    """Conditions as JSON; the operators it lacks are added in ``node/json-rules-engine.mjs``."""

    def every(self, terms: Iterable[Condition]) -> Condition:
        """Say that all hold."""
        return {"all": list(terms)}

    def any(self, terms: Iterable[Condition]) -> Condition:
        """Say that one holds."""
        return {"any": list(terms)}

    def negated(self, term: Condition) -> Condition:
        """Say that something does not hold."""
        return {"not": term}

    def fact(self, fact: Fact) -> Condition:
        """Say a condition."""
        of, value = "head" if isinstance(fact, Head) else "act", fact.value
        if fact.op == "at_most":
            return self.any(
                [_on(of, fact.name, "given", False), _on(of, fact.name, "lessThanInclusive", value)]
            )
        if isinstance(value, tuple):
            if fact.op == "is_not":
                return self.negated(_on(of, fact.name, "sameList", value))
            return _on(
                of,
                fact.name,
                {"one_of": "in", "includes": "superset", "includes_any": "overlaps"}[fact.op],
                value,
            )
        return {
            "is": _on(of, fact.name, "equal", value),
            "is_not": _on(of, fact.name, "notEqual", value),
            "given": _on(of, fact.name, "given", True),
            "not_given": _on(of, fact.name, "given", False),
            "more_than": _on(of, fact.name, "greaterThan", value),
        }[fact.op]

    def other(self, other: Other) -> Condition:
        """Say that there is such an act."""
        return {"fact": "other", "params": asdict(other), "operator": "equal", "value": True}

    def officers(self, officers: Officers) -> Condition:
        """Say that there were so many officers."""
        return _on("act", "officers", "greaterThanInclusive", officers.at_least)

    def not_above(self, bound: NotAbove) -> Condition:
        """Compare two numbers."""
        number = {"fact": "number", "params": {"kind": bound.kind, "fact": bound.other}}
        return _on("act", bound.fact, "lessThanInclusive", number)


def conditions() -> list[dict[str, Any]]:
    """Return the rules, ready to be written as JSON."""
    said = Conditions()
    return [
        {"id": rule.id, "kinds": rule.kinds, "applies": said.applies(rule), "need": said.need(rule)}
        for rule in RULES
    ]
