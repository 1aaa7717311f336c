"""From what the user names on the command line to inputs: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Literal

from msgspec import Struct

from casefiles.problems import Problem

SUFFIXES = (".json", ".xml")
"""Files that are read where a folder is named."""

STDIN = "-"

Kind = Literal["files", "tables", "lines"]
"""What the names stand for: case files, tables of a row a case, or files of a line a case."""


class Input(Struct, frozen=True):
    """One input: how it is named in reports, and its path; ``None`` is standard input.

    ``problem`` tells why there is nothing to read.
    """

    label: str
    path: str | None
    problem: Problem | None = None


def inputs(names: Iterable[str], *, kind: Kind = "files") -> Iterator[Input]:
    """Yield every input that the names stand for, in a fixed order, each only once.

    A folder stands for the case files in it and below; for one without any, and for any
    where tables or lines are wanted, a problem follows at the end. A pattern that fits nothing is
    yielded as it is, so that reading it says so. Folders are read as they come: only one folder of
    each depth is in memory at a time.
    """
    names = list(names)
    seen: set[str] | None = set() if len(names) > 1 or any(map(glob.has_magic, names)) else None
    empty: list[Input] = []
    for name in names:
        if name != STDIN and Path(name).is_dir():
            none = True
            for path in _case_files(name) if kind == "files" else ():
                none = False
                if _is_new(path.label, seen):
                    yield path
            if none:
                empty.append(_empty(name, kind))
            continue
        for label in _expanded(name):
            if _is_new(label, seen):
                yield Input(label, None if label == STDIN else label)
    yield from empty


def _is_new(label: str, seen: set[str] | None) -> bool:
    if seen is None:
        return True
    # Not resolved: two names of one file by a link are two files of the folder.
    place = label if label == STDIN else os.path.abspath(label)  # noqa: PTH100
    if place in seen:
        return False
    seen.add(place)
    return True


def _expanded(name: str) -> Iterator[str]:
    if name == STDIN:
        yield STDIN
        return
    path = Path(name)
    matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
    for match in matches if matches and not path.exists() else [name]:
        yield Path(match).as_posix()


def _case_files(folder: str) -> Iterator[Input]:
    return _below(Path(folder).as_posix())


def _below(folder: str) -> Iterator[Input]:
    """Yield the case files of a folder and below in the order of the parts of their paths."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        problem = Problem(folder, None, None, "文件夹无法打开", "请检查权限")
        yield Input(folder, None, problem)
        return
    prefix = "" if folder == "." else folder if folder.endswith("/") else f"{folder}/"
    for entry in entries:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path)
        elif PurePath(entry.name).suffix.lower() in SUFFIXES and not entry.is_dir():
            yield Input(path, path)


def _empty(name: str, kind: Kind) -> Input:
    return Input(name, None, Problem(name, None, None, *_NOTHING[kind]))


_NOTHING = {
    "files": ("文件夹中没有案卷文件", "应有 .json 或 .xml 文件；表格要加 --source"),
    "tables": ("这是文件夹，不是表格", "写明其中的表格文件，如 台账/*.csv"),
    "lines": ("这是文件夹，不是一行一案的文件", "写明其中的文件，如 台账/*.ndjson"),
}
