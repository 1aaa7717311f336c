"""json-logic-qubit: two JsonLogic expressions for each rule, asked for each act of its kinds.

The package ``json-logic`` itself does not run on Python 3; this is the fork of it that does.
"""

from __future__ import annotations

from typing import Any

from json_logic import jsonLogic

from benchmarks.peers.days import table
from benchmarks.peers.host import Act, by_kind, opened
from benchmarks.peers.logic import looked_at, rules
from benchmarks.peers.verdicts import Check, Verdicts


def standing(act: Act, subject: Act) -> Act:
    """Return an act with where it stands to the subject."""
    return act | {
        "gap": act["day"] - subject["day"],
        "late": act["before"] + 1 - subject["through"],
        "ahead": subject["before"] - act["before"],
        "names": subject["id"] in act["about"],
    }


def build() -> Check:
    """Return the check."""
    days, looked = table(), looked_at()
    rules_of: dict[str, list[tuple[str, Any, Any]]] = {}
    for rule in rules():
        for kind in rule["kinds"]:
            rules_of.setdefault(kind, []).append((rule["id"], rule["applies"], rule["need"]))

    def verdicts(data: bytes) -> Verdicts:
        head, acts = opened(data, days)
        kinds = by_kind(acts)
        found: Verdicts = []
        for act in acts:
            mine = rules_of.get(act["kind"])
            if mine:
                others = {kind: [standing(one, act) for one in kinds[kind]] for kind in looked[act["kind"]]}
                seen = {"act": act, "head": head, "others": others}
                for rule, applies, need in mine:
                    if jsonLogic(applies, seen):
                        found.append((rule, act["id"], bool(jsonLogic(need, seen))))
        return found

    return verdicts
