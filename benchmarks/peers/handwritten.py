"""The rules as somebody would write them by hand: plain functions on the dicts that ``json.loads`` gives.

Acts are put in lists by kind once; each function knows what it looks for. No engine, no evidence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.peers.days import Day, table
from benchmarks.peers.rules import CONFIRMED, RULES, SYSTEM
from benchmarks.peers.verdicts import Check, Verdicts

Act = dict[str, Any]
Judged = Iterator[tuple[Act, bool]]
DAYS: dict[str, Day] = {}
OFFICERS = {"执法人员", "主办", "协办", "记录人"}
SIGNED = set(CONFIRMED)
CONTENT = {"当事人姓名名称", "当事人地址", "违法事实", "证据", "处罚种类", "处罚依据", "履行方式和期限"} | {
    "救济途径和期限",
    "机关名称",
    "决定日期",
}
POINTS = {"主体和人员资格", "执法程序", "事实和证据", "法律适用和裁量基准", "执法权限", "执法文书"} | {
    "涉嫌犯罪移送"
}
INTERVIEWS = {"市场监管", "农业", "交通运输", "住房城乡建设", "民政", "医疗保障", "公安", "治安管理"}
SIGNED_INTERVIEWS = {"市场监管", "农业", "民政", "医疗保障", "公安", "治安管理"}
EXECUTED = {"处罚决定执行完毕", "终结执行", "法院受理强制执行申请", "移送司法机关"}
EXECUTION = ("缴款", "当场收缴", "延期分期缴纳", "加处罚款", "催告", "执行协议", "强制执行") + (
    "申请法院强制执行",
    "中止执行",
    "终结执行",
    "决定变更",
    "复议诉讼",
)


class File:
    """One file with its acts by kind."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.procedure, self.field = case["procedure"], case["field"]
        self.kinds: dict[str, list[Act]] = {}
        for act in case["acts"]:
            act["on"] = DAYS[act["starts"][:10]]
            act.setdefault("facts", {})
            self.kinds.setdefault(act["kind"], []).append(act)
        party = case["parties"][0]
        self.party, self.party_facts, self.facts = party["kind"], party["facts"], case["facts"]

    def acts(self, *kinds: str) -> Iterator[Act]:
        """Yield the acts of some kinds."""
        for kind in kinds:
            yield from self.kinds.get(kind, ())

    def penalties(self) -> Iterator[Act]:
        """Yield the decisions that impose a penalty."""
        for act in self.acts("执法决定"):
            if act["facts"].get("决定类型") == "行政处罚":
                yield act


def in_time(start: Act, act: Act, working: int) -> bool:
    """Tell whether an act comes after another within so many working days."""
    one, two = start["on"], act["on"]
    return bool(two.day >= one.day and two.before + 1 - one.through <= working)


def two_officers(act: Act) -> bool:
    """Tell whether at least two officers took part."""
    return len({part["person"] for part in act.get("by", ()) if part["role"] in OFFICERS}) >= 2


def decision_sealed(file: File) -> Judged:
    if file.procedure == "普通程序":
        for act in file.penalties():
            yield act, act["facts"].get("印章") is True


def decision_content(file: File) -> Judged:
    if file.procedure == "普通程序" and file.field != "治安管理":
        for act in file.penalties():
            yield act, CONTENT.issubset(act["facts"].get("载明事项", ()))


def penalty_basis_published(file: File) -> Judged:
    for act in file.penalties():
        yield act, act["facts"].get("依据已公布") is True


def cited_benchmark_published(file: File) -> Judged:
    for act in file.acts("执法决定"):
        if act["facts"].get("引用裁量基准") is True:
            yield act, act["facts"].get("裁量基准已公布") is True


def _shown(facts: dict[str, Any]) -> bool:
    return facts.get("出示证件") is True and facts.get("出示证件异议") is not True


def credentials_shown(file: File) -> Judged:
    for act in file.acts("现场检查", "询问", "抽样取证", "证据提取", "先行登记保存"):
        yield act, _shown(act["facts"])


def credentials_shown_on_service(file: File) -> Judged:
    for act in file.acts("送达"):
        if act["facts"].get("送达方式") in ("直接送达", "留置送达", "当场交付"):
            yield act, _shown(act["facts"])


def monitoring_site_published(file: File) -> Judged:
    for act in file.acts("电子技术监控"):
        facts = act["facts"]
        yield act, facts.get("设置地点公布") is True and facts.get("设置明显标志") is True


def monitoring_facts_told(file: File) -> Judged:
    for act in file.acts("电子技术监控"):
        facts = act["facts"]
        told = "违法事实告知日期" in facts and facts.get("提供查询渠道") is True
        yield act, told and facts.get("限制陈述申辩") is not True


