"""Places in an XML text: from a path to pointer, line, column and quote.

One pass over the tags, made when the first place is asked for, remembers where each element begins;
attributes are searched in the start tag of their element. The text is known to be well-formed, so a
regular expression tells tags from everything else.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from adapters.readers.lines import Lines
from adapters.readers.places import quoted
from casefiles.forms import CASE_FORM, FACT, ITEM, Form, Holds, Slot
from casefiles.model import Location, Path

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</(?P<end>)[^>]*+>"
    r"""|<(?P<name>[^\s/>]++)[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(r"<[^>]*>")
_MOST_CONTENT = 1000


class _Begin(NamedTuple):
    """A start tag, and what it stands for in the model (unknown elements: nothing)."""

    tag: re.Match[str]
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


def _begins(text: str) -> Iterator[_Begin]:
    """Yield all elements in the order of their start tags."""
    opened: list[_Open] = []
    for markup in _MARKUP.finditer(text):
        if markup["end"] is not None:
            opened.pop()
        elif markup["name"] is not None:
            one = _child(opened[-1], markup) if opened else _Open((), CASE_FORM)
            yield _Begin(markup, one.path, one.form is None)
            if not markup[0].endswith("/>"):
                opened.append(one)


def _child(parent: _Open, tag: re.Match[str]) -> _Open:
    name = tag["name"].rpartition(":")[2]
    if parent.path is None:
        return _Open(None, None)
    if parent.form is None:
        return _Open((*parent.path, parent.next(ITEM)) if name == ITEM else None, None)
    slot = parent.form.children.get(name)
    if slot is None:
        return _Open(None, None)
    path = (*parent.path, slot.name)
    if slot.holds is Holds.FACTS:
        return _Open((*path, _value(_attribute(tag, "name"))), None)
    if slot.is_repeated:
        return _Open((*path, parent.next(slot.name)), slot.form)
    return _Open(path, slot.form)


def _attribute(tag: re.Match[str], name: str) -> re.Match[str] | None:
    return next((one for one in _ATTRIBUTE.finditer(tag[0]) if one[1] == name), None)


def _value(attribute: re.Match[str] | None) -> str:
    return html.unescape(attribute[2][1:-1]) if attribute else ""


class XmlPlaces:
    """The places of one XML text that is known to be well-formed."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._text = text
        self._lines = Lines(text)

    def locate(self, path: Path) -> Location:
        """Return where the element or attribute at a path begins, or the nearest one around it."""
        depth = next(depth for depth in range(len(path), -1, -1) if path[:depth] in self._by_path)
        rest = path[depth:]
        return self._location(self._by_path[path[:depth]], str(rest[0]) if rest else None)

    def locate_name(self, path: Path) -> Location:
        """Return the same place: the name of a thing stands where the thing begins."""
        return self.locate(path)

    def locate_element(self, number: int, attribute: str | None = None) -> Location:
        """Return where an element begins, by its number in document order, or its attribute."""
        return self._location(self._begins[number], attribute)

    @cached_property
    def _begins(self) -> list[_Begin]:
        return list(_begins(self._text))

    @cached_property
    def _by_path(self) -> dict[Path, _Begin]:
        """All known elements; of two in one place, the first."""
        return {one.path: one for one in reversed(self._begins) if one.path is not None}

    def _location(self, begin: _Begin, attribute: str | None) -> Location:
        path, offset = begin.path or (), begin.tag.start()
        found = _attribute(begin.tag, attribute) if attribute else None
        line, column = self._lines.at(offset + found.start(1) if found else offset)
        return Location(
            file=self.file,
            pointer=xml_pointer((*path, found[1]) if found else path),
            line=line,
            column=column,
            quote=quoted(_value(found) if found else self._quote(begin)),
        )

    def _quote(self, begin: _Begin) -> str:
        if not begin.is_leaf or begin.tag[0].endswith("/>"):
            return begin.tag[0]
        content = self._text[begin.tag.end() : begin.tag.end() + _MOST_CONTENT]
        return html.unescape(_TAG.sub(" ", re.split(f"</(?:[^>]*:)?(?!{ITEM})", content)[0]))


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
