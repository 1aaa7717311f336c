"""A case file as flat facts of short words and integers: what the demand of a translation asks for.

Nothing is judged here. Text never leaves: words of the rules have numbers, all others are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from casefiles.model import Act, CaseFile, Facts, Participation
from casefiles.moments import Moment, parse_moment
from casefiles.names import normalised
from casefiles.terms import HEAD, Vocabulary
from engine.calendar import WorkingCalendar
from engine.rete.builder import Demand
from engine.rete.capacity import ACTS
from engine.rete.conditions import PERSON
from engine.rete.days import NEVER, Due, due, first_instant, last_instant, latest_before
from engine.rete.features import (
    Feature,
    Inexpressible,
    Silence,
    Told,
    demand_type,
    interval,
    scaled,
)
from engine.rete.session import Fact

_FIELDS = ("kind", "procedure", "field", "region", "party", "level", "parties")
_CLOSING = frozenset({"结案", "归档"})
_PARTICIPANTS = "参与人员"


@dataclass(frozen=True)
class Setting:
    """What a file is read against: the words, the calendar, the day of the check."""

    vocabulary: Vocabulary
    calendar: WorkingCalendar
    as_of: Moment


def flat_facts(case: CaseFile, demand: Demand, setting: Setting) -> list[Fact]:
    """Return the facts of a case; raises Inexpressible for one that cannot be told exactly."""
    return list(_Flattening(case, demand, setting).facts())


@dataclass
class _Flattening:
    case: CaseFile
    demand: Demand
    setting: Setting
    numbers: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, list[Act]] = field(default_factory=dict)
    told: dict[str, set[str] | None] | None = None
    wholes: dict[object, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        case, names = self.case, self.setting.vocabulary.canonical
        if len(case.acts) > ACTS:
            raise Inexpressible(f"环节多于 {ACTS} 个")
        self.numbers = {act.id: index for index, act in enumerate(case.acts, 1)}
        if len(self.numbers) < len(case.acts) or len({one.id for one in case.persons}) < len(case.persons):
            raise Inexpressible("编号重复")
        for act in case.acts:
            self.by_kind.setdefault(names.get(act.kind, act.kind), []).append(act)
            if any(name not in self.numbers for name in act.about):
                raise Inexpressible("环节所针对的环节有误")
        if case.provides is not None:
            self.told = {}
            for entry in case.provides:
                kind, dot, name = entry.partition(".")
                if not dot:
                    self.told[kind] = None
                elif (names_told := self.told.setdefault(kind, set())) is not None:
                    names_told.add(name)

    def facts(self) -> Iterator[Fact]:
        head = self._features(HEAD, None)
        yield {"kind": "h", "s": 0, "dd": self.setting.as_of.day, **head}
        yield self._whole_case()
        for kind in self.demand.kinds:
            for act in self.by_kind.get(kind, ()):
                yield self._act(kind, act)
        yield from self._given()
        yield from self._silences()
        yield from self._concerns()
        yield from self._people()
        yield from self._dues()
        yield from self._same()

    # -- what the source tells ------------------------------------------------------------------

    def _tells(self, kind: str, name: str | None = None) -> bool:
        if self.told is None:
            return True
        if kind not in self.told:
            return False
        names = self.told[kind]
        return names is None or name is None or name in names

    def _silence(self, name: str) -> Silence:
        term = self.setting.vocabulary.facts[name]
        return Silence.DENIED if term.silence_denies else Silence.UNKNOWN

    def _typed(self, facts: Facts, name: str) -> Told | None:
        value = facts.get(name)
        if value is not None:
            demand_type(self.setting.vocabulary.facts[name], value)
        return value

    def _value(self, kind: str, act: Act, name: str) -> Told:
        value = self._typed(act.facts, name)
        if value is not None:
            return value
        return self._silence(name) if self._tells(kind, name) else Silence.UNKNOWN

    def _head(self, name: str) -> Told:
        if name in _FIELDS:
            return self._head_field(name)
        value = self._typed(self.case.facts, name)
        if value is not None:
            return value
        told = self._tells(HEAD, name)
        if name in self.setting.vocabulary.head_facts["party"]:
            values = [self._typed(party.facts, name) for party in self.case.parties]
            first = values[0] if values else None
            if first is not None and all(value == first for value in values):
                return first
            if not values or any(value is not None for value in values):
                return Silence.UNKNOWN
            return self._silence(name) if told else Silence.UNKNOWN
        value = self._typed(self.case.agency.facts, name)
        if value is not None:
            return value
        return self._silence(name) if told else Silence.UNKNOWN

    def _head_field(self, name: str) -> Told:
        case = self.case
        if name == "parties":
            return len(case.parties) or Silence.UNKNOWN
        if name == "party":
            proper = self.setting.vocabulary.head_synonyms
            kinds = {party.kind and proper.get(party.kind, party.kind) for party in case.parties}
            value = next(iter(kinds)) if len(kinds) == 1 else None
        else:
            value = case.agency.level if name == "level" else getattr(case, name)
        if value is None:
            return Silence.UNKNOWN
        return self.setting.vocabulary.head_synonyms.get(value, value)

    # -- facts ----------------------------------------------------------------------------------

    def _features(self, kind: str, act: Act | None) -> dict[str, int]:
        found: dict[str, int] = {}
        for feature in self.demand.features.get(kind, ()):
            if feature.scope == "h":
                value = self._head(feature.name)
            else:
                assert act is not None
                value = self._value(kind, act, feature.name)
            self._put(found, feature, value)
        for (where, name), number in self.demand.given.items():
            if where == kind:
                facts = self.case.facts if act is None else act.facts
                found[f"g{number}"] = int(name in facts)
        return found

    def _put(self, found: dict[str, int], feature: Feature, value: Told) -> None:
        stem = f"p{self.demand.numbers[feature]}"
        found[f"{stem}l"], found[f"{stem}h"] = interval(feature, value, self.demand.words)

    def _whole_case(self) -> Fact:
        closed = not _CLOSING.isdisjoint(self.by_kind) or self.case.facts.get("办案状态") == "已结"
        until = self.case.facts.get("记录截至")
        told = NEVER if closed else parse_moment(until).day if isinstance(until, str) else -1
        now = self.setting.as_of.day
        return {"kind": "c", "told": told, "now": now, "shut": int(closed), "up": int(told >= now)}

    def _act(self, kind: str, act: Act) -> Fact:
        begin, end = act.starts or act.ends, act.ends or act.starts
        return {
            "kind": f"a{self.demand.kinds[kind]}",
            "s": self.numbers[act.id],
            "d": begin.day if begin else -1,
            "dh": begin.day if begin else NEVER,
            "dd": begin.day if begin else self.setting.as_of.day,
            "bk": int(begin is not None),
            "ek": int(end is not None),
            "bl": first_instant(begin),
            "bh": last_instant(begin),
            "el": first_instant(end),
            "eh": last_instant(end),
            "ss": int(act.starts is not None),
            "es": int(act.ends is not None),
            "w": begin.day * 1440 + (begin.minute or 0) if begin else 0,
            "nb": len(act.by),
            "tb": int(self._tells(kind, _PARTICIPANTS)),
            **self._features(kind, act),
        }

    def _given(self) -> Iterator[Fact]:
        """Tell the derived facts that the file itself gives; what it denies is not derived either."""
        for (kind, name), number in self.demand.given.items():
            if kind == HEAD:
                pairs = [(0, self._typed(self.case.facts, name))]
            else:
                pairs = [
                    (self.numbers[act.id], self._typed(act.facts, name)) for act in self.by_kind.get(kind, ())
                ]
            for subject, value in pairs:
                if value is True:
                    yield {"kind": f"dt{number}", "s": subject}
                    yield {"kind": f"dp{number}", "s": subject}
                elif value not in (None, False):
                    raise Inexpressible(f"“{name}”应为是或者否")

    def _silences(self) -> Iterator[Fact]:
        """Tell of which sets of kinds the file cannot prove that none happened, whatever its date.

        ``us``: acts of one of the kinds are told, but perhaps not all who took part in them.
        """
        shown: set[str] = set()
        words = self.setting.vocabulary
        for paper in self.case.documents:
            kinds = words.documents.get(words.document_synonyms.get(paper.kind, paper.kind), ())
            if not any(self.by_kind.get(kind) for kind in kinds):
                shown.update(kinds)
        for kinds, number in self.demand.absences.items():
            hidden = not all(self._tells(kind) for kind in kinds)
            if hidden:
                yield {"kind": "hs", "n": number}
            if hidden or not shown.isdisjoint(kinds):
                yield {"kind": "bs", "n": number}
            if any(self._tells(kind) and not self._tells(kind, _PARTICIPANTS) for kind in kinds):
                yield {"kind": "us", "n": number}

    def _concerns(self) -> Iterator[Fact]:
        names = self.setting.vocabulary.canonical
        codes: dict[str, int] = {}
        kinds = {act.id: names.get(act.kind, act.kind) for act in self.case.acts}
        for kind in kinds.values():
            codes.setdefault(kind, len(codes))
        for (one, other), number in self.demand.pairs.items():
            subjects = self.by_kind.get(other, ())
            for act in self.by_kind.get(one, ()):
                for subject in subjects:
                    if act is not subject:
                        yield {
                            "kind": "pr",
                            "a": self.numbers[act.id],
                            "s": self.numbers[subject.id],
                            "i": number,
                            "k": codes[other],
                            "ka": codes[one],
                            "o": int(len(subjects) == 1),
                        }
        for act in self.case.acts:
            for name in dict.fromkeys(act.about):
                if name == act.id:  # that an act names itself says nothing
                    continue
                yield {
                    "kind": "ab",
                    "a": self.numbers[act.id],
                    "b": self.numbers[name],
                    "k": codes[kinds[name]],
                }

    def _people(self) -> Iterator[Fact]:
        persons = {person.id: index for index, person in enumerate(self.case.persons)}
        names: dict[str, int] = {}
        qualities = [self._person(index) for index in range(len(self.case.persons))]
        for kind in self.demand.people:
            code = self.demand.kinds[kind]
            for act in self.by_kind.get(kind, ()):
                for index, part in enumerate(act.by):
                    if part.person not in persons:
                        raise Inexpressible("参与人员不在人员名单中")
                    number = persons[part.person]
                    name = self.case.persons[number].name
                    told = {
                        "s": self.numbers[act.id],
                        "n": number,
                        "k": code,
                        "v": names.setdefault(name, len(names)),
                        **qualities[number],
                    }
                    yield from self._participation(part, index, told)

    def _participation(self, part: Participation, index: int, told: dict[str, int]) -> Iterator[Fact]:
        person = self.case.persons[told["n"]]
        names = self.setting.vocabulary.head_synonyms
        roles = {names.get(role, role) for role in ([part.role] if part.role else person.roles)}
        for wanted, number in self.demand.roles.items():
            if wanted is None or not roles.isdisjoint(wanted):
                yield {"kind": "by", "r": number, **told}
        if not roles:
            # Each entry counts: nobody knows whether two of them are the same person in two roles.
            yield {"kind": "bn", "s": told["s"], "n": 1_000_000 + index}

    def _person(self, index: int) -> dict[str, int]:
        person = self.case.persons[index]
        held = person.certificate
        first, last = (held.valid_from, held.valid_to) if held else (None, None)
        found = {
            "f": first.day if first else 0,
            "tl": last.day if last else -1,
            "th": last.day if last else NEVER,
        }
        for feature in self.demand.features.get(PERSON, ()):
            value: Told | None = self._typed(person.facts, feature.name)
            if value is None:
                told = self._tells(HEAD, feature.name)
                value = self._silence(feature.name) if told else Silence.UNKNOWN
            self._put(found, feature, value)
        return found

    def _dues(self) -> Iterator[Fact]:
        calendar = self.setting.calendar
        for request, number in self.demand.dues.items():
            for act in self.by_kind.get(request.kind, ()):
                base = _base(act, request.base)
                if base is None:
                    continue
                try:
                    if request.base == "r":
                        found = latest_before(base, request.period, calendar)
                    else:
                        found = due(base, request.period, calendar, request.roll_over)
                except OverflowError as error:
                    raise Inexpressible(str(error)) from None
                yield {"kind": "du", "s": self.numbers[act.id], "n": number, **_told(found)}

    def _same(self) -> Iterator[Fact]:
        for number, (kind, name) in enumerate(self.demand.same):
            for act in self.by_kind.get(kind, ()):
                value = self._typed(act.facts, name)
                if value is not None:
                    whole = self.wholes.setdefault(_whole(value), len(self.wholes))
                    yield {"kind": "sv", "s": self.numbers[act.id], "n": number, "v": whole}


def _base(act: Act, base: str) -> Moment | None:
    if base == "s":
        return act.starts
    return act.ends or act.starts if base == "e" else act.starts or act.ends


def _told(found: Due) -> dict[str, int]:
    return {"e": found.earliest, "l": found.latest, "x": found.day}


def _whole(value: Told) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return "text", normalised(value)
    if isinstance(value, list):
        return "list", tuple(sorted(value))
    return "number", scaled(value)
