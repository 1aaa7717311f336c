"""The quick way to read an XML case file that is right in every way; any doubt is left to the exact one.

Expat judges whether the text is well-formed. Its records are then cut out at their tags, which are
known only in the usual way of writing: no prefixes, double quotes, no line breaks within a tag, no
references but those of the five characters. Every ``<`` must be one that was understood.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from casefiles.forms import CASE_FORM, NAMESPACE, Form, Holds
from casefiles.model import (
    Act,
    Agency,
    CaseFile,
    Certificate,
    Document,
    Fact,
    Facts,
    Participation,
    Party,
    Person,
)
from casefiles.moments import moment_at
from casefiles.plain import number_of
from casefiles.quick import Sure, demand_right_but_facts
from casefiles.wordchecks import Check, FactChecks, ItemsOf, WordChecks, is_amount, is_count, is_list_of_texts

MOST_BYTES = 10_000_000
"""Beyond, the exact parser may meet limits that Expat does not have."""

_PROLOG = re.compile(rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?\?>)?\s*""")
_FACT = re.compile(
    r'<fact name="([^"<]*)">([^<]*)(?:</fact>|((?:<item>[^<]*</item>\s*)+)</fact>)|<fact name="([^"<]*)"/>'
)
_ITEM = re.compile("<item>([^<]*)</item>")
_PROVIDES = re.compile(r"<provides>\s*((?:<item>[^<]*</item>\s*)*)</provides>|<provides/>")
_BY = re.compile("<by( [^<>]*)/>")
_CERTIFICATE = re.compile("<certificate( [^<>]*)/>")
_STRAY = re.compile(r"/[a-z]*>\s*[^\s<]")
_WHOLE = re.compile("0|[1-9][0-9]{0,14}")
_OTHER_REFERENCE = re.compile("&(?!(?:lt|gt|quot|apos|amp);)")
_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_FLAGS = {"是": True, "true": True, "否": False, "false": False}


class _DoubtError(ValueError):
    """Something may be wrong, or is only written in an unusual way."""


def quick_case(data: bytes, checks: WordChecks) -> CaseFile | None:
    """Return the case of bytes of which there is nothing to tell but oddities, else ``None``."""
    prolog = _PROLOG.match(data)
    if prolog is None or len(data) > MOST_BYTES:
        return None
    try:
        expat.ParserCreate("utf-8").Parse(data, True)
        text = data[prolog.end() :].decode().replace("\r\n", "\n")
        if "\r" in text or _STRAY.search(text):
            return None
        case = _Records(text, checks).case(text)
        demand_right_but_facts(case, checks, Sure())
    except (expat.ExpatError, LookupError, TypeError, ValueError, AttributeError):
        # Broken, unknown, of a wrong type, missing or twice: it fails where it is met.
        return None
    return case


class _Written:
    """How the attributes of one kind of record are written: by what stands before each value."""

    def __init__(self, form: Form) -> None:
        self.names = {f" {name}=": name for name in form.attributes}
        self.moments = [name for name, slot in form.attributes.items() if slot.holds is Holds.MOMENT]


def _written(form: Form) -> dict[str, _Written]:
    inner = [_written(slot.form) for slot in form.slots.values() if slot.form is not None]
    return {form.name: _Written(form)} | {name: one for forms in inner for name, one in forms.items()}


_WRITTEN = _written(CASE_FORM)
_WRITTEN["CaseFile"].names[" xmlns="] = "xmlns"


