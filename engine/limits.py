"""Limits (限值): the numbers of the law by field, region, party and date; the narrowest wins."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from casefiles.model import Act
from engine.conditions import Conditions
from engine.facts import CaseFacts
from engine.findings import Basis, Settlement
from engine.limituse import LimitUse, NotSet

__all__ = ["Found", "Limit", "LimitUse", "LimitValue", "Limits", "NotSet"]


class LimitValue(Struct, frozen=True):
    """One value with the cases it is for; ``value`` is None where the law leaves it to a region."""

    value: int | float | str | None
    where: Conditions
    basis: Basis
    needs: str = ""


class Limit(Struct, frozen=True):
    """A limit: its values in the order of the file; ``unit`` is 元, 期间 or the like."""

    id: str
    title: str
    unit: str
    values: tuple[LimitValue, ...]


class Found(Struct, frozen=True):
    """The value in force for a case and a day, with its basis."""

    value: int | float | str
    basis: Basis
    limit: Limit


class Limits(Struct, frozen=True):
    """All limits of a rulebook by id."""

    table: Mapping[str, Limit]

    def find(self, use: LimitUse, facts: CaseFacts, act: Act | None) -> Found | NotSet:
        """Return the value in force on the day of the act (without one: on the day of the check)."""
        limit = self.table[use.id]
        day = facts.as_of.day
        if act is not None:
            moment = act.starts or act.ends
            if moment is None:
                return NotSet(facts.settlement(act, "日期"))
            day = moment.day
        best: LimitValue | None = None
        open_: LimitValue | None = None
        for value in limit.values:
            fits = value.where.holds(facts, None, self) if value.basis.in_force(day) else False
            if fits is True and (best is None or _width(value) >= _width(best)):
                best = value
            elif fits is None and (open_ is None or _width(value) >= _width(open_)):
                open_ = value
        # What may apply counts only against what is not narrower.
        if open_ is not None and (best is None or _width(open_) >= _width(best)):
            return NotSet(open_.where.unsettled(facts, None, self)[0])
        return _found(limit, best)


def _width(value: LimitValue) -> int:
    return len(value.where.items)


def _found(limit: Limit, best: LimitValue | None) -> Found | NotSet:
    if best is None:
        return NotSet(Settlement("限值参数", f"本领域、本地区的“{limit.title}”"))
    if best.value is None:
        return NotSet(Settlement("限值参数", best.needs or f"本地区的“{limit.title}”"))
    return Found(best.value, best.basis, limit)
