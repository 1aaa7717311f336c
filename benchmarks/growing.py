"""Files of any number of acts and rulebooks of any number of rules, to see how cost grows."""

from __future__ import annotations

import random
from typing import Any

from msgspec.structs import replace

from engine.rulebook import Rulebook


def content(acts: int) -> dict[str, Any]:
    """Return a penalty case of so many acts: the decision and its like, and ever more interviews."""
    facts = {"出示证件": True, "告知事由依据权利": True, "当事人确认": "签名", "执法人员确认": True}
    facts["记录形式"] = ["文字记录"]
    by = [{"person": "P1", "role": "执法人员"}, {"person": "P2", "role": "执法人员"}]
    listed: list[dict[str, Any]] = [
        {"id": "A1", "kind": "立案", "starts": "2024-03-01"},
        {"id": "A2", "kind": "事先告知", "starts": "2024-04-01"},
        {"id": "A3", "kind": "执法决定", "starts": "2024-04-15", "facts": {"罚款金额": 5000}},
        {"id": "A4", "kind": "公示", "starts": "2024-04-18", "about": ["A3"]},
        {"id": "A5", "kind": "送达", "starts": "2024-04-18", "about": ["A3"]},
    ]
    while len(listed) < acts - 1:
        name = f"A{len(listed) + 1}"
        hour = 8 + len(listed) % 8
        times = {"starts": f"2024-03-05T{hour:02}:00", "ends": f"2024-03-05T{hour:02}:40"}
        listed.append({"id": name, "kind": "询问", **times, "by": by, "facts": facts})
        if len(listed) < acts - 1:
            video = {"id": f"V{name}", "kind": "音像记录", **times, "about": [name]}
            listed.append({**video, "facts": {"形式": "视频"}})
    listed.append({"id": "Z", "kind": "结案", "starts": "2024-05-20"})
    certificate = {"number": "13010012345", "valid_from": "2023-01-01", "valid_to": "2027-12-31"}
    return {
        "number": "示例〔2024〕1号",
        "kind": "行政处罚",
        "procedure": "普通程序",
        "field": "市场监管",
        "agency": {"name": "示例市执法局", "level": "市"},
        "parties": [{"name": "示例商贸有限公司", "kind": "法人"}],
        "persons": [
            {"id": name, "name": name, "roles": ["执法人员"], "certificate": certificate}
            for name in ("P1", "P2")
        ],
        "acts": listed,
    }


def rules_times(rulebook: Rulebook, count: int) -> Rulebook:
    """Return a rulebook of so many rules: those of the rulebook shuffled, over and over under new ids.

    Each count is then a fair mixture; in the order of the packs the dear ones stand together.
    """
    shuffled = list(rulebook.rules)
    random.Random(1).shuffle(shuffled)
    rules = [
        replace(rule, id=f"{rule.id}-{turn}" if turn else rule.id)
        for turn in range(count // len(rulebook.rules) + 1)
        for rule in shuffled
    ]
    return replace(rulebook, rules=tuple(rules[:count]))
