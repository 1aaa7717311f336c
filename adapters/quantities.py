"""Quantities in Chinese sentences: 七个工作日, 三十天, 24小时, 一年六个月, 5000元, 百分之五, 两名.

What may be something else is passed over: dates (一月三十一日, 2018年), ordinals (第三日), single persons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_ARABIC = r"[0-9][0-9,]*(?:\.[0-9]+)?[十百千万亿]?"
_CHINESE = r"[〇零一二两三四五六七八九十百千万亿]+"
_NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"
_UNITS = {
    r"个?工作日": "工作日",
    r"(?:个?自然日|日历日|日(?![志常历报程])|天(?![然津气]))": "日",
    r"个月": "月",
    r"年(?![度级轻龄报鉴检审初末底月])": "年",
    r"个?小时": "小时",
    r"元(?![旦素首])": "元",
    r"(?:名(?![称单义录额])|人(?![民次工均])|位(?![置阶]))": "人",
}
_QUANTITY = re.compile(
    rf"(?P<share>百分之)(?P<of>{_NUMBER})|(?P<percent>{_NUMBER})\s*%|"
    rf"(?P<number>{_NUMBER})\s*(?:"
    + "|".join(f"(?P<u{index}>{unit})" for index, unit in enumerate(_UNITS))
    + ")"
)
_NAMES = tuple(_UNITS.values())
_TITLES = re.compile(r"《[^》]*》|〔[^〕]*〕")
_FIRST_YEAR = 1000
"""From here on a number before 年 is a year of the calendar."""

PERIODS = ("工作日", "日", "月", "小时")


class Quantity(Struct, frozen=True):
    """An amount with its unit, and the words and the place where a text names it; a year is 12 月."""

    amount: float
    unit: str
    words: str = ""
    start: int = 0
    end: int = 0

    @property
    def sort(self) -> str:
        """What it measures: 期间, 元, 人 or 比例."""
        return "期间" if self.unit in PERIODS else self.unit

    def equals(self, other: Quantity) -> bool:
        """Tell whether both are the same amount of the same unit; without unit, of any."""
        if self.unit and other.unit:
            return (self.amount, self.unit) == (other.amount, other.unit)
        share = {self.amount / 100, other.amount / 100} if "比例" in (self.unit, other.unit) else set()
        return self.amount == other.amount or bool(share & {self.amount, other.amount})


def plain(text: str) -> str:
    """Return a text with narrow digits, and blanks in the place of the titles and numbers of papers.

    >>> plain("《二十日办法》，２０日"), len(plain("《二十日办法》"))
    ('       ，20日', 7)
    """
    narrow = "".join(
        unicodedata.normalize("NFKC", char) if char in "０１２３４５６７８９％" else char for char in text
    )
    return _TITLES.sub(lambda found: " " * len(found[0]), narrow)


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities that a text names, from left to right.

    >>> [(one.amount, one.unit) for one in quantities("七个工作日前，由两名以上人员在2018年3月1日起二十日内")]
    [(7.0, '工作日'), (2.0, '人'), (20.0, '日')]
    """
    whole: Quantity | None = None
    for one in _each(plain(text)):
        if whole and whole.unit == one.unit == "月" and whole.end == one.start:
            # 一年六个月 is one period.
            whole = Quantity(whole.amount + one.amount, "月", whole.words + one.words, whole.start, one.end)
            continue
        if whole:
            yield whole
        whole = one
    if whole:
        yield whole


def _each(text: str) -> Iterator[Quantity]:
    for found in _QUANTITY.finditer(text):
        number = read_number(found["of"] or found["percent"] or found["number"])
        unit = "比例" if found["number"] is None else _unit(found)
        if number is None or _is_something_else(text, found, number, unit):
            continue
        if unit == "年":
            number, unit = number * 12, "月"
        yield Quantity(number, unit, found[0], found.start(), found.end())


def _unit(found: re.Match[str]) -> str:
    return next(name for index, name in enumerate(_NAMES) if found[f"u{index}"])


def _is_something_else(text: str, found: re.Match[str], number: float, unit: str) -> bool:
    """Tell whether it is a date, an ordinal, how often, part of a longer number, or any one person or day."""
    before = text[: found.start()].rstrip()[-1:]
    if before in ("第", "每", "〔", ".", "/", "-", "几", "数"):
        return True
    if unit == "年":
        return number >= _FIRST_YEAR or before in ("上", "下", "前", "去", "同", "当")
    if unit == "日":
        return before == "月" or (number == 1 and before in ("同", "任", "某", "当", "逐", "次", "另"))
    return unit == "人" and number == 1


def read_number(text: str) -> float | None:
    """Return the number that Chinese or Arabic numerals write, ``None`` where they write none for sure.

    >>> [read_number(text) for text in ("二十", "两百零五", "1.5万", "3,000", "二〇二一", "三四")]
    [20.0, 205.0, 15000.0, 3000.0, None, None]
    """
    arabic = re.match(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)
    if arabic:
        rest = text[arabic.end() :]
        return float(arabic[0].replace(",", "")) * ({**_TENS, **_GROUPS}[rest] if rest else 1)
    total = group = 0
    digit: int | None = None
    least = 10_000
    for char in text:
        if char in _GROUPS:
            total, group, digit, least = (total + group + (digit or 0)) * _GROUPS[char], 0, None, 10_000
        elif char in _TENS:
            if _TENS[char] >= least or digit == 0:
                return None
            least = _TENS[char]
            group, digit = group + (1 if digit is None else digit) * least, None
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return float(total + group + (digit or 0)) or None
