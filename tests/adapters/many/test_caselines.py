from __future__ import annotations

import io

import pytest

from adapters.many.caselines import case_lines


def read(data: bytes, most: int = 20) -> list[tuple[int, object]]:
    found: list[tuple[int, object]] = []
    for number, content in case_lines(io.BytesIO(data), "甲.ndjson", most):
        found.append((number, content if isinstance(content, bytes) else str(content[0])))
    return found


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"\n\n \t\r\n", []),
        (b'{"a":1}\n\n{"b":2}', [(1, b'{"a":1}'), (3, b'{"b":2}')]),
        (b'{"a":1}\r\n  {"b":2}\r\n', [(1, b'{"a":1}'), (2, b'  {"b":2}')]),
        (b'\xef\xbb\xbf{"a":1}\n', [(1, b'{"a":1}')]),
        (b"x" * 20 + b"\n" + b"y" * 20, [(1, b"x" * 20), (2, b"y" * 20)]),
    ],
    ids=repr,
)
def test_lines_keep_their_numbers(data: bytes, lines: list[tuple[int, object]]) -> None:
    assert read(data) == lines


@pytest.mark.parametrize("length", [21, 22, 1_000_021, 2_500_000])
def test_a_line_too_long_is_refused_and_the_next_one_read(length: int) -> None:
    found = read(b"x" * length + b"\n{}\n")
    assert found[0][0] == 1
    assert str(found[0][1]).startswith("甲.ndjson:1:1: 第1行过长，超过 20 字节")
    assert found[1:] == [(2, b"{}")]


def test_a_long_line_is_never_in_memory_whole() -> None:
    class Watched(io.BytesIO):
        most = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.most = max(self.most, len(line))
            return line

    stream = Watched(b"x" * 5_000_000 + b"\n")
    assert len(list(case_lines(stream, "甲", 20))) == 1
    assert stream.most <= 1_000_000


def test_wide_characters_are_told_at_once() -> None:
    assert "UTF-16" in str(read("{}\n{}\n".encode("utf-16"))[0][1])
    assert len(read("{}\n{}\n".encode("utf-16"))) == 1
