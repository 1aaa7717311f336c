"""The list of laws: which instrument a citation names, and whether it was in force on a day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from tests.oracle.conditions import in_force
from tests.oracle.documents import Document, day_of
from tests.oracle.truths import FALSE, TRUE, UNKNOWN, Truth

BRACKETS = {"﹝": "〔", "﹞": "〕", "[": "〔", "]": "〕", "【": "〔", "】": "〕"}


def plain(text: str) -> str:
    """Return a text without white space, in half width, with one sort of brackets, in lower case."""
    found = ""
    for char in text:
        if char.isspace():
            continue
        narrow = unicodedata.normalize("NFKC", char)
        char = narrow if len(narrow) == 1 and unicodedata.category(char) != "No" else char
        found += BRACKETS.get(char, char)
    return found.casefold()


def bare(name: str) -> str:
    """Return a name without title marks and without the name of the state."""
    # DIFFERS: the product means to drop （2021年修订） too, but looks for wide brackets in a text whose
    # brackets it has made narrow, so that such a citation is not recognised.
    found = plain(name)
    for noise in ("《", "》", "〈", "〉", "中华人民共和国"):
        found = found.replace(noise, "")
    return found


def named_in(citation: str) -> str:
    """Return the instrument that a citation names: in title marks, by its number, or before 第…条."""
    text = plain(citation)
    marked = re.search("《([^》]+)》", text)
    numbered = re.match(r"[^《》〔]+〔\d{4}〕\d+号", text)
    begun = re.match("[^《》第]+", text)
    if numbered:
        return numbered[0]
    if begun:
        return begun[0]
    return marked[1] if marked else citation


def was_in_force(laws: list[Document], citation: str, day: date) -> Truth:
    """Tell whether what a citation names was in force; unknown where the list cannot tell."""
    name = bare(named_in(citation))
    versions = [
        law
        for law in laws
        if name in [bare(one) for one in (law["name"], law["number"], *law.get("names", ()))]
    ]
    if any(in_force(law, day) for law in versions):
        return TRUE
    if not versions or day < min(day_of(law["since"]) for law in versions):
        return UNKNOWN
    return FALSE if all(law.get("mark", "V") == "V" for law in versions) else UNKNOWN
