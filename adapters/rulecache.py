"""Rulebooks kept on disk, so that a start need not read hundreds of documents.

A kept rulebook is found by the content of all files of rules and of the vocabulary, and by the
program: one changed byte, one file more or less, and it is another one. As long as no file was touched
since (``adapters.stamps``), the name under which it was found last time is taken instead of reading
all of them again. It is plain data with a hash of its own. Whatever is damaged, foreign or cannot be
read or written is as if it were not there.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from adapters.program import HOME, PACKAGES, program_hash
from adapters.stamps import stamp_of
from casefiles.terms import FOLDER as VOCABULARY
from casefiles.terms import vocabulary_files, vocabulary_from
from engine.rulebook import Rulebook, rulebook_from
from engine.rulefiles import read_files
from engine.stored import restored, stored

SWITCH = "ANJUAN_CACHE"
"""The variable of the environment that names the folder, or says ``off``."""
OFF = "off"
MOST_KEPT = 8
"""So many rulebooks are kept; whoever edits rules makes a new one with every change."""

SOURCES = ((VOCABULARY, ".yaml"), *((HOME / package, ".py") for package in PACKAGES))
"""The files beside those of the rules that a rulebook is made of."""

_MARK = b"anjuan rulebook 1\n"
_SUFFIX = ".rulebook"
_NOTES = ".noted"
_KEY = re.compile("[0-9a-f]{64}")
_HASH = 32


def rulebook_of(folder: Path) -> Rulebook:
    """Return the rulebook of a folder, kept or read anew; raises RuleError.

    A rulebook with problems is never kept.
    """
    place = cache_folder()
    stamp = stamp_of([(folder, ".yaml"), *SOURCES]) if place else None
    with _no_collecting():
        if place and stamp and (found := _kept(place, _noted(place, folder, stamp))):
            return found
        rules, words = read_files(folder), vocabulary_files()
        key = _key(folder, rules, words)
        found = _kept(place, key) if place else None
        if found is None:
            found = rulebook_from(rules, folder, vocabulary_from(words))
            if place:
                _keep(found, place, key)
    if place and stamp:
        _note(place, folder, stamp, key)
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


def _noted(place: Path, folder: Path, stamp: str) -> str:
    """Return the key that was found last time if nothing was touched since, else an empty one."""
    try:
        with (place / _note_name(folder)).open("rb") as file:
            told = file.read(200).decode() if _is_own(file.fileno()) else ""
    except (OSError, ValueError):
        return ""
    noted, _, key = told.partition(" ")
    return key if noted == stamp and _KEY.fullmatch(key) else ""


def _note(place: Path, folder: Path, stamp: str, key: str) -> None:
    """Note under which key the rulebook of a folder was found; where that cannot be, it is read again."""
    if (place / f"{key}{_SUFFIX}").exists():
        _write(place, _note_name(folder), [f"{stamp} {key}".encode()])


def _note_name(folder: Path) -> str:
    return hashlib.sha256(str(folder.absolute()).encode(errors="surrogateescape")).hexdigest() + _NOTES


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
    data = stored(rulebook)
    if _write(place, f"{key}{_SUFFIX}", [_MARK + _hash_of(key, data), data]):
        _make_room(place)


def _write(place: Path, name: str, parts: Iterable[bytes]) -> bool:
    """Write a file whole or not at all, and tell which."""
    import tempfile

    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
                file.writelines(parts)
            os.replace(part, place / name)  # noqa: PTH105
        except BaseException:
            os.unlink(part)  # noqa: PTH108
            raise
        return True
    return False


def _make_room(place: Path) -> None:
    for ending in (_SUFFIX, _NOTES):
        kept = sorted(place.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime, reverse=True)
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
