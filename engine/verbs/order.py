"""Verbs of order: what must come after, before or within a period of what, and what must not be."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import ClassVar, Literal

from casefiles.model import Act
from casefiles.moments import Moment, is_before, is_not_after
from engine.conditions import Conditions
from engine.counting import Count, Counted, Term, count, length_of, length_words, term_words
from engine.deadlines import Deadline, happened_in_time, latest_start
from engine.derivations import derive
from engine.findings import Evidence, Outcome, Settlement
from engine.limits import NotSet
from engine.options import ActChoice, Words
from engine.scope import Scope, act_words, begin_of, end_of, moment_words
from engine.selection import Concern, Selector
from engine.truth import Truth
from engine.verbs.base import MET, Verb, Verdict, compared, missing, unsettled

Candidate = tuple[Act, Truth]


class FollowedBy(Verb, Counted, frozen=True, kw_only=True):
    """After the subject there must be an act, within a period if one is named.

    The period runs from the end of the subject, or from its start if ``counted_from`` says so. An
    act of the same day counts as following unless the times of day say otherwise.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "due", "found", "period"})

    act: Words
    where: Conditions = Conditions()
    about: Concern = Concern.SUBJECT
    within: Term | None = None
    counted_from: Literal["starts", "ends"] = "ends"

    @cached_property
    def selector(self) -> Selector:
        """The choice of the acts that follow, as of ``ActChoice``: two classes of fields cannot be joined."""
        return Selector(self.act, self.where, self.about)

    def sentence(self) -> str:
        """Return the demand in words."""
        period = f"{term_words(self.within)}内" if self.within else ""
        return f"之后{period}应当有{self.selector.words}"

    def judge(self, scope: Scope) -> Verdict:
        """Look for a following act, in time where there is a time."""
        subject = scope.subject
        start = begin_of(subject) if self.counted_from == "starts" else end_of(subject)
        if start is None:
            return unsettled(scope.facts.settlement(subject, "日期"), problem="起算日期不明")
        counted = count(scope, start, self.within, self) if self.within else None
        found = self.selector.decide(
            scope.facts, subject, scope.limits, lambda act: self._in_time(start, act, counted)
        )
        if found.found is not None:
            return MET
        if found.open is not None:
            return self._open(scope, found.open, counted)
        if counted and (late := self._late_one(scope, start, counted)):
            return self._late(scope, late, counted)
        return self._absent(scope, counted)

    def _late_one(self, scope: Scope, start: Moment, counted: Count) -> Act | None:
        """Return the first act that follows the subject too late."""
        return self.selector.decide(
            scope.facts, scope.subject, scope.limits, lambda act: _follows(start, act)
        ).found

    def _in_time(self, start: Moment, act: Act, counted: Count | None) -> Truth:
        moment = begin_of(act)
        if moment is None:
            return None
        if is_not_after(start, moment) is False:
            return False
        return counted.in_time(moment) if counted else True

    def _values(self, scope: Scope, counted: Count | None, found: str, problem: str) -> dict[str, str]:
        return {
            "problem": problem,
            "found": found,
            "due": moment_words(counted.due) if counted and counted.due else "（期限不明）",
            "period": length_words(scope, self.within),
        }

    def _open(self, scope: Scope, act: Act, counted: Count | None) -> Verdict:
        doubts = self.selector.doubts(scope.facts, act, scope.subject, scope.limits)
        if begin_of(act) is None:
            doubts += (scope.facts.settlement(act, "日期"),)
        if counted:
            doubts += counted.missing + counted.doubts
        doubts = doubts or (scope.facts.settlement(act, "具体时间"),)
        values = self._values(scope, counted, act_words(scope.facts, act), "材料不足以认定")
        return Verdict(Outcome.UNDETERMINED, values, (compared(scope.facts, act),), settled_by=doubts)

    def _late(self, scope: Scope, act: Act, counted: Count) -> Verdict:
        moment = begin_of(act)
        found = moment_words(moment) if moment else ""
        kind = scope.facts.kind_of(act)
        return Verdict(
            Outcome.BREACHED,
            self._values(scope, counted, found, f"{kind}日期为 {found}，已超过期限"),
            (compared(scope.facts, act),),
            due=counted.due,
            derive=counted.steps,
        )

    def _absent(self, scope: Scope, counted: Count | None) -> Verdict:
        kinds = "、".join(self.act)
        values = self._values(scope, counted, f"未见{kinds}", f"其后未见{kinds}")
        facts = scope.facts
        if not all(facts.provides(kind) for kind in self.act):
            return unsettled(*facts.absence(self.act, scope.as_of.day), **values)
        if counted and counted.due is None:
            return unsettled(*counted.missing, **values)
        if counted is None and not facts.is_closed:
            return Verdict(Outcome.PENDING, values)
        if counted and counted.due and scope.as_of.day <= counted.due.day:
            return Verdict(Outcome.PENDING, values, due=counted.due, derive=counted.steps)
        until = counted.due.day if counted and counted.due else scope.as_of.day
        doubts = facts.absence(self.act, until) + (counted.doubts if counted else ())
        due, steps = (counted.due, counted.steps) if counted else (None, None)
        outcome = Outcome.UNDETERMINED if doubts else Outcome.BREACHED
        evidence = (missing(f"未见{self.selector.words}"),)
        return Verdict(outcome, values, evidence, due=due, settled_by=doubts, derive=steps)


