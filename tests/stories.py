"""Features run without pytest, so that a mutant of a rule can be tried against its scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from engine.rulebook import Rulebook
from tests.steps import SENTENCES
from tests.workbench import Workbench


def stories(path: Path) -> list[tuple[str, list[str]]]:
    """Return every scenario of a feature, outlines filled in, as its name and its steps."""
    document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    document["uri"] = str(path)
    return [
        (pickle["name"], [step["text"] for step in pickle["steps"]])
        for pickle in Compiler().compile(document)
    ]


def failures(rulebook: Rulebook, path: Path, told: list[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield the names of the scenarios that do not come out as written."""
    return (name for name, _ in told_failures(rulebook, path, told))


def told_failures(
    rulebook: Rulebook, path: Path, told: list[tuple[str, list[str]]]
) -> Iterator[tuple[str, str]]:
    """Yield the scenarios that do not come out as written, each with what was found instead."""
    for name, steps in told:
        bench = Workbench(rulebook)
        bench.rule = path.stem
        try:
            run(bench, steps)
        except AssertionError as error:
            yield name, str(error)


def run(bench: Workbench, steps: list[str]) -> None:
    """Do the steps of a scenario; raises AssertionError where one does not come out as written."""
    for text in steps:
        _run(bench, text)


def _run(bench: Workbench, text: str) -> None:
    for _, parser, step in SENTENCES:
        if parser.is_matching(text):
            step(bench, **(parser.parse_arguments(text) or {}))
            return
    raise LookupError(f"没有这样的步骤：{text}")
