"""Rulebooks kept on disk, so that a start need not read hundreds of documents.

A kept rulebook is found by the content of all files of rules and of the vocabulary, and by the
program: one changed byte, one file more or less, and it is another one. It is plain data with a hash
of its own. Whatever is damaged, foreign or cannot be read or written is as if it were not there.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from adapters.program import program_hash
from casefiles.terms import vocabulary_files, vocabulary_from
from engine.rulebook import Rulebook, rulebook_from
from engine.rulefiles import read_files
from engine.stored import restored, stored

SWITCH = "ANJUAN_CACHE"
"""The variable of the environment that names the folder, or says ``off``."""
OFF = "off"
MOST_KEPT = 8
"""So many rulebooks are kept; whoever edits rules makes a new one with every change."""

_MARK = b"anjuan rulebook 1\n"
_SUFFIX = ".rulebook"
_HASH = 32


def rulebook_of(folder: Path) -> Rulebook:
    """Return the rulebook of a folder, kept or read anew; raises RuleError.

    A rulebook with problems is never kept.
    """
    rules, words = read_files(folder), vocabulary_files()
    place = cache_folder()
    key = _key(folder, rules, words)
    with _no_collecting():
        found = _kept(place, key) if place else None
        if found is None:
            found = rulebook_from(rules, folder, vocabulary_from(words))
            if place:
                _keep(found, place, key)
    return found


def cache_folder() -> Path | None:
    """Return where rulebooks are kept, ``None`` for nowhere."""
    named = os.environ.get(SWITCH)
    if named:
        return None if named.lower() == OFF else Path(named)
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        base = os.environ.get(variable, "")
        if Path(base).is_absolute():
            return Path(base) / "anjuan"
    with suppress(RuntimeError):  # no home
        return Path.home() / ".cache" / "anjuan"
    return None


def _key(folder: Path, *files: Mapping[str, bytes]) -> str:
    """Return a hash of the program, of how the folder is called in findings, and of all files."""
    digest = hashlib.sha256(f"{program_hash()} {folder.name}".encode())
    for part in files:
        digest.update(f"\0{len(part)}".encode())
        for name, text in part.items():
            digest.update(f"\0{name}\0{len(text)}\0".encode())
            digest.update(text)
    return digest.hexdigest()


def _kept(place: Path, key: str) -> Rulebook | None:
    """Return the rulebook of a key if it is there, ours and whole."""
    try:
        with (place / f"{key}{_SUFFIX}").open("rb") as file:
            if not _is_own(file.fileno()):
                return None
            content = file.read()
    except OSError:
        return None
    start = len(_MARK) + _HASH
    data = memoryview(content)[start:]
    if content[:start] != _MARK + _hash_of(key, data):
        return None
    try:
        return restored(data)
    except ValueError:
        return None


def _is_own(file: int) -> bool:
    """Tell whether nobody else could have written a file: a verdict must not rest on it otherwise."""
    if not hasattr(os, "getuid"):
        return True
    status = os.fstat(file)
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _keep(rulebook: Rulebook, place: Path, key: str) -> None:
    """Keep a rulebook, whole or not at all; old ones make room."""
    import tempfile

    data = stored(rulebook)
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
                file.write(_MARK + _hash_of(key, data))
                file.write(data)
            os.replace(part, place / f"{key}{_SUFFIX}")  # noqa: PTH105
        except BaseException:
            os.unlink(part)  # noqa: PTH108
            raise
        _make_room(place)


def _make_room(place: Path) -> None:
    kept = sorted(place.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST_KEPT:]:
        path.unlink(missing_ok=True)


def _hash_of(key: str, data: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return digest.digest()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Collect no garbage while a rulebook is built, and never look through it again.

    It is some ten thousand objects that stay to the end; looking through them doubles the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.freeze()
