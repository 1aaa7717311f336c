"""Verbs about the time an act takes: how long, at which hours, covered by what, beside what else."""

from __future__ import annotations

from typing import ClassVar, Literal

from casefiles.model import Act
from casefiles.moments import MINUTES_A_DAY, Moment
from engine.counting import Count, Counted, Term, count, length_words, term_words
from engine.findings import Evidence, Outcome, Settlement
from engine.limits import LimitUse, NotSet
from engine.options import ActChoice, Options, Words
from engine.scope import Scope, act_words, moment_words
from engine.truth import Truth
from engine.verbs.base import MET, Verb, Verdict, compared, missing, unsettled
from engine.verbs.people import participants, roles_of, untold_people

Span = tuple[int, int]
_LENGTH = "文书注明有音像记录，查看其起止时间"


def span_of(act: Act) -> Span | None:
    """Return the first and last minute of an act with known times, ``None`` if one is unknown."""
    if act.starts is None or act.ends is None:
        return None
    if act.starts.minute is None or act.ends.minute is None:
        return None
    return act.starts.earliest, act.ends.latest


def _minute_words(minute: int) -> str:
    return moment_words(Moment(minute // MINUTES_A_DAY, minute % MINUTES_A_DAY))


def on_site_span(act: Act) -> Span | None:
    """Return the first and last minute of what was done on the spot.

    Where an act ends a day later or more, its end is that of its effect (a seizure until it is
    lifted), and when the officers were done is unknown.
    """
    span = span_of(act)
    return None if span is None or span[1] - span[0] >= MINUTES_A_DAY else span


class CoveredBy(Verb, ActChoice, frozen=True, kw_only=True):
    """For the whole time of the subject there are such acts; gaps are named.

    Without times of day, an act of this choice covers perhaps, and nothing is proven. Nor is it where
    none is in the file, but the subject's own paper notes that there is one (记录形式, 照片录像).
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "gaps", "gap_from", "gap_to"})

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"全程应当有{self.selector.words}"

    def judge(self, scope: Scope) -> Verdict:
        """Lay the covering acts over the subject."""
        facts, subject = scope.facts, scope.subject
        found = self._found(scope)
        if not found:
            return self._absent(scope)
        whole = on_site_span(subject)
        spans = [(act, fits, span_of(act)) for act, fits in found]
        if whole is None:
            doubt = facts.settlement(subject, "起止时间（到分钟）")
            return self._open(scope, found, doubt)
        gaps = uncovered(whole, [span for _, fits, span in spans if fits is True and span])
        if not gaps:
            return MET
        if open_ := [act for act, fits, span in spans if fits is None or span is None]:
            doubts = [
                settlement
                for act in open_
                for settlement in self.selector.doubts(facts, act, subject, scope.limits)
                or (facts.settlement(act, "起止时间（到分钟）"),)
            ]
            return self._open(scope, found, *doubts)
        return self._gaps(scope, found, gaps)

    def _open(self, scope: Scope, found: list[tuple[Act, Truth]], *doubts: Settlement) -> Verdict:
        values = {
            "problem": "起止时间不明，无从认定是否全程",
            "gaps": "",
            "gap_from": "",
            "gap_to": "",
        }
        evidence = tuple(compared(scope.facts, act) for act, _ in found)
        return Verdict(Outcome.UNDETERMINED, values, evidence, settled_by=doubts)

    def _found(self, scope: Scope) -> list[tuple[Act, Truth]]:
        """Return the acts that cover or may cover; of those that concern whom nobody knows, one."""
        found: list[tuple[Act, Truth]] = []
        for act, fits in self.selector.candidates(scope.facts, scope.subject, scope.limits):
            found.append((act, fits))
            if fits is None and self.selector.doubts_concern(scope.facts, act, scope.subject):
                break
        return found

    def _absent(self, scope: Scope) -> Verdict:
        facts, subject = scope.facts, scope.subject
        begin, end = subject.starts, subject.ends or subject.starts
        values = {
            "problem": f"未见{self.selector.words}",
            "gaps": "全程",
            "gap_from": moment_words(begin) if begin else "开始",
            "gap_to": moment_words(end) if end else "结束",
        }
        doubts = facts.absence(self.act, (end or scope.as_of).day)
        if self._noted(subject):
            doubts += tuple(Settlement(facts.vocabulary.papers_for(kind)[0], _LENGTH) for kind in self.act)
        outcome = Outcome.UNDETERMINED if doubts else Outcome.BREACHED
        evidence = (missing(f"未见{self.selector.words}"),)
        return Verdict(outcome, values, evidence, settled_by=doubts)

    def _noted(self, subject: Act) -> bool:
        """Tell whether the subject's own paper says that it was recorded; how long, it does not say."""
        form = subject.facts.get("记录形式")
        filmed = subject.facts.get("照片录像") is True
        return filmed or (isinstance(form, list) and any(kind in form for kind in self.act))

    def _gaps(self, scope: Scope, found: list[tuple[Act, Truth]], gaps: list[Span]) -> Verdict:
        told = "、".join(f"{_minute_words(a)} 至 {_minute_words(b)}" for a, b in gaps)
        values = {
            "problem": f"{told} 没有{self.selector.words}",
            "gaps": told,
            "gap_from": _minute_words(gaps[0][0]),
            "gap_to": _minute_words(gaps[0][1]),
        }
        evidence: tuple[Evidence, ...] = tuple(compared(scope.facts, act) for act, _ in found)
        return Verdict(Outcome.BREACHED, values, evidence)


def uncovered(whole: Span, parts: list[Span]) -> list[Span]:
    """Return the gaps that parts leave in a whole; ends that meet within the same minute are no gap.

    A whole of one minute is its own gap unless a part holds that minute.

    >>> uncovered((0, 60), [(0, 20), (15, 30), (40, 70)])
    [(30, 40)]
    """
    if whole[0] == whole[1]:
        return [] if any(begin <= whole[0] <= end for begin, end in parts) else [whole]
    gaps: list[Span] = []
    reached = whole[0]
    for begin, end in sorted(parts):
        if begin > reached and reached < whole[1]:
            gaps.append((reached, min(begin, whole[1])))
        reached = max(reached, end)
    if reached < whole[1]:
        gaps.append((reached, whole[1]))
    return gaps


class Lasts(Verb, Counted, frozen=True, kw_only=True):
    """The subject lasts at most so long, approved extensions and stops included."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "due", "found", "period"})

    at_most: Term

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"的期间不得超过{term_words(self.at_most)}"

    def judge(self, scope: Scope) -> Verdict:
        """Count from the start of the subject to its end, or to the day of the check."""
        facts, subject = scope.facts, scope.subject
        if subject.starts is None:
            return unsettled(facts.settlement(subject, "开始日期"), **self._values(scope, None, "不明"))
        counted = count(scope, subject.starts, self.at_most, self)
        if subject.ends is None:
            return self._unended(scope, counted)
        in_time = counted.in_time(subject.ends)
        if in_time is True:
            return MET
        values = self._values(scope, counted, moment_words(subject.ends))
        outcome = Outcome.BREACHED if in_time is False else Outcome.UNDETERMINED
        doubts = () if in_time is False else counted.missing + counted.doubts
        doubts = doubts or (() if in_time is False else (facts.settlement(subject, "结束时间"),))
        return Verdict(outcome, values, due=counted.due, settled_by=doubts, derive=counted.steps)

    def _unended(self, scope: Scope, counted: Count) -> Verdict:
        values = self._values(scope, counted, "未见结束")
        due = counted.due
        if due is None:
            return unsettled(*counted.missing, **values)
        if scope.as_of.day <= due.day and not scope.facts.is_closed:
            return Verdict(Outcome.PENDING, values, due=due, derive=counted.steps)
        doubts = (scope.facts.settlement(scope.subject, "结束日期"),)
        return Verdict(Outcome.UNDETERMINED, values, due=due, settled_by=doubts, derive=counted.steps)

    def _values(self, scope: Scope, counted: Count | None, found: str) -> dict[str, str]:
        due = counted.due if counted else None
        return {
            "problem": f"结束时间为 {found}，超过期限" if due else "期限无法计算",
            "found": found,
            "due": moment_words(due) if due else "（期限不明）",
            "period": length_words(scope, self.at_most),
        }


class NotDuring(Verb, Options, frozen=True, kw_only=True):
    """The subject was not carried out at night or on a statutory holiday.

    ``night`` is a limit with hours such as ``22:00-06:00``; ordinary weekends are no statutory
    holidays.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "found"})

    times: tuple[Literal["夜间", "法定节假日"], ...]
    night: str = "night-hours"

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"不得在{'或者'.join(self.times)}实施"

    def judge(self, scope: Scope) -> Verdict:
        """Look at every day and hour of the subject."""
        act = scope.subject
        if act.starts is None:
            doubt = scope.facts.settlement(act, "日期")
            return unsettled(doubt, problem="日期不明", found="不明")
        doubts: list[Settlement] = []
        for wanted in self.times:
            found = self._holiday(scope) if wanted == "法定节假日" else self._night(scope)
            if isinstance(found, Settlement):
                doubts.append(found)
            elif found:
                values = {"problem": f"实施时间为{found}", "found": found}
                return Verdict(Outcome.BREACHED, values, (compared(scope.facts, act),))
        return unsettled(*doubts, problem="时间不明", found="不明") if doubts else MET

    def _days(self, act: Act) -> range:
        begin = act.starts or act.ends
        end = act.ends or act.starts
        return range(begin.day, end.day + 1) if begin and end else range(0)

    def _holiday(self, scope: Scope) -> str | Settlement | None:
        for day in self._days(scope.subject):
            date, known = Moment(day).date, scope.calendar.day(day)
            if known is None:
                return Settlement("工作日历", f"{date.year} 年放假安排")
            if known.statutory:
                return f"{date.isoformat()}（{known.statutory}）"
        return None

    def _night(self, scope: Scope) -> str | Settlement | None:
        found = scope.limits.find(LimitUse(self.night), scope.facts, scope.subject)
        if isinstance(found, NotSet):
            return found.settlement
        span = span_of(scope.subject)
        if span is None:
            return scope.facts.settlement(scope.subject, "起止时间（到分钟）")
        begin, end = (_minutes(part) for part in str(found.value).split("-"))
        if end <= begin:
            end += MINUTES_A_DAY
        for day in range(span[0] // MINUTES_A_DAY - 1, span[1] // MINUTES_A_DAY + 1):
            night = (day * MINUTES_A_DAY + begin, day * MINUTES_A_DAY + end)
            if span[0] < night[1] and night[0] < span[1]:
                return f"{_minute_words(max(span[0], night[0]))}（夜间）"
        return None


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


class NoOverlap(Verb, ActChoice, frozen=True, kw_only=True):
    """No person of a role took part in another such act at the same time."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "names", "found"})

    role: Words

    def sentence(self) -> str:
        """Return the demand in words."""
        return f"的{'或'.join(self.role)}不得同时参与另一{'、'.join(self.act)}"

    def judge(self, scope: Scope) -> Verdict:
        """Compare the time and the persons of the subject with those of the other acts."""
        facts, subject = scope.facts, scope.subject
        own = span_of(subject)
        mine = self._people(scope, subject)
        doubts: list[Settlement] = []
        for act in facts.acts(tuple(self.act)):
            shared = sorted(mine & self._people(scope, act)) if act is not subject else []
            if not shared:
                continue
            other = span_of(act)
            if own is None or other is None:
                if _may_meet(subject, act):
                    doubts.append(facts.settlement(act if own else subject, "起止时间（到分钟）"))
                continue
            if own[0] < other[1] and other[0] < own[1]:
                return self._broken(scope, act, shared)
        if doubts:
            return unsettled(*doubts, problem="时间不明", names="", found="")
        if untold := untold_people(facts, [facts.kind_of(subject), *self.act]):
            return unsettled(*untold, problem="是否有人同时参与不明", names="", found="")
        return MET

    def _people(self, scope: Scope, act: Act) -> set[str]:
        return {
            part.person
            for part, person in participants(scope, act)
            if any(role in self.role for role in roles_of(scope, part, person))
        }

    def _broken(self, scope: Scope, act: Act, shared: list[str]) -> Verdict:
        persons = scope.facts.persons
        names = "、".join(persons[one].name if one in persons else one for one in shared)
        found = act_words(scope.facts, act)
        values = {"problem": f"{names}同时参与{found}", "names": names, "found": found}
        return Verdict(Outcome.BREACHED, values, (compared(scope.facts, act),))


def extent_of(act: Act) -> Span | None:
    """Return the first and last minute that an act may have taken, ``None`` if its start is unknown.

    One whose end is not told may have taken the rest of its day, as one without times may.
    """
    if act.starts is None:
        return None
    return act.starts.earliest, act.ends.latest if act.ends else (act.starts.day + 1) * MINUTES_A_DAY


def _may_meet(one: Act, other: Act) -> bool:
    own, others = extent_of(one), extent_of(other)
    return own is None or others is None or (own[0] < others[1] and others[0] < own[1])
