from __future__ import annotations

import csv as standard_csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.results import Reading, Unreadable
from adapters.tables import lines, separated
from tests.adapters.tables.samples import HEADER, ROW, case, changed, csv, only, read, told, xlsx

PIPES = changed("{format: separated}", '{format: separated, separator: "|", quoted: false}')


def test_a_row_becomes_a_case() -> None:
    found = case(csv(ROW))
    assert (found.number, found.kind, found.agency.name) == ("一号", "行政处罚", "甲局")
    assert [party.name for party in found.parties] == ["乙公司"]
    assert [(act.id, act.kind, str(act.starts), act.about) for act in found.acts] == [
        ("决定", "执法决定", "2024-03-05", []),
        ("公示", "公示", "2024-03-08", ["决定"]),
    ]
    assert found.acts[0].facts == {"罚款金额": 2000}
    assert found.provides == ["执法决定", "公示"]


def test_the_order_of_columns_and_columns_nobody_wants_are_free() -> None:
    header = ["备注", *reversed(HEADER)]
    assert case(csv(["x", *reversed(ROW)], header=header)) == case(csv(ROW))


def test_spaces_and_line_breaks_in_headers_do_not_matter() -> None:
    header = ["案 号", '"机\n关"', *HEADER[2:]]
    assert case(csv(ROW, header=header)).number == "一号"


def test_bad_rows_are_told_and_the_others_go_on() -> None:
    data = csv(
        ROW,
        ["二号", "甲局"],
        ["三号", *ROW[1:3], "2024-13-05", *ROW[4:]],
        ["四号", *ROW[1:4], "两千", ROW[5]],
        ["", *ROW[1:]],
        ["六号", *ROW[1:]],
    )
    assert told(read(data)) == [
        "一号",
        "表:3:1: 第3行有 2 列，表头有 6 列（检查该行文字中是否含有分隔符或换行）",
        "表:4:11: 第4行“决定日期”“2024-13-05”不是日期（应写作：yyyy-MM-dd）",
        "表:5:22: 第5行“罚款”“两千”不是金额（只写数字，不写单位和说明）",
        "表:6:1: 第6行没有案号（请补录，或改由别的列提供）",
        "六号",
    ]


def test_all_that_is_wrong_in_a_row_is_told_at_once() -> None:
    (result,) = read(csv(["一号", "甲局", "乙", "昨天", "很多", "明天"]))
    assert isinstance(result, Unreadable)
    assert [(problem.line, problem.column) for problem in result.problems] == [(2, 9), (2, 12), (2, 15)]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            ["案号", "机关", "当事人", "决定日期", "罚款"],
            "表:1:1: 表头中没有“公示日期”一列（表头现有：案号、机关、当事人、决定日期、罚款）",
        ),
        ([*HEADER, "罚款"], "表:1:1: 表头中“罚款”出现了不止一次（每列的名称须不同）"),
    ],
)
def test_a_wrong_header_is_told_once_for_the_file(header: list[str], message: str) -> None:
    assert told(read(csv(ROW, header=header))) == [message]


def test_an_empty_file_is_told() -> None:
    assert told(read(b"")) == ["表:1:1: 没有表头（第1行应为各列的名称）"]


def test_a_header_may_stand_under_a_title() -> None:
    profile = changed("{format: separated}", "{format: separated, header_row: 3}")
    assert case("处罚一览表\n,,\n".encode() + csv(ROW), profile).number == "一号"


def test_blank_lines_say_nothing_but_count() -> None:
    data = csv(ROW) + b"\n  \r\n" + csv(["二号", "甲局"])[len(csv()) :]
    assert told(read(data))[1].startswith("表:5:1: 第5行有 2 列")


def test_quoted_cells_run_over_lines_and_places_stay_right() -> None:
    row = ['"一\n号"', '"甲""局"', '"乙,\r\n公司"', "2024-03-05", "0.2", "2024-03-08"]
    first, second = read(csv(row, ["二号", *ROW[1:]]))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.case.number, first.case.agency.name) == ("一\n号", '甲"局')
    assert first.case.parties[0].name == "乙,\n公司"
    party = first.locate(("parties", 0, "name"))
    assert (party.pointer, party.line, party.column, party.quote) == ("第2行/当事人", 3, 12, "乙, 公司")
    decided = first.locate(("acts", 0, "starts"))
    assert (decided.line, decided.column, decided.quote) == (4, 5, "2024-03-05")
    assert second.locate(("acts", 1)).line == 5


def test_a_span_inside_a_quoted_cell_is_found_behind_doubled_quotes() -> None:
    profile = changed("starts: {column: 决定日期}", "starts: {column: 当事人, last_date: true}")
    text = '"称""甲""的\n公司，""2024年3月5日"""'
    reading = only(read(csv(["一号", "甲局", text, *ROW[3:]]), profile))
    place = reading.locate(("acts", 0, "starts"))
    assert (place.line, place.column) == (3, 6)
    assert place.quote == '称"甲"的 公司，"2024年3月5日"'


def test_an_unclosed_quote_costs_its_own_row_only() -> None:
    data = csv(['"一号', *ROW[1:]], ["二号", *ROW[1:]])
    assert told(read(data)) == ["表:2:1: 第2行的引号没有配对（补上引号，或把文中的引号写成两个）", "二号"]


