from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from casefiles.model import Act, CaseFile, decode_hook
from casefiles.moments import parse_moment
from casefiles.terms import Vocabulary, standard_vocabulary
from engine.calendar import WorkingCalendar, read_calendar
from engine.documents import LawDocument, LimitDocument, RequirementDocument
from engine.facts import CaseFacts
from engine.laws import Law, Laws
from engine.limits import Limit, Limits, LimitValue
from engine.rule import basis_from
from engine.scope import Scope
from engine.verbs.base import Verdict

RULES = Path(__file__).parent.parent.parent / "rules"
AS_OF = "2024-12-31"

LIMITS = [
    {
        "id": "night-hours",
        "title": "夜间",
        "unit": "时段",
        "values": [
            {
                "value": "22:00-06:00",
                "basis": {
                    "law": "甲法",
                    "article": "第一条",
                    "since": "2012-01-01",
                    "verified": "2026-11-21",
                },
            }
        ],
    },
    {
        "id": "most",
        "title": "最高数额",
        "unit": "元",
        "values": [
            {
                "value": 200,
                "where": {"party": "公民"},
                "basis": {
                    "law": "甲法",
                    "article": "第二条",
                    "since": "2021-07-15",
                    "verified": "2026-11-21",
                },
            },
            {
                "value": None,
                "needs": "省级数额标准",
                "where": {"party": "法人"},
                "basis": {
                    "law": "甲法",
                    "article": "第二条",
                    "since": "2021-07-15",
                    "verified": "2026-11-21",
                },
            },
        ],
    },
]
LAWS = [
    {"id": "a-old", "name": "甲法", "number": "旧", "rank": "法律", "since": "1996-10-01"}
    | {"until": "2021-07-14", "verified": "2026-11-21"},
    {"id": "b", "name": "乙条例", "names": ["乙"], "number": "1号", "rank": "行政法规"}
    | {"since": "2020-01-01", "verified": "2026-11-21"},
]


def limits() -> Limits:
    table = {}
    for document in (LimitDocument.model_validate(one) for one in LIMITS):
        values = tuple(
            LimitValue(one.value, one.where, basis_from(one.basis), one.needs) for one in document.values
        )
        table[document.id] = Limit(document.id, document.title, document.unit, values)
    return Limits(table)


def laws() -> Laws:
    documents = [LawDocument.model_validate(one) for one in LAWS]
    return Laws(
        Law(one.id, one.name, one.names, one.number, one.rank, one.since, one.until, one.mark == "V")
        for one in documents
    )


@pytest.fixture(scope="session")
def calendar() -> WorkingCalendar:
    return read_calendar(RULES / "calendar")


def case_of(acts: list[dict[str, Any]], **head: Any) -> CaseFile:
    """Build a closed case of acts; ``head`` overrides its fields."""
    content = {
        "number": "示例〔2024〕1号",
        "kind": "行政处罚",
        "agency": {"name": "示例市执法局"},
        "parties": [{"name": "示例商贸有限公司", "kind": "公民"}],
        "facts": {"办案状态": "已结"},
        "acts": acts,
        **head,
    }
    return msgspec.convert(content, CaseFile, dec_hook=decode_hook)


def scope_of(case: CaseFile, subject: Act, calendar: WorkingCalendar, as_of: str = AS_OF) -> Scope:
    vocabulary: Vocabulary = standard_vocabulary()
    facts = CaseFacts(case, vocabulary, parse_moment(as_of))
    return Scope(facts, subject, limits(), calendar, laws())


def judged(
    require: dict[str, Any],
    acts: list[dict[str, Any]],
    calendar: WorkingCalendar,
    *,
    as_of: str = AS_OF,
    **head: Any,
) -> Verdict:
    """Return the verdict of a requirement on the first act."""
    case = case_of(acts, **head)
    verb = RequirementDocument.model_validate(require).verb
    verdict: Verdict = verb.judge(scope_of(case, case.acts[0], calendar, as_of))
    return verdict


@pytest.fixture
def scope(calendar: WorkingCalendar) -> Scope:
    case = case_of([{"id": "A1", "kind": "执法决定", "starts": "2024-03-01"}])
    return scope_of(case, case.acts[0], calendar)
