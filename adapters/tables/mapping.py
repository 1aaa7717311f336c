"""From a row to a case file: every value of the profile taken, and where it was taken from."""

from __future__ import annotations

from dataclasses import dataclass, field

from adapters.tables.checking import MOMENT, TEXT, head_term
from adapters.tables.profile import ActPart, Condition, PartyPart, Profile, Value
from adapters.tables.readers import Read
from adapters.tables.row import Row
from adapters.tables.taking import CellError, Origin, Taker, says, taker_for
from casefiles.model import Act, Agency, CaseFile, Fact, Facts, Party, Path
from casefiles.moments import Moment
from casefiles.problems import Problem
from casefiles.terms import FactTerm, Vocabulary


@dataclass(frozen=True, slots=True)
class Mapped:
    """A case file, the origin of each value that was taken from the row, and warnings."""

    case: CaseFile
    origins: dict[Path, Origin]
    warnings: tuple[Problem, ...]


@dataclass(slots=True)
class _Visit:
    """What is collected while one row is mapped."""

    row: Row
    file: str
    origins: dict[Path, Origin] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def take(self, taker: Taker | None, path: Path) -> Read | None:
        if taker is None:
            return None
        try:
            taken = taker(self.row, self.warn)
        except CellError as error:
            self.problems.append(self.at(error.column, error.text, error.advice))
            return None
        if taken is None:
            return None
        if taken.origin is not None:
            self.origins[path] = taken.origin
        return taken.value

    def text(self, taker: Taker | None, path: Path) -> str | None:
        value = self.take(taker, path)
        return None if value is None else str(value)

    def moment(self, taker: Taker | None, path: Path) -> Moment | None:
        value = self.take(taker, path)
        return value if isinstance(value, Moment) else None

    def facts(self, takers: dict[str, Taker], path: Path) -> Facts:
        taken = ((name, self.take(taker, (*path, name))) for name, taker in takers.items())
        return {name: _fact(value) for name, value in taken if value is not None}

    def warn(self, column: str, text: str, advice: str) -> None:
        self.warnings.append(self.at(column, text, advice))

    def at(self, column: str, text: str, advice: str) -> Problem:
        line, place = self.row.place(column, 0)
        return Problem(self.file, line, place, f"{self.row.label}“{column}”{text}", advice)


@dataclass(frozen=True, slots=True)
class _PartyPlan:
    name: Taker
    kind: Taker | None
    uscc: Taker | None
    facts: dict[str, Taker]


@dataclass(frozen=True, slots=True)
class _ActPlan:
    id: str
    kind: str
    when: Condition | None
    starts: Taker | None
    ends: Taker | None
    about: list[str]
    facts: dict[str, Taker]


