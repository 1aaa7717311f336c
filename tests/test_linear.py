"""Cost grows with the input and no faster: counted in lines run, since times differ from day to day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from benchmarks.growing import content, rules_times
from casefiles.model import CaseFile, decode_hook
from casefiles.moments import parse_moment
from engine.check import check, outcomes
from engine.rulebook import Rulebook

AS_OF = parse_moment("2026-06-30")
SIZES, LARGE = (40, 80, 160), (160, 320, 640)
Data = dict[str, Any]


def lines(work: Callable[[], object]) -> int:
    """Return how many lines of Python some work runs, every turn of a loop counted."""
    counted = 0

    def count(frame: Any, event: str, argument: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted


def checked(case: CaseFile, rulebook: Rulebook) -> None:
    list(check(case, rulebook, AS_OF))


def case_of(data: Data) -> CaseFile:
    return msgspec.convert(data, CaseFile, dec_hook=decode_hook)


def silent(acts: int) -> Data:
    """Return a case in which no recording tells what it concerns."""
    data = content(acts)
    for act in data["acts"]:
        act.pop("about", None)
    return data


def with_acts(acts: list[Data], **head: Any) -> Data:
    """Return the smallest case of the usual shape with these acts besides."""
    data = content(6)
    return data | {"acts": [*data["acts"], *acts]} | head


ASKED_ALONE = {"facts": {"个别询问": True}}
OFFICERS = [{"person": "P1", "role": "执法人员"}, {"person": "P2", "role": "执法人员"}]
INSPECTION = {"id": "I", "kind": "现场检查", "by": OFFICERS}
INSPECTION |= {"starts": "2024-03-05T08:00", "ends": "2024-03-05T18:40"}


def clock(minutes: int) -> str:
    """Return a time of day, from eight in the morning on, as many days later as it takes."""
    day, minute = divmod(minutes, 600)
    return f"2024-03-{5 + day:02}T{8 + minute // 60:02}:{minute % 60:02}"


def recordings(count: int, *, linked: bool, covering: bool = True) -> Data:
    """Return one inspection with ever more recordings of a minute each."""
    about = {"about": ["I"]} if linked else {}
    facts = {"形式": "视频" if covering else "音频"}
    films = [
        {"id": f"V{n}", "kind": "音像记录", "starts": clock(n), "ends": clock(n + 1), "facts": facts} | about
        for n in range(count)
    ]
    return with_acts([INSPECTION, *films])


def interviews(count: int, step: int, length: int) -> Data:
    """Return interviews by the same officers, one every so many minutes, each so long."""
    return with_acts(
        [
            {"id": f"Q{n}", "kind": "询问", "by": OFFICERS, **ASKED_ALONE}
            | {"starts": clock(n * step), "ends": clock(n * step + length)}
            for n in range(count)
        ]
    )


def notices(count: int, *, linked: bool) -> Data:
    """Return ever more decisions, each told, served and published, with links or without."""
    acts: list[Data] = []
    for n in range(count // 4):
        about = {"about": [f"D{n}"]} if linked else {}
        acts += [
            {"id": f"N{n}", "kind": "事先告知", "starts": "2024-04-01"} | about,
            {"id": f"D{n}", "kind": "执法决定", "starts": "2024-04-15", "facts": {"罚款金额": 5000}},
            {"id": f"S{n}", "kind": "送达", "starts": "2024-04-16"} | about,
            {"id": f"P{n}", "kind": "公示", "starts": "2024-04-17"} | about,
        ]
    return with_acts(acts)


def served(count: int, *, linked: bool) -> Data:
    """Return one decision that is served and published again and again."""
    about = {"about": ["A3"]} if linked else {}
    kinds = ("送达", "公示")
    acts = [{"id": f"S{n}", "kind": kinds[n % 2], "starts": "2024-04-20"} | about for n in range(count)]
    return with_acts(acts)


def persons(count: int) -> Data:
    """Return interviews each by two other officers, and a hearing that all of them attend."""
    certificate = {"number": "1", "valid_from": "2023-01-01", "valid_to": "2027-12-31"}
    people = [
        {"id": f"P{n}", "name": f"某{n}", "roles": ["执法人员"], "certificate": certificate}
        for n in range(count)
    ]
    acts = [
        {"id": f"Q{n}", "kind": "询问", "starts": clock(n), "ends": clock(n + 1), **ASKED_ALONE}
        | {"by": [{"person": f"P{n}"}, {"person": f"P{n + 1}"}]}
        for n in range(0, count - 1, 2)
    ]
    hearing = {
        "id": "H",
        "kind": "听证",
        "starts": "2024-04-10",
        "by": [{"person": one["id"]} for one in people],
    }
    return with_acts([*acts, hearing], persons=people)


SHAPES: dict[str, Callable[[int], Data]] = {
    "interviews and recordings": content,
    "interviews and recordings without links": silent,
    "recordings of one inspection": lambda n: recordings(n, linked=True),
    "recordings of one inspection without links": lambda n: recordings(n, linked=False),
    "recordings of one inspection that cover nothing": lambda n: recordings(n, linked=True, covering=False),
    "interviews one after the other": lambda n: interviews(n, 15, 15),
    "interviews with breaks": lambda n: interviews(n, 20, 15),
    "interviews at the same time": lambda n: interviews(n, 0, 20),
    "decisions with notices": lambda n: notices(n, linked=True),
    "decisions with notices without links": lambda n: notices(n, linked=False),
    "notices of one decision": lambda n: served(n, linked=True),
    "notices of one decision without links": lambda n: served(n, linked=False),
    "persons": persons,
}


@pytest.fixture(scope="module")
def compiled(rulebook: Rulebook) -> Rulebook:
    book = replace(rulebook)
    book.evaluator.compile()
    list(check(case_of(content(40)), book, AS_OF))
    return book


def doubles(costs: list[int]) -> list[float]:
    return [larger / smaller for smaller, larger in zip(costs, costs[1:], strict=False)]


@pytest.mark.parametrize("build", [content, silent], ids=["with links", "without links"])
def test_twice_the_acts_cost_at_most_twice_the_work_without_generated_code(
    build: Callable[[int], Data], rulebook: Rulebook
) -> None:
    costs = []
    for size in (40, 80, 160, 320):
        case, book = case_of(build(size)), replace(rulebook)
        costs.append(lines(partial(checked, case, book)))
    assert max(doubles(costs)) <= 2.1, costs


def grows_with_acts(shape: str, rulebook: Rulebook, sizes: tuple[int, ...]) -> None:
    """Hold outcomes alone, and findings, to twice the work for twice the acts."""
    cases = [case_of(SHAPES[shape](size)) for size in sizes]
    judged = [lines(partial(outcomes, case, rulebook, AS_OF)) for case in cases]
    assert max(doubles(judged)) <= 2.1, judged
    told = [lines(partial(checked, case, rulebook)) for case in cases]
    assert max(doubles(told)) <= 2.1, told


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_acts_cost_at_most_twice_the_work(shape: str, compiled: Rulebook) -> None:
    grows_with_acts(shape, compiled, SIZES)


# Where many decisions and many notices name nobody, a verb that counts from one looks at all of them.
LARGE_SHAPES = [shape for shape in SHAPES if shape != "decisions with notices without links"]


@pytest.mark.long
@pytest.mark.parametrize("shape", LARGE_SHAPES)
def test_twice_very_many_acts_cost_at_most_twice_the_work(shape: str, compiled: Rulebook) -> None:
    grows_with_acts(shape, compiled, LARGE)


@pytest.mark.parametrize("count", [10, 40, 150])
def test_twice_the_rules_cost_at_most_twice_the_work(count: int, rulebook: Rulebook) -> None:
    case, some = case_of(content(40)), rules_times(rulebook, count)
    again = tuple(replace(rule, id=f"{rule.id}-again") for rule in some.rules)
    costs = []
    for book in (some, replace(some, rules=some.rules + again)):
        book.evaluator.compile()
        list(check(case, book, AS_OF))
        costs.append(lines(partial(checked, case, book)))
    assert doubles(costs)[0] <= 2.1, costs
