"""From what the user names on the command line to cases: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.results import Reading, Unreadable
from casefiles.problems import Problem

SUFFIXES = (".json", ".xml")
"""Files that are read where a folder is named."""

STDIN = "-"

Reader = Callable[[str, bytes | Path], Iterator[Reading | Unreadable]]


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: how it is named in reports, and its path or, for standard input, its bytes."""

    label: str
    content: Path | bytes


def inputs(names: Iterable[str], stdin: Callable[[], bytes]) -> Iterator[Input]:
    """Yield every file that the names stand for, in a fixed order, each only once.

    A folder stands for the case files in it and below; a pattern that fits nothing is yielded as it
    is, so that reading it says so.
    """
    seen: set[str] = set()
    for name in names:
        for found in _expanded(name, stdin):
            if found.label not in seen:
                seen.add(found.label)
                yield found


def _expanded(name: str, stdin: Callable[[], bytes]) -> Iterator[Input]:
    if name == STDIN:
        yield Input(STDIN, stdin())
        return
    path = Path(name)
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.suffix.lower() in SUFFIXES:
                yield Input(inner.as_posix(), inner)
        return
    matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
    for match in matches if matches and not path.exists() else [name]:
        yield Input(Path(match).as_posix(), Path(match))


def empty_folders(names: Iterable[str]) -> list[Problem]:
    """Return a problem for every folder without a case file: nothing checked is not clean."""
    return [
        Problem(name, None, None, "文件夹中没有案卷文件", "应有 .json 或 .xml 文件")
        for name in names
        if name != STDIN
        and Path(name).is_dir()
        and not any(path.suffix.lower() in SUFFIXES for path in Path(name).rglob("*"))
    ]
