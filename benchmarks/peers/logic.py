"""The rules as JsonLogic, for both engines that run it.

Inside ``some`` JsonLogic sees the element only, nothing outside. So the host tells, for every other act that
a rule about a subject may look at, where it stands to that subject: ``gap`` in days, ``late`` and ``ahead``
in working days, ``names`` if it names the subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from benchmarks.peers.language import Language
from benchmarks.peers.rules import RULES, Fact, Head, NotAbove, Officers, Other

Logic = Any


class JsonLogic(Language[Logic]):
    """Expressions as JSON."""

    def every(self, terms: Iterable[Logic]) -> Logic:
        """Say that all hold."""
        said = list(terms)
        return {"and": said} if len(said) > 1 else said[0] if said else True

    def any(self, terms: Iterable[Logic]) -> Logic:
        """Say that one holds."""
        said = list(terms)
        return {"or": said} if len(said) > 1 else said[0]

    def negated(self, term: Logic) -> Logic:
        """Say that something does not hold."""
        return {"!": [term]}

    def fact(self, fact: Fact, of: str = "act.") -> Logic:
        """Say a condition."""
        var = {"var": f"{'head.' if isinstance(fact, Head) else of}{fact.name}"}
        value = fact.value
        if isinstance(value, tuple):
            both = [{"in": [item, var]} for item in value]
            if fact.op == "one_of":
                return {"in": [var, list(value)]}
            if fact.op == "includes":
                return self.every(both)
            if fact.op == "includes_any":
                return self.any(both)
            # Lists cannot be compared: the only item is looked for, and nothing else.
            assert fact.op == "is_not" and len(value) == 1
            only = {"all": [var, {"===": [{"var": ""}, value[0]]}]}
            return self.negated(self.every([*both, only]))
        return {
            "is": {"===": [var, value]},
            "is_not": {"!==": [var, value]},
            "given": {"!==": [var, None]},
            "not_given": {"===": [var, None]},
            "more_than": {">": [var, value]},
            "at_most": {"or": [{"===": [var, None]}, {"<=": [var, value]}]},
        }[fact.op]

    def other(self, other: Other) -> Logic:
        """Say that there is such an act."""
        terms = [self.fact(fact, "") for fact in other.where]
        comparison = {"after": ">=", "before": "<", "until": "<="}.get(other.when)
        if comparison:
            terms.append({comparison: [{"var": "gap"}, 0]})
        if other.working is not None and other.when == "after":
            terms.append({"<=": [{"var": "late"}, other.working]})
        elif other.working is not None:
            terms.append({">=": [{"var": "ahead"}, other.working]})
        if other.naming:
            terms.append({"===": [{"var": "names"}, True]})
        return self.any({"some": [{"var": f"others.{kind}"}, self.every(terms)]} for kind in other.kinds)

    def officers(self, officers: Officers) -> Logic:
        """Say that there were so many officers."""
        return {">=": [{"var": "act.officers"}, officers.at_least]}

    def not_above(self, bound: NotAbove) -> Logic:
        """Compare two numbers."""
        return {"<=": [{"var": f"act.{bound.fact}"}, {"var": f"others.{bound.kind}.0.{bound.other}"}]}


def looked_at() -> dict[str, list[str]]:
    """Return, for each kind of subject, the kinds of other acts that its rules look at."""
    found: dict[str, list[str]] = {}
    for rule in RULES:
        demands = [*rule.where, *(one for some in (*rule.need, *rule.unless) for one in some)]
        others = [kind for one in demands if isinstance(one, Other) for kind in one.kinds]
        others += [one.kind for one in demands if isinstance(one, NotAbove)]
        for kind in rule.kinds:
            found[kind] = list(dict.fromkeys([*found.get(kind, []), *others]))
    return found


def rules() -> list[dict[str, Any]]:
    """Return the rules, ready to be written as JSON."""
    said = JsonLogic()
    return [
        {"id": rule.id, "kinds": rule.kinds, "applies": said.applies(rule), "need": said.need(rule)}
        for rule in RULES
    ]
