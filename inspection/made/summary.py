"""Lawful penalty files of the summary procedure: decided and handed over on the spot."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.setting import Setting

NEW_LAW = date(2021, 7, 15)
"""From this day the fines on the spot may be higher (行政处罚法 第五十一条)."""
OLD_FINES, NEW_FINES = ((50, 1_000), (200, 3_000))
"""The highest fines on the spot for citizens and for others, in 元."""
RECONSIDERATION_FIRST = date(2024, 1, 1)
"""From this day reconsideration comes before the court (行政复议法 第二十三条第一款第一项)."""
WARNINGS_KEPT_BACK = date(2021, 9, 1)
"""A mere warning of a citizen stays unpublished (市场监督管理行政处罚信息公示规定)."""
FIRST_APPLY = "应当先自收到本决定书之日起六十日内申请行政复议，对复议决定不服的再依法提起行政诉讼"
STATED = [
    "当事人姓名名称", "违法事实", "处罚种类", "罚款数额", "处罚依据", "处罚时间", "处罚地点",
    "救济途径和期限",
    "复议前置提示", "机关名称", "决定日期", "执法人员签名", "代收机构名称", "代收机构地址", "缴款期限",
    "加处罚款标准",
]  # fmt: skip


def summary_file(setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> Facts:
    """Return a lawful penalty file of the summary procedure as plain data."""
    draft = Draft("行政处罚", setting, dice, calendar, words)
    day = draft.working(setting.first, 0)
    fine = _fine(setting, dice)
    _head(draft, setting, day)
    decision = _on_the_spot(draft, day, fine)
    _afterwards(draft, day, decision, fine)
    return draft.case(procedure="简易程序")


def _fine(setting: Setting, dice: Random) -> int:
    """Return a fine up to the highest one, often exactly that; 0: a warning."""
    limits = NEW_FINES if setting.first >= NEW_LAW else OLD_FINES
    most = limits[0 if setting.party.is_citizen else 1]
    return dice.choice((most, most // 2, most // 5, 0))


def _head(draft: Draft, setting: Setting, day: date) -> None:
    draft.head |= {
        "涉企": not setting.party.is_citizen,
        "案件来源类型": "现场检查",
        "违法行为发生时间": str(day),
        "违法行为连续": False,
        "违法行为发现时间": str(day),
        "复议前置": day >= RECONSIDERATION_FIRST,
        "涉案金额": 0,
        "违法所得": 0,
        **dict.fromkeys(
            ("情节复杂", "重大违法", "处罚较重", "争议较大", "负责人指定讨论", "涉嫌犯罪", "同一行为已罚款"),
            False,
        ),
    }


def _on_the_spot(draft: Draft, day: date, fine: int) -> str:
    """Tell what happened at the place, from the discovery to the service, and return the decision."""

    def at(clock: str) -> str:
        return f"{day}T{clock}"

    kinds = ["罚款"] if fine else ["警告"]
    draft.act("案件来源", at("09:02"), facts={"案件来源类型": "现场检查"}, paper="案件来源登记表")
    visit = draft.act("现场检查", at("09:05"), at("09:25"), facts={"检查任务来源": "年度计划"})
    draft.act("证据提取", at("09:10"), facts={"制作时间": at("09:10")})
    draft.act("询问", at("09:26"), at("09:34"))
    order = draft.act("责令改正", at("09:36"), facts={"改正期限": str(day), "改正要求": "立即停止违法行为"})
    content = ["拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "回避权"]
    facts: Facts = {
        "告知内容": content,
        "拟处罚种类": kinds,
        "拟罚款金额": fine or None,
        "当事人确认": "签名",
    }
    notice = draft.act("事先告知", at("09:37"), facts=facts)
    defence = draft.act("陈述申辩", at("09:39"), about=[notice], facts={"申辩意见": "当事人没有异议"})
    draft.act("申辩复核", at("09:40"), about=[defence])
    decision = draft.act(
        "执法决定",
        at("09:42"),
        by="执法人员 执法人员",
        facts={
            "决定类型": "行政处罚",
            "处罚种类": kinds,
            "罚款金额": fine or None,
            "含责令改正": True,
            "改正期限": str(day),
            "当场作出": True,
            "当场交付": True,
            "预定格式编号文书": True,
            "出示证件": True,
            "告知事由依据权利": True,
            "听取陈述申辩": True,
            "当事人异议": False,
            "地点": draft.setting.place,
            "当事人确认": "签名",
            "执法人员确认": True,
            "记录形式": ["文字记录"],
            "载明事项": STATED,
            "依据公布日期": "2015-08-29",
            "依据施行日期": "2018-10-26",
            "社会影响": False,
            **({"救济途径": FIRST_APPLY} if day >= RECONSIDERATION_FIRST else {}),
        },
        without=("批准人", "批准人职务", "采纳情况", "宣告后当场交付"),
    )
    served: Facts = {"送达方式": "当场交付", "送达文书": "当场行政处罚决定书", "签收情况": "本人签收"}
    draft.act("送达", at("09:45"), about=[decision], facts=served)
    video = draft.act("音像记录", at("09:04"), at("09:50"), about=[visit, decision])
    draft.act("整改复查", at("09:55"), about=[order])
    draft.act("音像上传", at("17:10"), about=[video])
    return decision


def _afterwards(draft: Draft, day: date, decision: str, fine: int) -> None:
    """Report the decision, publish it, have the fine paid, and close."""
    next_day = draft.working(day, 1) if draft.working(day, 1) == day + timedelta(1) else day
    draft.act("备案", next_day, about=[decision])
    check = draft.act("保密审查", draft.working(day, 2))
    setting = draft.setting
    is_kept_back = setting.field == "市场监管" and setting.party.is_citizen and day >= WARNINGS_KEPT_BACK
    if fine or not is_kept_back:
        draft.act("公示", draft.working(day, 3), about=[decision, check], facts=_platform(setting))
    done = day
    if fine:
        done = draft.within(draft.working(day, 1), day + timedelta(15))
        draft.act("缴款", done, about=[decision], facts={"缴款金额": fine})
    closed = draft.working(max(done, draft.working(day, 3)), draft.dice.randint(1, 4))
    draft.act(
        "结案",
        closed,
        facts={"结案事由发生日期": str(done), "报告日期": str(closed), "负责人批准时间": str(closed)},
    )
    draft.act("归档", draft.working(closed, draft.dice.randint(1, 8)))


def _platform(setting: Setting) -> Facts:
    is_market = setting.field == "市场监管"
    return {"平台": ["国家企业信用信息公示系统", "机关门户网站"]} if is_market else {}
