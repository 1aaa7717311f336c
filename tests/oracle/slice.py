"""The slice of the vocabulary that random rulebooks and cases speak, and values for its facts.

Few kinds, few facts and few values, so that what a rule asks for is often there, and often just not.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from casefiles.terms import FactType, standard_vocabulary

WORDS = standard_vocabulary()
DAY = timedelta(days=1)

FACTS: dict[str, list[str]] = {
    "立案": ["文号", "负责人批准时间", "使用规定格式"],
    "现场检查": ["出示证件", "照片录像", "记录形式", "当事人确认", "执法人员确认", "见证人确认", "引用依据"],
    "询问": ["出示证件", "记录形式", "当事人确认", "执法人员确认", "见证人确认", "个别询问"],
    "检测鉴定": ["用作定案依据", "书面告知期间", "检测结论"],
    "延长期限审批": ["延长事项", "延长期限", "负责人批准时间", "集体讨论决定"],
    "事先告知": ["拟罚款金额", "拟处罚种类", "引用依据", "文号", "当事人确认"],
    "听证通知": ["文号", "印章", "载明事项"],
    "听证": ["公开举行", "记录形式", "当事人确认", "执法人员确认"],
    "许可听证": ["公开举行", "不公开理由"],
    "法制审核": ["审核意见", "书面意见", "送审材料", "补充材料天数"],
    "集体讨论": ["参会人数", "讨论事项", "异议"],
    "执法决定": [
        "决定类型",
        "处罚种类",
        "罚款金额",
        "拘留天数",
        "没收违法所得",
        "引用依据",
        "文号",
        "印章",
        "生效日期",
        "社会影响",
        "依法不予公开",
        "当场作出",
        "载明事项",
    ],
    "公示": ["平台", "公示内容含", "公示文本", "与送达文书一致", "终止日期"],
    "送达": ["送达方式", "公告天数", "照片录像", "见证人确认", "送达文书"],
    "音像记录": ["形式", "中断", "保存至"],
    "查封扣押": ["措施类型", "财物价值", "引用依据", "期限", "当事人确认", "报告时间", "返回单位时间"],
}
KINDS = list(FACTS)
CASE_FACTS = ["重大公共利益", "涉企", "涉案金额", "违法所得", "案件来源类型", "违法行为发生时间"]
PARTY_FACTS = ["市场主体", "未成年人", "初次违法"]
AGENCY_FACTS = ["有裁量基准", "转委托", "委托期限起"]
PERSON_FACTS = ["执法资格", "法律职业资格", "编制"]
ROLES = ["执法人员", "审核人", "见证人"]
ROLE_WORDS = ["执法人员", "检查人员", "审核人", "法制审核人", "见证人"]
NUMBERS = [0, 1, 2, 3, 5, 200, 200.5, 1000]
TEXTS = ["甲（1）号", "甲(1)号", "甲(1) 号", "42 甲", "甲①号", "甲1号"]
SHOWN = [
    "电话13900000000",
    "账号6212345678901234567",
    "身份证11010519491231002X",
    "无",
    "编号110105194912310021",
    "编号110105194913310021",
]
CITATIONS = [
    "《甲法》第三条",
    "甲法",
    "《乙条例》第一条",
    "乙",
    "《丙规定》",
    "《丁办法》",
    "示例发〔2020〕3号第二条",
    "《甲法（2021年修订）》第三条",
    "《甲法》（2021年修订）",
    "甲法（2020年修正）",
    "甲法（2017年修正）",
]
PERIODS = ["1日", "2天", "5日", "3个工作日", "1个工作日", "1个月", "24小时"]
EPOCHS = [date(2021, 7, 15), date(2024, 1, 30), date(2024, 2, 8), date(2024, 4, 29), date(2024, 9, 12)]
EPOCHS += [date(2024, 9, 27), date(2026, 12, 21), date(2020, 12, 24), date(2024, 3, 5)]
"""Days around which cases lie: the new law, month ends, holidays, years without a calendar."""


def chance(random: Random, share: float) -> bool:
    """Return true in about this share of all cases."""
    return random.random() < share


def some(random: Random, things: list[Any], most: int) -> list[Any]:
    """Return up to so many different ones of a list, at least one."""
    return random.sample(things, random.randint(1, min(most, len(things))))


def facts_of(kinds: list[str]) -> list[str]:
    """Return the facts of the slice that acts of all these kinds may carry."""
    allowed = [name for kind in kinds for name in FACTS[kind]]
    return [name for name in dict.fromkeys(allowed) if all(name in WORDS.acts[kind].facts for kind in kinds)]


def value_of(random: Random, name: str, day: date) -> Any:
    """Return a value that a fact may have; days lie around the day of the case."""
    term = WORDS.facts[name]
    match term.type:
        case FactType.FLAG:
            return chance(random, 0.5)
        case FactType.COUNT:
            return random.choice([number for number in NUMBERS if isinstance(number, int)])
        case FactType.AMOUNT:
            return random.choice(NUMBERS)
        case FactType.MOMENT:
            return day_near(random, day).isoformat()
        case FactType.PERIOD:
            return random.choice(PERIODS)
        case FactType.CHOICE:
            return random.choice(words_of(name))
        case FactType.LIST:
            few = words_of(name)
            return [] if chance(random, 0.15) else some(random, few, 2)
    return random.choice(SHOWN if name == "公示文本" else TEXTS)


def words_of(name: str) -> list[str]:
    """Return the few words that a choice or a list takes here."""
    if name == "引用依据":
        return CITATIONS
    if name == "记录形式":
        return ["文字记录", "音像记录"]
    if name == "当事人确认":
        return ["签名", "拒签注明", "未确认"]
    return list(WORDS.facts[name].values[:3]) or TEXTS


def day_near(random: Random, day: date) -> date:
    """Return a day near another one, the nearer the likelier."""
    return day + random.choice([-7, -3, -2, -1, 0, 0, 0, 1, 1, 2, 3, 4, 7, 9, 12, 30]) * DAY
