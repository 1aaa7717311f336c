"""The book of rules: every page as a name and its Markdown, from the rulebook and its features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.coverage import Coverage, articles_of, coverage_of, read_duties
from adapters.explain import MARKS, definitions_of, feature_of, limit_value, limits_of, with_titles
from adapters.pages.examples import NOT_RUN, Example, Results, examples
from engine.findings import Severity
from engine.rule import Rule
from engine.rulebook import Rulebook

PACKS = {
    "disclosure": "公示",
    "recording": "全过程记录",
    "review": "法制审核",
    "procedure": "程序",
    "licence": "行政许可",
    "coercion": "行政强制措施",
    "execution": "执行",
    "inspection": "行政检查",
    "agencies": "执法主体",
    "fields": "领域",
    "regions": "地区",
}
"""How folders of rules are called, by their first step."""

PLACES = {
    "market-regulation": "市场监管",
    "agriculture": "农业",
    "transport": "交通运输",
    "housing-construction": "住房城乡建设",
    "medical-insurance": "医疗保障",
    "civil-affairs": "民政",
    "natural-resources": "自然资源",
    "ecology-environment": "生态环境",
    "health": "卫生健康",
    "public-security": "公安、治安",
    "customs": "海关",
    "several": "几个领域",
    "inner-mongolia": "内蒙古",
    "guizhou": "贵州",
    "sichuan": "四川",
}
"""How fields and regions are called."""


_GROUPS = ("合规与不合规的分界", "合规的", "不合规的", "不适用、无法判定和未到期的")


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule with what its page shows besides."""

    rule: Rule
    pack: str
    examples: tuple[Example, ...]

    @property
    def groups(self) -> list[tuple[str, list[Example]]]:
        """The examples by what they show, each once; a group without any is left out."""
        table: dict[str, list[Example]] = {title: [] for title in _GROUPS}
        for one in self.examples:
            kept, broken = "合规" in one.outcomes, "不合规" in one.outcomes
            table[_GROUPS[0 if kept and broken else 1 if kept else 2 if broken else 3]].append(one)
        return [(title, found) for title, found in table.items() if found]

    @property
    def page(self) -> str:
        """The path of its page, without an ending."""
        return f"rules/{self.rule.id}"


def pack_words(pack: str) -> str:
    """Return a folder of rules as users read it."""
    steps = pack.split("/")
    first = PACKS.get(steps[0], steps[0])
    return f"{first}：{PLACES.get(steps[1], steps[1])}" if len(steps) > 1 else first


def pages(rulebook: Rulebook, features: Path, results: Results = NOT_RUN) -> Iterator[tuple[str, str]]:
    """Yield the path of every page, relative and with its ending, and its text.

    A page for each rule; indexes by law, by system, by severity and by folder; the register of
    duties; and the scenarios with their last results.
    """
    entries = tuple(_entry(rule, features, results) for rule in rulebook.rules)
    coverage = coverage_of(rulebook, read_duties())
    shared = {"rulebook": rulebook, "entries": entries, "results": results, "coverage": coverage}
    for entry in entries:
        yield f"{entry.page}.md", _written("rule.md", **_facts_of(entry, rulebook, coverage), **shared)
    yield (
        "rules/by-law.md",
        _written("by-law.md", articles_of=articles_of, titles=_titles(rulebook), **shared),
    )
    yield "rules/by-system.md", _written("by-system.md", systems=_by_system(entries, coverage), **shared)
    yield "rules/by-severity.md", _written("by-severity.md", severities=list(Severity), **shared)
    yield "rules/by-folder.md", _written("by-folder.md", **shared)
    yield "rules/duties.md", _written("duties.md", pages={one.rule.id for one in entries}, **shared)
    yield "rules/scenarios.md", _written("scenarios.md", **shared)


def _entry(rule: Rule, features: Path, results: Results) -> Entry:
    told = results.rules.get(rule.id, [])
    return Entry(rule, pack_words(rule.pack), tuple(examples(feature_of(rule, features), told)))


def _facts_of(entry: Entry, rulebook: Rulebook, coverage: Coverage) -> dict[str, object]:
    rule = entry.rule
    duties = {duty.id: duty for duty in coverage.duties}
    return {
        "entry": entry,
        "rule": rule,
        "sentence": with_titles(rule.sentence, rulebook),
        "demand": with_titles(rule.verb.sentence(), rulebook),
        "duties": [duties[row] for row in rule.rows if row in duties],
        "definitions": definitions_of(rule, rulebook),
        "limits": [rulebook.limits.table[name] for name in sorted(limits_of(rule, rulebook))],
        "limit_value": limit_value,
        "marks": MARKS,
    }


def _titles(rulebook: Rulebook) -> dict[str, str]:
    return {rule.id: rule.title for rule in rulebook.rules}


def _by_system(entries: tuple[Entry, ...], coverage: Coverage) -> dict[str, list[Entry]]:
    """Return the rules by the system of the duties they decide; those without a duty by their folder."""
    systems = {duty.id: duty.system for duty in coverage.duties}
    table: dict[str, list[Entry]] = {system: [] for system in dict.fromkeys(systems.values())}
    for entry in entries:
        for system in dict.fromkeys(systems[row] for row in entry.rule.rows if row in systems):
            table[system].append(entry)
    return table


@cache
def _templates() -> Environment:
    folder = Path(__file__).parent / "templates"
    found = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        keep_trailing_newline=True,
    )
    found.filters["cell"] = cell
    return found


def cell(text: object) -> str:
    """Return a text for a cell of a Markdown table; what would be markup is shown as it stands."""
    told = str(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return told.replace("*", "\\*").replace("_", "\\_").replace("`", "\\`")


def _written(name: str, **values: object) -> str:
    return _templates().get_template(name).render(**values)
