"""The register of rule ids: what each stood for when somebody last looked (``ids.yaml`` beside the rules).

Waivers, ledgers and reports of years name rules by id alone, so an id must not come to mean something else
unnoticed. Ids of rules that are gone stay in the register, so that none is used for another duty.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from casefiles.names import normalised
from casefiles.problems import Problem
from engine.errors import RuleError
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.source import load

NAME = "ids.yaml"
_HEAD = """\
# 规则编号登记：编号: 标题、rows 和谓词那句话的摘要。由 anjuan rules --lint --accept 写入，不要手改。
# 规则删除以后编号仍留在这里，不得另作他用。
"""
_ENTRY = re.compile(r"[0-9a-f]{8}")
_MARKS = re.compile(r"\W")


class Accepted(NamedTuple):
    """How many ids were entered for the first time, and which were entered anew."""

    new: int
    changed: tuple[str, ...]


def meaning_of(rule: Rule) -> str:
    """Return a short hash of what a rule means: by its title without marks, its duties and its verb."""
    title = _MARKS.sub("", normalised(rule.title))
    parts = (title, " ".join(sorted(rule.rows)), rule.verb.sentence())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def read_ids(folder: Path) -> dict[str, str]:
    """Return the register of a folder of rules, empty where there is none; raises RuleError."""
    path = folder / NAME
    if not path.is_file():
        return {}
    source = load(path.read_bytes(), f"{folder.name}/{NAME}")
    if not isinstance(source.data, dict):
        raise RuleError([source.problem((), "不是编号的登记", "用 anjuan rules --lint --accept 重新写入")])
    entries = {name: str(value) for name, value in source.data.items()}
    wrong = [name for name, value in entries.items() if not _ENTRY.fullmatch(value)]
    if wrong:
        advice = "删去这一行，再用 anjuan rules --lint --accept 登记"
        raise RuleError([source.problem((name,), "不是八位的摘要", advice) for name in wrong])
    return entries


def changed_ids(rulebook: Rulebook, entries: Mapping[str, str]) -> Iterator[Rule]:
    """Yield the rules whose ids are entered with another meaning."""
    return (rule for rule in rulebook.rules if entries.get(rule.id, meaning_of(rule)) != meaning_of(rule))


def changed_problem(rule: Rule, place: Problem) -> Problem:
    """Return the problem, at a place in its file, that an id means something else than it did."""
    text = f"编号“{rule.id}”的含义变了：标题、rows 或者谓词与登记的不同"
    advice = "已是另一项义务的，换一个编号；仍是同一项的，用 anjuan rules --lint --accept 登记"
    return Problem(place.file, place.line, place.column, text, advice)


def accept(rulebook: Rulebook, folder: Path) -> Accepted:
    """Enter the ids of all rules as they are now; raises RuleError for a broken register."""
    before = read_ids(folder)
    changed = tuple(rule.id for rule in changed_ids(rulebook, before))
    now = {rule.id: meaning_of(rule) for rule in rulebook.rules}
    lines = [f'{name}: "{value}"\n' for name, value in sorted({**before, **now}.items())]
    (folder / NAME).write_text(_HEAD + "".join(lines), encoding="utf-8")
    return Accepted(len(now.keys() - before.keys()), changed)
