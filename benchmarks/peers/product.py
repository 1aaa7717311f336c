"""The product's own entry: bytes of a file, JSON or XML, to verdicts.

``check`` here is what is measured. Everything else of the benchmark stays as it is when this changes.
"""

from __future__ import annotations

import json
from typing import Any

from adapters.readers.source import read_case
from adapters.readers.xmlfile import write_xml
from benchmarks.peers.rules import IDS
from benchmarks.peers.verdicts import Check, Verdicts
from casefiles.moments import parse_moment
from casefiles.terms import standard_vocabulary
from engine.check import outcomes
from engine.findings import Outcome
from engine.rulebook import read_rulebook

AS_OF = parse_moment("2026-06-30")
SETTLED = {Outcome.MET: True, Outcome.BREACHED: False}


def build() -> Check:
    """Return the check of the chosen rules."""
    vocabulary = standard_vocabulary()
    rulebook = read_rulebook().only(IDS)
    rulebook.evaluator.compile()

    def verdicts(data: bytes) -> Verdicts:
        found: Verdicts = []
        case = read_case("案卷", data, vocabulary).case
        for rule, act, outcome in outcomes(case, rulebook, AS_OF):
            kept = SETTLED.get(outcome)
            if kept is not None:
                assert act is not None
                found.append((rule.id, act.id, kept))
            elif outcome is not Outcome.NOT_APPLICABLE:
                raise ValueError(f"{rule.id}: {outcome}")
        return found

    return verdicts


def as_json(content: dict[str, Any]) -> bytes:
    """Return a file as JSON."""
    return json.dumps(content, ensure_ascii=False).encode()


def as_xml(content: dict[str, Any]) -> bytes:
    """Return a file as XML, as the product writes it."""
    return write_xml(read_case("案卷", as_json(content), standard_vocabulary()).case)
