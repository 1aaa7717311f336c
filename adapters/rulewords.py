"""Titles and messages held against what their rule does: the numbers, their units, and their direction.

A number is told only where the rule has another one of its sort, or leaves the number of its verb out; a
direction only where the words leave no doubt. What cannot be told for sure is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from adapters.quantities import Quantity, plain, quantities
from adapters.ruleuses import Direction, Used, uses_of
from engine.rule import Rule
from engine.rulebook import Rulebook
from engine.verbs.base import Verb
from engine.verbs.content import AtLeast, AtMost
from engine.verbs.dates import Dated, point_words
from engine.verbs.duration import Lasts
from engine.verbs.order import FollowedBy, PrecededBy, Within
from engine.verbs.people import DoneBy

_CHINESE: Mapping[Direction, str] = {"most": "上限", "least": "下限"}
_WORDS: Mapping[Direction, str] = {"most": "不超过、以内", "least": "至少、不少于"}

_MOST = r"(?:不[得应能]?(?:超过|高于|多于|大于|长于|晚于|迟于)|最[长多高晚迟]|至多)"
_LEAST = r"(?:至少|最少|最低|不[得应能]?(?:少于|低于|短于|小于|早于)|提前)"
_MOST_BEFORE = re.compile(rf"{_MOST}([^，。；：、]{{0,4}})$")
_LEAST_BEFORE = re.compile(rf"{_LEAST}([^，。；：、]{{0,4}})$")
_INSIDE = re.compile(r"(?:之|以)?内(?![部容蒙设地外])")
_FORBIDS = re.compile(r"不得|不能|不可|不应|禁止|没有|未|才|方可|[过满]后")
_DEMANDS = re.compile(r"应当|不得|必须|须")
_CLAUSE = re.compile(r"[，。；：！？]")
_PARTS = re.compile(r"(?<=[，。；：！？])")
_GAP = "\ufffc"
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_TURNED = {"due": r"不[得应能]?早于", "latest": r"不[得应能]?早于"}
"""Words before a placeholder that always is the last lawful moment, and say the opposite."""


class Wrong(NamedTuple):
    """What is wrong under a key of a rule, and what to write instead."""

    key: str
    text: str
    advice: str


def word_faults(rule: Rule, rulebook: Rulebook) -> Iterator[Wrong]:
    """Yield what the title and the message say of numbers and directions, and the rule does not do."""
    used = uses_of(rule, rulebook)
    yield from _number_faults("title", rule.title, rule, used)
    yield from _direction_faults("title", rule.title, used)
    yield from _turned_fact(rule.title, rule.verb)
    message = _PLACEHOLDER.sub(_GAP, rule.message)
    yield from _number_faults("message", message, rule, used)
    # The rest of a message tells what was found, in words of the opposite direction.
    demands = "".join(part for part in _PARTS.split(message) if _DEMANDS.search(part))
    yield from _direction_faults("message", demands, used)
    yield from _turned_placeholder(rule.message, rule.verb)


# Numbers


def _number_faults(key: str, text: str, rule: Rule, used: Sequence[Used]) -> Iterator[Wrong]:
    for one in quantities(text):
        if any(one.equals(other.quantity) for other in used) or _next_day(one, text, used):
            continue
        own = [other.quantity for other in used if other.own and _is_stated(other.quantity)]
        others = dict.fromkeys(other.words for other in own if other.sort == one.sort)
        told = f"{key} 写的“{one.words}”，规则里没有"
        if others:
            yield Wrong(key, told, f"规则里是{'、'.join(others)}；改 {key}，或者改规则")
        elif option := _left_out(one, text, rule.verb):
            yield Wrong(key, told, f"在 {option} 写明，或者从 {key} 中删去")


def _is_stated(one: Quantity) -> bool:
    """Tell whether a quantity of a rule is one that words would name: 0元 and one person are not."""
    return bool(one.unit) and (one.sort == "期间" or one.amount > 1)


def _next_day(one: Quantity, text: str, used: Sequence[Used]) -> bool:
    """Tell whether the rule counts a period as the day next to its end, or months as their days.

    What may be done 满十日后 has a notice of eleven days, and who applies 提前三十日 does not do so within
    29 days: at a bound that a verb demands only the first, elsewhere both.
    """
    full = _is_full(one, plain(text))
    periods = [other for other in used if one.sort == other.quantity.sort == "期间"]
    return any(_is_next(one, other, full) for other in periods)


def _is_next(one: Quantity, other: Used, full: bool) -> bool:
    amount, days = one.amount, other.quantity.amount
    if (one.unit, other.quantity.unit) == ("月", "日"):
        return (full or other.direction is None) and 28 * amount <= days <= 31 * amount + 1
    if one.unit != other.quantity.unit or abs(days - amount) != 1:
        return False
    return other.direction is None or (full and other.direction == "least" and days > amount)


def _is_full(one: Quantity, text: str) -> bool:
    """Tell whether a text speaks of what is when a period is over."""
    before, after = text[: one.start], text[one.end :]
    return before.endswith(("满", "过")) or bool(re.match(r"[^，。；]{0,6}[后满]", after))


def _left_out(one: Quantity, text: str, verb: Verb) -> str:
    """Return the option of a single verb that would hold such a number and is not written."""
    if one.sort == "期间":
        flat = plain(text)
        if isinstance(verb, FollowedBy) and verb.within is None and _demands(one, flat, r"(?:以|之)?内"):
            return "followed_by 的 within"
        if isinstance(verb, PrecededBy) and verb.at_least is None and _demands(one, flat, "以?前"):
            return "preceded_by 的 at_least"
    if one.sort == "人" and isinstance(verb, DoneBy) and verb.at_least == 1 and not verb.every:
        after = text[one.end : one.end + 12].removeprefix("以上").removeprefix("的")
        if after.startswith(tuple(verb.role)):
            return "done_by 的 at_least"
    return ""


def _demands(one: Quantity, text: str, word: str) -> bool:
    """Tell whether a clause demands something with a quantity and a word, and is no condition (…的)."""
    before, after = _clause(one, text)
    if not re.match(word, after) or after.endswith("的") or _FORBIDS.search(before + after):
        return False
    return "应当" in before or bool(re.match(rf"{word}应当", after))


def _clause(one: Quantity, text: str) -> tuple[str, str]:
    """Return what stands before and after a quantity in its clause."""
    return _CLAUSE.split(text[: one.start])[-1], _CLAUSE.split(text[one.end :])[0]


# Directions


def _direction_faults(key: str, text: str, used: Sequence[Used]) -> Iterator[Wrong]:
    named = list(quantities(text))
    for one in named:
        said = _said(plain(text), one)
        meant = {other.direction for other in used if one.equals(other.quantity)}
        # The same quantity may be named twice, once as the most and once as the least.
        sure = all(_said(plain(text), other) == said for other in named if other.equals(one))
        if said and sure and len(meant) == 1 and None not in meant and said not in meant:
            yield _turned(key, one.words, said)


def _turned(key: str, words: str, said: Direction) -> Wrong:
    meant: Direction = "least" if said == "most" else "most"
    text = f"{key} 把“{words}”写成{_CHINESE[said]}，规则里是{_CHINESE[meant]}"
    return Wrong(key, text, f"写成“{_WORDS[meant]}”，或者改规则")


def _said(text: str, one: Quantity) -> Direction | None:
    """Return the direction in which a text speaks of a quantity, if that is beyond doubt."""
    before, after = _clause(one, text)
    most, least = _MOST_BEFORE.search(before), _LEAST_BEFORE.search(before)
    found = most or least
    if found and ("前" in found[1] or re.match("[以之]?前", after)):
        return None  # 不晚于听证七日前 is a notice of at least seven days.
    if found:
        return None if most and least else "most" if most else "least"
    if _INSIDE.match(after) and not _FORBIDS.search(before + after):
        return "most"
    return None


def _turned_fact(title: str, verb: Verb) -> Iterator[Wrong]:
    """Yield that a fact named in the text has its bound on the other side."""
    said: Direction
    if isinstance(verb, (AtMost, AtLeast)):
        own, most, least = verb.fact, _MOST, _LEAST
        meant: Direction = "most" if isinstance(verb, AtMost) else "least"
    elif isinstance(verb, Dated) and (verb.not_before is None or not (verb.not_after or verb.within)):
        own, most, least = point_words(verb.fact), r"不[得应能]?[晚迟]于", r"不[得应能]?早于"
        meant = "least" if verb.not_before is not None else "most"
    else:
        return
    for said, words in (("most", most), ("least", least)):
        found = re.search(rf"{re.escape(own)}(?:应当|须|原则上)?({words})", title)
        if found and said != meant:
            yield _turned("title", found[0], said)


def _turned_placeholder(message: str, verb: Verb) -> Iterator[Wrong]:
    turned = dict(_TURNED)
    if isinstance(verb, AtMost):
        turned["bound"] = _LEAST
    elif isinstance(verb, AtLeast):
        turned["bound"] = _MOST
    if isinstance(verb, PrecededBy):
        turned["period"] = _MOST
    elif isinstance(verb, (FollowedBy, Within, Lasts, Dated)):
        turned["period"] = _LEAST
    for name, words in turned.items():
        if found := re.search(rf"({words})\s*\{{{name}\}}", message):
            said: Direction = "most" if words == _MOST else "least"
            yield _turned("message", found[0], said)
