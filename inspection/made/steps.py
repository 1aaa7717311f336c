"""Steps that licences and inspections share: service, recording, review, publication, the end of a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from inspection.made.draft import Draft, Facts

_FACE_TO_FACE = ("出示证件", "着装佩戴标识", "告知事由依据权利", "照片录像")
"""What only officers who hand a paper over can do."""
MINUTES_AROUND = timedelta(minutes=2)
"""How long before and after an act its recording runs."""


def served(
    draft: Draft,
    about: str | Sequence[str],
    day: date,
    paper: str,
    *,
    clock: str = "16:10",
    in_hand: bool = False,
    **facts: Any,
) -> None:
    """Serve acts on a day: mostly in hand, else by post or, with the party's consent, electronically.

    ``in_hand`` leaves no other way; ``facts`` replace those of the form.
    """
    acts = [about] if isinstance(about, str) else list(about)
    by = None
    if facts.get("送达对象") == "利害关系人":
        by, facts["送达地址"] = "送达人 送达人 利害关系人", draft.setting.place
    if draft.setting.party.is_citizen:
        facts.setdefault("签收情况", "本人签收")
    said: Facts = {"送达文书": paper, **facts}
    way = "直接送达" if in_hand else draft.dice.choices(("直接送达", "邮寄送达", "电子送达"), (7, 2, 1))[0]
    if way == "直接送达":
        draft.act("送达", f"{day}T{clock}", about=acts, by=by, facts=said | facts)
        return
    said |= {"送达方式": way}
    if way == "邮寄送达":
        said |= {"邮寄单号": f"EX99{draft.setting.serial:07}CS", "邮寄回执": True}
    else:
        draft.act("送达地址确认", f"{day}T09:00")
        said |= {
            "送达地址": f"user{draft.setting.serial}@example.com",
            "电子送达确认": True,
            "电子送达留痕": True,
        }
    paper_of_service = "邮寄送达凭证" if way == "邮寄送达" else None
    draft.act("送达", day, about=acts, by=by, facts=said, without=_FACE_TO_FACE, paper=paper_of_service)


def filmed(draft: Draft, act: str, begins: str, ends: str, **facts: Any) -> str:
    """Record an act from begin to end, upload the recording the same day and return its id.

    What is evidence is kept for ever, as the police have to (公通字〔2016〕14号 第十三条); else it may go
    after half a year at the earliest.
    """
    day = ends[:10]
    kept: Facts = {"永久保存": True}
    if not facts.get("用作定案依据", True) and draft.dice.random() < 0.6:
        until = date.fromisoformat(day) + timedelta(draft.dice.choice((184, 365, 3 * 365)))
        kept = {"永久保存": False, "保存至": str(until)}
    if draft.dice.random() < 0.08:
        kept |= {"中断": True, "中断说明": draft.dice.choice(("语音说明", "书面说明"))}
    if facts.get("用作定案依据") and draft.dice.random() < 0.1:
        kept["涉及重大事件"] = True
    begun, over = _moved(begins, -1), _moved(ends, 1)
    video = draft.act("音像记录", begun, over, about=[act], facts=kept | facts)
    draft.act("音像上传", f"{day}T17:20", about=[video])
    return video


def reviewed(draft: Draft, handed: date, given: date, reasons: Sequence[str], *, is_heard: bool) -> str:
    """Hand the draft of a decision to the legal reviewers, get their consent and return its id.

    Where there are days enough they may ask for changes first; the draft then comes back to them.
    """
    papers = ["决定草案", "相关依据", "证据材料", "其他材料"] + (["听证材料"] if is_heard else [])
    draft.act("送审", handed, facts={"送审材料": papers})
    facts: Facts = {"审核事由": list(reasons), "送审材料": papers, "载明日期": True}
    again = draft.working(handed, 2)
    if again < given and draft.dice.random() < 0.5:
        first = {
            "审核意见": "建议修改", "存在问题": ["理由不够具体"], "审核意见采纳": "部分采纳",
            "意见分歧": True, "协商记录": True, "文号": None,
        }  # fmt: skip
        draft.act("法制审核", handed, draft.working(handed, 1), facts=facts | first)
        draft.act("送审", again, facts={"送审材料": papers})
        facts["再次审核"], handed = True, again
    return draft.act("法制审核", handed, given, facts=facts)


def published(draft: Draft, about: Sequence[str], day: date, kind: str, **facts: Any) -> None:
    """Put something on the web after the review of secrets on the same day; correct it where it was wrong."""
    check = draft.act("保密审查", f"{day}T09:00")
    hidden = ["身份证号", "住址", "电话"] if draft.setting.party.is_citizen else ["电话"]
    wrong = draft.dice.random() < 0.05
    shown = draft.act(
        "公示",
        f"{day}T15:30",
        about=[*about, check],
        facts={"公示类别": kind, "隐去内容": hidden, "摘要内容": None, "发现不准确": wrong, **facts},
    )
    if wrong:
        found = draft.working(day, draft.dice.randint(1, 10))
        draft.act(
            "公示更正",
            draft.working(found, draft.dice.randint(0, 2)),
            about=[shown],
            facts={"错误发现日期": str(found), "更正内容": "更正当事人名称中的错字"},
        )


def supervised(draft: Draft, since: date) -> date:
    """Let the supervising body look into the file now and then; return the day on which all is answered.

    The terms are the shortest that a region sets where the paper sets none (贵州省行政执法监督办法
    第二十五条: ten working days for a decision; 四川: ten natural days for the explanation).
    """
    dice = draft.dice
    if dice.random() >= 0.12:
        return since
    day = draft.working(since, dice.randint(1, 5))
    draft.act("监督立案通知", day, paper="执法监督立案通知书")
    draft.act("监督调阅", day, facts={"调阅提供情况": "全部提供"}, paper="案卷调阅通知书")
    # Ten days are natural days here; a long holiday eats up all but the first of them.
    day = draft.working(day, 1) if dice.random() < 0.8 else day
    draft.act("监督说明", day, facts={"提交证据依据": True})
    got = draft.working(day, dice.randint(1, 5))
    kind, paper = dice.choice(
        (("督办函", "行政执法监督督办函"), ("意见书", "行政执法监督意见书"), ("决定书", "行政执法监督决定书"))
    )
    last = draft.working(got, 10)
    facts: Facts = {
        "监督文书类型": kind,
        "监督文书制发主体": "本级人民政府" if kind == "决定书" else "行政执法监督机构",
        "要求": "补正案卷目录",
        "办理截止日期": str(last) if dice.random() < 0.5 else None,
    }
    asked = draft.act("监督文书", got, facts=facts, paper=paper)
    done = draft.within(got, last, 1)
    draft.act("监督整改报告", done, about=[asked], facts={"整改完成": True})
    return done


def ended(draft: Draft, since: date, ground: str, *, papers: Sequence[str] = ()) -> None:
    """Close the file some working days after its ground arose and archive it.

    ``papers`` are further kinds of material that went into the file.
    """
    dice = draft.dice
    reported = draft.working(supervised(draft, since), dice.randint(0, 3))
    closed = draft.working(reported, dice.randint(0, 2))
    draft.act(
        "结案",
        closed,
        facts={
            "结案事由": ground, "结案事由发生日期": str(since), "报告日期": str(reported),
            "负责人批准时间": str(closed),
        },
    )  # fmt: skip
    # Material that tells secrets is kept apart; what is whose is not said in a made file.
    secret: Facts = {"含涉密内容": True, "涉密按规定处理": True} if dice.random() < 0.1 else {}
    draft.act(
        "归档",
        draft.working(closed, dice.randint(1, 10)),
        facts={
            "归档材料": ["文书", "证据", "送达材料", *papers],
            "保管期限": dice.choice(("永久", "三十年", "十年")),
            **secret,
        },
    )


def _moved(moment: str, times: int) -> str:
    clock = timedelta(hours=int(moment[11:13]), minutes=int(moment[14:16])) + times * MINUTES_AROUND
    minutes = int(clock.total_seconds()) // 60
    return f"{moment[:11]}{minutes // 60:02}:{minutes % 60:02}"
