"""The program itself: its version, and a hash of what turns rules into a rulebook."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

VERSION = "0.1.0"
"""The version; the package takes it from here, for asking the installed package is slow."""

HOME = Path(__file__).parent.parent
PACKAGES = ("casefiles", "engine")
"""Those of the folder ``HOME`` whose source turns rules into a rulebook."""


def program_hash() -> str:
    """Return a hash of the version and of the source that reads rules, as far as it lies in files.

    Between two releases, and in a changed copy, the version says nothing.
    """
    digest = hashlib.sha256(VERSION.encode())
    for package in PACKAGES:
        for path in sorted(_sources(str(HOME / package))):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - every start waits for it
                digest.update(file.read())
    return digest.hexdigest()


def _sources(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    yield entry.path
                elif entry.is_dir():
                    yield from _sources(entry.path)
    except (FileNotFoundError, NotADirectoryError):  # a package in an archive
        return
