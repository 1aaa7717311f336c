"""From the text of a cell to a value of its type; what cannot be read is told, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal

from adapters.tables.profile import Scalar, Value
from adapters.tables.writtendates import whole_date
from casefiles.mistakes import did_you_mean, shortened
from casefiles.model import Fact
from casefiles.moments import Moment, parse_moment
from casefiles.plain import MOST_DIGITS
from casefiles.terms import FactTerm, FactType, Vocabulary

Read = Fact | Moment
Reader = Callable[[str], Read]
"""Return the value of a text, or raise UnusableError."""

_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_AMOUNT = re.compile(
    r"[¥￥]?(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,20})?"
    r"|[0-9]\.[0-9]{1,20}[eE][+-]?[0-9]{1,2})(?P<unit>亿元|万元|元)?(?:整|正)?"
)
_COUNT = re.compile(r"[0-9]{1,15}")
_DAY = r"(?P<y>[0-9]{4}){0}(?P<m>[0-9]{1,2}){0}(?P<d>[0-9]{1,2})"
_CLOCK = "[T ](?P<h>[0-9]{1,2}):(?P<n>[0-9]{2})"
_SECOND = r":(?P<s>[0-9]{2})(?:\.[0-9]{1,7})?"
_STYLES = {
    "yyyy-MM-dd": re.compile(_DAY.replace("{0}", "-")),
    "yyyy/MM/dd": re.compile(_DAY.replace("{0}", "/")),
    "yyyy.MM.dd": re.compile(_DAY.replace("{0}", r"\.")),
    "yyyyMMdd": re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    "yyyy-MM-dd HH:mm": re.compile(_DAY.replace("{0}", "-") + _CLOCK),
    "yyyy-MM-dd HH:mm:ss": re.compile(_DAY.replace("{0}", "-") + _CLOCK + _SECOND),
    "yyyy/MM/dd HH:mm": re.compile(_DAY.replace("{0}", "/") + _CLOCK),
    "yyyy/MM/dd HH:mm:ss": re.compile(_DAY.replace("{0}", "/") + _CLOCK + _SECOND),
    "yyyyMMddHHmmss": re.compile(
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?P<h>[0-9]{2})(?P<n>[0-9]{2})(?P<s>[0-9]{2})"
    ),
}


class UnusableError(ValueError):
    """A text that cannot be read as what it should be, with advice."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice


def reader_for(term: FactTerm, value: Value, styles: Sequence[str], vocabulary: Vocabulary) -> Reader:
    """Return the reader of a cell for a term, in the way that the profile writes down."""
    match term.type:
        case FactType.MOMENT:
            return _moment_reader(styles)
        case FactType.AMOUNT:
            return _amount_reader(value.unit or "元")
        case FactType.COUNT:
            return _count
        case FactType.LIST:
            return _list_reader(value.split)
        case FactType.CHOICE:
            return _choice_reader(term, vocabulary)
        case _:
            return _text


def coded(code: str, codes: dict[str, Scalar | None]) -> Scalar | None:
    """Return the word of a code; raises UnusableError for an unknown one."""
    if code not in codes:
        known = "、".join(list(codes)[:12])
        raise UnusableError(f"“{shortened(code)}”不在代码表中", f"代码表有：{known}")
    return codes[code]


def canonical(word: Scalar, term: FactTerm, vocabulary: Vocabulary) -> Scalar:
    """Return the proper word of a vocabulary list for a synonym of it, and other words unchanged."""
    if term.type is FactType.CHOICE and word not in term.values:
        proper = vocabulary.head_synonyms.get(str(word))
        return proper if proper in term.values and proper is not None else word
    return word


def as_read(value: Scalar, term: FactTerm) -> Read:
    """Return a word that the profile itself writes as the value it stands for."""
    if term.type is FactType.MOMENT:
        return parse_moment(str(value))
    return [str(value)] if term.type is FactType.LIST else value


def _text(text: str) -> str:
    return text


def _count(text: str) -> int:
    text = unicodedata.normalize("NFKC", text)
    if not _COUNT.fullmatch(text):
        raise UnusableError(f"“{shortened(text)}”不是整数", "只写数字")
    return int(text)


def _list_reader(separator: str | None) -> Reader:
    def read(text: str) -> list[str]:
        items = text.split(separator) if separator else [text]
        return [item.strip() for item in items if item.strip()]

    return read


def _choice_reader(term: FactTerm, vocabulary: Vocabulary) -> Reader:
    def read(text: str) -> str:
        word = canonical(text, term, vocabulary)
        if word not in term.values:
            hint = did_you_mean(text, term.values)
            advice = f"{hint}{'' if hint.endswith('？') else '；'}也可在格式文件中补写 codes"
            raise UnusableError(f"词表中没有“{shortened(text)}”", advice)
        return str(word)

    return read


def _amount_reader(unit: str) -> Reader:
    def read(text: str) -> int | float:
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        found = _AMOUNT.fullmatch(plain)
        if found is None:
            raise UnusableError(f"“{shortened(text)}”不是金额", "只写数字，不写单位和说明")
        if found["unit"] not in (None, unit):
            told = f"“{shortened(text)}”的单位与格式文件所写的{unit}不一致"
            raise UnusableError(told, "核对单位，更正单元格或 unit")
        return _number(Decimal(found["number"].replace(",", "")) * _YUAN[unit], text)

    return read


def _number(amount: Decimal, text: str) -> int | float:
    digits = len(amount.normalize().as_tuple().digits)
    if digits > MOST_DIGITS or amount >= 10**MOST_DIGITS:
        raise UnusableError(f"“{shortened(text)}”的数字超过 {MOST_DIGITS} 位", "核对原件")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _moment_reader(styles: Sequence[str]) -> Reader:
    def read(text: str) -> Moment:
        for style in styles:
            moment = whole_date(text) if style == "written" else _styled(text, style)
            if moment is not None:
                return moment
        raise UnusableError(f"“{shortened(text)}”不是日期", f"应写作：{'、'.join(map(_example, styles))}")

    return read


def _styled(text: str, style: str) -> Moment | None:
    """Return the moment of a text in a style; a midnight to the second is a day without a time."""
    found = _STYLES[style].fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    written = f"{parts['y']}-{parts['m']:0>2}-{parts['d']:0>2}"
    clock = f"{parts['h']:0>2}:{parts['n']}" if parts.get("h") else ""
    if clock and (clock, parts.get("s")) != ("00:00", "00"):
        written += f"T{clock}"
    try:
        return parse_moment(written)
    except ValueError:
        return None


def _example(style: str) -> str:
    return "2024年3月5日" if style == "written" else style
