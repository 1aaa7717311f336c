from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.confirmation import process as module
from adapters.confirmation.process import NoAnswerError, Process
from casefiles.model import CaseFile
from engine.findings import Severity
from engine.rete.judging import SecondEngine, second_engine
from engine.rete.session import Fact, checked
from engine.rulebook import Rulebook
from tests.adapters.confirmation.conftest import AS_OF, case_of

UNRULY = Path(__file__).with_name("unruly.py")
Start = Callable[..., Process]


@pytest.fixture(scope="module")
def engine(rulebook: Rulebook) -> SecondEngine:
    return second_engine(rulebook, [one for one in rulebook.rules if one.severity is Severity.VETO])


@pytest.fixture(scope="module")
def case(rulebook: Rulebook) -> CaseFile:
    return case_of("never-reviewed.json", rulebook)


@pytest.fixture(scope="module")
def facts(engine: SecondEngine, case: CaseFile) -> list[Fact]:
    return checked(engine.facts(case, AS_OF))


@pytest.fixture
def start(engine: SecondEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    started: list[Process] = []
    monkeypatch.setenv("PYTHONPATH", str(module.ROOT))

    def begin(harm: str = "none", every: int = 1_000_000, seconds: float = 10.0) -> Process:
        command = (sys.executable, str(UNRULY), harm, str(every), str(tmp_path / "done"))
        started.append(Process(engine.translation.network, command, seconds))
        return started[-1]

    yield begin
    for one in started:
        one.close()


def alike(one: list[dict[str, int | str]], other: list[dict[str, int | str]]) -> bool:
    return sorted(map(repr, one)) == sorted(map(repr, other))


def test_nothing_is_started_before_the_first_case(engine: SecondEngine) -> None:
    assert Process(engine.translation.network).pid is None


def test_a_case_is_answered_alike_again_and_again(engine: SecondEngine, facts: list[Fact]) -> None:
    process = Process(engine.translation.network)
    try:
        answers = [process.ask(facts) for _ in range(3)]
    finally:
        process.close()
    assert answers[0]
    assert all(alike(one, answers[0]) for one in answers)


@pytest.mark.parametrize("harm", ["once-kill", "once-segv", "once-hang"])
def test_a_process_that_dies_or_hangs_once_is_replaced_and_the_case_asked_again(
    start: Start, facts: list[Fact], harm: str
) -> None:
    process = start(harm, every=2, seconds=2.0)
    first = process.ask(facts)
    before = process.pid
    assert alike(process.ask(facts), first)
    assert process.pid != before


@pytest.mark.parametrize("harm", ["kill", "segv", "hang"])
def test_a_case_that_ends_every_process_has_no_answer(start: Start, facts: list[Fact], harm: str) -> None:
    process = start(harm, every=1, seconds=1.0)
    with pytest.raises(NoAnswerError, match="两次"):
        process.ask(facts)
    assert process.pid is None


def test_what_the_library_raises_is_told_and_the_process_lives_on(start: Start, facts: list[Fact]) -> None:
    process = start("raise", every=2)
    process.ask(facts)
    before = process.pid
    with pytest.raises(NoAnswerError, match="the library says no"):
        process.ask(facts)
    process.ask(facts)
    assert process.pid == before


def test_a_process_killed_between_two_cases_is_replaced(start: Start, facts: list[Fact]) -> None:
    process = start()
    first = process.ask(facts)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    assert alike(process.ask(facts), first)


@pytest.mark.parametrize("size", [1, 15_000], ids=["small", "larger than the pipe"])
def test_a_process_that_is_stopped_is_replaced_however_much_it_is_told(start: Start, size: int) -> None:
    process = start(seconds=2.0)
    plenty: list[Fact] = [{"kind": "none", "x": number} for number in range(size)]
    assert process.ask(plenty) == []
    before = process.pid
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    assert process.ask(plenty) == []
    assert process.pid != before


def test_a_process_that_never_reads_is_given_up(engine: SecondEngine, facts: list[Fact]) -> None:
    deaf = (sys.executable, "-c", "import time; time.sleep(3600)")
    process = Process(engine.translation.network, deaf, start_seconds=1.0)
    with pytest.raises(NoAnswerError, match="两次"):
        process.ask(facts)
    assert process.pid is None


def test_a_process_is_recycled_after_so_many_cases(
    start: Start, facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CASES", 3)
    process = start()
    pids = []
    for _ in range(7):
        process.ask(facts)
        pids.append(process.pid)
    assert [len({*pids[:3]}), len({*pids[3:6]}), len({*pids})] == [1, 1, 3]


def test_a_process_that_cannot_be_started_is_told(engine: SecondEngine, facts: list[Fact]) -> None:
    process = Process(engine.translation.network, ("/nowhere/python",))
    with pytest.raises(NoAnswerError, match="不能启动"):
        process.ask(facts)


def test_a_process_that_ends_at_once_is_told(engine: SecondEngine, facts: list[Fact]) -> None:
    process = Process(engine.translation.network, (sys.executable, "-c", "pass"))
    with pytest.raises(NoAnswerError, match="两次"):
        process.ask(facts)


@pytest.mark.long
def test_ten_thousand_cases_in_a_row_leave_memory_flat(engine: SecondEngine, facts: list[Fact]) -> None:
    process = Process(engine.translation.network)
    sizes: list[int] = []
    try:
        for number in range(10_000):
            process.ask(facts)
            if number % 500 == 499:
                sizes.append(resident(process.pid))
    finally:
        process.close()
    # Each process grows the same way: the last ones are no larger than the first ones were.
    assert max(sizes[10:]) <= 1.1 * max(sizes[:10])
    assert max(sizes) <= 300_000


def resident(pid: int | None) -> int:
    """Return the memory of a process in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])
