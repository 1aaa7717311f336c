"""clipspy: the rules as CLIPS rules over facts about acts, joined by the engine itself.

CLIPS says everything but dates. Acts become facts with a slot for each thing a rule looks at; ``applies`` and
``met`` are derived, and what applies and is not met is breached.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import clips

from benchmarks.peers.days import Day, table
from benchmarks.peers.host import head_of
from benchmarks.peers.rules import ROLES, RULES, Demand, Fact, Head, NotAbove, Officers, Other, Rule
from benchmarks.peers.verdicts import Check, Verdicts


def _facts() -> Iterator[Fact]:
    """Yield every condition on a fact that a rule makes, also on other acts."""
    for rule in RULES:
        for some in (rule.head, rule.where, *rule.need, *rule.unless):
            for one in some:
                yield from one.where if isinstance(one, Other) else [one] if isinstance(one, Fact) else ()


LISTS = {fact.name for fact in _facts() if fact.op.startswith("includes") or fact.value == ("警告",)}
HEADS = tuple(dict.fromkeys(fact.name for fact in _facts() if isinstance(fact, Head)))
SLOTS = tuple(
    dict.fromkeys(
        [fact.name for fact in _facts() if not isinstance(fact, Head)]
        + [
            name
            for rule in RULES
            for one in rule.need[0]
            if isinstance(one, NotAbove)
            for name in (one.fact, one.other)
        ]
    )
)


def _template(name: str, slots: Iterable[str]) -> str:
    listed = " ".join(f"({'multislot' if slot in LISTS else 'slot'} {slot})" for slot in slots)
    return f"(deftemplate {name} {listed})"


def _value(value: Any) -> str:
    return str(value).upper() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)


def _either(values: Iterable[Any]) -> str:
    return "|".join(_value(value) for value in values)


def _slot(fact: Fact) -> str:
    """Return the condition as a constraint on its slot; a slot that is not told holds ``nil``, or nothing."""
    name, value, var = fact.name, fact.value, f"?v-{fact.name}"
    if isinstance(value, tuple):
        if fact.op == "one_of":
            return f"({name} {_either(value)})"
        if fact.op == "is_not":
            return f"({name} $?{var[1:]}&:(neq {var} (create$ {' '.join(map(_value, value))})))"
        test, unit = ("and", "TRUE") if fact.op == "includes" else ("or", "FALSE")
        members = " ".join(f"(member$ {_value(item)} {var})" for item in value)
        return f"({name} $?{var[1:]}&:({test} {unit} {members}))"
    return {
        "is": f"({name} {_value(value)})",
        "is_not": f"({name} ~{_value(value)})",
        "given": f"({name} ~nil)",
        "not_given": f"({name} nil)",
        "more_than": f"({name} {var}&:(and (numberp {var}) (> {var} {_value(value)})))",
        "at_most": f"({name} {var}&:(or (not (numberp {var})) (<= {var} {_value(value)})))",
    }[fact.op]


def _other(other: Other) -> str:
    """Return the pattern of another act, as existing or not existing."""
    slots = [f"(id ?o) (kind {_either(other.kinds)})", *map(_slot, other.where)]
    if sign := {"after": ">=", "before": "<", "until": "<="}.get(other.when):
        slots.append(f"(day ?od&:({sign} ?od ?d))")
    if other.working is not None and other.when == "after":
        slots.append(f"(before ?ob&:(<= (- (+ ?ob 1) ?t) {other.working}))")
    elif other.working is not None:
        slots.append(f"(before ?ob&:(>= (- ?b ?ob) {other.working}))")
    pattern = f"(act {' '.join(slots)})"
    if other.naming:
        pattern = f"(and (about (act ?o) (other ?a)) {pattern})"
    return f"({'not' if other.none else 'exists'} {pattern})"


def _patterns(demands: Iterable[Demand], own: str = "(id ?a)") -> list[str]:
    """Return the patterns of demands; the conditions on the act itself and on the head are one each."""
    demands = tuple(demands)
    mine = " ".join(_slot(one) for one in demands if isinstance(one, Fact) and not isinstance(one, Head))
    head = " ".join(_slot(one) for one in demands if isinstance(one, Head))
    patterns = [f"(act {own} {mine})"] if mine or own != "(id ?a)" else []
    patterns += [f"(head {head})"] if head else []
    for one in demands:
        if isinstance(one, Other):
            patterns.append(_other(one))
        elif isinstance(one, Officers):
            role = f"(role {_either(ROLES)})"
            patterns.append(f"(exists (by (act ?a) (person ?p) {role}) (by (act ?a) (person ~?p) {role}))")
        elif isinstance(one, NotAbove):
            patterns.append(f"(act (id ?a) ({one.fact} ?x))")
            patterns.append(f'(act (kind "{one.kind}") ({one.other} ?y&:(<= ?x ?y)))')
    return patterns


def _rules(number: int, rule: Rule) -> Iterator[str]:
    """Yield the rule that says where a duty applies, and those that say where it is met."""
    days = "(id ?a) (day ?d) (before ?b) (through ?t)"
    patterns = _patterns((*rule.head, *rule.where), f"{days} (kind {_either(rule.kinds)})")
    for demands in rule.unless:
        inside = _patterns(demands)
        patterns.append(f"(not {inside[0] if len(inside) == 1 else '(and ' + ' '.join(inside) + ')'})")
    yield f"(defrule applies-{number} {' '.join(patterns)} => (assert (applies {number} ?a)))"
    for place, demands in enumerate(rule.need):
        needed = " ".join(_patterns(demands, days))
        yield f"(defrule met-{number}-{place} (applies {number} ?a) {needed} => (assert (met {number} ?a)))"


def constructs() -> list[str]:
    """Return the templates and rules."""
    return [
        _template("act", ("id", "kind", "day", "before", "through", *SLOTS)),
        _template("head", HEADS),
        _template("about", ("act", "other")),
        _template("by", ("act", "person", "role")),
        *(text for number, rule in enumerate(RULES) for text in _rules(number, rule)),
    ]


def _slots(told: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return what is told under these names as CLIPS takes it."""
    return {name: _converted(told[name], name in LISTS) for name in names if name in told}


