from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from adapters.tables import workbook
from tests.adapters.tables.samples import HEADER, ROW, case, changed, csv, only, read, told, xlsx

SHEET = changed("{format: separated}", "{format: xlsx}")
NO_STYLES = changed("dates: [yyyy-MM-dd]\n", "", SHEET)
CORNER = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c  r = 'XFD1048576'><v>2</v></c></row>
</sheetData></worksheet>"""


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The workbook with one part replaced."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return copy.getvalue()


def test_a_row_of_a_sheet_becomes_the_same_case_as_a_line_of_text() -> None:
    assert case(xlsx(ROW), SHEET) == case(csv(ROW))


def test_dates_numbers_and_flags_of_cells_are_read_by_what_they_are() -> None:
    row = ["一号", "甲局", "乙公司", date(2024, 3, 5), 0.1 + 0.2, datetime(2024, 3, 8, 9, 30)]
    found = case(xlsx(row), NO_STYLES)
    assert [str(act.starts) for act in found.acts] == ["2024-03-05", "2024-03-08T09:30"]
    assert found.acts[0].facts == {"罚款金额": 3000}
    assert case(xlsx([1.0, *ROW[1:]]), SHEET).number == "1"
    assert case(xlsx([True, *ROW[1:]]), SHEET).number == "true"


def test_places_are_row_and_column_of_the_sheet_even_with_empty_margins() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for column, (name, value) in enumerate(zip(HEADER, ROW, strict=True), start=3):
        sheet.cell(4, column, name)
        sheet.cell(6, column, value)
    stream = io.BytesIO()
    book.save(stream)
    profile = changed("{format: xlsx}", "{format: xlsx, header_row: 4}", SHEET)
    reading = only(read(stream.getvalue(), profile))
    place = reading.locate(("acts", 0, "starts"))
    assert (place.pointer, place.line, place.column, place.quote) == ("第6行/决定日期", 6, 6, "2024-03-05")


def test_a_formula_counts_with_its_last_value_and_is_refused_without_one() -> None:
    data = xlsx(["一号", "甲局", "=1+1", *ROW[3:]])
    assert told(read(data, SHEET)) == ["表: 单元格 C2 的公式没有算出的值（用表格软件打开，保存一次后再试）"]
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        content = packed.read(part).decode()
    kept = content.replace("<f>1+1</f><v />", "<f>1+1</f><v>2</v>").replace(
        "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>"
    )
    assert kept != content
    assert case(with_part(data, part, kept), SHEET).parties[0].name == "2"
    empty = content.replace("<f>1+1</f><v />", '<f>""</f><v></v>').replace(
        "<f>1+1</f><v></v>", '<f>""</f><v></v>'
    )
    typed = empty.replace('r="C2"', 'r="C2" t="str"')
    assert case(with_part(data, part, typed), SHEET).parties == []


def test_a_long_code_in_a_number_cell_is_told_because_it_lost_digits() -> None:
    assert told(read(xlsx(ROW, [123456789012345678, *ROW[1:]]), SHEET)) == [
        "一号",
        "表:3:1: 第3行“案号”是超过 15 位的数字，末位已失真（把该列设为文本格式后重新填写）",
    ]


def test_a_number_where_a_date_should_be_is_told() -> None:
    (message,) = told(read(xlsx([*ROW[:3], 45356, *ROW[4:]]), SHEET))
    assert message.startswith("表:2:4: 第2行“决定日期”“45356”不是日期")


def test_a_sheet_is_chosen_by_name() -> None:
    data = xlsx(ROW, title="处罚")
    assert case(data, changed("{format: xlsx}", "{format: xlsx, sheet: 处罚}", SHEET)).number == "一号"
    other = changed("{format: xlsx}", "{format: xlsx, sheet: 许可}", SHEET)
    assert told(read(data, other)) == ["表: 没有名为“许可”的工作表（现有：处罚）"]


def test_a_sheet_without_rows_or_with_a_wrong_header_is_told() -> None:
    assert told(read(xlsx(header=[]), SHEET)) == ["表:1:1: 工作表“Sheet1”没有表头（第1行应为各列的名称）"]
    (message,) = told(read(xlsx(ROW[:5], header=HEADER[:5]), SHEET))
    assert message.startswith("表:1:1: 表头中没有“公示日期”一列")


BROKEN = {
    "empty": b"",
    "only the start of an archive": b"PK\x03\x04",
    "text": csv(ROW),
    "cut off": xlsx(ROW)[:-40],
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_workbook_is_told(name: str) -> None:
    assert told(read(BROKEN[name], SHEET)) == ["表: 不是完好的 XLSX 文件（用表格软件打开后另存为 .xlsx）"]


def test_one_cell_in_the_last_corner_is_refused_before_it_takes_all_memory() -> None:
    data = with_part(xlsx(ROW), "xl/worksheets/sheet1.xml", CORNER)
    assert told(read(data, SHEET)) == [
        "表: 工作表的范围过大：1048576 行 × 16384 列（删除下方和右侧的空白行列（含格式）后另存）"
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1_000_000)
    bomb = with_part(xlsx(ROW), "xl/worksheets/sheet1.xml", b" " * 3_000_000)
    assert len(bomb) < 20_000
    assert told(read(bomb, SHEET)) == ["表: 工作簿解压后超过 1 MB（拆分成几个文件）"]


def test_a_size_that_lies_does_not_smuggle_a_cell_past_the_measure() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    data = bytearray(with_part(xlsx(ROW), sheet, " " * 50 + CORNER))
    at = data.rindex(sheet.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (20).to_bytes(4, "little")
    assert told(read(bytes(data), SHEET)) == ["表: 不是完好的 XLSX 文件（用表格软件打开后另存为 .xlsx）"]


def test_a_workbook_is_read_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "处罚.xlsx"
    path.write_bytes(xlsx(ROW))
    assert told(read(path, SHEET)) == ["一号"]


def test_the_old_format_and_workbooks_with_a_password_are_told() -> None:
    old = b"\xd0\xcf\x11\xe0" + bytes(600)
    assert told(read(old, SHEET)) == ["表: 是旧版 XLS 或者加密的工作簿（取消密码，另存为 .xlsx）"]
    data = bytearray(xlsx(ROW))
    for entry in re.finditer(b"PK\x01\x02", bytes(data)):
        data[entry.start() + 8] |= 1
    assert told(read(bytes(data), SHEET)) == ["表: 工作簿含有加密的部分（取消密码后再读）"]


def test_an_oversized_cell_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.tables.row.MAX_CELL", 100)
    assert told(read(xlsx([*ROW[:2], "长" * 101, *ROW[3:]], ROW), SHEET)) == [
        "表:2:3: 第2行“当事人”过长（拆分或删减该单元格）",
        "一号",
    ]


@pytest.mark.parametrize("unit", ["<c ", '<c r="A1"><f>', '<c r="A1"><f>1</f>', '<c r="A1" '])
def test_looking_for_formulas_takes_time_in_proportion(unit: str) -> None:
    hostile = (unit * 200_000).encode()
    start = time.perf_counter()
    assert workbook._UNRECKONED.search(hostile) is None
    assert time.perf_counter() - start < 5
