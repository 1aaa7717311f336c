"""How licences end: revoked because they should not have been granted, withdrawn, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from inspection.made.draft import Draft, Facts
from inspection.made.steps import ended, published, reviewed, served

REVOKED = (
    "滥用职权玩忽职守", "超越法定职权", "违反法定程序", "申请人不具备资格或者条件", "欺骗贿赂取得许可",
    "欺骗贿赂取得许可",
)  # fmt: skip
"""Grounds of revocation (行政许可法 第六十九条); fraud is the most frequent one."""
WITHDRAWN = ("依据修改或者废止", "客观情况重大变化")
"""Grounds of withdrawal (行政许可法 第八条)."""
CANCELLED = ("有效期届满未延续", "法人或者组织终止", "不可抗力无法实施", "依法应当注销的其他情形")
"""Grounds of cancellation (行政许可法 第七十条), for those that are no citizens."""
PUBLISHED = 20
"""Working days to the publication of other decisions than grants (国办发〔2018〕118号 二（六）)."""


def end_of_licence(draft: Draft) -> None:
    """Tell how a licence granted before came to its end."""
    dice = draft.dice
    today = draft.working(draft.setting.first, 0)
    kind = dice.choice(("撤销", "撤回", "注销"))
    if kind == "注销":
        _cancelled(draft, today, today - timedelta(dice.randint(0, 90)), None)
        return
    draft.act(
        "案件来源",
        today,
        facts={"案件来源类型": "其他", "线索内容": "对已经作出的许可进行复核"},
        paper="案件来源登记表",
    )
    ground = dice.choice(REVOKED if kind == "撤销" else WITHDRAWN)
    is_fraud, is_major = ground == "欺骗贿赂取得许可", dice.random() < 0.3
    draft.head["审核目录命中"] = is_major
    day = draft.working(today, dice.randint(1, 5))
    draft.act("许可审查", f"{day}T10:00", facts={"审查意见": f"许可存在{ground}的情形", "当事人确认": None})
    day = draft.working(day, dice.randint(1, 5))
    told = draft.act(
        "事先告知",
        f"{day}T09:30",
        by="审查人员",
        paper="行政处罚事先告知书",
        facts={
            "告知内容": ["事实", "理由", "依据", "陈述申辩权"],
            "拟处罚种类": None,
            "认定事实": f"许可存在{ground}的情形",
            "引用依据": [draft.texts["law"], "《中华人民共和国行政许可法》第六十九条"],
            "文号": f"{draft.texts['code']}许告〔{draft.texts['year']}〕{draft.texts['serial']}号",
        },
    )
    served(draft, told, day, "其他文书", in_hand=True)
    day = draft.working(day, 5)
    if dice.random() < 0.5:
        said = draft.act("陈述申辩", day, about=[told], by="审查人员")
        day = draft.working(day, 1)
        draft.act("申辩复核", day, about=[said], by="审查人员")
    day = draft.working(day, 1)
    review: list[str] = []
    if is_major:
        given = draft.working(day, dice.randint(1, 5))
        review = [reviewed(draft, day, given, ["审核目录命中"], is_heard=False)]
        day = draft.working(given, 1)
    facts: Facts = {
        "终止类型": kind,
        "终止事由": ground,
        "终止情形": ground,
        "终止事由发生日期": str(today - timedelta(dice.randint(1, 60))),
        "欺骗贿赂取得": is_fraud,
    }
    # Gains from a licence got by fraud are not protected; who else lost something is made whole.
    if not is_fraud and dice.random() < 0.6:
        facts |= {"被许可人受损": True, "补偿赔偿": True}
    decided = _ended_by(draft, day, kind, facts, review)
    _cancelled(
        draft, draft.working(decided, dice.randint(1, 8)), decided, "许可被撤销撤回或者吊销", review, is_fraud
    )


def _cancelled(
    draft: Draft,
    day: date,
    arose: date,
    ground: str | None,
    review: Sequence[str] = (),
    is_fraud: bool = False,
) -> None:
    """Do the formalities of cancellation and end the file."""
    others = ("公民死亡或者丧失行为能力", "有效期届满未延续") if draft.setting.party.is_citizen else CANCELLED
    ground = ground or draft.dice.choice(others)
    facts: Facts = {
        "终止类型": "注销",
        "终止事由": ground,
        "终止情形": ground,
        "终止事由发生日期": str(arose),
        "欺骗贿赂取得": is_fraud,
    }
    decided = _ended_by(draft, day, "注销", facts, review)
    ended(draft, draft.working(decided, PUBLISHED), "其他", papers=("公示材料",))


def _ended_by(draft: Draft, day: date, kind: str, facts: Facts, review: Sequence[str]) -> date:
    """Decide that a licence ends, after its legal review if any; serve and publish it and return the day."""
    dice, texts = draft.dice, draft.texts
    clock = "09:40"
    draft.act(
        "决定审批",
        f"{day}T{clock}",
        paper="行政许可审批表",
        facts={"负责人批准时间": f"{day}T{clock}", "审批意见": "其他"},
    )
    number = f"{texts['code']}许{kind}〔{texts['year']}〕{texts['serial']}号"
    paper = "注销行政许可决定书" if kind == "注销" else "撤销行政许可决定书"
    decision = draft.act(
        "执法决定",
        f"{day}T10:30",
        about=review,
        form="许可决定",
        paper="行政决定书",
        facts={
            "决定类型": f"{kind}许可",
            "文号": number,
            "理由": facts["终止事由"],
            "引用依据": ["《中华人民共和国行政许可法》第七十条" if kind == "注销" else texts["law"]],
            "载明事项": ["当事人姓名名称", "理由", "处罚依据", "救济途径和期限", "机关名称", "决定日期"],
        },
    )
    ending = draft.act(
        "许可终止", f"{day}T10:40", about=[decision], facts={**facts, "文号": number}, paper=paper
    )
    served(draft, [decision, ending], draft.working(day, dice.randint(0, 3)), "其他文书")
    shown = draft.within(day, draft.working(day, PUBLISHED), 1)
    published(draft, [decision], shown, "其他决定", 平台=["机关门户网站"])
    return day
