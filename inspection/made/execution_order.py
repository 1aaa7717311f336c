"""Orders not obeyed: performed for the party, executed by pulling down, or cleared at once."""

from __future__ import annotations

from datetime import date, timedelta

from inspection.made.course import DAY
from inspection.made.draft import Facts
from inspection.made.execution_steps import Execution

HARMS = {
    "交通运输": ("危害交通安全", "清除堆放在公路用地上的砂石"),
    "城市管理": ("危害交通安全", "清除占用道路堆放的物料"),
    "公安": ("危害交通安全", "清除道路上设置的障碍物"),
    "生态环境": ("造成环境污染", "清运、处置违法倾倒的固体废物"),
    "农业": ("造成环境污染", "清理丢弃的农药包装废弃物"),
    "水行政": ("破坏自然资源", "恢复被占用的河道原状"),
    "自然资源": ("破坏自然资源", "恢复被破坏的土地原状"),
    "林业草原": ("破坏自然资源", "补种被毁坏的林木"),
    "综合": ("造成环境污染", "清运堆放的建筑垃圾"),
}
"""Fields where a duty may be performed for the party, what its neglect harms and what is to be done."""
DEMOLITIONS = {
    "交通运输": "《中华人民共和国公路法》第八十一条",
    "水行政": "《中华人民共和国水法》第六十五条",
    "城市管理": "《中华人民共和国城乡规划法》第六十八条",
    "住房城乡建设": "《中华人民共和国城乡规划法》第六十八条",
    "综合": "《中华人民共和国城乡规划法》第六十五条",
    "自然资源": "《中华人民共和国土地管理法》第八十三条",
}
"""Fields where unlawful buildings are pulled down, and by what law."""
BY_COURT = ("自然资源",)
"""Those of them where the court decides on it."""
CLEARANCES = {
    "交通运输": ("道路", "遗洒物"),
    "公安": ("道路", "障碍物"),
    "城市管理": ("公共场所", "障碍物"),
    "水行政": ("河道", "障碍物"),
    "生态环境": ("河道", "污染物"),
}
"""Fields where roads, waters and public places are cleared at once, and of what."""


class _Order(Execution):
    """An order to remove or restore something that the party did not obey."""

    def ordered(self, what: str, law: str) -> str:
        """Find the matter, order the party to put it right and see that it did not; return the order."""
        draft = self.draft
        self.is_major = self.chance(0.3)
        self.began(facts=dict.fromkeys(("直接关系重大权益", "审核目录命中"), self.is_major))
        self.inspected(检查结果="发现问题", 涉人身重大财产权益=self.is_major)
        self.filed()
        self.questioned()
        day = self.after(1, 3)
        until = draft.working(day, self.dice.choice((5, 10, 15)))
        order = draft.act(
            "责令改正",
            f"{day}T09:00",
            facts={"改正期限": str(until), "改正要求": what, "引用依据": [law]},
        )
        self.received = self.today = self.after(0, 1)
        self.served(order, f"{self.received}T15:10", "责令改正通知书")
        self.today = max(until, self.today)
        checked = self.after(1, 3)
        draft.act("整改复查", f"{checked}T10:00", about=[order], facts={"复查结果": "未改正"})
        return order

    def checked(self) -> None:
        """Have the execution reviewed if it is a weighty matter."""
        if self.is_major:
            self.reviewed("直接关系重大权益", "审核目录命中")

    def there(self) -> Facts:
        """Return whether the party was there and how the record was signed."""
        if self.chance(0.2):
            return {
                "当事人在场": False, "当事人确认": None, "听取陈述申辩": None, "见证人": "示例寅",
                "见证人确认": True,
            }  # fmt: skip
        return {}


class Substitute(_Order):
    """What the party was to do is done for it and at its cost."""

    def tell(self) -> None:
        """Tell the whole case."""
        draft = self.draft
        harm, what = HARMS[self.setting.field]
        order = self.ordered(what, self.draft.texts["basis"])
        self.urged(order, money=False)
        self.defended()
        self.today = draft.working(self.today, 10)
        self.checked()
        day = self.after(1, 3)
        hidden = self.may_publish(day)
        decision = draft.act("代履行决定", day, about=[order], facts={"代履行事由": [harm], **hidden})
        self.served(decision, f"{self.after(0, 2)}T15:00", "代履行决定书")
        if "依法不予公开" not in hidden:
            self.published(decision, day)
        if self.chance(0.25):
            # The party gives way at last, so nothing is done for it.
            done = draft.working(self.today, 3)
            self.urged(decision, "代履行再次催告", money=False, 当事人已履行日期=str(done))
            self.today = draft.working(done, 1)
            draft.act("整改复查", f"{self.today}T10:00", about=[order], facts={"复查结果": "已改正"})
            self.closed("其他", self.today)
            return
        self.urged(decision, "代履行再次催告", money=False)
        # Three whole working days lie between, however one counts backwards.
        performed = self._performed(order, decision, self.after(4, 8))
        if "依法不予公开" not in hidden and self.chance(0.25) and self.has_time(timedelta(150)):
            self._reversed(order, decision, performed)
        self.closed("其他", self.today)

    def _performed(self, order: str, decision: str, day: date) -> str:
        draft = self.draft
        is_own = self.chance(0.3)
        facts: Facts = {"代履行费用": self.dice.choice((0, 2_600, 18_000)), **self.there()}
        facts.pop("听取陈述申辩", None)
        if is_own:
            facts |= {"代履行人": "行政机关"}
        if self.chance(0.15):
            # The party sets to work itself, and what remains is left to it.
            facts |= {"当事人已履行日期": f"{day}T11:20"}
        facts |= {"代履行事由": [HARMS[self.setting.field][0]], "涉人身重大财产权益": self.is_major}
        by = "执法人员 执法人员" if is_own else "执法人员 执法人员 代履行人"
        by += " 见证人" if "见证人" in facts else " 被检查人"
        done = draft.act(
            "代履行", f"{day}T09:30", f"{day}T12:00", about=[order, decision], by=by, facts=facts
        )
        self.filmed(done, f"{day}T09:20", f"{day}T12:05")
        return done

    def _reversed(self, order: str, decision: str, done: str) -> None:
        """Let the decision be reversed on review after all, and make good what was done."""
        draft = self.draft
        asked, answered = self.after(1, 10), self.after(20, 40)
        draft.act("复议诉讼", asked, answered, about=[decision], facts={"救济结果": "撤销"})
        draft.act("公示撤回", self.after(1, 2), about=[decision])
        way = self.dice.choice(("赔偿", "恢复原状", "退还财物"))
        draft.act("执行回转", self.after(1, 10), about=[done, order], facts={"回转方式": way})