def _follows(start: Moment, act: Act) -> bool:
    moment = begin_of(act)
    return moment is not None and is_not_after(start, moment) is not False


class PrecededBy(Verb, ActChoice, frozen=True, kw_only=True):
    """Before the subject there must have been an act, ``at_least`` so long before if that is named.

    An act of the same day whose time is unknown leaves it open, unless ``same_day`` counts.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "latest", "found", "period"})

    at_least: Term | None = None
    same_day: bool = False

    def sentence(self) -> str:
        """Return the demand in words."""
        period = f"至少{term_words(self.at_least)}" if self.at_least else ""
        return f"之前{period}应当已有{self.selector.words}"

    def judge(self, scope: Scope) -> Verdict:
        """Look for a preceding act."""
        end = begin_of(scope.subject)
        if end is None:
            return unsettled(scope.facts.settlement(scope.subject, "日期"), problem="日期不明")
        latest = self._latest(scope, end)
        if isinstance(latest, Settlement):
            return unsettled(latest, problem="期限无法计算", latest="", found="", period="")
        found = self.selector.decide(
            scope.facts, scope.subject, scope.limits, lambda act: self._before(act, end, latest)
        )
        if found.found is not None:
            return MET
        if found.open is not None:
            return self._open(scope, found.open, latest)
        return self._broken(scope, found.failed, latest, end)

    def _latest(self, scope: Scope, end: Moment) -> Deadline | Settlement | None:
        if self.at_least is None:
            return None
        period = length_of(scope, self.at_least)
        if isinstance(period, NotSet):
            return period.settlement
        return latest_start(end, period, scope.calendar)

    def _before(self, act: Act, end: Moment, latest: Deadline | None) -> Truth:
        moment = end_of(act)
        if moment is None:
            return None
        if latest is not None:
            return happened_in_time(moment, latest)
        before = is_before(moment, end)
        return True if before is None and self.same_day else before

    def _values(self, scope: Scope, latest: Deadline | None, found: str, problem: str) -> dict[str, str]:
        return {
            "problem": problem,
            "found": found,
            "latest": moment_words(latest.due) if latest and latest.due else "",
            "period": length_words(scope, self.at_least),
        }

    def _open(self, scope: Scope, act: Act, latest: Deadline | None) -> Verdict:
        facts = scope.facts
        doubts = self.selector.doubts(facts, act, scope.subject, scope.limits)
        if latest and latest.reason:
            doubts += (Settlement("工作日历", latest.reason),)
        doubts = doubts or (facts.settlement(act, "日期" if end_of(act) is None else "具体时间，以明先后"),)
        values = self._values(scope, latest, act_words(facts, act), "先后次序或内容尚不能认定")
        return Verdict(Outcome.UNDETERMINED, values, (compared(facts, act),), settled_by=doubts)

    def _broken(self, scope: Scope, after: Act | None, latest: Deadline | None, end: Moment) -> Verdict:
        facts, kinds = scope.facts, "、".join(self.act)
        due = latest.due if latest else None
        steps = (lambda: derive(latest, scope.calendar)) if latest else None
        if after is None:
            values = self._values(scope, latest, f"未见{self.selector.words}", f"此前未见{kinds}")
            doubts = facts.absence(self.act, end.day)
            evidence = (missing(f"未见{self.selector.words}"), *_others(scope, self.selector))
            outcome = Outcome.UNDETERMINED if doubts else Outcome.BREACHED
            return Verdict(outcome, values, evidence, due=due, settled_by=doubts, derive=steps)
        moment = end_of(after)
        found = moment_words(moment) if moment else "日期不明"
        problem = f"{facts.kind_of(after)}日期为 {found}，" + ("间隔不足" if latest else "不在此之前")
        values = self._values(scope, latest, found, problem)
        doubts = () if facts.told_until(end.day) else facts.absence(self.act, end.day)
        outcome = Outcome.UNDETERMINED if doubts else Outcome.BREACHED
        return Verdict(outcome, values, (compared(facts, after),), due=due, settled_by=doubts, derive=steps)


def _others(scope: Scope, selector: Selector) -> tuple[Evidence, ...]:
    """Return acts of the kinds looked for which do not fit, so that the reader sees them."""
    return tuple(compared(scope.facts, act) for act in scope.facts.acts(selector.kinds)[:3])


class Within(Verb, Counted, frozen=True, kw_only=True):
    """The subject must happen within a period after another act, its suspensions left out."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "due", "found", "start", "period"})

    period: Term
    of: ActChoice
    counted_from: Literal["starts", "ends"] = "starts"

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"应当在{self.of.selector.words}之日起{term_words(self.period)}内作出"

    def judge(self, scope: Scope) -> Verdict:
        """Count from the anchor act to the subject."""
        facts, subject = scope.facts, scope.subject
        moment = begin_of(subject)
        if moment is None:
            return unsettled(facts.settlement(subject, "日期"), problem="日期不明")
        anchors = self._anchors(scope, moment)
        nearest = anchors[-1] if anchors else None
        start = None if nearest is None else self._start(nearest)
        if nearest is None or start is None:
            return self._without_anchor(scope)
        counted = count(scope, start, self.period, self)
        in_time = counted.in_time(moment)
        if in_time is True:
            return MET
        doubts = counted.missing + counted.doubts
        if others := self._perhaps_nearer(scope, moment, nearest):
            doubts += tuple(one for act in others for one in self._anchor_doubts(scope, act))
            in_time = None
        values = {
            "problem": f"自 {moment_words(start)} 起算，已超过期限",
            "found": moment_words(moment),
            "start": moment_words(start),
            "due": moment_words(counted.due) if counted.due else "（期限不明）",
            "period": length_words(scope, self.period),
        }
        return Verdict(
            Outcome.BREACHED if in_time is False else Outcome.UNDETERMINED,
            values,
            (compared(facts, nearest),),
            due=counted.due,
            settled_by=() if in_time is False else doubts,
            derive=counted.steps,
        )

    def _start(self, anchor: Act) -> Moment | None:
        return begin_of(anchor) if self.counted_from == "starts" else end_of(anchor)

    def _anchors(self, scope: Scope, moment: Moment) -> list[Act]:
        """Return the acts that the period may run from, none after the subject; the nearest comes last.

        Of two on one day, of which one has no time, the one without may be the later.
        """
        found = [
            (begin.latest, act)
            for act, fits in self.of.selector.candidates(scope.facts, scope.subject, scope.limits)
            if fits is True and (begin := begin_of(act)) and is_not_after(begin, moment) is not False
        ]
        return [act for _, act in sorted(found, key=itemgetter(0))]

    def _perhaps_nearer(self, scope: Scope, moment: Moment, nearest: Act) -> list[Act]:
        """Return the acts without a date, or that only may be meant, which perhaps come in between."""
        known = begin_of(nearest)
        return [
            act
            for act, fits in self.of.selector.candidates(scope.facts, scope.subject, scope.limits)
            if (begin := begin_of(act)) is None
            or (
                fits is None
                and is_not_after(begin, moment) is not False
                and (known is None or is_before(begin, known) is not True)
            )
        ]

    def _without_anchor(self, scope: Scope) -> Verdict:
        kinds = "、".join(self.of.act)
        candidates = self.of.selector.candidates(scope.facts, scope.subject, scope.limits)
        if doubts := [one for act, _ in candidates for one in self._anchor_doubts(scope, act)]:
            return unsettled(*doubts, problem="起算日期不明")
        paper = scope.facts.vocabulary.papers_for(self.of.act[0])[0]
        return unsettled(Settlement(paper, f"写明“{kinds}”的日期"), problem=f"未见{kinds}，无从起算")

    def _anchor_doubts(self, scope: Scope, act: Act) -> tuple[Settlement, ...]:
        """Return what would settle whether, and from when, the period runs from an act."""
        doubts = self.of.selector.doubts(scope.facts, act, scope.subject, scope.limits)
        return doubts if begin_of(act) else (*doubts, scope.facts.settlement(act, "日期"))


