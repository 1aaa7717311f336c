"""regorus: the rules as one Rego module over the JSON of the file as it is.

Rego says everything: the bytes go to the engine unchanged, and the table of days is data beside the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import regorus

from benchmarks.peers.days import table
from benchmarks.peers.rules import ROLES, RULES, Alternatives, Demand, Fact, Head, NotAbove, Officers, Other
from benchmarks.peers.verdicts import Check, Verdicts

HEAD = {
    "procedure": "input.procedure",
    "field": "input.field",
    "party": "input.parties[0].kind",
    "跨省": "input.parties[0].facts.跨省",
    "未成年人": "input.parties[0].facts.未成年人",
    "案件类别": "input.facts.案件类别",
}
PREAMBLE = """package anjuan
import rego.v1

of[kind] contains act if { some act in input.acts; kind := act.kind }
on[act.id] := data.days[substring(act.starts, 0, 10)] if some act in input.acts
officers(act) := count({part.person | some part in act.by; part.role in data.roles})
"""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _path(fact: Fact, of: str) -> str:
    if isinstance(fact, Head):
        path = HEAD[fact.name]
        head, _, last = path.rpartition(".")
        return f'{head}["{last}"]' if not last.isascii() else path
    return f'{of}.facts["{fact.name}"]'


def _fact(fact: Fact, of: str = "act") -> Iterator[str]:
    """Yield the conditions; what is not there is undefined, and so is every comparison with it."""
    name, value = _path(fact, of), fact.value
    if isinstance(value, tuple) and fact.op == "one_of":
        yield f"{name} in {{{_json(value)[1:-1]}}}"
    elif isinstance(value, tuple) and fact.op == "includes":
        yield from (f"{_json(item)} in {name}" for item in value)
    elif isinstance(value, tuple) and fact.op == "includes_any":
        yield f"some item in {name}; item in {{{_json(value)[1:-1]}}}"
    else:
        yield {
            "is": f"{name} == {_json(value)}",
            "is_not": f"not {name} == {_json(value)}",
            "given": f"_ = {name}",
            "not_given": f"not {name}",
            "more_than": f"{name} > {_json(value)}",
            "at_most": f"not {name} > {_json(value)}",
        }[fact.op]


class Module:
    """The module as it grows: helping functions are written before they are used."""

    def __init__(self) -> None:
        self.lines = [PREAMBLE]
        self.named: dict[Other, str] = {}

    def other(self, other: Other) -> str:
        """Return the name of the function that looks for such an act."""
        if other not in self.named:
            name = self.named[other] = f"other_{len(self.named)}"
            terms = ["some one in of[kind]", *(term for fact in other.where for term in _fact(fact, "one"))]
            when = {"after": ">=", "before": "<", "until": "<="}.get(other.when)
            if when:
                terms.append(f"on[one.id][0] {when} on[act.id][0]")
            if other.working is not None and other.when == "after":
                terms.append(f"on[one.id][1] + 1 - on[act.id][2] <= {other.working}")
            elif other.working is not None:
                terms.append(f"on[act.id][1] - on[one.id][1] >= {other.working}")
            if other.naming:
                terms.append("act.id in one.about")
            self.lines.append(f"{name}(act) if {{ some kind in {_json(other.kinds)}; {'; '.join(terms)} }}")
        return self.named[other]

    def demand(self, demand: Demand) -> list[str]:
        """Return the conditions of one demand."""
        if isinstance(demand, Fact):
            return list(_fact(demand))
        if isinstance(demand, Other):
            return [f"{'not ' * demand.none}{self.other(demand)}(act)"]
        if isinstance(demand, Officers):
            return [f"officers(act) >= {demand.at_least}"]
        assert isinstance(demand, NotAbove)
        return [
            f"some one in of[{_json(demand.kind)}]",
            f'act.facts["{demand.fact}"] <= one.facts["{demand.other}"]',
        ]

    def function(self, name: str, alternatives: Alternatives) -> None:
        """Write a function that holds if all demands of one alternative hold."""
        for demands in alternatives:
            terms = [term for one in demands for term in self.demand(one)]
            self.lines.append(f"{name}(act) if {{ {'; '.join(terms)} }}")

    def text(self) -> str:
        """Return the whole module."""
        for number, rule in enumerate(RULES):
            self.lines.append(f"# {rule.id}")
            terms = [term for one in (*rule.head, *rule.where) for term in self.demand(one)]
            if rule.unless:
                self.function(f"except_{number}", rule.unless)
                terms.append(f"not except_{number}(act)")
            self.lines.append(f"default need_{number}(_) := false")
            self.function(f"need_{number}", rule.need)
            found = "; ".join([f"some kind in {_json(rule.kinds)}", "some act in of[kind]", *terms])
            self.lines.append(f'verdicts contains ["{rule.id}", act.id, need_{number}(act)] if {{ {found} }}')
        return "\n".join(self.lines)


def build() -> Check:
    """Return the check."""
    engine = regorus.Engine()
    engine.add_policy("anjuan.rego", Module().text())
    engine.add_data_json(_json({"days": table(), "roles": ROLES}))

    def verdicts(data: bytes) -> Verdicts:
        engine.set_input_json(data.decode())
        found = json.loads(engine.eval_rule_as_json("data.anjuan.verdicts"))
        return [(rule, act, kept) for rule, act, kept in found]

    return verdicts
