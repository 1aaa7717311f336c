"""Stamps of folders: whether any of their files may have changed, told without reading them.

A stamp is a hash of the name, the size and the times of every file, the time of the last change of
its entry among them, which nobody can set. It is told only once all of that lies some time back:
two changes within one tick of the clock of a file system leave the same times.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

SETTLED = 3.0
"""After so many seconds without a change a stamp is told; some file systems count in steps of two."""


def stamp_of(folders: Iterable[tuple[Path, str]]) -> str | None:
    """Return the stamp of all files below some folders, each with the ending of the names that count.

    ``None`` where a file was changed just now, or cannot be asked.
    """
    digest = hashlib.sha256()
    newest = 0
    try:
        for folder, ending in folders:
            for name, status in sorted(_files(str(folder), ending, 0)):
                digest.update(f"{name}\0{status}\0".encode(errors="surrogateescape"))
                newest = max(newest, status[1], status[2])
    except OSError:
        return None
    return digest.hexdigest() if newest / 1e9 < time.time() - SETTLED else None


def _files(folder: str, ending: str, depth: int) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ending):
                found = entry.stat()
                yield entry.path, (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
            elif entry.is_dir() and (depth == 0 or not entry.is_symlink()):
                yield from _files(entry.path, ending, depth + 1)
