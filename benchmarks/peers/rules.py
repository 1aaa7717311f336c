"""The duties that all engines are given: rules of the rulebook, written down once more, for no engine.

Each is a duty of ``rules/`` with the same id. What only the product judges is left away: which law was in
force on which day, what is not told, evidence, citations, what can still be done. The files (``files.py``)
are all of 2024, closed and complete, so that the verdicts must be the same without it.

A rule looks at the acts of ``kinds`` which fit ``head`` and ``where``. If one of ``unless`` holds it does not
apply; else it is met if one of ``need`` holds. Both are lists of alternatives, each a list of demands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Op = Literal[
    "is",
    "is_not",
    "one_of",
    "none_of",
    "includes",
    "includes_any",
    "given",
    "not_given",
    "more_than",
    "at_most",
]
Value = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A condition on a fact of the act, or of the head; a fact that is not there is not anything."""

    name: str
    op: Op
    value: Value = True


@dataclass(frozen=True, slots=True)
class Head(Fact):
    """A condition on the head of the file."""


@dataclass(frozen=True, slots=True)
class Other:
    """There is (or, with ``none``, there is not) another act of these kinds, fitting ``where``.

    ``when`` tells where it must stand: ``after`` counts the same day, ``before`` does not, ``until`` does.
    ``working`` limits: at most so many working days after, or at least so many before. ``naming`` demands
    that it names the subject, where several acts of the subject's kind are in a file.
    """

    kinds: tuple[str, ...]
    where: tuple[Fact, ...] = ()
    when: Literal["any", "after", "before", "until"] = "any"
    working: int | None = None
    naming: bool = False
    none: bool = False


@dataclass(frozen=True, slots=True)
class Officers:
    """At least so many different persons took part in one of ``ROLES``."""

    at_least: int


@dataclass(frozen=True, slots=True)
class NotAbove:
    """A number of the act is not above a number of the only act of another kind."""

    fact: str
    kind: str
    other: str


