"""Features: what is told to the rete of one fact of the file, always as an interval of integers.

What is known is a point, what is unknown reaches over everything it could be. So "certainly" and
"possibly" are both plain conjunctions of comparisons: the one asks the near end, the other the far.
Words become numbers; membership in a list, beginnings and presence are asked here and told as 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

from casefiles.moments import parse_moment
from casefiles.terms import FactTerm, FactType
from engine.rete.days import NEVER

Interval = tuple[int, int]

SCALE: Final = 10_000
"""Amounts are told in units of 0.0001: integers, exact for every rate and sum of the rules."""
LARGEST: Final = (1 << 60) // SCALE


class Silence(Enum):
    """Why there is no value: the source denies it by its silence, or nobody knows."""

    DENIED = "denied"
    UNKNOWN = "unknown"


Told = Any
"""A value of a fact, or a Silence."""


class Inexpressible(ValueError):
    """Why a rule, or a file, cannot be put to the second engine exactly; Chinese, for users."""


class How(Enum):
    """How a value is told."""

    WORD = "word"
    NUMBER = "number"
    DAY = "day"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing told of the head (``h``), an act (``a``) or a person (``p``).

    ``question`` and ``operand`` name the yes-or-no question of an answer.
    """

    scope: str
    name: str
    how: How
    question: str = ""
    operand: tuple[str, ...] = ()


ABSENT_WORD, OTHER_WORD, FIRST_WORD = 0, 1, 2


def word_of(value: str | bool, words: Mapping[str | bool, int]) -> int:
    """Return the number of a word; all words that no rule speaks of are one."""
    return words.get(value, OTHER_WORD)


def interval(feature: Feature, value: Told, words: Mapping[str | bool, int]) -> Interval:
    """Return what the rete is told of a value; raises Inexpressible for what it cannot be told."""
    if feature.how is How.ANSWER:
        return _answer(feature, value)
    if value is Silence.UNKNOWN:
        return -1, NEVER
    if feature.how is How.WORD:
        point = ABSENT_WORD if value is Silence.DENIED else word_of(_plain(value), words)
    elif value is Silence.DENIED:
        point = -1
    elif feature.how is How.DAY:
        point = parse_moment(value).day
    else:
        point = scaled(value)
    return point, point


def _plain(value: Told) -> str | bool:
    if isinstance(value, (str, bool)):
        return value
    raise Inexpressible("事实的类型与词表不符")


def scaled(value: Told) -> int:
    """Return a number in units of 0.0001; raises Inexpressible where that is not exact."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Inexpressible("应为数字的事实不是数字")
    try:
        exact = Decimal(str(value)) * SCALE
    except InvalidOperation:
        raise Inexpressible("数字不能精确表示") from None
    if not exact.is_finite() or exact != exact.to_integral_value() or not 0 <= exact <= LARGEST * SCALE:
        raise Inexpressible("数字的小数多于四位，或者超出范围")
    return int(exact)


def _answer(feature: Feature, value: Told) -> Interval:
    if value is Silence.UNKNOWN:
        # Where only words count, what was not said is no.
        return (0, 0) if feature.question in ("says", "says_list") else (0, 1)
    answer = QUESTIONS[feature.question](None if value is Silence.DENIED else value, feature.operand)
    return (0, 1) if answer is None else (int(answer), int(answer))


CONFIRMING = frozenset({"签名", "盖章", "捺印", "电子签名", "其他方式确认", "拒签注明"})


def _confirmed(value: Told, _: tuple[str, ...]) -> bool | None:
    """Tell whether somebody signed; a source that says nothing of it leaves it open."""
    if value is None:
        return None
    return value if isinstance(value, bool) else value in CONFIRMING


QUESTIONS: Mapping[str, Callable[[Told, tuple[str, ...]], bool | None]] = {
    "one_of": lambda value, wanted: value in wanted,
    "all_of_list": lambda value, wanted: isinstance(value, list) and set(wanted) <= set(value),
    "any_of_list": lambda value, wanted: isinstance(value, list) and not set(wanted).isdisjoint(value),
    "same_list": lambda value, wanted: isinstance(value, list) and tuple(value) == wanted,
    "begins": lambda value, wanted: isinstance(value, str) and value.startswith(wanted),
    "given": lambda value, _: value is not None and value != [],
    "says": lambda value, wanted: (
        ("是" if value else "否") == wanted[0] if isinstance(value, bool) else value == wanted[0]
    ),
    "says_list": lambda value, wanted: isinstance(value, list) and tuple(value) == wanted,
    "confirmed": _confirmed,
}
"""The questions answered before the rete; each gets the value, ``None`` where it is denied."""

_TYPES: Mapping[FactType, type | tuple[type, ...]] = {
    FactType.FLAG: bool,
    FactType.COUNT: int,
    FactType.AMOUNT: (int, float),
    FactType.LIST: list,
}


def demand_type(term: FactTerm, value: Told) -> None:
    """Raise Inexpressible for a value that is not of the type of its fact."""
    wanted = _TYPES.get(term.type, str)
    numeric = term.type in (FactType.COUNT, FactType.AMOUNT)
    if not isinstance(value, wanted) or (numeric and isinstance(value, bool)):
        raise Inexpressible(f"“{term.name}”的值与词表的类型不符")
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        raise Inexpressible(f"“{term.name}”的列表中有不是文字的内容")
