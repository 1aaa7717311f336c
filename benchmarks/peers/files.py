"""Files of 40 acts to check: closed, complete, all of 2024, each different, some lawful, some with faults.

``files(count)`` returns the same files for the same seed. A fault is a fact missing or wrong, an act missing,
too late, by one officer, or not naming what it concerns. How often is drawn for each file, so that some
have none and some have ten.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from benchmarks.peers.rules import CONFIRMED, RULES, SYSTEM, Fact

ACTS = 40
SEED = 20260630
RATES = (0.0, 0.0, 0.03, 0.06, 0.12)
FIELDS = ("市场监管", "市场监管", "市场监管", "农业", "城市管理", "住房城乡建设", "生态环境")
MADE = {rule.id: rule for rule in RULES}


def files(count: int, seed: int = SEED) -> list[dict[str, Any]]:
    """Return so many case files, as they would stand in JSON."""
    return [_File(random.Random(seed * 100_000 + number), number).content() for number in range(count)]


def _items(rule: str) -> tuple[str, ...]:
    """Return the list of items that a rule wants to be stated."""
    demand = MADE[rule].need[0][0]
    assert isinstance(demand, Fact) and isinstance(demand.value, tuple)
    return demand.value


@dataclass
class _File:
    draw: random.Random
    number: int
    acts: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rate = self.draw.choice(RATES)
        self.opened = date(2024, 1, 8) + timedelta(self.draw.randrange(150))

    def fault(self) -> bool:
        """Tell whether to make a fault here."""
        return self.draw.random() < self.rate

    def good(self, likely: float = 0.0) -> bool:
        """Return a flag that should be true; false at a fault, or as often as said."""
        return not (self.fault() or self.draw.random() < likely)

    def some(self, items: tuple[str, ...]) -> list[str]:
        """Return a list of items, at a fault with one missing."""
        left = self.draw.randrange(len(items)) if self.fault() else None
        return [item for index, item in enumerate(items) if index != left]

    def add(
        self, kind: str, day: int, /, about: str | None = None, hour: int | None = None, **facts: Any
    ) -> str:
        """Add an act on a day after the opening, at a full hour or without time; return its id."""
        name = f"A{len(self.acts) + 1}"
        when = (self.opened + timedelta(day)).isoformat()
        act: dict[str, Any] = {"id": name, "kind": kind, "starts": when}
        if hour is not None:
            act |= {"starts": f"{when}T{hour:02}:00", "ends": f"{when}T{hour:02}:40"}
        if about:
            act["about"] = [about]
        if officers := facts.pop("officers", 0):
            act["by"] = [{"person": f"P{one + 1}", "role": "执法人员"} for one in range(officers)]
            act["by"].append({"person": "P4", "role": "见证人"})
        if facts:
            act["facts"] = {fact: value for fact, value in facts.items() if value is not None}
        self.acts.append(act)
        return name

    def officers(self) -> int:
        """Return how many officers took part."""
        return 1 if self.fault() else self.draw.choice((2, 2, 3))

    def shown(self) -> dict[str, Any]:
        """Return the facts of an act of investigation which several rules look at."""
        return {
            "officers": self.officers(),
            "出示证件": self.good(),
            "出示证件异议": True if self.fault() else None,
            "告知事由依据权利": True,
            "记录形式": ["未作记录"] if self.fault() else ["文字记录"],
            "地点": "示例市示例区示例路一号",
        }

    def confirmed(self) -> str:
        """Return how the party confirmed a record."""
        return "未确认" if self.fault() else self.draw.choice(CONFIRMED)

    def content(self) -> dict[str, Any]:
        """Return the file."""
        summary = self.draw.random() < 0.15
        self.investigated()
        self.noticed()
        self.heard()
        self.decided(summary)
        self.closed()
        # Interviews and recordings fill the file up; they come early, as in a real file.
        while len(self.acts) < ACTS:
            about = self.interview()
            if len(self.acts) < ACTS:
                self.recording(about)
        self.acts.sort(key=lambda act: str(act["starts"]))
        return self.head(summary) | {"acts": self.acts}

    def head(self, summary: bool) -> dict[str, Any]:
        """Return everything but the acts."""
        kind = self.draw.choice(("法人", "法人", "其他组织", "公民"))
        certificate = {"number": "13010012345", "valid_from": "2023-01-01", "valid_to": "2027-12-31"}
        return {
            "number": f"示例〔2024〕{self.number + 1}号",
            "kind": "行政处罚",
            "procedure": "简易程序" if summary else "普通程序",
            "field": self.draw.choice(FIELDS),
            "cause": "经营超过保质期的食品",
            "agency": {"name": "示例市执法局", "level": "市"},
            "parties": [
                {
                    "name": "示例商贸有限公司" if kind != "公民" else "示例人",
                    "kind": kind,
                    "facts": {
                        "市场主体": kind != "公民",
                        "跨省": self.draw.random() < 0.1,
                        **({"未成年人": self.draw.random() < 0.3} if kind == "公民" else {}),
                    },
                }
            ],
            "persons": [
                {"id": f"P{one}", "name": f"示例{name}", "roles": ["执法人员"], "certificate": certificate}
                for one, name in enumerate("甲乙丙", 1)
            ]
            + [{"id": "P4", "name": "示例丁", "roles": ["见证人"]}],
            "facts": {"案件类别": ["道路交通安全"] if self.draw.random() < 0.05 else ["其他"]},
        }

    def investigated(self) -> None:
        """Add the acts of the investigation."""
        self.add("立案", 0, 批准人职务="机关负责人")
        for _ in range(2):
            record = {"当事人在场": self.good(0.2), "当事人确认": self.confirmed()}
            self.recording(self.add("现场检查", 1, hour=9, **self.shown(), **record))
        self.add("抽样取证", 1, **self.shown())
        for _ in range(self.draw.choice((1, 2, 3))):
            self.add("证据提取", 3, **self.shown())
        for _ in range(self.draw.choice((0, 1, 2))):
            taken = self.add("先行登记保存", 2, **self.shown())
            if not self.fault():
                kind = self.draw.choice(("先行登记保存处理", "先行登记保存处理", "检测鉴定"))
                self.add(kind, 2 + self.draw.choice((1, 5, 7)) + 9 * self.fault(), taken)
        if self.draw.random() < 0.6:
            self.add(
                "电子技术监控",
                0,
                设置地点公布=self.good(),
                设置明显标志=self.good(),
                违法事实告知日期=self.opened.isoformat(),
                提供查询渠道=self.good(),
                限制陈述申辩=True if self.fault() else None,
                用作定案依据=self.good(0.2),
                记录审核结论="未审核" if self.fault() else "审核通过",
            )
        if self.draw.random() < 0.4:
            self.add(
                "回避",
                2,
                回避情形=self.draw.choice(("申请回避", "自行回避")),
                回避对象=self.draw.choice(("执法人员", "主要负责人")),
                回避决定="驳回",
                批准人职务="办案机构负责人" if self.fault() else "机关负责人",
                回避期间停止调查=True if self.fault() else None,
            )

    def interview(self) -> str:
        """Add an interview and return its id."""
        return self.add(
            "询问",
            4 + self.draw.randrange(10),
            hour=8 + self.draw.randrange(9),
            **self.shown(),
            个别询问=True,
            逐页确认=self.good(),
            当事人确认=self.confirmed(),
            执法人员确认=self.good(),
        )

    def recording(self, about: str) -> None:
        """Add the recording of an act."""
        when = next(act for act in self.acts if act["id"] == about)
        self.add("音像记录", 0, about, 0, 形式="视频", 可调取=self.good())
        self.acts[-1] |= {"starts": when["starts"], "ends": when["ends"]}

    def noticed(self) -> None:
        """Add the notice of the intended decision and the defence."""
        told = ("拟处罚内容", "事实", "理由", "依据", "陈述申辩权", "听证权")
        refused = True if self.fault() else None
        if self.fault():
            if self.draw.random() < 0.5:
                self.add(
                    "送达", 31, 送达文书="行政处罚事先告知书", 送达方式="邮寄送达", 记录形式=["文字记录"]
                )
        else:
            self.add("事先告知", 30, 告知内容=self.some(told), 拟罚款金额=5000, 拒绝听取=refused)
        if self.draw.random() < 0.7:
            waived = True if self.draw.random() < 0.2 else None
            form = self.draw.choice((True, False, None)) if waived else None
            opinion = {"申辩意见": None if waived else "处罚过重", "放弃陈述申辩": waived, "书面放弃": form}
            self.add("陈述申辩", 33, **opinion, 拒绝听取=refused, 记录形式=self.some(("文字记录",)))
            if self.draw.random() < 0.7:
                self.add("申辩复核", 36, 复核结论="维持")

    def heard(self) -> None:
        """Add the hearing with its notice."""
        if self.draw.random() < 0.3:
            return
        if not self.fault():
            self.add("听证通知", 38 + 6 * self.fault())
        if not self.fault():
            self.add("听证公告", 42 + 6 * self.fault())
        self.add(
            "听证",
            50,
            公开举行=self.good(0.2),
            放弃听证情形="书面放弃" if self.draw.random() < 0.2 else None,
            当事人确认=self.confirmed(),
            记录形式=self.some(("文字记录",)),
        )

    def decided(self, summary: bool) -> None:
        """Add review, discussion and decision, its service and its publication."""
        if not self.fault():
            kind = self.draw.choice(("法制审核", "法制审核", "案件审核"))
            points = _items("review-covers-seven-points")
            self.add(kind, 55 + 8 * self.fault(), 审核内容=self.some(points), 审核意见="同意", 书面意见=True)
        self.add("集体讨论", 57, 记录形式=self.some(("文字记录",)), 讨论结论="同意")
        only_warned = self.draw.random() < 0.1
        fine = None if only_warned else self.draw.choice((100, 200, 1000, 3000) if summary else (2000, 5000))
        decision = self.add(
            "执法决定",
            60,
            决定类型="行政处罚" if self.draw.random() < 0.9 else "不予处罚",
            处罚种类=["警告"] if only_warned else ["警告", "罚款"],
            罚款金额=fine and fine + 100 * self.fault(),
            印章=self.good(),
            载明事项=self.some(_items("decision-content")),
            依据已公布=self.good(),
            引用裁量基准=True if self.draw.random() < 0.7 else None,
            裁量基准已公布=self.good(),
            当场交付=self.draw.random() < 0.3 if summary else None,
            宣告后当场交付=True if self.draw.random() < 0.1 else None,
            依法不予公开=True if self.draw.random() < 0.1 else None,
            折抵情况=["罚款已折抵"] if self.draw.random() < 0.05 else None,
            文号=f"示例罚决〔2024〕{self.number + 1}号",
        )
        for paper, likely in (("行政处罚决定书", 1.0), ("责令改正通知书", 0.5)):
            if not self.fault() and self.draw.random() < likely:
                self.add(
                    "送达",
                    60 + self.draw.choice((0, 3, 7)) + 9 * self.fault(),
                    decision,
                    送达文书=paper,
                    送达方式=self.draw.choice(("直接送达", "直接送达", "邮寄送达", "留置送达", "公告送达")),
                    出示证件=self.good(),
                    记录形式=self.some(("文字记录", "音像记录")),
                )
        self.published(decision)
        if fine and self.draw.random() < 0.3:
            rate = 5 if self.fault() else 3
            self.add("加处罚款", 90, 加处比例=rate, 加处金额=9000 if self.fault() else 90)

    def published(self, decision: str) -> None:
        """Add publications, each with its review, and what happens when the decision is reversed."""
        for platform in (SYSTEM, "机关门户网站"):
            if self.fault():
                continue
            day = 60 + self.draw.choice((3, 8, 20)) + 15 * self.fault()
            shown = self.add("公示", day, decision, 平台=[platform], 公示类别="处罚决定")
            if not self.fault():
                self.add("保密审查", day + 2 * self.fault(), shown, 审查结论="可以公开")
        if self.draw.random() < 0.3:
            change = self.draw.choice(("变更", "撤销", "责令重新作出"))
            reversed_ = self.add("决定变更", 110, decision, 变更情形=change, 变更机关="复议机关")
            if not self.fault():
                self.add("公示撤回", 112 + 9 * self.fault(), reversed_, 理由公开=self.good())

    def closed(self) -> None:
        """Add the payment, the closing and the archive."""
        if self.draw.random() < 0.7:
            self.add("缴款", 70, 缴款金额=5000)
        reason = "其他" if self.draw.random() < 0.2 else "处罚决定执行完毕"
        self.add("结案", 120, 结案事由=reason)
        self.add(
            "归档",
            130,
            缺失材料=["送达材料"] if self.fault() else None,
            毁损丢失=True if self.fault() else None,
            音像记录归档=self.good(),
        )
