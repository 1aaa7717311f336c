"""Small rules, files and a calendar of plain weeks to try generated code on.

Nothing is read from a folder and nothing is checked: rules are built of verbs, as a rulebook has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec

from casefiles.model import Act, CaseFile, decode_hook
from casefiles.moments import parse_moment
from casefiles.terms import Vocabulary, standard_vocabulary
from engine.calendar import WorkingCalendar
from engine.calendar_years import CalendarYear
from engine.compiled.evaluator import Evaluator
from engine.compiled.rulecode import KEPT, arguments
from engine.conditions import conditions_from
from engine.facts import CaseFacts
from engine.findings import Basis, Cure, Outcome, Severity
from engine.laws import Laws
from engine.limits import Limit, Limits, LimitValue
from engine.rule import CitedBasis, Definition, Rule
from engine.rulebook import Rulebook
from engine.scope import Scope
from engine.selection import Selector
from engine.situations import Situation
from engine.verbs.base import Verb

AS_OF = "2024-12-31"
Parts = Mapping[str, Any]
Acts = list[dict[str, Any]]


@cache
def words() -> Vocabulary:
    return standard_vocabulary()


@cache
def plain_weeks() -> WorkingCalendar:
    """Return a calendar of 2023 and 2024 without a single holiday: 2024-03-04 is a Monday."""
    return WorkingCalendar(CalendarYear(year, (), ()) for year in (2023, 2024))


def basis(since: str = "2000-01-01", until: str | None = None) -> Basis:
    return Basis(
        "甲法",
        "第一条",
        date.fromisoformat(since),
        date(2026, 11, 21),
        date.fromisoformat(until) if until else None,
    )


def limit(name: str, *values: tuple[int | float | str | None, dict[str, Any]], unit: str = "元") -> Limit:
    """Return a limit with values, each for the files that its conditions say."""
    return Limit(
        name,
        name,
        unit,
        tuple(LimitValue(value, conditions_from(where), basis(), "省级标准") for value, where in values),
    )


LIMITS = Limits(
    {
        one.id: one
        for one in (
            limit("most", (200, {"party": "公民"}), (None, {"party": "法人"})),
            limit("term", ("5 days", {"party": "公民"}), (None, {"party": "法人"}), unit="期间"),
            limit("hours", ("48 hours", {}), unit="期间"),
        )
    }
)


def cited(*sources: Basis, when: dict[str, Any] | None = None) -> tuple[CitedBasis, ...]:
    return tuple(CitedBasis(one, conditions_from(when or {})) for one in sources)


def rule(
    verb: Verb,
    *,
    name: str = "trial",
    kinds: tuple[str, ...] = ("执法决定",),
    where: dict[str, Any] | None = None,
    applies: dict[str, Any] | None = None,
    unless: tuple[Situation, ...] = (),
    sources: tuple[CitedBasis, ...] | None = None,
) -> Rule:
    return Rule(
        id=name,
        version="v",
        pack="trial",
        file=f"{name}.yaml",
        title=name,
        severity=Severity.MINOR,
        effect="规范性瑕疵",
        rows=(),
        basis=cited(basis()) if sources is None else sources,
        applies=conditions_from(applies or {}),
        subject=Selector(kinds, conditions_from(where or {})),
        verb=verb,
        unless=unless,
        message="{subject}",
        cure=Cure("说明", "说明。"),
        note="",
    )


def situation(**parts: Any) -> Situation:
    """Return a situation; its conditions are given as rules write them, its sources by ``basis``."""
    return Situation(
        "示例情形",
        parts.get("basis", (basis(),)),
        conditions_from(parts.get("head", {})),
        conditions_from(parts.get("act", {})),
        parts.get("present", ()),
    )


def definition(defines: str, on: str, *grounds: Situation) -> Definition:
    return Definition(f"d-{defines}-{on}", defines, defines, on, (), grounds)


def book(*rules: Rule, definitions: tuple[Definition, ...] = (), compiled: bool = True) -> Rulebook:
    """Return a rulebook of rules and definitions, judged by generated code or by plain functions."""
    found = Rulebook("v", rules, definitions, LIMITS, Laws(()), plain_weeks(), words())
    if compiled:
        found.evaluator.compile()
    else:
        keep_plain(found.evaluator)
    return found


def keep_plain(evaluator: Evaluator) -> None:
    """Never let an evaluator turn to generated code."""
    evaluator._plain_files = -1


def act(kind: str, starts: str | None = None, ends: str | None = None, **more: Any) -> dict[str, Any]:
    times = {"starts": starts, "ends": ends}
    given = {name: value for name, value in times.items() if value}
    return {"id": more.pop("id", kind), "kind": kind, **given, **more}


def case_of(acts: Acts, **head: Any) -> CaseFile:
    """Return a closed case of a citizen; ``head`` overrides its fields."""
    content = {
        "number": "示例〔2024〕1号",
        "kind": "行政处罚",
        "agency": {"name": "示例市执法局"},
        "parties": [{"name": "某甲", "kind": "公民"}],
        "facts": {"办案状态": "已结"},
        "acts": acts,
        **head,
    }
    return msgspec.convert(content, CaseFile, dec_hook=decode_hook)


def file_of(acts: Acts, rulebook: Rulebook | None = None, as_of: str = AS_OF, **head: Any) -> CaseFacts:
    """Return the index of a case, with the truths of its head where there is a rulebook."""
    case = case_of(acts, **head)
    derivations = rulebook.evaluator.derivations if rulebook else None
    file = CaseFacts(case, words(), parse_moment(as_of), derivations)
    if rulebook:
        rulebook.evaluator.plan(file)
    return file


def answers(rulebook: Rulebook, file: CaseFacts, subject: Act) -> list[int]:
    """Return what the generated functions of the rules for a subject say, in the order of the rules."""
    group = rulebook.evaluator.plan(file).groups[file.kind_of(subject)]
    given = arguments(file, subject)
    return [judge(*given) for _, judge in group.row(given[4])]


def is_kept(verb: Verb, acts: Acts, **head: Any) -> bool:
    """Tell whether generated code clears the first act of a case, and that the verb agrees if so."""
    rulebook = book(rule(verb, kinds=(acts[0]["kind"],)))
    file = file_of(acts, rulebook, **head)
    subject = file.case.acts[0]
    (answer,) = answers(rulebook, file, subject)
    if answer == KEPT:
        assert said(rulebook, file, subject) is Outcome.MET
    return answer == KEPT


def said(rulebook: Rulebook, file: CaseFacts, subject: Act, verb: Verb | None = None) -> Outcome:
    """Return what the verb itself says of a subject."""
    scope = Scope(file, subject, rulebook.limits, rulebook.calendar, rulebook.laws)
    return (verb or rulebook.rules[0].verb).judge(scope).outcome
