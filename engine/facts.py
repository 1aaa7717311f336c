"""The facts of one case file, indexed once and asked by rules in three values.

A value is there, or it is denied (``ABSENT``: the source tells everything of this kind and did not
say so), or it is ``UNKNOWN``: outside of what the source provides, or silent where silence proves
nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final, Protocol

from casefiles.model import Act, CaseFile, Fact, Participation, Path, Person
from casefiles.moments import Moment, parse_moment
from casefiles.terms import HEAD, Vocabulary
from engine.findings import Settlement
from engine.truth import Truth


class _Silence:
    """A marker that stands where a value would stand."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


ABSENT: Final = _Silence("ABSENT")
UNKNOWN: Final = _Silence("UNKNOWN")

Known = Fact | None | _Silence


class Derivation(Protocol):
    """A derived fact: its truth for an act (``None``: for the head), and what would settle it."""

    def truth(self, facts: CaseFacts, act: Act | None) -> Truth:
        """Derive the fact."""

    def unsettled(self, facts: CaseFacts, act: Act | None) -> tuple[Settlement, ...]:
        """Return what would settle the fact where it is unknown."""


_NOTHING: Final[frozenset[str]] = frozenset()
HEAD_FIELDS = ("kind", "procedure", "field", "region", "party", "parties", "level")
HEAD_NAMES = {
    "kind": "案件种类",
    "procedure": "适用程序",
    "field": "执法领域",
    "region": "地区",
    "party": "当事人类型",
    "parties": "当事人人数",
    "level": "机关层级",
}
CLOSING_KINDS = ("结案", "归档")


