from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs
from msgspec.structs import replace

from adapters.results import DueDuty, FileResult, Run
from casefiles.model import Location
from casefiles.moments import parse_moment
from casefiles.problems import Problem
from engine.findings import (
    Basis,
    Cure,
    DerivationStep,
    Evidence,
    Finding,
    Outcome,
    Role,
    Settlement,
    Severity,
    WaiverNote,
)

HOSTILE = (
    "<script>alert('x')</script> & \"引号\" ]]> \x1b[31m\x00\x07 \u202e倒着写\u202c \u200f𠮷野家\ud83d "
    "{{ 7*7 }} [bold]方括号[/bold] \n第二行\t末尾 " + "很长的名称" * 40 + "x" * 200
)

PENALTY = Basis("中华人民共和国行政处罚法", "第五十八条第一款", date(2021, 7, 15), date(2026, 11, 21))
NOTICE = Basis(
    "国办发〔2018〕118号",
    "二（六）",
    date(2018, 12, 5),
    date(2026, 11, 21),
    until=date(2030, 1, 1),
    mark="M",
    note_until=date(2019, 6, 30),
)


def _finding(rule: str, title: str, outcome: Outcome, severity: Severity) -> Finding:
    return Finding(
        rule=rule,
        version="1",
        title=title,
        outcome=outcome,
        severity=severity,
        effect="程序违法",
        subject="D1",
        message=f"决定 D1：{title}。",
        basis=(PENALTY,),
        fingerprint=f"fp-{rule}",
    )


def _location(line: int, quote: str) -> Location:
    return Location(file="案卷/2024/001.json", pointer="/acts/3/starts", line=line, column=13, quote=quote)


VETO = replace(
    _finding(
        "major-decision-reviewed",
        "作出重大执法决定前应当通过法制审核",
        Outcome.BREACHED,
        Severity.VETO,
    ),
    message="重大决定 D1 于 2024-05-06 作出，此前没有通过法制审核；审核意见书落款为 2024-05-09。",
    basis=(PENALTY, NOTICE),
    evidence=(
        Evidence(Role.SUBJECT, "执法决定 D1", ("acts", 3), _location(120, "2024-05-06")),
        Evidence(Role.COMPARED, "法制审核 R1", ("acts", 4), _location(141, "2024-05-09")),
        Evidence(Role.MISSING, "决定之前没有结论为通过的法制审核"),
    ),
    cure=Cure("不可补正", "由作出决定的机关自行纠正或者重新作出；不得倒填审核日期。"),
    remarks=("两套引擎结论一致",),
)
LATE = replace(
    _finding(
        "decision-published",
        "处罚、许可决定应当自作出之日起七个工作日内公开",
        Outcome.BREACHED,
        Severity.MAJOR,
    ),
    message="决定 D1 应当在 2024-05-14 前公示，实际 2024-05-16。",
    basis=(NOTICE,),
    evidence=(Evidence(Role.SUBJECT, "公示 P1", ("acts", 5), _location(160, "2024-05-16")),),
    due=parse_moment("2024-05-14"),
    derivation=(
        DerivationStep(date(2024, 5, 6), "决定作出，当日不计"),
        DerivationStep(date(2024, 5, 7), "工作日", 1),
        DerivationStep(date(2024, 5, 11), "星期六，调休上班", 5),
        DerivationStep(date(2024, 5, 14), "工作日，期限届满", 7),
    ),
    cure=Cure("补正", "立即补充公示，并以说明记录逾期原因。"),
)
MINOR = _finding("pages-numbered", "案卷应当编写页码", Outcome.BREACHED, Severity.MINOR)
NOTE = _finding("plan-announced", "年度检查计划宜向社会公布", Outcome.BREACHED, Severity.NOTE)
FAILED = replace(
    _finding("seizure-recorded", "查封扣押应当全程音像记录", Outcome.ERROR, Severity.VETO),
    message="两套引擎结论不一致，未采信任何一方。",
)
OPEN = replace(
    _finding("reviewer-qualified", "审核人员应当具备资格", Outcome.UNDETERMINED, Severity.MAJOR),
    settled_by=(
        Settlement("法制审核意见书", "审核人员"),
        Settlement("法制审核意见书", "法律职业资格"),
    ),
)
JUDGED = _finding("fine-fair", "过罚应当相当", Outcome.UNDETERMINED, Severity.MAJOR)
PENDING = replace(
    _finding("case-closed", "执行完毕后应当结案", Outcome.PENDING, Severity.MINOR),
    due=parse_moment("2026-12-01T17:30"),
)
WAIVED = replace(
    _finding("video-kept", "音像记录应当保存", Outcome.WAIVED, Severity.MAJOR),
    waiver=WaiverNote("设备损坏，已书面说明", "张三", date(2027, 1, 1), False, Outcome.BREACHED),
)
MET = _finding("decision-served", "决定书应当在七日内送达", Outcome.MET, Severity.MAJOR)
IDLE = _finding("hearing-held", "符合条件的应当组织听证", Outcome.NOT_APPLICABLE, Severity.VETO)

