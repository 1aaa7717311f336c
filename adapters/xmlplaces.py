"""Places in an XML text: from a path to pointer, line, column and quote.

One pass over the text, made when the first place is asked for, remembers where each element begins;
attributes are searched in the start tag of their element.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from xml.parsers import expat

from adapters.places import quoted
from casefiles.forms import CASE_FORM, FACT, ITEM, Form, Holds, Slot
from casefiles.model import Location, Path

_START_TAG = re.compile(r"""<[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>?""")
_ATTRIBUTE = re.compile(r"""\s([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(r"<[^>]*>")
_QUOTED_BYTES = 2000


class _Begin(NamedTuple):
    """Where an element begins, and what it stands for in the model (unknown elements: nothing)."""

    line: int
    column: int
    offset: int
    path: Path | None
    is_leaf: bool


@dataclass(slots=True)
class _Open:
    """An element that is being read: its path, the form of its record, how many children so far."""

    path: Path | None
    form: Form | None
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, name: str) -> int:
        """Count a child and return its place among its like, from 0."""
        self.counts[name] = self.counts.get(name, -1) + 1
        return self.counts[name]


class _Pass:
    """The one pass over a text: all elements in the order of their start tags."""

    def __init__(self) -> None:
        self.begins: list[_Begin] = []
        self.by_path: dict[Path, _Begin] = {}
        self._open: list[_Open] = []
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, source: bytes) -> None:
        self._parser.Parse(source, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        opened = _child(self._open[-1], tag, attributes) if self._open else _Open((), CASE_FORM)
        parser = self._parser
        begin = _Begin(
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
            parser.CurrentByteIndex,
            opened.path,
            opened.form is None,
        )
        self.begins.append(begin)
        if opened.path is not None:
            self.by_path.setdefault(opened.path, begin)
        self._open.append(opened)

    def _end(self, _: str) -> None:
        self._open.pop()


def _child(parent: _Open, tag: str, attributes: dict[str, str]) -> _Open:
    if parent.path is None:
        return _Open(None, None)
    if parent.form is None:
        return _Open((*parent.path, parent.next(ITEM)) if tag == ITEM else None, None)
    slot = parent.form.children.get(tag)
    if slot is None:
        return _Open(None, None)
    path = (*parent.path, slot.name)
    if slot.holds is Holds.FACTS:
        return _Open((*path, attributes.get("name", "")), None)
    if slot.is_repeated:
        return _Open((*path, parent.next(slot.name)), slot.form)
    return _Open(path, slot.form)


class XmlPlaces:
    """The places of one XML text, given as UTF-8, that is known to be well-formed."""

    def __init__(self, source: bytes, file: str) -> None:
        self.file = file
        self._source = source

    def locate(self, path: Path) -> Location:
        """Return where the element or attribute at a path begins, or the nearest one around it."""
        depth = next(depth for depth in range(len(path), -1, -1) if path[:depth] in self._by_path)
        begin = self._by_path[path[:depth]]
        rest = path[depth:]
        return (rest and self._attribute(begin, str(rest[0]))) or self._element(begin)

    def locate_name(self, path: Path) -> Location:
        """Return the same place: the name of a thing stands where the thing begins."""
        return self.locate(path)

    def locate_element(self, number: int, attribute: str | None = None) -> Location:
        """Return where an element begins, by its number in document order, or one attribute of it."""
        begin = self._pass.begins[number]
        return (attribute and self._attribute(begin, attribute)) or self._element(begin)

    @cached_property
    def _pass(self) -> _Pass:
        one = _Pass()
        one.read(self._source)
        return one

    @property
    def _by_path(self) -> dict[Path, _Begin]:
        return self._pass.by_path

    def _element(self, begin: _Begin) -> Location:
        return Location(
            file=self.file,
            pointer=xml_pointer(begin.path or ()),
            line=begin.line,
            column=begin.column,
            quote=quoted(self._content(begin) if begin.is_leaf else self._start_tag(begin)),
        )

    def _attribute(self, begin: _Begin, name: str) -> Location | None:
        tag = self._start_tag(begin)
        found = next((one for one in _ATTRIBUTE.finditer(tag) if one[1] == name), None)
        if found is None:
            return None
        before = tag[: found.start(1)]
        newlines = before.count("\n")
        column = len(before) - before.rfind("\n") if newlines else begin.column + len(before)
        return Location(
            file=self.file,
            pointer=xml_pointer((*(begin.path or ()), name)),
            line=begin.line + newlines,
            column=column,
            quote=quoted(html.unescape(found[2][1:-1])),
        )

    def _start_tag(self, begin: _Begin) -> str:
        found = _START_TAG.match(self._piece(begin))
        return found[0] if found else ""

    def _content(self, begin: _Begin) -> str:
        piece = self._piece(begin)[len(self._start_tag(begin)) :]
        return html.unescape(_TAG.sub(" ", re.split(f"</(?:[^>]*:)?(?!{ITEM})", piece)[0]))

    def _piece(self, begin: _Begin) -> str:
        return self._source[begin.offset : begin.offset + _QUOTED_BYTES].decode(errors="ignore")


def xml_pointer(path: Path) -> str:
    """Return a path as a readable XPath without prefixes.

    >>> xml_pointer(("acts", 3, "facts", "罚款金额"))
    "/casefile/act[4]/fact[@name='罚款金额']"
    """
    steps = ["/casefile"]
    form: Form | None = CASE_FORM
    rest = list(path)
    while rest:
        slot = form.slots.get(str(rest.pop(0))) if form else None
        if slot is None:
            break
        steps.append(_step(slot, rest))
        form = slot.form
    return "".join(steps)


def _step(slot: Slot, rest: list[str | int]) -> str:
    """Return one step of a pointer, taking from *rest* what it uses up."""
    if slot.is_attribute:
        return f"/@{slot.name}"
    if slot.holds is Holds.RECORD or not rest:
        return f"/{slot.tag}"
    if slot.holds is Holds.FACTS:
        return f"/{FACT}[@name={_literal(str(rest.pop(0)))}]{_item(rest)}"
    if slot.has_items:
        return f"/{slot.tag}{_item(rest)}"
    return f"/{slot.tag}[{int(rest.pop(0)) + 1}]"


def _item(rest: list[str | int]) -> str:
    return f"/{ITEM}[{int(rest.pop(0)) + 1}]" if rest else ""


def _literal(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
