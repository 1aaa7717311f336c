"""What readers have in common: a place for every path, and problems told at their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Protocol

from adapters.results import Reading
from casefiles.mistakes import MOST_MISTAKES, Mistake, shortened
from casefiles.model import CaseFile, Location, Path
from casefiles.oddities import has_no_oddity, oddities
from casefiles.plain import MisfitError, case_of
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import Vocabulary
from casefiles.validity import check_words
from casefiles.wordchecks import WordChecks

MOST_QUOTED = 80
"""How many characters of the source a quote shows."""


class Places(Protocol):
    """Where things stand in one source; nothing is searched before the first question."""

    @property
    def file(self) -> str:
        """The path of the source as the user gave it."""

    def locate(self, path: Path) -> Location:
        """Return where the value at a path stands, or the nearest thing around it that exists."""

    def locate_name(self, path: Path) -> Location:
        """Return where the name at a path stands: the key or the element that carries it."""


class LaterPlaces:
    """The places of a source that is looked into only when the first place is asked for."""

    def __init__(self, file: str, make: Callable[[], Places]) -> None:
        self.file = file
        self._make = make

    @cached_property
    def _places(self) -> Places:
        return self._make()

    def locate(self, path: Path) -> Location:
        """Return where the value at a path stands, or the nearest thing around it that exists."""
        return self._places.locate(path)

    def locate_name(self, path: Path) -> Location:
        """Return where the name at a path stands: the key or the element that carries it."""
        return self._places.locate_name(path)


def quick_reading(case: CaseFile, places: Places, checks: WordChecks) -> Reading:
    """Return the reading of a case that is right in every word; it may still have oddities."""
    if has_no_oddity(case, checks.vocabulary):
        return Reading(places.file, case, places.locate)
    return _reading(case, places, checks.vocabulary)


def reading_of(
    plain: object, places: Places, vocabulary: Vocabulary, warnings: Iterable[Problem] = ()
) -> Reading:
    """Return the reading of plain data; raises CaseFileError with every mistake at its place."""
    try:
        case = case_of(plain)
    except MisfitError as error:
        raise CaseFileError(problems_at(places, error.mistakes)) from None
    if mistakes := check_words(case, vocabulary):
        raise CaseFileError(problems_at(places, mistakes))
    return _reading(case, places, vocabulary, warnings)


def _reading(
    case: CaseFile, places: Places, vocabulary: Vocabulary, warnings: Iterable[Problem] = ()
) -> Reading:
    odd = problems_at(places, oddities(case, vocabulary))
    return Reading(places.file, case, places.locate, (*warnings, *odd))


def problems_at(places: Places, mistakes: Iterable[Mistake]) -> Iterator[Problem]:
    """Yield mistakes as problems with line and column, the first ones if there are too many."""
    rest = iter(mistakes)
    for mistake in islice(rest, MOST_MISTAKES):
        place = (places.locate_name if mistake.at_name else places.locate)(mistake.path)
        yield Problem(places.file, place.line, place.column, mistake.text, mistake.advice)
    if next(rest, None):
        text = f"问题超过 {MOST_MISTAKES} 处，其余没有列出"
        yield Problem(places.file, None, None, text, "请先改正以上各处")


def quoted(source: str) -> str:
    """Return a piece of source as a quote: on one line, of bounded length."""
    return shortened(source, MOST_QUOTED)
