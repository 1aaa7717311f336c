"""Generated code finds the acts that concern a subject, and those that may, as ``Selector`` does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from casefiles.model import Act
from engine.compiled.choices import Choice, concerned, doubtful
from engine.conditions import conditions_from
from engine.facts import CaseFacts
from engine.selection import Concern, Selector
from engine.truth import Truth
from tests.engine.compiled.trial import LIMITS, act, file_of

SUBJECT, OTHER = "执法决定", "公示"
WHERE = conditions_from({"平台": "信用中国"})
PLATFORMS = ("信用中国", "其他", None)
"""What fits, what does not, and silence, which here proves nothing."""


def fits(file: CaseFacts, other: Act) -> Truth:
    return WHERE.holds(file, other, LIMITS)


def chosen(file: CaseFacts, subject: Act, choice: Choice) -> tuple[list[str], list[str]]:
    """Return the ids of the acts that certainly and that perhaps are meant, each named once."""
    alone = len(file.by_kind[file.kind_of(subject)]) == 1
    found = concerned(file, subject, alone, choice)
    certain = {other.id for other in found if choice.fits(file, other) is True}
    return sorted(certain), sorted({other.id for other in doubtful(file, subject, alone, choice)})


def expected(file: CaseFacts, subject: Act, choice: Choice) -> tuple[list[str], list[str]]:
    about = Concern.ANY if choice.any_act else Concern.SUBJECT
    where = WHERE if choice.where else type(WHERE)()
    candidates = list(Selector(choice.kinds, where, about).candidates(file, subject, LIMITS))
    return (
        sorted(other.id for other, truth in candidates if truth is True),
        sorted(other.id for other, truth in candidates if truth is None),
    )


def files() -> Iterator[CaseFacts]:
    """Yield files of one or two decisions and two notices, with every pattern of links among them."""
    links: list[list[str]] = [[], ["D"], ["E"], ["D", "E"], ["B"], ["L"], ["gone"]]
    own: list[list[str]] = [[], ["B"], ["L"], ["E"]]
    for several, first, second, mine in product((False, True), links, links, own):
        acts = [
            act(SUBJECT, "2024-03-05", id="D", about=mine),
            act(OTHER, "2024-03-06", id="B", about=[name for name in first if name != "B"]),
            act(OTHER, "2024-03-07", id="C", about=second, facts={"平台": "信用中国"}),
            act("立案", "2024-03-01", id="L"),
        ]
        if several:
            acts.append(act(SUBJECT, "2024-03-08", id="E"))
        for platform in PLATFORMS:
            acts[1] = {**acts[1], "facts": {"平台": platform} if platform else {}}
            yield file_of(acts)


@pytest.fixture(scope="module")
def linked() -> list[CaseFacts]:
    return list(files())


@pytest.mark.parametrize("kinds", [(OTHER,), (OTHER, "立案"), (SUBJECT,), (OTHER, SUBJECT)], ids="、".join)
@pytest.mark.parametrize("any_act", [False, True], ids=["that concern it", "of any kind"])
@pytest.mark.parametrize("where", [None, fits], ids=["whatever they say", "that say so"])
def test_every_pattern_of_links_is_followed_exactly(
    kinds: tuple[str, ...], any_act: bool, where: Any, linked: list[CaseFacts]
) -> None:
    choice = Choice(kinds, any_act, where)
    for file in linked:
        for subject in file.by_kind[SUBJECT]:
            links = {one.id: one.about for one in file.case.acts}
            assert chosen(file, subject, choice) == expected(file, subject, choice), (subject.id, links)


def file_with(*others: dict[str, Any], subjects: int = 1) -> CaseFacts:
    decisions = [act(SUBJECT, "2024-03-05", id=f"D{number}") for number in range(1, subjects + 1)]
    return file_of([*decisions, *others])


NAMES_IT = act(OTHER, id="N", about=["D1"])
NAMES_THE_OTHER = act(OTHER, id="N", about=["D2"])
NAMES_NONE = act(OTHER, id="N")
ROWS = {
    "one that names the subject": (2, NAMES_IT, (["N"], [])),
    "one that names another": (2, NAMES_THE_OTHER, ([], [])),
    "one that names none, where there are several": (2, NAMES_NONE, ([], ["N"])),
    "one that names none, where there is no other": (1, NAMES_NONE, (["N"], [])),
    "one that names what is not in the file": (1, NAMES_THE_OTHER, (["N"], [])),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_link_decides_whom_an_act_concerns(row: str) -> None:
    count, other, told = ROWS[row]
    file = file_with(other, subjects=count)
    assert chosen(file, file.case.acts[0], Choice((OTHER,), False, None)) == told


def test_two_acts_that_name_different_acts_of_one_kind_are_apart() -> None:
    acts = [
        act(SUBJECT, "2024-03-05", id="D", about=["I"]),
        act("询问", "2024-03-01", id="I"),
        act("询问", "2024-03-01", id="J"),
        act(OTHER, "2024-03-06", id="N", about=["J"]),
        act(OTHER, "2024-03-06", id="M", about=["I"]),
    ]
    file = file_of(acts)
    assert chosen(file, file.case.acts[0], Choice((OTHER,), False, None)) == (["M"], [])


def test_what_a_choice_found_is_looked_up_once() -> None:
    file = file_with(NAMES_IT, subjects=2)
    subject, choice = file.case.acts[0], Choice((OTHER,), False, None)
    assert concerned(file, subject, False, choice) is concerned(file, subject, False, choice)
    assert concerned(file, subject, False, Choice(("送达",), False, None)) == []


@pytest.mark.parametrize("subjects", [1, 2])
def test_an_act_is_never_among_those_that_concern_it(subjects: int) -> None:
    file = file_with(subjects=subjects)
    subject = file.case.acts[0]
    for any_act in (True, False):
        found = concerned(file, subject, subjects == 1, Choice((SUBJECT,), any_act, None))
        assert subject.id not in [one.id for one in found]
