"""A spool: records that a report needs later, kept outside memory once they are many."""

from __future__ import annotations

import struct
import weakref
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile, gettempdir

IN_MEMORY = 1_000_000
"""Bytes up to which no file is made."""

_LENGTH = struct.Struct("<I")


class Spool:
    """Records of bytes in the order in which they came; the file vanishes with the spool."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - lives as long as the spool
        weakref.finalize(self, self._file.close)
        self._count = 0
        self._end = 0

    def __len__(self) -> int:
        return self._count

    def add(self, record: bytes) -> int:
        """Append a record and return where it can be found again.

        Raises OSError, which names the folder of temporary files, if there is no room.
        """
        at = self._end
        try:
            self._file.seek(at)
            self._file.write(_LENGTH.pack(len(record)) + record)
        except OSError as error:
            raise OSError(error.errno, error.strerror, gettempdir()) from None
        self._end = at + _LENGTH.size + len(record)
        self._count += 1
        return at

    def at(self, place: int) -> bytes:
        """Return the record that was added at a place."""
        self._file.seek(place)
        (length,) = _LENGTH.unpack(self._file.read(_LENGTH.size))
        return self._file.read(length)

    def __iter__(self) -> Iterator[bytes]:
        place = 0
        while place < self._end:
            record = self.at(place)
            place += _LENGTH.size + len(record)
            yield record
