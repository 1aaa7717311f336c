"""Conditions on the facts of an act as source: exact in three values, one fact after the other.

What a missing fact means is known when the rulebook is compiled: the vocabulary tells whether
silence denies, and ``lacks`` holds the facts that the source of the file cannot tell of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
"""What is written out, because it is said most often; the rest calls the operator."""


def write_conditions(
    code: Code,
    conditions: Conditions,
    derived: frozenset[str],
    facts: Mapping[str, FactTerm],
    references: References,
    *,
    if_not: str,
    if_unknown: str,
) -> None:
    """Write lines that do ``if_not`` as soon as one condition certainly fails.

    ``if_unknown`` is done where one is unknown; what holds lets the lines that follow be reached.
    ``derived`` are the names that a definition may derive for the acts in question.
    """
    for item in conditions.items:
        code.line(f"value = says.get({item.name!r})")
        known = _known(code, item, references)
        if item.name in derived:
            code.line(f"holds = {known} if value is not None else {_asked(code, item, references)}")
        else:
            code.line(f"holds = {known} if value is not None else {_missing(item, facts[item.name])}")
        with code.block("if holds is False:"):
            code.line(if_not)
        with code.block("if holds is None:"):
            code.line(if_unknown)


def _known(code: Code, item: Condition, references: References) -> str:
    """Return the expression for a fact that the act states."""
    word = _WORDS[id(item.operator)]
    if isinstance(item.wanted, LimitUse):
        limit = code.constant(references.bound(item.wanted), f"limit_{item.wanted.id.replace('-', '_')}")
        test = code.constant(item.operator.test, word)
        return f"(None if (bound := {limit}(file, act)) is None else {test}(value, bound))"
    wanted = code.constant(item.wanted, "wanted")
    if word in _INLINE:
        return f"({_INLINE[word].format(wanted=wanted)})"
    return f"{code.constant(item.operator.test, word)}(value, {wanted})"


def _asked(code: Code, item: Condition, references: References) -> str:
    """Return the expression for a fact that may be derived."""
    compares = code.constant(references.comparison(item), "compares")
    return f"{compares}(file, act)"


def _missing(item: Condition, term: FactTerm) -> str:
    """Return the expression for a fact that the act does not state."""
    unknown: Any = item.holds(UNKNOWN, item.wanted)
    if not term.silence_denies:
        return repr(unknown)
    denied = False if isinstance(item.wanted, LimitUse) else item.holds(ABSENT, item.wanted)
    return f"({unknown!r} if {item.name!r} in lacks else {denied!r})"
