"""Progress of long work: how many, how fast, how long still."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

OFTEN = 0.2
"""Seconds between two looks of a line on a terminal."""
SELDOM = 60.0
"""Seconds between two lines where no one looks on: a log shall tell of long work, not of every file."""
PATIENCE = 1.0
"""Seconds of work before the first line on a terminal."""


class Progress:
    """Writes to standard error how a run goes; nothing for what is done at once.

    On a terminal one line is written over and over; elsewhere a line now and then.
    """

    def __init__(
        self,
        total: int | None,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self._stream = stream or sys.stderr
        self._clock = clock
        self._live = self._stream.isatty()
        self._begin = clock()
        self._next = self._begin + (PATIENCE if self._live else SELDOM)
        self._done = 0
        self._before = 0
        self._shown = False

    def skip(self, count: int) -> None:
        """Tell that so many cases were done in an earlier run."""
        self._done = self._before = count

    def step(self) -> None:
        """Tell that one more case is done."""
        self._done += 1
        now = self._clock()
        if now < self._next:
            return
        self._next = now + (OFTEN if self._live else SELDOM)
        words = self._words(now - self._begin)
        self._stream.write(f"\r{words}\x1b[K" if self._live else f"{words}\n")
        self._stream.flush()
        self._shown = self._live

    def clear(self) -> None:
        """Take the line off the terminal, so that something else can be written."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False

    def _words(self, seconds: float) -> str:
        rate = (self._done - self._before) / max(seconds, 1e-9)
        words = f"检查案卷 {self._done}"
        if self.total is None:
            return f"{words}  每秒 {rate:.1f} 个"
        left = max(self.total - self._done, 0) / max(rate, 1e-9)
        return f"{words}/{self.total}  每秒 {rate:.1f} 个  还需 {duration(left)}"


def duration(seconds: float) -> str:
    """Return a duration as people say it.

    >>> [duration(seconds) for seconds in (5, 65, 3700)]
    ['5 秒', '1 分 5 秒', '1 小时 1 分']
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
