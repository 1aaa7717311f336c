"""Coverage: for which duties of the register and articles of the law there is a rule, and what is open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from casefiles.problems import Problem
from engine.findings import Basis
from engine.laws import Article, Law
from engine.rulebook import FOLDER, Rulebook
from engine.source import load

DUTIES = FOLDER / "duties.yaml"
"""The duty register that ships with the program."""

STALE_AFTER = 365
"""After so many days a basis counts as not verified of late."""

_SCENARIO = re.compile(r"^\s*场景(?:大纲)?:", re.MULTILINE)
_ROW = re.compile(r"^\|\s*([A-Z]{3}-\d{3})\s*\|", re.MULTILINE)


class Duty(Struct, frozen=True):
    """One duty of the register.

    ``scope`` is case, agency, government or receiving body. ``left`` says who decides it if no rule
    does: 人工判断 (a person, on this file) or 卷外 (no file shows it); ``why`` gives the reason.
    """

    id: str
    system: str
    severity: str
    mark: str
    scope: str
    basis: str
    about: str
    left: str = ""
    why: str = ""


def read_duties(path: Path = DUTIES) -> list[Duty]:
    """Return the duty register in its order."""
    data = load(path.read_bytes(), path.name).data
    return [
        Duty(
            name,
            entry["system"],
            entry["severity"],
            entry["mark"],
            entry.get("scope", "case"),
            entry["basis"],
            entry["about"],
            entry.get("left", ""),
            entry.get("why", ""),
        )
        for name, entry in data.items()
    ]


def rules_by_duty(rulebook: Rulebook) -> dict[str, list[str]]:
    """Return the rules and definitions that stand for each duty."""
    table: dict[str, list[str]] = {}
    rows = [(one.id, one.rows) for one in rulebook.rules]
    rows += [(one.id, one.rows) for one in rulebook.definitions]
    for name, stands_for in rows:
        for row in stands_for:
            table.setdefault(row, []).append(name)
    return table


class Coverage(Struct, frozen=True):
    """The register held against the rules: what decides each duty, and what is open."""

    duties: tuple[Duty, ...]
    rules: Mapping[str, list[str]]

    @property
    def open(self) -> list[Duty]:
        """The duties for which there is neither a rule nor a reason."""
        return [one for one in self.duties if one.id not in self.rules and not one.left]

    def state(self, duty: Duty) -> str:
        """Return how a duty is decided: 规则, 人工判断, 卷外 or 待办."""
        return "规则" if duty.id in self.rules else duty.left or "待办"


def coverage_of(rulebook: Rulebook, duties: Iterable[Duty]) -> Coverage:
    """Return the duties with the rules that decide them."""
    return Coverage(tuple(duties), rules_by_duty(rulebook))


def summary_lines(rulebook: Rulebook, coverage: Coverage) -> Iterator[str]:
    """Yield the coverage by system, and the state of the articles of every instrument."""
    rules, definitions = len(rulebook.rules), len(rulebook.definitions)
    yield f"义务清单：{len(coverage.duties)} 条，规则 {rules} 条，定义 {definitions} 条"
    yield "  系统　规则／全部；另由人工判断，卷外，待办"
    systems = Counter(duty.system for duty in coverage.duties)
    for system in [*systems, ""]:
        states = Counter(coverage.state(one) for one in coverage.duties if system in ("", one.system))
        left = "，".join(str(states[state]) for state in ("人工判断", "卷外", "待办"))
        yield f"  {system or '合计'}　{states['规则']}/{states.total()}；{left}"
    yield ""
    yield "法律文件（条文：已有规则／应有规则；另由人工判断，案卷中看不出）"
    for law in rulebook.laws.all:
        if law.articles:
            yield _law_line(rulebook, law)


def duty_lines(coverage: Coverage, *, only_open: bool = False) -> Iterator[str]:
    """Yield every duty with what decides it, or only those that are open."""
    for duty in coverage.open if only_open else coverage.duties:
        about = f"  {duty.id}　{duty.about}（{duty.basis}；{duty.mark}）"
        if duty.id in coverage.rules:
            yield f"{about}：{'、'.join(coverage.rules[duty.id])}"
        elif duty.left:
            yield f"{about}：{duty.left}。{duty.why}"
        else:
            yield f"{about}：待办"


def sheet_problems(path: Path, duties: Iterable[Duty]) -> list[Problem]:
    """Return where a table of duties (Markdown, the id in the first column) and the register differ."""
    text = path.read_text(encoding="utf-8")
    known = {duty.id for duty in duties}
    found: dict[str, int] = {}
    problems = []
    for match in _ROW.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match[1] in found:
            problems.append(Problem(str(path), line, 3, f"“{match[1]}”列了两次", "一条义务只列一次"))
        elif match[1] not in known:
            problems.append(Problem(str(path), line, 3, f"义务清单里没有“{match[1]}”", "补入 duties.yaml"))
        found.setdefault(match[1], line)
    gone = sorted(known - found.keys())
    problems += [Problem(str(path), None, None, f"没有列出“{name}”", "核对义务清单") for name in gone]
    return problems


def law_lines(rulebook: Rulebook, law: Law, scenarios: Mapping[str, int]) -> Iterator[str]:
    """Yield the articles of an instrument: the state of each, its rules and the number of scenarios."""
    yield f"{law.name}（{law.number}）"
    for article, state, rules in articles_of(rulebook, law):
        told = "、".join(f"{one}（场景 {scenarios[one]}）" if one in scenarios else one for one in rules)
        note = f"　{article.note}" if article.note else ""
        yield f"  {article.article}　{state}　{told or '（无）'}{note}"


def articles_of(rulebook: Rulebook, law: Law) -> Iterator[tuple[Article, str, list[str]]]:
    """Yield every article of an instrument with its state in words and the rules that cite it."""
    cited = _cited(rulebook, law)
    for article in law.articles:
        rules = _rules_of(article, cited)
        is_open = article.coverage == "rule" and not rules
        yield article, _STATES["pending" if is_open else article.coverage], rules


_STATES = {"rule": "规则", "person": "人工判断", "uncheckable": "案卷中看不出", "pending": "待办"}


def open_articles(rulebook: Rulebook, law: Law) -> list[Article]:
    """Return the articles that should have a rule and have none, and those that wait for one."""
    cited = _cited(rulebook, law)
    return [
        one
        for one in law.articles
        if one.coverage == "pending" or (one.coverage == "rule" and not _rules_of(one, cited))
    ]


def scenarios_by_rule(folder: Path, rulebook: Rulebook) -> dict[str, int]:
    """Return how many scenarios, outlines counted once, the feature of each rule has."""
    paths = {rule.id: folder / rule.pack / f"{rule.id}.feature" for rule in rulebook.rules}
    return {
        name: len(_SCENARIO.findall(path.read_text(encoding="utf-8")))
        for name, path in paths.items()
        if path.is_file()
    }


def stale_lines(rulebook: Rulebook, today: date) -> Iterator[str]:
    """Yield the rules whose basis was last verified too long ago, the oldest first."""
    found = sorted(
        (min(cited.basis.verified for cited in rule.basis), rule.id) for rule in rulebook.rules if rule.basis
    )
    for verified, name in found:
        days = (today - verified).days
        if days > STALE_AFTER:
            yield f"  {name}　依据最近核实于 {verified}，已 {days} 日"


def _cited(rulebook: Rulebook, law: Law) -> dict[str, list[str]]:
    """Return the articles of an instrument that rules, definitions and limits cite, with who cites them."""
    names = {law.name, law.number, *law.names}
    table: dict[str, list[str]] = {}
    for name, basis in _bases(rulebook):
        if basis.law in names:
            for article in basis.article.split("、"):
                table.setdefault(article, []).append(name)
    return table


def _bases(rulebook: Rulebook) -> Iterator[tuple[str, Basis]]:
    for rule in rulebook.rules:
        yield from ((rule.id, cited.basis) for cited in rule.basis)
        yield from ((rule.id, basis) for one in rule.unless for basis in one.basis)
    for definition in rulebook.definitions:
        yield from ((definition.id, basis) for one in definition.grounds for basis in one.basis)
    for limit in rulebook.limits.table.values():
        yield from ((limit.id, value.basis) for value in limit.values)


def _rules_of(article: Article, cited: Mapping[str, list[str]]) -> list[str]:
    found = [name for one, names in cited.items() if _is_within(one, article.article) for name in names]
    return list(dict.fromkeys(found))


def _is_within(cited: str, article: str) -> bool:
    """Tell whether what is cited is this article, or a paragraph or an item of it."""
    return cited == article or (cited.startswith(article) and cited[len(article)] in "第（")


def _law_line(rulebook: Rulebook, law: Law) -> str:
    cited = _cited(rulebook, law)
    checkable = [one for one in law.articles if one.coverage == "rule"]
    done = [one for one in checkable if _rules_of(one, cited)]
    person = sum(one.coverage == "person" for one in law.articles)
    unseen = sum(one.coverage == "uncheckable" for one in law.articles)
    return f"  {law.name}（{law.number}）　{len(done)}/{len(checkable)}；{person}，{unseen}"
