"""Counting a period in a case: its length from the rule or a limit, its stops, its extensions."""

from __future__ import annotations

from msgspec import Struct

from casefiles.model import Act
from casefiles.moments import Moment, parse_moment
from engine.calendar import WorkingCalendar
from engine.deadlines import Deadline, deadline, happened_in_time
from engine.derivations import derive
from engine.findings import DerivationStep, Settlement
from engine.limits import LimitUse, NotSet
from engine.options import ActChoice, Options
from engine.periods import Period, parse_period
from engine.scope import Scope
from engine.suspensions import Suspension
from engine.truth import Truth

APPROVED = "负责人批准时间"
"""The fact that tells when an extension was approved; without it the day of its act counts."""


Term = Period | LimitUse
"""A period in the rule, or the limit that holds it."""


class Extension(ActChoice, frozen=True, kw_only=True):
    """Approved extensions: the acts that approve them, the fact with their length, and the most in all."""

    length: str = "延长期限"
    at_most: Term | None = None


class Counted(Options, frozen=True, kw_only=True):
    """Options of verbs that count: which acts stop the count and which extend the period.

    ``stopped_by`` acts stop it from their start to their end; ``roll_over: false`` is for periods
    that a holiday at their end does not lengthen.
    """

    stopped_by: tuple[ActChoice, ...] = ()
    extended_by: tuple[Extension, ...] = ()
    roll_over: bool = True


def term_words(term: Period | LimitUse) -> str:
    """Return a period as users read it."""
    return term.chinese if isinstance(term, Period) else f"{term}规定的期限"


class Count(Struct, frozen=True):
    """A counted period: its deadline, or what is missing to know it.

    ``doubts`` are reasons why the period may be longer than the deadline says.
    """

    deadline: Deadline | None
    plain: Deadline | None
    calendar: WorkingCalendar
    missing: tuple[Settlement, ...] = ()
    doubts: tuple[Settlement, ...] = ()

    @property
    def due(self) -> Moment | None:
        """The last lawful moment, if it is known."""
        return self.deadline.due if self.deadline else None

    def in_time(self, found: Moment) -> Truth:
        """Tell whether something happened within the period."""
        if self.plain is not None and happened_in_time(found, self.plain) is True:
            return True
        if self.deadline is None:
            return None
        in_time = happened_in_time(found, self.deadline)
        return None if in_time is False and self.doubts else in_time

    def steps(self) -> tuple[DerivationStep, ...]:
        """Return the derivation of the due date, day by day."""
        return derive(self.deadline, self.calendar) if self.deadline else ()


def count(scope: Scope, start: Moment, term: Period | LimitUse, options: Counted) -> Count:
    """Count a period from a moment in the case of the scope."""
    period = length_of(scope, term)
    if isinstance(period, NotSet):
        return Count(None, None, scope.calendar, missing=(period.settlement,))
    calendar, roll = scope.calendar, options.roll_over
    plain = deadline(start, period, calendar, roll_over=roll)
    stops, doubts = _stops(scope, options)
    counted = deadline(start, period, calendar, suspensions=stops, roll_over=roll)
    counted, more_doubts = _extended(scope, counted, options)
    doubts += more_doubts
    missing = () if counted.due else (Settlement("期限依据", counted.reason or "期限无法计算"),)
    return Count(counted, plain, calendar, missing, doubts)


def length_words(scope: Scope, term: Period | LimitUse | None) -> str:
    """Return the length of a period as users read it, empty where there is none or it is not set."""
    period = length_of(scope, term) if term else None
    return period.chinese if isinstance(period, Period) else ""


def length_of(scope: Scope, term: Period | LimitUse) -> Period | NotSet:
    """Return the length of a period, looked up on the day of the subject where it is a limit."""
    if isinstance(term, Period):
        return term
    found = scope.limits.find(term, scope.facts, scope.subject)
    return found if isinstance(found, NotSet) else parse_period(str(found.value))


