"""Asking both engines the same, and telling where they do not agree and what only one could say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.check import outcomes
from engine.findings import Outcome
from engine.rete.judging import SecondEngine, SecondEngines


@dataclass
class Tally:
    """How many (rule, subject) pairs both engines decided, and what stood in the way of the others."""

    decided: int = 0
    left: dict[str, int] = field(default_factory=dict)
    outcomes: dict[Outcome, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The part of all pairs that both engines decided."""
        return self.decided / (self.decided + sum(self.left.values()))

    def compare(self, second: SecondEngine | SecondEngines, case: CaseFile, as_of: Moment) -> list[str]:
        """Count one case, and return where the engines differ; empty if they agree."""
        return list(self._differences(second, case, as_of))

    def _differences(
        self, second: SecondEngine | SecondEngines, case: CaseFile, as_of: Moment
    ) -> Iterator[str]:
        verdicts = second.verdicts(case, as_of)
        wanted = {
            (rule.id, act.id if act else None): one for rule, act, one in outcomes(case, second.book, as_of)
        }
        for (rule, subject), outcome in wanted.items():
            found = verdicts[rule].said(subject)
            if isinstance(found, Outcome):
                self.decided += 1
                self.outcomes[found] = self.outcomes.get(found, 0) + 1
                if found is not outcome:
                    yield f"{rule} {subject}: first {outcome}, second {found}"
            else:
                self.left[found] = self.left.get(found, 0) + 1
        for rule, judged in verdicts.items():
            for subject, said in judged.subjects.items():
                # An act that is no subject of the rule is outside of it.
                if (
                    (rule, subject) not in wanted
                    and isinstance(said, Outcome)
                    and said is not Outcome.NOT_APPLICABLE
                ):
                    yield f"{rule} {subject}: first nothing, second {said}"