Demand = Fact | Other | Officers | NotAbove
Alternatives = tuple[tuple[Demand, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty; ``says`` is what it asks for, in words."""

    id: str
    says: str
    kinds: tuple[str, ...]
    need: Alternatives
    where: tuple[Demand, ...] = ()
    head: tuple[Head, ...] = ()
    unless: Alternatives = ()


ROLES = ("执法人员", "主办", "协办", "记录人")
CONFIRMED = ("签名", "盖章", "捺印", "电子签名", "其他方式确认", "拒签注明")
SYSTEM = "国家企业信用信息公示系统"
PENALTY = Fact("决定类型", "is", "行政处罚")
ORDINARY = Head("procedure", "is", "普通程序")
SUMMARY = Head("procedure", "is", "简易程序")
MARKET = Head("field", "is", "市场监管")
POLICE = Head("field", "one_of", ("公安", "治安管理"))
SHOWN = (Fact("出示证件", "is"), Fact("出示证件异议", "is_not"))
TWO = ((Officers(2),),)
HEARD = Fact("放弃听证情形", "not_given")
NOTICES = ("事先告知", "听证告知")


def _told(what: str) -> Other:
    return Other(NOTICES, (Fact("告知内容", "includes", (what,)),), "until")


def _one(*demands: Demand) -> Alternatives:
    return (demands,)


RULES = (
    Rule(
        "decision-sealed",
        "处罚决定书有印章",
        ("执法决定",),
        _one(Fact("印章", "is")),
        where=(PENALTY,),
        head=(ORDINARY,),
    ),
    Rule(
        "decision-content",
        "处罚决定书载明十项内容",
        ("执法决定",),
        _one(
            Fact(
                "载明事项",
                "includes",
                ("当事人姓名名称", "当事人地址", "违法事实", "证据", "处罚种类", "处罚依据", "履行方式和期限")
                + ("救济途径和期限", "机关名称", "决定日期"),
            )
        ),
        where=(PENALTY,),
        head=(ORDINARY, Head("field", "is_not", "治安管理")),
    ),
    Rule(
        "penalty-basis-published", "处罚依据已公布", ("执法决定",), _one(Fact("依据已公布", "is")), (PENALTY,)
    ),
    Rule(
        "cited-benchmark-published",
        "引用的裁量基准已公布",
        ("执法决定",),
        _one(Fact("裁量基准已公布", "is")),
        (Fact("引用裁量基准", "is"),),
    ),
    Rule(
        "credentials-shown",
        "调查时出示证件，没有异议",
        ("现场检查", "询问", "抽样取证", "证据提取", "先行登记保存"),
        (SHOWN,),
    ),
    Rule(
        "credentials-shown-on-service",
        "当面送达时出示证件，没有异议",
        ("送达",),
        (SHOWN,),
        (Fact("送达方式", "one_of", ("直接送达", "留置送达", "当场交付")),),
    ),
    Rule(
        "monitoring-site-published",
        "监控设备设置地点公布，有明显标志",
        ("电子技术监控",),
        _one(Fact("设置地点公布", "is"), Fact("设置明显标志", "is")),
    ),
    Rule(
        "monitoring-facts-told",
        "监控记录的违法事实告知当事人，提供查询渠道，不限制申辩",
        ("电子技术监控",),
        _one(Fact("违法事实告知日期", "given"), Fact("提供查询渠道", "is"), Fact("限制陈述申辩", "is_not")),
    ),
    Rule(
        "penalty-acts-recorded",
        "取证、听证、送达等有文字或者音像记录",
        ("抽样取证", "证据提取", "先行登记保存", "陈述申辩", "听证", "送达", "强制执行", "代履行"),
        _one(Fact("记录形式", "includes_any", ("文字记录", "音像记录"))),
    ),
    Rule(
        "collective-discussion-recorded",
        "集体讨论有记录",
        ("集体讨论",),
        _one(Fact("记录形式", "includes_any", ("文字记录", "音像记录"))),
    ),
    Rule("recording-retrievable", "音像记录可以调取", ("音像记录",), _one(Fact("可调取", "is"))),
    Rule(
        "archive-complete",
        "归档没有缺失、毁损",
        ("归档",),
        _one(Fact("缺失材料", "not_given"), Fact("毁损丢失", "is_not")),
    ),
    Rule(
        "review-covers-seven-points",
        "法制审核覆盖七项内容",
        ("法制审核",),
        _one(
            Fact(
                "审核内容",
                "includes",
                ("主体和人员资格", "执法程序", "事实和证据", "法律适用和裁量基准", "执法权限", "执法文书")
                + ("涉嫌犯罪移送",),
            )
        ),
        head=(Head("field", "is_not", "生态环境"),),
    ),
    Rule(
        "recusal-decided",
        "回避申请有负责人决定，其间不停止调查",
        ("回避",),
        _one(
            Fact("回避决定", "given"),
            Fact("批准人职务", "one_of", ("主要负责人", "机关负责人", "上级机关负责人")),
            Fact("回避期间停止调查", "is_not"),
        ),
        (Fact("回避情形", "is", "申请回避"), Fact("回避对象", "is_not", "主要负责人")),
    ),
    Rule(
        "interview-confirmed",
        "询问笔录逐页确认，或者注明拒签",
        ("询问",),
        ((Fact("逐页确认", "is"),), (Fact("当事人确认", "is", "拒签注明"),)),
        head=(
            Head(
                "field",
                "one_of",
                ("市场监管", "农业", "交通运输", "住房城乡建设", "民政", "医疗保障", "公安", "治安管理"),
            ),
        ),
    ),
    Rule(
        "interview-officers-signed",
        "询问人在笔录上签名",
        ("询问",),
        _one(Fact("执法人员确认", "is")),
        head=(Head("field", "one_of", ("市场监管", "农业", "民政", "医疗保障", "公安", "治安管理")),),
    ),
    Rule(
        "site-record-party-confirmed",
        "在场的当事人确认现场笔录",
        ("现场检查",),
        _one(Fact("当事人确认", "one_of", CONFIRMED)),
        (Fact("当事人在场", "is"),),
        (Head("field", "one_of", ("市场监管", "住房城乡建设", "民政", "生态环境")),),
    ),
    Rule(
        "hearing-record",
        "当事人确认听证笔录",
        ("听证",),
        _one(Fact("当事人确认", "one_of", CONFIRMED)),
        (HEARD,),
    ),
    Rule(
        "two-officers",
        "检查、抽样、登记保存不少于两名执法人员",
        ("现场检查", "抽样取证", "先行登记保存"),
        TWO,
        unless=_one(POLICE, SUMMARY),
    ),
    Rule("two-officers-evidence", "提取证据不少于两名执法人员", ("证据提取",), TWO, unless=_one(POLICE)),
    Rule("two-officers-questioning", "询问不少于两名执法人员", ("询问",), TWO, unless=_one(POLICE, SUMMARY)),
    Rule(
        "surcharge-capped",
        "加处罚款每日不超过百分之三，总额不超过罚款",
        ("加处罚款",),
        _one(Fact("加处比例", "at_most", 3), NotAbove("加处金额", "执法决定", "罚款金额")),
    ),
    Rule(
        "summary-fine-limit",
        "简易程序罚款不超过限额",
        ("执法决定",),
        (
            (Fact("罚款金额", "at_most", 200),),
            (Head("party", "one_of", ("法人", "其他组织")), Fact("罚款金额", "at_most", 3000)),
        ),
        head=(SUMMARY,),
        unless=_one(Head("案件类别", "includes_any", ("道路交通安全", "出境入境边防"))),
    ),
    Rule(
        "decision-served",
        "处罚决定书七个工作日内送达",
        ("执法决定",),
        _one(
            Other(
                ("送达",), (Fact("送达文书", "one_of", ("行政处罚决定书", "当场行政处罚决定书")),), "after", 7
            )
        ),
        (PENALTY,),
        unless=(
            (Fact("宣告后当场交付", "is"),),
            (SUMMARY, Fact("当场交付", "is")),
            (Other(("送达",), (Fact("送达方式", "is", "公告送达"),)),),
        ),
    ),
    Rule(
        "market-penalty-published",
        "市场监管处罚二十个工作日内在企业信用系统公示",
        ("执法决定",),
        _one(Other(("公示",), (Fact("平台", "includes", (SYSTEM,)),), "after", 20)),
        (PENALTY, Fact("处罚种类", "is_not", ("警告",))),
        (MARKET, ORDINARY, Head("跨省", "is_not")),
        unless=(
            (Fact("依法不予公开", "is"),),
            (Head("party", "is", "公民"), Head("未成年人", "is")),
        ),
    ),
    Rule(
        "reversed-penalty-withdrawn",
        "变更、撤销的处罚三个工作日内撤回公示并说明理由",
        ("决定变更",),
        _one(Other(("公示撤回",), (Fact("理由公开", "is"),), "after", 3)),
        (
            Fact("变更情形", "one_of", ("变更", "撤销", "确认违法", "确认无效")),
            Other(("公示",), (Fact("终止日期", "not_given"),), "until"),
        ),
    ),
    Rule(
        "preservation-decided",
        "先行登记保存七个工作日内作出处理",
        ("先行登记保存",),
        _one(
            Other(("先行登记保存处理", "查封扣押", "检测鉴定", "移送"), when="after", working=7, naming=True)
        ),
    ),
    Rule(
        "penalty-execution-recorded",
        "罚款的执行情况有记录",
        ("执法决定",),
        (
            (
                Other(
                    ("缴款", "当场收缴", "延期分期缴纳", "加处罚款", "催告", "执行协议", "强制执行")
                    + ("申请法院强制执行", "中止执行", "终结执行", "决定变更", "复议诉讼"),
                    when="after",
                ),
            ),
            (
                Other(
                    ("结案",),
                    (
                        Fact(
                            "结案事由",
                            "one_of",
                            ("处罚决定执行完毕", "终结执行", "法院受理强制执行申请", "移送司法机关"),
                        ),
                    ),
                    "after",
                ),
            ),
        ),
        (Fact("罚款金额", "more_than", 0),),
        unless=_one(Fact("折抵情况", "includes", ("罚款已折抵",))),
    ),
    Rule(
        "hearing-notice",
        "听证的七个工作日前通知",
        ("听证",),
        _one(Other(("听证通知",), when="before", working=7)),
    ),
    Rule(
        "hearing-announced",
        "公开的听证三个工作日前公告",
        ("听证",),
        _one(Other(("听证公告",), when="before", working=3)),
        (Fact("公开举行", "is"),),
        (MARKET,),
    ),
    Rule(
        "secrecy-reviewed-before-release",
        "公示以前经过保密审查",
        ("公示",),
        _one(Other(("保密审查",), when="until", naming=True)),
    ),
    Rule(
        "market-case-examined",
        "市场监管普通程序的决定以前经过审核",
        ("执法决定",),
        _one(Other(("案件审核", "法制审核"), when="before")),
        head=(MARKET, ORDINARY),
    ),
    Rule(
        "notice-before-decision",
        "决定以前告知拟处罚内容、事实、理由和依据",
        ("执法决定",),
        _one(_told("拟处罚内容"), _told("事实"), _told("理由"), _told("依据")),
        (PENALTY,),
        (ORDINARY,),
        unless=(
            (
                Other(("送达",), (Fact("送达文书", "one_of", ("行政处罚事先告知书", "听证告知书")),)),
                Other(NOTICES, none=True),
            ),
            (Other(("陈述申辩",), (Fact("放弃陈述申辩", "is"), Fact("书面放弃", "is_not", False))),),
        ),
    ),
    Rule(
        "recordings-archived",
        "音像记录与案卷一并归档",
        ("音像记录",),
        _one(Other(("归档",), (Fact("音像记录归档", "is", False),), none=True)),
    ),
    Rule(
        "defence-not-refused",
        "没有拒绝听取陈述申辩，或者已经复核",
        ("执法决定",),
        (
            (Other(("事先告知", "陈述申辩"), (Fact("拒绝听取", "is"),), none=True),),
            (Other(("申辩复核",), when="before"),),
        ),
        (PENALTY,),
    ),
    Rule(
        "monitoring-record-reviewed",
        "没有审核通过的监控记录不用作处罚的依据",
        ("电子技术监控",),
        (
            (Fact("记录审核结论", "is", "审核通过"),),
            (Other(("执法决定",), (PENALTY,), none=True),),
        ),
        (Fact("用作定案依据", "is"),),
    ),
)
IDS = tuple(rule.id for rule in RULES)
