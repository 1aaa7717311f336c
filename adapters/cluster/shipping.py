"""The rules as data that travels: no machine of a cluster needs them on its disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from casefiles.terms import standard_vocabulary
from engine.rulebook import Rulebook, rulebook_from
from engine.rulefiles import read_files


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of a folder of rules, and which rules of it are wanted; none named means all.

    Two parcels are the same when their ``digest`` is.
    """

    digest: str
    folder: str = field(compare=False)
    files: tuple[tuple[str, bytes], ...] = field(compare=False, repr=False)
    only: tuple[str, ...] = field(compare=False)


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Shipped(Protocol[T_co]):
    """What holds something on the other side: a broadcast of Spark, or any object with a ``value``."""

    @property
    def value(self) -> T_co:
        """What was sent."""


@dataclass(frozen=True, slots=True)
class Here(Generic[T]):
    """Something that travels with the function itself, or not at all."""

    value: T


def packed(folder: Path, only: Iterable[str] = ()) -> Parcel:
    """Return the rules of a folder as a parcel."""
    files = tuple(read_files(folder).items())
    names = tuple(sorted(set(only)))
    whole = hashlib.sha256(repr((folder.name, names)).encode())
    for name, content in files:
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return Parcel(whole.hexdigest(), folder.name, files, names)


@lru_cache(maxsize=2)
def unpacked(parcel: Parcel) -> Rulebook:
    """Return the rulebook of a parcel, built once in each process; nothing is read from a disk.

    Its version is that of the folder it was packed from.
    """
    rulebook = rulebook_from(dict(parcel.files), Path(parcel.folder), standard_vocabulary())
    return rulebook.only(parcel.only) if parcel.only else rulebook
