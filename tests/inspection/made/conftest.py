from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from adapters.readers.source import read_case
from casefiles.model import CaseFile
from casefiles.moments import parse_moment
from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from engine.check import check
from engine.rulebook import Rulebook
from inspection.made.setting import Setting, any_setting

Story = Callable[[Setting, Random, WorkingCalendar, Vocabulary], dict[str, Any]]
AS_OF = parse_moment("2026-11-25")


class Maker:
    """Makes files of a story from seeds, reads them as a reader of files would, and checks them."""

    def __init__(self, book: Rulebook, words: Vocabulary) -> None:
        self._book = book
        self._words = words

    def made(self, story: Story, seed: str, *, field: str | None = None) -> dict[str, Any]:
        """Return the plain data of a file."""
        dice = Random(seed)
        return story(any_setting(dice, 7, self._words, field=field), dice, self._book.calendar, self._words)

    def read(self, data: dict[str, Any]) -> tuple[CaseFile, list[str]]:
        """Return the file as read, and every warning."""
        text = json.dumps(data, ensure_ascii=False).encode()
        found = read_case("made.json", text, self._words)
        return found.case, [warning.text for warning in found.warnings]

    def faults(self, data: dict[str, Any]) -> list[str]:
        """Return what a lawful file must not have: warnings, breaches and errors."""
        case, told = self.read(data)
        outcomes = (
            f"{one.rule} {one.outcome.value}: {one.message}"
            for one in check(case, self._book, AS_OF)
            if one.outcome.value in ("breached", "error")
        )
        return [*told, *outcomes]

    def met(self, story: Story, seeds: Sequence[str], **options: Any) -> set[str]:
        """Return the rules that the files of some seeds meet."""
        cases = (self.read(self.made(story, seed, **options))[0] for seed in seeds)
        return {
            one.rule for case in cases for one in check(case, self._book, AS_OF) if one.outcome.value == "met"
        }


@pytest.fixture(scope="session")
def maker(rulebook: Rulebook, vocabulary: Vocabulary) -> Maker:
    return Maker(rulebook, vocabulary)
