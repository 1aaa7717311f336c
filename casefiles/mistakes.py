"""Mistakes in a case file, told by the path in the model; an adapter knows line and column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from casefiles.model import Path
from casefiles.terms import suggestion

MOST_MISTAKES = 200
"""How many mistakes of one file are looked for; more help nobody."""
MOST_WORDS = 8
"""How many allowed values a piece of advice spells out."""
MOST_COMPARED = 2000
"""Among how many known words the nearest one is searched."""


class Mistake(NamedTuple):
    """What is wrong at a path, and what to do; ``at_name`` if the name there is wrong."""

    path: Path
    text: str
    advice: str
    at_name: bool = False


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return the advice for a misspelt word: the nearest known one, or all if they are few.

    >>> did_you_mean("法制审査", ["法制审核", "送达"])
    '是否为“法制审核”？'
    """
    known = sorted(words)
    if len(known) <= MOST_COMPARED and (near := suggestion(shortened(word), known)):
        return f"是否为“{near}”？"
    if 0 < len(known) <= MOST_WORDS:
        return f"可以写：{'、'.join(known)}"
    return "可用的词见词表"


def shortened(text: str, most: int = 40) -> str:
    """Return a text for use within a message: on one line and not longer than *most* characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"
