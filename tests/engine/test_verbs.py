"""Every verb, in each outcome that it can give; the reason of each row is its name."""

from __future__ import annotations

from typing import Any

import pytest

from engine.calendar import WorkingCalendar
from engine.findings import Outcome
from engine.verbs import VERBS
from tests.engine.conftest import judged

MET, BREACHED = Outcome.MET, Outcome.BREACHED
PENDING, OPEN = Outcome.PENDING, Outcome.UNDETERMINED

DECISION = {"id": "D", "kind": "执法决定", "starts": "2024-04-30"}
IN_PROGRESS = {"facts": {"办案状态": "在办", "记录截至": "2024-05-06"}}
Acts = list[dict[str, Any]]


def act(kind: str, starts: str | None = None, ends: str | None = None, **more: Any) -> dict[str, Any]:
    found = {"id": more.pop("id", kind), "kind": kind, **more}
    if starts:
        found["starts"] = starts
    if ends:
        found["ends"] = ends
    return found


FOLLOWED = {"followed_by": {"act": "公示", "within": "7 working days"}}
PRECEDED = {"preceded_by": {"act": "法制审核"}}
NOTICE = {"preceded_by": {"act": "听证通知", "at_least": "7 working days"}}
WITHIN = {
    "within": {
        "period": "90 days",
        "of": {"act": "立案"},
        "stopped_by": [{"act": "检测鉴定"}],
        "extended_by": [{"act": "延长期限审批", "at_most": "30 days"}],
    }
}
COVERED = {"covered_by": {"act": "音像记录", "where": {"形式": "视频"}}}
SEIZURE = act("查封扣押", "2024-04-30T09:00", "2024-04-30T10:00")
LASTS = {"lasts": {"at_most": "30 days", "extended_by": [{"act": "查封扣押延期", "at_most": "30 days"}]}}
REPORTED = {"dated": {"fact": "报告时间", "within": "24 hours"}}
RETURNED = {"dated": {"fact": "报告时间", "within": "24 hours", "after": "返回单位时间"}}
NOT_BEFORE_END = {"dated": {"fact": "报告时间", "not_before": "ends"}}
ANY_DECISION = {"act": "执法决定", "about": "any"}
BEFORE_DECISION = {"dated": {"fact": "报告时间", "not_after": ANY_DECISION, "same_day": True}}
FROM_HEAD = {"dated": {"fact": "报告时间", "within": "2 years", "after": {"head": "违法行为发生时间"}}}
FROM_DECISION = {"dated": {"fact": "报告时间", "within": "3 days", "after": ANY_DECISION}}
NEXT_MARCH = {
    "dated": {
        "fact": "报告时间",
        "within": "3 months",
        "after": ANY_DECISION | {"year_end": True},
        "roll_over": False,
    }
}
BOTH = {"dated": {"fact": "报告时间", "not_before": "starts", "within": "24 hours"}}
ACTED = {"facts": {"办案状态": "已结", "违法行为发生时间": "2024-01-05"}}
RUNNING = {"facts": {"办案状态": "在办"}, "as_of": "2024-04-30"}
LATER = {"id": "D2", "kind": "执法决定", "starts": "2024-05-10"}


def urgent(reported: str, **facts: str) -> dict[str, Any]:
    """Return a seizure whose report is told."""
    return act("查封扣押", "2024-04-30T09:00", "2024-04-30T10:00", facts={"报告时间": reported, **facts})


SHARE = {"at_least": {"fact": "审核人员数", "value": {"share": 0.05, "of": "执法人员数"}}}


def unit(reviewers: int, officers: int) -> dict[str, Any]:
    """Return a unit that tells its people."""
    return act("单位自查", "2024-04-30", facts={"审核人员数": reviewers, "执法人员数": officers})


OFFICERS = [{"person": "P1", "role": "执法人员"}, {"person": "P2", "role": "执法人员"}]
PERSONS = {
    "persons": [
        {"id": "P1", "name": "甲", "certificate": {"number": "1", "valid_from": "2020-01-01"}},
        {
            "id": "P2",
            "name": "乙",
            "certificate": {"number": "2", "valid_from": "2020-01-01", "valid_to": "2024-04-29"},
        },
        {
            "id": "P3",
            "name": "丙",
            "certificate": {"number": "3", "valid_from": "2020-01-01", "valid_to": "2024-04-30"},
        },
        {"id": "P4", "name": "甲"},
    ]
}


