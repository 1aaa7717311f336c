"""Laws (法律文件): which instruments exist, when they are in force, what of them is covered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from casefiles.names import normalised
from engine.truth import Truth

# Of names as ``normalised`` leaves them, with narrow brackets.
_REVISION = r"\((\d{4})年[^)]*修[^)]*\)"
_NOISE = r"[《》〈〉]|中华人民共和国|\([^)]*修[^)]*\)"
_CITATION = r"《([^》]+)》|^([^《》〔]+〔\d{4}〕\d+号)|^([^《》第]+)"


class Article(Struct, frozen=True):
    """One article: covered by a rule, to be judged by a person, or not to be seen in a file."""

    article: str
    coverage: str
    note: str = ""


class Law(Struct, frozen=True):
    """One instrument in one version, from its first to its last day; not sure: dates not verified."""

    id: str
    name: str
    names: tuple[str, ...]
    number: str
    rank: str
    since: date
    until: date | None
    is_sure: bool = True
    articles: tuple[Article, ...] = ()

    def in_force(self, day: int) -> bool:
        """Tell whether the instrument was in force on a day, given as ordinal."""
        return self.since.toordinal() <= day and (self.until is None or day <= self.until.toordinal())


class Laws:
    """All instruments, found by any of their names."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.all = tuple(sorted(laws, key=lambda law: law.id))

    @cached_property
    def _by_name(self) -> Mapping[str, list[Law]]:
        table: dict[str, list[Law]] = {}
        for law in self.all:
            for name in {_plain(name) for name in (law.name, law.number, *law.names)}:
                table.setdefault(name, []).append(law)
        return table

    def named(self, name: str) -> list[Law]:
        """Return all versions of the instrument that bears a name, short name or number."""
        return self._by_name.get(_plain(name), [])

    def in_force(self, citation: str, day: int) -> Truth:
        """Tell whether what a citation names was in force.

        Unknown for instruments that are not listed, whose dates were not verified, and before the
        first version that is listed: there may have been an older one. Unknown too if it names the
        year of a revision which seems to be another than the one in force.
        """
        text = normalised(citation)
        found = re.search(_CITATION, text)
        versions = self.named(next(filter(None, found.groups())) if found else citation)
        if any(law.in_force(day) for law in versions):
            revision = re.search(_REVISION, text)
            return True if revision is None or _is_current(int(revision[1]), versions, day) else None
        if not versions or day < min(law.since for law in versions).toordinal():
            return None
        return False if all(law.is_sure for law in versions) else None


def _plain(name: str) -> str:
    return re.sub(_NOISE, "", normalised(name))


def _is_current(revised: int, versions: list[Law], day: int) -> bool:
    """Tell whether a revision of a year can be the version in force on a day.

    What is revised in a year comes into force in that year or the next. Many versions are listed with
    the first day of the whole instrument, so one that is older can be meant as well.
    """
    if all(law.since.year > revised + 1 for law in versions if law.in_force(day)):
        return False
    coming = (law for law in versions if law.since.toordinal() > day)
    return not any(revised <= law.since.year <= revised + 1 for law in coming)