def _recorded(act: Act) -> bool:
    forms = act["facts"].get("记录形式", ())
    return "文字记录" in forms or "音像记录" in forms


def penalty_acts_recorded(file: File) -> Judged:
    for act in file.acts(
        "抽样取证", "证据提取", "先行登记保存", "陈述申辩", "听证", "送达", "强制执行", "代履行"
    ):
        yield act, _recorded(act)


def collective_discussion_recorded(file: File) -> Judged:
    for act in file.acts("集体讨论"):
        yield act, _recorded(act)


def recording_retrievable(file: File) -> Judged:
    for act in file.acts("音像记录"):
        yield act, act["facts"].get("可调取") is True


def archive_complete(file: File) -> Judged:
    for act in file.acts("归档"):
        yield act, "缺失材料" not in act["facts"] and act["facts"].get("毁损丢失") is not True


def review_covers_seven_points(file: File) -> Judged:
    for act in file.acts("法制审核") if file.field != "生态环境" else ():
        yield act, POINTS.issubset(act["facts"].get("审核内容", ()))


def recusal_decided(file: File) -> Judged:
    for act in file.acts("回避"):
        facts = act["facts"]
        if facts.get("回避情形") == "申请回避" and facts.get("回避对象") != "主要负责人":
            heads = ("主要负责人", "机关负责人", "上级机关负责人")
            decided = "回避决定" in facts and facts.get("批准人职务") in heads
            yield act, decided and facts.get("回避期间停止调查") is not True


def interview_confirmed(file: File) -> Judged:
    if file.field in INTERVIEWS:
        for act in file.acts("询问"):
            facts = act["facts"]
            yield act, facts.get("逐页确认") is True or facts.get("当事人确认") == "拒签注明"


def interview_officers_signed(file: File) -> Judged:
    if file.field in SIGNED_INTERVIEWS:
        for act in file.acts("询问"):
            yield act, act["facts"].get("执法人员确认") is True


def site_record_party_confirmed(file: File) -> Judged:
    if file.field in ("市场监管", "住房城乡建设", "民政", "生态环境"):
        for act in file.acts("现场检查"):
            if act["facts"].get("当事人在场") is True:
                yield act, act["facts"].get("当事人确认") in SIGNED


def hearing_record(file: File) -> Judged:
    for act in file.acts("听证"):
        if "放弃听证情形" not in act["facts"]:
            yield act, act["facts"].get("当事人确认") in SIGNED


def _police(file: File) -> bool:
    return file.field in ("公安", "治安管理")


def two_officers_on_site(file: File) -> Judged:
    if not (_police(file) and file.procedure == "简易程序"):
        for act in file.acts("现场检查", "抽样取证", "先行登记保存"):
            yield act, two_officers(act)


def two_officers_evidence(file: File) -> Judged:
    if not _police(file):
        for act in file.acts("证据提取"):
            yield act, two_officers(act)


def two_officers_questioning(file: File) -> Judged:
    if not (_police(file) and file.procedure == "简易程序"):
        for act in file.acts("询问"):
            yield act, two_officers(act)


def surcharge_capped(file: File) -> Judged:
    for act in file.acts("加处罚款"):
        fine = next(file.acts("执法决定"))["facts"]["罚款金额"]
        yield act, act["facts"]["加处比例"] <= 3 and act["facts"]["加处金额"] <= fine


def summary_fine_limit(file: File) -> Judged:
    if file.procedure != "简易程序":
        return
    if {"道路交通安全", "出境入境边防"} & set(file.facts.get("案件类别", ())):
        return
    limit = 3000 if file.party in ("法人", "其他组织") else 200
    for act in file.acts("执法决定"):
        yield act, act["facts"].get("罚款金额", 0) <= limit


def decision_served(file: File) -> Judged:
    for act in file.penalties():
        if act["facts"].get("宣告后当场交付") is True:
            continue
        if file.procedure == "简易程序" and act["facts"].get("当场交付") is True:
            continue
        if any(one["facts"].get("送达方式") == "公告送达" for one in file.acts("送达")):
            continue
        papers = ("行政处罚决定书", "当场行政处罚决定书")
        yield (
            act,
            any(one["facts"].get("送达文书") in papers and in_time(act, one, 7) for one in file.acts("送达")),
        )


def market_penalty_published(file: File) -> Judged:
    if file.field != "市场监管" or file.procedure != "普通程序" or file.party_facts.get("跨省") is True:
        return
    if file.party == "公民" and file.party_facts.get("未成年人") is True:
        return
    for act in file.penalties():
        if act["facts"].get("处罚种类") == ["警告"] or act["facts"].get("依法不予公开") is True:
            continue
        shown = (one for one in file.acts("公示") if SYSTEM in one["facts"].get("平台", ()))
        yield act, any(in_time(act, one, 20) for one in shown)


