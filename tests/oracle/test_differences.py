"""What the documents say where it is easy to get wrong, each in one small case.

Each is asked plainly, by generated code, and of the oracle: that the two agree does not tell that both
are right.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casefiles.model import CaseFile
from casefiles.moments import parse_moment
from engine.check import check
from tests.oracle.generation import Documents, case_of, loaded, oracle_book
from tests.oracle.interpreter import findings
from tests.oracle.random_rules import LAW_DOCUMENTS

AS_OF = parse_moment("2024-12-31")
BASIS = {"law": "乙条例", "article": "第一条", "since": "2012-01-01", "verified": "2026-11-21"}
MIDNIGHT = {"value": "00:00-06:00", "basis": BASIS}


Row = tuple[str, dict[str, Any], list[dict[str, Any]], dict[str, Any], str]


def documents(row: Row) -> Documents:
    """Return a rulebook of one rule: its subject and requirement, and further parts."""
    subject, require, _, parts, _ = row
    rule = {
        "id": "r",
        "title": "示例义务",
        "severity": "minor",
        "effect": "规范性瑕疵",
        "basis": BASIS,
        "subject": {"act": subject},
        "require": require,
        "message": "{problem}",
        "remedy": {"cure": "说明", "do": "说明。"},
    }
    limits = [{"id": "night-hours", "title": "夜间", "unit": "时段", "values": [MIDNIGHT]}]
    return Documents([rule | parts.get("rule", {})], [], limits, LAW_DOCUMENTS, [date(2024, 3, 1)])


def case(row: Row) -> CaseFile:
    """Return a closed case of these acts, with further parts."""
    content = {
        "number": "示例〔2024〕1号",
        "kind": "行政处罚",
        "agency": {"name": "示例市执法局"},
        "persons": [{"id": "甲", "name": "甲", "roles": ["执法人员"]}],
        "facts": {"办案状态": "已结"},
        "acts": [{"id": f"A{index}", **act} for index, act in enumerate(row[2])],
    }
    return case_of(content | row[3].get("case", {}))


def act(kind: str, starts: str = "2024-03-01", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "starts": starts, **more}


OPENED = {"within": {"period": "10 days", "of": {"act": "立案", "about": "any"}}}
EXTENDED = {"within": OPENED["within"] | {"extended_by": [{"act": "延长期限审批"}]}}
UPLOADED = {"followed_by": {"act": "音像上传", "within": "24 hours", "stopped_by": [{"act": "听证"}]}}

OFFICER: dict[str, Any] = {"by": [{"person": "甲", "role": "执法人员"}]}

CASES: dict[str, Row] = {
    "a period runs from the nearest act before, whatever the order of the file": (
        "执法决定",
        OPENED,
        [act("执法决定", "2024-03-25"), act("立案", "2024-03-20"), act("立案", "2024-03-01")],
        {},
        "met",
    ),
    "an act without a date may be the nearest one before": (
        "执法决定",
        OPENED,
        [act("执法决定", "2024-03-25"), act("立案", "2024-03-01"), {"kind": "立案"}],
        {},
        "undetermined",
    ),
    "an act without a date changes nothing where the period from another was kept": (
        "执法决定",
        OPENED,
        [act("执法决定", "2024-03-05"), act("立案", "2024-03-01"), {"kind": "立案"}],
        {},
        "met",
    ),
    "a late act is late although an older one perhaps has to do with it": (
        "执法决定",
        {"within": {"period": "10 days", "of": {"act": "立案"}}},
        [
            act("执法决定", "2024-03-25"),
            act("立案", "2024-03-01", about=["A0"]),
            act("立案", "2024-02-01"),
            act("执法决定", "2024-03-26"),
        ],
        {},
        "breached",
    ),
    "an act that names one decision has nothing to do with another": (
        "公示",
        {"same_as": {"act": "执法决定", "fact": "网址", "other_fact": "文号"}},
        [
            act("公示", about=["A1"], facts={"网址": "甲"}),
            act("执法决定", facts={"文号": "甲"}),
            act("执法决定", facts={"文号": "乙"}),
        ],
        {},
        "met",
    ),
    "an act concerns others, not itself": (
        "执法决定",
        {"never_with": {"act": "执法决定"}},
        [act("执法决定", about=["A0"])],
        {},
        "met",
    ),
    "a listed paper of an act that must not be leaves it open": (
        "执法决定",
        {"never_with": {"act": "询问"}},
        [act("执法决定")],
        {"case": {"documents": [{"id": "1", "kind": "询问笔录"}]}},
        "undetermined",
    ),
    "whether somebody took part in acts that the source does not tell is open": (
        "法制审核",
        {"independent_of": {"act": "询问"}},
        [act("法制审核", **OFFICER)],
        {"case": {"provides": ["法制审核"]}},
        "undetermined",
    ),
    "whether somebody was busy in acts that the source does not tell is open": (
        "询问",
        {"no_overlap": {"act": "现场检查", "role": "执法人员"}},
        [act("询问", "2024-03-01T09:00", ends="2024-03-01T10:00", **OFFICER)],
        {"case": {"provides": ["询问"]}},
        "undetermined",
    ),
    "parties of one kind by two names are of one kind": (
        "执法决定",
        {"states": ["印章"]},
        [act("执法决定", facts={"印章": True})],
        {
            "rule": {"applies": {"party": {"is_not": "公民"}}},
            "case": {"parties": [{"name": "甲", "kind": "公民"}, {"name": "乙", "kind": "自然人"}]},
        },
        "not_applicable",
    ),
    "a party of no told kind leaves open whether all are of one kind": (
        "执法决定",
        {"states": ["印章"]},
        [act("执法决定", facts={"印章": False})],
        {
            "rule": {"applies": {"party": {"is_not": "公民"}}},
            "case": {"parties": [{"name": "甲", "kind": "自然人"}, {"name": "乙"}]},
        },
        "met",
    ),
    "a citation with the year of its revision names the instrument": (
        "执法决定",
        {"cites_law_in_force": {}},
        [act("执法决定", "2024-01-01", facts={"引用依据": ["《乙条例（2018年修订）》"]})],
        {},
        "met",
    ),
    "a citation of a revision much older than the version in force is open": (
        "执法决定",
        {"cites_law_in_force": {}},
        [act("执法决定", "2024-01-01", facts={"引用依据": ["《甲法》（2017年修正）"]})],
        {},
        "undetermined",
    ),
    "a citation of a revision that is not yet in force is open": (
        "执法决定",
        {"cites_law_in_force": {}},
        [act("执法决定", "2021-03-01", facts={"引用依据": ["《甲法（2021年修订）》"]})],
        {},
        "undetermined",
    ),
    "two approved extensions are added up": (
        "执法决定",
        EXTENDED,
        [
            act("执法决定", "2024-03-19"),
            act("立案", "2024-03-01"),
            act("延长期限审批", "2024-03-05", facts={"延长期限": "5日"}),
            act("延长期限审批", "2024-03-06", facts={"延长期限": "5日"}),
        ],
        {},
        "met",
    ),
    "an extension approved within the first extension counts, whichever stands first in the file": (
        "执法决定",
        EXTENDED,
        [
            act("执法决定", "2024-03-19"),
            act("立案", "2024-03-01"),
            act("延长期限审批", "2024-03-14", facts={"延长期限": "5日"}),
            act("延长期限审批", "2024-03-06", facts={"延长期限": "5日"}),
        ],
        {},
        "met",
    ),
    "an extension approved too late brings nothing back": (
        "执法决定",
        EXTENDED,
        [
            act("执法决定", "2024-03-19"),
            act("立案", "2024-03-01"),
            act("延长期限审批", "2024-03-06", facts={"延长期限": "5日"}),
            act("延长期限审批", "2024-03-19", facts={"延长期限": "5日"}),
        ],
        {},
        "breached",
    ),
    "extensions of one sort together have a most": (
        "执法决定",
        {"within": OPENED["within"] | {"extended_by": [{"act": "延长期限审批", "at_most": "5 days"}]}},
        [
            act("执法决定", "2024-03-19"),
            act("立案", "2024-03-01"),
            act("延长期限审批", "2024-03-05", facts={"延长期限": "5日"}),
            act("延长期限审批", "2024-03-06", facts={"延长期限": "5日"}),
        ],
        {},
        "breached",
    ),
    "hours that were suspended on their first day are for a person to count": (
        "音像记录",
        UPLOADED,
        [
            act("音像记录", "2024-03-20T10:00"),
            act("音像上传", "2024-03-21T15:00"),
            act("听证", "2024-03-20T11:00", ends="2024-03-20T14:00"),
        ],
        {},
        "undetermined",
    ),
    "hours that begin before a suspension from another day is over are for a person to count": (
        "音像记录",
        UPLOADED,
        [
            act("音像记录", "2024-03-20T10:00"),
            act("音像上传", "2024-03-21T15:00"),
            act("听证", "2024-03-19T11:00", ends="2024-03-20T14:00"),
        ],
        {},
        "undetermined",
    ),
    "hours that begin when a suspension of that day is over are not suspended": (
        "音像记录",
        UPLOADED,
        [
            act("音像记录", "2024-03-20T10:00"),
            act("音像上传", "2024-03-21T15:00"),
            act("听证", "2024-03-20T08:00", ends="2024-03-20T09:00"),
        ],
        {},
        "breached",
    ),
    "a night from midnight to six ends on the same day": (
        "现场检查",
        {"not_during": {"times": ["夜间"]}},
        [act("现场检查", "2024-03-20T10:00", ends="2024-03-20T11:00")],
        {},
        "met",
    ),
    "a night from midnight to six is a night": (
        "现场检查",
        {"not_during": {"times": ["夜间"]}},
        [act("现场检查", "2024-03-20T05:00", ends="2024-03-20T06:30")],
        {},
        "breached",
    ),
    "two acts that begin in the same minute and have no end may overlap": (
        "询问",
        {"no_overlap": {"act": "询问", "role": "执法人员"}},
        [act("询问", "2024-03-20T10:00", **OFFICER), act("询问", "2024-03-20T10:00", **OFFICER)],
        {},
        "undetermined",
    ),
    "an act that begins while another of no known end may last may overlap": (
        "询问",
        {"no_overlap": {"act": "询问", "role": "执法人员"}},
        [
            act("询问", "2024-03-20T11:00", ends="2024-03-20T12:00", **OFFICER),
            act("询问", "2024-03-20T10:00", **OFFICER),
        ],
        {},
        "undetermined",
    ),
    "an act does not last beyond its day because its end is not told": (
        "询问",
        {"no_overlap": {"act": "询问", "role": "执法人员"}},
        [
            act("询问", "2024-03-21T00:00", ends="2024-03-21T01:00", **OFFICER),
            act("询问", "2024-03-20T10:00", **OFFICER),
        ],
        {},
        "met",
    ),
    "a recording that holds its minute covers an act of one minute": (
        "现场检查",
        {"covered_by": {"act": "音像记录"}},
        [
            act("现场检查", "2024-03-20T10:00", ends="2024-03-20T10:00"),
            act("音像记录", "2024-03-20T10:00", ends="2024-03-20T10:10"),
        ],
        {},
        "met",
    ),
    "a recording of another hour does not cover an act of one minute": (
        "现场检查",
        {"covered_by": {"act": "音像记录"}},
        [
            act("现场检查", "2024-03-20T10:00", ends="2024-03-20T10:00"),
            act("音像记录", "2024-03-20T08:00", ends="2024-03-20T08:10"),
        ],
        {},
        "breached",
    ),
}


@pytest.mark.parametrize("sentence", CASES)
def test_it_should_be_that(sentence: str) -> None:
    row = CASES[sentence]
    given, file = documents(row), case(row)
    plain, compiled = loaded(given), loaded(given)
    compiled.evaluator.compile()
    said = [next(check(file, book, AS_OF)).outcome.value for book in (plain, compiled)]
    assert [*said, findings(file, oracle_book(given), AS_OF)[0].outcome] == [row[4]] * 3
