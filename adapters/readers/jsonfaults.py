"""What a JSON parser lets pass or tells without a place: found by one scan over the tokens.

The scan runs only where a fault is known or suspected, and is linear in the size of the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from casefiles.mistakes import shortened
from casefiles.plain import MOST_DIGITS, UNWRITABLE, number_of

MOST_DEPTH = 50
"""How deep objects and lists may be nested."""

_TOKEN = re.compile(
    r'(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z))(?P<key>[ \t\r\n]*+:)?'
    r"|(?P<open>[\[{])|(?P<close>[\]}])"
    r"|(?P<number>-?[0-9][0-9.eE+-]*+)|(?P<constant>NaN|-?Infinity)",
    re.DOTALL,
)
_SUSPICIOUS = re.compile(r"\\(?:[bf]|u(?:[dD][89a-fA-F]|00[01]|[fF]{3}[eEfF]))")


class Fault(Struct, frozen=True):
    """What is wrong at an offset of a text, in Chinese, and what to do."""

    offset: int
    text: str
    advice: str


@dataclass(slots=True)
class _Scan:
    """The keys seen so far in each open object, the innermost last."""

    keys: list[set[str]] = field(default_factory=list)

    def fault_at(self, token: re.Match[str]) -> Fault | None:
        """Take the next token and return what is wrong with it."""
        match token.lastgroup:
            case "open":
                self.keys.append(set())
                return _too_deep(token) if len(self.keys) > MOST_DEPTH else None
            case "close":
                del self.keys[-1:]
                return None
            case "number":
                return _bad_number(token)
            case "constant":
                return Fault(token.start(), f"不能使用 {token[0]}", "不知道的数，整项不写即可")
            case _:
                return _bad_text(token) or self._repeated(token)

    def _repeated(self, token: re.Match[str]) -> Fault | None:
        if token["key"] is None or not self.keys:
            return None
        name = _text_of(token["text"])
        if name in self.keys[-1]:
            text = f"键“{shortened(name)}”在同一组中重复"
            return Fault(token.start(), text, "每个键只能写一次，请删去其中一个")
        self.keys[-1].add(name)
        return None


def faults(text: str) -> Iterator[Fault]:
    """Yield every fault in the order of the text; nesting that is too deep ends the search."""
    scan = _Scan()
    for token in _TOKEN.finditer(text):
        if fault := scan.fault_at(token):
            yield fault
        if len(scan.keys) > MOST_DEPTH:
            return


def is_suspicious(text: str) -> bool:
    """Tell whether a text may hold characters that no case file may hold."""
    return "\uffff" in text or "\ufffe" in text or ("\\" in text and bool(_SUSPICIOUS.search(text)))


def _too_deep(token: re.Match[str]) -> Fault:
    return Fault(token.start(), f"嵌套超过 {MOST_DEPTH} 层", "案卷文件不需要这样深的嵌套，请核对来源")


def _bad_number(token: re.Match[str]) -> Fault | None:
    try:
        number_of(token[0])
    except ValueError as error:
        advice = f"数字至多 {MOST_DIGITS} 位；编号、证号等请写成文字（加引号）"
        return Fault(token.start(), f"“{shortened(token[0])}”{error}", advice)
    return None


def _bad_text(token: re.Match[str]) -> Fault | None:
    found = UNWRITABLE.search(_text_of(token["text"]))
    if found is None:
        return None
    return Fault(token.start(), f"文字中含有不允许的字符 U+{ord(found[0]):04X}", "请删去这个字符")


def _text_of(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        text: str = json.loads(token, strict=False)
    except ValueError:
        return token  # a broken escape; the parser tells of it
    return text
