"""The verb about a moment that a paper tells: when it must lie, seen from other moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar, Literal, NamedTuple

from msgspec import Struct

from casefiles.model import Act
from casefiles.moments import Moment, is_not_after, parse_moment
from engine.counting import Count, Counted, Term, count, length_words, term_words
from engine.facts import Known
from engine.findings import Evidence, Outcome, Role, Settlement
from engine.options import ActChoice, Options
from engine.scope import Scope, act_words, begin_of, end_of, moment_words
from engine.truth import Truth
from engine.verbs.base import MET, Verb, Verdict, compared, unsettled

_OWN = {"starts": "开始", "ends": "结束"}


class OtherMoment(ActChoice, frozen=True, kw_only=True):
    """The start (or end) of another act, or a moment that it states; ``year_end``: the end of its year."""

    fact: str | None = None
    counted_from: Literal["starts", "ends"] = "starts"
    year_end: bool = False


class HeadMoment(Options, frozen=True, kw_only=True):
    """A moment that the head of the case states."""

    head: str


Own = str | HeadMoment
"""A fact of the subject, or its ``starts`` or ``ends``; a moment of the head."""

Point = str | OtherMoment | HeadMoment
"""A fact of the subject, or its ``starts`` or ``ends``; a moment of another act; one of the head."""


class Seen(NamedTuple):
    """A moment as the file tells it, ``None`` if it does not, with what would settle it and evidence."""

    moment: Moment | None
    certain: bool
    settled_by: tuple[Settlement, ...]
    evidence: tuple[Evidence, ...]


class _Found(Struct, frozen=True):
    """What one of the demands came to."""

    truth: Truth
    problem: str = ""
    settled_by: tuple[Settlement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counted: Count | None = None


class Dated(Verb, Counted, frozen=True, kw_only=True):
    """A moment of the subject, or of the head, lies not before, not after, or in time after others.

    Where a choice of other acts fits several, it must be so for each of them. Two moments of one day
    of which one has no time of day leave it open, unless ``same_day`` counts. What the subject does
    not state is undetermined, or pending while the period still runs in an open file.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "found", "due", "period"})

    fact: Own
    not_before: Point | None = None
    not_after: Point | None = None
    within: Term | None = None
    after: Point = "starts"
    same_day: bool = False

    def sentence(self) -> str:
        """Return the demand in words."""
        parts = []
        if self.not_before is not None:
            parts.append(f"不早于{point_words(self.not_before)}")
        if self.not_after is not None:
            parts.append(f"不晚于{point_words(self.not_after)}")
        if self.within is not None:
            parts.append(f"在{point_words(self.after)}之后{term_words(self.within)}内")
        owner = "，案卷的" if isinstance(self.fact, HeadMoment) else "的"
        return f"{owner}{point_words(self.fact)}应当{'，'.join(parts)}"

    def judge(self, scope: Scope) -> Verdict:
        """Compare the moment with each of the others."""
        own = next(iter(seen(scope, self.fact)))
        if own.moment is None:
            return self._untold(scope, own)
        found = list(self._demands(scope, own.moment))
        for truth, outcome in ((False, Outcome.BREACHED), (None, Outcome.UNDETERMINED)):
            if one := next((one for one in found if one.truth is truth), None):
                return self._verdict(scope, own, one, outcome)
        return MET

    def _demands(self, scope: Scope, own: Moment) -> Iterator[_Found]:
        if self.not_before is not None:
            yield from self._ordered(scope, self.not_before, lambda other: self._order(other, own), "早于")
        if self.not_after is not None:
            yield from self._ordered(scope, self.not_after, lambda other: self._order(own, other), "晚于")
        if self.within is not None:
            yield self._in_time(scope, own, self.within)

    def _order(self, one: Moment, other: Moment) -> Truth:
        order = is_not_after(one, other)
        return True if order is None and self.same_day else order

    def _ordered(
        self, scope: Scope, point: Point, test: Callable[[Moment], Truth], word: str
    ) -> Iterator[_Found]:
        for other in seen(scope, point):
            truth = test(other.moment) if other.moment and other.certain else None
            named = moment_words(other.moment) if other.moment else "日期不明"
            problem = f"{word}{point_words(point)}（{named}）" if truth is False else "先后次序尚不能认定"
            yield _Found(truth, problem, other.settled_by or self._times(scope), other.evidence)

    def _times(self, scope: Scope) -> tuple[Settlement, ...]:
        act = None if isinstance(self.fact, HeadMoment) else scope.subject
        return (scope.facts.settlement(act, f"{point_words(self.fact)}的具体时间"),)

    def _in_time(self, scope: Scope, own: Moment, term: Term) -> _Found:
        """Count from each moment that the period may run from; they must all say the same."""
        starts = list(seen(scope, self.after))
        counts = [(start, count(scope, start.moment, term, self)) for start in starts if start.moment]
        told = [counted.in_time(own) if start.certain else None for start, counted in counts]
        if len(told) < len(starts):
            told.append(None)
        evidence = tuple(one for start in starts for one in start.evidence)
        last = counts[-1][1] if counts else None
        if all(truth is True for truth in told):
            return _Found(True)
        if all(truth is False for truth in told) and last:
            start = counts[-1][0].moment
            since = f"自 {moment_words(start)} 起算，" if start else ""
            return _Found(False, f"{since}已超过期限", (), evidence, last)
        doubts = tuple(one for start in starts for one in start.settled_by)
        for _, counted in counts:
            doubts += counted.missing + counted.doubts
        return _Found(None, "是否超过期限尚不能认定", doubts or self._times(scope), evidence, last)

    def _verdict(self, scope: Scope, own: Seen, found: _Found, outcome: Outcome) -> Verdict:
        moment = moment_words(own.moment) if own.moment else ""
        name = point_words(self.fact)
        problem = f"{name}为 {moment}，{found.problem}"
        values = self._values(scope, problem, moment, found.counted)
        broken = outcome is Outcome.BREACHED
        counted = found.counted
        return Verdict(
            outcome,
            values,
            (*own.evidence, *found.evidence),
            due=counted.due if counted else None,
            settled_by=() if broken else found.settled_by,
            derive=counted.steps if counted else None,
        )

    def _values(self, scope: Scope, problem: str, found: str, counted: Count | None) -> dict[str, str]:
        return {
            "problem": problem,
            "found": found,
            "due": moment_words(counted.due) if counted and counted.due else "（期限不明）",
            "period": length_words(scope, self.within),
        }

    def _untold(self, scope: Scope, own: Seen) -> Verdict:
        name = point_words(self.fact)
        counted = self._running(scope)
        values = self._values(scope, f"未记载{name}", "（未记载）", counted)
        if counted and counted.due and not scope.facts.is_closed and scope.as_of.day <= counted.due.day:
            return Verdict(Outcome.PENDING, values, due=counted.due, derive=counted.steps)
        return unsettled(*own.settled_by, **values)

    def _running(self, scope: Scope) -> Count | None:
        """Return the period where it is certain from when it runs."""
        if self.within is None:
            return None
        starts = seen(scope, self.after)
        moment = starts[0].moment if len(starts) == 1 and starts[0].certain else None
        return count(scope, moment, self.within, self) if moment else None