def _converted(value: Any, is_list: bool) -> Any:
    if isinstance(value, list):
        return value if is_list else value[0]
    return TRUTHS[value] if isinstance(value, bool) else value


FILES = 10
"""So many files are checked in one environment: clipspy 1.0.6 keeps every fact it has shown to Python, and
each file takes longer than the one before."""

TRUTHS = {True: clips.Symbol("TRUE"), False: clips.Symbol("FALSE")}


def assert_file(engine: clips.Environment, data: bytes, days: dict[str, Day]) -> None:
    """Put a file into the engine; by this call, since texts of facts take it six times as long."""
    act_of, head, about, by = (engine.find_template(name) for name in ("act", "head", "about", "by"))
    case = json.loads(data)
    head.assert_fact(**_slots(head_of(case), HEADS))
    for act in case["acts"]:
        own = act["id"]
        day, before, through = days[act["starts"][:10]]
        told = _slots(act.get("facts", {}), SLOTS)
        act_of.assert_fact(id=own, kind=act["kind"], day=day, before=before, through=through, **told)
        for named in act.get("about", ()):
            about.assert_fact(act=own, other=named)
        for one in act.get("by", ()):
            by.assert_fact(act=own, person=one["person"], role=one["role"])


def build() -> Check:
    """Return the check; the environment is made anew after some files, because facts are never freed."""
    days, texts = table(), constructs()
    engine, checked = clips.Environment(), FILES

    def verdicts(data: bytes) -> Verdicts:
        nonlocal engine, checked
        if checked == FILES:
            engine, checked = clips.Environment(), 0
            for text in texts:
                engine.build(text)
        checked += 1
        engine.reset()
        assert_file(engine, data, days)
        engine.run()
        found: dict[str, set[tuple[int, str]]] = {"applies": set(), "met": set()}
        for name, pairs in found.items():
            for fact in engine.find_template(name).facts():
                pairs.add(tuple(fact))
        return [(RULES[one[0]].id, one[1], one in found["met"]) for one in found["applies"]]

    return verdicts
