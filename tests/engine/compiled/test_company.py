"""What is cleared about the people of acts, on each side of every line: who, how many, certified when."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest

from engine.compiled.rulecode import KEPT
from engine.conditions import conditions_from
from engine.findings import Outcome
from engine.requirement import Not
from engine.verbs.base import Verb
from engine.verbs.duration import NoOverlap
from engine.verbs.people import DoneBy, IndependentOf, SignedBy
from tests.engine.compiled.trial import Acts, act, answers, book, file_of, is_kept, rule, said

KIND, OTHER = "询问", "听证"
OFFICER, RECORDER = "执法人员", "记录人"
DAY = "2024-03-04"


def by(*parts: str) -> list[dict[str, str]]:
    """Return who took part: ``甲`` for somebody, ``甲/执法人员`` for somebody in a role."""
    return [
        {"person": name, **({"role": role} if role else {})}
        for name, _, role in (part.partition("/") for part in parts)
    ]


def asked(*parts: str, **more: Any) -> dict[str, Any]:
    return act(KIND, more.pop("starts", DAY), id=more.pop("id", "Q"), by=by(*parts), **more)


def person(ident: str, *roles: str, since: str | None = None, until: str | None = None, **more: Any) -> Any:
    found: dict[str, Any] = {"id": ident, "name": more.pop("name", ident), "roles": list(roles), **more}
    if since or until:
        days = {"valid_from": since, "valid_to": until}
        found["certificate"] = {"number": "1", **{key: day for key, day in days.items() if day}}
    return found


A, B = f"甲/{OFFICER}", f"乙/{OFFICER}"
TWO = DoneBy(role=(OFFICER,), at_least=2)
ONE = DoneBy(role=(OFFICER,))
ALL = DoneBy(role=(OFFICER,), every=True, certificate=True)
CERTIFIED = DoneBy(role=(OFFICER,), certificate=True)
VALID = person("甲", since="2024-03-04", until="2024-03-04")
VALID_B = person("乙", since="2024-01-01", until="2024-12-31")
STARTED = person("甲", since="2024-03-05", until="2024-12-31")
EXPIRED = person("甲", since="2024-01-01", until="2024-03-03")
ENDLESS = person("甲", since="2024-01-01")
LAWYER = DoneBy(role=(OFFICER,), where=conditions_from({"法律职业资格": True}))

Row = tuple[Verb, Acts, list[Any], bool]
DONE: dict[str, Row] = {
    "two where two are demanded": (TWO, [asked(A, B)], [], True),
    "one where two are demanded": (TWO, [asked(A)], [], False),
    "one twice where two are demanded": (TWO, [asked(A, A)], [], False),
    "two, one in another role": (TWO, [asked(A, f"乙/{RECORDER}")], [], False),
    "two, one without a role": (TWO, [asked(A, "乙")], [], False),
    "two, one in a role by the head": (TWO, [asked(A, "乙")], [person("乙", OFFICER)], True),
    "two, one of several roles": (TWO, [asked(A, "乙")], [person("乙", RECORDER, OFFICER)], True),
    "two, one in another role by the act than by the head": (
        TWO,
        [asked(A, f"乙/{RECORDER}")],
        [person("乙", OFFICER)],
        False,
    ),
    "one of two roles": (DoneBy(role=(OFFICER, RECORDER)), [asked(f"乙/{RECORDER}")], [], True),
    "nobody": (ONE, [asked()], [], False),
    "a certificate of that very day": (CERTIFIED, [asked(A)], [VALID], True),
    "a certificate that ended the day before": (CERTIFIED, [asked(A)], [EXPIRED], False),
    "a certificate that begins the day after": (CERTIFIED, [asked(A)], [STARTED], False),
    "a certificate without an end": (CERTIFIED, [asked(A)], [ENDLESS], False),
    "no certificate": (CERTIFIED, [asked(A)], [person("甲")], False),
    "a certificate on no day": (CERTIFIED, [act(KIND, id="Q", by=by(A))], [VALID], False),
    "one certified of two": (CERTIFIED, [asked(A, B)], [EXPIRED, VALID_B], True),
    "all certified": (ALL, [asked(A, B)], [VALID, VALID_B], True),
    "all but one certified": (ALL, [asked(A, B)], [EXPIRED, VALID_B], False),
    "all certified, but one perhaps": (ALL, [asked(A, B)], [ENDLESS, VALID_B], False),
    "all certified, one of unknown role": (ALL, [asked(A, "丙")], [VALID], False),
    "all certified, one of another role": (ALL, [asked(A, f"丙/{RECORDER}")], [VALID], True),
    "all of none": (ALL, [asked(f"丙/{RECORDER}")], [VALID], False),
    "who passed the examination": (
        LAWYER,
        [asked(A)],
        [person("甲", facts={"法律职业资格": True})],
        True,
    ),
    "who did not pass it": (LAWYER, [asked(A)], [person("甲", facts={"法律职业资格": False})], False),
    "who perhaps passed it": (LAWYER, [asked(A)], [person("甲")], False),
}


@pytest.mark.parametrize("row", DONE)
def test_an_act_is_done_by(row: str) -> None:
    verb, acts, persons, kept = DONE[row]
    assert is_kept(verb, acts, persons=persons) is kept


SHORT: dict[str, Row] = {
    "one where two are demanded": (Not(verb=TWO), [asked(A)], [], True),
    "two where two are demanded": (Not(verb=TWO), [asked(A, B)], [], False),
    "one, and one of another role": (Not(verb=TWO), [asked(A, f"乙/{RECORDER}")], [], True),
    "one, and one without a role": (Not(verb=TWO), [asked(A, "乙")], [], False),
    "one without a role twice": (Not(verb=TWO), [asked("乙", "乙")], [], False),
    "one, and again without a role": (Not(verb=TWO), [asked(A, "甲")], [], False),
    "nobody": (Not(verb=TWO), [asked()], [], False),
    "nobody of the role": (Not(verb=ONE), [asked(f"乙/{RECORDER}")], [], True),
    "one whose certificate had ended": (Not(verb=CERTIFIED), [asked(A)], [EXPIRED], True),
    "one whose certificate is unknown": (Not(verb=CERTIFIED), [asked(A)], [ENDLESS], False),
    "one whose certificate had ended, where all are demanded": (Not(verb=ALL), [asked(A)], [EXPIRED], False),
}


@pytest.mark.parametrize("row", SHORT)
def test_an_act_is_done_by_too_few(row: str) -> None:
    verb, acts, persons, kept = SHORT[row]
    assert is_kept(verb, acts, persons=persons) is kept


@pytest.mark.parametrize(
    ("provides", "kept"), [(None, True), ([KIND], True), ([f"{KIND}.地点"], False), (["送达"], False)]
)
def test_people_are_too_few_only_where_all_were_told(provides: list[str] | None, kept: bool) -> None:
    assert is_kept(Not(verb=TWO), [asked(A)], provides=provides) is kept


APART = IndependentOf(act=(OTHER,))
APART_AS = IndependentOf(act=(OTHER,), roles=(OFFICER,), other_roles=("听证主持人",))


def heard(*parts: str, **more: Any) -> dict[str, Any]:
    return act(OTHER, "2024-03-11", id=more.pop("id", "H"), by=by(*parts), **more)


KEPT_APART: dict[str, Row] = {
    "others": (APART, [asked("甲"), heard("乙")], [], True),
    "the same": (APART, [asked("甲", "丙"), heard("乙", "丙")], [], False),
    "the same in the second of two": (APART, [asked("甲"), heard("乙"), heard("甲", id="J")], [], False),
    "nobody on that side": (APART, [asked("甲"), heard()], [], True),
    "nobody on this side": (APART, [asked(), heard("乙")], [], False),
    "no such act": (APART, [asked("甲")], [], True),
    "another of the same name": (
        APART,
        [asked("甲"), heard("乙")],
        [person("甲", name="某甲"), person("乙", name="某甲")],
        False,
    ),
    "another named like the id of somebody unknown": (
        APART,
        [asked("甲"), heard("乙")],
        [person("乙", name="甲")],
        False,
    ),
    "in the roles that count": (APART_AS, [asked(A), heard("甲/听证主持人")], [], False),
    "in a role by another of its names": (APART_AS, [asked(A), heard("甲/主持听证人员")], [], False),
    "in a role that does not count there": (APART_AS, [asked(A), heard(f"甲/{RECORDER}")], [], True),
    "in a role that does not count here": (
        APART_AS,
        [asked(f"甲/{RECORDER}", B), heard("甲/听证主持人")],
        [],
        True,
    ),
    "nobody in the role here": (APART_AS, [asked(f"甲/{RECORDER}"), heard("甲/听证主持人")], [], False),
    "in the second of two roles of the head": (
        APART_AS,
        [asked(A), heard("甲")],
        [person("甲", RECORDER, "听证主持人")],
        False,
    ),
    "in two roles of the head that do not count": (
        APART_AS,
        [asked(A), heard("甲")],
        [person("甲", RECORDER, "翻译人员")],
        True,
    ),
}


@pytest.mark.parametrize("row", KEPT_APART)
def test_people_are_kept_apart(row: str) -> None:
    verb, acts, persons, kept = KEPT_APART[row]
    assert is_kept(verb, acts, persons=persons) is kept


SIGNED = SignedBy(who=("当事人", "见证人"))
EITHER = SignedBy(who=("当事人", "见证人"), any_of_them=True)
HANDS = ("签名", "盖章", "捺印", "电子签名", "其他方式确认", "拒签注明")
SIGNATURES = [None, True, False, "未确认", "", ["签名"], *HANDS]


@pytest.mark.parametrize("verb", [SIGNED, EITHER], ids=["both", "either"])
def test_what_counts_as_signed_is_cleared_and_nothing_else(verb: SignedBy) -> None:
    seen = 0
    for one, other in product(SIGNATURES, SIGNATURES):
        facts = {"当事人确认": one, "见证人确认": other}
        subject = asked(facts={name: value for name, value in facts.items() if value is not None})
        signed = [value is True or value in HANDS for value in (one, other)]
        wanted = any(signed) if verb.any_of_them else all(signed)
        assert is_kept(verb, [subject]) is wanted, facts
        seen += wanted
    assert 0 < seen < len(SIGNATURES) ** 2


FREE = NoOverlap(act=(KIND,), role=(OFFICER,))


def during(begin: str | None, end: str | None, *parts: str, **more: Any) -> dict[str, Any]:
    days = [f"{DAY}T{time}" if time and ":" in time else time for time in (begin, end)]
    return act(KIND, days[0], days[1], by=by(*(parts or (A,))), **more)


NINE = during("09:00", "10:00", id="Q")
OVERLAPS: dict[str, tuple[Acts, bool]] = {
    "no other": ([NINE], True),
    "afterwards": ([NINE, during("11:00", "12:00")], True),
    "right afterwards": ([NINE, during("10:00", "11:00")], True),
    "a minute before the end": ([NINE, during("09:59", "11:00")], False),
    "right before": ([NINE, during("08:00", "09:00")], True),
    "a minute after the start": ([NINE, during("08:00", "09:01")], False),
    "within": ([NINE, during("09:10", "09:20")], False),
    "around": ([NINE, during("08:00", "11:00")], False),
    "at the very same time": ([NINE, {**NINE, "id": "R"}], False),
    "of others": ([NINE, during("09:00", "10:00", B)], True),
    "of one of two": ([NINE, during("09:00", "10:00", B, A)], False),
    "of the same in another role": ([NINE, during("09:00", "10:00", f"甲/{RECORDER}")], True),
    "on that day without a time": ([NINE, during(DAY, None)], False),
    "on another day without a time": ([NINE, during("2024-03-05", None)], True),
    "of no day": ([NINE, during(None, None)], False),
    "of no start": ([NINE, during(None, "2024-03-01")], False),
    "of no end, begun before": ([NINE, during("08:00", None)], False),
    "of no end, begun within": ([NINE, during("09:30", None)], False),
    "within a long one, after a short one": (
        [NINE, during("08:00", "12:00", id="L"), during("08:10", "08:20", id="S")],
        False,
    ),
    "after a long one that another is in": (
        [during("13:00", "14:00", id="Q"), during("08:00", "12:00", id="L"), during("08:10", "08:20")],
        True,
    ),
}


@pytest.mark.parametrize("row", OVERLAPS)
def test_nobody_is_at_two_places_at_once(row: str) -> None:
    acts, kept = OVERLAPS[row]
    acts = [{**one, "id": f"{one['id']}{number}"} for number, one in enumerate(acts)]
    assert is_kept(FREE, acts) is kept


def test_a_subject_of_another_kind_is_left_to_the_verb() -> None:
    assert not is_kept(FREE, [heard(A), NINE])


def test_of_any_number_of_acts_none_that_overlaps_is_cleared_and_what_is_left_is_kept() -> None:
    rulebook = book(rule(FREE, kinds=(KIND,)))
    times = [
        ("09:00", "10:00"),
        ("09:30", "09:40"),
        ("10:00", "10:30"),
        ("09:50", "10:10"),
        ("08:00", "12:00"),
    ]
    for chosen in combinations(times, 3):
        for who in product((A, B), repeat=3):
            acts = [
                during(*span, name, id=f"Q{number}")
                for number, (span, name) in enumerate(zip(chosen, who, strict=True))
            ]
            file = file_of(acts, rulebook)
            for subject in file.case.acts:
                (answer,) = answers(rulebook, file, subject)
                assert (answer == KEPT) is (said(rulebook, file, subject) is Outcome.MET), acts


PEOPLE = [
    person("乙", OFFICER),
    VALID,
    person("丙", RECORDER, name="甲"),
    person("丁", OFFICER, until="2024-03-03"),
]
EXACT: dict[str, Verb] = {
    "two": TWO,
    "one certified": CERTIFIED,
    "all certified": ALL,
    "too few": Not(verb=TWO),
    "too few certified": Not(verb=DoneBy(role=(OFFICER,), at_least=2, certificate=True)),
    "apart": APART,
    "apart in roles": APART_AS,
}


def companies() -> Iterator[Acts]:
    """Yield an interview and a hearing with every company of up to three of these."""
    parts = ["甲", A, f"甲/{RECORDER}", "乙", "丙", f"丙/{OFFICER}", "丁", "戊"]
    mine = [chosen for count in (0, 1, 2, 3) for chosen in combinations(parts, count)]
    theirs = [(), ("乙",), ("甲/听证主持人",), ("丙",), ("戊/听证主持人", "丁")]
    for chosen, others in product([*mine, ("戊", "戊"), (B, "乙", "乙")], theirs):
        yield [asked(*chosen), heard(*others)]


@pytest.mark.parametrize("name", EXACT)
def test_of_every_company_exactly_that_is_cleared_which_the_verb_finds_kept(name: str) -> None:
    rulebook = book(rule(EXACT[name], kinds=(KIND,)))
    seen = set()
    for acts in companies():
        file = file_of(acts, rulebook, persons=PEOPLE)
        subject = file.case.acts[0]
        (answer,) = answers(rulebook, file, subject)
        kept = said(rulebook, file, subject) is Outcome.MET
        assert (answer == KEPT) is kept, acts
        seen.add(kept)
    assert seen == {True, False}
