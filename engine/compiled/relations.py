"""What generated code asks about other acts and about people: whether something is there for certain.

Every function answers ``True`` only where the verb itself would find its duty kept; ``False`` means
that the verb must look, never that a duty is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

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


def concerns(file: CaseFacts, other: Act, act: Act) -> bool:
    """Tell whether an act concerns one that is the only act of its kind."""
    if not other.about or not act.about or act.id in other.about or other.id in act.about:
        return True
    return not file.apart(other, act)


def _certain(
    file: CaseFacts, act: Act, alone: bool, kinds: Sequence[str], any_act: bool, where: Where | None
) -> Iterator[Act]:
    """Yield the acts of a choice that certainly match.

    Only links are followed where there are several acts of the subject's kind, so that the cost does
    not grow with the square of the acts.
    """
    if any_act or alone:
        others: Iterable[Act] = _of_kinds(file, kinds)
    else:
        others = [other for other in file.linked(act) if file.kind_of(other) in kinds]
    for other in others:
        if other is act or not (any_act or not alone or concerns(file, other, act)):
            continue
        if where is None or where(file, other) is True:
            yield other


def _of_kinds(file: CaseFacts, kinds: Sequence[str]) -> Iterable[Act]:
    if len(kinds) == 1:
        return file.by_kind.get(kinds[0], ())
    return [other for kind in kinds for other in file.by_kind.get(kind, ())]


def _doubtful(
    file: CaseFacts, act: Act, alone: bool, kinds: Sequence[str], any_act: bool, where: Where | None
) -> Iterator[Act]:
    """Yield the other acts of a choice that may match: unknown facts, or unknown whom they concern."""
    if where is not None:
        for other in _certain(file, act, alone, kinds, any_act, None):
            if where(file, other) is None:
                yield other
    if any_act or alone:
        return
    own_kind = file.kind_of(act)
    for kind in kinds:
        for other in file.naming_none(kind, own_kind):
            if other is act or other.id in act.about or file.apart(other, act):
                continue
            if where is None or where(file, other) is not False:
                yield other


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
    choice = (file, act, alone, kinds, any_act, where)
    for other in chain(_certain(*choice), _doubtful(*choice)):
        if side == "any":
            return False
        first, last = (other, act) if side == "before" else (act, other)
        over, begun = first.ends or first.starts, last.starts or last.ends
        if over is None or begun is None or is_before(over, begun) is not False:
            return False
    return all(map(file.provides, kinds))


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
    if not any(kind in file.by_kind for kind in kinds):
        return False if file.is_absent(kinds, day) else None
    choice = (file, act, alone, kinds, any_act, where)
    begin = act.starts or act.ends
    open_ = False
    for other in _certain(*choice):
        counts = _counts(other, begin) if before else True
        if counts:
            return True
        open_ = open_ or counts is None
    if open_ or any(not before or _counts(other, begin) is not False for other in _doubtful(*choice)):
        return None
    return False if file.is_absent(kinds, day) else None


def _counts(other: Act, begin: Moment | None) -> Truth:
    """Tell whether an act came before a moment; one of the same day is taken to have come first."""
    over = other.ends or other.starts
    return None if begin is None or over is None else is_not_after(over, begin) is not False
