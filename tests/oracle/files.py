"""What a case file tells, and what its silence means: ``docs/casefile.md`` written down again.

Nothing is indexed: every question walks through the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from casefiles.model import Act, CaseFile, Person
from casefiles.moments import Moment, parse_moment
from tests.oracle.documents import Book
from tests.oracle.truths import FALSE, OPEN, TRUE, UNKNOWN, Truth, all_true, known

HEAD = "案卷"
HEAD_FIELDS = ("kind", "procedure", "field", "region", "party", "parties", "level")


class Silence(Enum):
    """What stands where no value stands."""

    DENIED = "denied"
    UNKNOWN = "unknown"
    OPEN = "open"
    """A derived fact that is unknown only as long as the case is not closed."""


Value = Any
"""A value of a fact, or a ``Silence``."""


@dataclass(frozen=True)
class File:
    """A case file, the book it is judged by, and the day of the check."""

    case: CaseFile
    book: Book
    as_of: Moment


def begin(act: Act) -> Moment | None:
    """Return when an act began, or its only moment."""
    return act.starts if act.starts is not None else act.ends


def end(act: Act) -> Moment | None:
    """Return when an act was over, or its only moment."""
    return act.ends if act.ends is not None else act.starts


def date_of(moment: Moment) -> date:
    """Return the day of a moment."""
    return date.fromordinal(moment.day)


def before(one: Moment, other: Moment) -> Truth:
    """Tell whether one comes strictly before the other; on one day only times of day can tell."""
    if one.day != other.day:
        return known(one.day < other.day)
    if one.minute is None or other.minute is None:
        return UNKNOWN
    return known(one.minute < other.minute)


def not_after(one: Moment, other: Moment) -> Truth:
    """Tell whether one comes before the other or in the same minute."""
    if one.day != other.day:
        return known(one.day < other.day)
    if one.minute is None or other.minute is None:
        return UNKNOWN
    return known(one.minute <= other.minute)


def kind_of(file: File, act: Act) -> str:
    """Return the proper name of an act's kind."""
    return file.book.vocabulary.canonical.get(act.kind, act.kind)


def acts_of(file: File, kinds: list[str]) -> list[Act]:
    """Return the acts of some kinds in the order of the file."""
    return [act for act in file.case.acts if kind_of(file, act) in kinds]


def is_closed(file: File) -> bool:
    """Tell whether the case is closed: by an act that closes it, or by its own word."""
    return bool(acts_of(file, ["结案", "归档"])) or file.case.facts.get("办案状态") == "已结"


def told_until(file: File, day: date) -> bool:
    """Tell whether the file is complete through a day."""
    if is_closed(file):
        return True
    until = file.case.facts.get("记录截至")
    return isinstance(until, str) and date_of(parse_moment(until)) >= day


def provides_kind(file: File, kind: str) -> bool:
    """Tell whether the source tells of this kind of act at all."""
    entries = file.case.provides
    return entries is None or any(entry.partition(".")[0] == kind for entry in entries)


def provides_fact(file: File, kind: str, fact: str) -> bool:
    """Tell whether the source tells this fact of this kind of act."""
    entries = file.case.provides
    return entries is None or kind in entries or f"{kind}.{fact}" in entries


def absence(file: File, kinds: list[str], day: date) -> Truth:
    """Tell whether it is proven that no act of these kinds happened through a day."""
    return all_true(_absent(file, kind, day) for kind in kinds)


def _absent(file: File, kind: str, day: date) -> Truth:
    if not provides_kind(file, kind):
        return UNKNOWN
    if any(kind in shown for shown in papers_without_act(file)):
        return UNKNOWN
    return TRUE if told_until(file, day) else OPEN


def papers_without_act(file: File) -> list[list[str]]:
    """Return, for each paper of the list of which no act is in the file, the kinds it could show."""
    found = []
    words = file.book.vocabulary
    for paper in file.case.documents:
        name = words.document_synonyms.get(paper.kind, paper.kind)
        kinds = [kind for kind, term in words.acts.items() if name in term.documents]
        if not acts_of(file, kinds):
            found.append(kinds)
    return found


def may_hide(file: File, kinds: list[str]) -> bool:
    """Tell whether acts of these kinds may have happened that are not in the file, closed or not."""
    shown = [kind for paper in papers_without_act(file) for kind in paper]
    return any(not provides_kind(file, kind) or kind in shown for kind in kinds)


def may_hide_people(file: File, kinds: list[str]) -> bool:
    """Tell whether somebody may have taken part in acts of these kinds who is not in the file."""
    # A source that tells only some facts of such acts may have left persons out.
    return may_hide(file, kinds) or not all(provides_fact(file, kind, "参与人员") for kind in kinds)


