"""The steps of made police cases: the head, the scene, the questioning, the evidence and the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from inspection.made.draft import Draft, Facts
from inspection.made.police_matters import NEW_PUBLIC_ORDER, PUBLIC_ORDER, Matter, Penalty, any_matter
from inspection.made.setting import Party, Setting

NEW_LAW = date(2021, 7, 15)
"""From this day the revised law on penalties applies (行政处罚法, 2021)."""
DAY = timedelta(1)
_HOW: Mapping[str, Facts] = {
    "留置送达": {"签收情况": "拒收", "留置理由": "受送达人拒绝签收", "见证人确认": True, "照片录像": True},
    "邮寄送达": {"邮寄单号": "EMS0000001CN", "邮寄回执": True, "出示证件": None},
    "电子送达": {"电子送达留痕": True, "电子送达确认": True, "签收情况": None, "出示证件": None},
}
"""What the file says of a service that is not handed over and signed for."""
_FINE_ITEMS = ("罚款数额", "代收机构名称", "代收机构地址", "缴款期限", "加处罚款标准")
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


@dataclass(frozen=True)
class Offender:
    """Who is punished: what the case turns on about a person; of a unit only ``is_citizen`` counts."""

    is_citizen: bool
    born: date
    sex: str
    is_first: bool = True
    is_pregnant: bool = False
    is_incapable: bool = False
    is_slight: bool = False
    """Whether the act was slight, put right in time and without harm."""
    is_deaf: bool = False
    is_foreign: bool = False

    def age(self, day: date) -> int:
        """Return the age in whole years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


