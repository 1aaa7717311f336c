from __future__ import annotations

from typing import Any

import pytest

from casefiles.moments import parse_moment
from casefiles.terms import standard_vocabulary
from engine.conditions import OPERATORS, ConditionError, conditions_from
from engine.facts import CaseFacts
from engine.truth import Truth
from tests.engine.conftest import case_of, limits

ABSENT: dict[str, Any] = {}
FINE = {"罚款金额": 200}
KINDS = {"处罚种类": ["罚款", "没收违法所得"]}

TABLE: list[tuple[dict[str, Any], dict[str, Any], Truth]] = [
    ({"罚款金额": 200}, FINE, True),
    ({"罚款金额": 100}, FINE, False),
    ({"罚款金额": {"is_not": 200}}, FINE, False),
    ({"罚款金额": {"is_not": 200}}, ABSENT, True),
    ({"罚款金额": [100, 200]}, FINE, True),
    ({"罚款金额": {"none_of": [100, 200]}}, FINE, False),
    ({"罚款金额": {"at_least": 200}}, FINE, True),
    ({"罚款金额": {"at_least": 200.01}}, FINE, False),
    ({"罚款金额": {"at_least": 1}}, ABSENT, False),
    ({"罚款金额": {"at_most": 200}}, FINE, True),
    ({"罚款金额": {"more_than": 200}}, FINE, False),
    ({"罚款金额": {"more_than": 199}}, FINE, True),
    ({"罚款金额": {"less_than": 200}}, FINE, False),
    ({"罚款金额": {"less_than": 201}}, FINE, True),
    ({"罚款金额": {"at_least": 100, "at_most": 150}}, FINE, False),
    ({"罚款金额": {"given": True}}, FINE, True),
    ({"罚款金额": {"given": False}}, ABSENT, True),
    ({"罚款金额": {"at_least": {"limit": "most"}}}, FINE, True),
    ({"罚款金额": {"at_least": {"limit": "most"}}}, ABSENT, False),
    ({"处罚种类": {"includes": ["罚款"]}}, KINDS, True),
    ({"处罚种类": {"includes": ["罚款", "警告"]}}, KINDS, False),
    ({"处罚种类": {"includes_any": ["罚款", "警告"]}}, KINDS, True),
    ({"处罚种类": {"excludes": ["警告"]}}, KINDS, True),
    ({"处罚种类": {"excludes": ["罚款"]}}, KINDS, False),
    ({"处罚种类": {"includes": ["罚款"]}}, ABSENT, None),
    ({"决定类型": {"says": "行政处罚"}}, ABSENT, False),
    ({"决定类型": {"says": "行政处罚"}}, {"决定类型": "行政处罚"}, True),
    ({"决定类型": "行政处罚"}, ABSENT, None),
    ({"决定类型": "行政处罚", "当场作出": True}, ABSENT, False),
    ({"限制期限届满日": {"not_before": "2024-05-01"}}, {"限制期限届满日": "2024-05-01"}, True),
    ({"限制期限届满日": {"not_before": "2024-05-02"}}, {"限制期限届满日": "2024-05-01"}, False),
]


@pytest.mark.parametrize(("written", "facts", "expected"), TABLE)
def test_a_condition_holds_or_not_or_is_unknown(
    written: dict[str, Any], facts: dict[str, Any], expected: Truth
) -> None:
    case = case_of([{"id": "D", "kind": "执法决定", "starts": "2024-04-30", "facts": facts}])
    known = CaseFacts(case, standard_vocabulary(), parse_moment("2024-12-31"))
    conditions = conditions_from(written)
    assert conditions.holds(known, case.acts[0], limits()) is expected
    assert (
        bool(conditions.unsettled(known, case.acts[0], limits())) is (expected is None) or expected is False
    )
    if expected is False:
        assert conditions.failing(known, case.acts[0], limits())


def test_every_operator_but_those_of_the_head_is_shown() -> None:
    shown = {
        word
        for written, _, _ in TABLE
        for wanted in written.values()
        for word in (wanted if isinstance(wanted, dict) else ["one_of" if isinstance(wanted, list) else "is"])
    }
    assert set(OPERATORS) - shown == {"begins_with", "one_of", "is"} - shown


@pytest.mark.parametrize(
    ("region", "wanted", "expected"),
    [
        ("内蒙古自治区赤峰市", "内蒙古", True),
        ("内蒙古自治区赤峰市", ["四川", "内蒙古"], True),
        ("四川省广元市", "内蒙古", False),
        (None, "内蒙古", None),
    ],
)
def test_a_region_lies_in_what_its_name_begins_with(region: str | None, wanted: Any, expected: Truth) -> None:
    case = case_of([], **({"region": region} if region else {}))
    known = CaseFacts(case, standard_vocabulary(), parse_moment("2024-12-31"))
    assert conditions_from({"region": wanted}).holds(known, None, limits()) is expected


@pytest.mark.parametrize("written", [{"罚款金额": {"above": 1}}, {"罚款金额": {"at_least": "多"}}])
def test_a_condition_that_cannot_be_names_the_culprit(written: dict[str, Any]) -> None:
    with pytest.raises(ConditionError) as caught:
        conditions_from(written)
    assert caught.value.path == ("罚款金额", next(iter(written["罚款金额"])))
