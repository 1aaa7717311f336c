"""Places in a JSON text: from a path to pointer, line, column and quote.

Each object or list on the way is scanned once and no further than asked for; its members are skipped
by the scanner of the standard library. The fast path of a reader never comes here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from adapters.readers.lines import Lines
from adapters.readers.places import quoted
from casefiles.model import Location, Path, Step

_BLANK = re.compile(r"[ \t\r\n]*")
_SKIP = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


class _Span(NamedTuple):
    """The offsets of a value, and of the name it carries (of the value itself in a list)."""

    name: int
    start: int
    end: int


class _Container:
    """The members of one object or list, scanned as far as they have been asked for."""

    def __init__(self, rest: Iterator[tuple[Step, _Span]]) -> None:
        self._known: dict[Step, _Span] = {}
        self._rest = rest

    def find(self, step: Step) -> _Span | None:
        """Return the span of a member, or ``None`` if there is no such member."""
        if step not in self._known:
            for name, span in self._rest:
                self._known[name] = span
                if name == step:
                    break
        return self._known.get(step)


class JsonPlaces:
    """The places of one JSON text that is known to be well-formed."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._text = text
        self._lines = Lines(text)
        self._containers: dict[Path, _Container] = {}

    def locate(self, path: Path) -> Location:
        """Return where the value at a path stands, or the nearest thing around it that exists."""
        known, span = self._nearest(path)
        return self._location(known, span.start, span)

    def locate_name(self, path: Path) -> Location:
        """Return where the key at a path stands, or the nearest thing around it that exists."""
        known, span = self._nearest(path)
        return self._location(known, span.name, span)

    def _location(self, path: Path, offset: int, span: _Span) -> Location:
        line, column = self._lines.at(offset)
        return Location(
            file=self.file,
            pointer=json_pointer(path),
            line=line,
            column=column,
            quote=quoted(self._text[span.start : min(span.end, span.start + 400)]),
        )

    def _nearest(self, path: Path) -> tuple[Path, _Span]:
        span = self._root
        for depth, step in enumerate(path):
            inner = self._container(path[:depth], span).find(step)
            if inner is None:
                return path[:depth], span
            span = inner
        return path, span

    @cached_property
    def _root(self) -> _Span:
        start = self._past_blanks(0)
        return _Span(start, start, len(self._text.rstrip()))

    def _container(self, path: Path, span: _Span) -> _Container:
        if path not in self._containers:
            self._containers[path] = _Container(self._scan(span.start))
        return self._containers[path]

    def _scan(self, start: int) -> Iterator[tuple[Step, _Span]]:
        if self._text[start] == "{":
            return self._scan_object(self._past_blanks(start + 1))
        if self._text[start] == "[":
            return self._scan_list(self._past_blanks(start + 1))
        return iter(())

    def _scan_object(self, offset: int) -> Iterator[tuple[Step, _Span]]:
        while self._text[offset] != "}":
            name, end = _SKIP.raw_decode(self._text, offset)
            start = self._past_blanks(self._past_blanks(end) + 1)
            _, end = _SKIP.raw_decode(self._text, start)
            yield name, _Span(offset, start, end)
            offset = self._past_comma(end)

    def _scan_list(self, offset: int) -> Iterator[tuple[Step, _Span]]:
        index = 0
        while self._text[offset] != "]":
            _, end = _SKIP.raw_decode(self._text, offset)
            yield index, _Span(offset, offset, end)
            offset = self._past_comma(end)
            index += 1

    def _past_comma(self, offset: int) -> int:
        offset = self._past_blanks(offset)
        return self._past_blanks(offset + 1) if self._text[offset] == "," else offset

    def _past_blanks(self, offset: int) -> int:
        found = _BLANK.match(self._text, offset)
        assert found is not None
        return found.end()


def json_pointer(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901).

    >>> json_pointer(("acts", 3, "facts", "元/日"))
    '/acts/3/facts/元~1日'
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
