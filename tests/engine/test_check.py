from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from msgspec.structs import replace

from casefiles.moments import parse_moment
from engine.check import check
from engine.documents import RequirementDocument
from engine.findings import Finding, Outcome, Role, Severity
from engine.rulebook import Rulebook, read_rulebook
from engine.scope import Scope
from engine.verbs import VERBS
from engine.verbs.base import Verb, Verdict
from tests.engine.conftest import RULES, case_of, laws, limits
from tests.engine.test_verbs import TABLE

RULE = """\
id: {id}
title: 决定应当公开
severity: {severity}
effect: 程序轻微违法
basis:
{basis}
applies: {{kind: 行政处罚}}
subject: {{act: 执法决定, where: {{决定类型: {{is_not: 不予处罚}}}}}}
require:
  followed_by: {{act: 公示, within: 7 working days}}
unless:
  - because: 依法不予公开
    where: {{依法不予公开: true}}
    basis: {{law: 政府信息公开条例, article: 第十四条, since: 2019-05-15, verified: 2026-11-21}}
message: "{{subject}}应当在 {{due}} 前公示，实际：{{found}}。"
remedy: {{cure: 补正, do: 立即补充公示。}}
"""
NEW = "  - {law: 中华人民共和国行政处罚法, article: 第四十八条, since: 2021-07-15, verified: 2026-11-21}"
GUIDE = (
    "  - {law: 国办发〔2018〕118号, article: 二（六）, since: 2018-12-05, verified: 2026-11-21, "
    "note_until: 2019-03-31}"
)
HALF_READ = NEW.replace("verified: 2026-11-21", "verified: 2026-11-21, mark: V2")
IN_MARKET = NEW.replace("verified: 2026-11-21", "verified: 2026-11-21, when: {field: 市场监管}")
DEFINITION = """\
id: must-review
title: 应当法制审核的决定
defines: 应当法制审核
on: 执法决定
grounds:
  - because: 涉及重大公共利益
    case: {重大公共利益: true}
    basis: {law: 中华人民共和国行政处罚法, article: 第五十八条, since: 2021-07-15, verified: 2026-11-21}
  - because: 经过听证
    case: {直接关系重大权益: true}
    with: {act: 听证}
    basis: {law: 中华人民共和国行政处罚法, article: 第五十八条, since: 2021-07-15, verified: 2026-11-21}
"""