def test_too_many_unclosed_quotes_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "MAX_UNCLOSED", 2)
    monkeypatch.setattr(separated, "MAX_LINES", 1)
    row = ['"一号', *ROW[1:]]
    results = told(read(csv(row, ROW, row, ROW, ROW)))
    assert [line.split("（")[0] for result in results for line in result.split("\n")] == [
        "表:2:1: 第2行的引号没有配对",
        "一号",
        "表:4:1: 第4行的引号没有配对",
        "表:4:1: 引号没有配对的行已有 2 行，其后未读",
    ]


def test_without_quoting_a_quote_is_a_sign_like_any_other() -> None:
    data = csv(['"一号', *ROW[1:]], separator="|", header=HEADER)
    assert case(data, PIPES).number == '"一号'


def test_a_mark_of_utf8_is_no_part_of_the_first_column() -> None:
    reading = only(read(b"\xef\xbb\xbf" + csv(ROW)))
    assert reading.warnings == ()


def test_gb18030_is_read_where_utf8_was_promised_with_one_warning() -> None:
    text = csv(ROW, ["二〇号", *ROW[1:]]).decode()
    first, second = read(text.encode("gb18030"))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert second.case.number == "二〇号"
    assert [str(warning) for warning in first.warnings] == [
        "表:1:1: 文件不是 UTF-8 编码，已按 GB18030 读取（可另存为 UTF-8 编码）"
    ]
    assert second.warnings == ()


def test_utf8_is_read_where_gb18030_was_promised() -> None:
    profile = changed("{format: separated}", "{format: separated, encoding: gb18030}")
    reading = only(read(csv(ROW), profile))
    assert reading.case.number == "一号"
    assert [warning.text for warning in reading.warnings] == ["文件不是 GB18030 编码，已按 UTF-8 读取"]


def test_a_broken_line_of_a_file_in_utf8_is_told() -> None:
    data = csv(ROW) + "二".encode() + b"\xff\xfe,\n" + csv(["三号", *ROW[1:]])[len(csv()) :]
    assert told(read(data)) == ["一号", "表:3:2: 第3行不是 UTF-8 编码（该行可能已损坏，请重新导出）", "三号"]


def test_utf16_and_nul_are_told() -> None:
    assert told(read(csv(ROW).decode().encode("utf-16"))) == [
        "表:1:1: 文件是 UTF-16 编码（另存为 UTF-8 编码的文本）"
    ]
    assert told(read(csv(["一\0号", *ROW[1:]], ROW))) == [
        "表:2:2: 第2行含有空字符（NUL）（文件可能已损坏，请重新导出）",
        "一号",
    ]


def test_oversized_lines_and_cells_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_ROW", 1000)
    monkeypatch.setattr("adapters.tables.row.MAX_CELL", 100)
    data = csv(["一" * 600, *ROW[1:]], ["二" * 150, *ROW[1:]], ROW)
    assert told(read(data)) == [
        "表:2:1: 第2行过长，超过 1000 字节（检查换行，或拆分该行）",
        "表:3:1: 第3行“案号”过长（拆分或删减该单元格）",
        "一号",
    ]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(st.lists(CELLS.filter(str.strip), min_size=1, max_size=6, unique=True))
def test_what_the_standard_library_writes_is_read_back(numbers: list[str]) -> None:
    stream = io.StringIO()
    writer = standard_csv.writer(stream, lineterminator="\n")
    writer.writerows([HEADER, *([number, *ROW[1:]] for number in numbers)])
    expected = [number.strip() for number in numbers if number.strip() not in ("无", "暂缺")]
    results = read(stream.getvalue().encode())
    found = [result.case.number for result in results if isinstance(result, Reading)]
    assert found == expected


@given(st.lists(CELLS.filter(str.strip), min_size=1, max_size=4))
def test_every_cell_is_located_where_its_text_begins(parties: list[str]) -> None:
    stream = io.StringIO()
    writer = standard_csv.writer(stream, lineterminator="\n", quoting=standard_csv.QUOTE_ALL)
    writer.writerows([HEADER, *([*ROW[:2], party, *ROW[3:]] for party in parties)])
    text = stream.getvalue()
    for result in read(text.encode()):
        if isinstance(result, Reading) and result.case.parties:
            place = result.locate(("parties", 0, "name"))
            line = text.split("\n")[(place.line or 0) - 1]
            assert line[(place.column or 0) - 2 :].startswith('"')


def test_everything_wrong_with_a_header_is_told_as_one() -> None:
    (result,) = read("甲,乙\n1,2\n".encode())
    assert isinstance(result, Unreadable)
    assert len(result.problems) > 1


@pytest.mark.parametrize("data", [csv(), csv().strip()], ids=["line", "no end"])
def test_a_table_without_a_single_row_is_told(data: bytes) -> None:
    assert told(read(data)) == ["表: 表格中一行案件也没有（请确认导出是否成功）"]


def test_a_workbook_in_the_place_of_text_is_told_once() -> None:
    (message,) = told(read(xlsx(ROW, ROW)))
    assert message.startswith("表: 这是 Excel 工作簿，不是文本表格")
