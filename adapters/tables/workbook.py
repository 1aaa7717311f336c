"""Rows of an XLSX sheet, with formulas as their last values and dates as dates.

A workbook is held in memory as a whole; what it may grow to is measured before it is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, load_workbook

from adapters.tables.profile import TableSettings
from adapters.tables.row import Place, Row, columns_of, oversized
from casefiles.problems import Problem

MAX_UNPACKED = 200_000_000
"""Bytes of all parts of a workbook together, unpacked."""
MAX_GRID = 10_000_000
"""Cells of the rectangle that a sheet spans; an empty cell costs as much as a full one."""
MAX_PARTS = 2_000

_KEPT = re.compile(r"\[Content_Types\]\.xml|_rels/[^/]*|xl/.*\.(?:xml|rels)")
_REFERENCE = re.compile(rb"r=[\"']([A-Za-z]{0,3})([0-9]{1,10})[\"']")
_UNRECKONED = re.compile(
    # A text that a formula reckons to be empty has the type "str" and is a value.
    # Every part is bounded, so that a hostile sheet takes no longer than a large one.
    rb"<c (?![^<>]{0,200}\bt=\"str\")[^<>]{0,200}?\br=\"([A-Z]{1,3}[0-9]{1,7})\"[^<>]{0,200}>"
    rb"<f(?:[^<>]{0,300}/>|[^<>]{0,300}>[^<]{0,9000}</f>)(?:<v/>|<v />|<v></v>)?</c>"
)
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""The container of XLS files, and of workbooks with a password."""
_BLANKS = b" \t\r\n"
_CHUNK = 1 << 20
_EXACT = 10**15


class _Refused(Exception):
    """A workbook that cannot be opened; text and advice for people."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice


def workbook_rows(
    stream: BinaryIO, file: str, table: TableSettings, wanted: frozenset[str]
) -> Iterator[Row | Problem]:
    """Yield the rows under the header, and a problem in the place of each that cannot be read."""
    try:
        sheet = _sheet(_checked_copy(stream), table.sheet)
    except _Refused as refused:
        yield Problem(file, None, None, refused.text, refused.advice)
        return
    # The reader gives the empty rows before the first cell, but not the empty columns.
    left = sheet.start[1] + 1 if sheet.start else 1
    indexes: dict[str, int] | None = None
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if indexes is not None:
            if any(cell != "" for cell in cells):
                yield _row(number, cells, indexes, left, file)
        elif number == table.header_row:
            found = columns_of([str(cell) for cell in cells], wanted)
            if isinstance(found, list):
                yield from (Problem(file, number, 1, *fault) for fault in found)
                return
            indexes = found
    if indexes is None:
        text = f"工作表“{sheet.name}”没有表头"
        yield Problem(file, 1, 1, text, f"第{table.header_row}行应为各列的名称")


def _row(number: int, cells: list[Any], indexes: dict[str, int], left: int, file: str) -> Row | Problem:
    values: dict[str, str] = {}
    for name, index in indexes.items():
        text = _text(cells[index])
        if text is None:
            told = f"第{number}行“{name}”是超过 15 位的数字，末位已失真"
            return Problem(file, number, left + index, told, "把该列设为文本格式后重新填写")
        values[name] = text
    if (large := oversized(values)) is not None:
        told = f"第{number}行“{large}”过长"
        return Problem(file, number, left + indexes[large], told, "拆分或删减该单元格")

    return Row(number, f"第{number}行", values, partial(_place, number, left, indexes))


def _place(number: int, left: int, indexes: dict[str, int], name: str, offset: int) -> Place:
    return number, left + indexes[name]


def _text(cell: Any) -> str | None:
    """Return the text of a cell; ``None`` for a number that a cell cannot hold exactly."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT:
            return None
        return format(Decimal(format(cell, ".15g")), "f")
    if isinstance(cell, datetime):
        # A day without a time is a midnight to a spreadsheet.
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _sheet(content: io.BytesIO, name: str | None) -> CalamineSheet:
    try:
        book = load_workbook(content)
        names = book.sheet_names
        if not names:
            raise _Refused("工作簿中没有工作表", "重新导出为 .xlsx")
        if name is not None and name not in names:
            raise _Refused(f"没有名为“{name}”的工作表", f"现有：{'、'.join(names)[:200]}")
        return book.get_sheet_by_name(names[0] if name is None else name)
    except CalamineError:
        raise _Refused("不是完好的 XLSX 文件", "用表格软件打开后另存为 .xlsx") from None


def _checked_copy(stream: BinaryIO) -> io.BytesIO:
    """Return the readable parts of a workbook, unpacked and measured.

    The sizes that an archive declares can lie, and one cell in the last corner of a sheet makes the
    reader ask for all cells before it; so exactly what was measured here is what is opened.
    """
    if stream.read(len(_OLD_FORMAT)) == _OLD_FORMAT:
        raise _Refused("是旧版 XLS 或者加密的工作簿", "取消密码，另存为 .xlsx")
    stream.seek(0)
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(stream) as packed, zipfile.ZipFile(copy, "w") as unpacked:
            parts = [part for part in packed.infolist() if _KEPT.fullmatch(part.filename)]
            if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS:
                raise _Refused(f"工作簿解压后超过 {MAX_UNPACKED // 1_000_000} MB", "拆分成几个文件")
            for part in parts:
                unpacked.writestr(part.filename, _part(packed, part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise _Refused("不是完好的 XLSX 文件", "用表格软件打开后另存为 .xlsx") from None
    except RuntimeError:
        raise _Refused("工作簿含有加密的部分", "取消密码后再读") from None
    copy.seek(0)
    return copy


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with packed.open(part) as stream:
        content = stream.read(part.file_size + 1)
    _demand_moderate_grid(content)
    _demand_reckoned(content)
    return content


def _demand_reckoned(content: bytes) -> None:
    """Refuse formulas without their last values: they would read as cells without content."""
    if found := _UNRECKONED.search(content):
        cell = found[1].decode("ascii")
        raise _Refused(f"单元格 {cell} 的公式没有算出的值", "用表格软件打开，保存一次后再试")


def _demand_moderate_grid(content: bytes) -> None:
    rows = columns = 0
    tail = b""
    for at in range(0, len(content), _CHUNK):
        chunk = tail + content[at : at + _CHUNK].translate(None, _BLANKS)
        for letters, digits in _REFERENCE.findall(chunk):
            rows = max(rows, int(digits))
            columns = max(columns, _column_number(letters.upper()))
        tail = chunk[-32:]
    if rows * columns > MAX_GRID:
        text = f"工作表的范围过大：{rows} 行 × {columns} 列"
        raise _Refused(text, "删除下方和右侧的空白行列（含格式）后另存")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
