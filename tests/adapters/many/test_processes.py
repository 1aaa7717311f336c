"""The program with its workers, as processes: interrupted, killed, and with a worker killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.adapters.many.casefolder import AS_OF, finished, made_cases, small_rules, started

ARGUMENTS = ("cases", "--rules", "rules", "--as-of", AS_OF, "--format", "ndjson", "--jobs", "2", "--out")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("processes")
    made_cases(folder / "cases", 1500)
    small_rules(folder / "rules")
    return folder


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that a run has started, once both workers are there."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        pytest.skip("这台机器不列出子进程")
    found: list[int] = []
    while process.poll() is None and len(found) < 2:
        found = [pid for pid in map(int, children.read_text().split()) if is_worker(pid)]
        time.sleep(0.01)
    return found


def is_worker(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def is_gone(pid: int) -> bool:
    try:
        return b"spawn_main" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True


def all_gone(pids: list[int]) -> bool:
    """Tell whether all processes end by themselves before long."""
    for _ in range(3000):
        if all(map(is_gone, pids)):
            return True
        time.sleep(0.01)
    return False


def test_an_interrupt_ends_program_and_workers_without_a_trace(folder: Path) -> None:
    process = started(*ARGUMENTS, "interrupted.ndjson", cwd=folder)
    pids = workers_of(process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to everybody
    _, err = process.communicate()
    assert process.returncode == 130
    assert err.decode().strip() == "已中止。"
    assert len(pids) == 2
    assert all_gone(pids)
    assert not (folder / "interrupted.ndjson").exists()
    assert not list(folder.glob(".*.part"))


def test_an_interrupted_run_that_can_go_on_says_so(folder: Path) -> None:
    process = started(*ARGUMENTS, "later.ndjson", "--resume", cwd=folder)
    workers_of(process)
    os.killpg(process.pid, signal.SIGINT)
    assert "用同一命令可以接着做。" in process.communicate()[1].decode()
    assert (folder / "later.ndjson.journal").exists()


def test_workers_end_when_the_program_is_killed(folder: Path) -> None:
    process = started(*ARGUMENTS, "killed.ndjson", cwd=folder)
    pids = workers_of(process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert len(pids) == 2
    assert all_gone(pids)


def test_a_killed_worker_costs_no_case_and_no_exit_code(folder: Path) -> None:
    finished(*ARGUMENTS[:-3], "--jobs", "1", "--out", "alone.ndjson", cwd=folder)
    process = started(*ARGUMENTS, "beside.ndjson", cwd=folder)
    os.kill(workers_of(process)[0], signal.SIGKILL)
    process.communicate()
    assert process.returncode == 2, "two for the broken files among the cases"
    assert (folder / "beside.ndjson").read_bytes() == (folder / "alone.ndjson").read_bytes()
