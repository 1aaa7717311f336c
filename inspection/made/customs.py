"""Lawful customs files: the ordinary procedure with its review of every case, and the fast track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.setting import Setting

NEW_LAW = date(2021, 7, 15)
"""From this day the revised law on penalties and the present customs rules (海关总署令第250号) apply."""
DAY = timedelta(1)
_LAW = "《中华人民共和国海关行政处罚实施条例》"


@dataclass(frozen=True)
class _Matter:
    """What was done, the article of the customs regulations, and what can be confiscated (kinds)."""

    name: str
    article: str
    takes: tuple[str, ...] = ()


_MATTERS = (
    _Matter("进口货物税号申报不实", "第十五条第四项"),
    _Matter("出口货物价格申报不实", "第十五条第五项"),
    _Matter("影响海关统计准确性的申报不实", "第十五条第一项"),
    _Matter("擅自处置海关监管货物", "第十八条第一款第一项"),
    _Matter("伪报贸易方式走私进口货物", "第九条第一款", ("货物",)),
    _Matter("使用专用工具走私", "第九条第一款", ("货物", "运输工具")),
    _Matter("进出境人员携带物品未申报", "第十九条第三项", ("物品",)),
)
_FINES = (900, 3_000, 8_000, 9_999, 12_000, 60_000, 99_000, 150_000)
_DAYS = (2, 5, 9, 20)


def customs_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful customs penalty file (ordinary or fast) as plain data."""
    story = _Customs(setting, dice, calendar, words)
    story.tell()
    return story.draft.case(procedure=story.procedure)