class CaseFacts:
    """Index of one case file: acts by kind and id, what is provided, whether it is complete."""

    def __init__(
        self,
        case: CaseFile,
        vocabulary: Vocabulary,
        as_of: Moment,
        derivations: Mapping[tuple[str, str], Derivation] | None = None,
    ) -> None:
        self.case = case
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.by_kind: dict[str, list[Act]] = {}
        self.by_id = {act.id: act for act in case.acts}
        self._naming: dict[str, list[Act]] = {}
        self._taking_part: dict[str, list[tuple[str, tuple[str, ...], Person | None]]] = {}
        self.concerned: dict[tuple[str, tuple[str, ...]], list[Act]] = {}
        self.perhaps: dict[tuple[Hashable, str], list[Act]] = {}
        self._linked: dict[str, list[Act]] = {}
        self._silent: dict[tuple[str, str], list[Act]] = {}
        self._ids: dict[str, frozenset[str]] = {}
        self.persons = {person.id: person for person in case.persons}
        canonical = vocabulary.canonical
        for act in case.acts:
            kind = canonical.get(act.kind, act.kind)
            if kind in self.by_kind:
                self.by_kind[kind].append(act)
            else:
                self.by_kind[kind] = [act]
            for name in act.about:
                if name != act.id:
                    self._naming.setdefault(name, []).append(act)
        self._derivations = derivations or {}
        self._derived: dict[tuple[str, str], Truth] = {}
        self._papers: frozenset[str] | None = None
        self._provided = _provided(case)
        closed = any(kind in self.by_kind for kind in CLOSING_KINDS)
        self.is_closed = closed or case.facts.get("办案状态") == "已结"
        """Whether the case is closed, so that what is absent from the file did not happen."""
        self._may_hide: bool | None = None
        self._place: dict[str, int] = {}
        self._lacking: dict[str, frozenset[str]] = {}
        self.truths: tuple[Truth, ...] = ()
        self.free: dict[tuple[tuple[str, ...], frozenset[str]], frozenset[str]] = {}
        self.bounds: dict[tuple[str, int | None], int | float | str | None] = {}
        self.earliest: dict[int, tuple[list[Act], list[Act], list[Act]]] = {}
        """By presence asked for: the acts that fit by their end, those without a day, those that may fit."""

    @property
    def place(self) -> dict[str, int]:
        """The place of each act in the list of the file, by id."""
        if not self._place:
            self._place = {act.id: index for index, act in enumerate(self.case.acts)}
        return self._place

    def acts(self, kinds: Sequence[str]) -> list[Act]:
        """Return the acts of some kinds in the order of the file."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], [])
        found = [act for kind in kinds for act in self.by_kind.get(kind, ())]
        return sorted(found, key=lambda act: self.place[act.id])

    def concerning(self, kinds: Sequence[str], subject: Act) -> tuple[list[Act], Iterable[Act]]:
        """Return the acts of some kinds that concern the subject, and those that may.

        An act that names the subject, or is named by it, concerns it. One that names others of the
        subject's kind does not, nor does one of a kind of which the subject names others. One that
        names none of them concerns the subject if it is the only one of its kind, else it is unknown
        which one it concerns. Two acts that name different acts of one kind do not concern each other.
        That an act names itself says nothing.
        """
        named = {act.id: act for act in self._naming.get(subject.id, ()) if self.kind_of(act) in kinds}
        for name in subject.about:
            other = self.by_id.get(name)
            if other is not None and other is not subject and self.kind_of(other) in kinds:
                named[name] = other
        own_kind = self.kind_of(subject)
        elsewhere = self.kinds_named(subject)
        silent = (
            act
            for kind in kinds
            if kind not in elsewhere
            for act in self.naming_none(kind, own_kind)
            if act is not subject and act.id not in named and not self.apart(act, subject)
        )
        if len(self.by_kind.get(own_kind, ())) > 1:
            return list(named.values()), silent
        return sorted((*named.values(), *silent), key=lambda act: self.place[act.id]), ()

    def apart(self, act: Act, subject: Act) -> bool:
        """Tell whether two acts name different acts of one kind: a notice of another decision."""
        if not act.about or not subject.about:
            return False
        kinds = self.kinds_named(subject)
        shared = [name for name in act.about if name != act.id and self._kind_named(name) in kinds]
        return bool(shared) and not any(name in subject.about for name in shared)

    def kinds_named(self, act: Act) -> frozenset[str]:
        """Return the kinds of the acts that an act names as those it concerns."""
        if not act.about:
            return _NOTHING
        return frozenset([self._kind_named(name) for name in act.about if name != act.id])

    def _kind_named(self, name: str) -> str:
        act = self.by_id.get(name)
        return self.kind_of(act) if act else name

    def linked(self, act: Act) -> list[Act]:
        """Return the acts that name an act, and those that it names; one that does both stands twice."""
        found = self._linked.get(act.id)
        if found is None:
            named = [self.by_id[name] for name in act.about if name in self.by_id and name != act.id]
            found = self._linked[act.id] = [*self._naming.get(act.id, ()), *named]
        return found

    def naming_none(self, kind: str, subject_kind: str) -> list[Act]:
        """Return the acts of a kind that name no act of another kind, computed once."""
        key = (kind, subject_kind)
        if key not in self._silent:
            acts = self.by_kind.get(kind, [])
            self._silent[key] = [act for act in acts if self.names_none(act, subject_kind)]
        return self._silent[key]

    def names_none(self, act: Act, kind: str) -> bool:
        """Tell whether an act names no other act of a kind as one that it concerns."""
        if not act.about:
            return True
        if kind not in self._ids:
            self._ids[kind] = frozenset(act.id for act in self.by_kind.get(kind, ()))
        named = self._ids[kind].intersection(act.about)
        return not named or named == {act.id}

    def taking_part(self, act: Act) -> list[tuple[str, tuple[str, ...], Person | None]]:
        """Return who took part in an act: the id, the proper names of the roles, and the person.

        The role that the act states goes before those that the head states; none is known otherwise.
        """
        found = self._taking_part.get(act.id)
        if found is None:
            found = [self._part(part) for part in act.by]
            self._taking_part[act.id] = found
        return found

    def _part(self, part: Participation) -> tuple[str, tuple[str, ...], Person | None]:
        person = self.persons.get(part.person)
        names = self.vocabulary.head_synonyms
        if part.role:
            return part.person, (names.get(part.role, part.role),), person
        if person is None:
            return part.person, (), None
        return part.person, tuple([names.get(role, role) for role in person.roles]), person

    def kind_of(self, act: Act) -> str:
        """Return the proper name of an act's kind."""
        return self.vocabulary.canonical.get(act.kind, act.kind)

    def path_of(self, act: Act, *steps: str | int) -> Path:
        """Return where an act, or something in it, stands in the file."""
        return ("acts", self.place[act.id], *steps)

    def told_until(self, day: int) -> bool:
        """Tell whether the file is complete through a day: it is closed, or says so (记录截至)."""
        if self.is_closed:
            return True
        until = self.case.facts.get("记录截至")
        return isinstance(until, str) and parse_moment(until).day >= day

    def provides(self, kind: str, fact: str | None = None) -> bool:
        """Tell whether the source could have told of a kind of act, or of one fact of it."""
        if self._provided is None:
            return True
        if kind not in self._provided:
            return False
        facts = self._provided[kind]
        return facts is None or fact is None or fact in facts

    def lacking(self, act: Act) -> frozenset[str]:
        """Return the facts of which the source of the file could not have told for an act."""
        if self._provided is None:
            return _NOTHING
        kind = self.kind_of(act)
        if kind not in self._lacking:
            facts = self._provided.get(kind, _NOTHING)
            self._lacking[kind] = (
                _NOTHING if facts is None else frozenset(self.vocabulary.facts.keys() - facts)
            )
        return self._lacking[kind]

    def derived(self, act: Act, name: str) -> Truth:
        """Return a derived fact of an act that does not state it; the kind must have a definition."""
        key = (act.id, name)
        if key in self._derived:
            return self._derived[key]
        return self._derive(self.kind_of(act), name, act)

    @property
    def is_open(self) -> bool:
        """Tell whether acts may have happened that the file does not show."""
        return not self.is_closed or self.may_hide

    @property
    def may_hide(self) -> bool:
        """Tell whether there may be acts that the file does not show, closed or not."""
        if self._may_hide is None:
            self._may_hide = self._provided is not None or bool(self._kinds_of_papers())
        return self._may_hide

    def hides(self, kind: str) -> bool:
        """Tell whether there may be acts of a kind that the file does not show."""
        return not self.provides(kind) or kind in self._kinds_of_papers()

    def is_absent(self, kinds: Iterable[str], day: int) -> bool:
        """Tell whether it is proven that acts which the file does not show did not happen through a day."""
        return not self.is_open or not self.absence(kinds, day)

    def hidden(self, kinds: Iterable[str]) -> tuple[Settlement, ...]:
        """Return why acts of some kinds may have happened that the file does not show, whatever its state.

        The source does not tell of them, or a paper of the list shows one that is not there.
        """
        if not self.may_hide:
            return ()
        papers = self._kinds_of_papers()
        secret = [kind for kind in kinds if kind in papers or not self.provides(kind)]
        return self.absence(secret, self.as_of.day)

    def absence(self, kinds: Iterable[str], day: int) -> tuple[Settlement, ...]:
        """Return what would have to be seen before the absence of acts through a day is proven.

        An empty tuple means that it is proven.
        """
        return tuple(doubt for kind in kinds if (doubt := self._doubt(kind, day)))

    def _doubt(self, kind: str, day: int) -> Settlement | None:
        paper = self.vocabulary.papers_for(kind)[0]
        if not self.provides(kind):
            return Settlement(paper, f"来源不提供“{kind}”信息")
        if kind in self._kinds_of_papers():
            return Settlement(paper, f"卷内目录列有该文书，但没有对应的“{kind}”环节")
        if not self.told_until(day):
            return Settlement(paper, f"案件未结，是否已有“{kind}”未记明", with_time=True)
        return None

    def _kinds_of_papers(self) -> frozenset[str]:
        """Return the kinds of acts which papers of the list show, without an act in the file."""
        if self._papers is None:
            shown: set[str] = set()
            synonyms, documents = self.vocabulary.document_synonyms, self.vocabulary.documents
            here = self.by_kind.keys()
            for paper in {document.kind for document in self.case.documents}:
                kinds = documents.get(synonyms.get(paper, paper), ())
                # A paper that may show several kinds of acts raises a doubt only if it shows none.
                if here.isdisjoint(kinds):
                    shown.update(kinds)
            self._papers = frozenset(shown)
        return self._papers

    def fact(self, act: Act, name: str) -> Known:
        """Return a fact of an act, given or derived."""
        value = act.facts.get(name)
        if value is not None:
            return value
        kind = self.kind_of(act)
        if (kind, name) in self._derivations:
            return _silence_or_flag(self._derive(kind, name, act))
        if not self.provides(kind, name):
            return UNKNOWN
        return self._silence(name)

    def head(self, name: str) -> Known:
        """Return a field or fact of the head, of the party or of the agency, given or derived."""
        if name in HEAD_FIELDS:
            return self._head_field(name)
        value = self.case.facts.get(name)
        if value is not None:
            return value
        if (HEAD, name) in self._derivations:
            return _silence_or_flag(self._derive(HEAD, name, None))
        if name in self.vocabulary.head_facts["party"]:
            return self._party_fact(name)
        value = self.case.agency.facts.get(name)
        if value is not None:
            return value
        if not self.provides(HEAD, name) and self._provided is not None:
            return UNKNOWN
        return self._silence(name)

    def of_person(self, person: Person, name: str) -> Known:
        """Return a fact of a person of the head."""
        value = person.facts.get(name)
        if value is not None:
            return value
        if self._provided is not None and not self.provides(HEAD, name):
            return UNKNOWN
        return self._silence(name)

    def _party_fact(self, name: str) -> Known:
        values = [party.facts.get(name) for party in self.case.parties]
        if values and all(value == values[0] for value in values) and values[0] is not None:
            return values[0]
        if any(value is not None for value in values) or not values:
            return UNKNOWN
        if self._provided is not None and not self.provides(HEAD, name):
            return UNKNOWN
        return self._silence(name)

    def _head_field(self, name: str) -> Known:
        case = self.case
        if name == "party":
            proper = self.vocabulary.head_synonyms
            kinds = {party.kind and proper.get(party.kind, party.kind) for party in case.parties}
            value = kinds.pop() if len(kinds) == 1 else None
        elif name == "parties":
            return len(case.parties) or UNKNOWN
        elif name == "level":
            value = case.agency.level
        else:
            value = getattr(case, name)
        if value is None:
            return UNKNOWN
        return self.vocabulary.head_synonyms.get(value, value)

    def _silence(self, name: str) -> _Silence:
        return ABSENT if self.vocabulary.facts[name].silence_denies else UNKNOWN

    def _derive(self, kind: str, name: str, act: Act | None) -> Truth:
        key = (act.id if act else "", name)
        if key not in self._derived:
            self._derived[key] = self._derivations[kind, name].truth(self, act)
        return self._derived[key]

    def settlements(self, act: Act | None, name: str) -> tuple[Settlement, ...]:
        """Return what would settle a fact; for a derived one, what would settle its grounds."""
        kind = self.kind_of(act) if act else HEAD
        derivation = self._derivations.get((kind, name))
        if derivation is None:
            return (self.settlement(act, name),)
        return derivation.unsettled(self, act) or (self.settlement(act, name),)

    def settlement(self, act: Act | None, name: str) -> Settlement:
        """Return what would settle an unknown fact: the paper that would tell it."""
        if act is None:
            return Settlement("案卷信息", f"写明“{HEAD_NAMES.get(name, name)}”")
        kind = self.kind_of(act)
        return Settlement(self.vocabulary.papers_for(kind)[0], f"写明“{name}”")


def _silence_or_flag(value: Truth) -> Known:
    return UNKNOWN if value is None else value


def _provided(case: CaseFile) -> dict[str, set[str] | None] | None:
    """Return kinds with the facts that the source tells, ``None`` for all facts or the full file."""
    if case.provides is None:
        return None
    provided: dict[str, set[str] | None] = {}
    for entry in case.provides:
        kind, _, fact = entry.partition(".")
        if not fact:
            provided[kind] = None
            continue
        facts = provided.setdefault(kind, set())
        if facts is not None:
            facts.add(fact)
    return provided
