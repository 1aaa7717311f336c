"""The verbs about people: who took part, in which role, with which quality, and who confirmed."""

from __future__ import annotations

from casefiles.model import Act, Participation, Person
from tests.oracle.conditions import compare, fact, items
from tests.oracle.documents import Document, as_list
from tests.oracle.files import (
    File,
    acts_of,
    begin,
    kind_of,
    may_hide_people,
    provides_fact,
    told_of_person,
)
from tests.oracle.truths import (
    BREACHED,
    FALSE,
    MET,
    TRUE,
    UNDETERMINED,
    UNKNOWN,
    Outcome,
    Truth,
    all_true,
    known,
)

CONFIRMED = ("签名", "盖章", "捺印", "电子签名", "其他方式确认", "拒签注明")


def person_of(file: File, part: Participation) -> Person | None:
    """Return what the head says of somebody who took part."""
    found = [person for person in file.case.persons if person.id == part.person]
    return found[-1] if found else None


def roles_of(file: File, part: Participation) -> list[str]:
    """Return the roles in which somebody took part: those of this act, else those of the whole case."""
    person = person_of(file, part)
    held = [part.role] if part.role else (person.roles if person else [])
    return [file.book.vocabulary.head_synonyms.get(role, role) for role in held]


def has_role(file: File, part: Participation, roles: list[str]) -> bool:
    """Tell whether somebody took part in one of these roles."""
    return any(role in roles for role in roles_of(file, part))


def done_by(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that so many persons of a role, or every one of them, took part with a quality."""
    if not subject.by:
        return UNDETERMINED
    in_role = {part.person: part for part in subject.by if has_role(file, part, as_list(options["role"]))}
    truths = [_qualified(file, options, subject, part) for part in in_role.values()]
    nameless = [part for part in subject.by if not roles_of(file, part)]
    good, bad = truths.count(TRUE), truths.count(FALSE)
    unsure = len(truths) - good - bad + len(nameless)
    if options.get("every"):
        if bad:
            return BREACHED
        return MET if truths and not unsure else UNDETERMINED
    at_least = options.get("at_least", 1)
    if good >= at_least:
        return MET
    # A source that tells only some facts of such acts may have left persons out.
    told = provides_fact(file, kind_of(file, subject), "参与人员")
    return BREACHED if told and good + unsure < at_least else UNDETERMINED


def _qualified(file: File, options: Document, subject: Act, part: Participation) -> Truth:
    person = person_of(file, part)
    truths = [_certified(person, subject)] if options.get("certificate") else []
    for name, operator, wanted in items(options.get("where")):
        if person is None:
            truths.append(UNKNOWN)
        else:
            truths.append(compare(told_of_person(file, person, name), operator, wanted))
    return all_true(truths)


def _certified(person: Person | None, subject: Act) -> Truth:
    """Tell whether the certificate was valid on the day of the act, its first and last day included."""
    moment = begin(subject)
    certificate = person.certificate if person else None
    if certificate is None or moment is None:
        return UNKNOWN
    if certificate.valid_to is None:
        return UNKNOWN
    if moment.day > certificate.valid_to.day:
        return FALSE
    # One that began later was perhaps renewed.
    if certificate.valid_from is not None and moment.day < certificate.valid_from.day:
        return UNKNOWN
    return TRUE


def independent_of(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that nobody of the subject took part in those acts."""
    mine = _people(file, subject, options.get("roles"))
    if not mine:
        return UNDETERMINED
    namesakes = False
    for act in acts_of(file, as_list(options["act"])):
        theirs = _people(file, act, options.get("other_roles"))
        if any(person in theirs for person in mine):
            return BREACHED
        namesakes = namesakes or any(name in theirs.values() for name in mine.values())
    untold = may_hide_people(file, [kind_of(file, subject), *as_list(options["act"])])
    return UNDETERMINED if namesakes or untold else MET


def _people(file: File, act: Act, roles: object) -> dict[str, str]:
    """Return ids and names of those who took part in a role; without roles of all."""
    found = {}
    for part in act.by:
        if roles is None or has_role(file, part, as_list(roles)):
            person = person_of(file, part)
            found[part.person] = person.name if person else part.person
    return found


def signed_by(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that these, or one of these, have confirmed."""
    truths = [_confirmed(fact(file, subject, f"{who}确认")) for who in as_list(options["who"])]
    if options.get("any_of_them"):
        if TRUE in truths:
            return MET
        return UNDETERMINED if UNKNOWN in truths else BREACHED
    if FALSE in truths:
        return BREACHED
    return UNDETERMINED if UNKNOWN in truths else MET


def _confirmed(value: object) -> Truth:
    if isinstance(value, bool):
        return known(value)
    return known(value in CONFIRMED) if isinstance(value, str) else UNKNOWN
