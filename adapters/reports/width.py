"""Width: how many cells of a terminal a text takes, and where a Chinese line may be broken.

Characters of ambiguous width (``“”—…×``) take one cell in most terminals and two in a Chinese
console. They count as two here, so that no line ever runs over.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
_VARIATION = "\ufe0f"
_OPENING = "（《〈「『【〔“‘(["
_CLOSING = "，。、；：！？）》〉」』】〕”’…—·,.;:!?)]"
_NUMBER = "[一二三四五六七八九十百零〇0-9]+"
_TOGETHER = rf"第{_NUMBER}[条款项目章节]|{_NUMBER}（{_NUMBER}）|[!-~\u00a1-\u024f]+|\S"
_TOKEN = rf"\s+|[{re.escape(_OPENING)}]*(?:{_TOGETHER})[{re.escape(_CLOSING)}]*"


@lru_cache(maxsize=8192)
def _cell(character: str) -> int:
    if character == _VARIATION:  # makes an emoji of what stands before it
        return 1
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return 0
    if category in ("So", "No", "Cn"):  # symbols and what is younger than this table may be wide
        return 2
    return 1 if unicodedata.east_asian_width(character) in ("N", "Na", "H") else 2


def cells(text: str) -> int:
    """Return the most cells that a printable text can take."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def pad(text: str, width: int) -> str:
    """Return the text filled with spaces up to a width; a wider text stays as it is."""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """Return the text, or as much of it as fits into a width together with an ellipsis."""
    if cells(text) <= width:
        return text
    return _split(text, max(width - cells(ELLIPSIS), 1))[0] + ELLIPSIS


def cut_start(text: str, width: int) -> str:
    """Return the text, or an ellipsis and as much of its end as fits: for paths."""
    if cells(text) <= width:
        return text
    return ELLIPSIS + _split(text[::-1], max(width - cells(ELLIPSIS), 1))[0][::-1]


def wrap(text: str, width: int) -> list[str]:
    """Return the text as lines no wider than *width*, at least one.

    Words and numbers stay whole where they fit, closing marks never begin a line, opening marks
    never end one.

    >>> wrap("决定 D1 应当公开。", 10)
    ['决定 D1 应', '当公开。']
    """
    if cells(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line = ""
    for token in re.findall(_TOKEN, text):
        if cells(line + token.rstrip()) <= width:
            line += token
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = token.lstrip()
        while cells(line) > width:
            head, line = _split(line, width)
            lines.append(head)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _split(text: str, width: int) -> tuple[str, str]:
    room = width
    for position, character in enumerate(text):
        room -= _cell(character)
        if room < 0 and position:
            return text[:position], text[position:]
    return text, ""
