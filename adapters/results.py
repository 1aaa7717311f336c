"""What a run yields: for each case a result, or the reason why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field

from casefiles.model import CaseFile, Location, Path
from casefiles.problems import Problem
from engine.findings import Basis, Cure, Finding, Outcome, Severity


class Reading(Struct, frozen=True):
    """A case as read from a source, with a locator that is asked only for what is to be shown.

    ``file`` is the path as the user gave it; ``warnings`` tell of oddities that stop nothing.
    """

    file: str
    case: CaseFile
    locate: Callable[[Path], Location]
    warnings: tuple[Problem, ...] = ()


class Unreadable(Struct, frozen=True):
    """A file, or one case of a file, that could not be read."""

    file: str
    problems: tuple[Problem, ...]


class DueDuty(Struct, frozen=True):
    """A duty of an open file that is still to be kept: by when, which rule, what to do."""

    due: str
    rule: str
    title: str
    text: str


class FileResult(Struct, frozen=True):
    """The outcome of one case: its findings, or ``error`` with the problems in words.

    ``untold`` counts the findings that are left out because nobody asked for their words. ``line`` is
    where the case stands in a file of many; ``failed`` tells that the program, not the file, is to blame for
    the error.
    """

    file: str
    case: str | None
    cause: str | None = None
    agency: str | None = None
    findings: tuple[Finding, ...] = ()
    error: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    due: tuple[DueDuty, ...] = ()
    is_open: bool = False
    line: int | None = None
    failed: bool = False
    untold: Mapping[Outcome, int] = field(default_factory=dict)


class RuleHead(Struct, frozen=True):
    """What a report tells about a rule apart from any case."""

    id: str
    version: str
    title: str
    severity: Severity
    basis: tuple[Basis, ...]
    cure: Cure | None


class Run(Struct, frozen=True):
    """All results of one run in the order of the input, with what they were checked against.

    Where results are too many to be held, ``files`` stays empty and they follow one by one.
    ``catalogue`` lists the rules of the rulebook by their ids.
    """

    as_of: date
    program: str
    rulebook: str
    rules: int
    files: tuple[FileResult, ...] = field(default=())
    catalogue: tuple[RuleHead, ...] = ()

    def findings(self) -> Iterator[tuple[FileResult, Finding]]:
        """Yield every finding with the result it belongs to."""
        for result in self.files:
            for finding in result.findings:
                yield result, finding

    def summary(self) -> dict[str, int]:
        """Count the findings by the English name of their outcome, every outcome named."""
        counts = Counter(finding.outcome for _, finding in self.findings())
        return {outcome.value: counts[outcome] for outcome in Outcome}
