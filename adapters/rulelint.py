"""The lint of rules: what loads and still is not right, at the place where it stands.

Words that say other numbers than the logic, sources that were no longer law, ids that changed their meaning.
What needs scenarios to be run is in the tests (``tests/test_reach.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from adapters.ruleids import changed_ids, changed_problem, read_ids
from adapters.rulewords import word_faults
from casefiles.problems import Problem
from engine.lawcheck import ended_problems
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.rulefiles import files_in, read_files, rule_files
from engine.source import Source, load


def rule_problems(rulebook: Rulebook, folder: Path) -> list[Problem]:
    """Return the problems of the files of a rulebook, but for its ids, in the order of the files."""
    sources = _sources(folder)
    problems = [problem for one in sources.values() for problem in ended_problems(one, rulebook.laws)]
    for rule in rulebook.rules:
        for wrong in word_faults(rule, rulebook):
            problems.append(sources[rule.file].problem((wrong.key,), wrong.text, wrong.advice))
    return sorted(problems)


def id_problems(rulebook: Rulebook, folder: Path) -> Iterator[Problem]:
    """Yield the ids that mean something else than the register of the folder says; raises RuleError."""
    entries = read_ids(folder)
    for rule in changed_ids(rulebook, entries):
        yield changed_problem(rule, _place(rule, folder))


def _place(rule: Rule, folder: Path) -> Problem:
    path = folder / rule.pack / f"{rule.id}.yaml"
    return load(path.read_bytes(), rule.file).problem(("id",), "")


def _sources(folder: Path) -> Mapping[str, Source]:
    """Return what cites laws, by the name under which problems tell it."""
    files = read_files(folder)
    names = [*rule_files(files), *files_in(files, "definitions"), *files_in(files, "limits")]
    named = {name: f"{folder.name}/{name}" for name in names}
    return {file: load(files[name], file) for name, file in named.items()}
