"""The steps that coercion and execution files share: how they begin, how papers are served, how they end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.setting import Setting

DAY = timedelta(1)
NEW_PUBLIC_ORDER_LAW = date(2026, 1, 1)
"""From this day records of public order violations are sealed (治安管理处罚法 第一百三十六条)."""
_FILING = {"农业": 7}
"""Working days from the clue to the filing where that is less than ten (农业行政处罚程序规定 第二十九条)."""
_WAYS: Mapping[str, Facts] = {
    "直接送达": {"签收情况": "负责收件人签收"},
    "留置送达": {
        "签收情况": "拒收", "留置理由": "当事人拒绝接收文书", "见证人": "示例寅", "见证人确认": True,
    },
    "邮寄送达": {
        "签收情况": "负责收件人签收", "邮寄单号": "SL990000123CN", "邮寄回执": True,
        **dict.fromkeys(("出示证件", "着装佩戴标识", "告知事由依据权利", "告知救济途径")),
    },
}  # fmt: skip
"""What the proof of service says beside its form, by the way in which the paper was served."""
_SERVERS = {"留置送达": "送达人 送达人 见证人", "邮寄送达": "送达人"}


class Course:
    """What happens in a made case, step by step; each step leaves the day on which it ended."""

    def __init__(
        self, kind: str, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
    ) -> None:
        self.setting = setting
        self.dice = dice
        self.draft = Draft(kind, setting, dice, calendar, words)
        self.today = self.draft.working(setting.first, 0)
        self.shown = self.today
        """The last day on which something was published, which the archive waits for."""

    def after(self, least: int, most: int | None = None) -> date:
        """Go on by some working days and return the day reached."""
        self.today = self.draft.working(self.today, self.dice.randint(least, least if most is None else most))
        return self.today

    def chance(self, share: float) -> bool:
        """Tell whether something that happens in such a share of all cases happens in this one."""
        return self.dice.random() < share

    def began(self, source: str = "举报", *, facts: Mapping[str, Any] | None = None) -> None:
        """Say in the head what was done and when it was found, and add the clue."""
        first = self.today
        self.draft.head |= {
            "涉企": not self.setting.party.is_citizen,
            "案件来源类型": source,
            "违法行为发生时间": str(first - timedelta(self.dice.randint(20, 120))),
            "违法行为连续": True,
            "违法行为终了时间": str(first - DAY),
            "违法行为发现时间": str(first),
            "涉嫌犯罪": False,
            **(facts or {}),
        }
        self.draft.act("案件来源", first, facts={"案件来源类型": source})

    def inspected(self, **facts: Any) -> str:
        """Inspect the place on the next working day, on film, and return the inspection."""
        draft, day = self.draft, self.after(1)
        draft.act("检查审批", f"{day}T08:40", facts={"负责人批准时间": f"{day}T08:40"})
        said = {"随机抽查": False, **facts}
        if self.setting.field == "治安管理":
            said |= {
                "检查证": True, "检查证签发机关": "县级以上公安机关", "见证人": "示例寅", "见证人确认": True,
            }  # fmt: skip
        found = draft.act("现场检查", f"{day}T09:10", f"{day}T10:00", facts=said)
        self.filmed(found, f"{day}T09:05", f"{day}T10:05")
        return found

    def filmed(self, act: str, start: str, end: str, **facts: Any) -> None:
        """Add a recording of an act from one time to another, stored two hours after its end."""
        draft = self.draft
        video = draft.act("音像记录", start, end, about=[act], facts={"永久保存": True, **facts})
        stored = datetime.fromisoformat(end) + timedelta(hours=2)
        draft.act("音像上传", stored.isoformat(timespec="minutes"), about=[video])

    def filed(self) -> None:
        """File the case within the days that the field allows."""
        day = self.after(0, _FILING.get(self.setting.field, 8) - 2)
        self.draft.act("立案", f"{day}T10:30", facts={"负责人批准时间": f"{day}T10:30"})

    def questioned(self) -> None:
        """Question the party."""
        day = self.after(1, 3)
        self.draft.act("询问", f"{day}T14:30", f"{day}T15:40")

    def reviewed(self, *reasons: str) -> None:
        """Have a decision on a weighty matter reviewed before it is taken."""
        draft, day = self.draft, self.after(0, 1)
        draft.act("送审", day)
        facts = {"审核事由": list(reasons)}
        draft.act("法制审核", day, self.after(1, 4), facts=facts)
        self.after(1)

    def served(self, acts: str | list[str], when: date | str, paper: str, **facts: Any) -> str:
        """Serve the paper of an act, mostly by hand; sometimes left with a witness or sent by post."""
        about = [acts] if isinstance(acts, str) else acts
        made = {act["starts"][:10] for act in self.draft.acts if act["id"] in about}
        # Nothing sent by post comes the same day.
        other = "留置送达" if str(when)[:10] in made else "邮寄送达"
        way = self.dice.choice(("直接送达",) * 4 + ("留置送达", other))
        said = {"送达方式": way, "送达文书": paper} | _WAYS[way] | facts
        return self.draft.act("送达", when, about=about, by=_SERVERS.get(way), facts=said)

    def handed_over(self, act: str, when: str, paper: str, **facts: Any) -> str:
        """Serve the paper of an act on the spot."""
        return self.draft.act("送达", when, about=[act], facts={"送达文书": paper, **facts})

    def published(self, act: str, decided: date) -> None:
        """Publish a coercion or execution decision within twenty working days."""
        draft = self.draft
        day = draft.within(decided, draft.working(decided, 20), 1)
        checked = draft.act("保密审查", day)
        facts = {"平台": ["机关门户网站"], "公示类别": "强制决定", "摘要内容": None}
        draft.act("公示", day, about=[act, checked], facts=facts)
        self.shown = max(self.shown, day)

    def may_publish(self, decided: date) -> Facts:
        """Return what a decision says about not being published; nothing where it is to be published."""
        if self.setting.field == "治安管理" and decided >= NEW_PUBLIC_ORDER_LAW:
            return {"依法不予公开": True, "不予公开理由": "治安违法记录封存"}
        if self.chance(0.12):
            reason = self.dice.choice(("商业秘密", "个人隐私", "影响其他案件查处"))
            return {"依法不予公开": True, "不予公开理由": reason}
        return {}

    def closed(self, reason: str, happened: date) -> None:
        """Close the case after what ended it, and put the file into the archive."""
        draft = self.draft
        self.today = max(self.today, happened)
        day = self.after(1, 4)
        draft.act(
            "结案",
            day,
            facts={
                "结案事由": reason, "结案事由发生日期": str(happened), "报告日期": str(day),
                "负责人批准时间": str(day),
            },
        )  # fmt: skip
        self.today = max(self.today, self.shown)
        draft.act("归档", self.after(2, 8))