class Mapping:
    """A profile made ready for rows: compile once, then ``map`` each row."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary) -> None:
        self._profile = profile
        self._vocabulary = vocabulary
        head = profile.head
        self._number = self._taker(head.number, TEXT)
        self._kind = self._word(head.kind, "kinds")
        self._procedure = self._word(head.procedure, "procedures")
        self._field = self._word(head.field, "fields")
        self._cause = self._taker(head.cause, TEXT)
        self._region = self._taker(head.region, TEXT)
        self._facts = self._facts_of(head.facts)
        self._agency = self._taker(head.agency.name, TEXT)
        self._agency_uscc = self._taker(head.agency.uscc, TEXT)
        self._level = self._word(head.agency.level, "levels")
        self._agency_facts = self._facts_of(head.agency.facts)
        self._parties = [self._party_plan(part) for part in profile.parties]
        self._acts = [self._act_plan(part) for part in profile.acts]

    def map(self, row: Row, file: str) -> Mapped | tuple[Problem, ...]:
        """Return the case of a row, or all problems that keep it from being one."""
        visit = _Visit(row, file)
        number = self._demanded(visit, self._number, ("number",), "案号")
        kind = self._demanded(visit, self._kind, ("kind",), "案件种类")
        agency = self._demanded(visit, self._agency, ("agency", "name"), "机关名称")
        case = CaseFile(
            number=number,
            kind=kind,
            agency=Agency(
                name=agency,
                uscc=visit.text(self._agency_uscc, ("agency", "uscc")),
                level=visit.text(self._level, ("agency", "level")),
                facts=visit.facts(self._agency_facts, ("agency", "facts")),
            ),
            cause=visit.text(self._cause, ("cause",)),
            procedure=visit.text(self._procedure, ("procedure",)),
            field=visit.text(self._field, ("field",)),
            region=visit.text(self._region, ("region",)),
            parties=self._party_records(visit),
            facts=visit.facts(self._facts, ("facts",)),
            acts=self._act_records(visit),
            provides=self._profile.provides,
        )
        if visit.problems:
            return tuple(visit.problems)
        return Mapped(case, visit.origins, tuple(visit.warnings))

    def _demanded(self, visit: _Visit, taker: Taker | None, path: Path, called: str) -> str:
        known = len(visit.problems)
        value = visit.text(taker, path)
        if value is None and len(visit.problems) == known:
            text = f"{visit.row.label}没有{called}"
            problem = Problem(visit.file, visit.row.line, 1, text, "请补录，或改由别的列提供")
            visit.problems.append(problem)
        return value or ""

    def _party_records(self, visit: _Visit) -> list[Party]:
        parties: list[Party] = []
        for plan in self._parties:
            path: Path = ("parties", len(parties))
            name = visit.text(plan.name, (*path, "name"))
            if name is None:
                continue
            parties.append(
                Party(
                    name=name,
                    kind=visit.text(plan.kind, (*path, "kind")),
                    uscc=visit.text(plan.uscc, (*path, "uscc")),
                    facts=visit.facts(plan.facts, (*path, "facts")),
                )
            )
        return parties

    def _act_records(self, visit: _Visit) -> list[Act]:
        plans = [plan for plan in self._acts if self._is_there(visit.row, plan.when)]
        ids = {plan.id for plan in plans}
        return [
            Act(
                id=plan.id,
                kind=plan.kind,
                starts=visit.moment(plan.starts, ("acts", index, "starts")),
                ends=visit.moment(plan.ends, ("acts", index, "ends")),
                about=[other for other in plan.about if other in ids],
                facts=visit.facts(plan.facts, ("acts", index, "facts")),
            )
            for index, plan in enumerate(plans)
        ]

    def _is_there(self, row: Row, when: Condition | None) -> bool:
        if when is None:
            return True
        text = says(self._profile, row, when.column)
        return text in when.is_ if when.is_ is not None else bool(text)

    def _party_plan(self, part: PartyPart) -> _PartyPlan:
        return _PartyPlan(
            taker_for(part.name, TEXT, self._profile, self._vocabulary),
            self._word(part.kind, "party_kinds"),
            self._taker(part.uscc, TEXT),
            self._facts_of(part.facts),
        )

    def _act_plan(self, part: ActPart) -> _ActPlan:
        return _ActPlan(
            part.id,
            self._vocabulary.canonical[part.kind],
            part.when,
            self._taker(part.starts, MOMENT),
            self._taker(part.ends, MOMENT),
            part.about,
            self._facts_of(part.facts),
        )

    def _facts_of(self, values: dict[str, Value]) -> dict[str, Taker]:
        terms = self._vocabulary.facts
        return {
            name: taker_for(value, terms[name], self._profile, self._vocabulary)
            for name, value in values.items()
        }

    def _word(self, value: Value | None, table: str) -> Taker | None:
        return self._taker(value, head_term(table, self._vocabulary))

    def _taker(self, value: Value | None, term: FactTerm) -> Taker | None:
        if value is None:
            return None
        return taker_for(value, term, self._profile, self._vocabulary)


def _fact(value: Read) -> Fact:
    return str(value) if isinstance(value, Moment) else value
