"""Which words of the vocabulary each field of the case file takes: for checking and for schemas."""

from __future__ import annotations

from collections.abc import Mapping

from casefiles.terms import HEAD, Vocabulary

TABLES: Mapping[tuple[str, str], str] = {
    ("CaseFile", "kind"): "kinds",
    ("CaseFile", "procedure"): "procedures",
    ("CaseFile", "field"): "fields",
    ("Agency", "level"): "levels",
    ("Party", "kind"): "party_kinds",
    ("Person", "roles"): "roles",
    ("Participation", "role"): "roles",
}
"""The list of the vocabulary's head that each field takes its words from, by record and field."""

FACTS: Mapping[str, str] = {
    "CaseFile": "case",
    "Agency": "agency",
    "Party": "party",
    "Person": "person",
}
"""The entry of the vocabulary's head that lists the facts of each record."""

HEAD_WORDS = frozenset({"案件种类", "适用程序", "执法领域", "地区", "当事人类型", "当事人人数", "机关层级"})
"""The head's own fields, as ``provides`` names them after ``案卷.``."""


def words_of(table: str, vocabulary: Vocabulary) -> list[str]:
    """Return all words of one list of the head: the proper ones first, then the synonyms."""
    proper = vocabulary.heads[table]
    synonyms = vocabulary.head_synonyms.items()
    return [*proper, *(word for word, name in synonyms if name in proper and word not in proper)]


def field_words(record: str, field: str, vocabulary: Vocabulary) -> list[str] | None:
    """Return the words that a field of a record takes, or ``None`` if it takes any text."""
    if (record, field) == ("Act", "kind"):
        return list(vocabulary.canonical)
    table = TABLES.get((record, field))
    return words_of(table, vocabulary) if table else None


def fact_names(record: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names of all facts that a record may carry, in the order of the vocabulary."""
    if record == "Act":
        allowed = frozenset().union(*(act.facts for act in vocabulary.acts.values()))
    else:
        allowed = vocabulary.head_facts[FACTS[record]]
    return [name for name in vocabulary.facts if name in allowed]


def provided_facts(kind: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return what ``provides`` may name after a kind of act, or after ``案卷`` for the head."""
    if kind == HEAD:
        return HEAD_WORDS.union(*vocabulary.head_facts.values())
    return vocabulary.acts[kind].facts
