"""Checks made files, lawful ones and ones with a planted defect, and writes how they come out.

``python -m benchmarks.planted [COUNT [SEED]]`` prints the page ``docs/planted.md``; with 2,000 files of
each kind it takes about two minutes.
"""

from __future__ import annotations

import sys

import msgspec

from casefiles.model import CaseFile, decode_hook
from casefiles.moments import parse_moment
from casefiles.terms import standard_vocabulary
from engine.check import outcomes
from engine.findings import Outcome, Severity
from engine.rulebook import Rulebook, read_rulebook
from inspection.made.confusion import Confusion, confusion_of
from inspection.made.damage import Case
from inspection.made.defects import defects
from inspection.made.files import lawful_files, planted_files

COUNT, SEED = 2_000, 2026
AS_OF = parse_moment("2026-11-25")
_BROKEN = (Outcome.BREACHED, Outcome.ERROR)


def broken_rules(case: Case, rulebook: Rulebook) -> frozenset[str]:
    """Return the rules that a made file breaks."""
    file = msgspec.convert(case, CaseFile, dec_hook=decode_hook)
    return frozenset(rule.id for rule, _, outcome in outcomes(file, rulebook, AS_OF) if outcome in _BROKEN)


def confusions(rulebook: Rulebook, count: int, seed: int) -> tuple[Confusion, Confusion]:
    """Return how so many lawful files and so many with one defect come out."""
    words = standard_vocabulary()
    return confusion_of(
        lawful_files(count, seed, rulebook.calendar, words),
        planted_files(count, seed + 1, rulebook.calendar, words, defects()),
        lambda case: broken_rules(case, rulebook),
    )


def page(rulebook: Rulebook, count: int, seed: int) -> str:
    """Return the page in Chinese."""
    clean, spoilt = confusions(rulebook, count, seed)
    rules = [rule for rule in rulebook.rules if spoilt.found[rule.id] or spoilt.missed[rule.id]]
    grades = [(grade.chinese, sum(rule.severity is grade for rule in rules)) for grade in Severity]
    lines = [
        "# 种下缺陷的检验",
        "",
        f"`python -m benchmarks.planted {count} {seed}` 生成本页。案卷都是程序编的，"
        "人名、单位、代码均为虚构，覆盖各执法领域、各地区，日期从 2019 年到 2026 年，见 `inspection/made/`。",
        "",
        f"- 合规的案卷 {clean.files} 份：判为不合规的 {sum(clean.extra.values())} 项。",
        f"- 各种下一处缺陷的案卷 {spoilt.files - spoilt.harmless} 份，另有 {spoilt.harmless} 份的缺陷只违反"
        f"其他领域、地区、日期的规定；缺陷 {len(spoilt.defects)} 种，涉及规则 {len(rules)} 条："
        f"应当查出 {sum(spoilt.found.values()) + sum(spoilt.missed.values())} 项，"
        f"查出 {sum(spoilt.found.values())} 项，漏 {sum(spoilt.missed.values())} 项，"
        f"多 {sum(spoilt.extra.values())} 项。",
        "- 涉及的规则中，" + "、".join(f"{grade} {number} 条" for grade, number in grades) + "。",
        "",
        "哪些规则因一处缺陷而不合规，事先按法律写在 `inspection/made/defects/` 中，不取自检查的结果。",
        "",
        "| 规则 | 种下 | 查出 | 漏 | 多 |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {rule.title}（`{rule.id}`） | {spoilt.found[rule.id] + spoilt.missed[rule.id]} "
            f"| {spoilt.found[rule.id]} | {spoilt.missed[rule.id]} | {spoilt.extra[rule.id]} |"
            for rule in sorted(rules, key=lambda one: one.id)
        ),
        "",
        "| 缺陷 | 份数 |",
        "|---|---:|",
        *(f"| {name} | {number} |" for name, number in sorted(spoilt.defects.items())),
        "",
    ]
    if clean.wrong or spoilt.wrong:
        lines += ["不相符的案卷：", "", *(f"- {one}" for one in clean.wrong + spoilt.wrong), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.stdout.write(page(read_rulebook(), *given, *(COUNT, SEED)[len(given) :]))
