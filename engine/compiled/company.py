"""What generated code asks about the people of acts: whether a duty is certainly kept.

``False`` never means that a duty is broken, only that the verb must look.
"""

from __future__ import annotations

from collections.abc import Sequence

from casefiles.model import Act
from engine.facts import CaseFacts
from engine.verbs.duration import Span, extent_of
from engine.verbs.people import PARTICIPANTS, DoneBy, untold_people

Roles = frozenset[str]


def are_kept_apart(
    file: CaseFacts, act: Act, kinds: Sequence[str], roles: Roles | None, other_roles: Roles | None
) -> bool:
    """Tell whether persons of the act are named and none of them took part in the other acts."""
    mine = _people(file, act, roles)
    names = set(mine.values())
    for kind in kinds if mine else ():
        for other in file.by_kind.get(kind, ()):
            for name, held, person in file.taking_part(other):
                if other_roles is not None and other_roles.isdisjoint(held):
                    continue
                # Two persons of one name may be one person: for the verb to tell.
                if name in mine or (person.name if person else name) in names:
                    return False
    return bool(mine) and not untold_people(file, [file.kind_of(act), *kinds])


def are_enough(file: CaseFacts, act: Act, wanted: Roles, demand: DoneBy) -> bool:
    """Tell whether so many persons, or all of a role, certainly took part as it is demanded."""
    good: set[str] = set()
    for name, held, person in file.taking_part(act):
        if not wanted.isdisjoint(held):
            if name in good:
                continue
            if demand.qualifies(file, act, person) is True:
                good.add(name)
            elif demand.every:
                return False
        elif demand.every and not held:
            return False
    return len(good) >= (1 if demand.every else demand.at_least)


def are_too_few(file: CaseFacts, act: Act, wanted: Roles, demand: DoneBy) -> bool:
    """Tell whether the persons named, and all of them are, certainly fall short of what is demanded."""
    if demand.every or not act.by or not file.provides(file.kind_of(act), PARTICIPANTS):
        return False
    parts = file.taking_part(act)
    possible = {
        name
        for name, held, person in parts
        if not wanted.isdisjoint(held) and demand.qualifies(file, act, person) is not False
    }
    # Who took part without a role may be somebody else each time: the verb counts every mention.
    unknown = sum(not held for _, held, _ in parts)
    return len(possible) + unknown < demand.at_least


def _people(file: CaseFacts, act: Act, wanted: Roles | None) -> dict[str, str]:
    """Return the persons who took part in one of the roles wanted, each with the name."""
    return {
        name: person.name if person else name
        for name, held, person in file.taking_part(act)
        if wanted is None or not wanted.isdisjoint(held)
    }


def overlaps_nothing(file: CaseFacts, act: Act, kinds: tuple[str, ...], roles: Roles) -> bool:
    """Tell whether nobody of a role took part in another such act that may have been at the same time."""
    key = (kinds, roles)
    if key not in file.free:
        file.free[key] = _free_of_overlap(file, kinds, roles)
    return act.id in file.free[key] and not untold_people(file, [file.kind_of(act), *kinds])


def _free_of_overlap(file: CaseFacts, kinds: Sequence[str], roles: Roles) -> frozenset[str]:
    """Return the ids of the acts that overlap with no other act of their persons; one sweep for each."""
    times: dict[str, list[tuple[int, int, str]]] = {}
    acts = file.acts(kinds)
    for act in acts:
        for person in _people(file, act, roles):
            times.setdefault(person, []).append((*_extent(act), act.id))
    met: set[str] = set()
    for spans in times.values():
        spans.sort()
        last = spans[0]
        for span in spans[1:]:
            if span[0] < last[1]:
                met |= {span[2], last[2]}
            last = max(last, span, key=_end)
    return frozenset(act.id for act in acts) - met


def _extent(act: Act) -> Span:
    """Return the first and last minute that an act may have taken."""
    return extent_of(act) or (0, _FOREVER)


def _end(span: tuple[int, int, str]) -> int:
    return span[1]


_FOREVER = 1 << 60
