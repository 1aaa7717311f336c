"""Lines of cases (NDJSON): one compact JSON object a line, lines of any number, none lost in counting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from adapters.readers.filebytes import MOST_BYTES
from casefiles.problems import Problem

_UTF8_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PIECE = 1_000_000
"""Bytes of an overlong line that are read, and forgotten, at a time."""


def case_lines(
    stream: BinaryIO, file: str, most: int = MOST_BYTES
) -> Iterator[tuple[int, bytes | tuple[Problem, ...]]]:
    """Yield the number of every line that is not blank, from 1, with its bytes or what is wrong with it.

    A line of more than *most* bytes is refused; no more than one line is ever in memory.
    """
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if number == 1:
            if line.startswith(_WIDE_MARKS):
                yield 1, (Problem(file, 1, 1, "文件是 UTF-16 编码", "另存为 UTF-8 编码的文本"),)
                return
            line = line.removeprefix(_UTF8_MARK)
        if len(line) > most and not line.endswith(b"\n"):
            while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
                pass
            text = f"第{number}行过长，超过 {most} 字节"
            yield number, (Problem(file, number, 1, text, "每行写一个案卷，扫描件、音像不要写进案卷"),)
        elif not line.isspace():
            yield number, line.rstrip(b"\r\n")
