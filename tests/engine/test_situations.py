"""What a presence finds, what leaves it open, and what only failed: an act that came too late."""

from __future__ import annotations

from typing import Any

import pytest

from casefiles.moments import parse_moment
from casefiles.terms import standard_vocabulary
from engine.conditions import conditions_from
from engine.facts import CaseFacts
from engine.selection import Concern, Selector
from engine.situations import Presence, Situation, is_present
from engine.truth import Truth
from tests.engine.conftest import AS_OF, case_of, limits

Acts = list[dict[str, Any]]
SHOWN, HIDDEN = {"平台": "信用中国"}, {"平台": "其他"}
GOOD = conditions_from(SHOWN)
ANY = Presence(Selector(("公示",), about=Concern.ANY))
ANY_GOOD = Presence(Selector(("公示",), GOOD, Concern.ANY))
BEFORE = Presence(Selector(("公示",), about=Concern.ANY), before=True)
GOOD_BEFORE = Presence(Selector(("公示",), GOOD, Concern.ANY), before=True)
OWN = Presence(Selector(("公示",)))
DECIDED_BEFORE = Presence(Selector(("执法决定",), about=Concern.ANY), before=True)


def shown(name: str, starts: str | None = None, ends: str | None = None, **facts: Any) -> dict[str, Any]:
    times = {"starts": starts, "ends": ends}
    return {"id": name, "kind": "公示", "facts": facts} | {key: day for key, day in times.items() if day}


def facts_of(acts: Acts, decided: str | None = "2024-03-04", **head: Any) -> CaseFacts:
    """Return a file with a decision D, of a day if there is one, and further acts."""
    decision = {"id": "D", "kind": "执法决定"} | ({"starts": decided} if decided else {})
    return CaseFacts(case_of([decision, *acts], **head), standard_vocabulary(), parse_moment(AS_OF))


Row = tuple[Presence, Acts, tuple[str | None, str | None, str | None]]
DECISIONS: dict[str, Row] = {
    "nothing": (ANY, [], (None, None, None)),
    "an act after it": (ANY, [shown("N", "2024-03-05")], ("N", None, None)),
    "the first that ended": (ANY, [shown("N", "2024-03-02"), shown("M", "2024-03-01")], ("M", None, None)),
    "an act without a day": (ANY, [shown("N")], ("N", None, None)),
    "of two the one with a day": (ANY, [shown("N"), shown("M", "2024-03-05")], ("M", None, None)),
    "an act that does not fit": (ANY_GOOD, [shown("N", "2024-03-01", **HIDDEN)], (None, None, None)),
    "an act that perhaps fits": (ANY_GOOD, [shown("N", "2024-03-01")], (None, "N", None)),
    "one that fits besides one that perhaps does": (
        ANY_GOOD,
        [shown("N", "2024-03-01"), shown("M", **SHOWN)],
        ("M", None, None),
    ),
    "before: the day before": (BEFORE, [shown("N", "2024-03-03")], ("N", None, None)),
    "before: the same day": (BEFORE, [shown("N", "2024-03-04")], ("N", None, None)),
    "before: too late": (BEFORE, [shown("N", "2024-03-05")], (None, None, "N")),
    "before: over too late": (BEFORE, [shown("N", "2024-03-01", "2024-03-05")], (None, None, "N")),
    "before: the last of the list in time": (
        BEFORE,
        [shown("N", "2024-03-06"), shown("M", "2024-03-05"), shown("L", "2024-03-03")],
        ("L", None, None),
    ),
    "before: without a day": (BEFORE, [shown("N")], (None, "N", None)),
    "before: without a day, and too late": (
        BEFORE,
        [shown("N"), shown("M", "2024-03-05")],
        (None, "N", None),
    ),
    "before: without a day, and in time": (
        BEFORE,
        [shown("N"), shown("M", "2024-03-03")],
        ("M", None, None),
    ),
    "before: perhaps fits, in time": (GOOD_BEFORE, [shown("N", "2024-03-03")], (None, "N", None)),
    "before: perhaps fits, too late": (GOOD_BEFORE, [shown("N", "2024-03-05")], (None, None, None)),
    "before: perhaps fits, without a day": (
        GOOD_BEFORE,
        [shown("N", "2024-03-05"), shown("M")],
        (None, "M", None),
    ),
    "before: perhaps fit, the last of the list in time": (
        GOOD_BEFORE,
        [shown("N", "2024-03-05"), shown("M", "2024-03-03")],
        (None, "M", None),
    ),
    "before: fits, too late, and perhaps fits, in time": (
        GOOD_BEFORE,
        [shown("N", "2024-03-05", **SHOWN), shown("M", "2024-03-03")],
        (None, "M", None),
    ),
    "before: fits, too late, and perhaps fits, too late": (
        GOOD_BEFORE,
        [shown("N", "2024-03-06", **SHOWN), shown("M", "2024-03-05")],
        (None, None, "N"),
    ),
    "that of another, if it must concern the act": (
        OWN,
        [{"id": "E", "kind": "执法决定"}, shown("N", "2024-03-05") | {"about": ["E"]}],
        (None, None, None),
    ),
    "that of another, if any will do": (
        ANY,
        [{"id": "E", "kind": "执法决定"}, shown("N", "2024-03-05") | {"about": ["E"]}],
        ("N", None, None),
    ),
    "before: only the act itself": (DECIDED_BEFORE, [], (None, None, None)),
    "before: a later one of its kind": (
        DECIDED_BEFORE,
        [{"id": "E", "kind": "执法决定", "starts": "2024-03-05"}],
        (None, None, "E"),
    ),
    "before: an earlier one of its kind": (
        DECIDED_BEFORE,
        [{"id": "E", "kind": "执法决定", "starts": "2024-03-03"}],
        ("E", None, None),
    ),
}


