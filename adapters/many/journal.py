"""The journal of a run: what it was made of and every case as checked, so that it can go on after a kill.

The file begins with a line of conditions and a line for each input (name, size, time of change) and is
put in its place whole. After a blank line every checked case follows as a frame: length, checksum,
content. A frame is written by one call as soon as its case is next in order, so a killed program
leaves at most its last frame torn; the checksum also tells what a power cut left unwritten. What
comes after the first frame that is not whole is cut off and checked anew.
"""

from __future__ import annotations

import json
import os
import struct
import time
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

import msgspec

from adapters.reports.checked import Checked
from adapters.writing import unwritable, writing_to
from casefiles.problems import Problem, ProblemsError

Conditions = Mapping[str, Any]
Stamp = tuple[str, int, int]
"""An input with its size and time of change; -1 where there is no such file."""

SYNCED = 30.0
"""Seconds of work that a power cut may cost. A kill costs nothing: what was written is the system's."""

DAY, WIDTH = "检查日期", "宽度"
"""Conditions that a run takes over from the one before where the user does not name them."""

_DAMAGED = "续接日志已损坏"
_FRAME = struct.Struct("<II")
_DECODE = msgspec.msgpack.Decoder(Checked)


def path_of(out: Path) -> Path:
    """Return where the journal of a report stands: beside it."""
    return out.with_name(f"{out.name}.journal")


def taken_over(path: Path) -> tuple[date, int] | None:
    """Return the day and the width of a run that was broken off, ``None`` if there is none."""
    try:
        with path.open("rb") as stream:
            head = _head(stream, path)
    except FileNotFoundError:
        return None
    try:
        return date.fromisoformat(head[DAY]), int(head[WIDTH])
    except (KeyError, TypeError, ValueError):
        raise _refusal(path, _DAMAGED) from None


def stamp(label: str, path: str | None) -> Stamp:
    """Return an input as the journal names it."""
    try:
        found = os.stat(path) if path is not None else None  # noqa: PTH116 - two hundred thousand of them
    except OSError:
        found = None
    return (label, found.st_size, found.st_mtime_ns) if found else (label, -1, 0)


class Journal:
    """A journal that is open for reading what is done and for adding to it."""

    def __init__(self, path: Path, stream: IO[bytes], begin: int) -> None:
        self._path, self._stream, self._begin = path, stream, begin
        self._sync_at = time.monotonic() + SYNCED

    def done(self) -> Generator[Checked, None, None]:
        """Yield every case that is there; what is torn at the end is cut off."""
        stream = self._stream
        whole = self._begin
        stream.seek(whole)
        size = os.fstat(stream.fileno()).st_size
        while (checked := _read_frame(stream, size - whole)) is not None:
            whole = stream.tell()
            yield checked
        stream.seek(whole)
        stream.truncate()

    def add(self, checked: Checked) -> None:
        """Add a case; to be called only after all that is there has been read."""
        content = msgspec.msgpack.encode(checked)
        try:
            self._stream.write(_FRAME.pack(len(content), zlib.crc32(content)) + content)
            self._stream.flush()
            if time.monotonic() > self._sync_at:
                os.fsync(self._stream.fileno())
                self._sync_at = time.monotonic() + SYNCED
        except OSError as error:
            raise unwritable(error, self._path) from None

    def close(self) -> None:
        """Leave the journal for another run."""
        with suppress(OSError):  # what could not be written was told already
            self._stream.close()

    def remove(self) -> None:
        """Take the journal away: the report is whole."""
        self._stream.close()
        self._path.unlink(missing_ok=True)


def open_journal(path: Path, conditions: Conditions, stamps: Iterable[Stamp]) -> Journal:
    """Open the journal of a run, a new one if there is none.

    Raises ProblemsError where another run uses it, where it is damaged, and where it was made under
    other conditions or of other inputs.
    """
    if not path.exists():
        _create(path, conditions, stamps)
        stamps = ()
        stream = path.open("r+b")
        _demand_alone(stream, path)
        _head(stream, path)
        _skip_stamps(stream)
    else:
        stream = path.open("r+b")
        try:
            _demand_alone(stream, path)
            _compare(_head(stream, path), conditions, path)
            _compare_stamps(_stamps(stream, path), stamps, path)
        except BaseException:
            stream.close()
            raise
    return Journal(path, stream, stream.tell())


def _create(path: Path, conditions: Conditions, stamps: Iterable[Stamp]) -> None:
    with writing_to(path) as write:
        write(json.dumps(conditions).encode() + b"\n")
        for one in stamps:
            write(json.dumps(one).encode() + b"\n")
        write(b"\n")


def _read_frame(stream: IO[bytes], left: int) -> Checked | None:
    """Return the next case of a file that has so many bytes left, ``None`` if it is not whole."""
    lead = stream.read(_FRAME.size)
    if len(lead) < _FRAME.size:
        return None
    length, checksum = _FRAME.unpack(lead)
    if not 0 < length <= left:  # nothing to ask memory for
        return None
    content = stream.read(length)
    if len(content) < length or zlib.crc32(content) != checksum:
        return None
    return _DECODE.decode(content)


def _head(stream: IO[bytes], path: Path) -> dict[str, Any]:
    try:
        head = json.loads(stream.readline())
    except ValueError:
        head = None
    if not isinstance(head, dict):
        raise _refusal(path, _DAMAGED)
    return head


def _stamps(stream: IO[bytes], path: Path) -> Iterator[Stamp]:
    while (line := stream.readline()) != b"\n":
        try:
            label, size, changed = json.loads(line)
        except ValueError:
            raise _refusal(path, _DAMAGED) from None
        yield label, size, changed


def _skip_stamps(stream: IO[bytes]) -> None:
    while stream.readline() != b"\n":
        pass


def _compare(before: Conditions, now: Conditions, path: Path) -> None:
    other = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    if other:
        told = "；".join(f"{name}原为 {_shown(before, name)}，现为 {_shown(now, name)}" for name in other)
        raise _refusal(path, f"上次中断的运行条件不同：{told}")


def _shown(conditions: Conditions, name: str) -> str:
    value = conditions.get(name)
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    return {True: "是", False: "否", None: "无"}.get(value, str(value))


def _compare_stamps(before: Iterator[Stamp], now: Iterable[Stamp], path: Path) -> None:
    for old, new in zip_longest(before, now):
        if old == new:
            continue
        if old is None:
            raise _refusal(path, f"上次中断以后增加了 {new[0]}")
        if new is None:
            raise _refusal(path, f"上次中断以后少了 {old[0]}")
        if old[0] == new[0]:
            raise _refusal(path, f"上次中断以后 {new[0]} 改动过")
        raise _refusal(path, f"上次中断以后案卷有增减：原来的 {old[0]} 处现在是 {new[0]}")


def _demand_alone(stream: IO[bytes], path: Path) -> None:
    """Refuse a journal that another run writes to; where the system has no such locks, trust the user."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        problem = Problem(str(path), None, None, "另一个程序正在使用这份续接日志", "等它结束后再试")
        raise ProblemsError([problem]) from None


def _refusal(path: Path, text: str) -> ProblemsError:
    advice = "条件和案卷都不变才能接着做；要从头做，请先删除这份续接日志"
    return ProblemsError([Problem(str(path), None, None, text, advice)])
