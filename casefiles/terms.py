"""The vocabulary (词表): which kinds of acts exist and what each may carry, read from data.

The law's Chinese terms are the names; ``casefiles/vocabulary/*.yaml`` is the only list of them. Rules,
mapping profiles, features and case files are checked against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

FOLDER = Path(__file__).parent / "vocabulary"
HEAD = "案卷"
"""The word under which facts of the head of a file are named, as in ``案卷.重大公共利益``."""


class FactType(Enum):
    """How the value of a fact is written: the text of a moment and of a period are texts with a form."""

    FLAG = "flag"
    COUNT = "count"
    AMOUNT = "amount"
    TEXT = "text"
    CHOICE = "choice"
    LIST = "list"
    MOMENT = "moment"
    PERIOD = "period"


class FactTerm(Struct, frozen=True):
    """A fact: its type, its allowed values, and whether silence denies it or leaves it unknown."""

    name: str
    type: FactType
    meaning: str = ""
    values: tuple[str, ...] = ()
    silence_denies: bool = True


class ActTerm(Struct, frozen=True):
    """A kind of act (环节): other names, the papers that show it, the systems it proves, its facts."""

    name: str
    synonyms: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()
    meaning: str = ""


class Vocabulary(Struct, frozen=True):
    """All words of a case file; ``acts`` is keyed by the proper name, ``canonical`` also by synonym."""

    acts: Mapping[str, ActTerm]
    facts: Mapping[str, FactTerm]
    canonical: Mapping[str, str]
    documents: Mapping[str, tuple[str, ...]]
    """Kinds of papers, each with the kinds of acts that it shows."""
    document_synonyms: Mapping[str, str]
    heads: Mapping[str, tuple[str, ...]]
    """Allowed values of the head's fields: kinds, procedures, fields, party_kinds, levels, roles."""
    head_synonyms: Mapping[str, str]
    head_facts: Mapping[str, frozenset[str]]
    """The facts of the head's records: ``case``, ``party``, ``person``, ``agency``."""

    def facts_of(self, kind: str) -> frozenset[str]:
        """Return the names of the facts that an act of this kind may carry; ``案卷`` means the head."""
        if kind == HEAD:
            return self.head_facts["case"]
        return self.acts[kind].facts

    def papers_for(self, kind: str) -> tuple[str, ...]:
        """Return the papers that would show an act of this kind, the most usual first."""
        return self.acts[kind].documents or (kind,)


def suggestion(word: str, words: Iterable[str]) -> str | None:
    """Return the known word nearest to a misspelt one, or ``None`` if none is near.

    >>> suggestion("法制审査", ["法制审核", "送达"])
    '法制审核'
    """
    import difflib  # only mistakes need it

    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.5)
    return near[0] if near else None


@cache
def standard_vocabulary() -> Vocabulary:
    """Return the vocabulary that ships with the program."""
    return read_vocabulary(FOLDER)


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read every YAML file of a folder as one vocabulary.

    Raises ValueError where two files disagree or an act names a fact that is not described.
    """
    return vocabulary_from(vocabulary_files(folder))


def vocabulary_files(folder: Path = FOLDER) -> dict[str, bytes]:
    """Return the content of every file of a vocabulary by its name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def vocabulary_from(files: Mapping[str, bytes]) -> Vocabulary:
    """Return the vocabulary of some files, see ``read_vocabulary``."""
    import yaml  # a vocabulary that was stored is read without

    head: dict[str, Any] = {}
    facts: dict[str, FactTerm] = {}
    acts: dict[str, ActTerm] = {}
    for file, text in files.items():
        content = yaml.load(text, yaml.CSafeLoader)
        head.update(content.get("head", {}))
        _add_all(facts, _fact_terms(content.get("facts", {})), file)
        _add_all(acts, _act_terms(content.get("acts", {})), file)
    _demand_described(facts, acts, head)
    documents, document_synonyms = _documents(acts, head.get("documents", {}))
    return Vocabulary(
        acts=acts,
        facts=facts,
        canonical=_with_synonyms({name: term.synonyms for name, term in acts.items()}),
        documents=documents,
        document_synonyms=document_synonyms,
        heads={name: tuple(head[name]) for name in HEAD_LISTS},
        head_synonyms={word: name for table in HEAD_LISTS for word, name in _head_words(head[table]).items()},
        head_facts={name: frozenset(head[f"{name}_facts"]) for name in HEAD_RECORDS},
    )


HEAD_LISTS = ("kinds", "procedures", "fields", "party_kinds", "levels", "roles")
HEAD_RECORDS = ("case", "party", "person", "agency")


def _fact_terms(entries: Mapping[str, Any]) -> dict[str, FactTerm]:
    return {
        name: FactTerm(
            name,
            FactType(entry["type"]),
            entry.get("meaning", ""),
            tuple(entry.get("values", ())),
            entry.get("silence", "denies") == "denies",
        )
        for name, entry in entries.items()
    }


def _act_terms(entries: Mapping[str, Any]) -> dict[str, ActTerm]:
    return {
        name: ActTerm(
            name,
            tuple(entry.get("synonyms", ())),
            tuple(entry.get("documents", ())),
            tuple(entry.get("systems", ())),
            frozenset(entry.get("facts", ())),
            entry.get("meaning", ""),
        )
        for name, entry in entries.items()
    }


def _add_all(known: dict[str, Any], new: Mapping[str, Any], file: str) -> None:
    for name, term in new.items():
        if name in known:
            raise ValueError(f"{file}: {name} is described twice")
        known[name] = term


def _demand_described(
    facts: Mapping[str, FactTerm], acts: Mapping[str, ActTerm], head: Mapping[str, Any]
) -> None:
    named = {fact for act in acts.values() for fact in act.facts}
    named |= {fact for record in HEAD_RECORDS for fact in head[f"{record}_facts"]}
    if missing := sorted(named - facts.keys()):
        raise ValueError(f"facts without description: {', '.join(missing)}")


def _with_synonyms(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    table = {name: name for name in names}
    for name, synonyms in names.items():
        for synonym in synonyms:
            if table.setdefault(synonym, name) != name:
                raise ValueError(f"{synonym} means both {table[synonym]} and {name}")
    return table


def _head_words(entries: Any) -> dict[str, str]:
    if isinstance(entries, Mapping):
        return _with_synonyms({name: synonyms or () for name, synonyms in entries.items()})
    return {name: name for name in entries}


def _documents(
    acts: Mapping[str, ActTerm], extra: Mapping[str, Any]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    shown: dict[str, list[str]] = {name: [] for name in extra}
    for act in acts.values():
        for paper in act.documents:
            shown.setdefault(paper, []).append(act.name)
    synonyms = {name: tuple((entry or {}).get("synonyms", ())) for name, entry in extra.items()}
    synonyms.update({name: () for name in shown if name not in synonyms})
    return {name: tuple(kinds) for name, kinds in shown.items()}, _with_synonyms(synonyms)
