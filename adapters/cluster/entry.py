"""One case to check, from whichever side it comes, and the rows that it gives: always some."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath

from adapters.cluster.row import Row, failed_row, rows_of
from adapters.confirmation.confirming import Confirm
from adapters.readers.filebytes import demand_size, read_bytes
from adapters.readers.source import read_case
from adapters.results import Reading, Unreadable
from adapters.run import result_of
from casefiles.model import Location, Path
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import Vocabulary
from engine.findings import Outcome
from engine.rulebook import Rulebook

_EVERY = frozenset(Outcome)
_APPLICABLE = _EVERY - {Outcome.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as bytes, or where to read it; ``line`` is its line in a file of many.

    Too large a content is not carried at all; then ``size`` tells how large it is.
    """

    file: str
    content: bytes | FilePath | None
    line: int | None = None
    size: int | None = None


def checked(
    entry: Entry,
    rulebook: Rulebook,
    as_of: date,
    *,
    every: bool = False,
    confirm: Confirm | None = None,
) -> Iterator[Row]:
    """Yield the rows of one case; nothing that is wrong with it stops the others.

    What does not apply is left out unless *every* is set; the row of the case counts it all the same.

    A blank line of a file of many cases is no case and gives no row.
    """
    if entry.line is not None and isinstance(entry.content, bytes) and not entry.content.strip():
        return
    try:
        reading = _reading(entry, rulebook.vocabulary)
        # No case is told what others there are: that would depend on who checks which.
        told = _EVERY if every else _APPLICABLE
        result = result_of(reading, rulebook, as_of, told=told, confirm=confirm)
        rows = list(rows_of(result, as_of, rulebook.version, line=entry.line))
    except Exception as error:
        yield failed_row(entry.file, error, as_of, rulebook.version, entry.line)
        return
    yield from rows


def _reading(entry: Entry, vocabulary: Vocabulary) -> Reading | Unreadable:
    try:
        reading = read_case(entry.file, _data(entry), vocabulary)
    except CaseFileError as error:
        problems = tuple(_named(one, entry) for one in error.problems)
        return Unreadable(entry.file, problems)
    if entry.line is None:
        return reading
    return Reading(
        reading.file,
        reading.case,
        _moved(reading.locate, entry.line - 1),
        tuple(_named(one, entry) for one in reading.warnings),
    )


def _data(entry: Entry) -> bytes:
    if isinstance(entry.content, FilePath):
        return read_bytes(entry.content)
    if entry.content is None:
        demand_size(entry.size or 0, entry.file)
        problem = Problem(entry.file, None, None, "文件无法读取", "请核对文件是否还在、有没有读取的权限")
        raise CaseFileError([problem])
    return entry.content


def _named(problem: Problem, entry: Entry) -> Problem:
    """Return a problem under the name of the entry, at its line in the whole file."""
    line = problem.line
    if entry.line is not None:
        line = entry.line - 1 + (line or 1)
    return Problem(entry.file, line, problem.column, problem.text, problem.advice)


def _moved(locate: Callable[[Path], Location], lines: int) -> Callable[[Path], Location]:
    def moved(path: Path) -> Location:
        found = locate(path)
        return found if found.line is None else _down(found, lines)

    return moved


def _down(found: Location, lines: int) -> Location:
    return Location(
        file=found.file,
        pointer=found.pointer,
        line=(found.line or 1) + lines,
        column=found.column,
        quote=found.quote,
    )
