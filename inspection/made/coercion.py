"""Lawful files of coercive measures: sealing, seizing, freezing, and restricting liberty."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.course import DAY, Course
from inspection.made.draft import Facts
from inspection.made.setting import Setting

TERM = timedelta(30)
"""How long a seizure or freeze may last, and by how much it may be longer (行政强制法 第二十五、三十二条)."""
PERMITS = {
    "市场监管": ("法律", "《中华人民共和国产品质量法》第十八条"),
    "知识产权": ("法律", "《中华人民共和国商标法》第六十二条"),
    "农业": ("行政法规", "《兽药管理条例》第四十六条"),
    "交通运输": ("行政法规", "《公路安全保护条例》第七十二条"),
    "测绘地理信息": ("法律", "《中华人民共和国测绘法》第四十九条"),
    "生态环境": ("法律", "《中华人民共和国环境保护法》第二十五条"),
    "水行政": ("法律", "《中华人民共和国水土保持法》第四十四条"),
    "安全生产": ("行政法规", "《易制毒化学品管理条例》第三十二条"),
    "消防": ("法律", "《中华人民共和国消防法》第五十四条"),
    "出版": ("行政法规", "《出版管理条例》第七条"),
    "邮政": ("法律", "《中华人民共和国邮政法》第六十一条"),
    "海关": ("法律", "《中华人民共和国海关法》第六条"),
    "税务": ("法律", "《中华人民共和国税收征收管理法》第三十八条"),
    "证券期货": ("法律", "《中华人民共和国证券法》第一百七十条"),
}
"""What lets the unit of a field seal or seize; elsewhere a regulation of the place does."""
FREEZES = {
    "税务": "《中华人民共和国税收征收管理法》第三十八条",
    "海关": "《中华人民共和国海关法》第六十一条",
    "证券期货": "《中华人民共和国证券法》第一百七十条",
    "公安": "《中华人民共和国反恐怖主义法》第五十二条",
}
"""What lets the unit of a field freeze deposits: only a law may (行政强制法 第二十九条)."""
TERMS_OF_THEIR_OWN = {
    "海关": (timedelta(365), "《中华人民共和国海关行政处罚实施条例》第四十条"),
    "税务": (timedelta(180), "《中华人民共和国税收征收管理法实施细则》第八十八条"),
}
"""Fields where a law or administrative regulation sets another term for seizures, and which."""
POLICE = ("公安", "治安管理")
URGENT = ("当事人正在转移涉案财物", "涉案物品有即时的安全危险", "当事人准备携带涉案财物离开")


def coercion_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful file of one coercive measure as plain data."""
    story = _measure(setting, dice)(setting, dice, calendar, words)
    story.tell()
    return story.draft.case()


def _measure(setting: Setting, dice: Random) -> type[_Measure]:
    """Return a kind of measure that a law lets the unit take against the party."""
    if setting.field in FREEZES and dice.random() < 0.5:
        return _Freeze
    if setting.field in POLICE and setting.party.is_citizen and dice.random() < 0.6:
        return _Liberty
    return _Seizure


