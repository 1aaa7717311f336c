"""What the head of a file decides: the truths of all conditions on it, once for all files alike.

Two files whose heads say the same of everything that any rule asks get the same truths, the same
rules in question, and the same values of limits.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from msgspec import Struct, field

from casefiles.terms import HEAD
from engine.conditions import Conditions
from engine.facts import HEAD_FIELDS, CaseFacts
from engine.limits import Limits
from engine.rule import Definition
from engine.truth import Truth


class HeadTable(Struct):
    """The distinct conditions on heads, each with its place in the list of truths."""

    conditions: list[Conditions] = field(default_factory=list)
    _places: dict[Hashable, int] = field(default_factory=dict)

    def place(self, conditions: Conditions) -> int:
        """Return the place of conditions, a new one for those not seen before."""
        # Most conditions of a rulebook are empty, and every start places thousands.
        key: Hashable = conditions.items and tuple(
            [(item.name, id(item.operator), repr(item.wanted)) for item in conditions.items]
        )
        if key not in self._places:
            self._places[key] = len(self.conditions)
            self.conditions.append(conditions)
        return self._places[key]

    def truths(self, file: CaseFacts, limits: Limits) -> tuple[Truth, ...]:
        """Return the truth of each for the head of a file."""
        return tuple(conditions.holds(file, None, limits) for conditions in self.conditions)


class Signature:
    """What a head says of everything that rules, definitions and limits ask of it.

    ``asks_acts``: some head facts are derived from acts, so that the head alone does not decide.
    """

    def __init__(self, conditions: Iterable[Conditions], definitions: Iterable[Definition]) -> None:
        grounds = [ground for one in definitions if one.on == HEAD for ground in one.grounds]
        self.asks_acts = any(ground.present for ground in grounds)
        names = {item.name for one in conditions for item in one.items}
        names |= {item.name for ground in grounds for item in ground.head.items}
        self._names = tuple(sorted(names - set(HEAD_FIELDS)))

    def of(self, file: CaseFacts) -> Hashable:
        """Return the signature of a file's head on the day of the check."""
        case, names = file.case, self._names
        key = (
            case.kind,
            case.procedure,
            case.field,
            case.region,
            case.agency.level,
            file.as_of.day,
            None if case.provides is None else tuple(case.provides),
            tuple(map(case.facts.get, names)),
            tuple(map(case.agency.facts.get, names)),
            tuple([(party.kind, *map(party.facts.get, names)) for party in case.parties]),
        )
        try:
            hash(key)
        except TypeError:  # a fact that is a list
            return repr(key)
        return key
