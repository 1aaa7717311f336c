from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.batch import Checker, Options, Unit, checker, key_of, line_checker
from adapters.reports.forms import FORMS, Look
from adapters.reports.grades import Grade
from benchmarks.manyfiles import SMALL
from casefiles.problems import ProblemsError
from engine.rulebook import Rulebook

OPTIONS = Options(date(2026, 6, 30), Look("ndjson"), only=("decision-published",))


@pytest.fixture(scope="module")
def small(rulebook: Rulebook) -> Checker:
    return Checker(OPTIONS, rulebook)


def unknown(key: int) -> None:
    return None


def line(check: Checker, unit: Unit) -> dict[str, object]:
    found: dict[str, object] = json.loads(check(unit, unknown).parts[0])
    return found


def test_a_cluster_needs_one_function_from_bytes_to_a_line() -> None:
    check = line_checker(pickle.loads(pickle.dumps(OPTIONS)))
    found = json.loads(check("hdfs://甲/1.json", SMALL.encode()))
    assert (found["file"], found["case"], found["counts"]["met"]) == (
        "hdfs://甲/1.json",
        "示例城执罚〔2024〕1号",
        1,
    )
    broken = json.loads(check("2.json", b"{"))
    assert (broken["case"], broken["findings"]) == (None, [])
    assert broken["error"]
    assert check("hdfs://甲/1.json", SMALL.encode()) == check("hdfs://甲/1.json", SMALL.encode())


def test_wrong_rules_are_told_before_the_first_case(tmp_path: Path) -> None:
    (tmp_path / "disclosure").mkdir()
    (tmp_path / "disclosure" / "a.yaml").write_text("id: b\n", encoding="utf-8")
    with pytest.raises(ProblemsError):
        checker(replace(OPTIONS, rules=str(tmp_path)))


def test_places_in_a_line_of_many_are_those_of_the_file(small: Checker) -> None:
    late = " ".join(SMALL.replace("2024-05-13", "2024-05-20").split())
    found = line(small, Unit(0, "x.ndjson", late.encode(), 17))
    assert found["line"] == 17
    places = [item for item in found["findings"][0]["evidence"] if "line" in item]  # type: ignore[index]
    assert {item["line"] for item in places} == {17}
    assert late[places[0]["column"] - 1 :].startswith(places[0]["quote"][:20])
    broken = line(small, Unit(0, "x.ndjson", b'{"number": 5}', 18))
    assert {problem["line"] for problem in broken["error"]} == {18}  # type: ignore[attr-defined]


def test_a_number_met_before_is_told_with_the_source_that_had_it(small: Checker) -> None:
    checked = small(Unit(0, "b.json", SMALL.encode()), {key_of("示例城执罚[2024]1号"): "a.json"}.get)
    assert "在 a.json 中已经有了" in checked.parts[0].decode()
    assert checked.key == key_of("示例城执罚〔2024〕1号")


def test_whatever_goes_wrong_in_a_case_becomes_its_result(
    small: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise MemoryError("太大")

    monkeypatch.setattr("adapters.batch.result_of", failing)
    checked = small(Unit(3, "a.json", SMALL.encode()), unknown)
    assert (checked.number, checked.failed, checked.unread) == (3, True, True)
    found = json.loads(checked.parts[0])
    assert found["failed"]
    assert "MemoryError: 太大" in found["error"][0]["text"]


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_wrong_in_writing_a_case_becomes_its_result(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    check = Checker(replace(OPTIONS, look=Look(form)), rulebook)
    parts_of = check._parts_of

    def failing(result: object, number: int) -> object:
        if getattr(result, "case", None):
            raise ValueError("写不出来")
        return parts_of(result, number)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "_parts_of", failing)
    checked = check(Unit(0, "a.json", SMALL.encode()), unknown)
    assert checked.failed
    assert "写不出来".encode() in b"".join(checked.parts)


def test_counts_follow_the_grades(small: Checker) -> None:
    late = SMALL.replace("2024-05-13", "2024-05-20")
    assert small(Unit(0, "a.json", late.encode()), unknown).tally == {Grade.MINOR: 1}


def test_digests_of_numbers_are_equal_for_ways_to_write_one() -> None:
    assert key_of("甲〔2024〕1号") == key_of("甲[2024]1号") != key_of("甲〔2024〕2号")
    assert 0 < key_of("\udc80") < 2**64
