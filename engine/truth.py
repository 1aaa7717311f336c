"""Three-valued logic (Kleene): ``True``, ``False`` and ``None`` for unknown.

The tables stand in ``docs/truth-tables.md`` and are tested cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def both(values: Iterable[Truth]) -> Truth:
    """Return the conjunction: false if one is false, else unknown if one is unknown."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def either(values: Iterable[Truth]) -> Truth:
    """Return the disjunction: true if one is true, else unknown if one is unknown."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negation(value: Truth) -> Truth:
    """Return the opposite; the unknown stays unknown."""
    return None if value is None else not value