def point_words(point: Point) -> str:
    """Return a moment as sentences name it."""
    if isinstance(point, str):
        return _OWN.get(point, point)
    if isinstance(point, HeadMoment):
        return point.head
    which = point.fact or ("结束" if point.counted_from == "ends" else "")
    named = f"{point.selector.words}的{which}" if which else point.selector.words
    return f"{named}当年年底" if point.year_end else named


def seen(scope: Scope, point: Point) -> tuple[Seen, ...]:
    """Return the moments that are meant, at least one; one that is not told where there is none."""
    facts, subject = scope.facts, scope.subject
    if isinstance(point, OtherMoment):
        return _others(scope, point)
    if isinstance(point, HeadMoment):
        return (_stated(facts.head(point.head), facts.settlements(None, point.head), ()),)
    if point in _OWN:
        moment = begin_of(subject) if point == "starts" else end_of(subject)
        settled = () if moment else (facts.settlement(subject, f"{_OWN[point]}日期"),)
        return (Seen(moment, True, settled, ()),)
    value = facts.fact(subject, point)
    evidence = (Evidence(Role.COMPARED, f"{point}：{value}", facts.path_of(subject, "facts", point)),)
    told = evidence if point in subject.facts else ()
    return (_stated(value, facts.settlements(subject, point), told),)


def _stated(value: Known, doubts: tuple[Settlement, ...], evidence: tuple[Evidence, ...]) -> Seen:
    if isinstance(value, str):
        return Seen(parse_moment(value), True, (), evidence)
    return Seen(None, True, doubts, evidence)


def _others(scope: Scope, point: OtherMoment) -> tuple[Seen, ...]:
    facts = scope.facts
    found = tuple(
        _at_year_end(_other(scope, point, act, fits)) if point.year_end else _other(scope, point, act, fits)
        for act, fits in point.selector.candidates(facts, scope.subject, scope.limits)
        if fits is not False
    )
    if found:
        return found
    doubts = tuple(
        Settlement(facts.vocabulary.papers_for(kind)[0], f"写明“{kind}”的日期") for kind in point.act
    )
    return (Seen(None, True, doubts, ()),)


def _other(scope: Scope, point: OtherMoment, act: Act, fits: Truth) -> Seen:
    facts = scope.facts
    doubts = () if fits is True else point.selector.doubts(facts, act, scope.subject, scope.limits)
    evidence = (compared(facts, act, act_words(facts, act)),)
    if point.fact is not None:
        value = facts.fact(act, point.fact)
        stated = _stated(value, facts.settlements(act, point.fact), evidence)
        return stated._replace(certain=fits is True, settled_by=doubts + stated.settled_by)
    moment = begin_of(act) if point.counted_from == "starts" else end_of(act)
    if moment is None:
        doubts += (facts.settlement(act, "日期"),)
    return Seen(moment, fits is True, doubts, evidence)


def _at_year_end(found: Seen) -> Seen:
    """Return the last day of the year in which a moment lies, for terms such as the end of next March."""
    if found.moment is None:
        return found
    last = date(found.moment.date.year, 12, 31)
    return found._replace(moment=Moment(last.toordinal()))