@pytest.mark.parametrize("row", DECISIONS)
def test_a_presence_comes_to(row: str) -> None:
    presence, acts, wanted = DECISIONS[row]
    facts = facts_of(acts)
    # Twice: what was looked up once is kept with the file.
    for _ in range(2):
        decision = presence.decide(facts, facts.case.acts[0], limits())
        found = (decision.found, decision.open, decision.failed)
        assert tuple(act and act.id for act in found) == wanted


def test_an_act_without_a_day_leaves_open_whether_another_came_before() -> None:
    facts = facts_of([shown("N", "2024-03-05")], decided=None)
    decision = BEFORE.decide(facts, facts.case.acts[0], limits())
    assert (decision.found, decision.open) == (None, facts.case.acts[1])


@pytest.mark.parametrize(
    ("presence", "acts", "truth", "lacking"),
    [
        (BEFORE, [shown("N", "2024-03-05")], False, []),
        (BEFORE, [shown("N")], None, ["日期"]),
        (GOOD_BEFORE, [shown("N", "2024-03-03")], None, ["平台"]),
        (GOOD_BEFORE, [shown("N", "2024-03-03", **SHOWN)], True, []),
        (GOOD_BEFORE, [shown("N", "2024-03-03", **HIDDEN)], False, []),
    ],
)
def test_an_open_presence_names_what_would_settle_it(
    presence: Presence, acts: Acts, truth: Truth, lacking: list[str]
) -> None:
    facts = facts_of(acts)
    subject = facts.case.acts[0]
    assert is_present(presence, facts, subject, limits()) is truth
    unsettled = Situation("示例情形", (), present=(presence,)).unsettled(facts, subject, limits())
    assert len(unsettled) == len(lacking)
    assert all(name in str(one) for name, one in zip(lacking, unsettled, strict=True))


def test_while_a_case_is_open_an_act_that_came_too_late_does_not_prove_that_none_came_before() -> None:
    facts = facts_of([shown("N", "2024-03-05")], facts={"办案状态": "在办"})
    assert is_present(BEFORE, facts, facts.case.acts[0], limits()) is None
