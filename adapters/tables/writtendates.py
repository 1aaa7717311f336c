"""Dates as people write them in running text: 2024年3月5日, 二〇二四年三月五日, ２０２４－３－５.

Only what can be nothing else is taken for a date: a year of four digits from 1900 to 2099, a month
and a day that the calendar has. Everything else (24年3月5日, 13月, 2月30日, 农历) is passed over, never
repaired. Spaces inside a date are borne, for papers are set with spread characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casefiles.moments import Moment

FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text, and the span of characters ``text[start:end]`` that says so."""

    moment: Moment
    start: int
    end: int


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Yield the dates of a text from left to right.

    >>> [str(found.moment) for found in written_dates("于2024年3月5日立案，二〇二四年五月廿日结案")]
    ['2024-03-05', '2024-05-20']
    """
    for found in _DATE.finditer(text.translate(_ALIKE)):
        moment = _moment(found)
        if moment is not None:
            yield WrittenDate(moment, found.start(), _end(found, moment))


def last_date(text: str) -> WrittenDate | None:
    """Return the last date of a text, which in a decision is the day of its making."""
    return next(reversed(list(written_dates(text))), None)


def first_date_after(text: str, words: str) -> WrittenDate | None:
    """Return the first date behind the first place where *words* stand; ``None`` if there is none."""
    begins = text.find(words)
    if begins < 0:
        return None
    behind = begins + len(words)
    return next((found for found in written_dates(text) if found.start >= behind), None)


def whole_date(text: str) -> Moment | None:
    """Return the moment of a text that is one date and nothing else."""
    text = text.strip()
    found = next(written_dates(text), None)
    if found is None or found.start > 0 or found.end < len(text):
        return None
    return found.moment


# Every replacement is one character for one, so that spans hold in the original text too.
_ALIKE = str.maketrans("０１２３４５６７８９－／．：○◯Ｏ零", "0123456789-/.:〇〇O〇")

_GAP = r"\s{0,4}"
_DIGIT = "[〇O0一二三四五六七八九]"
_YEAR = rf"(?:[0-9](?:{_GAP}[0-9]){{3}}|{_DIGIT}(?:{_GAP}{_DIGIT}){{3}})"
_NUMBER = r"[〇O0一二三四五六七八九十廿卅]"
_MONTH = rf"(?:[0-9](?:{_GAP}[0-9])?|{_NUMBER}(?:{_GAP}{_NUMBER})?|元)"
_DAY = rf"(?:[0-9](?:{_GAP}[0-9])?|{_NUMBER}(?:{_GAP}{_NUMBER}){{0,2}})"
_CLOCK = (
    rf"[T\s]{{0,4}}(?P<hour>[0-9]{{1,2}})(?:{_GAP}[时点]{_GAP}|:)"
    r"(?P<minute>[0-9]{2}|[0-9](?=分))(?![0-9])分?(?::[0-9]{2}(?![0-9]))?"
)
_DATE = re.compile(
    r"(?<![0-9〇一二三四五六七八九])(?:"
    rf"(?P<year>{_YEAR}){_GAP}年{_GAP}(?P<month>{_MONTH}){_GAP}月{_GAP}(?P<day>{_DAY}){_GAP}[日号]"
    r"|(?<![0-9][-/.])(?P<y>[0-9]{4})(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})"
    r"(?![-/.]?[0-9]))"
    rf"(?P<time>{_CLOCK})?"
)
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"O": 0}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def _moment(found: re.Match[str]) -> Moment | None:
    year = _number(found["year"] or found["y"])
    month = _number(found["month"] or found["m"])
    day = _number(found["day"] or found["d"])
    if None in (year, month, day) or not FIRST_YEAR <= (year or 0) <= LAST_YEAR:
        return None
    try:
        ordinal = date(year or 0, month or 0, day or 0).toordinal()
    except ValueError:
        return None
    return Moment(ordinal, _minute_of_day(found))


def _minute_of_day(found: re.Match[str]) -> int | None:
    if found["hour"] is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"])
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _end(found: re.Match[str], moment: Moment) -> int:
    return found.start("time") if found["time"] and moment.minute is None else found.end()


def _number(written: str) -> int | None:
    """Return the value of a numeral written by digits (二〇, 14) or with tens (十四, 廿一, 三十)."""
    written = "".join(written.split())
    if written == "元":
        return 1
    if written.isascii() and written.isdigit():
        return int(written)
    for sign, tens in _TENS.items():
        before, found, after = written.partition(sign)
        if found:
            return _with_tens(before, tens, after)
    return int("".join(str(_DIGITS.get(digit, digit)) for digit in written))


def _with_tens(before: str, tens: int, after: str) -> int | None:
    """Return 三十一 from 三, 十, 一; refuse what nobody writes, as 二廿 or 十十."""
    factor = _DIGITS.get(before, 0) if before else 1
    units = _DIGITS.get(after, 0) if after else 0
    if (before and (tens != 10 or factor == 0)) or (after and units == 0):
        return None
    return factor * tens + units
