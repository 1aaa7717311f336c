"""A new rule: its two files from templates, for legal staff to fill in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from engine.rulefiles import REGISTERS

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

_RULE = """\
id: {id}
title: 一句话说明义务：谁、何时、做什么
severity: minor                      # veto 一票否决 | major 严重 | minor 一般 | note 提示
effect: 程序轻微违法                   # 法律效果，与程度分开
basis:
  - {{law: 中华人民共和国行政处罚法, article: 第四十八条, since: 2021-07-15, verified: {today}}}
applies: {{kind: 行政处罚}}
subject: {{act: 执法决定}}
require:
  followed_by: {{act: 公示, within: 7 working days}}
message: "{{subject}}应当在 {{due}} 前公示，实际：{{found}}。"
remedy: {{cure: 补正, do: 写明现在还能依法做什么；不得更改原始记录。}}
"""

_FEATURE = """\
# language: zh-CN
功能: 与规则同一句话

  场景大纲: 期限的最后一日和次日：<说明>
    假如 2024-04-30有“执法决定”
    而且 <公示日>有“公示”
    当 于2024-12-31检查
    那么 结论为“<结论>”

    例子:
      | 说明         | 公示日     | 结论   |
      | 第七个工作日 | 2024-05-13 | 合规   |
      | 第八个工作日 | 2024-05-14 | 不合规 |
"""


def new_rule(name: str, rules: Path, features: Path, today: date) -> tuple[Path, Path]:
    """Write the rule and the feature of ``folder/id`` and return their paths.

    Raises ValueError for a name that cannot be, or one that exists, and OSError where they cannot
    be written.
    """
    folder, _, slug = name.rpartition("/")
    _demand_usable(name, folder, slug)
    rule, feature = rules / folder / f"{slug}.yaml", features / folder / f"{slug}.feature"
    taken = [*rules.rglob(f"{slug}.yaml"), *(path for path in (feature,) if path.exists())]
    if taken:
        raise ValueError(f"编号“{slug}”已有：{taken[0]}")
    for path, text in ((rule, _RULE.format(id=slug, today=today)), (feature, _FEATURE)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return rule, feature


def _demand_usable(name: str, folder: str, slug: str) -> None:
    parts = folder.split("/")
    if not _ID.fullmatch(slug) or any(not part.strip(". ") for part in parts):
        raise ValueError(
            f"“{name}”应写成 文件夹/编号，编号用小写字母、数字和连字符，如 disclosure/decision-published"
        )
    if parts[0] in REGISTERS:
        raise ValueError(f"“{parts[0]}”不放规则，换一个文件夹，如 disclosure/{slug}")
