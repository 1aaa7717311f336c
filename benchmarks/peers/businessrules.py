"""business-rules: conditions over variables, two lists of conditions for each rule.

Its variables are methods in Python, so everything that looks at other acts is such a method, and only the
verdict on it is the engine's. It has no ``not`` and compares no texts for being different: conditions are
turned round by hand, and texts are lists of one item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from business_rules.actions import BaseActions
from business_rules.engine import run
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    select_multiple_rule_variable,
)

from benchmarks.peers.days import table
from benchmarks.peers.host import OTHERS, RULES_OF, Act, by_kind, opened
from benchmarks.peers.language import Language
from benchmarks.peers.rules import Fact, Head, NotAbove, Officers, Other
from benchmarks.peers.verdicts import Check, Verdicts

Condition = dict[str, Any]
OPPOSITE = {
    "is_true": "is_false",
    "is_false": "is_true",
    "contains_all": "shares_no_elements_with",
    "shares_at_least_one_element_with": "shares_no_elements_with",
}


class Variables(BaseVariables):  # type: ignore[misc]
    """What the engine may ask about one act."""

    def __init__(self, act: Act, head: dict[str, Any], kinds: dict[str, list[Act]]) -> None:
        self.act, self.head, self.kinds = act, head, kinds

    @numeric_rule_variable()  # type: ignore[untyped-decorator]
    def officers(self) -> int:
        """How many officers took part."""
        return int(self.act["officers"])


def fits(fact: Fact, act: Act) -> bool:
    """Judge a condition on another act."""
    value, wanted = act.get(fact.name), fact.value
    if isinstance(wanted, tuple):
        return value in wanted if fact.op == "one_of" else set(wanted).issubset(value or ())
    if fact.op == "not_given":
        return value is None
    return (value == wanted) is (fact.op == "is")


def stands(other: Other, one: Act, act: Act) -> bool:
    """Judge where another act stands to the subject."""
    gap = one["day"] - act["day"]
    if not {"any": True, "after": gap >= 0, "before": gap < 0, "until": gap <= 0}[other.when]:
        return False
    if other.naming and act["id"] not in one["about"]:
        return False
    if other.working is None:
        return True
    if other.when == "after":
        return bool(one["before"] + 1 - act["through"] <= other.working)
    return bool(act["before"] - one["before"] >= other.working)


def _looking(other: Other) -> Callable[[Variables], bool]:
    def found(self: Variables) -> bool:
        return any(
            stands(other, one, self.act) and all(fits(fact, one) for fact in other.where)
            for kind in other.kinds
            for one in self.kinds[kind]
        )

    return found


for _number, _other in enumerate(OTHERS):
    setattr(Variables, f"other_{_number}", boolean_rule_variable()(_looking(_other)))


def _variable(name: str, read: Callable[[Variables], Any], wrap: Callable[..., Any]) -> str:
    if not hasattr(Variables, name):
        setattr(Variables, name, wrap()(read))
    return name


def _condition(name: str, operator: str, value: Any = True) -> Condition:
    return {"name": name, "operator": operator, "value": value}


class Conditions(Language[Condition]):
    """Conditions as the engine reads them."""

    def every(self, terms: Iterable[Condition]) -> Condition:
        """Say that all hold."""
        return {"all": list(terms) or [_condition("officers", "greater_than", -1)]}

    def any(self, terms: Iterable[Condition]) -> Condition:
        """Say that one holds."""
        return {"any": list(terms)}

    def negated(self, term: Condition) -> Condition:
        """Turn a condition round."""
        if "all" in term:
            return {"any": [self.negated(one) for one in term["all"]]}
        if "any" in term:
            return {"all": [self.negated(one) for one in term["any"]]}
        assert term["operator"] != "contains_all" or len(term["value"]) == 1
        return term | {"operator": OPPOSITE[term["operator"]]}

    def fact(self, fact: Fact) -> Condition:
        """Say a condition."""
        name, value, where = fact.name, fact.value, "head" if isinstance(fact, Head) else "act"

        def read(self: Variables) -> Any:
            return getattr(self, where).get(name)

        if fact.op in ("given", "not_given"):
            given = _variable(
                f"{where}_{name}_given", lambda self: read(self) is not None, boolean_rule_variable
            )
            return _condition(given, "is_true" if fact.op == "given" else "is_false")
        if fact.op in ("more_than", "at_most"):
            number = _variable(f"{where}_{name}_number", lambda self: read(self) or 0, numeric_rule_variable)
            return _condition(
                number, "greater_than" if fact.op == "more_than" else "less_than_or_equal_to", value
            )
        if isinstance(value, bool):
            is_it = _variable(
                f"{where}_{name}_{value}", lambda self: read(self) is value, boolean_rule_variable
            )
            return _condition(is_it, "is_true" if fact.op == "is" else "is_false")

        def items(self: Variables) -> list[str]:
            found = read(self)
            return found if isinstance(found, list) else [] if found is None else [found]

        several = _variable(f"{where}_{name}_items", items, select_multiple_rule_variable)
        wanted = list(value) if isinstance(value, tuple) else [value]
        if fact.op == "is_not" and isinstance(value, tuple):
            only = _variable(
                f"{where}_{name}_only", lambda self: items(self) == wanted, boolean_rule_variable
            )
            return _condition(only, "is_false")
        return _condition(
            several,
            {
                "is": "contains_all",
                "includes": "contains_all",
                "is_not": "shares_no_elements_with",
                "one_of": "shares_at_least_one_element_with",
                "includes_any": "shares_at_least_one_element_with",
            }[fact.op],
            wanted,
        )

    def other(self, other: Other) -> Condition:
        """Say that there is such an act."""
        return _condition(f"other_{OTHERS.index(other)}", "is_true")

    def officers(self, officers: Officers) -> Condition:
        """Say that there were so many officers."""
        return _condition("officers", "greater_than_or_equal_to", officers.at_least)

    def not_above(self, bound: NotAbove) -> Condition:
        """Compare two numbers."""

        def excess(self: Variables) -> Any:
            return self.act[bound.fact] - self.kinds[bound.kind][0][bound.other]

        return _condition(
            _variable(f"excess_{bound.fact}", excess, numeric_rule_variable), "less_than_or_equal_to", 0
        )


def build() -> Check:
    """Return the check."""
    days, said, nothing = table(), Conditions(), BaseActions()
    rules_of = {
        kind: [
            (
                rule.id,
                {"conditions": said.applies(rule), "actions": []},
                {"conditions": said.need(rule), "actions": []},
            )
            for rule in found
        ]
        for kind, found in RULES_OF.items()
    }

    def verdicts(data: bytes) -> Verdicts:
        head, acts = opened(data, days)
        kinds = by_kind(acts)
        found: Verdicts = []
        for act in acts:
            variables = Variables(act, head, kinds)
            for rule, applies, need in rules_of.get(act["kind"], ()):
                if run(applies, variables, nothing):
                    found.append((rule, act["id"], run(need, variables, nothing)))
        return found

    return verdicts
