"""Wording: how the parts of a finding read in Chinese, the same in every report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from casefiles.model import Location
from engine.findings import Basis, Settlement, WaiverNote

_HIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # invisible, or turning the direction
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of pairs and what is no character
)
_NEWLINES = r"\s*[\t\r\n]+\s*"
_BARE_NUMBER = re.compile(r"[号令]$|^[《〈]")
_MARKS = {"V2": "尚待核对全文", "M": "尚未核对原文", "I": "推定"}


def printable(text: str) -> str:
    r"""Return a text on one line in which nothing is hidden: what cannot be seen shows as ``<U+202E>``.

    >>> printable("甲\u202e乙\n丙")
    '甲<U+202E>乙 丙'
    """
    if text.isprintable():
        return text
    return re.sub(_HIDDEN, lambda found: f"<U+{ord(found[0]):04X}>", re.sub(_NEWLINES, " ", text))


def law(basis: Basis) -> str:
    """Return law and article, with a remark where the text was not fully verified.

    >>> day = date(2021, 7, 15)
    >>> law(Basis("中华人民共和国行政处罚法", "第五十八条", day, day, mark="M"))
    '《中华人民共和国行政处罚法》第五十八条（尚未核对原文）'
    """
    name = f"{basis.law} " if _BARE_NUMBER.search(basis.law) else f"《{basis.law}》"
    remark = _MARKS.get(basis.mark)
    return f"{name}{basis.article}" + (f"（{remark}）" if remark else "")


def laws(bases: Iterable[Basis]) -> str:
    """Return all laws and articles in one line."""
    return "；".join(law(basis) for basis in bases)


def place(location: Location) -> str:
    """Return ``file:line:column``, or the file and the pointer where the format knows no lines."""
    if location.line is None:
        return f"{location.file} {location.pointer}".rstrip()
    column = "" if location.column is None else f":{location.column}"
    return f"{location.file}:{location.line}{column}"


def needs(settlements: Iterable[Settlement]) -> list[str]:
    """Return what would settle open questions: each paper once, with all it would have to tell.

    >>> needs([Settlement("送达回证", "日期"), Settlement("送达回证", "方式")])
    ['送达回证（日期、方式）']
    """
    papers: dict[str, list[str]] = {}
    for settlement in settlements:
        told = papers.setdefault(settlement.document, [])
        if settlement.tells and settlement.tells not in told:
            told.append(settlement.tells)
    return [f"{paper}（{'、'.join(told)}）" if told else paper for paper, told in papers.items()]


def waiver_words(waiver: WaiverNote) -> str:
    """Return who waived what for which reason until when, and the outcome without the waiver."""
    state = "已失效" if waiver.expired else "有效"
    return (
        f"{waiver.reason}（批准人：{waiver.approver}；{state}，至 {waiver.until.isoformat()}；"
        f"不豁免时结论为{waiver.without.chinese}）"
    )


def moment_words(moment: object) -> str:
    """Return a moment, or its text, as people write it in a table: ``2024-03-05 09:30``."""
    return str(moment).replace("T", " ")


def chinese_date(day: date) -> str:
    """Return a day as an official paper writes it.

    >>> chinese_date(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
