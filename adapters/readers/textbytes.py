"""From bytes to text: marks of UTF-8, UTF-16 and UTF-32, national encodings, wrong declarations.

GB18030 is tried wherever UTF-8 fails or GB2312 or GBK is declared: it contains both, and reads the
characters (``〇``, ``·``, rare names) that those two lose.
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from casefiles.problems import CaseFileError, Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS = "请用文本编辑器另存为 UTF-8 后再试"
_SURELY_UTF8 = 8
"""So many characters beyond ASCII do not decode as UTF-8 by chance in a text that is none."""

_DECLARATION = re.compile(rb"""\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_GB = {"gb2312", "gbk", "gb18030", "cp936", "ms936", "x-gbk", "euc-cn"}
_DECLARABLE = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-8",  # readable as ASCII up to here, so it is no UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "unicode": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "iso-8859-1",
}


class Decoded(Struct, frozen=True):
    """A text without its byte order mark; ``warning`` tells where the encoding was guessed."""

    text: str
    warning: str | None = None


class UndecodableError(ValueError):
    """Bytes are no text: ``text`` and ``advice`` in Chinese, ``line`` and ``column`` where known."""

    def __init__(
        self, text: str, advice: str = _SAVE_AS, line: int | None = None, column: int | None = None
    ) -> None:
        self.text = text
        self.advice = advice
        self.line = line
        self.column = column
        super().__init__(text)

    def in_file(self, file: str) -> CaseFileError:
        """Return the same as a problem of a file."""
        return CaseFileError([Problem(file, self.line, self.column, self.text, self.advice)])


def decode(data: bytes) -> Decoded:
    """Return the text of bytes that declare nothing; raises UndecodableError."""
    return _marked(data) or _utf8_or_gb18030(data)


def decode_xml(data: bytes) -> Decoded:
    """Return the text of an XML file, minding its declaration; raises UndecodableError."""
    if decoded := _marked(data) or _wide_xml(data):
        return decoded
    declared = _DECLARATION.match(data)
    name = declared[1].decode().lower() if declared else "utf-8"
    if name in _GB:
        return _declared_gb(data, name)
    encoding = _DECLARABLE.get(name)
    if encoding is None:
        raise UndecodableError(f"不支持所声明的编码“{name}”", line=1, column=1)
    return _utf8_or_gb18030(data) if encoding == "utf-8" else Decoded(_strictly(data, encoding))


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding))
    return None


def _wide_xml(data: bytes) -> Decoded | None:
    for start, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if data.startswith(start):
            return Decoded(_strictly(data, encoding))
    return None


def _declared_gb(data: bytes, name: str) -> Decoded:
    text = _as_utf8(data)
    if text is not None and any("\u4e00" <= character <= "\u9fff" for character in text):
        return Decoded(text, f"声明的编码是 {name}，实际是 UTF-8，已按 UTF-8 读取")
    return Decoded(_strictly(data, "gb18030"))


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _utf8_or_gb18030(data: bytes) -> Decoded:
    _demand_no_nul(data)
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data, error.start):
            raise _undecodable(data, error, "UTF-8") from error
    return Decoded(_strictly(data, "gb18030"), "文件不是 UTF-8 编码，已按 GB18030 读取")


def _is_damaged_utf8(data: bytes, start: int) -> bool:
    before = data[:start].decode()
    return sum(char > "\x7f" for char in before[-100_000:]) >= _SURELY_UTF8


def _demand_no_nul(data: bytes) -> None:
    if b"\0" in data:
        raise UndecodableError(
            "文件含有空字节，不是文本文件", "案卷文件应当是 JSON 或者 XML 文本，请用 UTF-8 保存"
        )


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error, encoding.upper()) from error


def _undecodable(data: bytes, error: UnicodeDecodeError, name: str) -> UndecodableError:
    before = data[: error.start].decode(error.encoding, "replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    text = f"此处的字节不是有效的 {name} 文字，文件可能损坏或者编码有误"
    return UndecodableError(text, _SAVE_AS, line, column)
