"""Lawful penalty files of the ordinary procedure, from the clue to the archive."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft
from inspection.made.setting import Setting

NEW_LAW = date(2021, 7, 15)
"""From this day the revised law on penalties applies to the acts done (行政处罚法, 2021)."""
DAY = timedelta(1)
FILING = {"农业": 7}
"""Working days from the clue to the filing where that is less than ten (农业行政处罚程序规定 第二十九条)."""
FINES = (800, 1_900, 2_900, 4_900, 12_000, 48_000, 120_000)


def penalty_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful penalty file of the ordinary procedure as plain data."""
    story = _Penalty(setting, dice, calendar, words)
    story.tell()
    return story.draft.case(procedure="普通程序")


class _Penalty:
    """What happens in the case, step by step; each step leaves the day on which it ended."""

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        self.setting = setting
        self.dice = dice
        self.draft = Draft("行政处罚", setting, dice, calendar, words)
        self.fine = dice.choice(FINES)
        self.seized = dice.choice((0, 0, 900, 6_000))
        """The unlawful gain that is confiscated, in 元."""
        self.is_major = dice.random() < 0.35
        self.is_heard = self.is_major and dice.random() < 0.6
        self.defends = dice.random() < 0.5
        self.today = self.draft.working(setting.first, 0)

    def tell(self) -> None:
        """Tell the whole case."""
        self._head()
        self._clue_and_inspection()
        self._filing()
        self._inquiry()
        self._order()
        self._report()
        self._notice()
        if self.is_heard:
            self._hearing()
        self._review()
        self._decision()
        self._publication()
        self._performance()
        self._end()

    def after(self, least: int, most: int | None = None) -> date:
        """Go on by some working days and return the day reached."""
        self.today = self.draft.working(self.today, self.dice.randint(least, least if most is None else most))
        return self.today

    def _head(self) -> None:
        first, dice = self.today, self.dice
        began = first - timedelta(dice.randint(20, 120))
        self.draft.head |= {
            "涉企": not self.setting.party.is_citizen,
            "案件来源类型": "举报",
            "违法行为发生时间": str(began),
            "违法行为连续": True,
            "违法行为终了时间": str(first - DAY),
            "违法行为发现时间": str(first),
            "涉案金额": self.seized * 2,
            "违法所得": self.seized,
            "直接关系重大权益": self.is_major,
            "审核目录命中": self.is_major,
            "情节复杂": self.is_major,
            **dict.fromkeys(("重大违法", "处罚较重", "争议较大", "负责人指定讨论", "涉嫌犯罪"), False),
            "同一行为已罚款": False,
        }

    def _clue_and_inspection(self) -> None:
        draft = self.draft
        draft.act("案件来源", self.today)
        day = self.after(1)
        draft.act("检查审批", f"{day}T08:40", facts={"负责人批准时间": f"{day}T08:40"})
        self.inspection = draft.act("现场检查", f"{day}T09:10", f"{day}T10:50")
        video = draft.act("音像记录", f"{day}T09:10", f"{day}T10:50", about=[self.inspection])
        draft.act("证据提取", f"{day}T10:55", facts={"制作时间": f"{day}T10:55"})
        draft.act("音像上传", f"{day}T17:20", about=[video])

    def _filing(self) -> None:
        day = self.after(1, FILING.get(self.setting.field, 8) - 2)
        self.filed = day
        self.draft.act("立案", f"{day}T10:30", facts={"负责人批准时间": f"{day}T10:30"})

    def _inquiry(self) -> None:
        draft = self.draft
        for by, whom, paper in (
            (None, "当事人", "询问笔录"), ("执法人员 执法人员 证人", "证人", "询问笔录"),
        ):  # fmt: skip
            day = self.after(1, 3)
            draft.act(
                "询问", f"{day}T09:30", f"{day}T11:05", by=by, facts={"询问对象类型": whom}, paper=paper
            )

    def _order(self) -> None:
        if self.dice.random() < 0.5:
            return
        draft, day = self.draft, self.after(1)
        until = draft.working(day, 5)
        order = draft.act(
            "责令改正", f"{day}T09:00", facts={"改正期限": str(until), "改正要求": "停止违法行为"}
        )
        self._served(order, f"{day}T15:10", "责令改正通知书")
        self.today = until
        draft.act("整改复查", f"{self.after(1)}T10:00", about=[order])

    def _served(self, act: str | list[str], when: date | str, paper: str, **facts: Any) -> str:
        about = [act] if isinstance(act, str) else act
        return self.draft.act("送达", when, about=about, facts={"送达文书": paper, **facts})

    def _report(self) -> None:
        draft = self.draft
        draft.act("调查终结", self.after(1, 4))
        draft.act("案件审核", self.after(1, 2))

    def _notice(self) -> None:
        draft, day, is_new = self.draft, self.after(1, 2), self.setting.first >= NEW_LAW
        content = ["拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "听证权", "回避权", "将公开处罚信息"]
        kinds = ["罚款"] + (["没收违法所得"] if self.seized else [])
        term = "5个工作日"
        notice = draft.act(
            "事先告知",
            day,
            facts={
                "告知内容": content, "拟处罚种类": kinds, "拟罚款金额": self.fine,
                "拟没收违法所得": self.seized or None, "陈述申辩期限": term,
            },
        )  # fmt: skip
        told = [notice, draft.act("听证告知", day, facts={"听证申请期限": term})]
        self.today = draft.working(day, 1)
        self._served(told, self.today, "行政处罚事先告知书")
        self.told = self.today
        if self.defends:
            defence = draft.act("陈述申辩", self.after(1, 2), about=[notice])
            self.rechecked = draft.act("申辩复核", self.after(1, 2), about=[defence])
        self.notice, self.is_new = notice, is_new

    def _hearing(self) -> None:
        draft = self.draft
        asked = self.told if not self.defends else self.today
        day = draft.working(asked, 1)
        chosen, handed, fixed = draft.working(day, 1), draft.working(day, 2), draft.working(day, 2)
        draft.act("听证申请", day, facts={"申请处理日期": str(chosen)})
        notice = draft.act("听证通知", draft.working(fixed, 1))
        self._served(notice, draft.working(fixed, 2), "听证通知书")
        draft.act("听证公告", draft.working(fixed, 2))
        held = draft.working(fixed, 12)
        report = draft.working(held, 2)
        heard = draft.act(
            "听证",
            f"{held}T09:00",
            f"{held}T11:30",
            facts={
                "主持人指定日期": str(chosen), "材料移交日期": str(handed), "听证时间确定日期": str(fixed),
                "听证报告日期": str(report),
            },
        )  # fmt: skip
        draft.act("音像记录", f"{held}T08:55", f"{held}T11:35", about=[heard])
        self.today = report

    def _review(self) -> None:
        draft = self.draft
        self.today = max(self.today, draft.working(self.told, 6))
        if not self.is_major:
            return
        draft.act("送审", self.after(1))
        reasons = ["直接关系重大权益", "审核目录命中"] + (["经过听证"] if self.is_heard else [])
        draft.act("法制审核", self.after(1, 4), facts={"审核事由": reasons})
        draft.act("集体讨论", self.after(1, 2))

    def _decision(self) -> None:
        draft, day = self.draft, self.after(1, 2)
        draft.act("决定审批", f"{day}T09:20", facts={"负责人批准时间": f"{day}T09:20"})
        kinds = ["罚款"] + (["没收违法所得"] if self.seized else [])
        heard = {"依据听证笔录": True} if self.is_heard else {}
        defended = {} if self.defends else {"采纳情况": None}
        self.decision = draft.act(
            "执法决定",
            f"{day}T15:00",
            facts={
                "决定类型": "行政处罚",
                "处罚种类": kinds,
                "罚款金额": self.fine,
                "没收违法所得": self.seized or None,
                "依据公布日期": "2015-08-29",
                "依据施行日期": "2018-10-26",
                **heard,
                **defended,
            },
        )
        self.decided = day
        self._served(self.decision, self.after(1, 2), "行政处罚决定书", 告知将公示=True)

    def _publication(self) -> None:
        draft = self.draft
        day = draft.working(self.decided, 3)
        check = draft.act("保密审查", day)
        shown = draft.act("公示", day, about=[self.decision, check])
        draft.act("信用推送", day, about=[self.decision])
        self.shown = shown

    def _performance(self) -> None:
        day = self.after(1, 5)
        self.draft.act("缴款", day, about=[self.decision], facts={"缴款金额": self.fine + self.seized})
        self.paid = day

    def _end(self) -> None:
        draft, day = self.draft, self.after(2, 4)
        draft.act(
            "结案",
            day,
            facts={"结案事由发生日期": str(self.paid), "报告日期": str(day), "负责人批准时间": str(day)},
        )
        draft.act("归档", self.after(2, 8))
