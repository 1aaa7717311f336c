"""Conditions on the facts of an act as source: exact in three values, one fact after the other.

What a missing fact means is known when the rulebook is compiled: the vocabulary tells whether
silence denies, and ``lacks`` holds the facts that the source of the file cannot tell of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from casefiles.terms import FactTerm
from engine.compiled.code import Code
from engine.compiled.references import References
from engine.conditions import OPERATORS, Condition, Conditions
from engine.facts import ABSENT, UNKNOWN
from engine.limits import LimitUse

_WORDS = {id(operator): word for word, operator in OPERATORS.items()}
_INLINE = {
    "is": "value == {wanted}",
    "says": "value == {wanted}",
    "is_not": "value != {wanted}",
    "one_of": "value in {wanted}",
    "none_of": "value not in {wanted}",
    "given": "(value != []) is {wanted}",
}
"""What is written out as it stands; operators that are in no table here are called."""

_JOINED = {"includes": "{all}", "includes_any": "{any}", "excludes": "not ({any})"}
_SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


class Names(Struct, frozen=True):
    """What is known of the names of facts: their terms, and which of them are derived.

    ``derived`` are those that definitions derive for acts of each kind in question,
    ``partly_derived`` those derived for acts of some of the kinds.
    """

    facts: Mapping[str, FactTerm]
    derived: frozenset[str]
    partly_derived: frozenset[str]
    references: References


def write_conditions(
    code: Code, conditions: Conditions, names: Names, *, if_not: str, if_unknown: str = ""
) -> None:
    """Write lines that do ``if_not`` as soon as one condition certainly fails.

    ``if_unknown`` is done where one is unknown, nothing if it is empty; what holds lets the lines that
    follow be reached.
    """
    for item in conditions.items:
        _write_truth(code, item, names)
        if if_not == if_unknown:
            with code.block("if not holds:"):
                code.line(if_not)
            continue
        with code.block("if holds is False:"):
            code.line(if_not)
        if if_unknown:
            with code.block("if holds is None:"):
                code.line(if_unknown)


def _write_truth(code: Code, item: Condition, names: Names) -> None:
    """Write the lines that set ``holds`` to the truth of a condition."""
    if item.name in names.partly_derived:
        compares = code.constant(names.references.comparison(item), "compares")
        code.line(f"holds = {compares}(file, act)")
        return
    code.line(f"value = says.get({item.name!r})")
    if item.name in names.derived:
        with code.block("if value is None:"):
            code.line(f"value = file.derived(act, {item.name!r})")
        missing = repr(item.holds(UNKNOWN, item.wanted))
    else:
        missing = _missing(item, names.facts[item.name])
    code.line(f"holds = {_known(code, item, names.references)} if value is not None else {missing}")


def _known(code: Code, item: Condition, references: References) -> str:
    """Return the expression for a fact that the act states."""
    word = _WORDS[id(item.operator)]
    wanted: Any = item.wanted
    if word in _SIGNS:
        number = f"isinstance(value, (int, float)) and value {_SIGNS[word]}"
        if not isinstance(wanted, LimitUse):
            return f"({number} {wanted!r})"
        limit = code.constant(references.bound(wanted), f"limit_{wanted.id.replace('-', '_')}")
        return f"(None if (bound := {limit}(file, act)) is None else {number} bound)"
    if word in _JOINED:
        parts = [f"{code.constant(one, 'wanted')} in value" for one in wanted]
        is_list = "isinstance(value, list)"
        every = " and ".join([is_list, *parts])
        some = f"{is_list} and ({' or '.join(parts) or 'False'})"
        return f"({_JOINED[word].format(all=every, any=some)})"
    if word in _INLINE:
        return f"({_INLINE[word].format(wanted=code.constant(wanted, 'wanted'))})"
    return f"{code.constant(item.operator.test, word)}(value, {code.constant(wanted, 'wanted')})"


def _missing(item: Condition, term: FactTerm) -> str:
    """Return the expression for a fact that the act does not state."""
    unknown: Any = item.holds(UNKNOWN, item.wanted)
    if not term.silence_denies:
        return repr(unknown)
    denied = False if isinstance(item.wanted, LimitUse) else item.holds(ABSENT, item.wanted)
    return f"({unknown!r} if {item.name!r} in lacks else {denied!r})"
