"""The stream of checked cases: alone or with workers, in the order of the input."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator
from itertools import chain

from adapters.batch import Checker, Unit
from adapters.many.numbers import Numbers
from adapters.reports.checked import Checked

ALONE = 1.5
"""Seconds of work after which workers are started if nobody said how many.

It is about what starting them costs (a second and a half, mostly reading the rules), so work that
turns out short is never slowed down, and long work loses no more than once the price of the start.
"""


def checked_cases(
    units: Iterator[Unit],
    check: Checker,
    numbers: Numbers,
    *,
    jobs: int | None,
    left: Callable[[int], int | None] = lambda done: None,
    clock: Callable[[], float] = time.monotonic,
) -> Generator[Checked, None, None]:
    """Yield every case as checked.

    *jobs* is how many processes shall check; ``None`` leaves it to the time that the work takes, and
    to how many cases are *left* after so many are done.
    """
    if jobs is None or jobs == 1:
        begin = clock()
        for done, unit in enumerate(units, start=1):
            checked = check(unit, numbers.earlier)
            if checked.key:
                numbers.add(checked.key, unit.name)
            yield checked
            if jobs is None and _is_long(clock() - begin, done, left(done)):
                break
        else:
            return
    following = next(units, None)
    if following is None:
        return
    from adapters.many.workers import Workers

    with Workers(check, jobs or cores()) as workers:
        for unit, checked in workers.check(chain((following,), units), numbers.earlier):
            if checked.key:
                numbers.add(checked.key, unit.name)
            yield checked


def cores() -> int:
    """Return how many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_long(seconds: float, done: int, left: int | None) -> bool:
    if seconds < ALONE or cores() == 1:
        return False
    # Two share what is left; that must be worth more than starting them.
    return left is None or left * seconds / done > 2 * ALONE