class NeverWith(Verb, ActChoice, frozen=True, kw_only=True):
    """The file must not contain an act of this choice that concerns the subject."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "found"})

    after_only: bool = False
    before_only: bool = False

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"不得有{self.selector.words}"

    def judge(self, scope: Scope) -> Verdict:
        """Look for what must not be there."""
        facts, subject = scope.facts, scope.subject
        decision = self.selector.decide(facts, subject, scope.limits, lambda act: self._counts(subject, act))
        if decision.found is not None:
            found = act_words(facts, decision.found)
            values = {"problem": f"存在{found}", "found": found}
            return Verdict(Outcome.BREACHED, values, (compared(facts, decision.found),))
        if decision.open is not None:
            doubts = self.selector.doubts(facts, decision.open, subject, scope.limits)
            doubts = doubts or (facts.settlement(decision.open, "日期"),)
        else:
            doubts = facts.hidden(self.act)
        values = {"problem": f"是否有{self.selector.words}不明", "found": "不明"}
        return unsettled(*doubts, **values) if doubts else MET

    def _counts(self, subject: Act, act: Act) -> Truth:
        if not (self.after_only or self.before_only):
            return True
        own = end_of(subject) if self.after_only else begin_of(subject)
        other = begin_of(act) if self.after_only else end_of(act)
        if own is None or other is None:
            return None
        return is_before(own, other) if self.after_only else is_before(other, own)
