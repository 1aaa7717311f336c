"""The quick way to read an XML case file that is right in every way; any doubt is left to the exact one.

Expat judges whether the text is well-formed. Its records are then cut out at their tags, which are
known only in the usual way of writing: no prefixes, double quotes, no line breaks within a tag, no
references but those of the five characters. Every ``<`` must be one that was understood.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from adapters.readers.xmlattributes import Attributes, unescaped
from casefiles.forms import NAMESPACE
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
from casefiles.moments import Moment, moment_at
from casefiles.plain import number_of
from casefiles.quick import Sure, demand_right_but_facts
from casefiles.wordchecks import Check, FactChecks, ItemsOf, WordChecks, is_amount, is_count, is_list_of_texts

MOST_TAGS = 500_000
"""How many tags a text may hold; it bounds the memory that a hostile file can take."""
MOST_BYTES = 10_000_000
"""Beyond, the exact parser may meet limits that Expat does not have."""

_PROLOG = re.compile(rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?\?>)?\s*""")
_FACT = re.compile(
    r'<fact name="([^"<]*+)"'
    r"(?:>(?:([^<\0]*+)</fact>|\s*+((?:<item>[^<\0]*+</item>\s*+)++)</fact>)|(/)>)"
)
_ITEM = re.compile("<item>([^<\0]*+)<")
_ABOUT = re.compile("<about>([^<\0]*+)<")
_ROLE = re.compile("<role>([^<\0]*+)<")
_PROVES = re.compile("<proves>([^<\0]*+)<")
_PROVIDES = re.compile(r"<provides>\s*+((?:<item>[^<\0]*+</item>\s*+)*+)</provides>")
_BY = re.compile("<by( [^<>]*+)>")
_CERTIFICATE = re.compile("<certificate( [^<>]*+)>")
_STRAY = re.compile(r"/[a-z]*+>\s*+[^<]")
_WHOLE = re.compile("0|[1-9][0-9]{0,14}")
_OTHER_REFERENCE = re.compile("&(?!(?:lt|gt|quot|apos|amp);)")
_MARK = "\0"
"""A character that no XML has."""
_FLAGS = {"是": True, "true": True, "否": False, "false": False}

_CASE = Attributes("CaseFile", "xmlns")
_AGENCY = Attributes("Agency")
_PARTY = Attributes("Party")
_PERSON = Attributes("Person")
_HELD = Attributes("Certificate")
_ACT = Attributes("Act")
_PART = Attributes("Participation")
_PAPER = Attributes("Document")


class _DoubtError(ValueError):
    """Something may be wrong, or is only written in an unusual way."""


def quick_case(data: bytes, checks: WordChecks) -> CaseFile | None:
    """Return the case of bytes of which there is nothing to tell but oddities, else ``None``."""
    if len(data) > MOST_BYTES or (len(data) > MOST_TAGS < data.count(b"<")):
        return None
    if b"!" in data and b"<!" in data:
        return None  # no declaration of a document type comes near a parser
    prolog = _PROLOG.match(data)
    assert prolog is not None
    try:
        expat.ParserCreate("utf-8").Parse(data, True)
        text = data[prolog.end() :].decode()
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        case = _Records(text, checks).case(text.rstrip())
        demand_right_but_facts(case, checks, Sure())
    except (expat.ExpatError, LookupError, TypeError, ValueError, AttributeError):
        # Broken, unknown, of a wrong type, missing or twice: it fails where it is met.
        return None
    return case


