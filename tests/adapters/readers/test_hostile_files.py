from __future__ import annotations

import tracemalloc

import pytest

from adapters.readers.jsonfile import read_json
from adapters.readers.xmlfile import read_xml
from casefiles.problems import CaseFileError, Problem
from tests.adapters.readers.hostile_files import JSON_FILES, XML_FILES, Hostile
from tests.casefiles.words import small_vocabulary

WORDS = small_vocabulary()
ALL = [("json", one) for one in JSON_FILES] + [("xml", one) for one in XML_FILES]
NAMES = [f"{kind}: {one.name}" for kind, one in ALL]
MEGABYTES = 200


def problems_of(kind: str, data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(CaseFileError) as caught:
        (read_json if kind == "json" else read_xml)(data, f"案卷.{kind}", WORDS)
    return caught.value.problems


@pytest.mark.parametrize(("kind", "hostile"), ALL, ids=NAMES)
def test_gives_one_clear_message_at_its_place(kind: str, hostile: Hostile) -> None:
    data, line, column = hostile.data_and_place()
    (problem,) = problems_of(kind, data)
    assert hostile.words in str(problem)
    assert (problem.line, problem.column) == (line, column)
    assert problem.advice
    assert len(str(problem)) < 300


@pytest.mark.parametrize(("kind", "hostile"), ALL, ids=NAMES)
def test_takes_no_memory_out_of_proportion(kind: str, hostile: Hostile) -> None:
    data, _, _ = hostile.data_and_place()
    tracemalloc.start()
    try:
        problems_of(kind, data)
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 30
