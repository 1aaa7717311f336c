"""Verbs about people: who took part, with which qualification, and who must be kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Meta

from casefiles.model import Act, Participation, Person
from engine.conditions import Conditions
from engine.facts import CaseFacts
from engine.findings import Evidence, Outcome, Role, Settlement
from engine.options import Options, Words
from engine.scope import Scope, begin_of
from engine.truth import Truth, both
from engine.verbs.base import MET, Verb, Verdict, compared, unsettled

CONFIRMED = ("签名", "盖章", "捺印", "电子签名", "其他方式确认", "拒签注明")
"""What counts as signed: signature, seal, fingerprint, another confirmation, or a noted refusal."""


PARTICIPANTS = "参与人员"
"""How ``provides`` names the persons of an act: told where the whole kind of act is told."""


class DoneBy(Verb, Options, frozen=True, kw_only=True):
    """So many persons of a role took part, or every one of them, with a quality on that day.

    ``certificate: true`` demands an enforcement certificate valid on the day of the act.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "count", "names", "demanded"})

    role: Words
    at_least: Annotated[int, Meta(ge=1)] = 1
    every: bool = False
    certificate: bool = False
    where: Conditions = Conditions()

    def sentence(self) -> str:
        """Return the demand in words."""
        quality = "持有效执法证件的" if self.certificate else ""
        quality += f"{self.where}的" if self.where.items else ""
        roles = "或".join(self.role)
        if self.every:
            return f"的{roles}均应当{quality.removesuffix('的') or '符合条件'}"
        return f"应当由不少于{self.at_least}名{quality}{roles}实施"

    def judge(self, scope: Scope) -> Verdict:
        """Count the persons, certain and possible."""
        act = scope.subject
        everyone = {one[0].person: one for one in participants(scope, act) if self._in_role(scope, one)}
        people = list(everyone.values())
        if not act.by and not people:
            return unsettled(_who(scope, act), problem="未记明参与人员", **self._values(scope, []))
        truths = [(person, self.qualifies(scope.facts, act, person[1])) for person in people]
        good = [person for person, truth in truths if truth is True]
        unsure = [person for person, truth in truths if truth is None]
        unsure += [one for one in participants(scope, act) if not roles_of(scope, *one)]
        bad = [person for person, truth in truths if truth is False]
        enough = (not bad and not unsure) if self.every else len(good) >= self.at_least
        if enough and people:
            return MET
        possible = not bad if self.every else len(good) + len(unsure) >= self.at_least
        # A source that tells only some facts of such acts may have left persons out.
        told = scope.facts.provides(scope.facts.kind_of(act), PARTICIPANTS)
        possible = possible or not (self.every or told)
        counted = bad if self.every else good
        if possible:
            doubts = [self._doubt(person) for person in unsure] or [_who(scope, act)]
            return unsettled(*doubts, problem="人员资格不明", **self._values(scope, good))
        names = "、".join(_name(person) for person in bad)
        problem = f"{names}不符合条件" if names else f"符合条件的仅{len(good)}人"
        evidence = tuple(_evidence(scope, person) for person in (bad or good))
        values = self._values(scope, counted)
        return Verdict(Outcome.BREACHED, {"problem": problem, **values}, evidence)

    def _in_role(self, scope: Scope, person: tuple[Participation, Person | None]) -> bool:
        return any(role in self.role for role in roles_of(scope, *person))

    def qualifies(self, facts: CaseFacts, act: Act, person: Person | None) -> Truth:
        """Tell whether a person had the qualities that are demanded on the day of the act."""
        certified = self._certified(act, person)
        if certified is False or not self.where.items:
            return certified
        return both((certified, _has_facts(facts, person, self.where)))

    def _certified(self, act: Act, person: Person | None) -> Truth:
        if not self.certificate:
            return True
        moment = begin_of(act)
        certificate = person.certificate if person else None
        if certificate is None or moment is None:
            return None
        begin, end = certificate.valid_from, certificate.valid_to
        if end and moment.day > end.day:
            return False
        # A file often shows only the certificate of today: one that begins later was perhaps renewed.
        return True if end and not (begin and moment.day < begin.day) else None

    def _doubt(self, person: tuple[Participation, Person | None]) -> Settlement:
        tells = "有效期" if self.certificate else str(self.where) or "身份"
        paper = "执法证件" if self.certificate else "人员资格证明"
        return Settlement(paper, f"{_name(person)}：{tells}")

    def _values(self, scope: Scope, people: list[tuple[Participation, Person | None]]) -> dict[str, str]:
        names = "、".join(_name(person) for person in people) or "无"
        return {"count": str(len(people)), "names": names, "demanded": str(self.at_least)}


def roles_of(scope: Scope, part: Participation, person: Person | None) -> list[str]:
    """Return the proper names of the roles in which somebody took part, none if they are unknown."""
    held = [part.role] if part.role else (person.roles if person else [])
    names = scope.facts.vocabulary.head_synonyms
    return [names.get(role, role) for role in held]


def participants(scope: Scope, act: Act) -> list[tuple[Participation, Person | None]]:
    """Return who took part in an act, with what the file's head says about them."""
    return [(part, scope.facts.persons.get(part.person)) for part in act.by]


def _has_facts(facts: CaseFacts, person: Person | None, where: Conditions) -> Truth:
    if not where.items:
        return True
    if person is None:
        return None
    return both(item.holds(facts.of_person(person, item.name), item.wanted) for item in where.items)


