"""The figures as a table for people: printed, and as ``docs/speed.md`` with its chart."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from benchmarks.peers.chart import Bar, chart
from benchmarks.peers.engines import PRODUCT, YARDSTICKS, Engine
from benchmarks.peers.race import Time
from benchmarks.peers.rules import RULES

DOCS = Path(__file__).parents[2] / "docs"
TEMPLATE = Path(__file__).parent / "speed.template.md"
FORMS = {"json": "JSON", "xml": "XML"}


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: who took part with which times, who did not and why, and how it was done."""

    times: Mapping[str, Time]
    engines: Sequence[Engine]
    skipped: Mapping[str, str]
    files: int
    timed: int
    rounds: int
    verdicts: int
    sizes: Mapping[str, int]
    versions: Mapping[str, str]

    def of(self, form: str) -> list[Engine]:
        """Return those that read a form, the quickest first."""
        found = [engine for engine in self.engines if engine.reads == form]
        return sorted(found, key=lambda engine: self.times[engine.name].best)

    def ratios(self, engine: Engine) -> tuple[float, float]:
        """Return the time as a multiple of parsing, and of the product."""
        best = self.times[engine.name].best
        parsing, product = (self.times[one[engine.reads].name].best for one in (YARDSTICKS, PRODUCT))
        return best / parsing, best / product


def machine() -> str:
    """Return what kind of machine this is, without its name."""
    return (
        f"{platform.machine()}，{os.cpu_count()} 核，{platform.system()}，Python {platform.python_version()}"
    )


def printed(figures: Figures) -> str:
    """Return the table for a terminal."""
    lines = []
    for form, words in FORMS.items():
        lines.append(
            f"{words}：每个文件的微秒（最好、中位），是{YARDSTICKS[form].name}的几倍，是本产品的几倍"
        )
        for engine in figures.of(form):
            time, (parsing, product) = figures.times[engine.name], figures.ratios(engine)
            lines.append(f"{time.best:10.0f}{time.median:10.0f}{parsing:8.1f}{product:8.2f}  {engine.name}")
    lines += [f"没有参加：{name}：{reason}" for name, reason in figures.skipped.items()]
    return "\n".join(lines)


def drawn(figures: Figures) -> str:
    """Return the chart."""
    bars = []
    for form in FORMS:
        for engine in figures.of(form):
            best = figures.times[engine.name].best
            note = f"{best:,.0f}　{figures.ratios(engine)[1]:.2g}×"
            bars.append(Bar(engine.name, best, engine.role, note))
    return chart(
        "检查一个案卷要多久：从字节到结论",
        f"{len(RULES)} 条规则，40 个环节；微秒，对数刻度；× 是本产品的几倍；灰色只是解析；下半部分读 XML",
        bars,
    )


def _rows(figures: Figures, form: str) -> str:
    lines = [
        f"| 引擎 | 版本 | 微秒（最好） | 微秒（中位） | ÷ {YARDSTICKS[form].name} | ÷ 本产品 |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for engine in figures.of(form):
        time, (parsing, product) = figures.times[engine.name], figures.ratios(engine)
        name = f"**{engine.name}**" if engine.role == "product" else engine.name
        version = figures.versions.get(engine.name, "")
        lines.append(
            f"| {name} | {version} | {time.best:,.0f} | {time.median:,.0f} | {parsing:.1f} | {product:.2f} |"
        )
    return "\n".join(lines)


def written(figures: Figures) -> str:
    """Return the document."""
    lacks = "\n".join(f"| {one.name} | {one.lacks} |" for one in figures.engines if one.role == "peer")
    skipped = "\n".join(f"- {name}：{reason}" for name, reason in figures.skipped.items()) or "- 没有"
    rules = "\n".join(f"| `{rule.id}` | {rule.says} |" for rule in RULES)
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        count=len(RULES),
        day=date.today(),
        machine=machine(),
        files=figures.files,
        verdicts=f"{figures.verdicts:,}",
        json_bytes=f"{figures.sizes['json']:,}",
        xml_bytes=f"{figures.sizes['xml']:,}",
        json=_rows(figures, "json"),
        xml=_rows(figures, "xml"),
        skipped=skipped,
        timed=figures.timed,
        rounds=figures.rounds,
        lacks=lacks,
        rules=rules,
    )


def save(figures: Figures) -> None:
    """Write the document and the chart."""
    (DOCS / "speed.md").write_text(written(figures), encoding="utf-8")
    (DOCS / "speed.svg").write_text(drawn(figures), encoding="utf-8")
