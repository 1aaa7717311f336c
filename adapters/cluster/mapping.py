"""The check as a function over the partitions of a DataFrame, for ``mapInArrow`` and ``mapInPandas``.

The columns it reads: ``path``, how the case is named; ``content``, its bytes, or null; and where there
are such: ``place``, the path to read it from as bytes; ``size``, how large a content is that is not
carried; ``line``, the line in a file of many, or ``block``, where the part of such a file begins that
the line belongs to. It gives the columns of ``adapters.cluster.row``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from adapters.cluster.entry import Entry, checked
from adapters.cluster.row import COLUMNS, Row
from adapters.cluster.shipping import Here, Parcel, Shipped, unpacked
from adapters.confirmation.confirming import Confirmer
from engine.rulebook import Rulebook

ROWS = 5_000
"""How many rows of a result are handed over at once."""

Columns = Mapping[str, Sequence[Any]]
Blocks = Mapping[tuple[str, int], tuple[str, int]]
"""For each part of each file of lines, by path and offset: the name of the file, and the lines before."""

_NO_BLOCKS: Shipped[Blocks] = Here({})


def arrow_checker(
    rules: Shipped[Parcel], as_of: date, *, every: bool = False, blocks: Shipped[Blocks] = _NO_BLOCKS
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return the function for ``DataFrame.mapInArrow(function, spark_schema())``."""

    def check(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow

        schema = arrow_schema()
        columns = ({name: batch.column(name).to_pylist() for name in batch.schema.names} for batch in batches)
        for table in _tables(entries(columns, blocks.value), unpacked(rules.value), as_of, every):
            yield pyarrow.RecordBatch.from_pydict(table, schema=schema)

    return check


def pandas_checker(
    rules: Shipped[Parcel], as_of: date, *, every: bool = False, blocks: Shipped[Blocks] = _NO_BLOCKS
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return the function for ``DataFrame.mapInPandas(function, spark_schema())``."""

    def check(frames: Iterable[Any]) -> Iterator[Any]:
        import pandas

        columns = ({name: frame[name].tolist() for name in frame.columns} for frame in frames)
        for table in _tables(entries(columns, blocks.value), unpacked(rules.value), as_of, every):
            yield pandas.DataFrame(table, dtype=object)

    return check


def arrow_schema() -> Any:
    """Return the columns as a schema of Arrow."""
    import pyarrow

    kinds = {"string": pyarrow.string(), "int": pyarrow.int32()}
    return pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])


def _tables(
    cases: Iterable[Entry], rulebook: Rulebook, as_of: date, every: bool
) -> Iterator[dict[str, tuple[Any, ...]]]:
    """Yield the rows of all cases as columns, so many rows at a time."""
    with closing(Confirmer(rulebook, "veto")) as confirm:
        rows = (
            row for entry in cases for row in checked(entry, rulebook, as_of, every=every, confirm=confirm)
        )
        while some := list(islice(rows, ROWS)):
            yield dict(zip(Row._fields, zip(*some, strict=True), strict=True))


def entries(batches: Iterable[Columns], blocks: Blocks) -> Iterator[Entry]:
    """Yield the cases of batches of columns; the lines of a block come in order and are counted."""
    counted: Counter[tuple[str, int]] = Counter()
    for columns in batches:
        nothing: list[Any] = [None] * len(columns["path"])
        names = ("path", "content", "place", "size", "line", "block")
        for path, content, place, size, line, block in zip(
            *(columns.get(name, nothing) for name in names), strict=True
        ):
            name, number = path, _count(line)
            if block is not None:
                key = path, int(block)
                counted[key] += 1
                name, before = blocks[key]
                number = before + counted[key]
            carried = _bytes(content)
            where = Path(os.fsdecode(bytes(place))) if carried is None and place is not None else carried
            yield Entry(name, where, number, _count(size))


def _bytes(content: Any) -> bytes | None:
    """Return a content as bytes, a text as UTF-8, and ``None`` for what stands where there is none."""
    if content is None or isinstance(content, float):
        return None
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else bytes(content)


def _count(number: Any) -> int | None:
    """Return a whole number, ``None`` for what pandas puts where there is none."""
    return None if number is None or number != number else int(number)
