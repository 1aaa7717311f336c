"""Whatever bytes come in, only readings and problems come out."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.results import Reading, Unreadable
from adapters.tables.profile import ProfileError
from adapters.tables.reading import read_table
from casefiles.problems import CaseFileError
from tests.adapters.tables.samples import (
    HEADER,
    PROFILE,
    ROW,
    changed,
    csv,
    ndjson,
    profile_of,
    read,
    small_vocabulary,
    xlsx,
)

PROFILES = {
    name: profile_of(changed("{format: separated}", settings_))
    for name, settings_ in {
        "separated": "{format: separated}",
        "bars": '{format: separated, separator: "|", quoted: false, encoding: gb18030}',
        "ndjson": "{format: ndjson, rows: rows}",
        "xlsx": "{format: xlsx}",
    }.items()
}
GOOD = {
    "separated": csv(ROW, ROW),
    "bars": csv(ROW, ROW, separator="|"),
    "ndjson": ndjson(dict(zip(HEADER, ROW, strict=True)), {"rows": [dict(zip(HEADER, ROW, strict=True))]}),
    "xlsx": xlsx(ROW, ROW),
}


def demand_sane(data: bytes, name: str) -> None:
    for result in read(data, PROFILES[name]):
        if isinstance(result, Reading):
            for path in (("number",), ("acts", 0, "starts"), ("acts", 1), ("parties", 0, "name")):
                assert (result.locate(path).line or 0) >= 1
        else:
            assert isinstance(result, Unreadable)
            assert all(problem.text and problem.advice for problem in result.problems)


@pytest.mark.parametrize("name", PROFILES)
@given(data=st.binary(max_size=300))
def test_arbitrary_bytes(name: str, data: bytes) -> None:
    demand_sane(data, name)


@pytest.mark.parametrize("name", ["separated", "bars", "ndjson"])
@given(text=st.text(st.sampled_from('案号,|"{}[]:\n\r\\u0d8一1.eE-NaN\0 \ufeff'), max_size=120))
def test_text_of_the_signs_that_matter(name: str, text: str) -> None:
    header = "" if name == "ndjson" else f"{(',' if name == 'separated' else '|').join(HEADER)}\n"
    demand_sane((header + text).encode(), name)


@pytest.mark.parametrize("name", PROFILES)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_good_table_with_some_bytes_changed(name: str, data: st.DataObject) -> None:
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 20))
    demand_sane(bytes(content[: len(content) - cut]), name)


@given(text=st.text(max_size=200))
def test_arbitrary_text_as_a_profile(text: str) -> None:
    with pytest.raises(ProfileError):
        profile_of(text)


@given(data=st.data())
def test_a_good_profile_with_some_characters_changed(data: st.DataObject) -> None:
    characters = list(PROFILE)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(characters) - 1))
        characters[at] = data.draw(st.sampled_from(list("{}[]:,\"' \n一a1-&*!|>#%@`\t\0")))
    try:
        profile = profile_of("".join(characters))
    except ProfileError as error:
        assert error.problems
    else:
        list(read_table(GOOD["separated"], "表", profile, small_vocabulary()))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError) as caught:
        read(tmp_path / "没有.csv")
    assert str(caught.value) == "表: 文件无法打开（检查路径和权限）"


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    assert peak_of(tmp_path, 4_000) < 1.5 * peak_of(tmp_path, 500)


def peak_of(folder: Path, rows: int) -> int:
    path = folder / f"{rows}.csv"
    with path.open("wb") as stream:
        stream.write(csv())
        stream.writelines(row_lines(rows))
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_table(path, "表", PROFILES["separated"], small_vocabulary()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == rows
    return peak


def row_lines(rows: int) -> Iterator[bytes]:
    return (f"{number},{','.join(ROW[1:])}\n".encode() for number in range(rows))


def test_samples_are_good() -> None:
    for name, data in GOOD.items():
        assert all(isinstance(result, Reading) for result in read(data, PROFILES[name])), name
