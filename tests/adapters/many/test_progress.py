from __future__ import annotations

import io

import pytest

from adapters.many.progress import SELDOM, Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def worked(stream: io.StringIO, total: int | None, steps: int, seconds: float, done: int = 0) -> str:
    clock = Clock()
    progress = Progress(total, stream=stream, clock=clock)
    progress.skip(done)
    for _ in range(steps):
        clock.now += seconds / steps
        progress.step()
    progress.clear()
    return stream.getvalue()


def test_a_terminal_shows_count_rate_and_the_time_left_and_is_left_clean() -> None:
    written = worked(Terminal(), 20, 8, 4)
    assert "\r检查案卷 8/20  每秒 2.0 个  还需 6 秒\x1b[K" in written
    assert written.endswith("\r\x1b[K")


def test_what_an_earlier_run_did_counts_for_the_number_and_not_for_the_rate() -> None:
    assert "检查案卷 18/20  每秒 2.0 个  还需 1 秒" in worked(Terminal(), 20, 8, 4, done=10)


def test_without_a_total_there_is_no_time_left() -> None:
    assert "检查案卷 8  每秒 2.0 个\x1b" in worked(Terminal(), None, 8, 4)


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_what_is_done_at_once_shows_nothing(stream: io.StringIO) -> None:
    assert worked(stream, 3, 3, 0.3) == ""


def test_a_log_gets_a_line_now_and_then() -> None:
    written = worked(io.StringIO(), 1000, 600, 2.5 * SELDOM)
    assert written.count("\n") == 2
    assert "\r" not in written


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 秒"), (59.6, "1 分 0 秒"), (3599, "59 分 59 秒"), (7260, "2 小时 1 分")],
)
def test_durations_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration(seconds) == words