def by(*names: str, role: str = "执法人员") -> list[dict[str, str]]:
    return [{"person": name, "role": role} for name in names]


def inspected(*names: str, **more: Any) -> dict[str, Any]:
    return act("现场检查", "2024-04-30", by=by(*names), **more)


VIDEO: dict[str, Any] = {"facts": {"形式": "视频"}}
TABLE: list[tuple[str, dict[str, Any], Acts, dict[str, Any], Outcome]] = [
    # followed_by
    ("published on the last day", FOLLOWED, [DECISION, act("公示", "2024-05-13")], {}, MET),
    ("published on the day itself", FOLLOWED, [DECISION, act("公示", "2024-04-30")], {}, MET),
    ("published a working day late", FOLLOWED, [DECISION, act("公示", "2024-05-14")], {}, BREACHED),
    ("published before the decision only", FOLLOWED, [DECISION, act("公示", "2024-04-29")], {}, BREACHED),
    ("never published, file closed", FOLLOWED, [DECISION], {}, BREACHED),
    ("not yet due", FOLLOWED, [DECISION], {"as_of": "2024-05-13", **IN_PROGRESS}, PENDING),
    ("due, but the record ends before", FOLLOWED, [DECISION], IN_PROGRESS, OPEN),
    ("published on an unknown day", FOLLOWED, [DECISION, act("公示")], {}, OPEN),
    ("the decision has no date", FOLLOWED, [act("执法决定"), act("公示", "2024-05-13")], {}, OPEN),
    ("the source tells no publication", FOLLOWED, [DECISION], {"provides": ["执法决定"]}, OPEN),
    (
        "a paper is listed without its act",
        FOLLOWED,
        [DECISION],
        {"documents": [{"id": "W", "kind": "公示截图"}]},
        OPEN,
    ),
    (
        "it concerns another decision",
        FOLLOWED,
        [DECISION, {**DECISION, "id": "E"}, act("公示", "2024-05-06", about=["E"])],
        {},
        BREACHED,
    ),
    (
        "the notice is of another decision than the one changed",
        {"followed_by": {"act": "公示撤回"}},
        [
            act("决定变更", "2024-05-06", about=["E"]),
            DECISION,
            {**DECISION, "id": "E"},
            act("公示撤回", "2024-05-07", about=["D"]),
        ],
        {},
        BREACHED,
    ),
    (
        "which of two decisions is not told",
        FOLLOWED,
        [DECISION, {**DECISION, "id": "E"}, act("公示", "2024-05-06")],
        {},
        OPEN,
    ),
    ("a year without calendar", FOLLOWED, [act("执法决定", "2026-12-29")], {"as_of": "2027-03-01"}, OPEN),
    ("without a period, open file", {"followed_by": {"act": "送达"}}, [DECISION], IN_PROGRESS, PENDING),
    (
        "without a period, open file that is complete to this day",
        {"followed_by": {"act": "送达"}},
        [DECISION],
        {"facts": {"办案状态": "在办", "记录截至": "2024-12-31"}},
        PENDING,
    ),
    ("without a period, closed file", {"followed_by": {"act": "送达"}}, [DECISION], {}, BREACHED),
    # preceded_by
    ("reviewed the day before", PRECEDED, [DECISION, act("法制审核", "2024-04-29")], {}, MET),
    ("reviewed the day after", PRECEDED, [DECISION, act("法制审核", "2024-05-06")], {}, BREACHED),
    ("never reviewed", PRECEDED, [DECISION], {}, BREACHED),
    (
        "reviewed on the same day, times unknown",
        PRECEDED,
        [DECISION, act("法制审核", "2024-04-30")],
        {},
        OPEN,
    ),
    (
        "reviewed on the same day, in the morning",
        PRECEDED,
        [act("执法决定", "2024-04-30T15:00"), act("法制审核", "2024-04-30T09:00")],
        {},
        MET,
    ),
    (
        "reviewed on the same day, afterwards",
        PRECEDED,
        [act("执法决定", "2024-04-30T09:00"), act("法制审核", "2024-04-30T15:00")],
        {},
        BREACHED,
    ),
    (
        "the same day counts",
        {"preceded_by": {"act": "法制审核", "same_day": True}},
        [DECISION, act("法制审核", "2024-04-30")],
        {},
        MET,
    ),
    ("the source tells no review", PRECEDED, [DECISION], {"provides": ["执法决定"]}, OPEN),
    (
        "told seven working days before",
        NOTICE,
        [act("听证", "2024-05-14"), act("听证通知", "2024-04-30")],
        {},
        MET,
    ),
    (
        "told six working days before",
        NOTICE,
        [act("听证", "2024-05-13"), act("听证通知", "2024-05-06")],
        {},
        BREACHED,
    ),
    # within
    (
        "on the ninetieth day, moved on from a Sunday",
        WITHIN,
        [act("执法决定", "2024-12-09"), act("立案", "2024-09-09")],
        {},
        MET,
    ),
    ("a day later", WITHIN, [act("执法决定", "2024-12-10"), act("立案", "2024-09-09")], {}, BREACHED),
    (
        "extended in time",
        WITHIN,
        [
            act("执法决定", "2025-01-07"),
            act("立案", "2024-09-09"),
            act("延长期限审批", "2024-12-09", facts={"延长期限": "30日"}),
        ],
        {},
        MET,
    ),
    (
        "extended too late",
        WITHIN,
        [
            act("执法决定", "2024-12-11"),
            act("立案", "2024-09-09"),
            act("延长期限审批", "2024-12-10", facts={"延长期限": "30日"}),
        ],
        {},
        BREACHED,
    ),
    (
        "extended beyond what may be",
        WITHIN,
        [
            act("执法决定", "2025-01-09"),
            act("立案", "2024-09-09"),
            act("延长期限审批", "2024-11-09", facts={"延长期限": "60日"}),
        ],
        {},
        BREACHED,
    ),
    (
        "two days of testing are not counted",
        WITHIN,
        [
            act("执法决定", "2024-12-10"),
            act("立案", "2024-09-09"),
            act("检测鉴定", "2024-10-08", "2024-10-10"),
        ],
        {},
        MET,
    ),
    (
        "testing without an end leaves it open",
        WITHIN,
        [act("执法决定", "2024-12-10"), act("立案", "2024-09-09"), act("检测鉴定", "2024-10-08")],
        {},
        OPEN,
    ),
    (
        "a source that tells no extensions",
        WITHIN,
        [act("执法决定", "2024-12-10"), act("立案", "2024-09-09")],
        {"provides": ["执法决定", "立案"]},
        OPEN,
    ),
    ("nothing to count from", WITHIN, [act("执法决定", "2024-12-10")], {}, OPEN),
    # covered_by
    (
        "one recording over the whole",
        COVERED,
        [SEIZURE, act("音像记录", "2024-04-30T08:55", "2024-04-30T10:05", **VIDEO)],
        {},
        MET,
    ),
    (
        "a gap in the middle",
        COVERED,
        [
            SEIZURE,
            act("音像记录", "2024-04-30T09:00", "2024-04-30T09:20", **VIDEO),
            act("音像记录", "2024-04-30T09:40", "2024-04-30T10:00", id="B", **VIDEO),
        ],
        {},
        BREACHED,
    ),
    ("no recording", COVERED, [SEIZURE], {}, BREACHED),
    (
        "a recording that is only noted",
        COVERED,
        [{**SEIZURE, "facts": {"记录形式": ["文字记录", "音像记录"]}}],
        {},
        OPEN,
    ),
    ("a film that is only noted", COVERED, [{**SEIZURE, "facts": {"照片录像": True}}], {}, OPEN),
    (
        "a paper that notes words only",
        COVERED,
        [{**SEIZURE, "facts": {"记录形式": ["文字记录"], "照片录像": False}}],
        {},
        BREACHED,
    ),
    (
        "a photograph is no video",
        COVERED,
        [SEIZURE, act("音像记录", "2024-04-30T09:00", "2024-04-30T10:00", facts={"形式": "照片"})],
        {},
        BREACHED,
    ),
    ("a recording without times", COVERED, [SEIZURE, act("音像记录", "2024-04-30", **VIDEO)], {}, OPEN),
    (
        "an act without times",
        COVERED,
        [act("查封扣押", "2024-04-30"), act("音像记录", "2024-04-30T09:00", "2024-04-30T10:00", **VIDEO)],
        {},
        OPEN,
    ),
    (
        "a seizure that ends when it is lifted",
        COVERED,
        [
            act("查封扣押", "2024-04-30T09:00", "2024-05-20T10:00"),
            act("音像记录", "2024-04-30T09:00", "2024-04-30T10:00", **VIDEO),
        ],
        {},
        OPEN,
    ),
    ("a source without recordings", COVERED, [SEIZURE], {"provides": ["查封扣押"]}, OPEN),
    # states
    (
        "all items stated",
        {"states": {"载明事项": {"includes": ["违法事实"]}}},
        [{**DECISION, "facts": {"载明事项": ["违法事实", "处罚依据"]}}],
        {},
        MET,
    ),
    (
        "an item is missing",
        {"states": {"载明事项": {"includes": ["违法事实", "处罚依据"]}}},
        [{**DECISION, "facts": {"载明事项": ["违法事实"]}}],
        {},
        BREACHED,
    ),
    ("the items are not told", {"states": {"载明事项": {"includes": ["违法事实"]}}}, [DECISION], {}, OPEN),
    ("a positive flag is denied by silence", {"states": ["当场作出"]}, [DECISION], {}, BREACHED),
    ("a seal is not denied by silence", {"states": {"印章": True}}, [DECISION], {}, OPEN),
    # at_most, at_least
    (
        "as high as allowed",
        {"at_most": {"fact": "罚款金额", "value": {"limit": "most"}}},
        [{**DECISION, "facts": {"罚款金额": 200}}],
        {},
        MET,
    ),
    (
        "a cent too high",
        {"at_most": {"fact": "罚款金额", "value": {"limit": "most"}}},
        [{**DECISION, "facts": {"罚款金额": 200.01}}],
        {},
        BREACHED,
    ),
    (
        "the limit needs a provincial figure",
        {"at_most": {"fact": "罚款金额", "value": {"limit": "most"}}},
        [{**DECISION, "facts": {"罚款金额": 200}}],
        {"parties": [{"name": "某公司", "kind": "法人"}]},
        OPEN,
    ),
    ("no fine at all", {"at_most": {"fact": "罚款金额", "value": 200}}, [DECISION], {}, MET),
    (
        "not above the notice",
        {"at_most": {"fact": "罚款金额", "value": {"act": "事先告知", "fact": "拟罚款金额"}}},
        [
            {**DECISION, "facts": {"罚款金额": 15000}},
            act("事先告知", "2024-04-01", facts={"拟罚款金额": 10000}),
            act("事先告知", "2024-04-10", id="N2", facts={"拟罚款金额": 15000}),
        ],
        {},
        MET,
    ),
    (
        "above the notice, another notice came afterwards",
        {"at_most": {"fact": "罚款金额", "value": {"act": "事先告知", "fact": "拟罚款金额"}}},
        [
            {**DECISION, "facts": {"罚款金额": 15000}},
            act("事先告知", "2024-04-01", facts={"拟罚款金额": 10000}),
            act("事先告知", "2024-05-10", id="N2", facts={"拟罚款金额": 15000}),
        ],
        {},
        BREACHED,
    ),
    (
        "above the notice",
        {"at_most": {"fact": "罚款金额", "value": {"act": "事先告知", "fact": "拟罚款金额"}}},
        [
            {**DECISION, "facts": {"罚款金额": 15000}},
            act("事先告知", "2024-04-01", facts={"拟罚款金额": 10000}),
        ],
        {},
        BREACHED,
    ),
    (
        "low enough",
        {"at_least": {"fact": "公告天数", "value": 30}},
        [act("送达", "2024-04-30", facts={"公告天数": 30})],
        {},
        MET,
    ),
    (
        "too low",
        {"at_least": {"fact": "公告天数", "value": 30}},
        [act("送达", "2024-04-30", facts={"公告天数": 29})],
        {},
        BREACHED,
    ),
    ("not told", {"at_least": {"fact": "公告天数", "value": 30}}, [act("送达", "2024-04-30")], {}, OPEN),
    ("exactly the share", SHARE, [unit(5, 100)], {}, MET),
    ("one below the share", SHARE, [unit(4, 100)], {}, BREACHED),
    ("a share that is no whole number, below", SHARE, [unit(5, 101)], {}, BREACHED),
    ("above that share", SHARE, [unit(6, 101)], {}, MET),
    ("the whole not told", SHARE, [act("单位自查", "2024-04-30", facts={"审核人员数": 5})], {}, OPEN),
    # same_as
    (
        "the same but for width and brackets",
        {"same_as": {"fact": "认定事实", "act": "调查终结"}},
        [
            {**DECISION, "facts": {"认定事实": "超范围经营（食品）"}},
            act("调查终结", "2024-04-01", facts={"认定事实": "超范围经营(食品)"}),
        ],
        {},
        MET,
    ),
    (
        "not the same",
        {"same_as": {"fact": "认定事实", "act": "调查终结"}},
        [
            {**DECISION, "facts": {"认定事实": "超范围经营"}},
            act("调查终结", "2024-04-01", facts={"认定事实": "无照经营"}),
        ],
        {},
        BREACHED,
    ),
    (
        "nothing to compare with",
        {"same_as": {"fact": "认定事实", "act": "调查终结"}},
        [{**DECISION, "facts": {"认定事实": "超范围经营"}}],
        {},
        OPEN,
    ),
    # done_by
    ("two officers", {"done_by": {"role": "执法人员", "at_least": 2}}, [inspected("P1", "P3")], PERSONS, MET),
    ("one officer", {"done_by": {"role": "执法人员", "at_least": 2}}, [inspected("P1")], PERSONS, BREACHED),
    (
        "one officer named by a source that need not name all",
        {"done_by": {"role": "执法人员", "at_least": 2}},
        [inspected("P1")],
        {**PERSONS, "provides": ["现场检查.地点"]},
        OPEN,
    ),
    (
        "an expired certificate, and a second officer perhaps not named",
        {"done_by": {"role": "执法人员", "at_least": 1, "certificate": True}},
        [inspected("P2")],
        {**PERSONS, "provides": ["现场检查.地点"]},
        OPEN,
    ),
    (
        "an expired certificate is one, whoever else was there",
        {"done_by": {"role": "执法人员", "every": True, "certificate": True}},
        [inspected("P2")],
        {**PERSONS, "provides": ["现场检查.地点"]},
        BREACHED,
    ),
    ("nobody named", {"done_by": {"role": "执法人员"}}, [act("现场检查", "2024-04-30")], PERSONS, OPEN),
    (
        "valid on its last day",
        {"done_by": {"role": "执法人员", "every": True, "certificate": True}},
        [inspected("P3")],
        PERSONS,
        MET,
    ),
    (
        "expired the day before",
        {"done_by": {"role": "执法人员", "every": True, "certificate": True}},
        [inspected("P3", "P2")],
        PERSONS,
        BREACHED,
    ),
    (
        "no end of validity told",
        {"done_by": {"role": "执法人员", "every": True, "certificate": True}},
        [inspected("P1")],
        PERSONS,
        OPEN,
    ),
    # independent_of
    (
        "somebody else reviewed",
        {"independent_of": {"act": "现场检查"}},
        [act("法制审核", "2024-04-29", by=by("P2", role="审核人")), inspected("P1")],
        PERSONS,
        MET,
    ),
    (
        "the same person reviewed",
        {"independent_of": {"act": "现场检查"}},
        [act("法制审核", "2024-04-29", by=by("P1", role="审核人")), inspected("P1")],
        PERSONS,
        BREACHED,
    ),
    (
        "a person of the same name reviewed",
        {"independent_of": {"act": "现场检查"}},
        [act("法制审核", "2024-04-29", by=by("P4", role="审核人")), inspected("P1")],
        PERSONS,
        OPEN,
    ),
    (
        "the reviewer is not named",
        {"independent_of": {"act": "现场检查"}},
        [act("法制审核", "2024-04-29"), inspected("P1")],
        PERSONS,
        OPEN,
    ),
    # signed_by
    (
        "signed",
        {"signed_by": {"who": "当事人"}},
        [act("询问", "2024-04-30", facts={"当事人确认": "签名"})],
        {},
        MET,
    ),
    (
        "a refusal that is noted",
        {"signed_by": {"who": "当事人"}},
        [act("询问", "2024-04-30", facts={"当事人确认": "拒签注明"})],
        {},
        MET,
    ),
    (
        "not signed",
        {"signed_by": {"who": "当事人"}},
        [act("询问", "2024-04-30", facts={"当事人确认": "未确认"})],
        {},
        BREACHED,
    ),
    ("not told whether signed", {"signed_by": {"who": "当事人"}}, [act("询问", "2024-04-30")], {}, OPEN),
    (
        "an officer's signature is a yes or no",
        {"signed_by": {"who": ["当事人", "执法人员"]}},
        [act("询问", "2024-04-30", facts={"当事人确认": "捺印", "执法人员确认": True})],
        {},
        MET,
    ),
    (
        "no officer's signature",
        {"signed_by": {"who": ["当事人", "执法人员"]}},
        [act("询问", "2024-04-30", facts={"当事人确认": "捺印", "执法人员确认": False})],
        {},
        BREACHED,
    ),
    # lasts
    ("thirty days", LASTS, [act("查封扣押", "2024-05-06", "2024-06-05")], {}, MET),
    ("thirty-one days", LASTS, [act("查封扣押", "2024-05-06", "2024-06-06")], {}, BREACHED),
    (
        "sixty days with an extension",
        LASTS,
        [
            act("查封扣押", "2024-05-06", "2024-07-05"),
            act("查封扣押延期", "2024-06-05", facts={"延长期限": "30日"}),
        ],
        {},
        MET,
    ),
    (
        "still running",
        LASTS,
        [act("查封扣押", "2024-05-06")],
        {"as_of": "2024-06-05", **IN_PROGRESS},
        PENDING,
    ),
    ("no end told", LASTS, [act("查封扣押", "2024-05-06")], {}, OPEN),
    # not_during
    (
        "in daylight on a working day",
        {"not_during": {"times": ["夜间", "法定节假日"]}},
        [act("强制执行", "2024-04-30T09:00", "2024-04-30T21:59")],
        {},
        MET,
    ),
    (
        "into the night",
        {"not_during": {"times": ["夜间"]}},
        [act("强制执行", "2024-04-30T21:00", "2024-04-30T22:30")],
        {},
        BREACHED,
    ),
    (
        "on Labour Day",
        {"not_during": {"times": ["法定节假日"]}},
        [act("强制执行", "2024-05-01")],
        {},
        BREACHED,
    ),
    (
        "on a weekend that is no statutory holiday",
        {"not_during": {"times": ["法定节假日"]}},
        [act("强制执行", "2024-05-04")],
        {},
        MET,
    ),
    ("no time told", {"not_during": {"times": ["夜间"]}}, [act("强制执行", "2024-04-30")], {}, OPEN),
    (
        "a year without calendar for holidays",
        {"not_during": {"times": ["法定节假日"]}},
        [act("强制执行", "2027-05-01")],
        {},
        OPEN,
    ),
    # no_overlap
    (
        "two at the same time",
        {"no_overlap": {"act": "询问", "role": "执法人员"}},
        [
            act("询问", "2024-04-30T09:00", "2024-04-30T10:00", by=by("P1")),
            act("询问", "2024-04-30T09:59", "2024-04-30T11:00", id="Q", by=by("P1")),
        ],
        PERSONS,
        BREACHED,
    ),
    (
        "one after the other",
        {"no_overlap": {"act": "询问", "role": "执法人员"}},
        [
            act("询问", "2024-04-30T09:00", "2024-04-30T10:00", by=by("P1")),
            act("询问", "2024-04-30T10:00", "2024-04-30T11:00", id="Q", by=by("P1")),
        ],
        PERSONS,
        MET,
    ),
    (
        "on the same day without times",
        {"no_overlap": {"act": "询问", "role": "执法人员"}},
        [act("询问", "2024-04-30", by=by("P1")), act("询问", "2024-04-30", id="Q", by=by("P1"))],
        PERSONS,
        OPEN,
    ),
    # free_of
    (
        "nothing of the kind is shown",
        {"free_of": {"items": ["身份证号", "电话"]}},
        [act("公示", "2024-04-30", facts={"公示文本": "罚款 5000 元，文号 20240001"})],
        {},
        MET,
    ),
    (
        "an identity number in the text",
        {"free_of": {"items": ["身份证号"]}},
        [act("公示", "2024-04-30", facts={"公示文本": "张某（11010519491231002X）"})],
        {},
        BREACHED,
    ),
    (
        "a telephone number in the text",
        {"free_of": {"items": ["电话"]}},
        [act("公示", "2024-04-30", facts={"公示文本": "联系人手机13800138000"})],
        {},
        BREACHED,
    ),
    (
        "the home is listed as shown",
        {"free_of": {"items": ["住址"]}},
        [act("公示", "2024-04-30", facts={"公示内容含": ["住址"]})],
        {},
        BREACHED,
    ),
    ("what is shown is not told", {"free_of": {"items": ["住址"]}}, [act("公示", "2024-04-30")], {}, OPEN),
    # never_with
    ("no such act", {"never_with": {"act": "公示"}}, [DECISION], {}, MET),
    ("such an act", {"never_with": {"act": "公示"}}, [DECISION, act("公示", "2024-05-06")], {}, BREACHED),
    (
        "a source that cannot tell",
        {"never_with": {"act": "公示"}},
        [DECISION],
        {"provides": ["执法决定"]},
        OPEN,
    ),
    (
        "only afterwards, and it was before",
        {"never_with": {"act": "公示", "after_only": True}},
        [DECISION, act("公示", "2024-04-29")],
        {},
        MET,
    ),
    # cites_law_in_force
    (
        "a law in force",
        {"cites_law_in_force": {}},
        [{**DECISION, "facts": {"引用依据": ["《乙条例》第三条"]}}],
        {},
        MET,
    ),
    (
        "a law no longer in force",
        {"cites_law_in_force": {}},
        [{**DECISION, "facts": {"引用依据": ["《乙条例》第三条", "《甲法》第一条"]}}],
        {},
        BREACHED,
    ),
    (
        "a law that is not listed",
        {"cites_law_in_force": {}},
        [{**DECISION, "facts": {"引用依据": ["《丙办法》第一条"]}}],
        {},
        OPEN,
    ),
    ("no law told", {"cites_law_in_force": {}}, [DECISION], {}, OPEN),
    # dated
    ("within the hours", REPORTED, [urgent("2024-05-01T09:59")], {}, MET),
    ("before it began", REPORTED, [urgent("2024-04-29")], {}, MET),
    ("an hour too late", REPORTED, [urgent("2024-05-01T11:01")], {}, BREACHED),
    ("on a day that may be in time", REPORTED, [urgent("2024-05-01")], {}, OPEN),
    ("not told in a closed file", REPORTED, [SEIZURE], {}, OPEN),
    ("not told while the hours run", REPORTED, [SEIZURE], RUNNING, PENDING),
    ("not told after the hours", REPORTED, [SEIZURE], IN_PROGRESS, OPEN),
    (
        "counted from another fact",
        RETURNED,
        [urgent("2024-05-03T08:00", 返回单位时间="2024-05-02T08:00")],
        {},
        MET,
    ),
    (
        "too late from it",
        RETURNED,
        [urgent("2024-05-03T10:00", 返回单位时间="2024-05-02T08:00")],
        {},
        BREACHED,
    ),
    ("the other fact not told", RETURNED, [urgent("2024-05-03T10:00")], {}, OPEN),
    ("not before the end", NOT_BEFORE_END, [urgent("2024-04-30T10:00")], {}, MET),
    ("before the end", NOT_BEFORE_END, [urgent("2024-04-30T09:59")], {}, BREACHED),
    ("on the day of the end, the hour unknown", NOT_BEFORE_END, [urgent("2024-04-30")], {}, OPEN),
    ("before another act", BEFORE_DECISION, [urgent("2024-04-29"), DECISION], {}, MET),
    ("after another act", BEFORE_DECISION, [urgent("2024-05-01"), DECISION], {}, BREACHED),
    ("on the day of another act, which counts", BEFORE_DECISION, [urgent("2024-04-30"), DECISION], {}, MET),
    ("no other act", BEFORE_DECISION, [urgent("2024-04-29")], {}, OPEN),
    ("after one of two acts", BEFORE_DECISION, [urgent("2024-05-01"), DECISION, LATER], {}, BREACHED),
    ("another act without a day", BEFORE_DECISION, [urgent("2024-05-01"), act("执法决定")], {}, OPEN),
    ("within the period of the head", FROM_HEAD, [urgent("2024-05-01")], ACTED, MET),
    ("beyond the period of the head", FROM_HEAD, [urgent("2026-05-01")], ACTED, BREACHED),
    ("the head does not tell", FROM_HEAD, [urgent("2026-05-01")], {}, OPEN),
    ("in time from each of two acts", FROM_DECISION, [urgent("2024-05-02"), DECISION, LATER], {}, MET),
    ("late from one of two acts", FROM_DECISION, [urgent("2024-05-07"), DECISION, LATER], {}, OPEN),
    ("late from each of two acts", FROM_DECISION, [urgent("2024-05-20"), DECISION, LATER], {}, BREACHED),
    (
        "by the last day of the third month of the next year",
        NEXT_MARCH,
        [urgent("2025-03-31"), DECISION],
        {},
        MET,
    ),
    ("a day later", NEXT_MARCH, [urgent("2025-04-01"), DECISION], {}, BREACHED),
    ("two demands, one broken", BOTH, [urgent("2024-04-29T09:00")], {}, BREACHED),
]


