from __future__ import annotations

from typing import Any

import pytest

from adapters.results import Reading, Unreadable
from tests.adapters.tables.samples import HEADER, ROW, case, changed, ndjson, only, read, told

FLAT = changed("{format: separated}", "{format: ndjson}")
ENVELOPE = changed("{format: separated}", "{format: ndjson, rows: data/rows}")
GOOD: dict[str, Any] = dict(zip(HEADER, ROW, strict=True))


def test_an_object_a_line_becomes_a_case() -> None:
    found = case(ndjson(GOOD), FLAT)
    assert (found.number, str(found.acts[0].starts), found.acts[0].facts) == (
        "一号",
        "2024-03-05",
        {"罚款金额": 2000},
    )


def test_numbers_and_flags_are_read_as_written() -> None:
    assert case(ndjson({**GOOD, "罚款": 0.2}), FLAT).acts[0].facts == {"罚款金额": 2000}
    assert case(ndjson({**GOOD, "案号": 123456789012345678901234567890}), FLAT).number == (
        "123456789012345678901234567890"
    )
    assert case(ndjson({**GOOD, "案号": True}), FLAT).number == "true"


def test_missing_keys_and_nulls_say_nothing() -> None:
    found = case(ndjson({**GOOD, "公示日期": None}), FLAT)
    assert [act.kind for act in found.acts] == ["执法决定"]
    assert case(ndjson({key: GOOD[key] for key in HEADER[:5]}), FLAT) == found


def test_nested_values_are_reached_by_a_path() -> None:
    profile = changed("{column: 当事人}", "{column: 当事人/0/名称}", FLAT)
    reading = only(read(ndjson({**GOOD, "当事人": [{"名称": "丙公司"}]}), profile))
    assert reading.case.parties[0].name == "丙公司"
    place = reading.locate(("parties", 0, "name"))
    line = ndjson({**GOOD, "当事人": [{"名称": "丙公司"}]}).decode()
    assert (place.pointer, place.quote) == ("第1行/当事人/0/名称", "丙公司")
    assert line[(place.column or 0) - 1 :].startswith('"丙公司"')


def test_an_envelope_holds_many_rows_and_a_bare_row_is_one() -> None:
    data = ndjson({"data": {"rows": [GOOD, {**GOOD, "案号": "二号"}]}}, {**GOOD, "案号": "三号"})
    assert told(read(data, ENVELOPE)) == ["一号", "二号", "三号"]
    second = read(data, ENVELOPE)[1]
    assert isinstance(second, Reading)
    assert second.locate(("number",)).pointer == "第1行/data/rows/1/案号"


def test_a_value_that_is_no_single_one_is_told_with_the_way_out() -> None:
    (message,) = told(read(ndjson({**GOOD, "当事人": ["甲", "乙"]}), FLAT))
    assert message.startswith("表:1:")
    assert message.endswith("第1行“当事人”不是单个的值（在格式文件中写到具体一项，如 当事人/…）")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"案号": "一号",', "表:1:13: 第1行不是完整的 JSON（每行写一个完整的 JSON 对象）"),
        ("[1]", "表:1:1: 第1行不是一条记录（每条记录应为一个 JSON 对象：{…}）"),
        ('{"案号": 1, "案号": 2}', "表:1:1: 第1行的键“案号”重复（请重新导出该行）"),
        ('{"案号": NaN}', "表:1:1: 第1行含有不是数值的 NaN（请重新导出该行）"),
        ('{"案号": "\\ud800"}', "表:1:1: 第1行含有半个字符（代理项）（请重新导出该行）"),
        ("[" * 100_000, "表:1:1: 第1行嵌套过深（减少嵌套）"),
    ],
)
def test_a_bad_line_is_told_and_the_next_is_read(line: str, message: str) -> None:
    assert told(read(f"{line}\n".encode() + ndjson(GOOD), FLAT)) == [message, "一号"]


def test_a_file_over_several_lines_is_told_at_each() -> None:
    results = read(b'{\n"a": 1\n}\n', FLAT)
    assert all(isinstance(result, Unreadable) for result in results)


def test_gb18030_is_told_in_the_first_case_read() -> None:
    reading = only(read(ndjson(GOOD).decode().encode("gb18030"), FLAT))
    assert [warning.text for warning in reading.warnings] == ["文件不是 UTF-8 编码，已按 GB18030 读取"]


def test_an_oversized_value_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.tables.row.MAX_CELL", 100)
    (message,) = told(read(ndjson({**GOOD, "案号": "长" * 101}), FLAT))
    assert message == "表:1:8: 第1行“案号”过长（拆分或删减该项）"
