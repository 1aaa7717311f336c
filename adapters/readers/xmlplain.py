"""From elements to plain data of the same shape as JSON, refusing whatever has no place there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from lxml import etree

from adapters.readers.xmlplaces import XmlPlaces
from casefiles.forms import CASE_FORM, ITEM, NAMESPACE, Form, Holds, Slot
from casefiles.mistakes import MOST_MISTAKES, did_you_mean, shortened
from casefiles.plain import number_of
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import FactType, Vocabulary

ROOT = f"{{{NAMESPACE}}}casefile"

MOST_ATTRIBUTES = 200
"""How many attributes an element may have; copying very many of them takes quadratic time."""

_ITEM = f"{{{NAMESPACE}}}{ITEM}"
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_FLAGS = {"是": True, "true": True, "否": False, "false": False}

Plain = dict[str, object]


class _Fault(NamedTuple):
    element: etree._Element
    attribute: str | None
    text: str
    advice: str


class _EnoughError(Exception):
    """So much is wrong that looking further helps nobody."""


class PlainReader:
    """Reads one document; everything that has no place in a case file is told at once."""

    def __init__(self, vocabulary: Vocabulary, places: XmlPlaces) -> None:
        self._facts = vocabulary.facts
        self._places = places
        self._faults: list[_Fault] = []

    def read(self, root: etree._Element) -> Plain:
        """Return the plain data of the root element; raises CaseFileError."""
        plain: Plain = {}
        try:
            if root.tag == ROOT:
                plain = self._record(root, CASE_FORM)
            else:
                self._refuse(root, *_wrong_root(root))
        except _EnoughError:
            pass
        if self._faults:
            raise CaseFileError(self._problems(root))
        return plain

    def _record(self, element: etree._Element, form: Form) -> Plain:
        plain = self._attributes(element, form)
        children = _children_by_tag(form.name)
        self._refuse_stray(element.text, element)
        for child in element:
            self._refuse_stray(child.tail, child)
            slot = children.get(child.tag)
            if slot is None:
                self._refuse(child, *_unknown_element(child, form))
            else:
                self._add(plain, slot, child)
        return plain

    def _attributes(self, element: etree._Element, form: Form) -> Plain:
        attributes = element.attrib
        if len(attributes) > MOST_ATTRIBUTES:
            self._refuse(element, f"元素的属性超过 {MOST_ATTRIBUTES} 个", "请核对来源")
            return {}
        plain: Plain = {}
        for name, value in attributes.items():
            assert isinstance(name, str) and isinstance(value, str)
            if name in form.attributes:
                plain[name] = value
            elif not name.startswith(_INSTANCE):
                text = f"{form.caption}没有属性“{shortened(name)}”"
                self._refuse(element, text, did_you_mean(name, form.attributes), name)
        return plain

    def _add(self, plain: Plain, slot: Slot, child: etree._Element) -> None:
        if slot.holds is Holds.FACTS:
            self._add_fact(plain, child)
        elif slot.is_repeated:
            members = plain.setdefault(slot.name, [])
            assert isinstance(members, list)
            members.append(self._value(slot, child))
        elif slot.name in plain:
            self._refuse(child, f"“{slot.tag}”重复", "这个元素只能写一次，请删去其中一个")
        else:
            plain[slot.name] = self._value(slot, child)

    def _value(self, slot: Slot, child: etree._Element) -> object:
        if slot.form is not None:
            return self._record(child, slot.form)
        if len(child.attrib):
            self._refuse(child, f"“{slot.tag}”不应有属性", "请把内容写在标签之间")
        return self._items(child) if slot.has_items else self._text(child)

    def _add_fact(self, plain: Plain, child: etree._Element) -> None:
        name = child.get("name")
        facts = plain.setdefault("facts", {})
        assert isinstance(facts, dict)
        if name is None or len(child.attrib) != 1:
            self._refuse(child, "fact 应当有 name 一个属性", '写作 <fact name="事项">内容</fact>')
        elif name in facts:
            self._refuse(child, f"事项“{shortened(name)}”重复", "每个事项只能写一次；多项用 <item>")
        else:
            facts[name] = self._fact(name, child)

    def _fact(self, name: str, element: etree._Element) -> object:
        term = self._facts.get(name)
        kind = term.type if term else FactType.TEXT
        if len(element) or (kind is FactType.LIST and not (element.text or "").strip()):
            return self._items(element)
        return _CONVERSIONS.get(kind, str.strip)(element.text or "")

    def _items(self, element: etree._Element) -> list[str]:
        self._refuse_stray(element.text, element)
        items = []
        for child in element:
            self._refuse_stray(child.tail, child)
            if child.tag != _ITEM or len(child.attrib):
                self._refuse(child, "列表中只能有 <item>", "每项写作 <item>内容</item>")
            else:
                items.append(self._text(child))
        return items

    def _text(self, element: etree._Element) -> str:
        if len(element):
            self._refuse(element[0], "此处只能写文字，不能有元素", "请删去其中的标签")
        return element.text or ""

    def _refuse_stray(self, text: str | None, element: etree._Element) -> None:
        if text is not None and not text.isspace():
            self._refuse(element, f"元素之间不应有文字“{shortened(text)}”", "请写进属性或者 <fact> 之中")

    def _refuse(self, element: etree._Element, text: str, advice: str, attribute: str | None = None) -> None:
        self._faults.append(_Fault(element, attribute, text, advice))
        if len(self._faults) == MOST_MISTAKES:
            raise _EnoughError

    def _problems(self, root: etree._Element) -> list[Problem]:
        numbers = {element: number for number, element in enumerate(root.iter())}
        return [self._problem(numbers[fault.element], fault) for fault in self._faults]

    def _problem(self, number: int, fault: _Fault) -> Problem:
        place = self._places.locate_element(number, fault.attribute)
        return Problem(place.file, place.line, place.column, fault.text, fault.advice)


@cache
def _children_by_tag(record: str) -> Mapping[str, Slot]:
    return {f"{{{NAMESPACE}}}{tag}": slot for tag, slot in _FORMS[record].children.items()}


def _forms(form: Form) -> dict[str, Form]:
    inner = [slot.form for slot in form.slots.values() if slot.form is not None]
    return {form.name: form} | {name: one for each in inner for name, one in _forms(each).items()}


_FORMS = _forms(CASE_FORM)


def _number_or_text(text: str) -> int | float | str:
    """Return the number; a text that is none stays a text, for the vocabulary to complain about."""
    try:
        return number_of(text.strip())
    except ValueError:
        return text


def _flag_or_text(text: str) -> bool | str:
    return _FLAGS.get(text.strip(), text)


def _as_written(text: str) -> str:
    return text


_CONVERSIONS: Mapping[FactType, Callable[[str], object]] = {
    FactType.FLAG: _flag_or_text,
    FactType.COUNT: _number_or_text,
    FactType.AMOUNT: _number_or_text,
    FactType.TEXT: _as_written,
    FactType.LIST: _as_written,
}


def _wrong_root(root: etree._Element) -> tuple[str, str]:
    name = etree.QName(root)
    if name.localname != "casefile":
        return f"根元素应为 casefile，实际是 {shortened(name.localname)}", "请核对这是不是案卷文件"
    found = f"“{shortened(name.namespace)}”" if name.namespace else "没有命名空间"
    return f"命名空间应为“{NAMESPACE}”，实际{found}", f'根元素写作 <casefile xmlns="{NAMESPACE}" …>'


def _unknown_element(child: etree._Element, form: Form) -> tuple[str, str]:
    name = etree.QName(child)
    if name.namespace != NAMESPACE:
        return (
            f"元素“{shortened(name.localname)}”的命名空间不是“{NAMESPACE}”",
            "请去掉前缀或者多余的 xmlns",
        )
    tag = shortened(name.localname)
    return f"{form.caption}之中没有元素“{tag}”", did_you_mean(tag, form.children)
