"""What the scenarios and the samples reach of each rule.

``python -m tests.reach`` lists the rules that no sample reaches, and the scenarios of 不适用 that no other
scenario tells apart: where many givens differ, nobody knows which of them did it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from adapters.readers.source import read_case
from casefiles.moments import moment_of
from engine.check import check
from engine.findings import Outcome
from engine.rule import Rule
from engine.rulebook import Rulebook
from tests.mutation import BOOK, feature
from tests.stories import stories
from tests.test_samples import FILES, truth_of

OUTSIDE = Outcome.NOT_APPLICABLE.chinese
FAR = 2
"""In so many givens scenarios may differ and still tell each other apart: an act and its day."""

_SAID = re.compile(r"结论为“([^”]*)”")
_CHECKED = re.compile(r"于[\d-]{10}检查")


class Told(NamedTuple):
    """A scenario: its givens with the day of the check, and the outcomes that it states."""

    name: str
    givens: Counter[str]
    outcomes: frozenset[str]


def told(rule: Rule) -> list[Told]:
    """Return the scenarios of a rule, outlines filled in."""
    return [_told(name, steps) for name, steps in stories(feature(rule))]


def _told(name: str, steps: list[str]) -> Told:
    checked = next(index for index, step in enumerate(steps) if _CHECKED.match(step))
    said = frozenset(outcome for step in steps for outcome in _SAID.findall(step))
    return Told(name, Counter(steps[: checked + 1]), said)


def distance(one: Told, other: Told) -> int:
    """Return in how many givens two scenarios differ; a given that was changed counts once."""
    return max((one.givens - other.givens).total(), (other.givens - one.givens).total())


def nearest(one: Told, scenarios: list[Told]) -> int:
    """Return the distance of a scenario of 不适用 from the nearest one in which the rule applies."""
    others = [other for other in scenarios if other.outcomes and OUTSIDE not in other.outcomes]
    return min((distance(one, other) for other in others), default=FAR + 1)


def lonely(rule: Rule) -> Iterator[tuple[str, int]]:
    """Yield the scenarios of 不适用 far from every other outcome, with their distance."""
    scenarios = told(rule)
    for one in scenarios:
        if one.outcomes == {OUTSIDE} and (far := nearest(one, scenarios)) > FAR:
            yield one.name, far


def reached_by_samples(rulebook: Rulebook) -> set[str]:
    """Return the rules that apply to some act of some sample."""
    found: set[str] = set()
    for path in FILES:
        case = read_case(path.name, path.read_bytes(), rulebook.vocabulary).case
        for finding in check(case, rulebook, moment_of(truth_of(path.name)["as_of"])):
            if finding.outcome is not Outcome.NOT_APPLICABLE:
                found.add(finding.rule)
    return found


def main() -> None:
    for rule in BOOK.rules:
        for name, far in lonely(rule):
            print(f"{rule.id}: {far} givens from any other outcome: {name}")
    reached = reached_by_samples(BOOK)
    print(*(f"{rule.id}: no sample" for rule in BOOK.rules if rule.id not in reached), sep="\n")
    print(f"samples reach {len(reached)} of {len(BOOK.rules)} rules")


if __name__ == "__main__":
    main()
