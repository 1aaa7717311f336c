"""Lawful licence files: applications that end in a grant or a refusal, and those not accepted at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import yaml

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import FOLDER, Draft, Facts
from inspection.made.licence_end import end_of_licence
from inspection.made.setting import Setting
from inspection.made.steps import ended, filmed, published, reviewed, served

TERM, JOINT = 20, 45
"""Working days from the acceptance to the decision (行政许可法 第四十二条)."""
LONGER, JOINT_LONGER = 10, 15
"""Working days by which the head of the unit, or of the government, may extend them (同条)."""
DELIVERY = 10
"""Working days from the grant to the certificate (行政许可法 第四十四条)."""
CORRECTION = 5
"""Working days for telling what is missing (行政许可法 第三十二条)."""
PUBLISHED = 7
"""Working days from the decision to its publication (国办发〔2018〕118号 二（六）)."""
LEAD = 30
"""Days before the expiry by which renewal is asked for (行政许可法 第五十条)."""
SPECIAL = {30: 12, 60: 26}
"""Working days that surely lie within so many natural days, the longest holidays included."""
HEARING = 13
"""Working days from the request for a hearing to the decision, at the very least."""
AT_ONCE = ("不需要许可", "不属于本机关职权")
"""Why an application is turned away at once (行政许可法 第三十二条)."""
KINDS = {"新办": "准予许可", "变更": "变更许可", "延续": "延续许可", "补办": "准予许可"}
TESTS = {
    "有限自然资源公共资源特许": ("招标", "拍卖"), "资格资质": ("考试", "考核"),
    "检验检测检疫": ("检验", "检测", "检疫"),
}  # fmt: skip
"""How what the law asks for before some classes of licences is done (行政许可法 第五十三条至第五十五条)."""

Item = Mapping[str, Any]


@cache
def items() -> tuple[Item, ...]:
    """Return the licences that made files are about (``licences.yaml``)."""
    return tuple(yaml.safe_load((FOLDER / "licences.yaml").read_text(encoding="utf-8")))


def licence_file(
    setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary
) -> dict[str, Any]:
    """Return a lawful licence file as plain data."""
    item = _any_item(setting, dice)
    draft = Draft("行政许可", setting, dice, calendar, words)
    draft.head |= {"涉企": not setting.party.is_citizen, "承办机构": "行政审批科"}
    draft.texts |= {"item": item["item"], "law": item["basis"], "certificate": item["paper"]}
    chance = dice.random()
    if chance < 0.15:
        end_of_licence(draft)
        return draft.case()
    story = _Licence(draft, item)
    if chance < 0.23:
        story.turned_away()
    elif chance < 0.33:
        story.on_the_spot()
    else:
        story.tell()
    return draft.case()


def _any_item(setting: Setting, dice: Random) -> Item:
    """Return a licence of the field that the party can ask for; where there is none, one without a name."""
    who = "公民" if setting.party.is_citizen else "单位"
    found = [item for item in items() if item["field"] == setting.field and item.get("for", who) == who]
    if found:
        return dice.choice(found)
    name = f"示例{setting.field}许可"
    return {
        "field": setting.field,
        "item": name,
        "class": "资格资质"
        if who == "公民"
        else dice.choice(("直接涉及安全的特定活动", "其他", "检验检测检疫")),
        "basis": f"《示例{setting.field}条例》第二十条",
        "paper": f"{name}证",
        "limited": dice.random() < 0.1,
        "heard": dice.random() < 0.1,
    }


class _Licence:
    """What happens to an application, step by step.

    ``used`` counts the working days since the acceptance that count, ``room`` those that there are.
    """

    def __init__(self, draft: Draft, item: Item) -> None:
        self.draft, self.item = draft, item
        self.setting, self.dice = draft.setting, draft.dice
        self.used, self.room = 0, TERM
        self.today = draft.working(self.setting.first, 0)
        dice = self.dice
        self.kind = dice.choices(tuple(KINDS), (6, 2, 3, 1))[0]
        self.is_granted = dice.random() < 0.75
        self.is_joint = "days" not in item and dice.random() < 0.12
        self.is_prereviewed = not self.is_joint and dice.random() < 0.12
        self.is_entrusted = dice.random() < 0.1
        self.is_longer = "days" not in item and dice.random() < 0.25
        self.hearing_ground = "法律法规规章规定" if item.get("heard") else "依申请"
        is_short = item.get("days", 60) < 60
        if not is_short and not item.get("heard") and dice.random() < 0.05:
            self.hearing_ground = "机关认为需要"
        self.must_be_heard = self.hearing_ground != "依申请"
        self.meets_others = not is_short and dice.random() < 0.3
        self.weighs_on_others = self.meets_others and dice.random() < 0.6
        self.is_heard = self.must_be_heard or (self.weighs_on_others and dice.random() < 0.5)
        self.is_major = self.is_heard or dice.random() < 0.15
        self.is_tested = False
        self.is_examined = True
        self.ways = ["书面审查"]

    def tell(self) -> None:
        """Tell the way of an application that is examined."""
        self._head()
        if self.is_entrusted:
            self._entrustment()
        self._application()
        if self.is_prereviewed:
            self._preliminary_review()
        self._acceptance()
        self._review()
        self._tests()
        if self.meets_others:
            self._others_told()
        if self.is_heard:
            self._hearing()
        if self.is_longer:
            self._extension(self.room - self.used)
        if self.is_major:
            self._legal_review()
        self._decision(self._days(1, self.room - self.used))
        self._issue()

    def on_the_spot(self) -> None:
        """Tell the way of an application that is complete and can be decided upon at once."""
        self.is_granted, self.is_joint, self.is_major, self.is_heard = True, False, False, False
        self.must_be_heard = self.meets_others = self.weighs_on_others = False
        self.kind = (
            "新办" if self.item["class"] in ("设立登记", "其他") else self.dice.choice(("变更", "补办"))
        )
        self.ways = ["登记" if self.item["class"] == "设立登记" else "当场决定"]
        self._head()
        self._apply(complete=True, at_once=True)
        self._accepted()
        self._decision(0)
        self._issue()

    def turned_away(self) -> None:
        """Tell the way of an application that is not accepted."""
        draft, dice = self.draft, self.dice
        self.is_examined = False
        self._head()
        why = dice.choice(AT_ONCE if self.kind == "延续" else (*AT_ONCE, "材料不符合要求", "其他"))
        at_once = why in AT_ONCE
        self._apply(complete=why != "材料不符合要求", at_once=False)
        if self.kind == "延续":
            self._set_expiry(self.today)
        day = draft.within(self.today, draft.working(self.today, 1 if at_once else CORRECTION))
        said = ["当事人姓名名称", "理由", "救济途径和期限", "机关名称", "决定日期"]
        if why == "不属于本机关职权":
            said.append("应当向何机关申请")
        refused = draft.act(
            "不予受理",
            f"{day}T10:20",
            about=[self.application],
            facts={"不予受理情形": why, "载明事项": said},
        )
        served(draft, refused, draft.working(day, dice.randint(0, 2)), "其他文书")
        ended(draft, draft.working(day, 2), "其他")

    def _days(self, least: int, most: int) -> int:
        """Go on by some working days that count, every fifth time by the most, and return how many."""
        most = max(least, most)
        amount = most if self.dice.random() < 0.2 else self.dice.randint(least, most)
        self.today = self.draft.working(self.today, amount)
        self.used += amount
        return amount

    def _head(self) -> None:
        self.draft.head["审核目录命中"] = self.is_major and not self.is_heard

    def _entrustment(self) -> None:
        draft = self.draft
        draft.unit["许可受托机关公告"] = True
        day = draft.working(self.today - timedelta(self.dice.randint(20, 120)), 0)
        draft.act(
            "许可委托",
            day,
            facts={"引用依据": [draft.texts["law"], "《中华人民共和国行政许可法》第二十四条"]},
        )

    def _apply(self, *, complete: bool, at_once: bool) -> None:
        item = self.item
        self.application = self.draft.act(
            "许可申请",
            f"{self.today}T09:10",
            by="审查人员" if self.setting.party.is_citizen else None,
            facts={
                "申请事项": f"{item['item']}（{self.kind}）",
                "许可事项类别": item["class"],
                "申请类型": self.kind,
                "材料齐全": complete,
                "可以当场决定": at_once,
                "数量限制": bool(item.get("limited")),
                "涉及利害关系人": self.meets_others,
                "涉及重大利益关系": self.weighs_on_others,
                "应当举行听证": self.must_be_heard,
                "许可特别规定依据": item.get("other_way"),
                "符合变更条件": self.is_granted and self.is_examined if self.kind == "变更" else None,
            },
        )
        self.asked: Facts = self.draft.acts[-1]["facts"]
        self.applied = self.today

    def _application(self) -> None:
        """Apply, and complete the papers where something is missing."""
        draft, dice = self.draft, self.dice
        complete = dice.random() < 0.5
        self._apply(complete=complete, at_once=False)
        if complete:
            return
        on_the_spot = dice.random() < 0.3
        if not on_the_spot:
            self.today = draft.within(self.today, draft.working(self.today, CORRECTION), 1)
        told = draft.act(
            "补正告知", f"{self.today}T11:00", about=[self.application], facts={"当场告知": on_the_spot}
        )
        served(draft, told, self.today, "补正告知书", in_hand=on_the_spot)
        self.today = draft.working(self.today, dice.randint(1, 10))

    def _preliminary_review(self) -> None:
        """Let the lower unit examine the papers and hand all of them up within twenty working days."""
        draft, begun = self.draft, self.today
        last = draft.working(begun, TERM)
        done = draft.within(begun, last, 1)
        handed = draft.within(done, last)
        draft.act("许可初审", begun, done, about=[self.application], facts={"材料报送日期": str(handed)})
        self.today = handed

    def _acceptance(self) -> None:
        self._accepted()
        if self.is_joint:
            self.room = JOINT
        if "days" in self.item:
            self.draft.acts[self.place]["facts"]["法定特别期限依据"] = self.item["days_basis"]
            self.room = SPECIAL[self.item["days"]]

    def _accepted(self) -> None:
        draft = self.draft
        self.place = len(draft.acts)
        accepted = draft.act(
            "受理",
            f"{self.today}T11:30",
            about=[self.application],
            facts={
                "统一联合集中办理": self.is_joint,
                "许可事项类别": self.item["class"],
                "受理顺序": self.dice.randint(1, 9) if self.item.get("limited") else None,
            },
        )
        served(draft, accepted, self.today, "受理通知书", clock="11:40", in_hand=True)

    def _review(self) -> None:
        draft, dice = self.draft, self.dice
        self._days(1, 2)
        draft.act("许可审查", f"{self.today}T10:00", about=[self.application], facts={"当事人确认": None})
        if self.item["class"] in ("设立登记", "资格资质") and dice.random() < 0.6:
            return
        self._days(1, 2)
        begins, ends = f"{self.today}T14:00", f"{self.today}T16:{dice.randint(10, 58)}"
        shown = dice.random() < 0.1
        facts = {
            "实质核查": True, "审查意见": "场所设施与申请材料一致",
            "披露商业秘密": shown, "申请人同意披露": True if shown else None,
        }  # fmt: skip
        checked = draft.act(
            "许可审查", begins, ends, about=[self.application], facts=facts, paper="现场核查笔录"
        )
        filmed(draft, checked, begins, ends, 用作定案依据=False)
        self.ways.append("实地核查")

    def _tests(self) -> None:
        """Do the tender, examination or test of the class; its days do not count, if told in writing."""
        draft, dice, kind = self.draft, self.dice, self.item["class"]
        if kind in TESTS and self.kind == "新办" and "other_way" not in self.item:
            way = dice.choice(TESTS[kind])
        elif dice.random() < 0.3:
            way = dice.choice(("专家评审", "鉴定"))
        else:
            return
        if way in TESTS["资格资质"]:
            self._examination(way)
            return
        self.is_tested = way in TESTS["检验检测检疫"]
        told = self.today
        by_unit = self.is_tested and dice.random() < 0.6
        begun = draft.working(self.today, 1)
        done = draft.working(begun, dice.randint(1, 12))
        facts: Facts = {"评审类型": way}
        if self.is_tested:
            facts |= {
                "由行政机关检测": by_unit,
                "指派日期": str(told) if by_unit else None,
                "派员人数": 2 if by_unit else None,
                "评审结论": "符合技术标准" if self.is_granted else "不符合技术标准",
            }
        by = "审查人员 审查人员" if by_unit else None
        test = draft.act("许可专项评审", begun, done, about=[self.application], by=by, facts=facts)
        served(draft, test, told, "其他文书", in_hand=True)
        # The first day counts, and the last one too, as the stricter reading has it.
        self.used += 2
        self.today = done
        if self.is_tested:
            self.ways.append("检验检测检疫")
        elif kind in TESTS and way in TESTS[kind]:
            self.ways.append(way)

    def _examination(self, way: str) -> None:
        """Examine the applicant; this is not among what article 45 leaves out, so its days count."""
        self._days(1, 1)
        begun = self.today
        self._days(1, 3)
        self.draft.act(
            "许可专项评审",
            begun,
            self.today,
            about=[self.application],
            by="审查人员 审查人员",
            facts={
                "评审类型": way,
                "书面告知期间": None,
                "评审结论": "合格" if self.is_granted else "不合格",
            },
        )
        self.ways.append(way)

    def _others_told(self) -> None:
        """Tell third persons and hear what they say, or let them keep silent."""
        draft, dice = self.draft, self.dice
        self._days(1, 1)
        content = ["许可事项", "陈述申辩权"] + (["听证权"] if self.weighs_on_others else [])
        answer = dice.choice(("听取", "书面", "没有"))
        facts: Facts = {"告知内容": content}
        if answer == "听取":
            facts["听取陈述申辩"] = True
        elif answer == "没有":
            facts["未提出意见"] = True
        told = draft.act("利害关系人告知", f"{self.today}T09:30", by="审查人员 利害关系人", facts=facts)
        served(draft, told, self.today, "其他文书", in_hand=True, 送达对象="利害关系人")
        if self.weighs_on_others:
            right = draft.act(
                "听证告知",
                f"{self.today}T09:40",
                by="审查人员",
                paper="听证告知书",
                facts={"告知内容": ["许可事项", "理由", "依据", "听证权"], "听证申请期限": "5个工作日"},
            )
            served(draft, right, self.today, "听证告知书", in_hand=True)
        if answer == "书面":
            self._days(1, 2)
            draft.act(
                "陈述申辩",
                self.today,
                about=[told],
                by="利害关系人 审查人员",
                facts={"申辩意见": "希望缩短营业时间", "书面提出": True, "放弃陈述申辩": False},
                without=("出示证件", "告知事由依据权利"),
                paper="陈述申辩书",
            )
        if self.weighs_on_others and not self.is_heard:
            # Nobody asks for a hearing within the five days.
            self._days(5 if answer != "书面" else 4, 5)

    def _hearing(self) -> None:
        """Hold the hearing: asked for within five days, announced in time, the reviewers not presiding."""
        draft, dice = self.draft, self.dice
        if self.room - self.used < HEARING and "days" not in self.item:
            self._extension(1)
        spare = self.room - self.used - 4
        asked = self.weighs_on_others
        if asked:
            self._days(1, min(3, spare - 9))
            who = dice.choice(("许可申请人", "利害关系人"))
            by = (
                "利害关系人"
                if who == "利害关系人"
                else ("" if self.setting.party.is_citizen else "法定代表人")
            )
            draft.act(
                "听证申请",
                self.today,
                by=by,
                facts={"申请人身份": who, "申请处理日期": str(draft.working(self.today, 1))},
            )
        self._days(1, 1)
        notice = draft.act(
            "听证通知",
            f"{self.today}T09:30",
            facts={"载明事项": ["案由", "时间", "地点", "人员", "听证主持人", "回避权", "机关名称"]},
        )
        served(draft, notice, self.today, "听证通知书", in_hand=True)
        if self.must_be_heard or dice.random() < 0.5:
            draft.act("听证公告", f"{self.today}T10:00", facts={"载明事项": ["案由", "时间", "地点"]})
        # Twenty working days from the request, seven from the notice (行政许可法 第四十七条、第四十八条).
        self._days(7, min(19, self.room - self.used - 4))
        begins, ends = f"{self.today}T09:00", f"{self.today}T11:{dice.randint(10, 55)}"
        by = "听证主持人 书记员 审查人员" + ("" if self.setting.party.is_citizen else " 法定代表人")
        heard = draft.act(
            "许可听证",
            begins,
            ends,
            about=[self.application],
            by=by + (" 利害关系人" if self.meets_others else ""),
            facts={"听证依据类型": self.hearing_ground},
        )
        filmed(draft, heard, begins, ends)

    def _extension(self, most: int) -> None:
        """Extend the term within so many working days, before it is over, and tell the reasons."""
        draft, dice = self.draft, self.dice
        self.is_longer = False
        self._days(1, most)
        amount = JOINT_LONGER if self.is_joint else LONGER
        if not self.is_heard:
            amount = dice.choice((amount, amount // 2))
        position = "本级人民政府负责人" if self.is_joint else "机关负责人"
        more = draft.act(
            "许可延期",
            f"{self.today}T09:40",
            about=[draft.acts[self.place]["id"]],
            facts={
                "延长期限": f"{amount}个工作日",
                "批准人职务": position,
                "统一联合集中办理": self.is_joint,
                "负责人批准时间": f"{self.today}T09:40",
                "延期告知日期": str(self.today),
            },
        )
        served(draft, more, self.today, "其他文书", in_hand=True)
        self.room += amount

    def _legal_review(self) -> None:
        reasons = ["经过听证"] if self.is_heard else ["审核目录命中"]
        self._days(1, 1)
        handed = self.today
        self._days(1, min(5, self.room - self.used - 1))
        reviewed(self.draft, handed, self.today, reasons, is_heard=self.is_heard)

    def _decision(self, counted: int) -> None:
        draft, granted = self.draft, self.is_granted
        at_once = not counted
        kind = KINDS[self.kind] if granted else ("不予延续许可" if self.kind == "延续" else "不予许可")
        self.decided = day = self.today
        clock = "11:50" if at_once else "15:00"
        draft.act(
            "决定审批",
            f"{day}T11:45" if at_once else f"{day}T09:20",
            paper="行政许可审批表",
            facts={
                "负责人批准时间": f"{day}T11:45" if at_once else f"{day}T09:20",
                "审批意见": "准予许可" if granted else "不予许可",
            },
        )
        # A hearing of trade secrets of the applicant keeps a decision from being published now and then.
        self.is_secret = self.dice.random() < 0.05
        facts: Facts = {
            "决定类型": kind,
            "文号": f"{draft.texts['code']}许决〔{draft.texts['year']}〕{draft.texts['serial']}号",
            "当场作出": at_once,
            "许可方式": self.ways,
            "引用依据": [draft.texts["law"], "《中华人民共和国行政许可法》第三十八条"],
            "依据听证笔录": True if self.is_heard else None,
            "法定特别期限依据": self.item.get("days_basis"),
            "依法不予公开": self.is_secret,
            "不予公开理由": "商业秘密" if self.is_secret else None,
        }
        if granted:
            facts |= {
                "许可有效期起": str(day),
                "许可有效期止": str(day + timedelta(self.dice.choice((1095, 1825)))),
            }
            facts["按受理顺序决定"] = True if self.item.get("limited") else None
        else:
            facts |= {
                "理由": "不符合规定的条件",
                "载明事项": [
                    "当事人姓名名称",
                    "理由",
                    "处罚依据",
                    "救济途径和期限",
                    "机关名称",
                    "决定日期",
                    "技术标准",
                ],
                "依据检测结果": self.is_tested,
            }
        self.decision = draft.act(
            "执法决定",
            f"{day}T{clock}",
            about=[self.application],
            form="许可决定",
            facts=facts,
            paper="准予行政许可决定书" if granted else "不予行政许可决定书",
        )
        if self.kind == "延续":
            self._set_expiry(day)

    def _set_expiry(self, answered: date) -> None:
        """Write when the licence to renew expires: thirty days after the request or later, once answered."""
        soonest = max(self.applied + timedelta(LEAD), answered)
        self.asked["许可届满日"] = str(soonest + timedelta(self.dice.choice((0, 0, 3, 12, 30))))

    def _issue(self) -> None:
        """Serve the decision, hand over the certificate, publish and end the file."""
        draft, day = self.draft, self.decided
        last = draft.working(day, DELIVERY)
        paper = "准予行政许可决定书" if self.is_granted else "不予行政许可决定书"
        sent = draft.within(day, last, 0 if self.kind == "补办" else 1)
        served(draft, self.decision, sent, paper)
        until = sent
        if self.is_granted:
            issued = draft.within(sent, last)
            until = issued
            certificate = self._certificate(issued)
            served(draft, [certificate, self.decision], issued, "行政许可证件", clock="16:20", in_hand=True)
            if self.kind == "变更":
                draft.act("许可变更", issued, about=[self.application])
        if not self.is_secret:
            shown = draft.within(day, draft.working(day, PUBLISHED), 1)
            published(draft, [self.decision], shown, "许可决定")
            draft.act("信用推送", draft.within(day, draft.working(day, PUBLISHED), 1), about=[self.decision])
            until = max(until, draft.working(day, PUBLISHED))
        papers = ["公示材料"] + (["审核材料"] if self.is_major else [])
        papers += ["音像记录"] if any(act["kind"] == "音像记录" for act in draft.acts) else []
        ended(draft, until, "许可办结", papers=papers)

    def _certificate(self, issued: date) -> str:
        draft, item = self.draft, self.item
        facts: Facts = {
            "证件名称": item["paper"],
            "许可有效期起": str(self.decided),
            "许可有效期止": draft.acts[_place_of(draft, self.decision)]["facts"]["许可有效期止"],
        }
        if "fee_basis" in item:
            facts |= {
                "收取费用": self.dice.choice((500, 3_000, 20_000)), "收费依据": item["fee_basis"],
                "收费有法定依据": True, "收费标准已公布": True, "价款上缴国库": True,
            }  # fmt: skip
        by = "送达人 送达人" if self.setting.party.is_citizen else None
        return draft.act("颁证", f"{issued}T16:00", about=[self.decision], by=by, facts=facts)


def _place_of(draft: Draft, act: str) -> int:
    return next(place for place, one in enumerate(draft.acts) if one["id"] == act)
