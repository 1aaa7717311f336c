"""Coverage: which articles of the law and which duties of the register a rule stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.rule import Rule
from engine.rulebook import FOLDER, Rulebook
from engine.source import load

DUTIES = FOLDER / "duties.yaml"
"""The duty register that ships with the program."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the register; ``scope`` is case, agency, government or receiving body."""

    id: str
    system: str
    severity: str
    mark: str
    scope: str
    basis: str
    about: str


def read_duties(path: Path = DUTIES) -> list[Duty]:
    """Return the duty register in its order."""
    data = load(path.read_bytes(), path.name).data
    entries = data.get("duties", data)
    return [
        Duty(
            name,
            entry["system"],
            entry["severity"],
            entry["mark"],
            entry.get("scope", "case"),
            entry["basis"],
            entry["about"],
        )
        for name, entry in entries.items()
    ]


def rules_by_duty(rulebook: Rulebook) -> dict[str, list[str]]:
    """Return the rules and definitions that stand for each duty."""
    table: dict[str, list[str]] = {}
    for rule in rulebook.rules:
        for row in rule.rows:
            table.setdefault(row, []).append(rule.id)
    for definition in rulebook.definitions:
        for row in definition.rows:
            table.setdefault(row, []).append(definition.id)
    return table


def coverage_lines(rulebook: Rulebook, duties: list[Duty], *, missing: bool) -> Iterator[str]:
    """Yield the coverage by system and by instrument; with ``missing`` also what is not covered."""
    covered = rules_by_duty(rulebook)
    yield f"义务清单：{len(duties)} 条，规则 {len(rulebook.rules)} 条，定义 {len(rulebook.definitions)} 条"
    totals = Counter(duty.system for duty in duties)
    kept = Counter(duty.system for duty in duties if duty.id in covered)
    for system, total in totals.items():
        yield f"  {system}　{kept[system]}/{total}"
    yield ""
    yield "法律文件（条文：已有规则／应有规则；另由人工判断，案卷中看不出）"
    for law in rulebook.laws.all:
        if law.articles:
            yield _law_line(rulebook, law.id)
    if missing:
        yield ""
        yield "尚无规则的义务"
        for duty in duties:
            if duty.id not in covered and duty.scope == "case":
                yield f"  {duty.id}　{duty.about}（{duty.basis}；{duty.mark}）"


def _law_line(rulebook: Rulebook, name: str) -> str:
    law = next(one for one in rulebook.laws.all if one.id == name)
    cited = {
        article for rule in rulebook.rules for article in _articles(rule, {law.name, law.number, *law.names})
    }
    checkable = [one for one in law.articles if one.coverage == "rule"]
    done = [one for one in checkable if any(article.startswith(one.article) for article in cited)]
    person = sum(one.coverage == "person" for one in law.articles)
    unseen = sum(one.coverage == "uncheckable" for one in law.articles)
    return f"  {law.name}（{law.number}）　{len(done)}/{len(checkable)}；{person}，{unseen}"


def _articles(rule: Rule, names: set[str]) -> Iterator[str]:
    for cited in rule.basis:
        if cited.basis.law in names:
            yield from cited.basis.article.split("、")
