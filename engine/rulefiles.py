"""The files of a rulebook: which files of a folder belong to it, and what stands in them.

The folder is the registry. What is read here is the only thing that a rulebook is made of, so that a
hash of it tells whether two rulebooks are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

Files = Mapping[str, bytes]
"""The content of files by their path below the folder, with ``/``, in the order of the folders."""

REGISTERS = ("definitions", "limits", "laws", "calendar")
"""The folders that hold no rules; all others do."""

Parts = tuple[str, ...]
_REGISTERS = frozenset((name,) for name in REGISTERS)


def read_files(folder: Path) -> Files:
    """Read all files of a rulebook; those in the folder itself do not belong to it."""
    return {"/".join(parts): _content(path) for parts, path in sorted(_found(folder, ())) if _belongs(parts)}


def rule_files(files: Files) -> Iterator[str]:
    """Yield the names of the files that hold rules."""
    return (name for name in files if name.partition("/")[0] not in REGISTERS)


def files_in(files: Files, register: str) -> Iterator[str]:
    """Yield the names of the files of a register."""
    return (name for name in files if name.partition("/")[0] == register)


def _belongs(parts: Parts) -> bool:
    return len(parts) == 2 or (len(parts) > 2 and parts[0] not in REGISTERS)


def _found(folder: Path, parts: Parts) -> Iterator[tuple[Parts, str]]:
    # Path.rglob does the same in five times the time, and every start waits for it.
    for path in folder.iterdir():
        here = (*parts, path.name)
        if path.name.endswith(".yaml"):
            yield here, str(path)
        elif path.is_dir() and (here in _REGISTERS or not path.is_symlink()):
            yield from _found(path, here)


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - the same
        return file.read()
