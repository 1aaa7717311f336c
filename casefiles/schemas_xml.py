"""The XML Schema (XSD 1.0) of a case file, generated from the model and the vocabulary.

XSD cannot let the type of a fact hang on its name, so the content of facts is open here; the reader
checks it against the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from casefiles.forms import CASE_FORM, FACT, ITEM, NAMESPACE, Form, Holds, Slot
from casefiles.plain import MOMENT_PATTERN
from casefiles.terms import Vocabulary
from casefiles.wordlists import fact_names, field_words

_XS = "http://www.w3.org/2001/XMLSchema"
_KEYS = (("act", "@id"), ("person", "@id"), ("document", "@id"))
_REFERENCES = (
    ("about", "act", "c:act/c:about", "."),
    ("proves", "act", "c:document/c:proves", "."),
    ("by", "person", "c:act/c:by", "@person"),
)


def xml_schema(vocabulary: Vocabulary) -> str:
    """Return the schema as text."""
    ET.register_namespace("xs", _XS)
    schema = ET.Element(_xs("schema"), elementFormDefault="qualified", targetNamespace=NAMESPACE)
    schema.set("xmlns:c", NAMESPACE)
    root = _element(schema, "casefile", "c:CaseFile", CASE_FORM.caption)
    _unique_facts(root, CASE_FORM)
    _identities(root)
    _record_types(schema, CASE_FORM, vocabulary, set())
    _pattern_type(schema, "Moment", MOMENT_PATTERN)
    _pattern_type(schema, "Name", r"\s*\S[\s\S]*")
    _items_type(schema)
    ET.indent(schema)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(schema, encoding="unicode")}\n'


def _xs(name: str) -> str:
    return f"{{{_XS}}}{name}"


def _sub(parent: ET.Element, kind: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _xs(kind), attributes)


def _element(parent: ET.Element, tag: str, kind: str, caption: str, **occurs: str) -> ET.Element:
    element = _sub(parent, "element", name=tag, type=kind, **occurs)
    _sub(_sub(element, "annotation"), "documentation").text = caption
    return element


def _identities(root: ET.Element) -> None:
    for tag, field in _KEYS:
        _identity(root, "key", f"{tag}s", f"c:{tag}", field)
    for name, tag, selector, field in _REFERENCES:
        _identity(root, "keyref", name, selector, field).set("refer", f"c:{tag}s")


def _identity(parent: ET.Element, kind: str, name: str, selector: str, field: str) -> ET.Element:
    identity = _sub(parent, kind, name=name)
    _sub(identity, "selector", xpath=selector)
    _sub(identity, "field", xpath=field)
    return identity


def _unique_facts(element: ET.Element, form: Form) -> None:
    if FACT in form.children:
        _identity(element, "unique", f"factsOf{form.name}", f"c:{FACT}", "@name")


def _record_types(schema: ET.Element, form: Form, vocabulary: Vocabulary, done: set[str]) -> None:
    """Add the type of a record, and those of the records in it."""
    done.add(form.name)
    kind = _sub(schema, "complexType", name=form.name)
    sequence = _sub(kind, "sequence")
    for tag, slot in form.children.items():
        _child(sequence, tag, slot, form)
    for slot in form.attributes.values():
        _attribute(kind, slot, form, vocabulary)
    for slot in form.slots.values():
        _word_type(schema, slot, form, vocabulary)
        if slot.form is not None and slot.form.name not in done:
            _record_types(schema, slot.form, vocabulary, done)


def _child(sequence: ET.Element, tag: str, slot: Slot, form: Form) -> None:
    element = _element(
        sequence,
        tag,
        _child_type(slot, form),
        slot.caption,
        minOccurs="1" if slot.required else "0",
        maxOccurs="unbounded" if slot.is_repeated else "1",
    )
    if slot.form is not None:
        _unique_facts(element, slot.form)


def _child_type(slot: Slot, form: Form) -> str:
    if slot.form is not None:
        return f"c:{slot.form.name}"
    if slot.holds is Holds.FACTS:
        return f"c:{form.name}Fact"
    if slot.has_items:
        return "c:Items"
    return f"c:{form.name}Role" if slot.name == "roles" else "xs:string"


def _attribute(kind: ET.Element, slot: Slot, form: Form, vocabulary: Vocabulary) -> None:
    attribute = _sub(
        kind,
        "attribute",
        name=slot.name,
        type=_attribute_type(slot, form, vocabulary),
        use="required" if slot.required else "optional",
    )
    _sub(_sub(attribute, "annotation"), "documentation").text = slot.caption


def _attribute_type(slot: Slot, form: Form, vocabulary: Vocabulary) -> str:
    if slot.holds is Holds.MOMENT:
        return "c:Moment"
    if slot.name == "id" or (form.name, slot.name) == ("CaseFile", "number"):
        return "c:Name"
    if field_words(form.name, slot.name, vocabulary):
        return f"c:{form.name}{slot.tag.capitalize()}"
    return "xs:string"


def _word_type(schema: ET.Element, slot: Slot, form: Form, vocabulary: Vocabulary) -> None:
    """Add the type that lists the words of a field, or the names of the facts of a record."""
    if slot.holds is Holds.FACTS:
        name = f"{form.name}Fact"
        _fact_type(schema, name)
        _enumeration(schema, f"{name}Name", fact_names(form.name, vocabulary))
    elif words := field_words(form.name, slot.name, vocabulary):
        _enumeration(schema, f"{form.name}{slot.tag.capitalize()}", words)


def _fact_type(schema: ET.Element, name: str) -> None:
    kind = _sub(schema, "complexType", name=name, mixed="true")
    _item_sequence(kind)
    _sub(kind, "attribute", name="name", type=f"c:{name}Name", use="required")


def _items_type(schema: ET.Element) -> None:
    _item_sequence(_sub(schema, "complexType", name="Items"))


def _item_sequence(kind: ET.Element) -> None:
    sequence = _sub(kind, "sequence")
    _sub(sequence, "element", name=ITEM, type="xs:string", minOccurs="0", maxOccurs="unbounded")


def _enumeration(schema: ET.Element, name: str, words: Iterable[str]) -> None:
    restriction = _sub(_sub(schema, "simpleType", name=name), "restriction", base="xs:string")
    for word in words:
        _sub(restriction, "enumeration", value=word)


def _pattern_type(schema: ET.Element, name: str, pattern: str) -> None:
    restriction = _sub(_sub(schema, "simpleType", name=name), "restriction", base="xs:string")
    _sub(restriction, "pattern", value=pattern)
