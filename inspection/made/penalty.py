"""Lawful penalty files of the ordinary procedure, from the clue to the archive.

The days keep the shortest of the terms that any field sets, or lie on the last day of a term that all
fields share; what a field demands beside that is written where it is demanded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.setting import Setting

DAY = timedelta(1)
FILING = {"农业": 7}
"""Working days from the clue to the filing where that is less than ten (农业行政处罚程序规定 第二十九条)."""
FINES = (800, 1_900, 2_900, 4_900, 12_000, 48_000, 120_000)
TERMS = {"自然资源": 60}
"""Days from the filing to the decision where that ever was less than ninety (自然资源行政处罚办法, 2014)."""
PLATFORMS = {"市场监管": ["国家企业信用信息公示系统", "机关门户网站"]}
"""Where a decision is published; 市场监督管理行政处罚信息公示规定 第六条 names the system."""
FILES_MAJOR_PENALTIES = ("内蒙古", "四川")
"""Regions where major penalties are filed with the office of supervision; these units file all of them."""


@dataclass(frozen=True)
class Options:
    """What varies from case to case; amounts in 元."""

    fine: int
    gain: int
    """The unlawful gain that is confiscated."""
    goods: int
    """The value of the goods that are confiscated."""
    is_major: bool
    is_heard: bool
    defends: bool
    is_tested: bool
    is_preserved: bool
    is_suspended: bool
    is_paid_late: bool
    is_corrected: bool
    """The publication had a slip and was corrected."""
    is_ordered_apart: bool
    """The order to correct is a paper of its own; otherwise the decision contains it."""
    service: str
    """How the decision is served."""

    @property
    def kinds(self) -> list[str]:
        """The kinds of penalty."""
        also = [(self.gain, "没收违法所得"), (self.goods, "没收非法财物")]
        return ["罚款", *(kind for amount, kind in also if amount)]


def any_options(dice: Random, setting: Setting) -> Options:
    """Return options drawn from the dice.

    Customs review every ordinary case (海关程序 第六十三条), offices of natural resources every
    confiscation of a gain (自然资源执法监督规定 第二十一条第二款).
    """

    def chance(share: float) -> bool:
        return dice.random() < share

    gain = dice.choice((0, 0, 900, 6_000))
    is_reviewed = setting.field == "海关" or (setting.field == "自然资源" and gain > 0)
    is_major = chance(0.35) or is_reviewed
    return Options(
        fine=dice.choice(FINES),
        gain=gain,
        goods=dice.choice((0, 0, 700, 3_300)),
        is_major=is_major,
        is_heard=is_major and chance(0.6),
        defends=chance(0.5),
        is_tested=chance(0.3),
        is_preserved=chance(0.25),
        is_suspended=chance(0.1),
        is_paid_late=chance(0.15),
        is_corrected=chance(0.1),
        is_ordered_apart=chance(0.7),
        service=dice.choice(("直接送达", "直接送达", "直接送达", "留置送达", "邮寄送达", "电子送达")),
    )


def penalty_file(setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> Facts:
    """Return a lawful penalty file of the ordinary procedure as plain data."""
    story = Penalty(setting, dice, calendar, words)
    story.tell()
    return story.draft.case(procedure="普通程序")


class Penalty:
    """What happens in the case, step by step; ``today`` is the day that a step has reached."""

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        self.setting = setting
        self.dice = dice
        self.draft = Draft("行政处罚", setting, dice, calendar, words)
        self.options = any_options(dice, setting)
        self.today = self.draft.working(setting.first, 0)

    def tell(self) -> None:
        """Tell the whole case."""
        self.head()
        self.inspection()
        self.filing()
        self.inquiry()
        self.order()
        self.report()
        self.notice()
        self.hearing()
        self.review()
        self.decision()
        self.publication()
        self.performance()
        self.end()

    def after(self, least: int, most: int | None = None) -> date:
        """Go on by some working days and return the day reached."""
        self.today = self.draft.working(self.today, self.dice.randint(least, least if most is None else most))
        return self.today

    def serve(self, acts: list[str], when: date | str, paper: str, **facts: Any) -> str:
        """Add a service of some acts' papers."""
        return self.draft.act("送达", when, about=acts, facts={"送达文书": paper, **facts})

    def head(self) -> None:
        """Write what the head says of the case."""
        first, options = self.today, self.options
        self.draft.head |= {
            "涉企": not self.setting.party.is_citizen,
            "案件来源类型": "举报",
            "违法行为发生时间": str(first - timedelta(self.dice.randint(20, 120))),
            "违法行为连续": True,
            "违法行为终了时间": str(first - DAY),
            "违法行为发现时间": str(first),
            "涉案金额": options.gain * 2 + options.goods,
            "违法所得": options.gain,
            "直接关系重大权益": options.is_major,
            "审核目录命中": options.is_major,
            "情节复杂": options.is_major,
            **dict.fromkeys(("重大违法", "处罚较重", "争议较大", "负责人指定讨论", "涉嫌犯罪"), False),
            "同一行为已罚款": False,
        }

    def inspection(self) -> None:
        """Tell of the clue, the visit with its recording, and what was taken there."""
        draft = self.draft
        draft.act("案件来源", self.today)
        day = self.after(1)
        draft.act("检查审批", f"{day}T08:40", facts={"负责人批准时间": f"{day}T08:40"})
        if not self.setting.party.is_citizen:
            draft.act("检查通知", f"{day}T08:55")
        visit = draft.act("现场检查", f"{day}T09:10", f"{day}T10:50")
        recorded = [visit]
        if self.options.is_tested:
            recorded.append(draft.act("抽样取证", f"{day}T10:00", about=[visit]))
        if self.options.is_preserved:
            self.preserved = draft.act(
                "先行登记保存",
                f"{day}T10:30",
                facts={"负责人批准时间": f"{day}T08:40", "登记保管时间": f"{day}T16:00"},
            )
            recorded.append(self.preserved)
        video = draft.act("音像记录", f"{day}T09:10", f"{day}T10:50", about=recorded)
        draft.act("证据提取", f"{day}T10:55", facts={"制作时间": f"{day}T10:55"})
        draft.act("音像上传", f"{day}T17:20", about=[video])
        if self.options.is_tested:
            self._test(recorded[1], day)
        if self.options.is_preserved:
            self._dispose(day)

    def _test(self, sample: str, day: date) -> None:
        draft = self.draft
        begun, done = draft.working(day, 1), draft.working(day, 4)
        self.received = draft.working(done, 1)
        self.test = draft.act(
            "检测鉴定", begun, done, about=[sample], facts={"收到结果日期": str(self.received)}
        )
        told = draft.act("检测结果告知", draft.working(self.received, 1), about=[self.test])
        self.serve([told], draft.working(self.received, 1), "检测鉴定结果告知书")

    def _dispose(self, day: date) -> None:
        # Seven days without the holidays of the old law, so that no long holiday makes it late.
        done = min(self.draft.working(day, self.dice.randint(1, 4)), day + timedelta(7))
        self.draft.act(
            "先行登记保存处理",
            done,
            about=[self.preserved],
            facts={"保存处理方式": "返还当事人", "退还日期": str(done), "负责人批准时间": str(done)},
        )

    def filing(self) -> None:
        """File the case."""
        day = self.after(1, FILING.get(self.setting.field, 8) - 2)
        self.filed = day
        self.draft.act("立案", f"{day}T10:30", facts={"负责人批准时间": f"{day}T10:30"})

    def inquiry(self) -> None:
        """Question the party and a witness; perhaps the inquiry stands still for some time."""
        draft = self.draft
        self.today = max(self.today, getattr(self, "received", self.today))
        for by, whom in ((None, "当事人"), ("执法人员 执法人员 证人", "证人")):
            day = self.after(1, 3)
            draft.act(
                "询问", f"{day}T09:30", f"{day}T11:05", by=by, facts={"询问对象类型": whom}, paper="询问笔录"
            )
        if self.options.is_suspended:
            approved = {"批准人": "示例戊", "批准人职务": "机关负责人"}
            for kind, more, least in (
                ("中止调查", {"中止情形": "以其他案件裁判或者处理为依据"}, 1),
                ("恢复调查", {}, 10),
            ):
                day = self.after(least, least + 4)
                facts = approved | more | {"负责人批准时间": str(day), "书面告知日期": str(day)}
                draft.act(kind, day, by="批准人", facts=facts)

    def order(self) -> None:
        """Order the party to correct what was wrong (行政处罚法 第二十八条第一款)."""
        if not self.options.is_ordered_apart:
            return
        draft, day = self.draft, self.after(1)
        until = draft.working(day, 5)
        order = draft.act(
            "责令改正", f"{day}T09:00", facts={"改正期限": str(until), "改正要求": "停止违法行为"}
        )
        self.serve([order], f"{day}T15:10", "责令改正通知书")
        self.today = until
        draft.act("整改复查", f"{self.after(1)}T10:00", about=[order])

    def report(self) -> None:
        """End the inquiry and have the case examined."""
        self.draft.act("调查终结", self.after(1, 4))
        self.draft.act("案件审核", self.after(1, 2))

    def notice(self) -> None:
        """Tell the party what is to be decided, and hear what it says to that."""
        draft, day, options = self.draft, self.after(1, 2), self.options
        notice = draft.act(
            "事先告知",
            day,
            facts={
                "拟处罚种类": options.kinds,
                "拟罚款金额": options.fine,
                "拟没收违法所得": options.gain or None,
                "拟没收财物价值": options.goods or None,
            },
        )
        told = [notice, draft.act("听证告知", day)]
        self.told = self.after(1)
        self.serve(told, self.told, "行政处罚事先告知书")
        if options.defends:
            defence = draft.act("陈述申辩", self.after(1, 2), about=[notice])
            draft.act("申辩复核", self.after(1, 2), about=[defence])

    def hearing(self) -> None:
        """Hold a hearing where one was asked for."""
        if not self.options.is_heard:
            return
        draft = self.draft
        asked = draft.working(self.told, self.dice.randint(1, 3))
        chosen, handed, fixed = (draft.working(asked, days) for days in (1, 2, 2))
        draft.act("听证申请", asked, facts={"申请处理日期": str(chosen)})
        call = draft.act("听证通知", draft.working(fixed, 1))
        self.serve([call], draft.working(fixed, 1), "听证通知书")
        draft.act("听证公告", draft.working(fixed, 1))
        held = draft.working(fixed, 10)
        report = draft.working(held, 2)
        heard = draft.act(
            "听证",
            f"{held}T09:00",
            f"{held}T11:30",
            facts={
                "主持人指定日期": str(chosen),
                "材料移交日期": str(handed),
                "听证时间确定日期": str(fixed),
                "听证报告日期": str(report),
            },
        )
        video = draft.act("音像记录", f"{held}T08:55", f"{held}T11:35", about=[heard])
        draft.act("音像上传", f"{held}T17:00", about=[video])
        self.today = max(self.today, report)

    def review(self) -> None:
        """Have a major decision reviewed and discussed, once the time for a defence is over."""
        draft = self.draft
        self.today = max(self.today, draft.working(self.told, 6))
        if not self.options.is_major:
            return
        sent = self.after(1)
        draft.act("送审", sent)
        reasons = ["直接关系重大权益", "审核目录命中"] + (["经过听证"] if self.options.is_heard else [])
        draft.act("法制审核", sent, self.after(1, 4), facts={"审核事由": reasons})
        draft.act("集体讨论", self.after(1, 2))

    def decision(self) -> None:
        """Decide, and serve the decision."""
        draft, day, options = self.draft, self.after(1, 2), self.options
        self._extend(day)
        draft.act("决定审批", f"{day}T09:20", facts={"负责人批准时间": f"{day}T09:20"})
        self.decided = day
        self.decision_ = draft.act(
            "执法决定",
            f"{day}T15:00",
            facts={
                "决定类型": "行政处罚",
                "处罚种类": options.kinds,
                "罚款金额": options.fine,
                "没收违法所得": options.gain or None,
                "没收财物价值": options.goods or None,
                "含责令改正": not options.is_ordered_apart,
                "改正期限": None if options.is_ordered_apart else str(draft.working(day, 10)),
                "依据公布日期": "2015-08-29",
                "依据施行日期": "2018-10-26",
                "采纳情况": "不予采纳" if options.defends else None,
                "依据听证笔录": True if options.is_heard else None,
            },
        )
        self.served = self.after(1)
        self.serve([self.decision_], self.served, "行政处罚决定书", 告知将公示=True, **_way(options.service))

    def _extend(self, decided: date) -> None:
        """Have the term for the decision extended in time, if the case takes longer."""
        last = self.filed + timedelta(TERMS.get(self.setting.field, 90))
        if decided <= last:
            return
        day = self.draft.working(last - timedelta(12), 0)
        facts = {
            "延长事项": "办案",
            "延长期限": "30日",
            "批准人": "示例戊",
            "批准人职务": "机关负责人",
            "负责人批准时间": str(day),
            "理由": "案情复杂",
        }
        self.draft.act("延长期限审批", day, by="批准人", facts=facts)

    def publication(self) -> None:
        """Look for secrets, publish the decision and send it on."""
        draft = self.draft
        day = draft.working(self.decided, self.dice.randint(1, 4))
        check = draft.act("保密审查", day)
        platforms = PLATFORMS.get(self.setting.field, ["机关门户网站", "信用中国"])
        shown = draft.act(
            "公示",
            day,
            about=[self.decision_, check],
            facts={"平台": platforms, "发现不准确": self.options.is_corrected},
        )
        draft.act("信用推送", day, about=[self.decision_])
        if self.options.is_corrected:
            found = draft.working(day, 1)
            facts = {"平台": platforms, "错误发现日期": str(found), "更正内容": "更正笔误"}
            draft.act("公示更正", draft.working(found, 1), about=[shown], facts=facts)
        if self.setting.region in FILES_MAJOR_PENALTIES:
            facts = {"备案类型": "重大处罚备案", "备案对象": "司法行政部门"}
            draft.act("备案", draft.working(self.decided, 3), about=[self.decision_], facts=facts)

    def performance(self) -> None:
        """Pay, perhaps after the term and with the surcharge, and dispose of the goods."""
        draft, options = self.draft, self.options
        about = [self.decision_]
        due = self.served + timedelta(15)
        day, extra = draft.within(self.served + DAY, due), 0
        if options.is_paid_late:
            started = draft.working(due + DAY, 2)
            extra = options.fine * 3 * 5 // 100
            draft.act(
                "加处罚款",
                started,
                about=about,
                facts={
                    "加处比例": 3,
                    "加处天数": 5,
                    "加处金额": extra,
                    "加处起算日期": str(started),
                    "告知加处罚款标准": True,
                    "复议诉讼期间计算加处": False,
                },
            )
            day = draft.working(started + timedelta(5), 0)
        self.paid = day
        draft.act("缴款", day, about=about, facts={"缴款金额": options.fine + options.gain + extra})
        self.today = max(self.today, day)
        if options.goods:
            draft.act("罚没物品处理", self.after(2, 5), about=about, by="执法人员 执法人员 保管人")
            self.paid = self.today

    def end(self) -> None:
        """Close the case and file it away."""
        day = self.after(2, 4)
        self.draft.act(
            "结案",
            day,
            facts={
                "结案事由发生日期": str(self.paid),
                "报告日期": str(day),
                "负责人批准时间": str(day),
            },
        )
        self.draft.act("归档", self.after(2, 8))


def _way(service: str) -> Facts:
    """Return what the receipt says where the paper was not handed over."""
    more: dict[str, Facts] = {
        "留置送达": {
            "签收情况": "拒收", "留置理由": "当事人拒绝签收", "见证人": "示例卯", "见证人确认": True,
            "照片录像": True, "记录形式": ["文字记录", "音像记录"],
        },
        "邮寄送达": {"邮寄单号": "示例0001", "邮寄回执": True},
        "电子送达": {"电子送达确认": True, "电子送达留痕": True},
    }  # fmt: skip
    return {"送达方式": service, **more.get(service, {})}
