"""What is made of a vocabulary once and used for every file that is read with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from casefiles.terms import Vocabulary

_Made = TypeVar("_Made")
_MOST_KEPT = 8


class OfVocabulary(Generic[_Made]):
    """Called with a vocabulary, returns what is made of it; asked again, the same."""

    def __init__(self, make: Callable[[Vocabulary], _Made]) -> None:
        self._make = make
        self._made: dict[int, tuple[Vocabulary, _Made]] = {}

    def __call__(self, vocabulary: Vocabulary) -> _Made:
        """Return what is made of a vocabulary."""
        kept = self._made.get(id(vocabulary))
        if kept is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            # A vocabulary is kept with what is made of it, so that its id stays its own.
            kept = self._made[id(vocabulary)] = (vocabulary, self._make(vocabulary))
        return kept[1]
