"""Lawful police files: public order (治安管理) and the other acts that the police punish (公安)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Facts
from inspection.made.police_matters import NEW_PUBLIC_ORDER, Matter, Penalty
from inspection.made.police_steps import DAY, NEW_LAW, PoliceCase
from inspection.made.setting import Setting

RECONSIDERATION_FIRST = date(2024, 1, 1)
"""From this day a penalty on the spot goes to reconsideration before any suit (行政复议法 第二十三条)."""

_VICE = ("卖淫嫖娼", "赌博", "毒品")
"""Cases that are never decided on the spot (公安机关办理行政案件程序规定 第三十七条第二款)."""


def police_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful police file (ordinary, fast or on the spot) as plain data."""
    kind = dice.choices((_Ordinary, _Fast, _OnTheSpot), (7, 2, 2))[0]
    story = kind(setting, dice, calendar, words)
    story.tell()
    return story.case()


class _Ordinary(PoliceCase):
    """A case of the ordinary procedure, with conciliation and no penalty among its outcomes."""

    pause = 1
    """How many working days at most the decision waits for its approval."""

    def tell(self) -> None:
        """Tell the whole case."""
        self.penalty = self._any_penalty()
        complex_ = self.chance(0.15)
        self.head(is_complex=complex_, is_major=self._may_be_heard())
        self.opening()
        self._investigation()
        if self.matter.conciliable and not self.is_spared and self.chance(0.15):
            self._conciliation()
            return
        self._report()
        if self.is_spared:
            self._no_penalty()
            return
        self._notice()
        self._review()
        self._decision()
        self._in_time()
        self.publication()
        self._performance()

    def _any_penalty(self) -> Penalty:
        options = self.penalties
        if self.is_minor:
            # Rather a warning or the lightest penalty, seldom the detention that is not carried out.
            light = tuple(one for one in options if not one.days) or options[:1]
            options = light if self.chance(0.5) else options
        return self.dice.choice(options)

    def _may_be_heard(self) -> bool:
        """Tell whether the party has to be told that it may ask for a hearing."""
        penalty, offender = self.penalty, self.offender
        if penalty.revokes or penalty.fine >= 2_000:
            return True
        if not self.is_public_order and self.today >= NEW_PUBLIC_ORDER and penalty.fine:
            # Whether the figures of the ministry rule still stand is not known: the right is told.
            return True
        return self.is_minor and penalty.days > 0 and not offender.is_first

    def _investigation(self) -> None:
        matter = self.matter
        if self.is_public_order and self.offender.is_citizen and self.chance(0.08):
            self.sobering()
        if self.chance(0.5):
            self.inspection()
        if matter.thing and self.chance(0.7):
            self.seizure()
        self.later(0, 1)
        self.questioning()
        self.later(0, 2)
        if self.chance(0.08):
            self.recusal()
        self.others()
        if self.is_public_order and self.offender.is_citizen and self.chance(0.25):
            self.samples()
        if self.chance(0.3):
            self.data()
        if self.chance(0.1):
            self._preservation()
        if matter.test and self.chance(0.8):
            self.test()

    def _preservation(self) -> None:
        draft, when = self.draft, self.minute(10)
        by_unit = self.chance(0.3)
        facts: Facts = {"负责人批准时间": when}
        if by_unit:
            facts |= {"批准人": draft.texts["unit_head"], "批准人职务": "办案机构负责人"}
        kept = draft.act("先行登记保存", when, facts=facts)
        most = draft.working(self.today, 7) if self.today >= NEW_LAW else self.today + 7 * DAY
        day = draft.within(self.today, most)
        draft.act("先行登记保存处理", day, about=[kept], facts={"负责人批准时间": str(day)})
        self.until(day)

    def _conciliation(self) -> None:
        alone = self.is_new and self.chance(0.4)
        self.later(0, 3)
        starts, ends = self.minute(30), self.minute(70)
        by = "执法人员 辅助人员 被侵害人" if alone else "执法人员 执法人员 被侵害人"
        agreed = self.draft.act("治安调解", starts, ends, by=by)
        if alone:
            self.film(agreed, starts, ends)
        settled = self.today
        self._in_time()
        self.end("其他", settled)

    def _report(self) -> None:
        self.later(0, 2)
        self.draft.act("调查终结", self.minute(10))
        self.later(0, 1)
        self.draft.act("案件审核", self.minute(30))

    def _no_penalty(self) -> None:
        draft = self.draft
        when = self.minute(30)
        draft.act(
            "决定审批", when, facts={"负责人批准时间": when, "审批意见": "不予处罚"}
        )  # fmt: skip
        facts = self.decision_facts(Penalty()) | {
            "决定类型": "不予处罚", "处罚种类": [], "处罚幅度": "不予处罚", "教育当事人": True,
            "违法事实成立": True, "派出所作出": None,
        }  # fmt: skip
        if self.offender.is_incapable:
            facts["责令监护人看管治疗"] = True
        self.decision = draft.act("执法决定", self.minute(30), facts=facts, paper="不予行政处罚决定书")
        self.decided = self.today
        self.served(self.decision, self.minute(20), "不予行政处罚决定书", way="当场交付")
        self._in_time()
        self.release()
        self.end("不予处罚", self.decided)

    # ── the notice and the hearing ──

    def _notice(self) -> None:
        draft, penalty = self.draft, self.penalty
        self.later(0, 1)
        told = ["拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "回避权", "将公开处罚信息"]
        hearing = self._may_be_heard()
        content: Facts = {
            "告知内容": [*told, "听证权"] if hearing else told,
            "拟处罚种类": penalty.kinds,
            "拟罚款金额": penalty.fine or None,
            "陈述申辩期限": "3日",
            "告知监护人": True if self.is_minor else None,
        }
        self.notice = draft.act("事先告知", self.minute(10), facts=content)
        self.told = self.today
        self.served(self.notice, self.minute(10), "行政处罚事先告知书", alone=self.chance(0.15))
        if self.is_minor:
            self.served(self.notice, self.minute(10), "行政处罚事先告知书", to="监护人")
        if hearing:
            term = "5个工作日" if self.today >= NEW_LAW else "3日"
            draft.act(
                "听证告知",
                self.minute(1),
                facts={"听证申请期限": term, "告知监护人": True if self.is_minor else None},
            )
        self._defence()
        self.is_hearable = hearing
        if hearing:
            self._hearing_or_term()
        elif self.chance(0.06):
            day = self.today + self.dice.randint(0, 2) * DAY
            refused: Facts = {
                "申请处理结果": "不予受理",
                "申请处理日期": str(day),
                "理由": "不属于应当听证的情形",
            }
            draft.act("听证申请", self.today, facts=refused)
            self.until(day)

    def _defence(self) -> None:
        draft = self.draft
        self.defends = self.chance(0.7 if self.is_minor else 0.4)
        if not self.defends:
            return
        facts: Facts = {"监护人陈述申辩": True if self.is_minor else None}
        by = "执法人员 执法人员" + (" 监护人" if self.is_minor else "")
        founded = self.penalty.fine >= 100 and self.chance(0.25)
        said = draft.act("陈述申辩", self.minute(15), about=[self.notice], by=by, facts=facts)
        result: Facts = {}
        if founded:
            result = {
                "申辩成立": True, "采纳情况": "采纳", "采纳理由": "情节属实",
                "复核结论": "申辩成立，从轻处罚",
            }  # fmt: skip
            self.penalty = replace(self.penalty, fine=self.penalty.fine * 4 // 5)
        self.taken = "采纳" if founded else "不予采纳"
        draft.act("申辩复核", self.minute(60), about=[said], facts=result)

    taken: str | None = None

    def _hearing_or_term(self) -> None:
        """Hold the hearing if it is asked for on a day that leaves room for it, else let the term run out."""
        asked = self._day_to_ask() if self.chance(0.6) else None
        if asked is None:
            waives = self.chance(0.25)
            if waives:
                self.draft.act(
                    "陈述申辩",
                    self.minute(20),
                    about=[self.notice],
                    facts={
                        "放弃陈述申辩": True, "书面放弃": True, "申辩意见": None,
                        "监护人陈述申辩": True if self.is_minor else None,
                    },
                    paper="放弃陈述申辩声明",
                )  # fmt: skip
                return
            self.until(self._after_the_term())
            return
        self._hearing(asked)

    def _after_the_term(self) -> date:
        """Return the first working day after the term to ask; near the change of the law, the longer one."""
        draft = self.draft
        if self.told < NEW_LAW - 12 * DAY:
            return draft.working(draft.working(self.told + 3 * DAY, 0), 1)
        return draft.working(self.told, 6)

    def _five_days(self) -> bool:
        return self.told >= NEW_LAW

    def _day_to_ask(self) -> date | None:
        """Return a day in the term from which notice and hearing both fit into ten days, if there is one."""
        draft = self.draft
        term = [draft.working(self.told, amount) for amount in range(1, 6)]
        if not self._five_days():
            term = [day for day in term if day <= self.told + 3 * DAY]
        fitting = [day for day in term if self._held(day) <= day + 10 * DAY]
        return self.dice.choice(fitting) if fitting else None

    def _held(self, asked: date) -> date:
        soon = self.draft.working(asked + 7 * DAY, 0)
        return soon if soon < NEW_LAW else self.draft.working(asked, 7)

    def _hearing(self, asked: date) -> None:
        draft = self.draft
        held = self._held(asked)
        closed = None
        if self.is_minor and self.is_public_order and held >= NEW_PUBLIC_ORDER:
            closed = "未成年人"
        elif self.matter.category == "卖淫嫖娼":
            closed = "个人隐私"
        self.until(asked, 10)
        draft.act("听证申请", asked, facts={"申请处理日期": str(asked)})
        call = draft.act("听证通知", asked)
        self.served(call, self.minute(60), "听证通知书")
        if closed is None:
            draft.act("听证公告", asked)
        self.until(held)
        facts: Facts = {
            "主持人指定日期": str(asked), "材料移交日期": str(asked), "听证时间确定日期": str(asked),
            "听证报告日期": str(draft.working(held, 1)),
        }  # fmt: skip
        if closed is not None:
            facts |= {"公开举行": False, "不公开理由": closed}
        if self.chance(0.15):
            facts["申请主持人回避"] = True
            self.recusal("听证主持人")
        starts, ends = self.minute(10), self.minute(130)
        heard = draft.act("听证", starts, ends, facts=facts)
        self.film(heard, starts, ends)
        self.is_heard = True
        self.later(1)

    # ── the decision ──

    def _review(self) -> None:
        draft = self.draft
        if self.is_hearable or self.draft.head["情节复杂"]:
            self.later(0, 1)
            reasons = ["直接关系重大权益", "审核目录命中"] + (["经过听证"] if self.is_heard else [])
            again = self.chance(0.12)
            if again:
                self._reviewed({"审核事由": reasons, "审核意见": "建议修改", "存在问题": ["裁量理由不充分"]})
            self._reviewed({"审核事由": reasons, "再次审核": again})
        if self.draft.head["情节复杂"]:
            self.later(0, 1)
            starts, ends = self.minute(30), self.minute(30)
            draft.act("集体讨论", starts, ends)

    def _reviewed(self, facts: Facts) -> None:
        sent = self.minute(30)
        self.draft.act("送审", sent)
        self.later(0, 2)
        self.draft.act("法制审核", sent, self.minute(60), facts=facts)

    def _decision(self) -> None:
        draft, penalty, offender = self.draft, self.penalty, self.offender
        self.later(0, self.pause)
        when = self.minute(20)
        draft.act("决定审批", when, facts={"负责人批准时间": when})
        facts = self.decision_facts(penalty)
        if self.is_heard:
            facts |= {"依据听证笔录": True}
            facts["载明事项"].append("听证情况")
        if self.defends:
            facts |= {"采纳情况": self.taken}
            if self.taken == "采纳":
                facts["处罚幅度"] = "从轻"
            facts["载明事项"].append("陈述申辩采纳情况")
        self.prior = 0
        if penalty.days:
            facts["告知家属日期"] = str(self.today)
            if self.chance(0.15) and not self.is_minor:
                self.prior = self.dice.choice((1, 2, 3))
                facts |= {
                    "先前限制自由天数": self.prior,
                    "折抵拘留天数": min(self.prior, penalty.days),
                    "折抵情况": ["限制自由时间已折抵"],
                }
        at_once = self.chance(0.5)
        if at_once:
            facts["宣告后当场交付"] = True
        self.decision = draft.act("执法决定", self.minute(40), facts=facts)
        self.decided = self.today
        paper = "行政处罚决定书"
        if at_once:
            self.served(self.decision, self.minute(10), paper, way="当场交付")
        else:
            self._serve_later(paper)
        if self.matter.victim:
            self.served(self.decision, self.minute(30), paper, to="被侵害人")
        if offender.is_citizen and self.is_minor:
            self.served(self.decision, self.minute(10), paper, to="监护人")
        if self.setting.region in ("内蒙古", "四川") and (
            penalty.fine >= 5_000 or penalty.revokes or penalty.days >= 10
        ):
            draft.act(
                "备案", draft.working(self.decided, 5), by="执法人员", about=[self.decision],
                facts={"备案类型": "重大处罚备案", "备案对象": "司法行政部门"},
            )  # fmt: skip

    def _serve_later(self, paper: str) -> None:
        """Serve within two calendar days in cases of public order, else within seven days."""
        most = 2 if self.is_public_order else 7
        day = self.decided + self.dice.randint(0, most) * DAY
        self.until(day)
        way = self.dice.choice(("直接送达",) * 6 + ("留置送达", "邮寄送达", "电子送达"))
        alone = way == "直接送达" and self.chance(0.15)
        self.served(self.decision, self.minute(30), paper, way=way, alone=alone)

    def _in_time(self) -> None:
        """Where the case took longer than thirty days, the superior had agreed before they were over."""
        limit = self.opened + 30 * DAY
        if not self.is_public_order or self.today <= limit:
            return
        times = 1 + ((self.today - limit).days > 30)
        for turn in range(times):
            day = self.draft.within(limit - 12 * DAY, limit + (turn * 30 - 2) * DAY)
            self.draft.act(
                "延长期限审批",
                day,
                by="批准人",
                facts={
                    "延长事项": "办案", "延长期限": "30日", "批准人": "示例上",
                    "批准人职务": "上级机关负责人", "负责人批准时间": str(day), "理由": "案情重大、复杂",
                },
            )  # fmt: skip

    # ── the execution ──

    def _performance(self) -> None:
        penalty, done = self.penalty, self.decided
        self.release()
        if self.chance(0.05):
            self.correction()
        if penalty.fine:
            self.later(0, 5)
            self.draft.act(
                "缴款", self.today, about=[self.decision], facts={"缴款金额": penalty.fine}
            )  # fmt: skip
            done = self.today
        if penalty.days and not self.is_vulnerable:
            done = max(done, self._detention())
        self.until(done)
        self.end("处罚决定执行完毕", done)

    def _detention(self) -> date:
        """Carry the detention out, at once or after a stay, and return the day of release."""
        begins = self.clock
        stayed = self.chance(0.2)
        if stayed:
            begins = self._stay()
        begins = begins.replace(minute=0) + timedelta(hours=1)
        ends = begins + timedelta(days=max(self.penalty.days - self.prior, 0))
        if ends > begins:
            self.draft.act(
                "拘留执行",
                begins.isoformat(timespec="minutes"),
                ends.isoformat(timespec="minutes"),
                about=[self.decision],
                facts={"告知家属日期": str(begins.date())},
            )
        return ends.date()

    def _stay(self) -> datetime:
        """Let the party ask for reconsideration and a stay, which ends when the decision is upheld."""
        draft = self.draft
        asked = self.today
        self.later(10, 30)
        ended = self.today
        draft.act(
            "复议诉讼", asked, ended, by="", about=[self.decision],
            facts={
                "救济种类": "行政复议", "救济结果": "维持", "停止执行": True, "停止执行依据":
                "《中华人民共和国治安管理处罚法》关于暂缓执行行政拘留的规定", "停止执行有法律依据": True,
            },
        )  # fmt: skip
        draft.act(
            "暂缓执行拘留",
            asked,
            about=[self.decision],
            facts={
                "申请日期": str(asked), "申请处理日期": str(asked), "保证金应退日期": str(ended),
                "保证金退还日期": str(ended), "保证金已退还": True,
            },
        )  # fmt: skip
        return self.clock


class _Fast(_Ordinary):
    """A case of the fast track: consent in writing, a decision within 48 hours of the arrival."""

    procedure = "快速办理"
    only_plain_adults = True
    pause = 0

    def fits(self, matter: Matter, penalty: Penalty) -> bool:
        """No detention of ten days or more and nothing that may be heard (第四十一条)."""
        is_open = self.is_public_order or self.today < NEW_PUBLIC_ORDER
        most = 1_999 if is_open else 0
        return penalty.days < 10 and penalty.fine <= most and not penalty.revokes

    def tell(self) -> None:
        """Tell the whole case."""
        self.penalty = self._any_penalty()
        self.defends = False
        self.head()
        came = self.clock
        self.opening()
        self.questioning()
        self.clock = min(self.clock, came + timedelta(hours=30))
        self.others()
        consent = {"到案时间": came.isoformat(timespec="minutes")}
        self.draft.act("快速办理告知", self.minute(20), facts=consent)
        self.draft.act("案件审核", self.minute(30))
        content: Facts = {
            "告知内容": ["拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "回避权"],
            "拟处罚种类": self.penalty.kinds,
            "拟罚款金额": self.penalty.fine or None,
            "陈述申辩期限": None,
        }
        self.notice = self.draft.act("事先告知", self.minute(20), facts=content)
        if self.chance(0.2):
            # The decision comes at the very end of the 48 hours.
            self.clock = came + timedelta(hours=47)
        self._decision()
        self.publication()
        self._performance()


class _OnTheSpot(PoliceCase):
    """A penalty on the spot: a warning or a small fine, by one officer where the law allows it."""

    procedure = "简易程序"
    only_plain_adults = True

    def fits(self, matter: Matter, penalty: Penalty) -> bool:
        """Only what the law of the day lets the police decide on the spot."""
        if penalty.days or penalty.revokes or matter.category in _VICE:
            return False
        if self.is_public_order:
            return penalty.fine <= (500 if self.is_new else 200)
        # Road traffic has its own limit, 200 (道路交通安全法 第一百零七条).
        return penalty.fine <= 200

    def tell(self) -> None:
        """Tell the whole case."""
        draft, dice = self.draft, self.dice
        self.penalty = penalty = dice.choice(
            [one for one in self.penalties if not self.matter.category or one.fine] or self.penalties
        )  # fmt: skip
        self.head()
        self.opening()
        if self.chance(0.3):
            self.others()
        alone = self.is_new and self.chance(0.7)
        facts = self.decision_facts(penalty) | {
            "批准人": None, "批准人职务": None, "当场作出": True, "当场交付": True,
            "预定格式编号文书": True, "出示证件": True, "告知事由依据权利": True, "听取陈述申辩": True,
            "当事人异议": False,
        }  # fmt: skip
        facts["载明事项"] += ["处罚时间", "处罚地点", "执法人员签名"]
        if self.today >= RECONSIDERATION_FIRST:
            draft.head["复议前置"] = True
            facts["载明事项"].append("复议前置提示")
            facts["救济途径"] = "不服本决定的，可以自收到之日起六十日内先申请行政复议"
        starts = self.minute(20)
        ends = self.minute(15)
        self.decision = draft.act(
            "执法决定",
            starts,
            by="执法人员 辅助人员" if alone else "执法人员 执法人员",
            facts=facts,
            paper="当场行政处罚决定书",
        )
        self.decided = self.today
        if alone:
            self.film(self.decision, starts, ends)
        self.served(self.decision, starts, "当场行政处罚决定书", way="当场交付")
        if self.matter.victim:
            self.served(self.decision, self.minute(40), "当场行政处罚决定书", to="被侵害人")
        back = datetime.fromisoformat(starts)
        filing: Facts = {}
        if self.chance(0.1):
            # On a train or a boat the terms run from the arrival.
            back += timedelta(hours=30)
            self.arrival = filing["靠岸或者返回时间"] = back.isoformat(timespec="minutes")
        filed = back + timedelta(hours=dice.choice((2, 8, 24)))
        draft.act(
            "备案", filed.isoformat(timespec="minutes"), about=[self.decision], facts=filing
        )  # fmt: skip
        self.publication()
        if penalty.fine:
            self._payment()
        self.later(1, 4)
        draft.act("归档", self.today)

    def _payment(self) -> None:
        draft, fine, about = self.draft, self.penalty.fine, [self.decision]
        most = (200 if self.is_new else 50) if self.is_public_order else (100 if self.is_after else 20)
        ground = None
        if fine <= most:
            ground = "小额罚款"
        elif self.chance(0.3):
            ground = "交通不便当事人提出"
            draft.head["交通不便地区"] = True
        elif self.chance(0.2) and self.offender.is_citizen:
            ground = "不当场收缴事后难以执行"
            self.is_homeless = True
        if ground is None or self.chance(0.2):
            draft.act("缴款", self.later(1, 6), about=about, facts={"缴款金额": fine})
            return
        landed = datetime.fromisoformat(self.arrival).date() if self.arrival else self.today
        handed = landed + self.dice.randint(0, 2) * DAY
        facts: Facts = {
            "缴款金额": fine,
            "地点类型": "公共场所",
            "当场收缴情形": ground,
            "收缴申请": ground == "交通不便当事人提出",
            "当事人无异议": True,
            "票据种类": "财政部门统一票据",
            "交至机关时间": str(handed),
            "交至银行时间": str(handed + self.dice.randint(0, 2) * DAY),
            "靠岸或者返回时间": self.arrival,
            "当事人确认": "签名",
        }
        draft.act("当场收缴", self.minute(5), by="执法人员 执法人员", about=about, facts=facts)

    arrival: str | None = None

    @property
    def is_after(self) -> bool:
        """Tell whether the revised law on penalties applies today."""
        return self.today >= NEW_LAW
