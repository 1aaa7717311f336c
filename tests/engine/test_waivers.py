from __future__ import annotations

from datetime import date

import pytest

from engine.errors import RuleError
from engine.findings import Finding, Outcome, Severity
from engine.waivers import read_waivers, with_waivers

WAIVERS = """\
waivers:
  - rule: decision-published
    case: 甲〔2024〕1号
    reason: 平台故障，已书面说明
    approver: 李某
    until: 2024-12-31
"""


def finding(outcome: Outcome = Outcome.BREACHED, rule: str = "decision-published") -> Finding:
    return Finding(rule, "1", "题", outcome, Severity.MINOR, "效果", "D", "说明", ())


def waived(day: date, case: str = "甲〔2024〕1号", **more: object) -> Finding:
    waivers = read_waivers(WAIVERS.encode(), "豁免.yaml", ["decision-published"])
    return next(with_waivers([finding(**more)], case, waivers, day))  # type: ignore[arg-type]


def test_a_waiver_shows_the_outcome_that_it_covers() -> None:
    found = waived(date(2024, 12, 31))
    assert found.outcome is Outcome.WAIVED
    assert found.waiver is not None
    assert (found.waiver.without, found.waiver.expired) == (Outcome.BREACHED, False)


def test_an_expired_waiver_covers_nothing_and_is_shown() -> None:
    found = waived(date(2025, 1, 1))
    assert found.outcome is Outcome.BREACHED
    assert found.waiver is not None
    assert found.waiver.expired


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.BREACHED])
def test_only_a_breach_can_be_waived(outcome: Outcome) -> None:
    assert waived(date(2024, 6, 1), outcome=outcome).outcome is outcome


def test_the_number_of_the_case_is_compared_without_regard_to_brackets() -> None:
    assert waived(date(2024, 6, 1), case="甲[2024] 1号").outcome is Outcome.WAIVED


def test_a_waiver_speaks_of_one_case_and_one_rule() -> None:
    assert waived(date(2024, 6, 1), case="甲〔2024〕2号").outcome is Outcome.BREACHED
    assert waived(date(2024, 6, 1), rule="other").outcome is Outcome.BREACHED


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "until: 2024-12-31",
            "until: 2024-12-32",
            "豁免.yaml:6:12: “2024-12-32”不是日期（写成 2021-07-15 的样子）",
        ),
        ("    approver: 李某\n", "", "豁免.yaml:2:5: 缺少“approver”（补写“approver”）"),
        ("rule: decision", "rule: no", "豁免.yaml:2:11: 没有规则“no-published”（用 anjuan rules 查看）"),
        ("reason:", "reasons:", "豁免.yaml:4:5: 不认识的键“reasons”（是否为“reason”？）"),
    ],
)
def test_a_wrong_waiver_is_told_at_its_place(old: str, new: str, expected: str) -> None:
    with pytest.raises(RuleError) as caught:
        read_waivers(WAIVERS.replace(old, new).encode(), "豁免.yaml", ["decision-published"])
    assert expected in [str(problem) for problem in caught.value.problems]
