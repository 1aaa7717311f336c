"""Cost grows with the input and no faster: counted in lines run, since times differ from day to day."""

from __future__ import annotations

import sys
from typing import Any

import msgspec
import pytest

from benchmarks.growing import content
from casefiles.model import CaseFile, decode_hook
from casefiles.moments import parse_moment
from engine.check import check
from engine.rulebook import Rulebook

AS_OF = parse_moment("2026-06-30")


def lines(case: CaseFile, rulebook: Rulebook) -> int:
    """Return how many lines of Python one check runs, every turn of a loop counted."""
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        list(check(case, rulebook, AS_OF))
    finally:
        sys.settrace(before)
    return counted


def case_of(data: dict[str, Any]) -> CaseFile:
    return msgspec.convert(data, CaseFile, dec_hook=decode_hook)


def silent(acts: int) -> dict[str, Any]:
    """Return a case in which no recording tells what it concerns."""
    data = content(acts)
    for act in data["acts"]:
        act.pop("about", None)
    return data


@pytest.mark.parametrize("build", [content, silent], ids=["with links", "without links"])
def test_twice_the_acts_cost_at_most_twice_the_work(build: Any, rulebook: Rulebook) -> None:
    costs = [lines(case_of(build(size)), rulebook) for size in (40, 80, 160, 320)]
    for smaller, larger in zip(costs, costs[1:], strict=False):
        assert larger <= 2.1 * smaller