Book = Callable[..., Rulebook]
LATE: list[dict[str, Any]] = [
    {"id": "D", "kind": "执法决定", "starts": "2024-04-30", "facts": {"决定类型": "行政处罚"}},
    {"id": "P", "kind": "公示", "starts": "2024-05-14"},
]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a function that builds a rulebook of one rule, from its text."""

    def build(text: str, definition: str = "") -> Rulebook:
        folder = tmp_path / "rules"
        (folder / "trial").mkdir(parents=True)
        (folder / "laws").mkdir()
        (folder / "definitions").mkdir()
        for law in ("guidance-2018-118", "penalty-law-2021", "information-disclosure-2019"):
            shutil.copy(RULES / "laws" / f"{law}.yaml", folder / "laws")
        shutil.copytree(RULES / "calendar", folder / "calendar")
        (folder / "trial" / "trial.yaml").write_text(text, encoding="utf-8")
        if definition:
            (folder / "definitions" / "must-review.yaml").write_text(definition, encoding="utf-8")
        return read_rulebook(folder)

    return build


def rule(basis: str = NEW, severity: str = "minor") -> str:
    return RULE.format(id="trial", basis=basis, severity=severity)


def found(rulebook: Rulebook, acts: list[dict[str, Any]], as_of: str = "2024-12-31", **head: Any) -> Finding:
    findings = list(check(case_of(acts, **head), rulebook, parse_moment(as_of), derivations=True))
    assert len(findings) == 1
    return findings[0]


def decided(day: str, **facts: Any) -> list[dict[str, Any]]:
    return [{"id": "D", "kind": "执法决定", "starts": day, "facts": {"决定类型": "行政处罚", **facts}}]


def test_a_broken_duty_tells_everything_that_supports_it(book: Book) -> None:
    finding = found(book(rule()), LATE)
    assert finding.outcome is Outcome.BREACHED
    assert finding.message == "执法决定（2024-04-30）应当在 2024-05-13 前公示，实际：2024-05-14。"
    assert [(item.role, item.path) for item in finding.evidence] == [
        (Role.SUBJECT, ("acts", 0)),
        (Role.COMPARED, ("acts", 1)),
    ]
    assert str(finding.due) == "2024-05-13"
    assert finding.derivation[-1].day.isoformat() == "2024-05-13"
    assert finding.derivation[-1].counted == 7
    assert finding.cure is not None
    assert finding.cure.kind == "补正"
    assert [basis.article for basis in finding.basis] == ["第四十八条"]


@pytest.mark.parametrize(
    ("day", "outcome"),
    [("2021-07-14", Outcome.NOT_APPLICABLE), ("2021-07-15", Outcome.BREACHED)],
)
def test_the_law_is_picked_by_the_day_of_the_act(book: Book, day: str, outcome: Outcome) -> None:
    finding = found(book(rule()), decided(day))
    assert finding.outcome is outcome
    if outcome is Outcome.NOT_APPLICABLE:
        assert finding.message == "不适用：行为日期 2021-07-14 早于依据施行日期 2021-07-15。"


@pytest.mark.parametrize(
    ("day", "severity"),
    [("2019-03-31", Severity.NOTE), ("2019-04-01", Severity.MINOR)],
)
def test_before_the_end_of_the_note_period_a_breach_is_a_note(
    book: Book, day: str, severity: Severity
) -> None:
    finding = found(book(rule(GUIDE)), decided(day))
    assert (finding.outcome, finding.severity) == (Outcome.BREACHED, severity)


def test_a_source_not_read_in_full_says_so(book: Book) -> None:
    finding = found(book(rule(HALF_READ)), LATE)
    assert finding.remarks == ("中华人民共和国行政处罚法第四十八条：依据仅部分核实或转引核实，不作一票否决",)


def test_a_source_made_for_a_field_binds_only_that_field(book: Book) -> None:
    rulebook = book(rule(IN_MARKET))
    assert found(rulebook, LATE, field="市场监管").outcome is Outcome.BREACHED
    other = found(rulebook, LATE, field="农业")
    assert other.outcome is Outcome.NOT_APPLICABLE
    unknown = found(rulebook, LATE)
    assert unknown.outcome is Outcome.UNDETERMINED
    assert [str(item) for item in unknown.settled_by] == ["案卷信息（写明“执法领域”）"]


def test_what_is_kept_is_kept_whether_the_rule_binds_or_not(book: Book) -> None:
    kept = [LATE[0], {**LATE[1], "starts": "2024-05-13"}]
    assert found(book(rule(IN_MARKET)), kept).outcome is Outcome.MET


def test_the_condition_that_keeps_a_file_out_is_named(book: Book) -> None:
    finding = found(book(rule()), LATE, kind="行政许可")
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert finding.message == "不适用：适用于案件种类为“行政处罚”的案件，本案不是。"


def test_acts_that_do_not_fit_leave_the_rule_without_a_subject(book: Book) -> None:
    finding = found(book(rule()), decided("2024-04-30", 决定类型="不予处罚"))
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert finding.subject is None


def test_an_exception_is_named_with_its_source(book: Book) -> None:
    finding = found(book(rule()), decided("2024-04-30", 依法不予公开=True))
    assert finding.outcome is Outcome.NOT_APPLICABLE
    assert finding.message == "不适用：依法不予公开（政府信息公开条例第十四条）。"
    assert finding.evidence[-1].path == ("acts", 0, "facts", "依法不予公开")


def test_an_exception_cites_the_source_of_its_day(book: Book) -> None:
    older = (
        "{law: 国办发〔2018〕118号, article: 二, since: 2018-12-05, until: 2019-05-14, verified: 2026-11-21}"
    )
    newer = "{law: 政府信息公开条例, article: 第十四条, since: 2019-05-15, verified: 2026-11-21}"
    rulebook = book(rule(GUIDE).replace(newer, f"[{older}, {newer}]"))
    told = [found(rulebook, decided(day, 依法不予公开=True)).message for day in ("2019-05-14", "2019-05-15")]
    assert told == [
        "不适用：依法不予公开（国办发〔2018〕118号二）。",
        "不适用：依法不予公开（政府信息公开条例第十四条）。",
    ]


def test_a_kind_that_the_source_does_not_tell_is_undetermined(book: Book) -> None:
    finding = found(book(rule()), [], provides=["公示"])
    assert finding.outcome is Outcome.UNDETERMINED
    assert finding.settled_by[0].tells == "来源不提供“执法决定”信息"


def test_each_subject_has_its_own_finding_and_fingerprint(book: Book) -> None:
    acts = [*decided("2024-04-30"), {**decided("2024-06-03")[0], "id": "E"}]
    findings = list(check(case_of(acts), book(rule()), parse_moment("2024-12-31")))
    assert [finding.subject for finding in findings] == ["D", "E"]
    assert findings[0].fingerprint != findings[1].fingerprint


def test_the_fingerprint_survives_a_change_of_wording(book: Book) -> None:
    rulebook = book(rule())
    other = replace(rulebook, rules=(replace(rulebook.rules[0], message="{subject}"),))
    assert found(rulebook, LATE).fingerprint == found(other, LATE).fingerprint


def test_the_check_is_deterministic(book: Book) -> None:
    rulebook = book(rule())
    assert found(rulebook, LATE) == found(rulebook, LATE)


def test_a_rule_that_fails_inside_is_an_error_and_never_met(book: Book) -> None:
    class Fails(Verb):
        def judge(self, scope: Scope) -> Verdict:
            raise ZeroDivisionError("by zero")

    rulebook = book(rule())
    broken = replace(rulebook, rules=(replace(rulebook.rules[0], verb=Fails()),))
    finding = found(broken, LATE)
    assert finding.outcome is Outcome.ERROR
    assert "ZeroDivisionError" in finding.message


REVIEW = rule(severity="veto").replace("{决定类型: {is_not: 不予处罚}}", "{应当法制审核: true}")
REVIEW = REVIEW.replace("followed_by: {act: 公示, within: 7 working days}", "preceded_by: {act: 法制审核}")
REVIEW = REVIEW.replace("应当在 {due} 前公示，实际：{found}", "此前应当法制审核：{problem}")
HEARD: dict[str, Any] = {"id": "H", "kind": "听证", "starts": "2024-04-20"}


@pytest.mark.parametrize(
    ("facts", "acts", "outcome"),
    [
        ({"重大公共利益": True}, [], Outcome.BREACHED),
        ({"重大公共利益": True}, [{"id": "R", "kind": "法制审核", "starts": "2024-04-29"}], Outcome.MET),
        ({"重大公共利益": False, "直接关系重大权益": True}, [HEARD], Outcome.BREACHED),
        ({"重大公共利益": False, "直接关系重大权益": True}, [], Outcome.NOT_APPLICABLE),
        ({"重大公共利益": False, "直接关系重大权益": False}, [HEARD], Outcome.NOT_APPLICABLE),
    ],
)
def test_a_definition_decides_whom_a_rule_binds(
    book: Book, facts: dict[str, Any], acts: list[dict[str, Any]], outcome: Outcome
) -> None:
    rulebook = book(REVIEW, DEFINITION)
    finding = found(rulebook, [*decided("2024-04-30"), *acts], facts={"办案状态": "已结", **facts})
    assert finding.outcome is outcome
    if outcome is Outcome.BREACHED:
        assert finding.severity is Severity.VETO
        assert any("应当法制审核：" in item.text for item in finding.evidence)


def test_an_open_file_says_until_when(book: Book) -> None:
    head = {"facts": {"办案状态": "在办", "记录截至": "2024-05-06"}}
    finding = found(book(rule()), decided("2024-04-30"), as_of="2024-05-06", **head)
    assert finding.outcome is Outcome.PENDING
    assert finding.message == "尚未到期：其后未见公示，最迟 2024-05-13。"


def first_rows() -> dict[str, tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]]:
    """Return for each verb the first broken row of the table of verbs."""
    rows: dict[str, tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]] = {}
    for _, require, acts, head, outcome in TABLE:
        if outcome is Outcome.BREACHED:
            rows.setdefault(next(iter(require)), (require, acts, head))
    return rows


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_does_not_apply_without_a_subject_or_before_its_law(book: Book, verb: str) -> None:
    require, acts, head = first_rows()[verb]
    rulebook = book(rule())
    base = rulebook.rules[0]
    subject = structs.replace(base.subject, kinds=(acts[0]["kind"],), where=type(base.applies)())
    judging = replace(base, subject=subject, verb=RequirementDocument.model_validate(require).verb, unless=())
    bound = replace(rulebook, rules=(replace(judging, message="{subject}"),), limits=limits(), laws=laws())
    subjects = list(check(case_of(acts, **head), bound, parse_moment("2024-12-31")))
    assert subjects[0].outcome is Outcome.BREACHED
    others = [act for act in acts if act["kind"] != acts[0]["kind"]]
    assert found(bound, others, **head).outcome is Outcome.NOT_APPLICABLE
    early = [{**acts[0], "starts": "2021-07-14T09:00", "ends": "2021-07-14T10:00"}]
    assert found(bound, early, **head).outcome is Outcome.NOT_APPLICABLE
