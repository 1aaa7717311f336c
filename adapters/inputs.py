"""From what the user names on the command line to cases: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import os
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


def inputs(names: Iterable[str], stdin: Callable[[], bytes], *, tables: bool = False) -> Iterator[Input]:
    """Yield every file that the names stand for, in a fixed order, each only once.

    A folder stands for the case files in it and below, and for nothing where *tables* are wanted; a
    pattern that fits nothing is yielded as it is, so that reading it says so.
    """
    seen: set[str] = set()
    for name in names:
        if tables and Path(name).is_dir():
            continue
        for found in _expanded(name, stdin):
            # Not resolved: two names of one file by a link are two files of the folder.
            place = found.label if found.label == STDIN else os.path.abspath(found.label)  # noqa: PTH100
            if place not in seen:
                seen.add(place)
                yield found


def _expanded(name: str, stdin: Callable[[], bytes]) -> Iterator[Input]:
    if name == STDIN:
        yield Input(STDIN, stdin())
        return
    path = Path(name)
    if path.is_dir():
        yield from (Input(inner.as_posix(), inner) for inner in _case_files(path))
        return
    matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
    for match in matches if matches and not path.exists() else [name]:
        yield Input(Path(match).as_posix(), Path(match))


def _case_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in SUFFIXES and not path.is_dir():
            yield path


def empty_folders(names: Iterable[str], *, tables: bool = False) -> list[Problem]:
    """Return a problem for every folder without a case file: nothing checked is not clean.

    Where *tables* are wanted, no folder will do: which of its files are tables cannot be told.
    """
    folders = [name for name in names if name != STDIN and Path(name).is_dir()]
    if tables:
        text, advice = "这是文件夹，不是表格", "写明其中的表格文件，如 台账/*.csv"
        return [Problem(name, None, None, text, advice) for name in folders]
    text, advice = "文件夹中没有案卷文件", "应有 .json 或 .xml 文件；表格要加 --source"
    return [
        Problem(name, None, None, text, advice)
        for name in folders
        if next(_case_files(Path(name)), None) is None
    ]
