"""Messages between the program and the process of the second engine: length, then MessagePack."""

from __future__ import annotations

from typing import IO

LENGTH = 4
MOST = 64 * 1024 * 1024
"""Bytes that a message may have; more is no message of ours."""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write a message; raises OSError where nobody reads any more."""
    stream.write(len(data).to_bytes(LENGTH, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next message, ``None`` at the end of the stream or for what is no message."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    length = int.from_bytes(head, "big")
    data = stream.read(length) if length <= MOST else b""
    return data if len(data) == length else None
