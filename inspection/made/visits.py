"""Lawful inspection files, from the plan or the clue to the archive: with orders to correct or without."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.setting import Setting
from inspection.made.steps import ended, filmed, published, served

KINDS = {
    "日常检查": ("随机抽查", "随机抽查", "年度计划"),
    "专项检查": ("上级交办", "年度计划", "监测预警"),
    "个案检查": ("投诉举报", "部门移送", "监测预警", "企业申请"),
    "许可后监督检查": ("年度计划", "随机抽查"),
}
"""The kinds of visits and what sets them off."""
SOURCES = {"投诉举报": "举报", "部门移送": "移送", "上级交办": "上级交办", "监测预警": "监测监控"}
PAPERS = {"随机抽查": "随机抽取记录", "上级交办": "交办移送材料", "部门移送": "交办移送材料"}
WORDS = {
    "随机抽查": "年度检查计划确定，经随机抽取", "年度计划": "列入年度检查计划",
    "上级交办": "上级部署的专项检查",
    "监测预警": "监测数据异常", "投诉举报": "群众举报", "部门移送": "有关部门移送的线索",
    "企业申请": "企业申请检查",
}  # fmt: skip
RESULTS = {"未发现问题": 4, "责令改正": 4, "发现问题": 2, "立案查处": 1}
"""What a visit ends with, and how often."""
POLICE = ("公安", "治安管理")
UNIFORMED = (*POLICE, "海关", "消防", "税务", "交通运输", "农业", "文化", "市场监管", "生态环境")
"""Fields whose officers wear the uniform of the State."""
RESULT_PUBLISHED = 20
"""Working days from when a result was there to its publication (政府信息公开条例 第二十六条)."""


def visit_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful file of an inspection as plain data."""
    visit = _Visit(setting, dice, calendar, words)
    visit.tell()
    return visit.draft.case()


