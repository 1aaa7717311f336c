"""The case file as data: a head and a list of acts.

Everything that happened is an act (环节): 立案, 询问, 法制审核, 执法决定, 送达, 公示 … Names of fields
are English and the same in both written forms; their values are the law's own Chinese words, listed
in ``casefiles/vocabulary/``. A field that is left out was not told by the source.
"""

from __future__ import annotations

import msgspec

from casefiles.moments import Moment, parse_moment

Fact = bool | int | float | str | list[str]
"""What a source says under one name: yes or no, a number, an amount in 元, a text or a list.

Days and times are texts in the form of ``casefiles.moments``; the vocabulary knows which facts they
are. Numbers carry at most 15 significant digits, so that a float holds them exactly as written."""

Facts = dict[str, Fact]


class Record(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False
):
    """Base of all records: frozen, by keyword, closed to unknown fields.

    No record can hold itself, so the collector of cycles need not look at them.
    """


class Certificate(Record, frozen=True):
    """An enforcement certificate (执法证) with the first and the last day of its validity."""

    number: str
    valid_from: Moment | None = None
    valid_to: Moment | None = None


class Person(Record, frozen=True):
    """Somebody who acts for the agency or appears in the case; ``roles`` hold for the whole case."""

    id: str
    name: str
    roles: list[str] = []
    certificate: Certificate | None = None
    facts: Facts = {}


class Party(Record, frozen=True):
    """The party (当事人).

    ``kind`` is 公民, 个体工商户, 法人 or 其他组织, ``uscc`` the unified social credit code.
    """

    name: str
    kind: str | None = None
    uscc: str | None = None
    facts: Facts = {}


class Agency(Record, frozen=True):
    """The unit whose file this is; ``level`` is 国家, 省, 市, 县 or 乡镇."""

    name: str
    uscc: str | None = None
    level: str | None = None
    facts: Facts = {}


class Participation(Record, frozen=True):
    """Who took part in an act, by the id of the person, and in which role."""

    person: str
    role: str | None = None


class Act(Record, frozen=True):
    """One thing that happened: its kind, when, concerning which acts, by whom, and what is known of it."""

    id: str
    kind: str
    starts: Moment | None = None
    ends: Moment | None = None
    about: list[str] = []
    by: list[Participation] = []
    facts: Facts = {}


class Document(Record, frozen=True):
    """One paper of the file's list.

    Pages are written ``"12"`` or ``"12-14"``; ``proves`` holds the ids of the acts it records.
    """

    id: str
    kind: str
    title: str | None = None
    number: str | None = None
    date: Moment | None = None
    pages: str | None = None
    proves: list[str] = []


class CaseFile(Record, frozen=True):
    """A case file (案卷).

    ``provides`` lists what the source could have told of at all: a kind of act (``"公示"``, with all
    its facts), one fact of it (``"执法决定.文号"``) or a fact of the head (``"案卷.当事人类型"`` and the
    like). ``None`` means a full file. Outside of it, absence proves nothing.
    """

    number: str
    kind: str
    agency: Agency
    cause: str | None = None
    procedure: str | None = None
    field: str | None = None
    region: str | None = None
    parties: list[Party] = []
    persons: list[Person] = []
    facts: Facts = {}
    acts: list[Act] = []
    documents: list[Document] = []
    provides: list[str] | None = None


Step = str | int
Path = tuple[Step, ...]
"""Where something stands in a case file, format-free: ``("acts", 3, "facts", "罚款金额")``."""


class Location(Record, frozen=True):
    """Where something stands in the source.

    ``pointer`` is in the words of its format; ``line`` and ``column`` count from 1.
    """

    file: str
    pointer: str
    line: int | None = None
    column: int | None = None
    quote: str | None = None


def decode_hook(kind: type, value: object) -> object:
    """Build the moments that msgspec cannot build by itself; to be passed as ``dec_hook``."""
    if kind is Moment:
        if not isinstance(value, str):
            raise ValueError("not a moment")
        return parse_moment(value)
    raise NotImplementedError(f"no reader for {kind}")


def encode_hook(value: object) -> object:
    """Write moments as text; to be passed as ``enc_hook``."""
    if isinstance(value, Moment):
        return str(value)
    raise NotImplementedError(f"no writer for {value!r}")