class _Measure(Course):
    """A case from the clue to the archive around one measure."""

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        super().__init__("行政强制", setting, dice, calendar, words)
        self.is_major = self.chance(0.25)
        self.is_urgent = self.chance(0.25)
        self.is_refused = self.is_urgent and self.chance(0.25)
        self.is_extended = self.chance(0.4) and not self.is_refused
        self.goes_to_police = self.chance(0.15) and setting.field not in POLICE and not self.is_refused
        self.amount = dice.choice((3_000, 18_000, 96_000, 450_000))

    def tell(self) -> None:
        """Tell the whole case."""
        self.began(
            self.dice.choice(("举报", "投诉", "现场检查", "移送", "监测监控")),
            facts={
                "涉案金额": self.amount,
                "涉嫌犯罪": self.goes_to_police,
                "直接关系重大权益": self.is_major,
                "审核目录命中": self.is_major,
            },
        )
        self.inspected(检查结果="发现问题")
        self.filed()
        if self.is_major and not self.is_urgent:
            self.reviewed("直接关系重大权益", "审核目录命中")
        self.take()
        self.closed("移送司法机关" if self.goes_to_police else "其他", self.today)

    def take(self) -> None:
        """Take the measure and end it."""
        raise NotImplementedError

    def approval(self, start: datetime) -> Facts:
        """Return how the head approved a measure that starts at a time: before it, or within 24 hours."""
        if not self.is_urgent:
            before = self.dice.choice((timedelta(minutes=40), timedelta(hours=1), timedelta(hours=17)))
            return {"负责人批准时间": _minute(start - before)}
        # A refused measure is lifted at once after the report, here at half past one.
        reported = start + timedelta(hours=2 if self.is_refused else self.dice.choice((2, 5, 20)))
        said = {"紧急情况": True, "当场实施": True, "报告时间": _minute(reported)}
        if self.is_refused:
            return said | {"负责人不予批准": True, "批准人": None, "批准人职务": None}
        approved = start + timedelta(hours=self.dice.choice((21, 23, 24)))
        return said | {"负责人批准时间": _minute(approved)}

    def extended(self, kind: str, act: str, due: date, **facts: Any) -> date:
        """Extend the term of a measure before it runs out; return the day on which it now runs out."""
        draft = self.draft
        day = self.today = draft.within(self.today, due, 1)
        length = self.dice.choice((10, 15, 30, 30))
        told = draft.working(day, self.dice.randint(0, 1))
        longer = draft.act(
            kind,
            f"{day}T10:00",
            about=[act],
            facts={
                "延长期限": f"{length}日",
                "负责人批准时间": f"{day}T10:00",
                "延期告知日期": str(told),
                **facts,
            },
        )
        self.served(longer, f"{told}T15:00", "其他文书")
        return due + timedelta(length)

    def transferred(self, due: date, *, tested: bool) -> date:
        """Hand the case to the police by a day, with the things or with these after the answer."""
        draft = self.draft
        reported = draft.within(self.today, due - 2 * DAY, 0)
        decided = draft.within(reported, min(reported + 3 * DAY, due - DAY), 0)
        draft.act(
            "移送审批",
            f"{decided}T16:00",
            facts={"报告日期": str(reported), "负责人批准时间": f"{decided}T16:00"},
        )
        at_once = self.chance(0.6)
        papers = ["移送书", "调查报告", "涉案物品清单"] + (["检验报告或者鉴定意见"] if tested else [])
        moved = min(decided + DAY, due)
        told = {"书面告知日期": str(moved)} if at_once else {}
        draft.act(
            "移送",
            f"{moved}T10:00",
            facts={"移送类型": "涉嫌犯罪移送", "移送材料": papers, "涉案财物一并移送": at_once, **told},
        )
        self.today = moved
        answered = self.after(3, 15)
        draft.act("移送回复", f"{answered}T10:00", facts={"回复结果": "立案"})
        if not at_once:
            draft.act("涉案物品移交", f"{answered + DAY}T10:00")
        self.today = answered + DAY
        return moved


