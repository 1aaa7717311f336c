"""The case numbers of a run: which source had a number first, in a few bytes for each number."""

from __future__ import annotations

from array import array

from adapters.spool import Spool

_FIRST_SIZE = 1024


class Numbers:
    """Digests of case numbers with the source that had each first.

    A hash table with open addressing in two arrays: between 32 and 64 bytes a number where a dict takes
    well over a hundred; 200,000 numbers take 8 MB. The names of the sources are in a spool. By
    digests of eight bytes two different numbers are taken for one with a chance of one in a billion
    among 200,000, of one in 37,000 among a hundred million.
    """

    def __init__(self) -> None:
        self._names = Spool()
        self._count = 0
        self._keys = array("Q", bytes(8 * _FIRST_SIZE))
        self._places = array("Q", bytes(8 * _FIRST_SIZE))

    def earlier(self, key: int) -> str | None:
        """Return the name of the source that had a number first, ``None`` if it is new."""
        slot = self._slot(key)
        if not self._keys[slot]:
            return None
        return self._names.at(self._places[slot]).decode("utf-8", "surrogatepass")

    def add(self, key: int, name: str) -> None:
        """Remember who had a number, unless somebody had it before."""
        slot = self._slot(key)
        if self._keys[slot]:
            return
        self._keys[slot] = key
        self._places[slot] = self._names.add(name.encode("utf-8", "surrogatepass"))
        self._count += 1
        if 2 * self._count > len(self._keys):
            self._grow()

    def _slot(self, key: int) -> int:
        keys, last = self._keys, len(self._keys) - 1
        slot = key & last
        while keys[slot] and keys[slot] != key:
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        keys, places = self._keys, self._places
        self._keys = array("Q", bytes(16 * len(keys)))
        self._places = array("Q", bytes(16 * len(keys)))
        for key, place in zip(keys, places, strict=True):
            if key:
                slot = self._slot(key)
                self._keys[slot], self._places[slot] = key, place
