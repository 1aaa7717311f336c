"""From inputs to the single cases of a run, numbered in the order of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from adapters.batch import Unit
from adapters.inputs import Input
from adapters.many.caselines import case_lines
from adapters.readers.filebytes import MOST_BYTES
from casefiles.problems import CaseFileError, Problem

if TYPE_CHECKING:
    from adapters.tables.profile import Profile

Stdin = Callable[[], BinaryIO]
"""Gives standard input, which is not touched before it is read."""


def file_units(found: Iterable[Input], stdin: Stdin) -> Iterator[Unit]:
    """Yield a case for each input."""
    for number, one in enumerate(found):
        if one.problem is not None:
            yield Unit(number, one.label, (one.problem,))
        elif one.path is None:
            # One byte more than a case may have is enough to refuse it.
            yield Unit(number, one.label, stdin().read(MOST_BYTES + 1))
        else:
            yield Unit(number, one.label, one.path)


def row_units(found: Iterable[Input], stdin: Stdin, profile: Profile) -> Iterator[Unit]:
    """Yield a case for each row of the tables."""
    from adapters.tables.reading import table_rows

    numbers = count()
    for one in found:
        if one.problem is not None:
            yield Unit(next(numbers), one.label, (one.problem,))
            continue
        try:
            source = stdin().read() if one.path is None else Path(one.path)
            for row in table_rows(source, one.label, profile):
                yield Unit(next(numbers), one.label, row)
        except CaseFileError as error:
            yield Unit(next(numbers), one.label, error.problems)


def line_units(found: Iterable[Input], stdin: Stdin) -> Iterator[Unit]:
    """Yield a case for each line of the inputs that is not blank."""
    numbers = count()
    for one in found:
        if one.problem is not None:
            yield Unit(next(numbers), one.label, (one.problem,))
            continue
        try:
            with _opened(one, stdin) as stream:
                for line, content in case_lines(stream, one.label):
                    yield Unit(next(numbers), one.label, content, line)
        except OSError:
            problem = Problem(one.label, None, None, "文件无法读取", "请核对路径和权限")
            yield Unit(next(numbers), one.label, (problem,))


@contextmanager
def _opened(one: Input, stdin: Stdin) -> Iterator[BinaryIO]:
    if one.path is None:
        yield stdin()
        return
    with Path(one.path).open("rb") as stream:
        yield stream
