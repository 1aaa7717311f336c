"""How made files come out: what lawful ones wrongly break, and what of the planted defects is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from msgspec import Struct, field

from inspection.made.damage import Case
from inspection.made.files import Made, Planted

Broken = Callable[[Case], frozenset[str]]
"""Returns the rules that a file breaks, as the check finds them."""


class Confusion(Struct):
    """By rule: in how many files it was broken on purpose and found, missed, or found without reason.

    ``defects`` counts how often each was planted, ``harmless`` the files to which none of the rules applies
    that a planted defect breaks elsewhere; ``wrong`` names the files that came out otherwise.
    """

    files: int = 0
    harmless: int = 0
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    defects: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, made: Made, planted: frozenset[str], broken: frozenset[str], defect: str = "") -> None:
        """Count one file: the rules that its defect breaks, and those that the check found broken."""
        self.files += 1
        if defect:
            self.defects[defect] += 1
            self.harmless += not planted
        self.found.update(planted & broken)
        self.missed.update(planted - broken)
        self.extra.update(broken - planted)
        if planted != broken:
            told = [f"漏 {rule}" for rule in sorted(planted - broken)]
            told += [f"多 {rule}" for rule in sorted(broken - planted)]
            self.wrong.append(f"{made.name} {defect}：{'、'.join(told)}")


def confusion_of(
    lawful: Iterable[Made], planted: Iterable[Planted], broken: Broken
) -> tuple[Confusion, Confusion]:
    """Return how lawful files come out, and how those with a defect do."""
    clean, spoilt = Confusion(), Confusion()
    for made in lawful:
        clean.count(made, frozenset(), broken(made.case))
    for one in planted:
        spoilt.count(one.made, one.broken, broken(one.made.case), one.defect)
    return clean, spoilt
