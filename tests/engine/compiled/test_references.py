"""Days that periods reach, and values of limits: certain or not told, looked up once."""

from __future__ import annotations

from datetime import date

import pytest

from casefiles.moments import parse_moment
from engine.compiled.references import Counting, References
from engine.limits import Limits
from engine.limituse import LimitUse
from engine.periods import parse_period
from tests.engine.compiled.trial import LIMITS, act, file_of, limit, plain_weeks

COUNTED = [
    ("3 days", Counting.MOVED, "2024-03-04", "2024-03-07"),
    ("3 days", Counting.MOVED, "2024-03-06", "2024-03-11"),
    ("3 days", Counting.UNMOVED, "2024-03-06", "2024-03-09"),
    ("3 days", Counting.MOVED_LATEST, "2024-03-06", "2024-03-11"),
    ("3 days", Counting.UNMOVED_LATEST, "2024-03-06", "2024-03-09"),
    ("3 days", Counting.BACKWARDS, "2024-03-07", "2024-03-04"),
    ("3 working days", Counting.BACKWARDS, "2024-03-12", "2024-03-07"),
    ("3 working days", Counting.UNMOVED, "2024-03-07", "2024-03-12"),
    ("1 month", Counting.UNMOVED, "2024-01-31", "2024-02-29"),
    # In 2025 no day is known to be worked or off: what is certain lies as near as it can, or is unknown.
    ("3 days", Counting.MOVED, "2025-03-06", "2025-03-09"),
    ("3 days", Counting.UNMOVED_LATEST, "2025-03-06", "2025-03-09"),
    ("3 days", Counting.MOVED_LATEST, "2025-03-06", None),
    ("3 working days", Counting.UNMOVED, "2025-03-06", "2025-03-09"),
    ("3 working days", Counting.UNMOVED_LATEST, "2025-03-06", None),
    ("3 working days", Counting.BACKWARDS, "2025-03-06", None),
]


def day(text: str) -> int:
    return parse_moment(text).day


@pytest.mark.parametrize(("period", "counting", "start", "end"), COUNTED)
def test_a_period_reaches_a_day_that_is_certain(
    period: str, counting: Counting, start: str, end: str | None
) -> None:
    reach = References(LIMITS, plain_weeks()).days(parse_period(period), counting)
    for _ in range(2):
        found = reach(day(start))
        assert (None if found is None else date.fromordinal(found).isoformat()) == end


def test_what_a_period_or_limit_reaches_is_kept_by_period_and_counting() -> None:
    known = References(LIMITS, plain_weeks())
    three, four = parse_period("3 days"), parse_period("4 days")
    assert known.days(three, Counting.MOVED) is known.days(three, Counting.MOVED)
    assert known.days(three, Counting.MOVED) is not known.days(three, Counting.UNMOVED)
    assert known.fixed(three, Counting.MOVED) is known.fixed(three, Counting.MOVED)
    assert known.fixed(three, Counting.MOVED) is not known.fixed(four, Counting.MOVED)
    assert known.fixed(three, Counting.MOVED) is not known.fixed(three, Counting.UNMOVED)
    use = LimitUse("term")
    assert known.term(use, Counting.MOVED) is known.term(use, Counting.MOVED)
    assert known.term(use, Counting.MOVED) is not known.term(use, Counting.UNMOVED)
    assert known.term(use, Counting.MOVED) is not known.term(LimitUse("hours"), Counting.MOVED)
    assert known.bound(use) is known.bound(use)
    assert known.bound(use) is not known.bound(LimitUse("most"))


CHANGED = Limits(
    {
        "changed": limit(
            "changed",
            (100, {}),
            (200, {"field": "市场监管"}),
        )
    }
)


def test_the_value_of_a_limit_is_looked_up_once_for_each_day_of_a_head(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []
    find = Limits.find

    def counted(self: Limits, use: LimitUse, facts: object, subject: object) -> object:
        looked.append(use.id)
        return find(self, use, facts, subject)  # type: ignore[arg-type]

    monkeypatch.setattr(Limits, "find", counted)
    bound = References(CHANGED, plain_weeks()).bound(LimitUse("changed"))
    acts = [act("立案", "2024-03-01"), act("送达", "2024-03-01", "2024-04-01"), act("公示", "1999-12-31")]
    file = file_of([*acts, act("听证"), act("结案", None, "2024-03-01")], field="市场监管")
    assert [bound(file, one) for one in file.case.acts] == [200, 200, None, None, 200]
    assert [bound(file, one) for one in file.case.acts] == [200, 200, None, None, 200]
    assert len(looked) == 3


@pytest.mark.parametrize(
    ("name", "party", "counting", "end"),
    [
        ("term", "公民", Counting.UNMOVED, "2024-03-09"),
        ("term", "公民", Counting.MOVED, "2024-03-11"),
        ("term", "法人", Counting.MOVED, None),
        ("hours", "公民", Counting.MOVED, None),
    ],
)
def test_a_period_of_a_limit_reaches_a_day_where_it_is_set_and_counted_in_days(
    name: str, party: str, counting: Counting, end: str | None
) -> None:
    reach = References(LIMITS, plain_weeks()).term(LimitUse(name), counting)
    file = file_of([act("立案", "2024-03-04")], parties=[{"name": "某甲", "kind": party}])
    for _ in range(2):
        found = reach(file, file.case.acts[0], day("2024-03-04"))
        assert (None if found is None else date.fromordinal(found).isoformat()) == end
