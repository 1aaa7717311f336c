from __future__ import annotations

import pytest

from adapters.readers.jsonfile import read_json, write_json
from adapters.readers.jsonplaces import JsonPlaces
from casefiles.mistakes import MOST_MISTAKES
from casefiles.problems import CaseFileError
from tests.adapters.readers.hostile_files import json_file
from tests.casefiles.words import small_vocabulary

WORDS = small_vocabulary()


def test_what_was_not_told_is_left_out_when_writing() -> None:
    case = read_json(json_file().encode(), "a", WORDS).case
    assert write_json(case).decode() == (
        '{\n  "number": "一",\n  "kind": "行政处罚",\n  "agency": {\n    "name": "某局"\n  },\n'
        '  "persons": [\n    {\n      "id": "p1",\n      "name": "甲"\n    }\n  ]\n}\n'
    )


def test_national_bytes_are_read_with_a_warning() -> None:
    reading = read_json(json_file(extra='"cause": "·〇㛃"').encode("gb18030"), "案卷.json", WORDS)
    assert reading.case.cause == "·〇㛃"
    assert [str(warning) for warning in reading.warnings] == [
        "案卷.json: 文件不是 UTF-8 编码，已按 GB18030 读取（建议另存为 UTF-8）"
    ]


def test_all_faults_of_a_text_are_told_in_order() -> None:
    data = json_file(extra='"facts": {"涉案金额": NaN,\n "涉案金额": 1e999}').encode()
    with pytest.raises(CaseFileError) as caught:
        read_json(data, "a", WORDS)
    assert [problem.line for problem in caught.value.problems] == [7, 8, 8]


def test_all_misfits_and_all_wrong_words_are_told() -> None:
    misfits = json_file('{"id": 1}, {"kind": "立案", "x": 1}').encode()
    words = json_file('{"id": "a", "kind": "甲"}, {"id": "a", "kind": "乙"}').encode()
    for data, count in ((misfits, 4), (words, 3)):
        with pytest.raises(CaseFileError) as caught:
            read_json(data, "a", WORDS)
        assert len(caught.value.problems) == count


def test_very_many_problems_are_cut_off() -> None:
    acts = ",".join(f'{{"id": "{n}", "kind": "甲"}}' for n in range(1000))
    with pytest.raises(CaseFileError) as caught:
        read_json(json_file(acts).encode(), "a", WORDS)
    assert len(caught.value.problems) == MOST_MISTAKES + 1
    assert "问题超过 200 处，其余没有列出" in str(caught.value)


def test_a_surrogate_pair_is_one_character() -> None:
    data = json_file(extra='"cause": "\\ud842\\udfb7"').encode()
    assert read_json(data, "a", WORDS).case.cause == "𠮷"


def test_a_broken_escape_after_a_fault_does_not_hide_it() -> None:
    with pytest.raises(CaseFileError) as caught:
        read_json(b'{"a": NaN, "b": "\\x"}', "a", WORDS)
    assert [problem.text for problem in caught.value.problems] == ["不能使用 NaN"]


def test_every_depth_is_refused_with_one_problem() -> None:
    for depth in range(800, 1010):
        with pytest.raises(CaseFileError) as caught:
            read_json(json_file("[" * depth + "]" * depth).encode(), "a", WORDS)
        assert len(caught.value.problems) == 1


def test_too_many_values_are_refused_before_parsing() -> None:
    data = b"[" + b"[]," * 500_001 + b"1]"
    with pytest.raises(CaseFileError, match="文件中的值超过 500000 个"):
        read_json(data, "a", WORDS)


@pytest.mark.parametrize(
    ("path", "pointer", "line", "column", "quote"),
    [
        ((), "", 1, 1, '{"a~/": [1, {"乙": "丙"}], "丁": {} }'),
        (("a~/",), "/a~0~1", 1, 9, '[1, {"乙": "丙"}]'),
        (("a~/", 0), "/a~0~1/0", 1, 10, "1"),
        (("a~/", 1, "乙"), "/a~0~1/1/乙", 2, 7, '"丙"'),
        (("a~/", 2), "/a~0~1", 1, 9, '[1, {"乙": "丙"}]'),
        (("a~/", 0, "x"), "/a~0~1/0", 1, 10, "1"),
        (("丁", "戊"), "/丁", 2, 19, "{}"),
    ],
)
def test_places_are_found_or_the_nearest_around(
    path: tuple[str | int, ...], pointer: str, line: int, column: int, quote: str
) -> None:
    text = '{"a~/": [1,\n{"乙": "丙"}], "丁": {}\n}'
    place = JsonPlaces(text, "a.json").locate(path)
    assert (place.pointer, place.line, place.column, place.quote) == (pointer, line, column, quote)


def test_places_may_be_asked_for_in_any_order() -> None:
    places = JsonPlaces('{"a": 1,\n"b": 2,\n"c": 3}', "a.json")
    asked = [places.locate((name,)).line for name in "cabcba"]
    assert asked == [3, 1, 2, 3, 2, 1]
    assert places.locate_name(("b",)).column == 1