def _who(scope: Scope, act: Act) -> Settlement:
    return Settlement(scope.facts.vocabulary.papers_for(scope.facts.kind_of(act))[0], "写明参与人员及其身份")


def _name(person: tuple[Participation, Person | None]) -> str:
    part, known = person
    return known.name if known else part.person


def _evidence(scope: Scope, person: tuple[Participation, Person | None]) -> Evidence:
    _, known = person
    if known is None:
        return Evidence(Role.COMPARED, _name(person))
    index = scope.facts.case.persons.index(known)
    certificate = known.certificate
    text = known.name
    if certificate:
        text += f"，证号 {certificate.number}，有效期至 {certificate.valid_to or '不明'}"
    return Evidence(Role.COMPARED, text, ("persons", index))


class IndependentOf(Verb, Options, frozen=True, kw_only=True):
    """Nobody who took part in the subject took part in acts of these kinds.

    Roles narrow who is looked at: ``roles`` on the side of the subject, ``other_roles`` on the other.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "names", "found"})

    act: Words
    roles: Words | None = None
    other_roles: Words | None = None

    def sentence(self) -> str:
        """Return the demand in words."""
        who = "或".join(self.roles) if self.roles else "参与人员"
        others = "或".join(self.other_roles) if self.other_roles else "人员"
        return f"的{who}不得是参与{'、'.join(self.act)}的{others}"

    def judge(self, scope: Scope) -> Verdict:
        """Compare the persons of the subject with those of the other acts."""
        mine = _ids(scope, scope.subject, self.roles)
        if not mine:
            values = {"names": "不明", "found": "不明"}
            return unsettled(_who(scope, scope.subject), problem="未记明参与人员", **values)
        doubtful: list[str] = []
        for act in scope.facts.acts(tuple(self.act)):
            theirs = _ids(scope, act, self.other_roles)
            if shared := [mine[person] for person in mine if person in theirs]:
                return self._shared(scope, act, shared)
            doubtful += [name for name in mine.values() if name in theirs.values()]
        if doubtful:
            doubts = [Settlement("人员身份证明", f"{name}是否同一人") for name in doubtful]
            return unsettled(*doubts, problem="有同名人员", names="、".join(doubtful), found="")
        if untold := untold_people(scope.facts, [scope.facts.kind_of(scope.subject), *self.act]):
            return unsettled(*untold, problem="是否有人同时参与不明", names="不明", found="不明")
        return MET

    def _shared(self, scope: Scope, act: Act, names: list[str]) -> Verdict:
        kind, who = scope.facts.kind_of(act), "、".join(names)
        values = {"problem": f"{who}也参与了{kind}", "names": who, "found": kind}
        return Verdict(Outcome.BREACHED, values, (compared(scope.facts, act),))


def untold_people(facts: CaseFacts, kinds: Sequence[str]) -> tuple[Settlement, ...]:
    """Return why there may be participants in acts of some kinds of whom the file does not tell.

    Its source may have left out the acts, or persons of those that it tells only in part.
    """
    if not facts.may_hide:
        return ()
    partly = [kind for kind in kinds if facts.provides(kind) and not facts.provides(kind, PARTICIPANTS)]
    papers = [facts.vocabulary.papers_for(kind)[0] for kind in partly]
    return facts.hidden(kinds) + tuple(Settlement(paper, "写明参与人员及其身份") for paper in papers)


def _ids(scope: Scope, act: Act, roles: tuple[str, ...] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for part, person in participants(scope, act):
        if roles is None or any(role in roles for role in roles_of(scope, part, person)):
            found[part.person] = person.name if person else part.person
    return found


class SignedBy(Verb, Options, frozen=True, kw_only=True):
    """These have signed: a signature, a seal, a fingerprint, another confirmation or a noted refusal.

    Each of ``who`` reads the fact of that name with 确认 added: 当事人确认, 执法人员确认, 见证人确认.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem", "missing"})

    who: Words
    any_of_them: bool = False

    def sentence(self) -> str:
        """Return the demand in words."""
        joined = ("或" if self.any_of_them else "、").join(self.who)
        return f"应当由{joined}签名、盖章、捺印或者以其他方式确认，拒绝的应当注明"

    def judge(self, scope: Scope) -> Verdict:
        """Read the confirmations of the subject."""
        truths = {who: self._confirmed(scope, who) for who in self.who}
        lacking = [who for who, truth in truths.items() if truth is False]
        open_ = [who for who, truth in truths.items() if truth is None]
        done = any(truths.values()) if self.any_of_them else not lacking and not open_
        if done:
            return MET
        if (open_ and self.any_of_them) or (open_ and not lacking):
            doubts = [scope.facts.settlement(scope.subject, f"{who}确认") for who in open_]
            return unsettled(*doubts, problem="确认情况未记明", missing="、".join(open_))
        names = "、".join(lacking)
        path = scope.facts.path_of(scope.subject, "facts", f"{lacking[0]}确认")
        evidence = (Evidence(Role.COMPARED, f"{names}未确认", path),)
        values = {"problem": f"缺少{names}的确认", "missing": names}
        return Verdict(Outcome.BREACHED, values, evidence)

    def _confirmed(self, scope: Scope, who: str) -> Truth:
        value = scope.facts.fact(scope.subject, f"{who}确认")
        if isinstance(value, bool):
            return value
        return value in CONFIRMED if isinstance(value, str) else None