class _Seizure(_Measure):
    """Things are sealed or seized, tested if need be, and dealt with in time."""

    def take(self) -> None:
        draft, dice = self.draft, self.dice
        self.seals = self.chance(0.4)
        self.is_tested = self.chance(0.4) and not self.is_refused
        day = self.after(0, 2)
        seizure = self._seize(datetime.combine(day, datetime.min.time()).replace(hour=11, minute=20))
        if self.is_refused:
            self._returned(seizure, day)
            return
        due = day + TERMS_OF_THEIR_OWN.get(self.setting.field, (TERM, ""))[0]
        if self.is_tested:
            due += self._tested(seizure)
        if self.is_extended and self.setting.field not in TERMS_OF_THEIR_OWN:
            due = self.extended("查封扣押延期", seizure, due)
        # Where the term is long nobody waits a year.
        due = min(due, self.today + timedelta(dice.choice((20, 60))))
        if self.goes_to_police:
            self.transferred(due, tested=self.is_tested)
            return
        self._dealt_with(seizure, draft.within(self.today, due, 1))

    def _seize(self, start: datetime) -> str:
        draft, setting = self.draft, self.setting
        level, law = PERMITS.get(
            setting.field, ("地方性法规", f"《{setting.region}示例{setting.field}条例》第三十条")
        )
        self.end = start + timedelta(hours=1, minutes=30)
        hidden = self.may_publish(start.date())
        facts: Facts = {
            "措施类型": "查封" if self.seals else "扣押",
            "强制依据层级": level,
            "引用依据": [law, "《中华人民共和国行政强制法》第二十四条"],
            "财物价值": self.amount,
            "需要鉴定": self.is_tested,
            "涉人身重大财产权益": self.is_major,
            "保管费承担": "行政机关",
            "登记保管时间": _minute(self.end + timedelta(hours=6)),
            **self.approval(start),
            **hidden,
            **self._who_was_there(),
        }
        if self.is_urgent:
            facts |= {"紧急理由": self.dice.choice(URGENT)}
        if setting.field in TERMS_OF_THEIR_OWN:
            facts |= {"法定特别期限依据": TERMS_OF_THEIR_OWN[setting.field][1], "期限": "180日"}
        # Things taken far away are handed to the keeper within a day of the return.
        is_remote = not self.seals and self.chance(0.2)
        draft.head["交通不便地区"] = is_remote
        back = self.end + timedelta(hours=30 if is_remote else 4)
        facts |= {"返回单位时间": _minute(back)}
        if not self.seals:
            facts |= {"移交保管时间": _minute(back + timedelta(hours=self.dice.choice((1, 12, 20))))}
        by = "执法人员 执法人员 见证人" if facts["当事人在场"] is False else None
        seizure = draft.act("查封扣押", _minute(start), _minute(self.end), by=by, facts=facts)
        margin = timedelta(minutes=5)
        self.filmed(seizure, _minute(start - margin), _minute(self.end + margin))
        self.handed_over(seizure, _minute(self.end - margin), "查封扣押决定书")
        self.today = start.date()
        if "依法不予公开" not in hidden:
            self.published(seizure, start.date())
        return seizure

    def _who_was_there(self) -> Facts:
        """Return whether the party was there and how the record was signed."""
        drawn = self.dice.random()
        if drawn < 0.15:
            return {
                "当事人在场": False, "未到场注明": "当事人经通知没有到场，文书交现场值班人员转交",
                "当事人确认": None, "听取陈述申辩": None, "见证人": "示例寅", "见证人确认": True,
            }  # fmt: skip
        signed: Facts = {"当事人在场": True}
        if drawn < 0.3:
            signed |= {"当事人确认": "拒签注明", "拒签理由": "当事人对物品数量有异议，拒绝签名"}
        return signed

    def _tested(self, seizure: str) -> timedelta:
        """Have the things tested; return the time that does not count, which it does unless told."""
        draft = self.draft
        is_told = self.chance(0.7)
        first = self.after(1, 2)
        last = draft.working(first, self.dice.randint(3, 25 if is_told else 8))
        draft.act(
            "检测鉴定",
            first,
            last,
            about=[seizure],
            facts={"书面告知期间": is_told, "检测期间确定": is_told, "收到结果日期": str(last)},
        )
        self.today = last
        draft.act("检测结果告知", self.after(0, 1))
        return last - first if is_told else timedelta(0)

    def _returned(self, seizure: str, day: date) -> None:
        self._handled(seizure, day, ["解除"] if self.seals else ["解除", "退还"], "其他不再需要的情形")

    def _dealt_with(self, seizure: str, day: date) -> None:
        """Lift the seizure and give things or proceeds back, or confiscate or destroy the things."""
        drawn = self.dice.random()
        if drawn < 0.55 or self.seals:
            reason = self.dice.choice(
                ("没有违法行为", "与违法行为无关", "已经作出处理决定不再需要", "其他不再需要的情形")
            )
            self._handled(seizure, day, ["解除"] if self.seals else ["解除", "退还"], reason)
        elif drawn < 0.7:
            self._handled(seizure, day, ["解除", "拍卖变卖"], "没有违法行为", 退还变卖价款=True)
        elif drawn < 0.85:
            self._handled(seizure, day, ["没收"], None)
        else:
            self._handled(seizure, day, ["销毁"], None)

    def _handled(self, seizure: str, day: date, ways: list[str], reason: str | None, **facts: Any) -> None:
        draft = self.draft
        self.today = day
        said: Facts = {
            "处理方式": ways,
            "解除事由": reason,
            "解除事由发生日期": str(day) if reason else None,
            "负责人批准时间": f"{day}T13:20",
            "书面告知日期": str(day),
            **facts,
        }
        if "解除" in ways and not self.seals:
            said |= {"退还日期": str(day), "财物未退还": False}
        paper = "解除查封扣押决定书" if reason else "查封扣押处理决定书"
        handled = draft.act("查封扣押处理", f"{day}T13:30", about=[seizure], facts=said, paper=paper)
        self.served(handled, f"{day}T15:00", "其他文书")
        if ways == ["销毁"]:
            draft.act("罚没物品处理", f"{self.after(1, 5)}T10:00", facts={"票据种类": None})


