"""The shape of the records of a case file, derived from the model for readers, writers and schemas.

The model is the only place where fields are listed; this module tells of each field what it holds,
and how it is written in XML: as an attribute, or as child elements with the ``tag`` given here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

import msgspec

from casefiles.captions import RECORDS, caption
from casefiles.model import CaseFile


class Holds(Enum):
    """What a field holds: a text, a moment, one record, a list of records or of texts, or facts."""

    TEXT = "text"
    MOMENT = "moment"
    RECORD = "record"
    RECORDS = "records"
    TEXTS = "texts"
    FACTS = "facts"


NAMESPACE = "urn:anjuan:casefile:1"
"""The namespace of every element of a case file in XML."""
ITEM = "item"
"""The element of one item of a list, within a fact or within a list that may be empty."""
FACT = "fact"
"""The element of one fact; its attribute ``name`` holds the name."""

_SINGULAR = {
    "parties": "party",
    "persons": "person",
    "acts": "act",
    "documents": "document",
    "roles": "role",
    "facts": FACT,
}


class Slot(msgspec.Struct, frozen=True, dict=True):
    """A field of a record; ``nullable`` tells that leaving it out differs from leaving it empty."""

    name: str
    holds: Holds
    required: bool
    nullable: bool
    caption: str
    form: Form | None = None

    @cached_property
    def is_attribute(self) -> bool:
        """Whether XML writes this field as an attribute."""
        return self.holds in (Holds.TEXT, Holds.MOMENT)

    @cached_property
    def has_items(self) -> bool:
        """Whether XML writes this list as one element with items, so that it can be empty."""
        return self.holds is Holds.TEXTS and self.nullable

    @cached_property
    def is_repeated(self) -> bool:
        """Whether XML writes one element for each member."""
        return self.holds in (Holds.RECORDS, Holds.TEXTS, Holds.FACTS) and not self.has_items

    @property
    def tag(self) -> str:
        """The name of the child element in XML, or of the attribute."""
        return _SINGULAR.get(self.name, self.name)


class Form(msgspec.Struct, frozen=True, dict=True):
    """The shape of one record: its English name, its Chinese caption and its fields by name."""

    name: str
    caption: str
    slots: Mapping[str, Slot]

    @cached_property
    def attributes(self) -> Mapping[str, Slot]:
        """The fields that XML writes as attributes."""
        return {name: slot for name, slot in self.slots.items() if slot.is_attribute}

    @cached_property
    def children(self) -> Mapping[str, Slot]:
        """The fields that XML writes as child elements, by the tag of the element."""
        return {slot.tag: slot for slot in self.slots.values() if not slot.is_attribute}


def _form_of(kind: msgspec.inspect.StructType) -> Form:
    name = kind.cls.__name__
    return Form(name, RECORDS[name], {field.name: _slot_of(name, field) for field in kind.fields})


def _slot_of(record: str, field: msgspec.inspect.Field) -> Slot:
    kind, nullable = _without_null(field.type)
    inner = kind.item_type if isinstance(kind, msgspec.inspect.ListType) else kind
    return Slot(
        field.name,
        _held_by(kind),
        field.required,
        nullable,
        caption(record, field.name),
        _form_of(inner) if isinstance(inner, msgspec.inspect.StructType) else None,
    )


def _without_null(kind: msgspec.inspect.Type) -> tuple[msgspec.inspect.Type, bool]:
    if not isinstance(kind, msgspec.inspect.UnionType):
        return kind, False
    (inner,) = (one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType))
    return inner, True


def _held_by(kind: msgspec.inspect.Type) -> Holds:
    if isinstance(kind, msgspec.inspect.ListType):
        is_record = isinstance(kind.item_type, msgspec.inspect.StructType)
        return Holds.RECORDS if is_record else Holds.TEXTS
    return {
        msgspec.inspect.StrType: Holds.TEXT,
        msgspec.inspect.CustomType: Holds.MOMENT,
        msgspec.inspect.StructType: Holds.RECORD,
        msgspec.inspect.DictType: Holds.FACTS,
    }[type(kind)]


def _case_form() -> Form:
    kind = msgspec.inspect.type_info(CaseFile)
    assert isinstance(kind, msgspec.inspect.StructType)
    return _form_of(kind)


CASE_FORM = _case_form()
"""The shape of a whole case file."""
