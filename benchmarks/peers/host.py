"""What a Python program does for an engine before it can ask it anything: parse, put in order, add numbers.

All of this is in the time of the engine.
"""

from __future__ import annotations

import json
from typing import Any

from benchmarks.peers.days import Day
from benchmarks.peers.rules import ROLES, RULES, Other, Rule

Act = dict[str, Any]
OFFICERS = frozenset(ROLES)
RULES_OF: dict[str, list[Rule]] = {}
for _rule in RULES:
    for _kind in _rule.kinds:
        RULES_OF.setdefault(_kind, []).append(_rule)
OTHERS = tuple(
    dict.fromkeys(
        one
        for rule in RULES
        for demands in (rule.where, *rule.need, *rule.unless)
        for one in demands
        if isinstance(one, Other)
    )
)
"""Every look at other acts that a rule takes."""

KINDS = tuple(
    dict.fromkeys(
        [kind for rule in RULES for kind in rule.kinds] + [kind for other in OTHERS for kind in other.kinds]
    )
)
"""Every kind that a rule names."""


def head_of(case: dict[str, Any]) -> dict[str, Any]:
    """Return the head as one flat dict."""
    party = case["parties"][0]
    own = {"procedure": case["procedure"], "field": case["field"], "party": party["kind"]}
    return own | party["facts"] | case["facts"]


def opened(data: bytes, days: dict[str, Day]) -> tuple[dict[str, Any], list[Act]]:
    """Return the head and the acts, each with its facts, day numbers and number of officers in one dict."""
    case = json.loads(data)
    acts = []
    for act in case["acts"]:
        day, before, through = days[act["starts"][:10]]
        officers = {part["person"] for part in act.get("by", ()) if part["role"] in OFFICERS}
        flat = act.get("facts", {})
        flat.update(
            id=act["id"],
            kind=act["kind"],
            about=act.get("about", []),
            day=day,
            before=before,
            through=through,
            officers=len(officers),
        )
        acts.append(flat)
    return head_of(case), acts


def by_kind(acts: list[Act]) -> dict[str, list[Act]]:
    """Return the acts by kind; every kind that a rule names is there."""
    kinds: dict[str, list[Act]] = {kind: [] for kind in KINDS}
    for act in acts:
        kinds.setdefault(act["kind"], []).append(act)
    return kinds
