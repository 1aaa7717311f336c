"""Fines that were not paid in time, and how they were paid or executed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.course import DAY, NEW_PUBLIC_ORDER_LAW
from inspection.made.draft import Facts, forms
from inspection.made.execution_steps import END, LONG, Execution, later
from inspection.made.setting import Setting

WEEK = timedelta(7)
PAYMENT = timedelta(15)
"""How long a party has to pay from the receipt of the decision (行政处罚法 第六十七条)."""
LEVIES = {"税务": "《中华人民共和国税收征收管理法》第四十条"}
"""What lets the unit of a field transfer deposits itself: only a law may (行政强制法 第四十七条)."""
SALES = {
    "海关": "《中华人民共和国海关行政处罚实施条例》第四十条",
    "证券期货": "《中华人民共和国证券法》第一百七十条",
}
"""Fields where things stay seized long enough to be sold for the fine, and what lets them be kept."""
OWN_POWER = ("税务", "海关")
"""Fields where a law lets the unit execute a fine itself."""
REVIEWED = ("海关", "医疗保障")
"""Fields where every fine is reviewed: by rule, or since no region says which is large enough."""
DISCUSSED = ("民政",)
"""Fields where every fine is discussed, since no region says which is large enough."""


class Fine(Execution):
    """A small fine, undisputed when it was imposed, and what followed."""

    kind = "行政处罚"
    procedure = "普通程序"

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        super().__init__(setting, dice, calendar, words)
        # Below every figure from which a hearing is to be offered.
        self.fine = 800 if setting.party.is_citizen else dice.choice((1_900, 2_900, 4_900))
        self.hurries = setting.field == "治安管理"
        begins_early = setting.first < END - LONG - timedelta(60)
        self.sells = setting.field in SALES and begins_early and self.chance(0.6)

    def tell(self) -> None:
        """Tell the whole case."""
        self.draft.unit["强制执行权"] = self.setting.field in OWN_POWER
        self._investigate()
        self._decide()
        self._how()()

    def _how(self) -> Callable[[], None]:
        """Return how the fine came to be paid or executed."""
        found = [self._paid_late, self._instalments, self._agreed, self._suspended]
        if self.today < date(2023, 3, 1):
            found.append(self._given_up)
        if self.sells:
            return self._sold
        if self.has_time(LONG):
            if self.setting.field in LEVIES and self.chance(0.6):
                return self._levied
            if self.setting.field not in OWN_POWER:
                found += [self._court, self._court, self._court_after_instalments, self._court_after_review]
        return self.dice.choice(found)

    def _soon(self, most: int) -> date:
        return self.after(1, 1 if self.hurries else most)

    def _investigate(self) -> None:
        draft = self.draft
        not_so = ("情节复杂", "重大违法", "处罚较重", "争议较大", "负责人指定讨论", "同一行为已罚款")
        self.began(facts={"违法所得": 0, "涉案金额": self.fine, **dict.fromkeys(not_so, False)})
        inspection = self.inspected()
        day = self.today
        draft.act(
            "证据提取",
            f"{day}T10:10",
            facts={"制作时间": f"{day}T10:10", "注明出处和日期": True},
        )
        if self.sells:
            self._seized(inspection)
        filed = self.today if self.hurries else self.after(0, 3)
        draft.act("立案", f"{filed}T16:30", facts={"负责人批准时间": f"{filed}T16:30"})
        asked = self._soon(2)
        draft.act("询问", f"{asked}T09:30", f"{asked}T10:40")
        draft.act("调查终结", self._soon(2))
        draft.act("案件审核", self.after(0 if self.hurries else 1))

    def _seized(self, inspection: str) -> None:
        draft, day = self.draft, self.today
        law = SALES[self.setting.field]
        self.seizure = draft.act(
            "查封扣押",
            f"{day}T10:30",
            f"{day}T11:30",
            about=[inspection],
            facts={
                "引用依据": [law, "《中华人民共和国行政强制法》第二十四条"],
                "法定特别期限依据": law,
                "期限": "6个月",
                "财物价值": self.fine * 2,
                "需要鉴定": False,
                "负责人批准时间": f"{day}T08:30",
            },
        )
        self.filmed(self.seizure, f"{day}T10:25", f"{day}T11:35")
        self.handed_over(self.seizure, f"{day}T11:20", "查封扣押决定书")
        self.published(self.seizure, day)

    def _decide(self) -> None:
        draft, day = self.draft, self._soon(2)
        content = ["拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "听证权", "回避权", "将公开处罚信息"]
        term = "5个工作日"
        notice = draft.act(
            "事先告知",
            day,
            facts={
                "告知内容": content,
                "拟处罚种类": ["罚款"],
                "拟罚款金额": self.fine,
                "陈述申辩期限": term,
            },
        )
        # A small fine needs no such offer; offered it is, since few regions say what is small.
        offer = draft.act("听证告知", day, facts={"听证申请期限": term})
        told = self.today = day if self.hurries else self.after(1)
        self.served([notice, offer], f"{told}T16:00", "行政处罚事先告知书")
        # Five working days to speak, and seven days in copyright (著作权行政处罚实施办法 第二十七条).
        week = draft.working(told + WEEK, 0)
        self.today = max(draft.working(told, 6), draft.working(week, 1))
        if self.setting.field in REVIEWED:
            self.reviewed("法律法规规定")
        if self.setting.field in DISCUSSED:
            draft.act("集体讨论", self.today)
        day = self.today
        draft.act("决定审批", f"{day}T09:20", facts={"负责人批准时间": f"{day}T09:20"})
        self.decision = draft.act(
            "执法决定",
            f"{day}T11:00",
            facts={
                "决定类型": "行政处罚",
                "处罚种类": ["罚款"],
                "罚款金额": self.fine,
                "含责令改正": True,
                "改正期限": str(draft.working(day, 10)),
                "派出所作出": False,
                "载明事项": [*forms()["执法决定"]["facts"]["载明事项"], *self._named()],
                "依据公布日期": "2015-08-29",
                "依据施行日期": "2018-10-26",
                "依据听证笔录": None,
                "采纳情况": None,
            },
        )
        # Seven days, of which the old law counts every one (行政处罚法, 1996, 第四十条).
        last = min(draft.working(day, 2), draft.working(day + WEEK, 0))
        self.received = self.today = day if self.hurries else draft.within(day, last)
        self.served(self.decision, f"{self.received}T15:00", "行政处罚决定书", 告知将公示=True)
        self.due = draft.working(self.received + PAYMENT, 0)
        if self.hurries and day >= NEW_PUBLIC_ORDER_LAW:
            return
        shown = draft.working(day, self.dice.randint(1, 6))
        check = draft.act("保密审查", shown)
        sites = ["机关门户网站", "信用中国", "国家企业信用信息公示系统"]
        draft.act("公示", shown, about=[self.decision, check], facts={"平台": sites})
        draft.act("信用推送", shown, about=[self.decision])

    def _named(self) -> list[str]:
        """Return how a decision of the police names a person (治安管理处罚法 第一百一十五条)."""
        named = self.setting.field == "治安管理" and self.setting.party.is_citizen
        return ["当事人性别年龄", "当事人证件"] if named else []

    def _surcharged(self, until: date) -> int:
        """Add three per cent a day from the end of the time to pay, at most the fine; return the sum."""
        first = self.due + DAY
        days = (until - first).days + 1
        sum_ = min(self.fine, self.fine * 3 * days // 100)
        self.draft.act(
            "加处罚款",
            first,
            until,
            about=[self.decision],
            facts={"加处天数": days, "加处金额": sum_, "加处起算日期": str(first)},
        )
        return sum_

    def _paid(self, amount: int) -> None:
        """Let the party pay, and close the case."""
        day = self.after(1, 5)
        self.draft.act("缴款", day, about=[self.decision], facts={"缴款金额": amount})
        self.closed("处罚决定执行完毕", day)

    def _overdue(self) -> int:
        """Let the time to pay run out, add a surcharge and urge the party; return what it has to pay."""
        draft = self.draft
        until = self.due + timedelta(self.dice.randint(3, 40))
        more = self._surcharged(until)
        self.today = draft.working(until, 0)
        self.urged_on = self.urged(self.decision)
        self.defended()
        return self.fine + more

    def _paid_late(self) -> None:
        self._paid(self._overdue())

    def _grant_instalments(self, last: date, *, puts_off: bool) -> str:
        draft = self.draft
        asked = draft.within(self.received, self.due, 1)
        granted = self.today = draft.working(asked, self.dice.randint(0, 3))
        half = self.fine // 2
        return draft.act(
            "延期分期缴纳",
            granted,
            about=[self.decision],
            facts={
                "申请日期": str(asked),
                "负责人批准时间": str(granted),
                "缴纳方式": "延期" if puts_off else "分期",
                "缴纳截止日期": str(last),
                "分期金额": None if puts_off else [f"第一期{half}元", f"第二期{self.fine - half}元"],
                "书面告知日期": str(granted),
            },
        )

    def _instalments(self) -> None:
        draft = self.draft
        last = draft.working(self.due + timedelta(self.dice.randint(30, 90)), 0)
        puts_off = self.chance(0.4)
        granted = self._grant_instalments(last, puts_off=puts_off)
        self.served(granted, self.today, "其他文书")
        if not puts_off:
            half = self.fine // 2
            draft.act("缴款", self.after(3, 10), about=[self.decision], facts={"缴款金额": half})
            self.today = draft.within(self.today, last, 1)
            draft.act("缴款", self.today, about=[self.decision], facts={"缴款金额": self.fine - half})
        else:
            self.today = draft.within(self.today, last, 1)
            draft.act("缴款", self.today, about=[self.decision], facts={"缴款金额": self.fine})
        self.closed("处罚决定执行完毕", self.today)

    def _agreed(self) -> None:
        draft, amount = self.draft, self._overdue()
        more = amount - self.fine
        spared = self.chance(0.6)
        terms = ["分阶段履行"] + (["减免加处罚款或者滞纳金"] if spared else [])
        breaks = self.chance(0.4)
        day = self.after(1, 10)
        broken = draft.working(day, 15) if breaks else None
        draft.act(
            "执行协议",
            day,
            about=[self.decision],
            facts={"减免内容": terms, "违约日期": str(broken) if broken else None},
        )
        if broken:
            self.today = broken
            facts = {"理由": "当事人没有履行执行协议"}
            draft.act("恢复执行", self.after(1, 3), about=[self.decision], facts=facts)
            self._paid(amount)
        else:
            self._paid(amount - more // 2 if spared else amount)

    def _suspended(self) -> None:
        draft, amount = self.draft, self._overdue()
        day = self.after(1, 5)
        ended = draft.working(day, self.dice.randint(10, 40))
        draft.act("中止执行", day, about=[self.decision], facts={"中止情形消失日期": str(ended)})
        self.today = ended
        draft.act("恢复执行", self.after(1, 3), about=[self.decision])
        self._paid(amount)

    def _given_up(self) -> None:
        """End the execution: nothing is left to take, or it was suspended for three years."""
        draft = self.draft
        self._overdue()
        day = self.after(1, 5)
        reason = "中止满三年未恢复"
        if self.chance(0.5):
            reason = "公民死亡无遗产无继受人" if self.setting.party.is_citizen else "法人终止无财产无继受人"
        else:
            draft.act("中止执行", day, about=[self.decision])
            self.today = later(day, 36)
        ended = self.after(1, 10)
        draft.act(
            "终结执行",
            ended,
            about=[self.decision],
            facts={"终结执行情形": reason, "理由": "据以终结的情形已经查实"},
        )
        self.closed("终结执行", ended)

    def _court(self) -> None:
        expiry = self.expiry(self.received)
        amount = self.fine + self._surcharged(self.due + timedelta(self.dice.randint(31, 60)))
        # The urging may come before the time to go to law has run out, or after it.
        self.today = self.draft.working(expiry + timedelta(self.dice.choice((-30, -16, 1, 10))), 0)
        urged = self.urged(self.decision)
        self.defended()
        self.applied_to_court(self.decision, expiry, urged, amount)
        self.closed("法院受理强制执行申请", self.after(3, 7))

    def _court_after_instalments(self) -> None:
        expiry = self.expiry(self.received)
        last = self.draft.working(expiry - timedelta(self.dice.randint(0, 20)), 0)
        self._grant_instalments(last, puts_off=self.chance(0.4))
        self.today = self.draft.working(last, 1)
        urged = self.urged(self.decision)
        # Both terms are kept: the one from the end of the time to go to law, and that of the instalments.
        first = max(expiry, self.draft.working(urged, 10))
        day = self.today = self.draft.within(first, later(min(expiry, last), 3) - DAY, 1)
        facts = {"救济期限届满日": str(expiry), "执行金额": self.fine, "法院裁定": "受理"}
        self.draft.act("申请法院强制执行", day, about=[self.decision], facts=facts)
        self.closed("法院受理强制执行申请", self.after(3, 7))

    def _court_after_review(self) -> None:
        """Let the decision be upheld on review before the court is asked; no surcharge runs meanwhile."""
        draft = self.draft
        asked = draft.within(self.received, self.received + timedelta(14), 3)
        answered = draft.working(asked + timedelta(self.dice.randint(30, 58)), 0)
        facts: Facts = {"救济结果": "维持"}
        if self.chance(0.3):
            law = "《中华人民共和国行政复议法》关于复议机关认为需要停止执行的规定"
            facts |= {"停止执行": True, "停止执行依据": law, "停止执行有法律依据": True}
        draft.act("复议诉讼", asked, answered, about=[self.decision], facts=facts)
        # From the answer the party has fifteen days to sue (行政诉讼法 第四十五条).
        ended = draft.working(answered + timedelta(15), 0)
        self.due = max(self.due, ended)
        amount = self.fine + self._surcharged(ended + timedelta(self.dice.randint(5, 30)))
        self.today = draft.working(ended, 1)
        urged = self.urged(self.decision)
        self.defended()
        self.applied_to_court(self.decision, ended, urged, amount)
        self.closed("法院受理强制执行申请", self.after(3, 7))

    def _levied(self) -> None:
        law = LEVIES[self.setting.field]
        self._executed(["划拨存款汇款"], law, 书面通知金融机构=True)

    def _sold(self) -> None:
        is_auction = self.chance(0.7)
        self._executed(
            ["拍卖或者处理查封扣押财物"],
            SALES[self.setting.field],
            以查封财物抵缴=True,
            拍卖机构拍卖=is_auction,
            依法变卖处理=not is_auction,
        )

    def _executed(self, ways: list[str], law: str, **facts: Any) -> None:
        """Execute the fine after the time to go to law, a long surcharge and the urging."""
        draft, expiry = self.draft, self.expiry(self.received)
        amount = self.fine + self._surcharged(self.due + timedelta(self.dice.randint(31, 60)))
        self.today = draft.working(expiry, 1)
        self.urged(self.decision)
        self.defended()
        decided = self.after(10, 15)
        ordered = draft.act(
            "强制执行决定",
            decided,
            about=[self.decision],
            facts={"执行方式": ways, "引用依据": [law, "《中华人民共和国行政强制法》第三十七条"]},
        )
        self.served(ordered, self.after(0, 2), "强制执行决定书")
        self.published(ordered, decided)
        day = self.after(1, 10)
        if "以查封财物抵缴" in facts:
            draft.act(
                "查封扣押处理",
                f"{day}T08:50",
                about=[self.seizure],
                facts={
                    "处理方式": ["拍卖变卖"],
                    "解除事由": None,
                    "负责人批准时间": f"{day}T08:50",
                },
                paper="查封扣押处理决定书",
            )
        draft.act(
            "强制执行",
            f"{day}T09:30",
            f"{day}T11:10",
            about=[self.decision, ordered],
            facts={
                "执行方式": ways, "引用依据": [law], "执行金额": amount, "价款上缴国库": True,
                "涉人身重大财产权益": False, **facts,
            },
        )  # fmt: skip
        self.closed("处罚决定执行完毕", day)
