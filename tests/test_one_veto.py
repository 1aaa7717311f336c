"""One omission is one veto, whatever field, region and sources make the review a duty."""

from __future__ import annotations

import pytest

from casefiles.moments import parse_moment
from casefiles.terms import standard_vocabulary
from engine.check import check
from engine.findings import Outcome, Severity
from engine.rulebook import Rulebook
from tests.workbench import Workbench

FIELDS = standard_vocabulary().heads["fields"]
REGIONS = ("河北省石家庄市", "内蒙古自治区赤峰市", "贵州省毕节市", "四川省广元市")
REVIEW_FLAGS = (
    "重大公共利益",
    "社会风险",
    "直接关系重大权益",
    "疑难复杂",
    "涉及多个法律关系",
    "法律法规规定应当审核",
    "审核目录命中",
)
DISCUSSION_FLAGS = ("情节复杂", "重大违法")


@pytest.fixture
def decided(bench: Workbench) -> Workbench:
    """A heard penalty case of 2026 with every ground of review and of discussion flagged."""
    bench.head.update({"procedure": "普通程序", "region": REGIONS[0], "field": "城市管理"})
    bench.head["facts"].update(dict.fromkeys((*REVIEW_FLAGS, *DISCUSSION_FLAGS), True))
    bench.add_act("听证", "2026-03-02")
    bench.add_act("执法决定", "2026-03-20")
    bench.acts[-1]["facts"] = {"决定类型": "行政处罚"}
    return bench


def vetoes(bench: Workbench, rulebook: Rulebook) -> list[str]:
    """Return the rules on review and discussion that veto the file."""
    names = [rule.id for rule in rulebook.rules if any(row.startswith("REV-") for row in rule.rows)]
    findings = check(bench.case(), rulebook.only(names), parse_moment("2026-06-30"))
    return [
        finding.rule
        for finding in findings
        if finding.outcome is Outcome.BREACHED and finding.severity is Severity.VETO
    ]


def reviewed(bench: Workbench, day: str, opinion: str) -> None:
    bench.add_act("法制审核", day)
    bench.acts[-1]["facts"] = {"审核意见": opinion}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("field", FIELDS)
def test_no_review_and_no_discussion_are_two_vetoes_in_every_field_and_region(
    decided: Workbench, rulebook: Rulebook, field: str, region: str
) -> None:
    decided.head.update({"field": field, "region": region})
    assert sorted(vetoes(decided, rulebook)) == ["heads-discussed", "major-decision-reviewed"]


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([], ["major-decision-reviewed"]),
        ([("2026-03-10", "同意")], []),
        ([("2026-03-10", "不同意")], ["review-passed"]),
        ([("2026-03-10", "退回补正"), ("2026-03-16", "同意")], []),
        ([("2026-03-10", "不同意"), ("2026-03-23", "同意")], ["review-passed"]),
        ([("2026-03-23", "同意")], ["major-decision-reviewed"]),
        ([("2026-03-10", "建议修改")], []),
    ],
)
@pytest.mark.parametrize("region", REGIONS)
def test_a_missing_a_late_and_a_failed_review_are_one_veto(
    decided: Workbench,
    rulebook: Rulebook,
    region: str,
    reviews: list[tuple[str, str]],
    expected: list[str],
) -> None:
    decided.head["region"] = region
    decided.add_act("集体讨论", "2026-03-18")
    for day, opinion in reviews:
        reviewed(decided, day, opinion)
    assert vetoes(decided, rulebook) == expected


def test_without_any_flag_nothing_vetoes(decided: Workbench, rulebook: Rulebook) -> None:
    decided.head["facts"] = {"办案状态": "已结"}
    assert vetoes(decided, rulebook) == []
