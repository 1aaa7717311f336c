"""Made files of forty acts for measuring: lawful ones, and the same with five duties broken.

They vary a shipped sample in days, numbers, names and amounts, so that nothing is measured that only
remembers. Whether a variant is lawful is checked, not assumed: others are thrown away.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from casefiles.model import CaseFile, decode_hook
from casefiles.moments import parse_moment
from engine.check import outcomes
from engine.findings import Outcome
from engine.rulebook import Rulebook

SAMPLE = Path(__file__).parent.parent / "casefiles" / "samples" / "market-lawful.json"
ACTS = 40
AS_OF = parse_moment("2026-06-30")
_DAY = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")
_LAWFUL = {Outcome.MET, Outcome.NOT_APPLICABLE}

Case = dict[str, Any]


def lawful_cases(rulebook: Rulebook, count: int, seed: int = 1) -> list[Case]:
    """Return so many lawful files of forty acts as plain data; every outcome is met or not applicable."""
    dice = random.Random(seed)
    sample = json.loads(SAMPLE.read_bytes())
    found: list[Case] = []
    while len(found) < count:
        case = _varied(dice, sample, len(found))
        if _broken(case, rulebook) == 0 and _is_lawful(case, rulebook):
            found.append(case)
    return found


def broken_cases(rulebook: Rulebook, cases: list[Case], duties: int = 5) -> list[Case]:
    """Return the files with so many duties broken, exactly, as the rulebook finds them."""
    return [_with_broken(case, rulebook, duties) for case in cases]


def written(case: Case) -> bytes:
    """Return a file as compact JSON in UTF-8."""
    return json.dumps(case, ensure_ascii=False, separators=(",", ":")).encode()


def case_of(case: Case) -> CaseFile:
    """Return a file as the engine knows it."""
    return msgspec.convert(case, CaseFile, dec_hook=decode_hook)


def _varied(dice: random.Random, sample: Case, number: int) -> Case:
    """Return the sample moved by whole weeks, with other numbers, names and times, and forty acts."""
    weeks = dice.randrange(-20, 20)

    def moved(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + timedelta(weeks=weeks)).isoformat()

    text = _DAY.sub(moved, json.dumps(sample, ensure_ascii=False))
    for old in ("示例百味", "示例甲", "示例乙", "示例丙"):
        text = text.replace(old, f"{old}{dice.randrange(1000)}")
    case: Case = json.loads(text)
    case["number"] += f"-{number}"
    spare = [act["id"] for act in case["acts"]]
    while len(case["acts"]) > ACTS:
        _drop(case, spare.pop(dice.randrange(len(spare))))
    for act in case["acts"]:
        if "罚款金额" in act.get("facts", {}):
            act["facts"]["罚款金额"] -= dice.randrange(100)
    return case


def _drop(case: Case, name: str) -> None:
    case["acts"] = [act for act in case["acts"] if act["id"] != name]
    for act in case["acts"]:
        if "about" in act:
            act["about"] = [one for one in act["about"] if one != name]
    case["documents"] = [paper for paper in case["documents"] if paper.get("proves") != [name]]
    for paper in case["documents"]:
        if "proves" in paper:
            paper["proves"] = [one for one in paper["proves"] if one != name]


def _is_lawful(case: Case, rulebook: Rulebook) -> bool:
    return all(outcome in _LAWFUL for _, _, outcome in outcomes(case_of(case), rulebook, AS_OF))


def _broken(case: Case, rulebook: Rulebook) -> int:
    return outcomes(case_of(case), rulebook, AS_OF).counts().get(Outcome.BREACHED, 0)


def _with_broken(case: Case, rulebook: Rulebook, duties: int) -> Case:
    """Break one duty after the other until so many are broken; what breaks several at once is left out."""
    broken = case
    for damage in _damages(case):
        changed = damage(json.loads(json.dumps(broken)))
        if _broken(changed, rulebook) == _broken(broken, rulebook) + 1:
            broken = changed
        if _broken(broken, rulebook) == duties:
            return broken
    raise ValueError(f"only {_broken(broken, rulebook)} duties can be broken")


def _damages(case: Case) -> Iterator[Callable[[Case], Case]]:
    """Yield ways to break something: a flag turned, a person left out, an act that comes much later."""
    for index, act in enumerate(case["acts"]):
        for name, value in act.get("facts", {}).items():
            if isinstance(value, bool):
                yield lambda other, index=index, name=name, value=value: _put(other, index, name, not value)
        if len(act.get("by", ())) > 1:
            yield lambda other, index=index: _alone(other, index)


def _put(case: Case, index: int, name: str, value: object) -> Case:
    case["acts"][index]["facts"][name] = value
    return case


def _alone(case: Case, index: int) -> Case:
    del case["acts"][index]["by"][1:]
    return case
