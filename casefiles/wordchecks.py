"""The vocabulary made ready for checking very many files: one look into a table for each fact.

What is wrong with a file is told by ``casefiles.validity``; these tables only tell that nothing is.
The one of a kind of act is made when a file first has such an act, so that a single file does not
pay for all kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from casefiles.factvalues import is_period
from casefiles.moments import moment_at
from casefiles.plain import MOST_DIGITS
from casefiles.terms import HEAD, FactTerm, FactType, Vocabulary
from casefiles.vocabularies import OfVocabulary
from casefiles.wordlists import provided_facts, words_of

Check = Any
"""What the value of a fact must be: of exactly this type; one of these words (a frozenset); a list of
these words (``ItemsOf``); a text that ``moment_at`` takes; or what a function says yes to."""

BEYOND = 10**MOST_DIGITS
"""The first whole number that has too many digits."""

FactChecks = Mapping[str, Check]
"""The checks of all facts that one record may carry, by name."""


class ItemsOf(frozenset[str]):
    """Words of which a list may be made."""


class WordChecks:
    """All that a vocabulary allows, as tables; made by ``word_checks``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._of_facts = _FactChecks(vocabulary.facts)
        self.acts = _ActChecks(vocabulary, self._of_facts)
        """By the kind of an act, also by a synonym, the checks of its facts; KeyError for others."""
        self.heads: Mapping[str, FactChecks] = {
            record: self._of_facts.only(names) for record, names in vocabulary.head_facts.items()
        }
        """By the record of the head (``case``, ``party`` …) the checks of its facts."""
        self.words: Mapping[str, frozenset[str | None]] = {
            table: frozenset((None, *words_of(table, vocabulary))) for table in vocabulary.heads
        }
        """By the list of the head the words of its fields; ``None``, a field left out, is among them."""

    @cached_property
    def provided(self) -> frozenset[str]:
        """All that ``provides`` may say."""
        kinds = (HEAD, *self.vocabulary.acts)
        facts = (f"{kind}.{name}" for kind in kinds for name in provided_facts(kind, self.vocabulary))
        return frozenset((*kinds, *facts))


class _FactChecks(dict[str, Check]):
    """The check of each fact by its name, made when it is first asked for."""

    def __init__(self, terms: Mapping[str, FactTerm]) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, name: str) -> Check:
        return self.setdefault(name, _check(self._terms[name]))

    def only(self, names: frozenset[str]) -> FactChecks:
        """Return the checks of some facts as a table of their own."""
        return {name: self[name] for name in names}


class _ActChecks(dict[str, FactChecks]):
    """The checks of the facts of an act by its kind, made when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary, of_facts: _FactChecks) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._of_facts = of_facts

    def __missing__(self, kind: str) -> FactChecks:
        proper = self._vocabulary.canonical[kind]
        if kind == proper:
            return self.setdefault(kind, self._of_facts.only(self._vocabulary.acts[kind].facts))
        return self.setdefault(kind, self[proper])


def _check(term: FactTerm) -> Check:
    match term.type:
        case FactType.FLAG:
            return bool
        case FactType.CHOICE if term.values:
            return frozenset(term.values)
        case FactType.TEXT | FactType.CHOICE:
            return str
        case FactType.LIST:
            return ItemsOf(term.values) if term.values else is_list_of_texts
        case FactType.COUNT:
            return is_count
        case FactType.AMOUNT:
            return is_amount
        case FactType.MOMENT:
            return moment_at
        case FactType.PERIOD:
            return _is_period
    raise AssertionError(term.type)


def is_list_of_texts(value: object) -> bool:
    """Tell whether a value is a list of texts, whichever they are."""
    return type(value) is list and {str}.issuperset(map(type, value))


def is_count(value: object) -> bool:
    """Tell whether a value is a whole number that a fact may have."""
    return type(value) is int and 0 <= value < BEYOND


def is_amount(value: object) -> bool:
    """Tell whether a value is a number that a fact may have."""
    return (type(value) is int or type(value) is float) and 0 <= value < BEYOND


def _is_period(value: object) -> bool:
    return type(value) is str and is_period(value)


word_checks = OfVocabulary(WordChecks)
"""Returns the tables of a vocabulary, made once for each."""