class _Records:
    """Reads the records of one document."""

    def __init__(self, text: str, checks: WordChecks) -> None:
        self._checks = checks
        self._has_references = "&" in text
        if "\r" in text or _STRAY.search(text):
            raise _DoubtError
        if self._has_references and _OTHER_REFERENCE.search(text):
            raise _DoubtError
        # Many are alike, and none can be changed.
        self._participations: dict[str, Participation] = {}

    def case(self, text: str) -> CaseFile:
        """Return the case file of a whole text."""
        heads = self._checks.heads
        acts, text = _cut(text, "<act ", "</act>")
        documents, text = _cut(text, "<document ", "</document>")
        persons, text = _cut(text, "<person ", "</person>")
        parties, text = _cut(text, "<party ", "</party>")
        ((attributes, inner),), text = _cut(text, "<agency ", "</agency>")
        ((head, rest),), nothing = _cut(text, "<casefile ", "</casefile>")
        number, kind, cause, procedure, field, region, namespace = self._values(_CASE, head)
        if nothing != _MARK or namespace != NAMESPACE:
            raise _DoubtError
        facts, understood = self._facts(rest, heads["case"])
        provides = None
        if "<provides>" in rest:
            (items,) = _PROVIDES.findall(rest)
            provides = self._texts(_ITEM.findall(items))
            understood += 2 + 2 * len(provides)
        if rest.count("<") != understood:
            raise _DoubtError
        return CaseFile(
            number=number,
            kind=kind,
            agency=self._agency(attributes, inner, heads["agency"]),
            cause=cause,
            procedure=procedure,
            field=field,
            region=region,
            parties=[self._party(*one, heads["party"]) for one in parties],
            persons=[self._person(*one, heads["person"]) for one in persons],
            facts=facts,
            acts=[self._act(*one) for one in acts],
            documents=[self._document(*one) for one in documents],
            provides=provides,
        )

    def _act(self, attributes: str, inner: str) -> Act:
        name, kind, starts, ends = self._values(_ACT, attributes)
        facts, understood = self._facts(inner, self._checks.acts[kind])
        known = self._participations
        by = [known.get(part) or self._participation(part) for part in _BY.findall(inner)]
        about = self._texts(_ABOUT.findall(inner)) if "<about>" in inner else []
        _demand_all(understood + len(by) + 2 * len(about), inner)
        return Act(
            id=name, kind=kind, starts=_moment(starts), ends=_moment(ends), about=about, by=by, facts=facts
        )

    def _participation(self, attributes: str) -> Participation:
        person, role = self._values(_PART, attributes.removesuffix("/"))
        made = self._participations[attributes] = Participation(person=person, role=role)
        return made

    def _document(self, attributes: str, inner: str) -> Document:
        name, kind, title, number, date, pages = self._values(_PAPER, attributes)
        proves = self._texts(_PROVES.findall(inner)) if inner else []
        _demand_all(2 * len(proves), inner)
        return Document(
            id=name, kind=kind, title=title, number=number, date=_moment(date), pages=pages, proves=proves
        )

    def _person(self, attributes: str, inner: str, table: FactChecks) -> Person:
        name, full_name = self._values(_PERSON, attributes)
        facts, understood = self._facts(inner, table)
        roles = self._texts(_ROLE.findall(inner)) if "<role>" in inner else []
        held = None
        if "<certificate" in inner:
            (written,) = _CERTIFICATE.findall(inner)
            number, first, last = self._values(_HELD, written.removesuffix("/"))
            held = Certificate(number=number, valid_from=_moment(first), valid_to=_moment(last))
            understood += 1
        _demand_all(understood + 2 * len(roles), inner)
        return Person(id=name, name=full_name, roles=roles, certificate=held, facts=facts)

    def _party(self, attributes: str, inner: str, table: FactChecks) -> Party:
        name, kind, uscc = self._values(_PARTY, attributes)
        facts, understood = self._facts(inner, table)
        _demand_all(understood, inner)
        return Party(name=name, kind=kind, uscc=uscc, facts=facts)

    def _agency(self, attributes: str, inner: str, table: FactChecks) -> Agency:
        name, uscc, level = self._values(_AGENCY, attributes)
        facts, understood = self._facts(inner, table)
        _demand_all(understood, inner)
        return Agency(name=name, uscc=uscc, level=level, facts=facts)

    def _values(self, how: Attributes, written: str) -> tuple[Any, ...]:
        values = how.values(written)
        if self._has_references:
            return tuple(None if value is None else unescaped(value) for value in values)
        return values

    def _facts(self, inner: str, table: FactChecks) -> tuple[Facts, int]:
        """Return the facts of a record, and how many ``<`` they are written with."""
        facts: Facts = {}
        found = _FACT.findall(inner)
        understood = 2 * len(found)
        for name, text, items, end in found:
            wanted = table[name]
            # The most frequent first.
            if items:
                facts[name] = listed = self._items(wanted, items)
                understood += 2 * len(listed)
            elif wanted is bool:
                facts[name] = _FLAGS[text]
            elif type(wanted) is frozenset and text in wanted:
                facts[name] = text
            elif wanted is str:
                facts[name] = unescaped(text) if self._has_references else text
                understood -= bool(end)
            elif end:
                facts[name] = self._items(wanted, "")
                understood -= 1
            else:
                facts[name] = _value(wanted, text)
        if len(facts) != len(found):
            raise _DoubtError  # one is written twice
        return facts, understood

    def _items(self, wanted: Check, items: str) -> list[str]:
        texts = self._texts(_ITEM.findall(items))
        if type(wanted) is ItemsOf:
            for text in texts:
                if text not in wanted:
                    raise _DoubtError
        elif wanted is not is_list_of_texts:
            raise _DoubtError
        return texts

    def _texts(self, texts: list[str]) -> list[str]:
        return [unescaped(text) for text in texts] if self._has_references else texts


def _moment(text: str | None) -> Moment | None:
    return None if text is None else moment_at(text)


def _value(wanted: Check, text: str) -> Fact:
    """Return the value that the text of a fact writes; raises _DoubtError if it writes none."""
    if wanted is moment_at:
        moment_at(text)
        return text
    value: Any = text
    if wanted is is_count or wanted is is_amount:
        value = int(text) if _WHOLE.fullmatch(text) else number_of(text.strip())
    if type(wanted) is frozenset or type(wanted) is ItemsOf or not wanted(value):
        raise _DoubtError
    return value  # type: ignore[no-any-return]


def _cut(text: str, begin: str, end: str) -> tuple[list[tuple[str, str]], str]:
    """Return the attributes and the inside of each element of a name, and the text without them.

    Where one stood, the text has a mark: none may be found within a record or a text.
    """
    before, *pieces = text.split(begin)
    around = [before]
    records: list[tuple[str, str]] = []
    for piece in pieces:
        attributes, _, rest = piece.partition(">")
        if attributes[-1:] == "/":
            records.append((attributes[:-1], ""))
        else:
            inner, closing, rest = rest.partition(end)
            if not closing or inner.partition("<")[0].replace(_MARK, "").strip():
                raise _DoubtError
            records.append((attributes, inner))
        around.append(rest)
    return records, _MARK.join(around)


def _demand_all(understood: int, inner: str) -> None:
    if inner.count("<") != understood or _MARK in inner:
        raise _DoubtError
