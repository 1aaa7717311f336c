"""Conditions on facts: ``where: {决定类型: [行政处罚], 罚款金额: {at_least: 10000}}``.

A condition holds, does not hold, or is unknown. An absent fact differs from every value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from casefiles.model import Act, Path
from casefiles.moments import parse_moment
from casefiles.terms import suggestion
from engine.facts import ABSENT, HEAD_NAMES, UNKNOWN, CaseFacts, Known
from engine.findings import Evidence, Role, Settlement
from engine.limituse import LimitUse, NotSet
from engine.truth import Truth, both

if TYPE_CHECKING:
    from engine.limits import Limits

Operand = Any


def _is(value: Known, wanted: Operand) -> bool:
    return value is not ABSENT and value == wanted


def _one_of(value: Known, wanted: Operand) -> bool:
    return value is not ABSENT and value in wanted


def _includes(value: Known, wanted: Operand) -> bool:
    return isinstance(value, list) and all(item in value for item in wanted)


def _includes_any(value: Known, wanted: Operand) -> bool:
    return isinstance(value, list) and any(item in value for item in wanted)


def _at_least(value: Known, wanted: Operand) -> bool:
    return isinstance(value, (int, float)) and value >= wanted


def _at_most(value: Known, wanted: Operand) -> bool:
    return isinstance(value, (int, float)) and value <= wanted


def _more_than(value: Known, wanted: Operand) -> bool:
    return isinstance(value, (int, float)) and value > wanted


def _less_than(value: Known, wanted: Operand) -> bool:
    return isinstance(value, (int, float)) and value < wanted


def _begins_with(value: Known, wanted: Operand) -> bool:
    return isinstance(value, str) and any(value.startswith(start) for start in wanted)


def _not_before(value: Known, wanted: Operand) -> bool:
    return isinstance(value, str) and parse_moment(value).day >= parse_moment(str(wanted)).day


def _given(value: Known, wanted: Operand) -> bool:
    return (value is not ABSENT and value != []) is wanted


class Operator:
    """How a fact is compared, the words for it, and whether the operand is a list.

    ``says``: only what the file itself says counts; silence, whatever it means, is no. Each stands
    once in ``OPERATORS``; it is no struct because a stored rulebook names it instead of spelling it out.
    """

    __slots__ = ("many", "number", "says", "test", "words")

    def __init__(
        self,
        test: Callable[[Known, Operand], bool],
        words: str,
        *,
        many: bool = False,
        number: bool = False,
        says: bool = False,
    ) -> None:
        self.test = test
        self.words = words
        self.many = many
        self.number = number
        self.says = says


OPERATORS: Mapping[str, Operator] = {
    "is": Operator(_is, "{name}为{wanted}"),
    "is_not": Operator(lambda value, wanted: not _is(value, wanted), "{name}不是{wanted}"),
    "one_of": Operator(_one_of, "{name}为{wanted}之一", many=True),
    "none_of": Operator(lambda value, wanted: not _one_of(value, wanted), "{name}不是{wanted}", many=True),
    "includes": Operator(_includes, "{name}包括{wanted}", many=True),
    "includes_any": Operator(_includes_any, "{name}包括{wanted}之一", many=True),
    "excludes": Operator(
        lambda value, wanted: not _includes_any(value, wanted), "{name}不含{wanted}", many=True
    ),
    "at_least": Operator(_at_least, "{name}不低于{wanted}", number=True),
    "at_most": Operator(_at_most, "{name}不超过{wanted}", number=True),
    "more_than": Operator(_more_than, "{name}超过{wanted}", number=True),
    "less_than": Operator(_less_than, "{name}低于{wanted}", number=True),
    "begins_with": Operator(_begins_with, "{name}属于{wanted}", many=True),
    "not_before": Operator(_not_before, "{name}不早于{wanted}"),
    "says": Operator(_is, "已写明{name}为{wanted}", says=True),
    "given": Operator(_given, "已写明{name}"),
}


class Condition(Struct, frozen=True):
    """One comparison of one fact; ``wanted`` may be a limit that is looked up when asked."""

    name: str
    operator: Operator
    wanted: bool | int | float | str | list[Any] | LimitUse | None

    def holds(self, value: Known, wanted: Operand) -> Truth:
        """Compare a known value; the unknown compares to nothing, unless only words count."""
        if value is UNKNOWN:
            return False if self.operator.says else None
        return self.operator.test(value, wanted)

    def __str__(self) -> str:
        name = HEAD_NAMES.get(self.name, self.name)
        if self.operator.says:
            return self.operator.words.format(name=name, wanted=f"“{shown(self.wanted)}”")
        if self.wanted is True and "为" in self.operator.words:
            return name
        if self.wanted is False and "为" in self.operator.words:
            return f"非{name}"
        if self.wanted is True and "不是" in self.operator.words:
            return f"未标明{name}"
        if self.wanted is False and "已写明" in self.operator.words:
            return f"未写明{name}"
        return self.operator.words.format(name=name, wanted=_words(self.wanted))


def _words(wanted: Operand) -> str:
    if isinstance(wanted, list):
        return "、".join(f"“{item}”" for item in wanted)
    if isinstance(wanted, bool):
        return f"“{shown(wanted)}”"
    if isinstance(wanted, (LimitUse, int, float)):
        return str(wanted)
    return f"“{wanted}”"


class Conditions(Struct, frozen=True):
    """Conditions that must all hold, on the facts of an act or, without one, of the head."""

    items: tuple[Condition, ...] = ()

    def holds(self, facts: CaseFacts, act: Act | None, limits: Limits) -> Truth:
        """Tell whether all hold for an act (``None``: for the head)."""
        return both(self._truths(facts, act, limits))

    def _truths(self, facts: CaseFacts, act: Act | None, limits: Limits) -> Iterator[Truth]:
        for item in self.items:
            yield self._truth(item, facts, act, limits)

    def _truth(self, item: Condition, facts: CaseFacts, act: Act | None, limits: Limits) -> Truth:
        value = facts.head(item.name) if act is None else facts.fact(act, item.name)
        wanted = item.wanted
        if isinstance(wanted, LimitUse):
            if value is ABSENT:
                return False
            found = limits.find(wanted, facts, act)
            if isinstance(found, NotSet):
                return None
            wanted = found.value
        return item.holds(value, wanted)

    def unsettled(self, facts: CaseFacts, act: Act | None, limits: Limits) -> tuple[Settlement, ...]:
        """Return what would settle the conditions that are unknown."""
        return tuple(
            settlement
            for item in self.items
            if self._truth(item, facts, act, limits) is None
            for settlement in self._settlements(item, facts, act, limits)
        )

    def _settlements(
        self, item: Condition, facts: CaseFacts, act: Act | None, limits: Limits
    ) -> tuple[Settlement, ...]:
        if isinstance(item.wanted, LimitUse):
            found = limits.find(item.wanted, facts, act)
            if isinstance(found, NotSet):
                return (found.settlement,)
        return facts.settlements(act, item.name)

    def failing(self, facts: CaseFacts, act: Act | None, limits: Limits) -> tuple[Condition, ...]:
        """Return the conditions that certainly do not hold."""
        return tuple(item for item in self.items if self._truth(item, facts, act, limits) is False)

    def evidence(self, facts: CaseFacts, act: Act | None) -> tuple[Evidence, ...]:
        """Return the places of the facts that the conditions speak of."""
        found = []
        for item in self.items:
            value = facts.head(item.name) if act is None else facts.fact(act, item.name)
            if value is ABSENT or value is UNKNOWN:
                continue
            path = () if act is None else facts.path_of(act, "facts", item.name)
            if act is None and item.name in facts.case.facts:
                path = ("facts", item.name)
            text = f"{HEAD_NAMES.get(item.name, item.name)}：{shown(value)}"
            found.append(Evidence(Role.CONDITION, text, path))
        return tuple(found)

    def __str__(self) -> str:
        return "，".join(str(item) for item in self.items)


def shown(value: object) -> str:
    """Return a value as users read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value) or "（无）"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class ConditionError(ValueError):
    """A condition that cannot be; ``path`` leads to the culprit from where the conditions stand."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        super().__init__(text)


def conditions_from(data: Mapping[str, Any]) -> Conditions:
    """Compile the conditions of a document; raises ConditionError for an unknown operator."""
    return Conditions(tuple(item for name, wanted in data.items() for item in _items(name, wanted)))


def _items(name: str, wanted: Any) -> Iterator[Condition]:
    if not isinstance(wanted, Mapping):
        yield _default(name, wanted)
        return
    for word, operand in wanted.items():
        if word not in OPERATORS:
            near = suggestion(word, OPERATORS)
            advice = f"是否为“{near}”？" if near else f"可用：{'、'.join(OPERATORS)}"
            raise ConditionError(f"不认识的比较方式“{word}”｜{advice}", (name, word))
        operator = OPERATORS[word]
        if isinstance(operand, Mapping):
            if set(operand) != {"limit"} or not operator.number:
                text = "只能写 {limit: 限值编号}｜并与 at_least 等数量比较连用"
                raise ConditionError(text, (name, word))
            operand = LimitUse(operand["limit"])
        elif operator.number and (isinstance(operand, bool) or not isinstance(operand, (int, float))):
            raise ConditionError(f"“{word}”后应为数字或 {{limit: 限值编号}}", (name, word))
        elif operator.many and not isinstance(operand, list):
            operand = [operand]
        yield Condition(name, operator, operand)


def _default(name: str, wanted: Any) -> Condition:
    if name == "region":
        starts = wanted if isinstance(wanted, list) else [wanted]
        return Condition(name, OPERATORS["begins_with"], starts)
    return Condition(name, OPERATORS["one_of" if isinstance(wanted, list) else "is"], wanted)
