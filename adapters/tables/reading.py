"""Reading a table: one ``Reading`` or ``Unreadable`` for each row, one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader, BytesIO
from itertools import groupby
from pathlib import Path as FilePath

from adapters.results import Reading, Unreadable
from adapters.tables.jsonlines import json_rows
from adapters.tables.lines import read_lines
from adapters.tables.mapping import Mapped, Mapping
from adapters.tables.profile import Profile
from adapters.tables.row import Row
from adapters.tables.separated import separated_rows
from adapters.tables.taking import Origin
from adapters.tables.workbook import workbook_rows
from casefiles.mistakes import Mistake
from casefiles.model import Location, Path
from casefiles.oddities import oddities
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import Vocabulary
from casefiles.validity import check_words

MAX_QUOTE = 120
"""Characters of a quoted cell."""
AROUND = 30
"""Characters on either side of a place in running text that are quoted with it."""
_ZIPPED = b"PK\x03\x04"
"""What a workbook begins with."""


def read_table(
    data_or_path: bytes | FilePath, file_label: str, profile: Profile, vocabulary: Vocabulary
) -> Iterator[Reading | Unreadable]:
    """Yield what each row of a table tells, in the order of the table.

    A row that cannot be read is told as such, and the others go on. Raises CaseFileError, on the
    first step, if the file cannot be opened.
    """
    mapping = Mapping(profile, vocabulary)
    for row in table_rows(data_or_path, file_label, profile):
        yield read_row(row, file_label, mapping, vocabulary)


def table_rows(
    data_or_path: bytes | FilePath, file_label: str, profile: Profile
) -> Iterator[Row | tuple[Problem, ...]]:
    """Yield the rows of a table, and what is wrong in the place of those that cannot be taken.

    Raises CaseFileError, on the first step, if the file cannot be opened.
    """
    several = 0
    with _opened(data_or_path, file_label) as stream:
        for row in _together(_rows(stream, file_label, profile)):
            several += 1
            yield row
    if not several:
        yield (Problem(file_label, None, None, "表格中一行案件也没有", "请确认导出是否成功"),)


def read_row(
    row: Row | tuple[Problem, ...], file_label: str, mapping: Mapping, vocabulary: Vocabulary
) -> Reading | Unreadable:
    """Return what one row tells."""
    if not isinstance(row, Row):
        return Unreadable(file_label, row)
    return _result(row, mapping.map(row, file_label), file_label, vocabulary)


def _together(rows: Iterable[Row | Problem]) -> Iterator[Row | tuple[Problem, ...]]:
    """Yield the rows, and what is wrong at one place, such as with a header, as one."""
    for place, same in groupby(rows, key=lambda one: isinstance(one, Problem) and (one.line, one.column)):
        if place is False:
            yield from (one for one in same if isinstance(one, Row))
        else:
            yield tuple(one for one in same if isinstance(one, Problem))


def _opened(data_or_path: bytes | FilePath, file: str) -> BufferedReader:
    if isinstance(data_or_path, bytes):
        return BufferedReader(BytesIO(data_or_path))
    try:
        return data_or_path.open("rb")
    except OSError:
        raise CaseFileError([Problem(file, None, None, "文件无法打开", "检查路径和权限")]) from None


def _rows(stream: BufferedReader, file: str, profile: Profile) -> Iterator[Row | Problem]:
    table, wanted = profile.table, profile.columns
    if table.format == "xlsx":
        return workbook_rows(stream, file, table, wanted)
    if stream.peek(len(_ZIPPED)).startswith(_ZIPPED):
        advice = "另存为文本，或者在映射配置的 table 中写 format: xlsx"
        return iter([Problem(file, None, None, "这是 Excel 工作簿，不是文本表格", advice)])
    lines = read_lines(stream, file, table.encoding)
    read = json_rows if table.format == "ndjson" else separated_rows
    return read(lines, file, table, wanted)


def _result(
    row: Row, mapped: Mapped | tuple[Problem, ...], file: str, vocabulary: Vocabulary
) -> Reading | Unreadable:
    if not isinstance(mapped, Mapped):
        return Unreadable(file, mapped)
    locate = _locator(row, mapped.origins, file)
    if mistakes := check_words(mapped.case, vocabulary):
        return Unreadable(file, tuple(_problem(mistake, locate) for mistake in mistakes))
    odd = tuple(_problem(mistake, locate) for mistake in oddities(mapped.case, vocabulary))
    return Reading(file, mapped.case, locate, (*row.notes, *mapped.warnings, *odd))


def _problem(mistake: Mistake, locate: Callable[[Path], Location]) -> Problem:
    place = locate(mistake.path)
    text = f"{place.pointer.rsplit('/', 1)[-1]}：{mistake.text}"
    return Problem(place.file, place.line, place.column, text, mistake.advice)


def _locator(row: Row, origins: dict[Path, Origin], file: str) -> Callable[[Path], Location]:
    def locate(path: Path) -> Location:
        origin = _origin(path, origins)
        if origin is None:
            return Location(file=file, pointer=row.label, line=row.line, column=1)
        line, column = row.place(origin.column, origin.start)
        return Location(
            file=file,
            pointer=f"{row.label}/{origin.column}",
            line=line,
            column=column,
            quote=_quote(row.values.get(origin.column, ""), origin),
        )

    return locate


def _origin(path: Path, origins: dict[Path, Origin]) -> Origin | None:
    """Return where a value or its item was taken from; for a record, where its first value was."""
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return origins[path[:length]]
    inside = (origin for at, origin in origins.items() if path and at[: len(path)] == path)
    return next(inside, None)


def _quote(text: str, origin: Origin) -> str:
    if origin.end is None:
        quoted, before, after = text.strip()[:MAX_QUOTE], False, len(text.strip()) > MAX_QUOTE
    else:
        start, end = max(0, origin.start - AROUND), origin.end + AROUND
        quoted, before, after = text[start:end], start > 0, end < len(text)
    return ("…" if before else "") + " ".join(quoted.split()) + ("…" if after else "")