def reversed_penalty_withdrawn(file: File) -> Judged:
    for act in file.acts("决定变更"):
        if act["facts"].get("变更情形") not in ("变更", "撤销", "确认违法", "确认无效"):
            continue
        shown = (one for one in file.acts("公示") if "终止日期" not in one["facts"])
        if any(one["on"].day <= act["on"].day for one in shown):
            taken = (one for one in file.acts("公示撤回") if one["facts"].get("理由公开") is True)
            yield act, any(in_time(act, one, 3) for one in taken)


def preservation_decided(file: File) -> Judged:
    for act in file.acts("先行登记保存"):
        handled = file.acts("先行登记保存处理", "查封扣押", "检测鉴定", "移送")
        yield act, any(act["id"] in one.get("about", ()) and in_time(act, one, 7) for one in handled)


def penalty_execution_recorded(file: File) -> Judged:
    for act in file.acts("执法决定"):
        if act["facts"].get("罚款金额", 0) <= 0 or "罚款已折抵" in act["facts"].get("折抵情况", ()):
            continue
        day = act["on"].day
        yield (
            act,
            any(one["on"].day >= day for one in file.acts(*EXECUTION))
            or any(
                one["on"].day >= day and one["facts"].get("结案事由") in EXECUTED for one in file.acts("结案")
            ),
        )


def _ahead(file: File, act: Act, kind: str, working: int) -> bool:
    return any(act["on"].before - one["on"].before >= working for one in file.acts(kind))


def hearing_notice(file: File) -> Judged:
    for act in file.acts("听证"):
        yield act, _ahead(file, act, "听证通知", 7)


def hearing_announced(file: File) -> Judged:
    if file.field == "市场监管":
        for act in file.acts("听证"):
            if act["facts"].get("公开举行") is True:
                yield act, _ahead(file, act, "听证公告", 3)


def secrecy_reviewed_before_release(file: File) -> Judged:
    for act in file.acts("公示"):
        yield (
            act,
            any(
                act["id"] in one.get("about", ()) and one["on"].day <= act["on"].day
                for one in file.acts("保密审查")
            ),
        )


def market_case_examined(file: File) -> Judged:
    if file.field == "市场监管" and file.procedure == "普通程序":
        for act in file.acts("执法决定"):
            yield act, any(one["on"].day < act["on"].day for one in file.acts("案件审核", "法制审核"))


def notice_before_decision(file: File) -> Judged:
    if file.procedure != "普通程序":
        return
    notices = list(file.acts("事先告知", "听证告知"))
    papers = ("行政处罚事先告知书", "听证告知书")
    if not notices and any(one["facts"].get("送达文书") in papers for one in file.acts("送达")):
        return
    for one in file.acts("陈述申辩"):
        if one["facts"].get("放弃陈述申辩") is True and one["facts"].get("书面放弃") is not False:
            return
    for act in file.penalties():
        told: set[str] = set()
        for one in notices:
            if one["on"].day <= act["on"].day:
                told.update(one["facts"].get("告知内容", ()))
        yield act, told.issuperset(("拟处罚内容", "事实", "理由", "依据"))


def recordings_archived(file: File) -> Judged:
    left = any(one["facts"].get("音像记录归档") is False for one in file.acts("归档"))
    for act in file.acts("音像记录"):
        yield act, not left


def defence_not_refused(file: File) -> Judged:
    for act in file.penalties():
        refused = any(one["facts"].get("拒绝听取") is True for one in file.acts("事先告知", "陈述申辩"))
        checked = any(one["on"].day < act["on"].day for one in file.acts("申辩复核"))
        yield act, not refused or checked


def monitoring_record_reviewed(file: File) -> Judged:
    for act in file.acts("电子技术监控"):
        if act["facts"].get("用作定案依据") is True:
            passed = act["facts"].get("记录审核结论") == "审核通过"
            yield act, passed or not any(file.penalties())


FUNCTIONS: dict[str, Callable[[File], Judged]] = {
    rule.id: globals()[{"two-officers": "two_officers_on_site"}.get(rule.id, rule.id.replace("-", "_"))]
    for rule in RULES
}


def build() -> Check:
    """Return the check."""
    DAYS.update(table())

    def verdicts(data: bytes) -> Verdicts:
        file = File(json.loads(data))
        return [(rule, act["id"], kept) for rule, judge in FUNCTIONS.items() for act, kept in judge(file)]

    return verdicts
