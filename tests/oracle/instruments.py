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
    """Return a name without title marks, without the name of the state and without its revision."""
    found = plain(name)
    for noted in re.findall(r"\([^)]*\)", found):
        if "修" in noted:
            found = found.replace(noted, "")
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
    current = [law for law in versions if in_force(law, day)]
    if current:
        years = [int(year) for year in re.findall(r"\((\d{4})年[^)]*修[^)]*\)", plain(citation))][:1]
        if any(all(day_of(law["since"]).year not in range(year + 2) for law in current) for year in years):
            return UNKNOWN  # The revision that is cited is older than what is in force.
        later = [day_of(law["since"]).year for law in versions if day_of(law["since"]) > day]
        return UNKNOWN if any(when in (year, year + 1) for year in years for when in later) else TRUE
    if not versions or day < min(day_of(law["since"]) for law in versions):
        return UNKNOWN
    return FALSE if all(law.get("mark", "V") == "V" for law in versions) else UNKNOWN