def silence_of(file: File, name: str) -> Silence:
    """Return what it means that a fact is not told where it would have been told."""
    return Silence.DENIED if file.book.vocabulary.facts[name].silence_denies else Silence.UNKNOWN


def told_of_act(file: File, act: Act, name: str) -> Value:
    """Return a fact that nobody derives, as an act tells it."""
    if name in act.facts:
        return act.facts[name]
    if not provides_fact(file, kind_of(file, act), name):
        return Silence.UNKNOWN
    return silence_of(file, name)


def told_of_head(file: File, name: str) -> Value:
    """Return a fact that nobody derives, as the head, the parties or the agency tell it."""
    case = file.case
    if name in case.facts:
        return case.facts[name]
    if name in file.book.vocabulary.head_facts["party"]:
        values = [party.facts.get(name) for party in case.parties]
        if not values:
            return Silence.UNKNOWN
        if any(value is not None for value in values):
            # Several parties must agree; what only some of them tell is not told of all.
            return values[0] if all(value == values[0] for value in values) else Silence.UNKNOWN
    elif name in case.agency.facts:
        return case.agency.facts[name]
    return silence_of(file, name) if provides_fact(file, HEAD, name) else Silence.UNKNOWN


def told_of_person(file: File, person: Person, name: str) -> Value:
    """What the head says of a person; where it is silent, what its silence means."""
    if name in person.facts:
        return person.facts[name]
    return silence_of(file, name) if provides_fact(file, HEAD, name) else Silence.UNKNOWN


def head_field(file: File, name: str) -> Value:
    """Return a field of the head; one that is not told is unknown."""
    case = file.case
    if name == "parties":
        return len(case.parties) if case.parties else Silence.UNKNOWN
    if name == "party":
        names = file.book.vocabulary.head_synonyms
        kinds = [names.get(party.kind, party.kind) if party.kind else None for party in case.parties]
        value = kinds[0] if kinds and all(kind == kinds[0] for kind in kinds) else None
    elif name == "level":
        value = case.agency.level
    else:
        value = {"kind": case.kind, "procedure": case.procedure, "field": case.field, "region": case.region}[
            name
        ]
    if value is None:
        return Silence.UNKNOWN
    return file.book.vocabulary.head_synonyms.get(value, value)


def concerns(file: File, act: Act, subject: Act) -> Truth:
    """Tell whether an act has to do with the subject (有关, ``about``)."""
    if act.id == subject.id:
        return FALSE
    if subject.id in act.about or act.id in subject.about:
        return TRUE
    if _names_one_of(file, act, kind_of(file, subject)) or _names_one_of(file, subject, kind_of(file, act)):
        return FALSE
    if _name_different_ones(file, act, subject):
        return FALSE
    return TRUE if len(acts_of(file, [kind_of(file, subject)])) == 1 else UNKNOWN


def _others_named(file: File, act: Act) -> list[Act]:
    """Return the other acts that an act names; to name oneself says nothing."""
    return [other for other in file.case.acts if other.id in act.about and other.id != act.id]


def _names_one_of(file: File, act: Act, kind: str) -> bool:
    return any(kind_of(file, other) == kind for other in _others_named(file, act))


def _name_different_ones(file: File, act: Act, subject: Act) -> bool:
    """Tell whether both name acts of one kind, and none of them in common."""
    kinds = [kind_of(file, other) for other in _others_named(file, subject)]
    shared = [other for other in _others_named(file, act) if kind_of(file, other) in kinds]
    return bool(shared) and not any(other.id in subject.about for other in shared)


def concerned(file: File, kinds: list[str], subject: Act) -> list[tuple[Act, Truth]]:
    """Return the acts of some kinds that concern the subject or may.

    Those that certainly do come first. Among several subjects of one kind they come in the order in
    which they are named: first those that name the subject, then those that it names.
    """
    certain = [act for act in acts_of(file, kinds) if concerns(file, act, subject) == TRUE]
    doubtful = [act for act in acts_of(file, kinds) if concerns(file, act, subject) == UNKNOWN]
    if len(acts_of(file, [kind_of(file, subject)])) > 1:
        naming = [act for act in certain if subject.id in act.about]
        named = [act for name in subject.about for act in certain if act.id == name]
        certain = naming + [act for act in named if act not in naming]
        doubtful.sort(key=lambda act: kinds.index(kind_of(file, act)))
    return [(act, TRUE) for act in certain] + [(act, UNKNOWN) for act in doubtful]
