"""Whether a fact has a value of its type and, where the vocabulary lists them, an allowed one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from casefiles.mistakes import Mistake, did_you_mean, shortened
from casefiles.model import Fact, Path
from casefiles.plain import MOMENT_ADVICE, MOST_DIGITS, moment_mistake
from casefiles.terms import FactTerm, FactType

WANTED: Mapping[FactType, tuple[str, str]] = {
    FactType.FLAG: ("是或者否", "JSON 写 true 或 false，XML 写 是 或 否"),
    FactType.COUNT: ("不小于零的整数", f"只写数字，不写单位，至多 {MOST_DIGITS} 位"),
    FactType.AMOUNT: ("不小于零的数，以元计", f"只写数字，不写单位，至多 {MOST_DIGITS} 位"),
    FactType.TEXT: ("文字", "请改为文字"),
    FactType.CHOICE: ("词表所列的一个词", "请改为文字"),
    FactType.LIST: ("列表", "JSON 写 […]，XML 每项写一个 <item>"),
    FactType.MOMENT: ("日期的文字", MOMENT_ADVICE),
    FactType.PERIOD: ("期限的文字", "写作 7个工作日、30日、3个月、2年、24小时"),
}
"""For each type of fact what its value is called, and how it is written."""

PERIOD_PATTERN = "[1-9][0-9]{0,3} ?(个工作日|工作日|日|天|个月|年|小时|(working day|day|month|year|hour)s?)"
"""How a period is written: a number and always a unit."""

_PERIOD = re.compile(PERIOD_PATTERN)


def fact_mistakes(term: FactTerm, value: Fact, path: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the value of a fact that may stand where it stands."""
    if not _HAS_TYPE[term.type](value):
        wanted, advice = WANTED[term.type]
        shown = shortened(_shown(value))
        yield Mistake(path, f"“{term.name}”应为{wanted}，写的是“{shown}”", advice)
    elif isinstance(value, str):
        yield from _text_mistakes(term, value, path)
    elif isinstance(value, list) and term.values:
        for index, item in enumerate(value):
            yield from _choice_mistakes(term, item, (*path, index))


def _text_mistakes(term: FactTerm, value: str, path: Path) -> Iterator[Mistake]:
    if term.type is FactType.CHOICE:
        yield from _choice_mistakes(term, value, path)
    elif term.type is FactType.MOMENT and (wrong := moment_mistake(value)):
        yield Mistake(path, f"“{term.name}”中{wrong[0]}", wrong[1])
    elif term.type is FactType.PERIOD and not is_period(value):
        text = f"“{term.name}”中“{shortened(value)}”没有写清数目和单位"
        yield Mistake(path, text, WANTED[FactType.PERIOD][1])


def _choice_mistakes(term: FactTerm, value: str, path: Path) -> Iterator[Mistake]:
    if term.values and value not in term.values:
        text = f"“{term.name}”不能是“{shortened(value)}”"
        yield Mistake(path, text, did_you_mean(value, term.values))


def is_period(text: str) -> bool:
    """Tell whether a text writes a period: a number and its unit."""
    return _PERIOD.fullmatch(text) is not None


def _shown(value: Fact) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "、".join(value) if isinstance(value, list) else str(value)


def _is_number(value: Fact) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_count(value: Fact) -> bool:
    return isinstance(value, int) and _is_number(value)


def _is_flag(value: Fact) -> bool:
    return isinstance(value, bool)


def _is_text(value: Fact) -> bool:
    return isinstance(value, str)


def _is_list(value: Fact) -> bool:
    return isinstance(value, list)


_HAS_TYPE: Mapping[FactType, Callable[[Fact], bool]] = {
    FactType.FLAG: _is_flag,
    FactType.COUNT: _is_count,
    FactType.AMOUNT: _is_number,
    FactType.TEXT: _is_text,
    FactType.CHOICE: _is_text,
    FactType.LIST: _is_list,
    FactType.MOMENT: _is_text,
    FactType.PERIOD: _is_text,
}
