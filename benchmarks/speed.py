"""Prints, in one run: reading, checking and reporting as µs per file and as ratios to ``json.loads``.

``python benchmarks/speed.py``: best of several rounds, 40 national rules, files of 40 acts in JSON; then
the time of one check for 20, 40, 80 … 640 acts with the slope of a straight line through the
logarithms (1.0: twice the acts, twice the time).
"""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from adapters.readers.source import read_case
from adapters.reports.jsonreport import render_json
from adapters.results import Run
from adapters.run import results
from casefiles.moments import moment_of
from casefiles.terms import standard_vocabulary
from engine.check import check
from engine.rulebook import Rulebook, read_rulebook

AS_OF = date(2026, 6, 30)
RULES = 40
ACTS = 40
ROUNDS = 7
SIZES = (20, 40, 80, 160, 320, 640)


def best(work: Callable[[], Any], rounds: int = ROUNDS, repeat: int = 20) -> float:
    """Return the least time of one call in µs, over several rounds of repeated calls."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for _ in range(repeat):
            work()
        times.append((time.perf_counter() - begin) / repeat)
    return min(times) * 1e6


def rules_of_the_nation(rulebook: Rulebook, count: int) -> Rulebook:
    """Return a rulebook of the first rules of the national packs, taken in turn from each."""
    packs: dict[str, list[str]] = {}
    for rule in rulebook.rules:
        if "/" not in rule.pack:
            packs.setdefault(rule.pack, []).append(rule.id)
    taken: list[str] = []
    while len(taken) < count and any(packs.values()):
        taken += [ids.pop(0) for ids in packs.values() if ids]
    return rulebook.only(taken[:count])


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


def encoded(acts: int) -> bytes:
    """Return the case as JSON."""
    return json.dumps(content(acts), ensure_ascii=False).encode()


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Return the slope of the straight line through the logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(one) for one in times]
    return statistics.linear_regression(xs, ys).slope


def main() -> None:
    """Print the figures."""
    vocabulary = standard_vocabulary()
    whole = read_rulebook()
    rulebook = rules_of_the_nation(whole, RULES)
    data = encoded(ACTS)
    reading = read_case("案卷.json", data, vocabulary)
    day = moment_of(AS_OF)
    checked = tuple(results([reading], rulebook, AS_OF))
    run = Run(AS_OF, "anjuan", rulebook.version, len(rulebook.rules), checked)
    times = {
        "json.loads": best(lambda: json.loads(data)),
        "读取（字节到案卷）": best(lambda: read_case("案卷.json", data, vocabulary)),
        f"检查（{len(rulebook.rules)} 条规则）": best(lambda: list(check(reading.case, rulebook, day))),
        f"检查（{len(whole.rules)} 条规则）": best(lambda: list(check(reading.case, whole, day))),
        "JSON 报告": best(lambda: render_json(run)),
    }
    unit = times["json.loads"]
    print(f"{ACTS} 个环节，{len(data)} 字节；每案微秒，及与 json.loads 之比")
    for name, one in times.items():
        print(f"  {one:10.1f}  {one / unit:8.1f}  {name}")
    print("环节翻倍：每次检查的微秒")
    doubling = [
        best(lambda case=case: list(check(case, rulebook, day)), rounds=3, repeat=3)
        for case in (read_case("案卷.json", encoded(size), vocabulary).case for size in SIZES)
    ]
    for size, one in zip(SIZES, doubling, strict=True):
        print(f"  {size:4}  {one:12.1f}")
    print(f"斜率 {slope(SIZES, doubling):.2f}（1.00 为线性）")


if __name__ == "__main__":
    main()
