"""Physical lines of a text file, decoded one by one so that a file of any size costs one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from adapters.tables.row import MAX_ROW
from casefiles.problems import Problem

SURELY = 8
"""So many characters beyond ASCII do not decode as UTF-8 by chance in a text that is none."""

_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030"}
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; ``number`` counts from 1."""

    number: int
    text: str
    note: Problem | None = None


def read_lines(stream: BinaryIO, file: str, encoding: str) -> Iterator[Line | Problem]:
    """Yield the lines of a file, and a problem in the place of each that cannot be read.

    The first line that is not plain ASCII decides whether the file is in the *encoding* it should
    be in, or in the other of UTF-8 and GB18030; neither uses the line feed inside a character.
    """
    decided: str | None = None
    for number, raw in enumerate(_raw_lines(stream), start=1):
        if number == 1:
            if raw.startswith(_UTF16_MARKS):
                yield Problem(file, 1, 1, "文件是 UTF-16 编码", "另存为 UTF-8 编码的文本")
                return
            raw = raw.removeprefix(_UTF8_MARK)
        if len(raw) > MAX_ROW:
            text = f"第{number}行过长，超过 {MAX_ROW} 字节"
            yield Problem(file, number, 1, text, "检查换行，或拆分该行")
            continue
        if decided is None and not raw.isascii():
            decided = _encoding_of(raw, encoding)
        line = _line(raw, number, decided or encoding, file)
        if isinstance(line, Line) and decided not in (None, encoding):
            line = Line(number, line.text, _retried(file, number, encoding, decided or ""))
            encoding = decided or encoding
        yield line


def _raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    while raw := stream.readline(MAX_ROW + 1):
        whole = raw
        while not raw.endswith(b"\n") and len(raw) > MAX_ROW:
            raw = stream.readline(MAX_ROW + 1)
        yield whole.removesuffix(b"\n").removesuffix(b"\r")


def _encoding_of(raw: bytes, wanted: str) -> str:
    """Return the encoding of a line; UTF-8 reads as GB18030 by chance, hardly ever the reverse."""
    if _decodes(raw, "utf-8") and (wanted == "utf-8" or _is_surely_utf8(raw)):
        return "utf-8"
    return "gb18030" if _decodes(raw, "gb18030") else wanted


def _is_surely_utf8(raw: bytes) -> bool:
    return sum(not char.isascii() for char in raw.decode("utf-8")) >= SURELY


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _line(raw: bytes, number: int, encoding: str, file: str) -> Line | Problem:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        column = len(raw[: error.start].decode(encoding, "ignore")) + 1
        told = f"第{number}行不是 {_NAMES[encoding]} 编码"
        return Problem(file, number, column, told, "该行可能已损坏，请重新导出")
    if "\0" in text:
        told = f"第{number}行含有空字符（NUL）"
        return Problem(file, number, text.index("\0") + 1, told, "文件可能已损坏，请重新导出")
    return Line(number, text)


def _retried(file: str, number: int, wanted: str, decided: str) -> Problem:
    text = f"文件不是 {_NAMES[wanted]} 编码，已按 {_NAMES[decided]} 读取"
    return Problem(file, number, 1, text, f"可另存为 {_NAMES[wanted]} 编码")
