"""What is cleared about other acts, on each side of every line: the day, the minute, the link, the fact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from engine.compiled.rulecode import ASK, KEPT, OUTSIDE
from engine.conditions import conditions_from
from engine.findings import Outcome
from engine.limituse import LimitUse
from engine.options import ActChoice
from engine.periods import parse_period
from engine.requirement import Not
from engine.selection import Concern, Selector
from engine.situations import Presence
from engine.truth import Truth
from engine.verbs.base import Verb
from engine.verbs.content import AtLeast, AtMost, FreeOf, OtherFact
from engine.verbs.duration import CoveredBy, Lasts
from engine.verbs.order import FollowedBy, NeverWith, PrecededBy, Within
from tests.engine.compiled.trial import (
    Acts,
    act,
    answers,
    basis,
    book,
    definition,
    file_of,
    is_kept,
    rule,
    said,
    situation,
)

SUBJECT, OTHER = "执法决定", "公示"
GOOD = conditions_from({"平台": "信用中国"})
Row = tuple[Verb, Acts, bool]


def one(starts: str | None = None, ends: str | None = None, **more: Any) -> dict[str, Any]:
    return act(SUBJECT, starts, ends, id=more.pop("id", "D"), **more)


def two(starts: str | None = None, ends: str | None = None, **more: Any) -> dict[str, Any]:
    return act(OTHER, starts, ends, id=more.pop("id", "N"), **more)


SHOWN: dict[str, Any] = {"facts": {"平台": "信用中国"}}
HIDDEN: dict[str, Any] = {"facts": {"平台": "其他"}}
MORE = one("2024-03-04", id="E")

AFTER = FollowedBy(act=(OTHER,))
IN_3 = FollowedBy(act=(OTHER,), within=parse_period("3 days"), roll_over=False)
IN_3_MOVED = FollowedBy(act=(OTHER,), within=parse_period("3 days"))
IN_5 = FollowedBy(act=(OTHER,), within=LimitUse("term"), roll_over=False)
IN_48_HOURS = FollowedBy(act=(OTHER,), within=LimitUse("hours"))
FROM_START = FollowedBy(act=(OTHER,), within=parse_period("3 days"), counted_from="starts")
AFTER_GOOD = FollowedBy(act=(OTHER,), where=GOOD)
AFTER_ANY = FollowedBy(act=(OTHER,), about=Concern.ANY)
FIRM: dict[str, Any] = {"parties": [{"name": "某公司", "kind": "法人"}]}

FOLLOWS: dict[str, Row] = {
    "the same day": (AFTER, [one("2024-03-04"), two("2024-03-04")], True),
    "the day before": (AFTER, [one("2024-03-04"), two("2024-03-03")], False),
    "the same minute": (AFTER, [one("2024-03-04T09:00"), two("2024-03-04T09:00")], True),
    "a minute before": (AFTER, [one("2024-03-04T09:00"), two("2024-03-04T08:59")], False),
    "a day of a known minute": (AFTER, [one("2024-03-04T09:00"), two("2024-03-04")], True),
    "before its end": (AFTER, [one("2024-03-04T09:00", "2024-03-04T10:00"), two("2024-03-04T09:59")], False),
    "at its end": (AFTER, [one("2024-03-04T09:00", "2024-03-04T10:00"), two("2024-03-04T10:00")], True),
    "that only ended after it": (AFTER, [one("2024-03-04"), two(None, "2024-03-05")], True),
    "that began before and ended after": (AFTER, [one("2024-03-04"), two("2024-03-01", "2024-03-05")], False),
    "without a day": (AFTER, [one("2024-03-04"), two()], False),
    "after an act without a day": (AFTER, [one(), two("2024-03-04")], False),
    "none": (AFTER, [one("2024-03-04")], False),
    "the last day": (IN_3, [one("2024-03-04"), two("2024-03-07")], True),
    "the day after the last": (IN_3, [one("2024-03-04"), two("2024-03-08")], False),
    "a second one in time": (
        IN_3,
        [one("2024-03-04"), two("2024-03-08"), two("2024-03-07", id="M")],
        True,
    ),
    "the Monday to which the end is moved": (IN_3_MOVED, [one("2024-03-07"), two("2024-03-11")], True),
    "the Tuesday after it": (IN_3_MOVED, [one("2024-03-07"), two("2024-03-12")], False),
    "an end that is not moved": (IN_3, [one("2024-03-07"), two("2024-03-11")], False),
    "counted from the end": (IN_3, [one("2024-03-04", "2024-03-05"), two("2024-03-08")], True),
    "counted from the start": (FROM_START, [one("2024-03-04", "2024-03-05"), two("2024-03-08")], False),
    "in time from the start": (FROM_START, [one("2024-03-04", "2024-03-05"), two("2024-03-07")], True),
    "counted from the start, but not ended": (FROM_START, [one(None, "2024-03-04"), two("2024-03-07")], True),
    "the last day of a limit": (IN_5, [one("2024-03-04"), two("2024-03-09")], True),
    "the day after a limit": (IN_5, [one("2024-03-04"), two("2024-03-10")], False),
    "a limit in hours": (IN_48_HOURS, [one("2024-03-04"), two("2024-03-04")], False),
    "one that fits": (AFTER_GOOD, [one("2024-03-04"), two("2024-03-05", **SHOWN)], True),
    "one that does not fit": (AFTER_GOOD, [one("2024-03-04"), two("2024-03-05", **HIDDEN)], False),
    "one that perhaps fits": (AFTER_GOOD, [one("2024-03-04"), two("2024-03-05")], False),
    "one that names it": (AFTER, [one("2024-03-04"), MORE, two("2024-03-05", about=["D"])], True),
    "one that names another": (AFTER, [one("2024-03-04"), MORE, two("2024-03-05", about=["E"])], False),
    "one that names none of several": (AFTER, [one("2024-03-04"), MORE, two("2024-03-05")], False),
    "any one, whomever it names": (
        AFTER_ANY,
        [one("2024-03-04"), MORE, two("2024-03-05", about=["E"])],
        True,
    ),
    "one that it names itself": (AFTER, [one("2024-03-04", about=["N"]), MORE, two("2024-03-05")], True),
}


@pytest.mark.parametrize("row", FOLLOWS)
def test_an_act_follows(row: str) -> None:
    verb, acts, kept = FOLLOWS[row]
    assert is_kept(verb, acts) is kept


def test_a_limit_that_is_not_set_clears_nothing() -> None:
    assert not is_kept(IN_5, [one("2024-03-04"), two("2024-03-04")], **FIRM)


def test_an_act_never_follows_itself() -> None:
    again = FollowedBy(act=(SUBJECT,), about=Concern.ANY)
    assert not is_kept(again, [one("2024-03-04")])
    assert is_kept(again, [one("2024-03-04"), one("2024-03-05", id="E")])


BEFORE = PrecededBy(act=(OTHER,))
SAME_DAY = PrecededBy(act=(OTHER,), same_day=True)
BEFORE_3 = PrecededBy(act=(OTHER,), at_least=parse_period("3 days"))
BEFORE_3_WORKED = PrecededBy(act=(OTHER,), at_least=parse_period("3 working days"))
BEFORE_5 = PrecededBy(act=(OTHER,), at_least=LimitUse("term"))
BEFORE_GOOD = PrecededBy(act=(OTHER,), where=GOOD)

PRECEDES: dict[str, Row] = {
    "the day before": (BEFORE, [one("2024-03-04"), two("2024-03-03")], True),
    "the same day": (BEFORE, [one("2024-03-04"), two("2024-03-04")], False),
    "the same day where it counts": (SAME_DAY, [one("2024-03-04"), two("2024-03-04")], True),
    "a minute before": (BEFORE, [one("2024-03-04T09:00"), two("2024-03-04T08:59")], True),
    "the same minute": (BEFORE, [one("2024-03-04T09:00"), two("2024-03-04T09:00")], False),
    "the same minute where the day counts": (
        SAME_DAY,
        [one("2024-03-04T09:00"), two("2024-03-04T09:00")],
        False,
    ),
    "a day of a known minute": (BEFORE, [one("2024-03-04T09:00"), two("2024-03-04")], False),
    "the day after": (SAME_DAY, [one("2024-03-04"), two("2024-03-05")], False),
    "that was over before": (BEFORE, [one("2024-03-04"), two("2024-03-01", "2024-03-03")], True),
    "that was not over": (BEFORE, [one("2024-03-04"), two("2024-03-01", "2024-03-05")], False),
    "before one that only has an end": (BEFORE, [one(None, "2024-03-04"), two("2024-03-03")], True),
    "without a day": (BEFORE, [one("2024-03-04"), two()], False),
    "before an act without a day": (SAME_DAY, [one(), two("2024-03-03")], False),
    "the last day that is early enough": (BEFORE_3, [one("2024-03-07"), two("2024-03-04")], True),
    "the day after it": (BEFORE_3, [one("2024-03-07"), two("2024-03-05")], False),
    "the third working day before": (BEFORE_3_WORKED, [one("2024-03-12"), two("2024-03-07")], True),
    "the second working day before": (BEFORE_3_WORKED, [one("2024-03-12"), two("2024-03-08")], False),
    "as early as a limit says": (BEFORE_5, [one("2024-03-09"), two("2024-03-04")], True),
    "a day later than a limit says": (BEFORE_5, [one("2024-03-09"), two("2024-03-05")], False),
    "early enough, of an act without a day": (BEFORE_3, [one(), two("2024-03-04")], False),
    "one that fits": (BEFORE_GOOD, [one("2024-03-04"), two("2024-03-03", **SHOWN)], True),
    "one that does not fit": (BEFORE_GOOD, [one("2024-03-04"), two("2024-03-03", **HIDDEN)], False),
    "one that perhaps fits": (BEFORE_GOOD, [one("2024-03-04"), two("2024-03-03")], False),
    "one that names another": (BEFORE, [one("2024-03-04"), MORE, two("2024-03-03", about=["E"])], False),
    "one that names it": (BEFORE, [one("2024-03-04"), MORE, two("2024-03-03", about=["D"])], True),
}


@pytest.mark.parametrize("row", PRECEDES)
def test_an_act_precedes(row: str) -> None:
    verb, acts, kept = PRECEDES[row]
    assert is_kept(verb, acts) is kept


COVERED = CoveredBy(act=("音像记录",), where=conditions_from({"形式": "视频"}))
VISIT = act("现场检查", "2024-03-04T09:00", "2024-03-04T10:00", id="D")
VIDEO: dict[str, Any] = {"facts": {"形式": "视频"}}


def film(starts: str, ends: str | None, **more: Any) -> dict[str, Any]:
    return act("音像记录", f"2024-03-04T{starts}", f"2024-03-04T{ends}" if ends else None, **(VIDEO | more))


COVERS: dict[str, Row] = {
    "to the minute": (COVERED, [VISIT, film("09:00", "10:00")], True),
    "a minute late": (COVERED, [VISIT, film("09:01", "10:00")], False),
    "a minute short": (COVERED, [VISIT, film("09:00", "09:59")], False),
    "in two parts that touch": (
        COVERED,
        [VISIT, film("09:00", "09:30", id="M"), film("09:30", "10:00", id="N")],
        True,
    ),
    "with a gap of one minute": (
        COVERED,
        [VISIT, film("09:00", "09:30", id="M"), film("09:31", "10:00", id="N")],
        False,
    ),
    "in parts told the other way round": (
        COVERED,
        [VISIT, film("09:30", "10:00", id="M"), film("09:00", "09:30", id="N")],
        True,
    ),
    "by what is no video": (COVERED, [VISIT, film("09:00", "10:00", facts={"形式": "音频"})], False),
    "by what is perhaps a video": (COVERED, [VISIT, film("09:00", "10:00", facts={})], False),
    "by one of unknown end": (COVERED, [VISIT, film("09:00", None)], False),
    "by nothing": (COVERED, [VISIT], False),
    "nothing, in no time": (COVERED, [{**VISIT, "ends": "2024-03-04T09:00"}], False),
    "in no time": (COVERED, [{**VISIT, "ends": "2024-03-04T09:00"}, film("12:00", "12:01")], False),
    "in no time, by one of that minute": (
        COVERED,
        [{**VISIT, "ends": "2024-03-04T09:00"}, film("09:00", "09:10")],
        True,
    ),
    "without a time": (COVERED, [{**VISIT, "starts": "2024-03-04"}, film("09:00", "10:00")], False),
    "by one that names it": (
        COVERED,
        [VISIT, {**VISIT, "id": "E"}, film("09:00", "10:00", about=["D"])],
        True,
    ),
    "by one that names none of several": (
        COVERED,
        [VISIT, {**VISIT, "id": "E"}, film("09:00", "10:00")],
        False,
    ),
}


@pytest.mark.parametrize("row", COVERS)
def test_recordings_cover(row: str) -> None:
    verb, acts, kept = COVERS[row]
    assert is_kept(verb, acts) is kept


NEVER = NeverWith(act=(OTHER,))
NEVER_GOOD = NeverWith(act=(OTHER,), where=GOOD)
NEVER_ANY = NeverWith(act=(OTHER,), about=Concern.ANY)
NOT_BEFORE = NeverWith(act=(OTHER,), before_only=True)
NOT_AFTER = NeverWith(act=(OTHER,), after_only=True)

NOTHING: dict[str, Row] = {
    "none at all": (NEVER, [one("2024-03-04")], True),
    "one": (NEVER, [one("2024-03-04"), two("2024-03-05")], False),
    "one that names another": (NEVER, [one("2024-03-04"), MORE, two("2024-03-05", about=["E"])], True),
    "one that names none of several": (NEVER, [one("2024-03-04"), MORE, two("2024-03-05")], False),
    "any one": (NEVER_ANY, [one("2024-03-04"), MORE, two("2024-03-05", about=["E"])], False),
    "one that does not fit": (NEVER_GOOD, [one("2024-03-04"), two("2024-03-05", **HIDDEN)], True),
    "one that perhaps fits": (NEVER_GOOD, [one("2024-03-04"), two("2024-03-05")], False),
    "one that fits": (NEVER_GOOD, [one("2024-03-04"), two("2024-03-05", **SHOWN)], False),
    "before: the day before": (NOT_BEFORE, [one("2024-03-04"), two("2024-03-03")], False),
    "before: the same day": (NOT_BEFORE, [one("2024-03-04"), two("2024-03-04")], False),
    "before: the day after": (NOT_BEFORE, [one("2024-03-04"), two("2024-03-05")], True),
    "before: the same minute": (NOT_BEFORE, [one("2024-03-04T09:00"), two("2024-03-04T09:00")], True),
    "before: a minute before": (NOT_BEFORE, [one("2024-03-04T09:00"), two("2024-03-04T08:59")], False),
    "before: begun before, over after": (
        NOT_BEFORE,
        [one("2024-03-04"), two("2024-03-01", "2024-03-05")],
        True,
    ),
    "before: without a day": (NOT_BEFORE, [one("2024-03-04"), two()], False),
    "before: of an act without a day": (NOT_BEFORE, [one(), two("2024-03-05")], False),
    "after: the day after": (NOT_AFTER, [one("2024-03-04"), two("2024-03-05")], False),
    "after: the same day": (NOT_AFTER, [one("2024-03-04"), two("2024-03-04")], False),
    "after: the day before": (NOT_AFTER, [one("2024-03-04"), two("2024-03-03")], True),
    "after: the same minute": (NOT_AFTER, [one("2024-03-04T09:00"), two("2024-03-04T09:00")], True),
    "after: a minute after": (NOT_AFTER, [one("2024-03-04T09:00"), two("2024-03-04T09:01")], False),
    "after: before the end": (NOT_AFTER, [one("2024-03-04", "2024-03-06"), two("2024-03-05")], True),
    "after, though before is written as well": (
        NeverWith(act=(OTHER,), after_only=True, before_only=True),
        [one("2024-03-04"), two("2024-03-05")],
        False,
    ),
    "after: perhaps another's": (NOT_AFTER, [one("2024-03-04"), MORE, two("2024-03-05")], False),
    "after: before it, perhaps another's": (NOT_AFTER, [one("2024-03-04"), MORE, two("2024-03-03")], True),
}


@pytest.mark.parametrize("row", NOTHING)
def test_nothing_of_a_choice_is_there(row: str) -> None:
    verb, acts, kept = NOTHING[row]
    assert is_kept(verb, acts) is kept


@pytest.mark.parametrize(("provides", "kept"), [(None, True), ([OTHER], True), ([SUBJECT], False)])
def test_nothing_is_there_only_where_the_source_could_have_told(
    provides: list[str] | None, kept: bool
) -> None:
    assert is_kept(NEVER, [one("2024-03-04")], provides=provides) is kept


LASTS = Lasts(at_most=parse_period("3 days"), roll_over=False)
LASTS_MOVED = Lasts(at_most=parse_period("3 days"))
LASTING: dict[str, Row] = {
    "to the last day": (LASTS, [one("2024-03-04", "2024-03-07")], True),
    "a day more": (LASTS, [one("2024-03-04", "2024-03-08")], False),
    "to a Sunday": (LASTS, [one("2024-03-07", "2024-03-11")], False),
    "to a Sunday that is moved": (LASTS_MOVED, [one("2024-03-07", "2024-03-11")], True),
    "a day more than moved": (LASTS_MOVED, [one("2024-03-07", "2024-03-12")], False),
    "without an end": (LASTS, [one("2024-03-04")], False),
    "without a start": (LASTS, [one(None, "2024-03-04")], False),
    "as long as a limit": (Lasts(at_most=LimitUse("term")), [one("2024-03-04", "2024-03-11")], True),
    "longer than a limit": (Lasts(at_most=LimitUse("term")), [one("2024-03-04", "2024-03-12")], False),
}


@pytest.mark.parametrize("row", LASTING)
def test_an_act_lasts(row: str) -> None:
    verb, acts, kept = LASTING[row]
    assert is_kept(verb, acts) is kept


def waited(**options: Any) -> Verb:
    of = ActChoice(act=(OTHER,), where=options.pop("where", conditions_from({})))
    return Not(verb=Within(period=parse_period("3 days"), of=of, **options))


WAITED = waited(roll_over=False)
WAITS: dict[str, Row] = {
    "to the day after the last": (WAITED, [one("2024-03-08"), two("2024-03-04")], True),
    "to the last day": (WAITED, [one("2024-03-07"), two("2024-03-04")], False),
    "past a Sunday that is moved": (waited(), [one("2024-03-12"), two("2024-03-07")], True),
    "to the Monday to which it is moved": (waited(), [one("2024-03-11"), two("2024-03-07")], False),
    "from each of several": (
        WAITED,
        [one("2024-03-08"), two("2024-03-03"), two("2024-03-04", id="M")],
        True,
    ),
    "from all but one": (WAITED, [one("2024-03-08"), two("2024-03-04"), two("2024-03-05", id="M")], False),
    "from the one before it": (
        WAITED,
        [one("2024-03-08"), two("2024-03-04"), two("2024-03-09", id="M")],
        True,
    ),
    "from one of the same day": (WAITED, [one("2024-03-08"), two("2024-03-08")], False),
    "from none": (WAITED, [one("2024-03-08")], False),
    "from one without a day": (WAITED, [one("2024-03-08"), two()], False),
    "without a day": (WAITED, [one(), two("2024-03-04")], False),
    "from the start": (WAITED, [one("2024-03-08"), two("2024-03-04", "2024-03-06")], True),
    "from the end": (
        waited(counted_from="ends", roll_over=False),
        [one("2024-03-08"), two("2024-03-04", "2024-03-06")],
        False,
    ),
    "from the end, long enough": (
        waited(counted_from="ends", roll_over=False),
        [one("2024-03-10"), two("2024-03-04", "2024-03-06")],
        True,
    ),
    "from one that fits": (
        waited(where=GOOD, roll_over=False),
        [one("2024-03-08"), two("2024-03-04", **SHOWN), two("2024-03-05", id="M", **HIDDEN)],
        True,
    ),
}


@pytest.mark.parametrize("row", WAITS)
def test_an_act_waits(row: str) -> None:
    verb, acts, kept = WAITS[row]
    assert is_kept(verb, acts) is kept


OTHERS = OtherFact(act=(OTHER,), fact="罚款金额")
OTHERS_GOOD = OtherFact(act=(OTHER,), fact="罚款金额", where=GOOD)


def fined(amount: Any, **more: Any) -> dict[str, Any]:
    return one("2024-03-08", facts={"罚款金额": amount} if amount is not None else {}, **more)


def told(day: str | None, amount: Any, name: str = "N", **facts: Any) -> dict[str, Any]:
    return two(day, id=name, facts=facts if amount is None else {"罚款金额": amount, **facts})


NUMBERS: dict[str, Row] = {
    "as much": (AtMost(fact="罚款金额", value=200), [fined(200)], True),
    "a cent more": (AtMost(fact="罚款金额", value=200), [fined(200.01)], False),
    "as little": (AtLeast(fact="罚款金额", value=200), [fined(200)], True),
    "a cent less": (AtLeast(fact="罚款金额", value=200), [fined(199.99)], False),
    "none, which silence denies": (AtMost(fact="罚款金额", value=200), [fined(None)], True),
    "none, which silence leaves open": (AtMost(fact="冻结金额", value=200), [one("2024-03-08")], False),
    "a flag": (AtMost(fact="罚款金额", value=200), [fined(True)], False),
    "as much as a limit": (AtMost(fact="罚款金额", value=LimitUse("most")), [fined(200)], True),
    "a cent more than a limit": (AtMost(fact="罚款金额", value=LimitUse("most")), [fined(200.01)], False),
    "as little as a limit": (AtLeast(fact="罚款金额", value=LimitUse("most")), [fined(200)], True),
    "a cent less than a limit": (AtLeast(fact="罚款金额", value=LimitUse("most")), [fined(199.99)], False),
    "as much as told": (AtMost(fact="罚款金额", value=OTHERS), [fined(200), told("2024-03-04", 200)], True),
    "more than told": (AtMost(fact="罚款金额", value=OTHERS), [fined(200), told("2024-03-04", 199)], False),
    "as much as told last": (
        AtMost(fact="罚款金额", value=OTHERS),
        [fined(200), told("2024-03-05", 200, "M"), told("2024-03-04", 100)],
        True,
    ),
    "as much as told first": (
        AtMost(fact="罚款金额", value=OTHERS),
        [fined(200), told("2024-03-04", 200), told("2024-03-05", 100, "M")],
        False,
    ),
    "told twice at once": (
        AtMost(fact="罚款金额", value=OTHERS),
        [fined(200), told("2024-03-04", 200), told("2024-03-04", 300, "M")],
        False,
    ),
    "told the same day": (AtMost(fact="罚款金额", value=OTHERS), [fined(200), told("2024-03-08", 200)], True),
    "told afterwards": (AtMost(fact="罚款金额", value=OTHERS), [fined(200), told("2024-03-09", 200)], False),
    "told on no day": (AtMost(fact="罚款金额", value=OTHERS), [fined(200), told(None, 200)], True),
    "told by a flag": (AtMost(fact="罚款金额", value=OTHERS), [fined(1), told("2024-03-04", True)], False),
    "told by one that fits": (
        AtMost(fact="罚款金额", value=OTHERS_GOOD),
        [fined(200), told("2024-03-04", 200, 平台="信用中国"), told("2024-03-05", 1, "M", 平台="其他")],
        True,
    ),
    "told by one that perhaps fits": (
        AtMost(fact="罚款金额", value=OTHERS_GOOD),
        [fined(200), told("2024-03-04", 200)],
        False,
    ),
    "told by nobody": (AtMost(fact="罚款金额", value=OTHERS), [fined(200)], False),
}


@pytest.mark.parametrize("row", NUMBERS)
def test_a_number_is(row: str) -> None:
    verb, acts, kept = NUMBERS[row]
    assert is_kept(verb, acts) is kept


@pytest.mark.parametrize(
    ("provides", "kept"), [(None, True), ([SUBJECT], True), ([f"{SUBJECT}.文号"], False), ([OTHER], False)]
)
def test_a_number_that_is_not_there_breaks_nothing_if_the_source_could_have_told(
    provides: list[str] | None, kept: bool
) -> None:
    assert is_kept(AtMost(fact="罚款金额", value=200), [fined(None)], provides=provides) is kept


def test_a_number_is_not_compared_with_a_limit_that_is_not_set() -> None:
    assert not is_kept(AtMost(fact="罚款金额", value=LimitUse("most")), [fined(1)], **FIRM)


FREE = FreeOf(items=("电话",))
FREE_OF_NAMES = FreeOf(items=("电话", "姓名"))
PHONE = "联系电话 13912345678。"
SHOWS: dict[str, Row] = {
    "an empty list": (FREE, [two(facts={"公示内容含": []})], True),
    "a list of other things": (FREE, [two(facts={"公示内容含": ["姓名"]})], True),
    "a list with it": (FREE, [two(facts={"公示内容含": ["电话"]})], False),
    "a list without the second": (FREE_OF_NAMES, [two(facts={"公示内容含": ["姓名"]})], False),
    "a text without it": (FREE, [two(facts={"公示文本": "罚款二百元。"})], True),
    "a text with it": (FREE, [two(facts={"公示文本": PHONE})], False),
    "a text in which not all can be found": (FREE_OF_NAMES, [two(facts={"公示文本": "罚款。"})], False),
    "a list without and a text with it": (FREE, [two(facts={"公示内容含": [], "公示文本": PHONE})], False),
    "a list without and a text without": (
        FREE_OF_NAMES,
        [two(facts={"公示内容含": [], "公示文本": ""})],
        True,
    ),
    "nothing": (FREE, [two(facts={})], False),
}


@pytest.mark.parametrize("row", SHOWS)
def test_a_publication_shows(row: str) -> None:
    verb, acts, kept = SHOWS[row]
    assert is_kept(verb, acts) is kept


MOMENTS = [
    None,
    "2024-03-04",
    "2024-03-04T09:00",
    "2024-03-04T09:01",
    "2024-03-05",
    "2024-03-08",
    "2024-03-09",
]
EXACT: dict[str, Verb] = {
    "follows": AFTER,
    "follows within": IN_3,
    "follows within, from the start": FROM_START,
    "follows within a limit": IN_5,
    "precedes": BEFORE,
    "precedes on the same day": SAME_DAY,
    "precedes by days": BEFORE_3,
    "precedes by working days": BEFORE_3_WORKED,
    "nothing": NEVER_GOOD,
    "nothing before": NOT_BEFORE,
    "nothing after": NOT_AFTER,
}


def grid() -> Iterator[Acts]:
    """Yield a decision and a notice, each at every moment, the notice with every length and link."""
    lengths = [(start, None) for start in MOMENTS] + [
        (None, "2024-03-05"),
        ("2024-03-04", "2024-03-08"),
        ("2024-03-04T09:00", "2024-03-05"),
    ]
    extras: list[dict[str, Any]] = [{}, {"about": ["D"]}, {"about": ["E"]}]
    for (start, end), (begun, over), extra, several in product(lengths, lengths, extras, (False, True)):
        platform = "信用中国" if begun != "2024-03-05" else "其他"
        acts = [one(start, end), two(begun, over, facts={"平台": platform}, **extra)]
        yield [*acts, MORE] if several else acts


@pytest.mark.parametrize("name", EXACT)
def test_what_is_cleared_is_exactly_what_the_verb_finds_kept(name: str) -> None:
    verb = EXACT[name]
    rulebook = book(rule(verb))
    seen = set()
    for acts in grid():
        file = file_of(acts, rulebook)
        subject = file.case.acts[0]
        (answer,) = answers(rulebook, file, subject)
        kept = said(rulebook, file, subject) is Outcome.MET
        assert (answer == KEPT) is kept, acts
        seen.add(kept)
    assert seen == {True, False}


HEARD = Selector((OTHER,))
HEARD_GOOD = Selector((OTHER,), GOOD)
ANYWHERE = Selector((OTHER,), about=Concern.ANY)
GOOD_ANYWHERE = Selector((OTHER,), GOOD, Concern.ANY)
DECIDED_ANYWHERE = Selector((SUBJECT,), conditions_from({"文号": "1"}), Concern.ANY)
FIRST: dict[str, Any] = {"facts": {"文号": "1"}}
OPEN: dict[str, Any] = {"facts": {"办案状态": "在办"}}
THERE: dict[str, tuple[Presence, Acts, dict[str, Any], Truth]] = {
    "one": (Presence(HEARD), [one("2024-03-04"), two("2024-03-05")], {}, True),
    "none in a closed file": (Presence(HEARD), [one("2024-03-04")], {}, False),
    "none in an open file": (Presence(HEARD), [one("2024-03-04")], OPEN, None),
    "none that the source could tell": (Presence(HEARD), [one("2024-03-04")], {"provides": [SUBJECT]}, None),
    "none through the day told": (
        Presence(HEARD),
        [one("2024-03-04")],
        {"facts": {"办案状态": "在办", "记录截至": "2024-03-04"}},
        False,
    ),
    "none through the day before": (
        Presence(HEARD),
        [one("2024-03-04")],
        {"facts": {"办案状态": "在办", "记录截至": "2024-03-03"}},
        None,
    ),
    "one that fits": (Presence(HEARD_GOOD), [one("2024-03-04"), two("2024-03-05", **SHOWN)], {}, True),
    "one that does not fit": (
        Presence(HEARD_GOOD),
        [one("2024-03-04"), two("2024-03-05", **HIDDEN)],
        {},
        False,
    ),
    "one that does not fit in an open file": (
        Presence(HEARD_GOOD),
        [one("2024-03-04"), two("2024-03-05", **HIDDEN)],
        OPEN,
        None,
    ),
    "one that perhaps fits": (Presence(HEARD_GOOD), [one("2024-03-04"), two("2024-03-05")], {}, None),
    "before: the day before": (Presence(HEARD, True), [one("2024-03-04"), two("2024-03-03")], {}, True),
    "before: the same day": (Presence(HEARD, True), [one("2024-03-04"), two("2024-03-04")], {}, True),
    "before: the day after": (Presence(HEARD, True), [one("2024-03-04"), two("2024-03-05")], {}, False),
    "before: a minute after": (
        Presence(HEARD, True),
        [one("2024-03-04T09:00"), two("2024-03-04T09:01")],
        {},
        False,
    ),
    "before: the same minute": (
        Presence(HEARD, True),
        [one("2024-03-04T09:00"), two("2024-03-04T09:00")],
        {},
        True,
    ),
    "before: over afterwards": (
        Presence(HEARD, True),
        [one("2024-03-04"), two("2024-03-01", "2024-03-05")],
        {},
        False,
    ),
    "before: without a day": (Presence(HEARD, True), [one("2024-03-04"), two()], {}, None),
    "before: an act without a day": (Presence(HEARD, True), [one(), two("2024-03-05")], {}, None),
    "one of several's": (Presence(HEARD), [one("2024-03-04"), MORE, two("2024-03-03")], {}, None),
    "another's": (Presence(HEARD), [one("2024-03-04"), MORE, two("2024-03-03", about=["E"])], {}, False),
    "before: after it, one of several's": (
        Presence(HEARD, True),
        [one("2024-03-04"), MORE, two("2024-03-05")],
        {},
        False,
    ),
    "anywhere: none": (Presence(ANYWHERE), [one("2024-03-04")], {}, False),
    "anywhere: one of several's": (
        Presence(ANYWHERE),
        [one("2024-03-04"), MORE, two("2024-03-03")],
        {},
        True,
    ),
    "anywhere: another's": (
        Presence(ANYWHERE),
        [one("2024-03-04"), MORE, two("2024-03-05", about=["E"])],
        {},
        True,
    ),
    "anywhere: without a day": (Presence(ANYWHERE), [one("2024-03-04"), two()], {}, True),
    "anywhere: of an act without a day": (Presence(ANYWHERE), [one(), two("2024-03-05")], {}, True),
    "anywhere: one that fits after one that does not": (
        Presence(GOOD_ANYWHERE),
        [one("2024-03-04"), two("2024-03-03", **HIDDEN), two("2024-03-05", id="M", **SHOWN)],
        {},
        True,
    ),
    "anywhere: one without a day that fits": (
        Presence(GOOD_ANYWHERE),
        [one("2024-03-04"), two(**SHOWN)],
        {},
        True,
    ),
    "anywhere: one that does not fit": (
        Presence(GOOD_ANYWHERE),
        [one("2024-03-04"), two("2024-03-03", **HIDDEN)],
        {},
        False,
    ),
    "anywhere: one that does not fit in an open file": (
        Presence(GOOD_ANYWHERE),
        [one("2024-03-04"), two("2024-03-03", **HIDDEN)],
        OPEN,
        None,
    ),
    "anywhere: one that perhaps fits": (
        Presence(GOOD_ANYWHERE),
        [one("2024-03-04"), two("2024-03-03")],
        {},
        None,
    ),
    "anywhere: one that perhaps fits and one that does": (
        Presence(GOOD_ANYWHERE),
        [one("2024-03-04"), two("2024-03-03"), two("2024-03-05", id="M", **SHOWN)],
        {},
        True,
    ),
    "anywhere before: the day before": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-03")],
        {},
        True,
    ),
    "anywhere before: the same day": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-04")],
        {},
        True,
    ),
    "anywhere before: the day after": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-05")],
        {},
        False,
    ),
    "anywhere before: the day after in an open file": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-05")],
        OPEN,
        None,
    ),
    "anywhere before: over afterwards": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-01", "2024-03-05")],
        {},
        False,
    ),
    "anywhere before: over afterwards, and a later one over before": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-01", "2024-03-05"), two("2024-03-02", "2024-03-03", id="M")],
        {},
        True,
    ),
    "anywhere before: only the last of the list in time": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-06"), two("2024-03-05", id="M"), two("2024-03-03", id="L")],
        {},
        True,
    ),
    "anywhere before: without a day": (Presence(ANYWHERE, True), [one("2024-03-04"), two()], {}, None),
    "anywhere before: without a day, and too late": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two(), two("2024-03-05", id="M")],
        {},
        None,
    ),
    "anywhere before: without a day, and in time": (
        Presence(ANYWHERE, True),
        [one("2024-03-04"), two(), two("2024-03-03", id="M")],
        {},
        True,
    ),
    "anywhere before: an act without a day": (
        Presence(ANYWHERE, True),
        [one(), two("2024-03-05")],
        {},
        None,
    ),
    "anywhere before: perhaps fits, in time": (
        Presence(GOOD_ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-03")],
        {},
        None,
    ),
    "anywhere before: perhaps fits, too late": (
        Presence(GOOD_ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-05")],
        {},
        False,
    ),
    "anywhere before: perhaps fits, without a day": (
        Presence(GOOD_ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-05"), two(id="M")],
        {},
        None,
    ),
    "anywhere before: perhaps fit, only the last of the list in time": (
        Presence(GOOD_ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-06"), two("2024-03-05", id="M"), two("2024-03-03", id="L")],
        {},
        None,
    ),
    "anywhere before: fits, too late, and perhaps fits, in time": (
        Presence(GOOD_ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-05", **SHOWN), two("2024-03-03", id="M")],
        {},
        None,
    ),
    "anywhere before: fits, too late, and does not fit, in time": (
        Presence(GOOD_ANYWHERE, True),
        [one("2024-03-04"), two("2024-03-05", **SHOWN), two("2024-03-03", id="M", **HIDDEN)],
        {},
        False,
    ),
    "anywhere: the act itself": (Presence(DECIDED_ANYWHERE), [one("2024-03-04", **FIRST)], {}, False),
    "anywhere: the act itself, perhaps": (Presence(DECIDED_ANYWHERE), [one("2024-03-04")], {}, False),
    "anywhere: the act itself, without a day": (Presence(DECIDED_ANYWHERE), [one(**FIRST)], {}, False),
    "anywhere: another of its kind": (
        Presence(DECIDED_ANYWHERE),
        [one("2024-03-04", **FIRST), one("2024-03-05", id="E", **FIRST)],
        {},
        True,
    ),
    "anywhere: another of its kind, perhaps": (
        Presence(DECIDED_ANYWHERE),
        [one("2024-03-04", **FIRST), one("2024-03-05", id="E")],
        {},
        None,
    ),
    "anywhere before: the act itself, and a later one of its kind": (
        Presence(DECIDED_ANYWHERE, True),
        [one("2024-03-04", **FIRST), one("2024-03-05", id="E", **FIRST)],
        {},
        False,
    ),
    "anywhere before: the act itself, and an earlier one of its kind": (
        Presence(DECIDED_ANYWHERE, True),
        [one("2024-03-04", **FIRST), one("2024-03-03", id="E", **FIRST)],
        {},
        True,
    ),
    "anywhere before: the act itself, and a later one of its kind, perhaps": (
        Presence(DECIDED_ANYWHERE, True),
        [one("2024-03-04", **FIRST), one("2024-03-05", id="E")],
        {},
        False,
    ),
}


@pytest.mark.parametrize("row", THERE)
def test_the_presence_of_acts_is_exact(row: str) -> None:
    presence, acts, head, truth = THERE[row]
    ground = situation(present=(presence,))
    rulebook = book(rule(NEVER_ANY, unless=(ground,)), definitions=(definition("当场作出", SUBJECT, ground),))
    file = file_of(acts, rulebook, **head)
    subject = file.case.acts[0]
    assert file.derived(subject, "当场作出") is truth
    assert ground.holds(file, subject, rulebook.limits) is truth
    (answer,) = answers(rulebook, file, subject)
    assert (answer == OUTSIDE) is (truth is True)
    if answer == ASK:
        assert said(rulebook, file, subject) is not Outcome.MET


def test_acts_of_a_file_are_each_told_by_their_own_day_whether_one_came_before() -> None:
    wanted = {"当场作出": [False, True, True], "社会影响": [False, False, True]}
    chosen = {"当场作出": ANYWHERE, "社会影响": GOOD_ANYWHERE}
    grounds = {name: situation(present=(Presence(one, True),)) for name, one in chosen.items()}
    rulebook = book(definitions=tuple(definition(name, SUBJECT, grounds[name]) for name in grounds))
    acts = [one("2024-03-04", id="D1"), one("2024-03-06", id="D2"), one("2024-03-08", id="D3")]
    file = file_of([*acts, two("2024-03-07", id="M", **SHOWN), two("2024-03-05", **HIDDEN)], rulebook)
    subjects = file.case.acts[:3]
    for name, ground in grounds.items():
        assert [file.derived(subject, name) for subject in subjects] == wanted[name]
        assert [ground.holds(file, subject, rulebook.limits) for subject in subjects] == wanted[name]


def test_a_situation_is_the_same_by_code_and_plainly_at_every_moment_of_both_acts() -> None:
    for before in (True, False):
        for ground in (
            situation(present=(Presence(HEARD, before),), basis=(basis("2024-03-05", "2024-03-08"),)),
            situation(present=(Presence(HEARD_GOOD, before),)),
            situation(present=(Presence(GOOD_ANYWHERE, before),)),
        ):
            rulebook = book(definitions=(definition("当场作出", SUBJECT, ground),))
            for acts in grid():
                for head in ({}, OPEN):
                    file = file_of(acts, rulebook, **head)
                    subject = file.case.acts[0]
                    found = file.derived(subject, "当场作出")
                    assert found is ground.holds(file, subject, rulebook.limits), acts
