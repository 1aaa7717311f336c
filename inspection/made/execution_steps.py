"""What the executions of fines and of orders share: urging, defence, the way to the court."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.course import DAY, Course
from inspection.made.draft import Facts
from inspection.made.setting import Setting

END = date(2026, 11, 10)
"""The day by which every made case is over."""
LONG = timedelta(300)
"""What a case needs from the decision to the end where the time to go to law must run out first."""


class Execution(Course):
    """A case in which something decided is carried out."""

    kind = "行政强制"
    procedure: str | None = None

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        super().__init__(self.kind, setting, dice, calendar, words)

    def tell(self) -> None:
        """Tell the whole case."""
        raise NotImplementedError

    def has_time(self, needed: timedelta) -> bool:
        """Tell whether the case may go on so long."""
        return self.today + needed < END

    def expiry(self, received: date) -> date:
        """Return the last day to go to law against a decision: half a year (行政诉讼法 第四十六条)."""
        return self.draft.working(later(received, 6), 0)

    def urged(self, act: str, sort: str = "强制执行催告", *, money: bool = True, **facts: Any) -> date:
        """Urge the party in writing to obey; return the day on which it had the paper."""
        draft, day = self.draft, self.after(1)
        said: Facts = {"催告种类": sort, **facts}
        if not money:
            said |= {"载明事项": ["当事人姓名名称", "履行方式和期限", "陈述申辩权", "机关名称", "决定日期"]}
        paper = "代履行催告书" if sort == "代履行再次催告" else None
        urge = draft.act("催告", day, about=[act], facts=said, paper=paper)
        received = self.today = draft.working(day, self.dice.randint(0, 1))
        self.served(urge, f"{received}T15:00", "催告书")
        return received

    def defended(self) -> bool:
        """Sometimes let the party speak after it was urged; tell whether what it said was right."""
        if not self.chance(0.4):
            return False
        facts: Facts = {}
        if founded := self.chance(0.3):
            facts = {
                "申辩意见": "当事人指出已经履行一部分义务，并提交凭证",
                "复核结论": "已经履行的部分属实，从应当履行的义务中扣除",
                "申辩成立": True,
                "采纳情况": self.dice.choice(("采纳", "部分采纳")),
            }
        self.draft.act("催告申辩", self.after(1, 4), facts=facts)
        return founded

    def applied_to_court(self, act: str, ended: date, urged: date, amount: int | None) -> None:
        """Apply to the court: within three months after a day, after ten working days from the urging."""
        draft = self.draft
        start = max(ended, self.today, draft.working(urged, 10))
        day = self.today = draft.within(start, later(ended, 3), 1)
        ruling = self.dice.choice(("受理", "准予执行", "准予执行"))
        draft.act(
            "申请法院强制执行",
            day,
            about=[act],
            facts={"救济期限届满日": str(ended), "执行金额": amount, "法院裁定": ruling},
        )


def later(day: date, months: int) -> date:
    """Return the day so many months later; the last day of a month that has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + month // 11, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(day.day - 1), following - DAY)
