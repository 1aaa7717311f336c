"""The same rows without a cluster: what a run on Spark must equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from adapters.cluster.entry import Entry, checked
from adapters.cluster.row import Row
from adapters.cluster.shipping import Parcel, unpacked
from adapters.confirmation.confirming import Confirmer
from adapters.inputs import inputs


def local_rows(cases: Iterable[Entry], rules: Parcel, as_of: date, *, every: bool = False) -> Iterator[Row]:
    """Yield the rows of all cases, one after the other."""
    rulebook = unpacked(rules)
    with closing(Confirmer(rulebook, "veto")) as confirm:
        for entry in cases:
            yield from checked(entry, rulebook, as_of, every=every, confirm=confirm)


def file_entries(path: str) -> Iterator[Entry]:
    """Yield the case files that a path stands for."""
    for one in inputs([path]):
        yield Entry(one.label, Path(one.path) if one.path else None)


def line_entries(paths: Iterable[Path]) -> Iterator[Entry]:
    """Yield the lines of files of one case a line."""
    for path in paths:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                yield Entry(path.as_posix(), line.removesuffix(b"\n"), number)


def written_rows(out: Path) -> Iterator[Row]:
    """Yield the rows that a run on a cluster wrote to a folder of the disk."""
    from pyarrow import parquet

    for part in sorted(out.glob("*.parquet")):
        for batch in parquet.ParquetFile(part).iter_batches():
            yield from (Row(**values) for values in batch.to_pylist())