class _Freeze(_Measure):
    """Deposits are frozen, as only a law allows, and released or transferred in time."""

    def take(self) -> None:
        draft, setting = self.draft, self.setting
        day = self.after(0, 2)
        start = datetime.combine(day, datetime.min.time()).replace(hour=11, minute=10)
        # Cases of terror have a term of two months (反恐怖主义法 第五十二条).
        is_terror = setting.field == "公安"
        has_own_term = setting.field == "证券期货" and day >= date(2020, 3, 1)
        due = day + (timedelta(59) if is_terror else TERM)
        hidden = self.may_publish(day)
        facts: Facts = {
            "引用依据": [FREEZES[setting.field], "《中华人民共和国行政强制法》第三十条"],
            "冻结金额": self.amount,
            "涉案金额": self.amount,
            **self.approval(start),
            **hidden,
        }
        if is_terror:
            draft.head["案件类别"] = ["恐怖活动"]
            facts |= {"期限": "2个月"}
        if has_own_term:
            facts |= {"期限": "6个月", "法定特别期限依据": "《中华人民共和国证券法》第一百七十条"}
            due = day + timedelta(self.dice.choice((40, 100)))
        place = len(draft.acts)
        freeze = draft.act("冻结", _minute(start), facts=facts)
        told = draft.within(day, draft.working(day, 3))
        self.served(freeze, f"{told}T16:30", "冻结决定书")
        self.today = told
        if "依法不予公开" not in hidden:
            self.published(freeze, day)
        if self.is_refused:
            draft.acts[place]["ends"] = str(self._released(freeze, day, "其他不再需要的情形"))
            return
        if self.is_extended and not is_terror and not has_own_term:
            due = self.extended("冻结延期", freeze, due)
        if self.goes_to_police:
            draft.acts[place]["ends"] = str(self.transferred(due, tested=False))
            return
        reason = self.dice.choice(("没有违法行为", "已经作出处理决定不再需要", "其他不再需要的情形"))
        ended = self._released(freeze, draft.within(self.today, due, 1), reason)
        draft.acts[place]["ends"] = str(ended)

    def _released(self, freeze: str, day: date, reason: str) -> date:
        draft = self.draft
        self.today = max(self.today, day)
        lifted = draft.act(
            "冻结解除",
            f"{day}T13:30",
            about=[freeze],
            facts={"解除事由": reason, "解除事由发生日期": str(day), "书面告知日期": str(day)},
        )
        self.served(lifted, f"{day}T15:00", "其他文书")
        return day


class _Liberty(_Measure):
    """The police hold a person for questioning, as 人民警察法 第九条 allows for 24 or 48 hours."""

    def take(self) -> None:
        draft = self.draft
        day = self.after(0, 1)
        start = datetime.combine(day, datetime.min.time()).replace(
            hour=self.dice.randint(9, 20), minute=self.dice.choice((5, 15, 40))
        )
        hours = 48 if self.chance(0.1) else 24
        lasted = timedelta(hours=self.dice.randint(4, hours - 1))
        end = start + lasted
        back = start + timedelta(minutes=50)
        said: Facts = {"负责人批准时间": _minute(start - timedelta(minutes=20))}
        if self.is_urgent:
            said = {
                "紧急情况": True,
                "返回单位时间": _minute(back),
                "报告时间": _minute(back + timedelta(minutes=20)),
                "负责人批准时间": _minute(back + timedelta(minutes=50)),
            }
        if self.is_refused:
            end = back + timedelta(hours=1)
            said |= {"负责人不予批准": True, **dict.fromkeys(("负责人批准时间", "批准人", "批准人职务"))}
        reached = end - timedelta(minutes=30)
        held = draft.act(
            "限制人身自由",
            _minute(start),
            _minute(end),
            facts={
                "引用依据": ["《中华人民共和国人民警察法》第九条"],
                "期限": f"{hours}小时",
                "法定期限届满时间": _minute(start + timedelta(hours=hours)),
                "告知家属日期": _minute(start + timedelta(hours=1)),
                "目的达到时间": _minute(reached),
                **said,
            },
        )
        margin = timedelta(minutes=5)
        self.filmed(held, _minute(start - margin), _minute(end + margin))
        self.today = end.date()


def _minute(when: datetime) -> str:
    return when.isoformat(timespec="minutes")
