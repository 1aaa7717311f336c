"""The attributes of a start tag as written: quickly in the usual order, also in any other."""

from __future__ import annotations

import re
from typing import Any

from casefiles.forms import CASE_FORM, Form

_OTHER = re.compile(r'\s*+([a-z_]++)="([^"<\n\t]*+)"')
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def _forms(form: Form) -> dict[str, Form]:
    inner = [_forms(slot.form) for slot in form.slots.values() if slot.form is not None]
    return {form.name: form} | {name: one for forms in inner for name, one in forms.items()}


_FORMS = _forms(CASE_FORM)


class Attributes:
    """The attributes of one kind of record, in the order of its fields, *others* last."""

    def __init__(self, record: str, *others: str) -> None:
        slots = _FORMS[record].attributes
        self._required = [name for name, slot in slots.items() if slot.required] + list(others)
        self._names = [*slots, *others]
        usual = [
            f' ?{name}="([^"<\n\t]*+)"' if slot.required else f'(?: {name}="([^"<\n\t]*+)")?'
            for name, slot in slots.items()
        ]
        self._usual = re.compile("".join(usual) + " ?") if not others else None

    def values(self, written: str) -> tuple[Any, ...]:
        """Return the value of each attribute, ``None`` for those left out; raises ValueError."""
        found = self._usual.fullmatch(written) if self._usual is not None else None
        return found.groups() if found is not None else self._in_any_order(written)

    def _in_any_order(self, written: str) -> tuple[Any, ...]:
        pairs = _OTHER.findall(written)
        values = dict(pairs)
        if _OTHER.sub("", written).strip() or len(values) != len(pairs):
            raise ValueError(written)
        if not values.keys() <= set(self._names) or not all(name in values for name in self._required):
            raise ValueError(written)
        return tuple(values.get(name) for name in self._names)


def unescaped(text: str) -> str:
    """Return a text with the references to the five characters replaced by these."""
    for reference, char in _REFERENCES:
        text = text.replace(reference, char)
    return text