class Demolition(_Order):
    """An unlawful building is pulled down after the time to go to law has run out."""

    def tell(self) -> None:
        """Tell the whole case."""
        draft, field = self.draft, self.setting.field
        law = DEMOLITIONS[field]
        draft.unit["强制执行权"] = field not in BY_COURT
        order = self.ordered("自行拆除违法建设的建筑物", law)
        ended, how = self._ended(order)
        if field in BY_COURT:
            self.today = draft.working(ended, 1)
            urged = self.urged(order, money=False)
            self.defended()
            self.applied_to_court(order, ended, urged, None)
            self.closed("法院受理强制执行申请", self.after(3, 7))
            return
        self.today = draft.working(ended, 1)
        received = self.urged(order, money=False)
        self.defended()
        until = draft.working(received, 15)
        self.today = draft.working(received, 1)
        draft.act("强制拆除公告", self.today, about=[order], facts={"改正期限": str(until)})
        if self.chance(0.2):
            self.today = until
            draft.act("整改复查", f"{until}T10:00", about=[order], facts={"复查结果": "已改正"})
            self.closed("其他", until)
            return
        self.today = until
        self.checked()
        decided = self.after(1, 4)
        hidden = self.may_publish(decided)
        ordered = draft.act(
            "强制执行决定",
            decided,
            about=[order],
            facts={
                "执行方式": ["强制拆除"],
                "引用依据": [law, "《中华人民共和国行政强制法》第四十四条"],
                **hidden,
            },
        )
        self.served(ordered, f"{self.after(0, 2)}T15:00", "强制执行决定书")
        if "依法不予公开" not in hidden:
            self.published(ordered, decided)
        filed = draft.within(decided, decided + timedelta(15), 1)
        draft.act(
            "备案", filed, about=[ordered], facts={"备案类型": "重大强制备案", "备案对象": "司法行政部门"}
        )
        day = self.after(1, 8)
        facts = self.there()
        done = draft.act(
            "强制执行",
            f"{day}T09:30",
            f"{day}T15:40",
            about=[order, ordered],
            by="执法人员 执法人员 见证人" if facts else None,
            facts={"执行方式": ["强制拆除"], "引用依据": [law], "救济期限届满": how, **facts},
        )
        self.filmed(done, f"{day}T09:10", f"{day}T15:55")
        self.closed("其他", day)

    def _ended(self, order: str) -> tuple[date, str]:
        """Return when the remedies against the order had ended, and how."""
        draft = self.draft
        if not self.chance(0.3):
            return self.expiry(self.received), "期满未复议诉讼"
        asked = draft.within(self.received, self.received + timedelta(50), 5)
        answered = draft.working(asked + timedelta(self.dice.randint(30, 58)), 0)
        draft.act("复议诉讼", asked, answered, about=[order], facts={"救济结果": "维持"})
        return draft.working(max(answered, self.today) + timedelta(15), 0), "复议诉讼后维持"


class Clearance(Execution):
    """A road, a water or a public place is cleared at once because the party cannot do it."""

    def tell(self) -> None:
        """Tell the whole case."""
        draft, day = self.draft, self.today
        where, what = CLEARANCES[self.setting.field]
        self.began(self.dice.choice(("监测监控", "举报", "现场检查")))
        hour = self.dice.randint(6, 20)
        is_there = self.chance(0.4)
        told = self.dice.choice((f"{day}T{hour + 3:02}:00", f"{day + DAY}T08:40"))
        cleared = draft.act(
            "立即清除",
            f"{day}T{hour:02}:10",
            f"{day}T{hour + 2:02}:00",
            facts={
                "清除地点": where,
                "清除物": what,
                "清除事由": f"{where}上有{what}，影响安全，当事人不能清除",
                "当事人在场": is_there,
                "事后通知日期": None if is_there else told,
            },
        )
        self.filmed(cleared, f"{day}T{hour:02}:05", f"{day}T{hour + 2:02}:05")
        self.today = draft.working(day, 1)
        self.served(cleared, f"{self.today}T10:00", "其他文书")
        self.closed("其他", self.today)
