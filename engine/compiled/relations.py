"""What generated code asks about other acts and about people: whether something is there for certain.

Every function answers ``True`` only where the verb itself would find its duty kept; ``False`` means
that the verb must look, never that a duty is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casefiles.model import Act
from casefiles.moments import Moment, is_before, is_not_after
from engine.facts import CaseFacts
from engine.truth import Truth
from engine.verbs.content import DETECTORS
from engine.verbs.duration import Span, on_site_span, span_of, uncovered
from engine.verbs.people import PARTICIPANTS, DoneBy

Where = Callable[[CaseFacts, Act], Truth]
"""Whether an act has the facts looked for."""

Period = Callable[[CaseFacts, Act, int], int | None]
"""From the day that a period is counted from to the day that it reaches, where that is certain."""


def concerns(file: CaseFacts, other: Act, act: Act, alone: bool) -> bool:
    """Tell whether an act certainly concerns another; ``alone``: that one is the only one of its kind."""
    if act.id in other.about or other.id in act.about:
        return True
    if not alone:
        return False
    return not other.about or not act.about or not file.apart(other, act)


def _certain(
    file: CaseFacts, act: Act, alone: bool, kinds: Sequence[str], any_act: bool, where: Where | None
) -> list[Act]:
    """Return the acts of a choice that certainly match."""
    found = []
    for kind in kinds:
        for other in file.by_kind.get(kind, ()):
            if other is act or not (any_act or concerns(file, other, act, alone)):
                continue
            if where is None or where(file, other) is True:
                found.append(other)
    return found


def follows(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
    start: Moment | None,
    until: int | None,
) -> bool:
    """Tell whether an act of the choice follows a moment, not after the day ``until`` if there is one."""
    if start is None:
        return False
    for other in _certain(file, act, alone, kinds, any_act, where):
        moment = other.starts or other.ends
        if moment is None or (until is not None and moment.day > until):
            continue
        if is_not_after(start, moment) is not False:
            return True
    return False


def precedes(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
    latest: int | None,
    same_day: bool,
) -> bool:
    """Tell whether an act of the choice was over before this one, or by the day ``latest``."""
    begin = act.starts or act.ends
    if begin is None:
        return False
    for other in _certain(file, act, alone, kinds, any_act, where):
        moment = other.ends or other.starts
        if moment is None:
            continue
        if latest is not None:
            if moment.day <= latest:
                return True
            continue
        before = is_before(moment, begin)
        if before or (before is None and same_day):
            return True
    return False


def covers(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
) -> bool:
    """Tell whether acts of the choice cover the whole time of this one, to the minute."""
    whole = on_site_span(act)
    if whole is None:
        return False
    others = _certain(file, act, alone, kinds, any_act, where)
    spans: list[Span] = [span for other in others if (span := span_of(other))]
    return bool(spans) and not uncovered(whole, spans)


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
    return bool(mine)


def are_enough(file: CaseFacts, act: Act, wanted: Roles, demand: DoneBy) -> bool:
    """Tell whether so many persons, or all of a role, certainly took part as it is demanded."""
    good: set[str] = set()
    for name, held, person in file.taking_part(act):
        if not wanted.isdisjoint(held):
            if name in good:
                continue
            if demand.qualifies(act, person) is True:
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
    possible = {
        name
        for name, held, person in file.taking_part(act)
        if not held or (not wanted.isdisjoint(held) and demand.qualifies(act, person) is not False)
    }
    return len(possible) < demand.at_least


def _people(file: CaseFacts, act: Act, wanted: Roles | None) -> dict[str, str]:
    """Return the persons who took part in one of the roles wanted, each with the name."""
    return {
        name: person.name if person else name
        for name, held, person in file.taking_part(act)
        if wanted is None or not wanted.isdisjoint(held)
    }


def are_free(listed: object, text: object, items: Sequence[str]) -> bool:
    """Tell whether a publication was looked through and shows none of the items."""
    if isinstance(listed, list):
        if any(item in listed for item in items):
            return False
    elif not isinstance(text, str) or not all(item in DETECTORS for item in items):
        return False
    if isinstance(text, str):
        return not any(item in DETECTORS and DETECTORS[item](text) for item in items)
    return True


def nothing_of(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
    side: str,
) -> bool:
    """Tell whether no act of the choice may concern the act, on its ``side``: before, after or any."""
    for other in _possible(file, act, alone, kinds, any_act, where):
        if side == "any":
            return False
        first, last = (other, act) if side == "before" else (act, other)
        over, begun = first.ends or first.starts, last.starts or last.ends
        if over is None or begun is None or is_before(over, begun) is not False:
            return False
    return all(map(file.provides, kinds))


def _possible(
    file: CaseFacts, act: Act, alone: bool, kinds: Sequence[str], any_act: bool, where: Where | None
) -> list[Act]:
    """Return the acts of a choice that match or may match."""
    found = []
    for kind in kinds:
        for other in file.by_kind.get(kind, ()):
            if other is act or not (any_act or may_concern(file, other, act, alone)):
                continue
            if where is None or where(file, other) is not False:
                found.append(other)
    return found


def may_concern(file: CaseFacts, other: Act, act: Act, alone: bool) -> bool:
    """Tell whether an act concerns another, or whether that is unknown."""
    if concerns(file, other, act, alone):
        return True
    return not alone and file.names_none(other, file.kind_of(act)) and not file.apart(other, act)


def other_number(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
    name: str,
) -> int | float | None:
    """Return the number that the last act of the choice before this one states, if it is only one."""
    begin = act.starts or act.ends
    found: list[tuple[int, int | float]] = []
    for other in _certain(file, act, alone, kinds, any_act, where):
        moment, value = other.starts or other.ends, other.facts.get(name)
        if moment and begin and is_not_after(moment, begin) is False:
            continue
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            found.append((moment.earliest if moment else 0, value))
    found.sort()
    if not found or (len(found) > 1 and found[-1][0] == found[-2][0]):
        return None
    return found[-1][1]


def comes_after_all(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
    begun: bool,
    period: Period,
) -> bool:
    """Tell whether the act came after the period from each act of the choice before it had ended."""
    begin = act.starts or act.ends
    if begin is None:
        return False
    counted = False
    for other in _certain(file, act, alone, kinds, any_act, where):
        first = other.starts or other.ends
        if first is not None and is_not_after(first, begin) is False:
            continue
        start = first if begun else other.ends or other.starts
        latest = None if start is None else period(file, act, start.day)
        if latest is None or begin.day <= latest:
            return False
        counted = True
    return counted


def overlaps_nothing(file: CaseFacts, act: Act, kinds: tuple[str, ...], roles: Roles) -> bool:
    """Tell whether nobody of a role took part in another such act that may have been at the same time."""
    key = (kinds, roles)
    if key not in file.free:
        file.free[key] = _free_of_overlap(file, kinds, roles)
    return act.id in file.free[key]


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
    if act.starts is None:
        return 0, _FOREVER
    return act.starts.earliest, (act.ends or act.starts).latest


def _end(span: tuple[int, int, str]) -> int:
    return span[1]


_FOREVER = 1 << 60


def is_there(
    file: CaseFacts,
    act: Act,
    alone: bool,
    kinds: Sequence[str],
    any_act: bool,
    where: Where | None,
    before: bool,
    day: int,
) -> Truth:
    """Tell whether acts are there that a situation wants; their absence must be proven through a day."""
    begin = act.starts or act.ends
    open_ = False
    for other in _possible(file, act, alone, kinds, any_act, where):
        counts: Truth = True
        if before:
            over = other.ends or other.starts
            counts = None if begin is None or over is None else is_not_after(over, begin) is not False
        if counts is False:
            continue
        if (
            counts
            and (any_act or concerns(file, other, act, alone))
            and (where is None or where(file, other))
        ):
            return True
        open_ = True
    return None if open_ or not file.is_absent(kinds, day) else False
