"""Lines and columns of offsets in a text."""

from __future__ import annotations


class Lines:
    """Lines and columns, both from 1; asking in ascending order costs one pass in all."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 0
        self._line = 1
        self._start = 0

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, counted in characters."""
        if offset < self._offset:
            self._offset, self._line, self._start = 0, 1, 0
        self._line += self._text.count("\n", self._offset, offset)
        newline = self._text.rfind("\n", self._offset, offset)
        self._start = self._start if newline < 0 else newline + 1
        self._offset = offset
        return self._line, offset - self._start + 1