class _Customs:
    """What happens in the case, step by step, along a clock that only goes forward."""

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        self.setting, self.dice = setting, dice
        self.draft = Draft("行政处罚", setting, dice, calendar, words)
        self.clock = datetime.combine(self.draft.working(setting.first, 0), time(9, 0))
        # The fast track begins with the rules of 2021 (第一百零三条).
        self.is_fast = setting.first >= NEW_LAW and self.chance(0.25)
        self.procedure = "快速办理" if self.is_fast else "普通程序"
        self.matter = dice.choice(_MATTERS[:4] if self.is_fast else _MATTERS)
        self.fine = dice.choice(_FINES[:4] if self.is_fast else _FINES)
        self.gain = 0 if self.is_fast else dice.choice((0, 0, 0, 900, 15_000, 120_000))
        self.worth = dice.choice((3_000, 40_000, 400_000)) if self.matter.takes else 0
        # Found before the defence may lower the fine: what was told stays told.
        self.is_hearable = self._is_hearable()
        self.is_complex = not self.is_fast and self.chance(0.2)
        # A case that would end after the last year whose days off are known is not slow.
        self.is_slow = not self.is_fast and self.chance(0.2) and setting.first < date(2026, 1, 1)
        """Whether the case takes so long that its time has to be prolonged."""
        self.defends = not self.is_fast and self.chance(0.5)
        self.is_heard = False
        self.taken: str | None = None
        self.seized: str | None = None
        self.draft.texts |= {
            "basis": f"{_LAW}{self.matter.article}",
            "finding": f"当事人{self.matter.name}",
            "matter": "海关监管",
            "clue": f"发现{self.matter.name}的线索",
        }

    @property
    def today(self) -> date:
        """The day that the clock shows."""
        return self.clock.date()

    def _is_hearable(self) -> bool:
        """Tell whether the right to a hearing is told, by the figures of citizens for all (第八十二条).

        Before the rules of 2021 no figure is known, so that it is always told.
        """
        money = max(self.fine, self.gain, self.worth)
        is_told = money >= 10_000 or bool(self.matter.takes) or self.setting.first < NEW_LAW
        return is_told and not self.is_fast

    @property
    def kinds(self) -> list[str]:
        """The kinds of penalty."""
        found = ["罚款"] + (["没收违法所得"] if self.gain else [])
        return found + (["没收非法财物"] if self.matter.takes else [])

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in such a share of the cases."""
        return self.dice.random() < share

    def later(self, least: int, most: int | None = None) -> date:
        """Go on by some working days and return the day reached; by none: stay where the clock is."""
        amount = self.dice.randint(least, least if most is None else most)
        if amount:
            self.clock = datetime.combine(self.draft.working(self.today, amount), time(9, 0))
        return self.today

    def until(self, day: date) -> None:
        """Go on to the morning of a day, unless the clock is past it."""
        self.clock = max(self.clock, datetime.combine(day, time(9, 0)))

    def minute(self, minutes: int) -> str:
        """Go on by some minutes and return the time as a text."""
        self.clock += timedelta(minutes=minutes)
        return self.clock.isoformat(timespec="minutes")

    def tell(self) -> None:
        """Tell the whole case."""
        self._head()
        self._opening()
        if self.is_fast:
            self._fast_inquiry()
        else:
            self._inquiry()
        self._notice()
        self._review()
        self._decision()
        self._prolonged()
        self._publication()
        self._performance()

    def _head(self) -> None:
        began = self.today - timedelta(self.dice.choice((1, 10, 60, 400, 700)))
        lasting = self.chance(0.4)
        self.done = began
        self.draft.head |= {
            "涉企": not self.setting.party.is_citizen,
            "违法行为发生时间": str(began),
            "违法行为连续": lasting,
            "违法行为发现时间": str(self.today),
            "危害生命健康金融安全": False,
            "涉案金额": self.worth + self.gain + 10_000,
            "违法所得": self.gain,
            "直接关系重大权益": self.is_hearable,
            "审核目录命中": self.is_hearable,
            "情节复杂": self.is_complex,
            **dict.fromkeys(("重大违法", "处罚较重", "争议较大", "负责人指定讨论", "涉嫌犯罪"), False),
            "同一行为已罚款": False,
        }
        if lasting:
            self.draft.head["违法行为终了时间"] = str(self.today - DAY)

    def _opening(self) -> None:
        source = self.dice.choice(("现场检查", "举报", "监测监控", "其他"))
        self.draft.head["案件来源类型"] = source
        self.draft.act("案件来源", self.today, facts={"案件来源类型": source}, paper="案件来源登记表")
        self.later(0, 2)
        when = self.minute(40)
        self.filed = self.today
        self.draft.act("立案", when, facts={"负责人批准时间": when})

    def _film(self, about: str, starts: str, ends: str) -> None:
        video = self.draft.act("音像记录", starts, ends, about=[about])
        stored = datetime.fromisoformat(ends) + timedelta(hours=self.dice.choice((1, 5, 20)))
        self.draft.act("音像上传", stored.isoformat(timespec="minutes"), about=[video])

    def _fast_inquiry(self) -> None:
        """Only ask the party, who wants the case to be handled fast (第一百零三条、第一百零四条)."""
        self.draft.act("证据提取", self.minute(30), facts={"制作时间": self.minute(0)})
        self._asked("当事人", "执法人员 执法人员 被询问人")
        self.draft.act("快速办理告知", self.minute(10), facts={"到案时间": self.minute(0)})
        self.later(0, 2)

    def _asked(self, whom: str, by: str) -> None:
        starts, ends = self.minute(20), self.minute(self.dice.choice((40, 90, 130)))
        self.draft.act("询问", starts, ends, by=by, facts={"询问对象类型": whom})

    def _inquiry(self) -> None:
        draft = self.draft
        self.later(0, 2)
        approved = self.minute(20)
        draft.act("检查审批", approved, facts={"负责人批准时间": approved})
        starts, ends = self.minute(30), self.minute(80)
        inspected = draft.act("现场检查", starts, ends)
        self._film(inspected, starts, ends)
        when = self.minute(5)
        draft.act("证据提取", when, facts={"制作时间": when})
        if self.matter.takes or self.chance(0.3):
            self._detain()
        self.later(1, 5)
        self._asked("当事人", "执法人员 执法人员 被询问人")
        if self.chance(0.6):
            self._asked("证人", "执法人员 执法人员 证人")
        if self.chance(0.4):
            self._test()
        if self.is_slow:
            self._wait()
        self.later(1, 4)
        draft.act("调查终结", self.minute(10))
        self.later(0, 2)
        draft.act("案件审核", self.minute(30))

    def _detain(self) -> None:
        """Detain goods, things or vehicles (扣留): a year at most (海关行政处罚实施条例 第四十条)."""
        starts, ends = self.minute(10), self.minute(40)
        before = (datetime.fromisoformat(starts) - timedelta(minutes=30)).isoformat(timespec="minutes")
        self.shown = self.chance(0.5)
        facts: Facts = {
            "期限": "1年",
            "法定特别期限依据": f"{_LAW}第四十条",
            "引用依据": ["《中华人民共和国海关法》第六条", f"{_LAW}第三十八条"],
            "负责人批准时间": before,
        }
        if not self.shown:
            facts |= {"依法不予公开": True, "不予公开理由": "影响其他案件查处"}
        self.seized = self.draft.act("查封扣押", starts, ends, facts=facts)
        self._film(self.seized, starts, ends)
        if self.shown:
            day = self.draft.working(self.today, self.dice.choice((3, 7, 20)))
            check = self.draft.act("保密审查", day, about=[self.seized])
            public: Facts = {"公示类别": "强制决定", "平台": ["机关门户网站"]}
            self.draft.act("公示", day, about=[self.seized, check], facts=public)

    shown = False
    decision: str
    decided: date
    filed: date

    def _test(self) -> None:
        """Have the goods tested; the time of it does not count (第七十六条)."""
        draft = self.draft
        if self.chance(0.5):
            draft.act("抽样取证", self.minute(20), self.minute(20))
        done = draft.working(self.today, self.dice.choice(_DAYS))
        kind = self.dice.choice(("检测", "检验", "鉴定"))
        facts: Facts = {"检测鉴定类别": kind, "检测机构": "示例海关技术中心", "收到结果日期": str(done)}
        draft.act("检测鉴定", self.today, done, facts=facts)
        self.until(done)
        draft.act("检测结果告知", self.later(1))

    def _wait(self) -> None:
        """Let so much time go by that the decision comes after the first six months, long before twelve."""
        self.until(self.draft.working(self.filed + self.dice.randint(190, 260) * DAY, 0))

    def _prolonged(self) -> None:
        """Prolong the time where the case took more than six months: the head agreed before they ended."""
        limit = self.filed + 180 * DAY
        if self.decided <= limit:
            return
        day = self.draft.within(limit - 30 * DAY, limit - DAY)
        self.draft.act(
            "延长期限审批",
            day,
            by="批准人",
            facts={
                "延长事项": "办案", "延长期限": "6个月", "批准人": self.draft.texts["deputy"],
                "批准人职务": "机关负责人", "负责人批准时间": str(day), "理由": "案情复杂",
                "集体讨论决定": False,
            },
        )  # fmt: skip

    def _notice(self) -> None:
        draft = self.draft
        told = ["拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "回避权", "将公开处罚信息"]
        if self.is_hearable:
            told.append("听证权")
        term = "5个工作日" if self.today >= NEW_LAW else "3个工作日"
        facts: Facts = {
            "告知内容": told, "拟处罚种类": self.kinds, "拟罚款金额": self.fine,
            "拟没收违法所得": self.gain or None, "拟没收财物价值": self.worth or None,
            "陈述申辩期限": term,
        }  # fmt: skip
        when = self.minute(60)
        self.notice = draft.act("事先告知", when, facts=facts)
        acts = [self.notice]
        if self.is_hearable:
            hearing = "5个工作日" if self.today >= NEW_LAW else "3日"
            acts.append(draft.act("听证告知", when, facts={"听证申请期限": hearing}))
        if not self.is_fast:
            self.later(0, 3)
        self._served(acts, self.minute(30), "行政处罚事先告知书")
        self.told = self.today
        waives = self.is_fast or self.chance(0.15)
        if waives:
            self._waiver()
            return
        if self.defends:
            self._defence()
        if self.is_hearable and self.chance(0.5):
            self._hearing()
            return
        if self.chance(0.25):
            self._refused_hearing()
        # The decision comes after the term of five working days has run out.
        self.until(draft.working(self.told, 6))

    def _waiver(self) -> None:
        self.defends = False
        facts: Facts = {"放弃陈述申辩": True, "书面放弃": True, "申辩意见": None}
        self.draft.act(
            "陈述申辩", self.minute(20), about=[self.notice], facts=facts, paper="放弃陈述申辩声明"
        )  # fmt: skip

    def _defence(self) -> None:
        self.later(0, 3)
        founded = self.chance(0.2)
        said = self.draft.act("陈述申辩", self.minute(20), about=[self.notice])
        self.later(0, 1)
        result: Facts = {}
        self.taken = "不予采纳"
        if founded:
            self.taken = "部分采纳"
            self.fine = self.fine * 4 // 5
            result = {
                "申辩成立": True, "采纳情况": "部分采纳", "采纳理由": "主动提供材料属实",
                "复核结论": "部分成立，从轻处罚",
            }  # fmt: skip
        self.draft.act("申辩复核", self.minute(60), about=[said], facts=result)

    def _refused_hearing(self) -> None:
        """Refuse a hearing asked for without a right to it, within three working days (第九十二条)."""
        if self.is_hearable:
            return
        refused = self.draft.working(self.today, self.dice.randint(0, 3))
        facts: Facts = {"申请处理结果": "不予受理", "申请处理日期": str(refused), "理由": "不属于听证范围"}
        self.draft.act("听证申请", self.today, facts=facts)
        self.until(refused)

    def _hearing(self) -> None:
        """Hold a hearing within twenty working days of the request, seven after the call (第九十一条)."""
        draft = self.draft
        last = draft.working(self.told, 5)
        if self.today < NEW_LAW and self.told < NEW_LAW:
            last = self.told + 3 * DAY
        asked = max(draft.within(self.told, last, least=1), self.told)
        if asked > last or asked < self.today:
            asked = self.today
        called = draft.working(asked, self.dice.randint(1, 5))
        latest = draft.working(asked, 20)
        held = draft.within(called, latest, least=8)
        facts: Facts = {}
        if asked >= NEW_LAW and self.chance(0.1):
            held = draft.working(latest, 5)
            facts["延期听证理由"] = "当事人因不可抗力申请延期"
        draft.act("听证申请", asked, facts={"申请处理日期": str(called)})
        self.until(called)
        call = draft.act("听证通知", called)
        self._served([call], self.minute(60), "听证通知书")
        if self.chance(0.8):
            draft.act("听证公告", called)
        self.until(held)
        starts, ends = self.minute(0), self.minute(150)
        facts |= {
            "主持人指定日期": str(called), "材料移交日期": str(called), "听证时间确定日期": str(called),
            "听证报告日期": str(draft.working(held, 2)),
        }  # fmt: skip
        heard = draft.act("听证", starts, ends, facts=facts)
        self._film(heard, starts, ends)
        self.is_heard = True
        self.later(2)

    def _review(self) -> None:
        """Review every case of the ordinary procedure (第六十三条); the fast track goes without."""
        draft = self.draft
        if self.is_fast:
            return
        self.later(0, 1)
        reasons = ["直接关系重大权益", "审核目录命中"] if self.is_hearable else ["法律法规规定"]
        if self.is_heard:
            reasons.append("经过听证")
        again = self.chance(0.12)
        for opinion in (["建议修改"] if again else []) + ["同意"]:
            sent = self.minute(20)
            draft.act("送审", sent)
            self.later(0, 4)
            facts: Facts = {"审核事由": reasons, "审核意见": opinion}
            if opinion == "建议修改":
                facts["存在问题"] = ["裁量理由不充分"]
            else:
                facts["再次审核"] = again
            draft.act("法制审核", sent, self.minute(60), facts=facts)
        if self.is_complex or self.chance(0.2):
            self.later(0, 2)
            draft.act("集体讨论", self.minute(30), self.minute(40))

    def _decision(self) -> None:
        draft = self.draft
        if not self.is_fast:
            self.later(0, 2)
        when = self.minute(20)
        draft.act("决定审批", when, facts={"负责人批准时间": when})
        since = date(2004, 11, 1)
        items = [
            "当事人姓名名称", "当事人地址", "法定代表人", "违法事实", "证据", "理由", "处罚种类", "罚款数额",
            "处罚依据", "履行方式和期限", "救济途径和期限", "机关名称", "决定日期", "告知情况",
            "裁量基准适用", "代收机构名称", "代收机构地址", "缴款期限", "加处罚款标准",
        ]  # fmt: skip
        if self.defends:
            items.append("陈述申辩采纳情况")
        if self.is_heard:
            items.append("听证情况")
        at_once = self.chance(0.2)
        facts: Facts = {
            "决定类型": "行政处罚",
            "处罚种类": self.kinds,
            "罚款金额": self.fine,
            "没收违法所得": self.gain or None,
            "没收财物价值": self.worth or None,
            "没收财物类型": list(self.matter.takes) or None,
            "含责令改正": True,
            "依据公布日期": str(date(2004, 9, 19)),
            "依据施行日期": str(since),
            "载明事项": items,
            "采纳情况": self.taken,
            "依据听证笔录": True if self.is_heard else None,
            "宣告后当场交付": at_once,
            "处罚幅度": "从轻" if self.taken == "部分采纳" else "一般",
        }
        if self.setting.party.is_citizen:
            items.remove("法定代表人")
        self.decision = draft.act("执法决定", self.minute(60), facts=facts)
        self.decided = self.today
        self._decision_served(at_once)
        party_high = self.setting.party.is_citizen and max(self.fine, self.gain, self.worth) >= 5_000
        if self.setting.region in ("内蒙古", "四川") and (
            party_high or max(self.fine, self.gain, self.worth) >= 50_000
        ):
            draft.act(
                "备案", draft.working(self.decided, 5), about=[self.decision],
                facts={"备案类型": "重大处罚备案", "备案对象": "司法行政部门"},
            )  # fmt: skip

    def _decision_served(self, at_once: bool) -> None:
        """Serve the decision: at once, by hand or by post within seven (working) days."""
        paper = "行政处罚决定书"
        if at_once:
            self._served([self.decision], self.minute(10), paper, 送达方式="当场交付", 签收情况="本人签收")
            return
        most = self.draft.working(self.today, 7) if self.today >= NEW_LAW else self.today + 7 * DAY
        day = self.draft.within(self.today, most)
        self.until(day)
        if self.chance(0.2):
            self._served(
                [self.decision], self.minute(30), paper, 送达方式="邮寄送达", 邮寄单号="EMS0000002CN",
                邮寄回执=True, 出示证件=None,
            )  # fmt: skip
            return
        self._served([self.decision], self.minute(30), paper)

    def _served(self, about: list[str], when: str, paper: str, **more: Any) -> None:
        self.draft.act("送达", when, about=about, facts={"送达文书": paper, **more})

    def _publication(self) -> None:
        draft = self.draft
        day = draft.working(self.decided, self.dice.choice((1, 3, 7)))
        check = draft.act("保密审查", day)
        shown = draft.act("公示", day, about=[self.decision, check])
        draft.act("信用推送", day, about=[self.decision])
        if self.chance(0.08):
            # Changed by the agency itself, and taken down within three working days (第七十八条).
            changed = draft.working(day, self.dice.randint(5, 20))
            draft.act(
                "决定变更",
                changed,
                about=[self.decision],
                facts={
                    "变更情形": "变更", "变更机关": "本机关", "依法定程序变更": True,
                    "理由": "计税价格复核后变动", "变更程序": "集体讨论后依法变更",
                    "文号": f"海变〔{changed.year}〕{self.setting.serial}号",
                },
            )  # fmt: skip
            draft.act(
                "公示撤回",
                draft.working(changed, self.dice.randint(0, 3)),
                about=[shown],
                facts={
                    "平台": ["机关门户网站", "信用中国"], "撤回事由": "决定变更", "理由公开": True,
                    "推送信息处理": True,
                },
            )  # fmt: skip

    def _performance(self) -> None:
        draft = self.draft
        if self.seized:
            way: Facts = {"处理方式": ["没收"], "解除事由": None}
            if not self.matter.takes:
                on = str(self.today)
                way = {"处理方式": ["解除", "退还"], "解除事由发生日期": on, "退还日期": on}
            when = self.minute(20)
            draft.act("查封扣押处理", when, about=[self.seized], facts={"负责人批准时间": when, **way})
        day = self.later(1, 5)
        draft.act("缴款", day, about=[self.decision], facts={"缴款金额": self.fine + self.gain})
        if self.matter.takes:
            ways = self.dice.choice(("公开拍卖", "销毁", "移交财政部门"))
            money = True if ways == "公开拍卖" else None
            done = self.later(1, 10)
            draft.act(
                "罚没物品处理", done, about=[self.decision],
                facts={"物品处理方式": ways, "价款上缴国库": money, "移交财政日期": str(done)},
            )  # fmt: skip
        paid = self.today
        day = self.later(1, 4)
        draft.act(
            "结案",
            day,
            facts={"结案事由发生日期": str(paid), "报告日期": str(day), "负责人批准时间": str(day)},
        )
        draft.act("归档", self.later(2, 8))