class PoliceCase:
    """What happens in a police case, step by step, along a clock that only goes forward."""

    procedure = "普通程序"
    only_plain_adults = False
    """Whether minors, the deaf and those without their wits are left out."""

    def __init__(self, setting: Setting, dice: Random, calendar: WorkingCalendar, words: Vocabulary) -> None:
        by_citizen = setting.party.is_citizen or dice.random() < 0.8
        if by_citizen and not setting.party.is_citizen:
            setting = replace(setting, party=_person(setting.party))
        self.setting, self.dice = setting, dice
        self.is_public_order = setting.field == PUBLIC_ORDER
        self.draft = Draft("行政处罚", setting, dice, calendar, words)
        self.clock = datetime.combine(self.draft.working(setting.first, 0), time(9, 0))
        self.done = self._day_of_the_act()
        self.matter, self.penalties = any_matter(
            dice, setting.field, self.done, self.fits, by_citizen=by_citizen
        )  # fmt: skip
        self.basis = self.matter.basis(self.done)
        self.offender = self._any_offender(by_citizen)
        # Nothing of a case is shown that may be decided when the records are sealed already.
        soon_sealed = self.today >= NEW_PUBLIC_ORDER - 100 * DAY
        is_withheld = by_citizen and self.is_public_order and (soon_sealed or self.chance(0.6))
        self.is_private = self.is_minor or is_withheld
        self.texts()

    def fits(self, matter: Matter, penalty: Penalty) -> bool:
        """Tell whether the procedure may be used for the matter and end with such a penalty."""
        return True

    # ── the clock ──

    @property
    def today(self) -> date:
        """The day that the clock shows."""
        return self.clock.date()

    @property
    def is_new(self) -> bool:
        """Tell whether the revised law on public order applies to what is done today."""
        return self.is_public_order and self.today >= NEW_PUBLIC_ORDER

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in such a share of the cases."""
        return self.dice.random() < share

    def later(self, least: int, most: int | None = None, hour: int = 9) -> date:
        """Go on by some working days, to an hour of the day reached; by none: stay where the clock is."""
        amount = self.dice.randint(least, least if most is None else most)
        if amount:
            self.clock = datetime.combine(self.draft.working(self.today, amount), time(hour, 0))
        return self.today

    def until(self, day: date, hour: int = 9) -> None:
        """Go on to a day, unless the clock is past it."""
        self.clock = max(self.clock, datetime.combine(day, time(hour, 0)))

    def minute(self, minutes: int = 0) -> str:
        """Go on by some minutes and return the time as a text."""
        self.clock += timedelta(minutes=minutes)
        return self.clock.isoformat(timespec="minutes")

    # ── the head ──

    def _day_of_the_act(self) -> date:
        """Return the day of the act, mostly just before; at most six months before, often long before."""
        before = self.dice.choice((0, 0, 1, 1, 3, 20, 100, 170))
        return self.today - before * DAY

    def _any_offender(self, by_citizen: bool) -> Offender:
        dice, matter = self.dice, self.matter
        age, plain = dice.randint(19, 64), self.only_plain_adults
        if matter.by_minor and not plain and self.chance(0.35):
            age = dice.choice((12, 13, 14, 15, 16, 17, 17))
        elif self.chance(0.06) and not matter.foreigner:
            age = dice.randint(70, 82)
        # The last birthday is so near that the next one comes after the end of the case.
        done = self.done
        born = date(done.year - age, done.month, min(done.day, 28)) - dice.randint(1, 60) * DAY
        sex = dice.choice(("男", "女"))
        return Offender(
            by_citizen,
            born,
            sex,
            is_first=self.chance(0.6),
            is_pregnant=sex == "女" and 19 <= age <= 40 and self.chance(0.2),
            is_incapable=age >= 19 and matter.victim and not plain and self.chance(0.08),
            is_slight=by_citizen and not plain and self.chance(0.05),
            is_deaf=not plain and self.chance(0.05),
            is_foreign=matter.foreigner,
        )

    @property
    def is_minor(self) -> bool:
        """Tell whether the offender is not yet eighteen."""
        return self.offender.is_citizen and self.offender.age(self.today) < 18

    @property
    def is_spared(self) -> bool:
        """Tell whether the law forbids or lifts the penalty."""
        offender = self.offender
        if not offender.is_citizen:
            return False
        return offender.is_incapable or offender.is_slight or offender.age(self.done) < 14

    @property
    def is_vulnerable(self) -> bool:
        """Tell whether detention is decided but, by the law, not carried out."""
        offender, age = self.offender, self.offender.age(self.done)
        if offender.is_pregnant or age >= 70 and offender.is_first:
            return True
        return age < 18 and offender.is_first

    def texts(self) -> None:
        """Let the papers cite the article and name the act of the case."""
        self.draft.texts |= {
            "basis": self.basis.cited,
            "finding": f"当事人{self.matter.name}",
            "matter": f"{self.matter.name}案件调查",
            "clue": f"报警称有人{self.matter.name}",
        }

    def head(self, *, is_complex: bool = False, is_major: bool = False) -> None:
        """Write the facts of the case as a whole."""
        is_major = is_major and not self.is_spared
        lasting = self.chance(0.3)
        matter, draft = self.matter, self.draft
        draft.head |= {
            "涉企": not self.offender.is_citizen,
            "违法行为发生时间": str(self.done),
            "违法行为连续": lasting,
            "违法行为发现时间": str(self.today),
            "涉案金额": 0,
            "违法所得": 0,
            "有被侵害人": matter.victim,
            "直接关系重大权益": is_major,
            "审核目录命中": is_major,
            "知悉秘密泄露": False,
            "情节复杂": is_complex,
            "情节严重影响恶劣": False,
            **dict.fromkeys(("重大违法", "处罚较重", "争议较大", "负责人指定讨论", "涉嫌犯罪"), False),
            "危害生命健康金融安全": False,
            "同一行为已罚款": False,
            "办案场所": True,
        }
        if self.offender.is_slight:
            draft.head |= dict.fromkeys(("违法行为轻微", "及时改正", "没有危害后果"), True)
        if lasting:
            draft.head["违法行为终了时间"] = str(min(self.done + 2 * DAY, self.today))
        if matter.category:
            draft.head["案件类别"] = [matter.category]
        if self.is_minor:
            draft.head["应当从轻减轻情节"] = ["未满十八周岁"]

    # ── recordings ──

    def film(self, about: str, starts: str, ends: str, *, as_evidence: bool = True) -> None:
        """Record an act from its start to its end, keep the recording and upload it within a day."""
        begin = datetime.fromisoformat(starts) - timedelta(minutes=1)
        end = datetime.fromisoformat(ends) + timedelta(minutes=1)
        kept: Facts = {"永久保存": True, "涉及重大事件": self.chance(0.1)}
        if not as_evidence:
            kept = {"用作定案依据": False, "保存至": str(end.date() + 400 * DAY), "永久保存": False}
        video = self.draft.act(
            "音像记录", _text(begin), _text(end), about=[about], facts=kept
        )  # fmt: skip
        stored = _text(end + timedelta(hours=self.dice.choice((1, 5, 20))))
        self.draft.act("音像上传", stored, about=[video])

    # ── the opening ──

    def opening(self) -> None:
        """Take the case in and, where the law of the day knows it, file it at once."""
        kind = self.dice.choice(("投诉", "举报", "现场检查", "其他"))
        self.draft.head["案件来源类型"] = kind
        self.opened = self.today
        self.draft.act(
            "案件来源", self.today, facts={"案件来源类型": kind}, paper="案件来源登记表"
        )  # fmt: skip
        if self.is_new or (not self.is_public_order and self.today >= NEW_LAW):
            when = self.minute(40)
            self.draft.act("立案", when, facts={"负责人批准时间": when})

    # ── the scene ──

    def inspection(self) -> None:
        """Inspect a place or the things of a person, on a warrant or at once."""
        draft, dice = self.draft, self.dice
        place = dice.choice(("住宅", "非住宅场所", "非住宅场所", "公共场所"))
        warrant = place == "住宅" or (place == "非住宅场所" and self.chance(0.6))
        if warrant:
            when = self.minute(30)
            draft.act("检查审批", when, facts={"负责人批准时间": when})
        absent = self.offender.is_citizen and self.chance(0.12)
        facts: Facts = {
            "地点类型": place,
            "检查证": warrant,
            "检查证签发机关": "县级以上公安机关" if warrant else None,
            "确有必要立即检查": not warrant,
            "见证人": draft.texts["onlooker"],
            "见证人确认": True,
            "随机抽查": False,
        }
        by = "执法人员 执法人员 被检查人 见证人"
        if absent:
            by = "执法人员 执法人员 见证人"
            facts |= {
                "当事人在场": False, "缺席注明": True, "未到场注明": "被检查人外出", "当事人确认": None,
                "逐页确认": None,
            }  # fmt: skip
        elif self.offender.is_citizen and self.offender.sex == "女":
            by += " 女性工作人员"
            facts["女性身体检查人员为女性"] = True
        starts, ends = self.minute(20), self.minute(45)
        filmed = not warrant or self.chance(0.6)
        facts["易引发争议"] = filmed and self.chance(0.3)
        inspected = draft.act("现场检查", starts, ends, by=by, facts=facts)
        if filmed:
            self.film(inspected, starts, ends)

    def seizure(self) -> None:
        """Things are seized, on the spot where it is urgent; what becomes of them comes at the end."""
        draft, urgent = self.draft, self.chance(0.4)
        starts, ends = self.minute(10), self.minute(25)
        approved = ends if urgent else _text(self.clock - timedelta(minutes=60))
        facts: Facts = {
            "期限": "30日",
            "引用依据": [
                f"《中华人民共和国治安管理处罚法》第{'一百零五' if self.is_new else '八十九'}条",
                "《中华人民共和国行政强制法》第二十四条",
            ],
            "需要鉴定": False,
            "财物所有人": "当事人",
            "他人合法占有": False,
            "规范办案场所": False,
            "见证人": draft.texts["onlooker"],
            "见证人确认": True,
            "紧急情况": urgent,
            "当场实施": urgent,
            "负责人批准时间": approved,
        }
        if not self.is_public_order:
            facts["引用依据"] = [
                "《易制毒化学品管理条例》第三十二条",
                "《中华人民共和国行政强制法》第二十四条",
            ]
        if urgent:
            back = self.minute(60)
            facts |= {
                "紧急理由": "物品可能被转移", "返回单位时间": back, "报告时间": back,
                "负责人批准时间": self.minute(30),
            }  # fmt: skip
        shown = draft.working(self.today, 3)
        is_open = not self.is_private
        if not is_open:
            facts |= {"依法不予公开": True, "不予公开理由": "影响其他案件查处"}
        by = "执法人员 执法人员 被检查人 见证人"
        if not urgent and self.chance(0.12):
            by = "执法人员 执法人员 见证人"
            facts |= {
                "当事人在场": False, "通知当事人到场": True, "未到场注明": "当事人经通知没有到场",
                "当事人确认": None, "听取陈述申辩": None,
            }  # fmt: skip
        self.seized = draft.act("查封扣押", starts, ends, by=by, facts=facts)
        self.film(self.seized, starts, ends)
        if is_open:
            check = draft.act("保密审查", shown, about=[self.seized])
            draft.act(
                "公示",
                shown,
                about=[self.seized, check],
                facts={"公示类别": "强制决定", "平台": ["机关门户网站"]},
            )

    def sobering(self) -> None:
        """Hold a drunk person until sober (治安管理处罚法 第十五条第二款, both texts)."""
        starts = self.minute(10)
        ends = self.minute(self.dice.choice((120, 180, 240)))
        held = self.draft.act(
            "限制人身自由",
            starts,
            ends,
            by="执法人员 执法人员",
            facts={
                "强制依据层级": "法律",
                "依据授权本机关": True,
                "受托实施": False,
                "引用依据": ["《中华人民共和国治安管理处罚法》第十五条第二款"],
                "期限": "1日",
                "法定期限届满时间": ends,
                "超过法定期限": False,
                "目的达到时间": ends,
                "告知家属日期": starts,
                "紧急情况": True,
                "返回单位时间": starts,
                "报告时间": starts,
                "批准人": self.draft.texts["deputy"],
                "批准人职务": "机关负责人",
                "负责人批准时间": ends,
                "出示证件": True,
                "告知事由依据权利": True,
                "告知救济途径": True,
                "听取陈述申辩": True,
                "现场记录": True,
                "涉人身重大财产权益": True,
                "记录形式": ["文字记录", "音像记录"],
                "当事人确认": "签名",
                "执法人员确认": True,
            },
        )
        self.film(held, starts, ends)

    # ── the questioning ──

    def questioning(self) -> None:
        """Summon the offender (or let it come) and question it, mostly in the case premises."""
        draft, offender = self.draft, self.offender
        asked = self.dice.choice((50, 80, 110, 240))
        if not self.is_public_order or not offender.is_citizen or self.chance(0.2):
            self._question_party(self.minute(10), self.minute(asked), {})
            return
        when = self.clock
        spoken = self.chance(0.3)
        complex_, detained = self.chance(0.2), self.chance(0.6)
        crowd, unknown = self.is_new and self.chance(0.1), self.is_new and self.chance(0.1)
        allowed = 24 if complex_ and detained else 12 if crowd or unknown else 8
        facts: Facts = {
            "传唤方式": "口头传唤" if spoken else self.dice.choice(("书面传唤", "书面传唤", "强制传唤")),
            "告知家属日期": _text(when + timedelta(minutes=30)),
            "可能适用拘留": detained,
            "情况复杂": complex_,
        }
        if spoken:
            facts |= {"现场发现": True, "口头传唤注明": True, "批准人": None, "批准人职务": None}
        else:
            facts["负责人批准时间"] = _text(when - timedelta(minutes=20))
        draft.head["人员众多"] = crowd
        self.unknown = unknown
        came = self.minute()
        starts, ends = self.minute(20), self.minute(asked)
        self._question_party(starts, ends, {"传唤到案": True})
        leaves = when + timedelta(hours=allowed) if self.chance(0.2) else self.clock + timedelta(minutes=15)
        draft.act("传唤", came, _text(leaves), facts=facts)
        self.clock = leaves

    unknown = False

    def _question_party(self, starts: str, ends: str, more: Mapping[str, Any]) -> None:
        is_minor, offender = self.is_minor, self.offender
        alone = self.is_new and self.chance(0.3)
        by = "执法人员 辅助人员 被询问人" if alone else "执法人员 执法人员 被询问人"
        in_premises = self.is_new or alone or self.chance(0.7)
        facts: Facts = {
            "地点": "本机关执法办案中心", "地点类型": "办案场所", "规范办案场所": True, **more,
        }  # fmt: skip
        if not in_premises:
            facts |= {"地点": "被询问人住处", "地点类型": "其他", "规范办案场所": False}
        if is_minor:
            by += " 监护人"
            facts |= {
                "被询问人未成年": True,
                "被询问人未满十六周岁": offender.age(self.today) < 16,
                "监护人到场": True,
            }
            if self.chance(0.15):
                by = by.removesuffix(" 监护人")
                facts |= {"监护人到场": False, "未通知监护人说明": "监护人在外地无法到场，已通知学校老师到场"}
        if offender.is_citizen and (offender.is_deaf or offender.is_foreign):
            by += " 翻译"
            facts |= {"被询问人语言障碍": True, "提供翻译或者手语": True, "翻译情况注明": True}
        if offender.is_citizen and self.chance(0.1):
            facts |= {"阅读困难": True, "宣读笔录": True}
        if self.chance(0.15):
            facts |= {"有更正": True, "更正处确认": True}
        signed_by_screen = self.chance(0.15)
        if signed_by_screen:
            facts["当事人确认"] = "电子签名"
        elif self.chance(0.1):
            facts |= {"当事人确认": "拒签注明", "拒签理由": "被询问人拒绝签名", "逐页确认": None}
        asked = self.draft.act("询问", starts, ends, by=by, facts=facts)
        if in_premises or signed_by_screen or self.chance(0.4):
            self.film(asked, starts, ends)

    def others(self) -> None:
        """Victim and witness are heard; the victim picks the offender out of several persons."""
        matter = self.matter
        if matter.victim:
            far = self.is_new and self.chance(0.2)
            starts, ends = self.minute(30), self.minute(50)
            heard = self.draft.act(
                "询问", starts, ends, by="执法人员 执法人员 被侵害人",
                facts={"询问对象类型": "被侵害人", "远程询问": far, "宣读笔录": True},
            )  # fmt: skip
            if far:
                self.film(heard, starts, ends)
        if not matter.victim or self.chance(0.5):
            starts, ends = self.minute(30), self.minute(40)
            self.draft.act(
                "询问", starts, ends, by="执法人员 执法人员 证人", facts={"询问对象类型": "证人"}
            )  # fmt: skip
        if matter.victim and self.chance(0.4):
            alone = self.is_new and self.chance(0.4)
            by = "执法人员 辅助人员 被侵害人 见证人" if alone else "执法人员 执法人员 被侵害人 见证人"
            starts, ends = self.minute(30), self.minute(20)
            picked = self.draft.act("辨认", starts, ends, by=by)
            if alone:
                self.film(picked, starts, ends)

    def samples(self) -> None:
        """Take marks of a person: of the offender, or of the victim who agrees."""
        of_victim = self.matter.victim and self.chance(0.3)
        alone = self.chance(0.3)
        facts: Facts = {"负责人批准时间": self.minute(10)}
        if of_victim:
            facts |= {"采集对象": "被侵害人", "被侵害人同意": True}
        elif self.offender.sex == "女":
            facts["女性身体检查人员为女性"] = True
        by = "执法人员 辅助人员" if alone else "执法人员 执法人员"
        if not of_victim and self.offender.sex == "女":
            by += " 女性工作人员"
        starts, ends = self.minute(5), self.minute(15)
        taken = self.draft.act("生物信息采集", starts, ends, by=by, facts=facts)
        if alone:
            self.film(taken, starts, ends)

    def data(self) -> None:
        """Electronic data are copied, printed or photographed, or their medium is taken."""
        when = self.minute(20)
        facts: Facts = {
            "证据种类": "电子数据", "制作时间": when, "记录形式": ["文字记录"], "清单": True,
            "扣押存储介质": False,
        }  # fmt: skip
        carrier = self.dice.choice(("复制件", "打印件", "照片录像", "原始存储介质"))
        facts["证据载体"] = carrier
        if carrier in ("打印件", "照片录像"):
            facts["证据注明事项"] = [
                "制作方法", "制作时间", "制作人", "复制原因", "复制过程", "原件存放地点",
            ]  # fmt: skip
        if carrier == "原始存储介质":
            facts["扣押存储介质"] = True
        self.draft.act("证据提取", when, facts=facts, paper="电子数据提取笔录")

    def test(self) -> None:
        """Something is appraised or tested, and the result is told within five days of its receipt."""
        draft, kind = self.draft, self.matter.test
        if kind == "鉴定" and self.chance(0.5):
            starts, ends = self.minute(20), self.minute(20)
            draft.act("抽样取证", starts, ends)
        sent = self.today
        done = draft.working(sent, self.dice.randint(1, 4))
        received = draft.working(done, self.dice.randint(0, 2))
        draft.act(
            "检测鉴定",
            sent,
            done,
            by="鉴定人",
            facts={"检测鉴定类别": kind, "收到结果日期": str(received), "检测机构": "示例司法鉴定中心"},
        )
        told = draft.within(received, received + 5 * DAY)
        draft.act(
            "检测结果告知", told, facts={"告知被侵害人": self.matter.victim, "当事人确认": "签名"}
        )  # fmt: skip
        self.until(told)

    # ── the decision on paper ──

    def decision_facts(self, penalty: Penalty) -> Facts:
        """Return what the paper of a penalty says beyond the form of any decision."""
        facts: Facts = {
            "决定类型": "行政处罚",
            "处罚种类": penalty.kinds,
            "罚款金额": penalty.fine or None,
            "拘留天数": penalty.days or None,
            "处罚幅度": "从轻" if self.is_minor else "一般",
            "含责令改正": True,
            "依据公布日期": str(self.basis.published),
            "依据施行日期": str(self.basis.since),
            "派出所作出": False,
            "仅有本人陈述": False,
            "依据听证笔录": None,
            "采纳情况": None,
        }
        if not penalty.fine:
            facts |= dict.fromkeys(("缴款期限", "代收机构", "告知加处罚款标准"))
        if self._may_be_by_station(penalty) and self.chance(0.6):
            facts |= {"派出所作出": True, "作出机关": f"示例{self.setting.level}公安局示例派出所"}
        facts["载明事项"] = [
            "当事人姓名名称", "当事人地址", "违法事实", "证据", "理由", "处罚种类", "处罚依据",
            "履行方式和期限", "救济途径和期限", "机关名称", "决定日期", "告知情况", "裁量基准适用",
            *(["当事人性别年龄", "当事人证件"] if self.offender.is_citizen else ["法定代表人"]),
            *(_FINE_ITEMS if penalty.fine else []),
        ]  # fmt: skip
        return facts | self.openness()

    def _may_be_by_station(self, penalty: Penalty) -> bool:
        most = 1_000 if self.is_new else 500
        return self.is_public_order and penalty.kinds in (["警告"], ["罚款"]) and penalty.fine <= most

    def openness(self) -> Facts:
        """Decide whether the decision is published and return what the file says about it."""
        self.is_open = False
        if self.is_new:
            return {"依法不予公开": True, "不予公开理由": "治安违法记录封存"}
        if self.is_minor:
            return {"依法不予公开": True, "不予公开理由": "未成年人"}
        if self.is_private:
            return {"依法不予公开": True, "不予公开理由": "个人隐私"}
        self.is_open = True
        return {}

    def served(
        self,
        act: str,
        when: str,
        paper: str,
        *,
        to: str = "当事人",
        way: str = "直接送达",
        alone: bool = False,
    ) -> None:
        """Serve a paper by hand; one officer with an auxiliary does it only before a camera."""
        receiver = {"被侵害人": " 被侵害人", "监护人": " 监护人"}.get(to, " 签收人")
        by = ("送达人 辅助人员" if alone else "送达人 送达人") + receiver
        on_file = way in ("直接送达", "当场交付") and to == "当事人" and self.chance(0.2)
        facts: Facts = {
            "送达文书": paper,
            "送达对象": to,
            "送达方式": way,
            "签收情况": "在文书副本上签收" if on_file else "本人签收",
            "告知将公示": True,
            **_HOW.get(way, {}),
        }
        if way == "留置送达":
            by = "送达人 送达人 见证人"
            facts |= {"见证人": self.draft.texts["onlooker"], "易引发争议": False}
        elif way in _HOW:
            by = "送达人 送达人"
        if way == "电子送达":
            self.draft.act(
                "送达地址确认", when[:10], by="",
                facts={"电子送达确认": True, "送达地址": "当事人电子邮箱", "当事人确认": "签名"},
            )  # fmt: skip
        ends = self.minute(10) if alone else None
        sent = self.draft.act("送达", when, ends, about=[act], by=by, facts=facts)
        if ends is not None:
            self.film(sent, when, ends, as_evidence=False)

    def publication(self) -> None:
        """Publish what is to be published within seven working days, credit information too."""
        if not self.is_open:
            return
        draft = self.draft
        day = draft.working(self.decided, self.dice.choice((1, 3, 7)))
        if self.is_public_order and day >= NEW_PUBLIC_ORDER:
            # From that day on no record of public order is given out, even of an older decision.
            day = self.decided
        check = draft.act("保密审查", day)
        hidden = ["身份证号", "住址", "电话", "出生日期"]
        draft.act("公示", day, about=[self.decision, check], facts={"隐去内容": hidden})
        draft.act("信用推送", day, about=[self.decision])

    def release(self) -> None:
        """Deal with what was seized, by the day of the decision."""
        seized = self.seized
        if seized is None:
            return
        self._prolong_seizure(seized)
        when = self.minute(20)
        way: Facts = {"处理方式": ["销毁"], "解除事由": None}
        if self.matter.victim or not self.is_public_order:
            way = {
                "处理方式": ["解除", "退还"],
                "解除事由发生日期": str(self.today),
                "退还日期": str(self.today),
            }
        self.draft.act(
            "查封扣押处理", when, about=[seized], facts={"负责人批准时间": when, **way}
        )  # fmt: skip

    def _prolong_seizure(self, seized: str) -> None:
        """Where the case takes longer than the thirty days of the seizure, it is prolonged before."""
        last = self.opened + 30 * DAY
        if self.today <= last:
            return
        day = self.draft.within(last - 10 * DAY, last)
        self.draft.act(
            "查封扣押延期",
            day,
            by="批准人",
            about=[seized],
            facts={
                "延长期限": "30日", "批准人": self.draft.texts["deputy"], "批准人职务": "机关负责人",
                "负责人批准时间": str(day), "延期告知日期": str(day), "说明理由": True,
                "文号": f"{self.draft.texts['code']}延扣〔{day.year}〕{self.setting.serial}号", "印章": True,
            },
        )  # fmt: skip

    def end(self, ground: str, since: date) -> None:
        """Close the case and archive it."""
        draft, day = self.draft, self.later(1, 3)
        draft.act(
            "结案",
            day,
            facts={
                "结案事由": ground, "结案事由发生日期": str(since), "报告日期": str(day),
                "负责人批准时间": str(day),
            },
        )  # fmt: skip
        private = self.matter.category == "卖淫嫖娼"
        secret: Facts = {"含涉密内容": True, "涉密按规定处理": True} if private else {}
        draft.act("归档", self.later(2, 8), facts=secret)

    def recusal(self, whom: str = "执法人员") -> None:
        """Let the party ask that an officer stand down; the head of the agency decides."""
        granted = whom == "执法人员" and self.chance(0.2)
        asked, decided = self.minute(5), self.minute(60)
        self.draft.act(
            "回避",
            asked,
            decided,
            by="批准人",
            facts={
                "回避对象": whom, "回避情形": "申请回避", "回避决定": "回避" if granted else "驳回",
                "批准人": self.draft.texts["deputy"], "批准人职务": "机关负责人",
                "回避决定告知申请人": True, "回避期间停止调查": False,
            },
        )  # fmt: skip

    def correction(self) -> None:
        """Put a slip of the pen in the decision right in writing."""
        day = self.later(1)
        number = f"{self.draft.texts['code']}补〔{day.year}〕{self.setting.serial}号"
        self.draft.act(
            "文书补正", day, by="执法人员 执法人员", about=[self.decision],
            facts={"差错种类": "文字错误", "影响当事人权益": False, "文号": number, "印章": True},
        )  # fmt: skip

    decision: str
    decided: date
    opened: date
    is_open = False
    is_heard = False
    is_homeless = False
    seized: str | None = None

    def case(self) -> dict[str, Any]:
        """Return the whole file as plain data."""
        found = self.draft.case(procedure=self.procedure)
        found["agency"]["facts"]["统一着装"] = True
        offender = self.offender
        facts = found["parties"][0]["facts"]
        if offender.is_citizen:
            age = offender.age(self.done)
            facts |= {
                "未成年人": age < 18,
                "出生日期": str(offender.born),
                "性别": offender.sex,
                "证件类型": "护照" if offender.is_foreign else "居民身份证",
                "证件号码": _number(offender.born, self.setting.serial),
                "初次违法": offender.is_first,
                "一年内再次违法": not offender.is_first,
                "怀孕": offender.is_pregnant,
                "哺乳婴儿": False,
                "语言沟通障碍": offender.is_deaf or offender.is_foreign,
                "丧失辨认控制能力": offender.is_incapable,
                "身份不明": self.unknown,
                "无固定住所": self.is_homeless,
            }
            if age < 18:
                facts["行为时不满十四周岁"] = age < 14
            if offender.is_foreign:
                facts["证件号码"] = f"E{self.setting.serial:08}"
        return found


def _person(party: Party) -> Party:
    return Party(party.person, "公民", None, party.person, party.address)


def _number(born: date, serial: int) -> str:
    """Return an identity number that passes its check; no region has its first six digits."""
    digits = f"990000{born:%Y%m%d}{serial % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + _CHECKS[total % 11]


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