class _Records:
    """Reads the records of one document."""

    def __init__(self, text: str, checks: WordChecks) -> None:
        self._checks = checks
        self._has_references = "&" in text
        if self._has_references and _OTHER_REFERENCE.search(text):
            raise _DoubtError
        # Many are alike, and none can be changed.
        self._participations: dict[str, Participation] = {}

    def case(self, text: str) -> CaseFile:
        """Return the case file of a whole text."""
        heads = self._checks.heads
        acts, text = _cut(text, "act")
        documents, text = _cut(text, "document")
        persons, text = _cut(text, "person")
        parties, text = _cut(text, "party")
        ((attributes, inner),), text = _cut(text, "agency")
        ((head, rest),), nothing = _cut(text, "casefile")
        fields = self._fields("CaseFile", head)
        if nothing.strip() or fields.pop("xmlns") != NAMESPACE:
            raise _DoubtError
        facts, understood = self._facts(rest, heads["case"])
        if "<provides" in rest:
            (items,) = _PROVIDES.findall(rest)
            fields["provides"] = self._texts(_ITEM.findall(items))
            understood += 1 + ("</provides>" in rest) + 2 * len(fields["provides"])
        _demand_all(understood, rest)
        return CaseFile(
            **fields,
            agency=self._with_facts(Agency, attributes, inner, heads["agency"]),
            parties=[self._with_facts(Party, *one, heads["party"]) for one in parties],
            persons=[self._person(*one, heads["person"]) for one in persons],
            facts=facts,
            acts=[self._act(*one) for one in acts],
            documents=[self._document(*one) for one in documents],
        )

    def _act(self, attributes: str, inner: str) -> Act:
        fields = self._fields("Act", attributes)
        if not inner:
            return Act(**fields)
        facts, understood = self._facts(inner, self._checks.acts[fields["kind"]])
        known = self._participations
        by = [known.get(part) or self._participation(part) for part in _BY.findall(inner)]
        about = self._texts_of("about", inner)
        _demand_all(understood + len(by) + 2 * len(about), inner)
        return Act(**fields, about=about, by=by, facts=facts)

    def _participation(self, attributes: str) -> Participation:
        made = self._participations[attributes] = Participation(**self._fields("Participation", attributes))
        return made

    def _person(self, attributes: str, inner: str, table: FactChecks) -> Person:
        fields = self._fields("Person", attributes)
        facts, understood = self._facts(inner, table)
        roles = self._texts_of("role", inner)
        if "<certificate" in inner:
            (held,) = _CERTIFICATE.findall(inner)
            fields["certificate"] = Certificate(**self._fields("Certificate", held))
            understood += 1
        _demand_all(understood + 2 * len(roles), inner)
        return Person(**fields, roles=roles, facts=facts)

    def _with_facts(self, make: Any, attributes: str, inner: str, table: FactChecks) -> Any:
        facts, understood = self._facts(inner, table)
        _demand_all(understood, inner)
        return make(**self._fields(make.__name__, attributes), facts=facts)

    def _document(self, attributes: str, inner: str) -> Document:
        proves = self._texts_of("proves", inner)
        _demand_all(2 * len(proves), inner)
        return Document(**self._fields("Document", attributes), proves=proves)

    def _facts(self, inner: str, table: FactChecks) -> tuple[Facts, int]:
        """Return the facts of a record, and how many ``<`` they are written with."""
        facts: Facts = {}
        found = _FACT.findall(inner)
        understood = 2 * len(found)
        for name, text, items, empty in found:
            wanted = table[name or empty]
            # The most frequent first.
            if items:
                facts[name] = listed = self._items(wanted, items)
                understood += 2 * len(listed)
            elif wanted is bool:
                facts[name] = _FLAGS[text]
            elif type(wanted) is frozenset and text in wanted:
                facts[name] = text
            else:
                facts[name or empty] = self._value(wanted, text)
                understood -= bool(empty)
        if len(facts) != len(found):
            raise _DoubtError  # one is written twice
        return facts, understood

    def _items(self, wanted: Check, items: str) -> list[str]:
        texts = self._texts(_ITEM.findall(items))
        if wanted is not is_list_of_texts and not (type(wanted) is ItemsOf and wanted.issuperset(texts)):
            raise _DoubtError
        return texts

    def _value(self, wanted: Check, text: str) -> Fact:
        """Return the value that the text of a fact writes; raises _DoubtError if it writes none."""
        if wanted is str:
            return _unescaped(text) if self._has_references else text
        if wanted is moment_at:
            moment_at(text)
            return text
        value: Any = text
        if type(wanted) is ItemsOf or wanted is is_list_of_texts:
            value = None if text.strip() else []
        elif wanted is is_count or wanted is is_amount:
            value = int(text) if _WHOLE.fullmatch(text) else number_of(text.strip())
        if value != [] and (type(wanted) is frozenset or type(wanted) is ItemsOf or not wanted(value)):
            raise _DoubtError
        return value  # type: ignore[no-any-return]

    def _texts_of(self, tag: str, inner: str) -> list[str]:
        mark = f"<{tag}>"
        return self._texts(re.findall(f"{mark}([^<]*)</{tag}>", inner)) if mark in inner else []

    def _texts(self, texts: list[str]) -> list[str]:
        return [_unescaped(text) for text in texts] if self._has_references else texts

    def _fields(self, record: str, written: str) -> dict[str, Any]:
        """Return the attributes of a tag by their names; KeyError for those that are not known."""
        pieces = written.rstrip(" ").split('"')
        if pieces.pop() or "\n" in written or "\t" in written:
            raise _DoubtError
        how = _WRITTEN[record]
        names = how.names
        fields: dict[str, Any] = dict(
            zip([names[before] for before in pieces[::2]], pieces[1::2], strict=True)
        )
        if self._has_references:
            fields = {name: _unescaped(value) for name, value in fields.items()}
        for name in how.moments:
            if name in fields:
                fields[name] = moment_at(fields[name])
        return fields


def _cut(text: str, tag: str) -> tuple[list[tuple[str, str]], str]:
    """Return the attributes and the inside of each element of a name, and the text without them."""
    records: list[tuple[str, str]] = []
    around: list[str] = []
    *closed, last = text.split(f"</{tag}>")
    for piece in closed:
        *before, record = piece.split(f"<{tag}")
        _cut_empty(before, records, around)
        attributes, _, inner = record.partition(">")
        if attributes.endswith("/") or not before:
            raise _DoubtError
        records.append((attributes, inner))
        if not inner.lstrip().startswith("<") and inner.strip():
            raise _DoubtError
    _cut_empty(last.split(f"<{tag}"), records, around)
    return records, "".join(around)


def _cut_empty(pieces: list[str], records: list[tuple[str, str]], around: list[str]) -> None:
    """Take the records that hold nothing but attributes from what stands between two others."""
    around.append(pieces[0])
    for piece in pieces[1:]:
        attributes, end, after = piece.partition("/>")
        if not end or ">" in attributes:
            raise _DoubtError
        records.append((attributes, ""))
        around.append(after)


def _demand_all(understood: int, inner: str) -> None:
    if inner.count("<") != understood:
        raise _DoubtError


def _unescaped(text: str) -> str:
    for reference, char in _REFERENCES:
        text = text.replace(reference, char)
    return text
