from __future__ import annotations

from adapters.cluster.tally import Tally
from engine.findings import Outcome, Severity


def test_the_counts_are_told_from_the_worst_to_the_best() -> None:
    findings = {
        (Outcome.BREACHED, Severity.VETO): 2,
        (Outcome.BREACHED, Severity.NOTE): 1,
        (Outcome.MET, Severity.MINOR): 5,
    }
    tally = Tally("/结果", 9, 1, findings, 40, 3, ("甲.json: 文件是空的",))
    assert list(tally.lines()) == [
        "甲.json: 文件是空的",
        "案卷 10 个，其中读不了 1 个",
        "  执行出错　0",
        "  不合规　3（一票否决 2，严重 0，一般 0，提示 1）",
        "  无法判定　0",
        "  未到期　0",
        "  已豁免　0",
        "  不适用　40",
        "  合规　5",
        "同一机关的同一案号出现不止一次的有 3 个，请核对是否重复",
        "已写入 /结果",
    ]


def test_numbers_that_are_not_repeated_are_not_spoken_of() -> None:
    assert not any("同一案号" in line for line in Tally("/结果", 1, 0, {}, 0, 0, ()).lines())
