"""The rulebook: every rule, definition, limit, law and calendar of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from casefiles.terms import Vocabulary, standard_vocabulary
from engine.calendar import WorkingCalendar
from engine.compiled.evaluator import Evaluator
from engine.laws import Laws
from engine.limits import Limits
from engine.rule import Definition, Rule
from engine.rulefiles import Files, read_files

FOLDER = Path(__file__).parent.parent / "rules"
"""The rules that ship with the program."""


class Rulebook(Struct, frozen=True, dict=True):
    """All that a check needs besides the file and the day; ``version`` is a hash of every file."""

    version: str
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    limits: Limits
    laws: Laws
    calendar: WorkingCalendar
    vocabulary: Vocabulary

    @cached_property
    def evaluator(self) -> Evaluator:
        """The rules and definitions, compiled."""
        return Evaluator(self.rules, self.definitions, self.limits, self.calendar, self.vocabulary)

    def rule(self, name: str) -> Rule | None:
        """Return the rule of an id."""
        return next((rule for rule in self.rules if rule.id == name), None)

    def only(self, names: Iterable[str]) -> Rulebook:
        """Return a rulebook with these rules alone; definitions, limits and laws stay."""
        wanted = set(names)
        rules = tuple(rule for rule in self.rules if rule.id in wanted)
        return Rulebook(
            self.version,
            rules,
            self.definitions,
            self.limits,
            self.laws,
            self.calendar,
            self.vocabulary,
        )


def read_rulebook(folder: Path = FOLDER, vocabulary: Vocabulary | None = None) -> Rulebook:
    """Read a folder of rules; raises RuleError with the problems of all its files."""
    return rulebook_from(read_files(folder), folder, vocabulary or standard_vocabulary())


def rulebook_from(files: Files, folder: Path, vocabulary: Vocabulary) -> Rulebook:
    """Build the rulebook of the files of a folder, which is named in problems; raises RuleError."""
    # What reads documents is slow to import, and a start from a stored rulebook reads none.
    from engine.rulereading import read_parts

    return Rulebook(*read_parts(files, folder, vocabulary), vocabulary)
