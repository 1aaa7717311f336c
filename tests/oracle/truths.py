"""The tables of ``docs/truth-tables.md`` as tables: every cell is written out.

Truth has a fourth value here: ``open`` is an unknown of which nothing is missing but time (the case is
not closed yet). It counts as unknown everywhere, except that a term which still runs stays pending.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

TRUE, FALSE, UNKNOWN, OPEN = "true", "false", "unknown", "open"
MET, PENDING, UNDETERMINED, BREACHED = "met", "pending", "undetermined", "breached"
NOT_APPLICABLE = "not_applicable"

Truth = str
Outcome = str
Table = dict[tuple[str, str], str]


def table(text: str) -> Table:
    """Read a table whose first line names the columns and whose first column names the rows."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return {(row, column): cell for row, *cells in lines for column, cell in zip(head, cells, strict=True)}


AND = table("""
             true     open     unknown  false
    true     true     open     unknown  false
    open     open     open     unknown  false
    unknown  unknown  unknown  unknown  false
    false    false    false    false    false
""")

OR = table("""
             true     open     unknown  false
    true     true     true     true     true
    open     true     open     unknown  open
    unknown  true     unknown  unknown  unknown
    false    true     open     unknown  false
""")

ALL_OF = table("""
                  met           pending       undetermined  breached
    met           met           pending       undetermined  breached
    pending       pending       pending       undetermined  breached
    undetermined  undetermined  undetermined  undetermined  breached
    breached      breached      breached      breached      breached
""")

ANY_OF = table("""
                  met           pending       undetermined  breached
    met           met           met           met           met
    pending       met           pending       undetermined  pending
    undetermined  met           undetermined  undetermined  undetermined
    breached      met           pending       undetermined  breached
""")

NOT = {MET: BREACHED, PENDING: PENDING, UNDETERMINED: UNDETERMINED, BREACHED: MET}

BINDING = table("""
             met             pending         undetermined    breached
    true     met             pending         undetermined    breached
    open     met             pending         undetermined    undetermined
    unknown  met             undetermined    undetermined    undetermined
    false    not_applicable  not_applicable  not_applicable  not_applicable
""")
"""Whether a rule binds (rows), what comes of its requirement (columns), and the conclusion."""


def all_true(truths: Iterable[Truth]) -> Truth:
    """Join by 与."""
    return reduce(lambda one, other: AND[one, other], truths, TRUE)


def some_true(truths: Iterable[Truth]) -> Truth:
    """Join by 或."""
    return reduce(lambda one, other: OR[one, other], truths, FALSE)


def known(answer: bool) -> Truth:
    """Write a certain answer as a truth."""
    return TRUE if answer else FALSE


def certain(truth: Truth) -> bool:
    """Tell whether a truth is neither unknown nor open."""
    return truth in (TRUE, FALSE)
