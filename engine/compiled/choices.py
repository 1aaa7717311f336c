"""Choices of acts as generated code knows them, and the acts of a file that they may mean.

Links are followed instead of looking at every act wherever there are several acts of the subject's
kind, so that the cost does not grow with the square of the acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from casefiles.model import Act
from engine.facts import CaseFacts
from engine.truth import Truth

Where = Callable[[CaseFacts, Act], Truth]
"""Whether an act has the facts looked for."""


class Choice(Struct, frozen=True):
    """Which acts are looked for: their kinds, whether they may concern any act, and their facts."""

    kinds: tuple[str, ...]
    any_act: bool
    where: Where | None

    def fits(self, file: CaseFacts, act: Act) -> Truth:
        """Tell whether an act has the facts looked for."""
        return True if self.where is None else self.where(file, act)


def concerned(file: CaseFacts, act: Act, alone: bool, choice: Choice) -> Sequence[Act]:
    """Return the acts of the kinds of a choice that certainly concern an act, whatever their facts.

    ``alone``: the act is the only one of its kind. What was found once is kept with the file.
    """
    kinds = choice.kinds
    if choice.any_act:
        others = _of_kinds(file, kinds)
        if file.kind_of(act) not in kinds:
            return others
        return [one for one in others if one is not act]
    key = (act.id, kinds)
    found = file.concerned.get(key)
    if found is None:
        if alone:
            elsewhere = file.kinds_named(act)
            found = [
                one
                for one in _of_kinds(file, kinds)
                if one is not act and _concerns(file, one, act, elsewhere)
            ]
        else:
            found = [one for one in file.linked(act) if file.kind_of(one) in kinds and one is not act]
        file.concerned[key] = found
    return found


def _of_kinds(file: CaseFacts, kinds: Sequence[str]) -> list[Act]:
    if len(kinds) == 1:
        return file.by_kind.get(kinds[0], _NONE)
    return [other for kind in kinds for other in file.by_kind.get(kind, _NONE)]


def _concerns(file: CaseFacts, other: Act, act: Act, elsewhere: frozenset[str]) -> bool:
    """Tell whether an act concerns one that is the only act of its kind; it names some of ``elsewhere``."""
    if act.id in other.about or other.id in act.about:
        return True
    if file.kind_of(other) in elsewhere:
        return False
    return not file.apart(other, act)


_NONE: list[Act] = []


def doubtful(file: CaseFacts, act: Act, alone: bool, choice: Choice) -> Iterator[Act]:
    """Yield the acts that may match a choice: unknown facts, or unknown whom they concern."""
    if choice.where is not None:
        for other in concerned(file, act, alone, choice):
            if choice.where(file, other) is None:
                yield other
    if choice.any_act or alone:
        return
    elsewhere = file.kinds_named(act)
    for other in _silent(file, choice, file.kind_of(act)):
        if other is not act and file.kind_of(other) not in elsewhere and not file.apart(other, act):
            yield other


def _silent(file: CaseFacts, choice: Choice, own_kind: str) -> list[Act]:
    """Return the acts that may match a choice and name no act of a kind, found once for each file."""
    key = (choice, own_kind)
    found = file.perhaps.get(key)
    if found is None:
        silent = [other for kind in choice.kinds for other in file.naming_none(kind, own_kind)]
        found = [other for other in silent if choice.fits(file, other) is not False]
        file.perhaps[key] = found
    return found
