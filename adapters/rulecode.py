"""The Python that was generated for a rule, with its names explained for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from engine.compiled.code import Code
from engine.compiled.evaluator import Evaluator
from engine.compiled.rulecode import DerivedCode, RuleCode
from engine.conditions import Condition
from engine.periods import Period
from engine.rule import Definition, Rule
from engine.rulebook import Rulebook

_PARAMETERS = (
    "file 案卷索引，act 环节，says 环节写明的事实，"
    "lacks 来源不能提供的事实，day 环节日期，alone 同类环节只此一个"
)
_ANSWERS = (
    "KEPT 肯定合规，OUTSIDE 依例外或者依据不适用，SKIPPED 不是对象，ASK 交谓词判断；"
    "没有有效依据的环节用 outside"
)
_FUNCTIONS = {
    "follows": "其后肯定有选中的环节，限期内的",
    "precedes": "此前肯定有选中的环节，提前足够的",
    "covers": "选中的环节肯定覆盖全程",
    "nothing_of": "肯定没有选中的环节",
    "other_number": "选中的环节中此前最后一个写明的数额，不能肯定为 None",
    "comes_after_all": "肯定在各个期限届满之后",
    "is_there": "选中的环节在卷 True、肯定不在 False、不明 None",
    "are_free": "公示内容看过，且没有所列事项",
    "are_enough": "肯定有足够的人参与",
    "are_too_few": "肯定不足所要求的人数",
    "are_kept_apart": "参与人员肯定没有参与另一类环节",
    "overlaps_nothing": "参与人员肯定没有同时参与另一环节",
    "compares": "比较写明的或者推导出的事实",
    "begins_with": "属于其中之一",
    "not_before": "不早于这一天",
    "Choice": "选中的环节：种类，是否不论针对哪一环节，事实条件（None 为不限）",
}
"""What the functions say that generated code calls; whatever is not certain is left to the verb."""

_TRUTH = re.compile(r"file\.truths\[(\d+)\]")
_NUMBER = re.compile(r"_\d+$")
_DAY = re.compile(r"\b(\d{6}) <= on|on <= (\d{6})\b")


def code_of(rule: Rule, rulebook: Rulebook) -> str:
    """Return the Python that was generated for a rule and for the definitions it rests on."""
    evaluator = rulebook.evaluator
    parts = [f"# 规则 {rule.id}：{rule.title}\n# 参数：{_PARAMETERS}。\n# 结果：{_ANSWERS}。\n"]
    parts.append(_explained(evaluator.code(rule), evaluator.code(rule).code, rulebook))
    for one in _definitions(rule, evaluator):
        words = f"{one.definition.title}（{one.definition.on}）"
        parts.append(f"\n# 定义 {one.definition.id}：{words}。derive：True 是，False 不是，None 不明。\n")
        parts.append(_explained(one, one.code, rulebook))
    return "".join(parts)


def _explained(written: RuleCode | DerivedCode, code: Code, rulebook: Rulebook) -> str:
    """Return a source behind the explanation of its names."""
    source = code.source
    lines = [*_named(written, code, rulebook), *_heads(written, source), *_days(source)]
    return "".join(f"#   {line}\n" for line in lines) + source.replace("\ndef ", "\n\ndef ")


def _named(written: RuleCode | DerivedCode, code: Code, rulebook: Rulebook) -> Iterator[str]:
    """Explain the objects that the source calls by a name."""
    subject = written.rule if isinstance(written, RuleCode) else written.definition
    limits = {name.replace("-", "_"): limit.title for name, limit in rulebook.limits.table.items()}
    periods = {str(period).replace(" ", "_"): period.chinese for period in _found(subject, Period)}
    for name, value in code.names.items():
        kind, _, rest = name.partition("_")
        if (told := _told(name, _FUNCTIONS)) != name:
            yield f"{name}：{told}"
        elif kind == "days":
            yield f"{name}：期间，{_told(rest, periods)}"
        elif kind == "term":
            yield f"{name}：期间，限值“{_told(rest, limits)}”"
        elif kind == "limit":
            yield f"{name}：限值“{_told(rest, limits)}”"
        elif kind == "demand":
            yield f"{name}：人数和资格，{value.sentence()}"
        elif isinstance(value, (frozenset, tuple)):
            yield f"{name}：{'、'.join(sorted(map(str, value)))}"


def _told(name: str, table: dict[str, str]) -> str:
    """Return what a name stands for; one that was taken has a number behind it."""
    return table.get(name) or table.get(_NUMBER.sub("", name), name)


def _heads(written: RuleCode | DerivedCode, source: str) -> Iterator[str]:
    """Explain the conditions on the head of the file."""
    for place in sorted({int(found) for found in _TRUTH.findall(source)}):
        yield f"file.truths[{place}]：案卷条件，{written.heads.conditions[place]}"


def _days(source: str) -> Iterator[str]:
    """Explain the days, which the source counts from the year 1."""
    days = sorted({int(one or other) for one, other in _DAY.findall(source)})
    if days:
        yield "日期：" + "，".join(f"{day} 即 {date.fromordinal(day)}" for day in days)


def _definitions(rule: Rule, evaluator: Evaluator) -> list[DerivedCode]:
    """Return the definitions that a rule rests on, itself or through others, in the order of the rulebook."""
    asked: list[Rule | Definition] = [rule]
    found: dict[int, DerivedCode] = {}
    while asked:
        names = {item.name for item in _found(asked.pop(), Condition)}
        for place, one in enumerate(evaluator.definitions):
            if one.definition.defines in names and place not in found:
                found[place] = one
                asked.append(one.definition)
    return [found[place] for place in sorted(found)]


def _found(data: object, wanted: type[Any]) -> Iterator[Any]:
    """Yield everything of a type that a rule or a definition is made of."""
    if isinstance(data, wanted):
        yield data
    elif isinstance(data, (list, tuple)):
        for item in data:
            yield from _found(item, wanted)
    else:
        for name in (*getattr(data, "__struct_fields__", ()), *getattr(data, "__dataclass_fields__", ())):
            yield from _found(getattr(data, name), wanted)