@pytest.mark.parametrize(
    ("require", "acts", "head", "expected"),
    [row[1:] for row in TABLE],
    ids=[f"{next(iter(row[1]))}: {row[0]}" for row in TABLE],
)
def test_the_verb_judges(
    require: dict[str, Any],
    acts: Acts,
    head: dict[str, Any],
    expected: Outcome,
    calendar: WorkingCalendar,
) -> None:
    verdict = judged(require, acts, calendar, **head)
    assert verdict.outcome is expected
    if expected is OPEN:
        assert verdict.settled_by, "an open verdict names what would settle it"
    if expected is not MET:
        assert verdict.values["problem"]
        assert verdict.values.keys() | {"problem"} >= VERBS[next(iter(require))].VALUES or expected is OPEN


def test_every_verb_is_shown_kept_and_broken_and_open() -> None:
    shown = {(next(iter(row[1])), row[4]) for row in TABLE}
    for verb in VERBS:
        assert {(verb, MET), (verb, BREACHED)} <= shown
        assert (verb, OPEN) in shown or verb == "at_most"


@pytest.mark.parametrize("require", [row[1] for row in TABLE[:1]] + [WITHIN, COVERED, LASTS, NOTICE])
def test_the_sentence_names_no_english_unit(require: dict[str, Any]) -> None:
    from engine.documents import RequirementDocument

    sentence = RequirementDocument.model_validate(require).verb.sentence()
    assert not any(word in sentence for word in ("day", "month", "hour"))


def test_the_gap_of_a_recording_is_named_to_the_minute(calendar: WorkingCalendar) -> None:
    acts = [SEIZURE, act("音像记录", "2024-04-30T09:00", "2024-04-30T09:40", **VIDEO)]
    verdict = judged(COVERED, acts, calendar)
    assert verdict.values["gap_from"] == "2024-04-30 09:40"
    assert verdict.values["gap_to"] == "2024-04-30 10:00"
