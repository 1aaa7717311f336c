"""The examples of a rule as its feature tells them, with the result of the last run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_SCENARIO = re.compile(r"^  场景(?:大纲)?: ?(.*)$")
_OUTCOME = re.compile(r"结论为“([^<”]+)”")
_SAID = ("合规", "不合规", "未到期", "无法判定", "不适用")


@dataclass(frozen=True, slots=True)
class Example:
    """A scenario: its name, its text, the outcomes it shows, and how the last run ended.

    ``failed`` names what came out instead, empty where it came out as written; ``runs`` is 0 where
    it was not run.
    """

    name: str
    text: str
    outcomes: tuple[str, ...]
    runs: int = 0
    failed: tuple[str, ...] = ()

    @property
    def result(self) -> str:
        """The result of the last run in a word."""
        if not self.runs:
            return "未运行"
        return "未通过" if self.failed else "通过"


@dataclass(frozen=True, slots=True)
class Results:
    """How the scenarios ended when they were last run: by rule, then each name with what failed."""

    day: str
    rules: Mapping[str, list[tuple[str, str]]]


NOT_RUN = Results("", {})


def read_results(path: Path) -> Results:
    """Return the results that ``python -m tests.living`` wrote; raises ValueError for anything else."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Results(
        data["day"], {rule: [(name, why) for name, why in told] for rule, told in data["rules"].items()}
    )


def examples(path: Path, told: list[tuple[str, str]]) -> list[Example]:
    """Return the scenarios of a feature, in their order; none where there is no feature."""
    if not path.is_file():
        return []
    return [_with_result(one, told) for one in _scenarios(path.read_text(encoding="utf-8"))]


def _scenarios(text: str) -> Iterator[Example]:
    name, lines = "", list[str]()
    for line in text.splitlines():
        if found := _SCENARIO.match(line):
            if name:
                yield _example(name, lines)
            name, lines = found[1], []
        if name:
            lines.append(line.removeprefix("  "))
    if name:
        yield _example(name, lines)


def _example(name: str, lines: list[str]) -> Example:
    # A comment that stands before the next scenario belongs to that one.
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines = lines[:-1]
    text = "\n".join(lines)
    rows = {cell.strip() for line in lines if line.lstrip().startswith("|") for cell in line.split("|")}
    shown = set(_OUTCOME.findall(text)) | (rows if "结论为“<" in text else set())
    return Example(name, text, tuple(word for word in _SAID if word in shown))


def _with_result(one: Example, told: list[tuple[str, str]]) -> Example:
    """Give an example the results of its runs; the runs of an outline bear its name, filled in."""
    pattern = re.compile(
        re.sub(r"<[^>]+>", ".*", re.escape(one.name).replace(r"\<", "<").replace(r"\>", ">"))
    )
    runs = [why for name, why in told if pattern.fullmatch(name)]
    return Example(one.name, one.text, one.outcomes, len(runs), tuple(why for why in runs if why))
