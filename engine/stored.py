"""A rulebook as plain data, to be read back without its documents.

MessagePack, no code: what is read back is built by type, and data of another form is refused. Whether
it is the data that was written, and of which rules, is for those to tell who keep it. (JSON would be
as plain; looking through Chinese texts for escapes takes it twice the time.)
"""

from __future__ import annotations

import msgspec

from casefiles.terms import Vocabulary
from engine.calendar import WorkingCalendar
from engine.calendar_years import CalendarYear
from engine.conditions import OPERATORS, Operator
from engine.laws import Law, Laws
from engine.limits import Limits
from engine.requirement import AllOf, AnyOf, Not
from engine.rule import Definition, Rule
from engine.rulebook import Rulebook
from engine.verbs import VERBS
from engine.verbs.base import Verb

_WORDS = {operator: word for word, operator in OPERATORS.items()}
_KNOWN: tuple[type[Verb], ...] = (*VERBS.values(), AllOf, AnyOf, Not)
_VERBS: dict[object, type[Verb]] = {verb.__name__: verb for verb in _KNOWN}


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parts of a rulebook; all are plain, or told by ``_plain`` in a word."""

    version: str
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    limits: Limits
    laws: tuple[Law, ...]
    years: tuple[CalendarYear, ...]
    vocabulary: Vocabulary


def stored(rulebook: Rulebook) -> bytes:
    """Return a rulebook as MessagePack."""
    years = tuple(rulebook.calendar.years.values())
    parts = _Stored(
        rulebook.version,
        rulebook.rules,
        rulebook.definitions,
        rulebook.limits,
        rulebook.laws.all,
        years,
        rulebook.vocabulary,
    )
    return msgspec.msgpack.encode(parts, enc_hook=_plain)


def restored(data: bytes | memoryview) -> Rulebook:
    """Return the rulebook of what ``stored`` returned; raises ValueError for anything else."""
    try:
        parts = msgspec.msgpack.decode(data, type=_Stored, dec_hook=_built)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"no rulebook: {error}") from None
    return Rulebook(
        parts.version,
        parts.rules,
        parts.definitions,
        parts.limits,
        Laws(parts.laws),
        WorkingCalendar(parts.years),
        parts.vocabulary,
    )


def _plain(value: object) -> object:
    if isinstance(value, Operator):
        return _WORDS[value]
    raise NotImplementedError(f"no plain form of {value!r}")


def _built(kind: type, value: object) -> object:
    if kind is Operator:
        if value not in OPERATORS:
            raise ValueError(f"no such operator: {value!r}")
        return OPERATORS[str(value)]
    if kind is Verb:
        return msgspec.convert(value, type=_verb_of(value), dec_hook=_built)
    raise NotImplementedError(f"no reader for {kind}")


def _verb_of(value: object) -> type[Verb]:
    name = value.get("type") if isinstance(value, dict) else None
    if name not in _VERBS:
        raise ValueError(f"no such verb: {name!r}")
    return _VERBS[name]