ALL = (MET, IDLE, WAIVED, PENDING, JUDGED, OPEN, FAILED, NOTE, MINOR, LATE, VETO)


def _hostile() -> Finding:
    return Finding(
        rule="hostile",
        version=HOSTILE,
        title=HOSTILE,
        outcome=Outcome.BREACHED,
        severity=Severity.MAJOR,
        effect=HOSTILE,
        subject=HOSTILE,
        message=HOSTILE,
        basis=(structs.replace(PENALTY, law=HOSTILE, article=HOSTILE),),
        evidence=(
            Evidence(
                Role.SUBJECT,
                HOSTILE,
                ("acts", 0),
                Location(file=HOSTILE, pointer=HOSTILE, line=1, column=1, quote=HOSTILE),
            ),
            Evidence(Role.COMPARED, HOSTILE, ("x",), Location(file="表.xlsx", pointer="Sheet1!B7")),
        ),
        derivation=(DerivationStep(date(2024, 5, 6), HOSTILE, 1),),
        settled_by=(Settlement(HOSTILE, HOSTILE),),
        cure=Cure(HOSTILE, HOSTILE),
        fingerprint=HOSTILE,
        waiver=WaiverNote(HOSTILE, HOSTILE, date(2027, 1, 1), True, Outcome.BREACHED),
        remarks=(HOSTILE, HOSTILE),
    )


def _run(*files: FileResult) -> Run:
    return Run(date(2026, 11, 21), "anjuan 0.1.0", "2026.11", 128, files)


@pytest.fixture
def hostile_text() -> str:
    return HOSTILE


@pytest.fixture
def plain() -> Run:
    """One open file with a finding of every grade, in no order."""
    return _run(
        FileResult(
            file="案卷/2024/001.json",
            case="浙市监罚〔2024〕12号",
            cause="销售不合格食品",
            agency="某某市市场监督管理局",
            findings=ALL,
            warnings=(Problem("案卷/2024/001.json", 3, 5, "环节“送达回执”按“送达”读取"),),
            due=(
                DueDuty("2026-12-01T17:30", "case-closed", "执行完毕后应当结案", "办理结案审批"),
                DueDuty("2026-11-25", "decision-archived", "案卷应当归档", "移交档案室"),
            ),
            is_open=True,
        )
    )


@pytest.fixture
def many() -> Run:
    """Three files: one broken, one where nothing is broken, one that cannot be read."""
    return _run(
        FileResult(file="a.json", case="甲罚〔2024〕1号", findings=(LATE, MET)),
        FileResult(file="b.json", case="甲罚〔2024〕2号", findings=(MET, NOTE, OPEN, OPEN)),
        FileResult(
            file="c.xml",
            case=None,
            error=(Problem("c.xml", 7, 2, "标签没有闭合", "补上 </环节>"),),
        ),
    )


@pytest.fixture
def hostile() -> Run:
    """Two files whose every text is hostile."""
    problem = Problem(HOSTILE, 1, 1, HOSTILE, HOSTILE)
    return replace(
        _run(
            FileResult(
                file=HOSTILE,
                case=HOSTILE,
                cause=HOSTILE,
                agency=HOSTILE,
                findings=(_hostile(), MET),
                warnings=(problem,) * 7,
                due=(DueDuty(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
                is_open=True,
            ),
            FileResult(file=HOSTILE, case=None, error=(problem,)),
            FileResult(file=HOSTILE, case=HOSTILE, findings=(MET,)),
        ),
        program=HOSTILE,
        rulebook=HOSTILE,
    )


@pytest.fixture
def nothing() -> Run:
    """A run without files."""
    return _run()