def _stops(scope: Scope, options: Counted) -> tuple[list[Suspension], tuple[Settlement, ...]]:
    stops: list[Suspension] = []
    doubts: tuple[Settlement, ...] = ()
    facts = scope.facts
    for choice in options.stopped_by:
        for act, fits in choice.selector.candidates(facts, None, scope.limits):
            if fits is None:
                doubts += choice.selector.doubts(facts, act, None, scope.limits)
                continue
            stops.append(Suspension(act.starts, act.ends, facts.kind_of(act)))
        doubts += facts.absence(choice.act, scope.as_of.day)
    return stops, doubts


def _extended(scope: Scope, counted: Deadline, options: Counted) -> tuple[Deadline, tuple[Settlement, ...]]:
    """Return the deadline with all approved extensions, and what leaves open whether there are more.

    One after the other as they were approved: each must have been approved before the period, as
    extended so far, had ended.
    """
    doubts: tuple[Settlement, ...] = ()
    used = [0] * len(options.extended_by)
    for act, number, fits in _approvals(scope, options):
        choice = options.extended_by[number]
        in_time = _approved_in_time(act, counted)
        if in_time is False:
            continue
        length = scope.facts.fact(act, choice.length)
        if fits is None or in_time is None or not isinstance(length, str):
            doubts += choice.selector.doubts(scope.facts, act, None, scope.limits)
            doubts += (scope.facts.settlement(act, choice.length if in_time else APPROVED),)
            continue
        period, extension = parse_period(length), counted.extension
        if extension is not None and extension.unit is not period.unit:
            # Extensions of different units cannot be added up; a person must count.
            doubts += (Settlement("延长期限审批表", "各次延长期限以同一单位计算"),)
            continue
        amount = _left(scope, choice, period, used[number])
        used[number] += amount
        if amount:
            total = amount + (extension.amount if extension else 0)
            counted = _again(counted, Period(total, period.unit), scope.calendar)
    for choice in options.extended_by:
        doubts += scope.facts.absence(choice.act, scope.as_of.day)
    return counted, doubts


def _again(counted: Deadline, extension: Period, calendar: WorkingCalendar) -> Deadline:
    return deadline(
        counted.start,
        counted.period,
        calendar,
        suspensions=counted.suspensions,
        extension=extension,
        roll_over=counted.roll_over,
    )


def _approvals(scope: Scope, options: Counted) -> list[tuple[Act, int, Truth]]:
    """Return the acts that extend the period or may, as they were approved; those without a day first.

    Each comes once, with the number of the first choice that it certainly is of, if there is one.
    """
    found: dict[str, tuple[Act, int, Truth]] = {}
    for number, choice in enumerate(options.extended_by):
        for act, fits in choice.selector.candidates(scope.facts, None, scope.limits):
            known = found.get(act.id)
            if known is None or (fits is True and known[2] is None):
                found[act.id] = (act, number, fits)
    if len(found) < 2:
        return list(found.values())
    place = scope.facts.place
    return sorted(found.values(), key=lambda one: (_day_approved(one[0]), place[one[0].id]))


def _day_approved(act: Act) -> int:
    moment = _approved(act)
    return moment.day if moment else 0


def _approved(act: Act) -> Moment | None:
    text = act.facts.get(APPROVED)
    return parse_moment(text) if isinstance(text, str) else act.starts


def _approved_in_time(act: Act, before: Deadline) -> Truth:
    approved = _approved(act)
    if approved is None or before.due is None:
        return None
    return approved.day <= before.due.day


def _left(scope: Scope, choice: Extension, length: Period, used: int) -> int:
    """Return how much of an extension counts, as all of one choice together have a most."""
    most = length_of(scope, choice.at_most) if choice.at_most else None
    if most is None or isinstance(most, NotSet) or most.unit is not length.unit:
        return length.amount
    return min(length.amount, max(most.amount - used, 0))
