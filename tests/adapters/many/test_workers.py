from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from adapters.batch import Checker, Options, Unit, checker
from adapters.many.errors import WorkersError
from adapters.many.workers import BYTES_AHEAD, CHUNK, Workers
from adapters.reports.checked import Checked
from adapters.reports.forms import Look
from benchmarks.manyfiles import SMALL, varied
from casefiles.problems import ProblemsError
from tests.adapters.many.casefolder import small_rules
from tests.adapters.many.deadly import Deadly, DeadlyOnce


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    rules = small_rules(tmp_path_factory.mktemp("rules"))
    return checker(Options(date(2026, 6, 30), Look("ndjson"), str(rules)))


def units(count: int, **special: bytes) -> Iterator[Unit]:
    for number in range(count):
        content = special.get(f"n{number}", varied(SMALL, number).encode())
        yield Unit(number, f"{number}.json", content)


def unknown(key: int) -> None:
    return None


def lines(own: Checker, found: Iterator[Unit], jobs: int = 2) -> list[dict[str, object]]:
    with Workers(own, jobs) as workers:
        return [msgspec.json.decode(checked.parts[0]) for _, checked in workers.check(found, unknown)]


def test_workers_give_what_one_process_gives_in_the_same_order(own: Checker) -> None:
    alone = [msgspec.json.decode(own(unit, unknown).parts[0]) for unit in units(5 * CHUNK + 3)]
    assert lines(own, units(5 * CHUNK + 3)) == alone
    assert multiprocessing.active_children() == []


def test_no_case_starts_no_worker(own: Checker) -> None:
    with Workers(own, 2) as workers:
        assert list(workers.check(units(0), unknown)) == []
        assert workers.pids() == []


def test_a_case_that_kills_its_worker_twice_is_named_and_all_others_are_checked(own: Checker) -> None:
    count = 2 * CHUNK + 5
    found = lines(own, units(count, n3=Deadly(b"{}")))
    assert [one["file"] for one in found] == [f"{number}.json" for number in range(count)]
    (failed,) = [one for one in found if one.get("failed")]
    assert failed["file"] == "3.json"
    assert "两次意外结束（信号 9）" in str(failed["error"])
    alone = [msgspec.json.decode(own(unit, unknown).parts[0]) for unit in units(count)]
    assert found[:3] + found[4:] == alone[:3] + alone[4:]


def test_a_case_that_kills_its_worker_once_is_read_at_the_second_try(own: Checker, tmp_path: Path) -> None:
    once = DeadlyOnce(str(tmp_path / "died").encode())
    found = lines(own, units(CHUNK, n5=once))
    assert (tmp_path / "died").exists()
    assert not any(one.get("failed") for one in found)
    assert "既不是 JSON 也不是 XML" in str(found[5]["error"])


def test_a_worker_killed_from_outside_loses_no_case(own: Checker) -> None:
    count = 6 * CHUNK
    found: list[Checked] = []
    with Workers(own, 2) as workers:
        for _, checked in workers.check(units(count), unknown):
            found.append(checked)
            if len(found) == 2 * CHUNK:
                for pid in workers.pids():
                    os.kill(pid, signal.SIGKILL)
    assert [one.number for one in found] == list(range(count))
    assert not any(one.failed for one in found)


def test_a_number_met_before_is_told_also_where_another_worker_had_it(own: Checker) -> None:
    text = SMALL.encode()
    twice = [Unit(number, f"{number}.json", text) for number in range(2 * CHUNK)]
    seen: dict[int, str] = {}
    found = []
    with Workers(own, 2) as workers:
        for unit, checked in workers.check(iter(twice), seen.get):
            seen.setdefault(checked.key, unit.label)
            found.append(msgspec.json.decode(checked.parts[0]))
    assert "warnings" not in found[0]
    assert all("在 0.json 中已经有了" in str(one["warnings"]) for one in found[1:])


def test_leaving_early_leaves_no_process_behind(own: Checker) -> None:
    with Workers(own, 2) as workers:
        next(workers.check(units(10 * CHUNK), unknown))
        pids = workers.pids()
        assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_large_cases_are_not_taken_far_ahead(own: Checker) -> None:
    pulled: list[int] = []
    blanks = b" " * (BYTES_AHEAD // 4)

    def large() -> Iterator[Unit]:
        for number in range(12):
            pulled.append(number)
            yield Unit(number, f"{number}.json", SMALL.encode() + blanks)

    with Workers(own, 2) as workers:
        ahead = [len(pulled) - unit.number for unit, _ in workers.check(large(), unknown)]
    assert len(ahead) == 12
    assert max(ahead) <= 6


def test_rules_that_went_wrong_meanwhile_are_told(own: Checker, tmp_path: Path) -> None:
    rules = small_rules(tmp_path / "rules")
    other = checker(Options(date(2026, 6, 30), Look("ndjson"), str(rules)))
    (rules / "disclosure" / "published-in-time.yaml").write_text("id: 1\n", encoding="utf-8")
    with Workers(other, 2) as workers, pytest.raises(ProblemsError):
        list(workers.check(units(3), unknown))


def test_workers_that_never_start_are_given_up(own: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.many.workers.work", _dies)
    with Workers(own, 1) as workers, pytest.raises(WorkersError):
        list(workers.check(units(3), unknown))


def _dies(*_: object) -> None:
    os._exit(7)