class _Visit:
    """What happens around one visit, step by step; each step leaves the day on which it ended."""

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        self.setting = setting
        self.dice = dice
        self.draft = Draft("行政检查", setting, dice, calendar, words)
        self.kind = dice.choices(tuple(KINDS), (5, 2, 3, 2))[0]
        self.source = dice.choice(KINDS[self.kind])
        self.result = dice.choices(tuple(RESULTS), tuple(RESULTS.values()))[0]
        self.is_urgent = self.kind == "个案检查" and dice.random() < 0.2
        self.is_alone = dice.random() < 0.1
        """The party was called but did not come; a witness stands by."""
        self.is_away = dice.random() < 0.08
        """The place lies outside the unit's area."""
        # Without anything found there is nothing to decide upon.
        self.is_decided = self.result == "发现问题" and dice.random() < 0.7
        self.is_elsewhere = self.is_decided and dice.random() < 0.4
        """A licensee broke the law outside the area of the authority that licensed it."""
        self.today = self.draft.working(setting.first, 0)

    def tell(self) -> None:
        """Tell the whole visit."""
        self._head()
        self._source()
        if not self.is_urgent:
            self._approval_and_notice()
        self._visit()
        if self.is_urgent:
            self._approval_and_notice()
        self._evidence()
        if self.result == "责令改正":
            self._order()
        self._feedback()
        if self.is_decided:
            self._decision()
        self._publication()
        if self.result == "责令改正":
            self._recheck()
        ended(self.draft, self.today, "其他", papers=("音像记录", "公示材料"))

    def after(self, least: int, most: int | None = None) -> date:
        """Go on by some working days and return the day reached."""
        self.today = self.draft.working(self.today, self.dice.randint(least, least if most is None else most))
        return self.today

    def _head(self) -> None:
        draft, dice, party = self.draft, self.dice, self.setting.party
        draft.unit |= {"推行扫码入企": dice.random() < 0.6, "统一着装": self.setting.field in UNIFORMED}
        if party.is_citizen and self.source == "企业申请":
            self.source = "投诉举报"
        draft.head |= {
            "涉企": not party.is_citizen,
            "跨区域": self.is_away,
            "异地违法从事许可活动": self.is_elsewhere,
            "案件来源类型": SOURCES.get(self.source, "其他"),
        }
        draft.texts |= {"matter": f"{self.setting.field}{self.kind}", "clue": WORDS[self.source]}

    def _source(self) -> None:
        self.draft.act(
            "案件来源",
            self.today,
            facts={"案件来源类型": SOURCES.get(self.source, "其他")},
            paper=PAPERS.get(self.source, "案件来源登记表"),
        )

    def _approval_and_notice(self) -> None:
        """Get the consent of the head and hand over the notice; where it was urgent, on coming back."""
        draft, urgent = self.draft, self.is_urgent
        day = self.today if urgent else self.after(0, 3)
        clock = "16:40" if urgent else "09:00"
        draft.act(
            "检查审批",
            f"{day}T{clock}",
            facts={
                "检查任务来源": self.source,
                "检查类型": self.kind,
                "负责人批准时间": f"{day}T{clock}",
                "紧急情况": urgent,
                "紧急理由": "不立即检查可能危及人身安全" if urgent else None,
            },
        )
        if not urgent:
            day = self.after(0, 3)
        hour = "17:10" if urgent else "09:40"
        notice = draft.act("检查通知", f"{day}T{hour}")
        served(draft, notice, day, "其他文书", clock=hour[:3] + "50", in_hand=True)
        if not urgent and self.dice.random() < 0.5:
            self.after(1, 3)

    def _visit(self) -> None:
        draft, dice, day = self.draft, self.dice, self.today
        begins, ends = (f"{day}T10:30", f"{day}T11:{dice.randint(10, 58)}")
        cap = dice.randint(1, 4)
        facts: Facts = {
            "检查方式": "勘验" if dice.random() < 0.1 else "现场检查",
            "检查类型": self.kind,
            "检查任务来源": self.source,
            "随机抽查": self.source == "随机抽查",
            "检查结果": self.result,
            "上级部署专项检查": self.kind == "专项检查" and self.source == "上级交办",
            "年度检查上限": cap,
            "年度检查次数": dice.choice((cap, dice.randint(1, cap))),
            "地点": self.setting.place,
            "第三方参与方式": "技术辅助" if dice.random() < 0.3 else None,
            "协助函件": True if self.is_away else None,
            "用作定案依据": None if self.result == "未发现问题" else True,
            "易引发争议": dice.random() < 0.15,
            "涉人身重大财产权益": dice.random() < 0.1,
            "泄露秘密": False,
        }
        if self.is_urgent:
            facts |= {
                "紧急情况": True, "紧急理由": "不立即检查可能危及人身安全", "报告时间": f"{day}T14:00",
                "负责人批准时间": f"{day}T16:40",
            }  # fmt: skip
        if dice.random() < 0.12:
            facts |= {"检查实施主体": "受委托组织", "以委托机关名义": True, "受托实施": True}
        if self.setting.field in POLICE:
            facts |= {"检查证": True, "检查证签发机关": "县级以上公安机关"}
        by = "执法人员 执法人员 被检查人"
        if self.is_alone:
            by = "执法人员 执法人员 见证人"
            facts |= {
                "当事人在场": False, "当事人确认": None, "逐页确认": None, "缺席注明": True,
                "未到场注明": "电话通知后未到场", "告知回避权": None, "告知陈述申辩权": None,
                "听取陈述申辩": None, "告知事由依据权利": None, "告知救济途径": None,
            }  # fmt: skip
        elif dice.random() < 0.1:
            facts |= {"当事人确认": "拒签注明", "拒签理由": "对检查结果有不同看法", "拒签理由注明": True}
            facts["逐页确认"] = None
        # The old law on public order asked for a witness at every inspection (旧治安管理处罚法 第八十八条).
        if self.is_alone or self.setting.field == "治安管理":
            facts |= {"见证人": "示例卯巳", "见证人确认": True}
        self.visit = draft.act("现场检查", begins, ends, by=by, facts=facts)
        filmed(draft, self.visit, begins, ends, 用作定案依据=self.result != "未发现问题")
        self.visited = day

    def _evidence(self) -> None:
        if self.result == "未发现问题":
            return
        draft, day = self.draft, self.visited
        absent: Facts = (
            {"当事人在场": False, "当事人确认": None, "告知事由依据权利": None} if self.is_alone else {}
        )
        if not self.is_alone:
            draft.act("证据提取", f"{day}T12:05", facts={"制作时间": f"{day}T12:05"})
            if self.dice.random() < 0.6:
                draft.act(
                    "询问",
                    f"{day}T14:10",
                    f"{day}T15:20",
                    facts={"地点": self.setting.place, "地点类型": "非住宅场所"},
                )
        if self.dice.random() < 0.25:
            self._sample(absent)

    def _sample(self, absent: Facts) -> None:
        """Take a sample, have it tested and tell the result."""
        draft = self.draft
        by = "执法人员 执法人员 见证人" if absent else None
        witness: Facts = (
            {"见证人": "示例卯巳", "见证人确认": True, "未到场注明": "电话通知后未到场"} if absent else {}
        )
        sample = draft.act("抽样取证", f"{self.visited}T15:40", by=by, facts={**absent, **witness})
        begins, given = self.after(1, 3), self.after(2, 10)
        kind = self.dice.choice(("检测", "检验", "鉴定"))
        test = draft.act(
            "检测鉴定",
            begins,
            given,
            about=[sample],
            facts={"检测鉴定类别": kind, "收到结果日期": str(given)},
        )
        # An expert opinion reaches the party within five days, which a holiday may eat up.
        told = draft.act("检测结果告知", self.after(0 if kind == "鉴定" else 1), about=[test])
        served(draft, told, self.today, "检测鉴定结果告知书", in_hand=True)

    def _order(self) -> None:
        draft, day = self.draft, self.after(0, 2)
        self.until = draft.working(day, self.dice.randint(3, 15))
        self.order = draft.act(
            "责令改正",
            f"{day}T15:50",
            about=[self.visit],
            facts={"改正期限": str(self.until), "改正要求": "补齐管理台账，更换失效的设备"},
        )
        draft.acts[-1]["facts"]["引用依据"] = [draft.texts["basis"]]
        served(draft, self.order, day, "责令改正通知书")

    def _feedback(self) -> None:
        draft, day = self.draft, self.after(0, 5)
        told = draft.act("检查结果反馈", f"{day}T16:05", about=[self.visit], facts={"检查结果": self.result})
        served(draft, told, day, "其他文书", clock="16:15")

    def _decision(self) -> None:
        draft, day = self.draft, self.after(1, 5)
        draft.act(
            "决定审批", f"{day}T09:20", facts={"负责人批准时间": f"{day}T09:20", "审批意见": "其他"},
            paper="案件处理呈批表",
        )  # fmt: skip
        self.decision = draft.act("执法决定", f"{day}T15:00", form="检查处理决定")
        served(draft, self.decision, self.after(0, 3), "其他文书")
        if self.is_elsewhere:
            draft.act(
                "移送",
                self.after(1, 3),
                about=[self.decision],
                facts={
                    "移送类型": "违法事实抄告",
                    "接收单位": f"示例省{self.setting.field}局",
                    "移送材料": ["移送书", "调查报告", "处理建议"],
                },
            )
        shown = draft.within(day, draft.working(day, RESULT_PUBLISHED), 1)
        published(draft, [self.decision], shown, "其他决定", 平台=["机关门户网站"])
        self.today = max(self.today, shown)

    def _publication(self) -> None:
        """Publish what was found where the enterprise was drawn, and now and then elsewhere too."""
        drawn = self.source == "随机抽查"
        if not drawn and self.dice.random() < 0.5:
            return
        draft, formed = self.draft, self.visited
        day = draft.within(formed, draft.working(formed, RESULT_PUBLISHED), 1)
        published(
            draft,
            [self.visit],
            day,
            "随机抽查结果" if drawn else "检查结果",
            信息形成日期=str(formed),
            平台=self.dice.choice((["机关门户网站"], ["国家企业信用信息公示系统"], ["行政执法公示平台"])),
            公示事项=["机关", "当事人", "结果"],
        )
        if self.dice.random() < 0.5:
            next(act for act in draft.acts if act["id"] == self.visit)["facts"]["检查结果公开日期"] = str(day)
        self.today = max(self.today, day)

    def _recheck(self) -> None:
        draft = self.draft
        day = draft.working(max(self.until, self.visited), self.dice.randint(1, 5))
        done = self.dice.random() < 0.85
        draft.act(
            "整改复查",
            f"{day}T10:00",
            about=[self.order],
            facts={"复查结果": "已改正" if done else "部分改正"},
        )
        if not done:
            again = draft.working(day, self.dice.randint(3, 8))
            draft.act("整改复查", f"{again}T10:00", about=[self.order])
            day = again
        self.today = max(self.today, day)
