from __future__ import annotations

import pytest
from msgspec.structs import replace

from adapters.reports.grades import Grade, breaches, grade, needs_attention, tally, worst_first
from adapters.results import DueDuty, FileResult, Run
from engine.findings import Finding, Outcome, Severity


def test_the_worst_comes_first_and_grades_are_named(plain: Run) -> None:
    ordered = worst_first(plain.files[0].findings)
    assert [grade(finding).chinese for finding in ordered] == [
        "一票否决",
        "严重",
        "一般",
        "提示",
        "执行出错",
        "无法判定",
        "无法判定",
        "未到期",
        "已豁免",
        "不适用",
        "合规",
    ]


def test_within_a_grade_the_order_of_the_engine_stays(plain: Run) -> None:
    ordered = worst_first(plain.files[0].findings)
    assert [each.rule for each in ordered if grade(each) is Grade.UNDETERMINED] == [
        "fine-fair",
        "reviewer-qualified",
    ]


def test_every_outcome_and_severity_has_a_grade(plain: Run) -> None:
    finding = plain.files[0].findings[0]
    for outcome in Outcome:
        for severity in Severity:
            key = grade(replace(finding, outcome=outcome, severity=severity))
            expected = severity if outcome is Outcome.BREACHED else outcome
            assert (key.value, key.chinese) == (expected.value, expected.chinese)


def test_a_note_breaks_no_duty(plain: Run) -> None:
    counts = tally(plain.files[0].findings)
    assert counts[Grade.NOTE] == 1
    assert breaches(counts) == 3


@pytest.mark.parametrize(
    ("outcome", "severity", "needs"),
    [
        (Outcome.BREACHED, Severity.MINOR, True),
        (Outcome.BREACHED, Severity.NOTE, False),
        (Outcome.ERROR, Severity.NOTE, True),
        (Outcome.UNDETERMINED, Severity.VETO, False),
        (Outcome.WAIVED, Severity.VETO, False),
    ],
)
def test_attention_goes_to_what_is_broken_or_failed(
    plain: Run, outcome: Outcome, severity: Severity, needs: bool
) -> None:
    finding: Finding = replace(plain.files[0].findings[0], outcome=outcome, severity=severity)
    assert needs_attention(FileResult(file="a", case="b", findings=(finding,))) is needs


def test_an_open_file_with_duties_due_needs_attention() -> None:
    due = DueDuty("2024-05-13", "decision-published", "题", "最迟 2024-05-13")
    assert needs_attention(FileResult(file="a", case="b", due=(due,), is_open=True))
