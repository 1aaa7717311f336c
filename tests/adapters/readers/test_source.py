from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.readers.jsonfile import write_json
from adapters.readers.source import read_case
from adapters.readers.xmlfile import write_xml
from casefiles.model import Act, Agency, CaseFile, Participation, Person
from casefiles.problems import CaseFileError
from tests.casefiles.words import small_vocabulary

WORDS = small_vocabulary()
CASE = CaseFile(
    number="〔2024〕1号",
    kind="行政处罚",
    agency=Agency(name="某局"),
    persons=[Person(id="p1", name="李·四")],
    acts=[
        Act(
            id="a1",
            kind="执法决定",
            by=[Participation(person="p1")],
            facts={"罚款金额": 5000.5, "文号": "一", "处罚种类": ["罚款"]},
        )
    ],
    provides=["执法决定.文号"],
)
SAMPLES = (write_json(CASE), write_xml(CASE))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
@pytest.mark.parametrize("sample", SAMPLES, ids=["json", "xml"])
def test_both_forms_are_known_by_their_first_sign(sample: bytes, encoding: str) -> None:
    data = f"\n {sample.decode()}".encode(encoding)
    if sample.startswith(b"<"):
        data = sample.decode().encode(encoding)
    assert read_case("案卷", data, WORDS).case == CASE


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf \n", "文件是空的"),
        (bytes(1000), "文件中只有空字节"),
        (b"%PDF-1.7", "这是 PDF 文件，不是案卷文件"),
        (b"PK\x03\x04", "压缩包或者 Word、Excel 文件"),
        (b"number: 1", "既不是 JSON 也不是 XML"),
        ("案号".encode("gb18030"), "既不是 JSON 也不是 XML"),
    ],
    ids=repr,
)
def test_other_things_are_told(data: bytes, words: str) -> None:
    with pytest.raises(CaseFileError, match=words):
        read_case("案卷", data, WORDS)


def test_oversized_bytes_are_told() -> None:
    with pytest.raises(CaseFileError, match="文件过大：64.0 MB|文件过大：64 MB"):
        read_case("案卷", bytes(64 * 1024 * 1024 + 1), WORDS)


def read_or_refuse(data: bytes) -> None:
    try:
        reading = read_case("案卷", data, WORDS)
    except CaseFileError as error:
        assert error.problems
        assert all(problem.text and problem.advice for problem in error.problems)
    else:
        assert reading.case.number


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([b"", b"{", b"<a", b"<?xml "]), st.binary(max_size=200))
def test_no_bytes_raise_anything_but_problems(start: bytes, data: bytes) -> None:
    read_or_refuse(start + data)


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.integers(0, 12),
            st.binary(max_size=4)
            | st.sampled_from([b"<!--", b"]]>", b"&x;", b"null", b"[[", b'"', b"</act>", b"<item/>"]),
        ),
        max_size=3,
    ),
)
def test_no_damage_to_a_file_raises_anything_but_problems(
    sample: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    for offset, length, new in edits:
        at = offset % len(sample)
        sample = sample[:at] + new + sample[at + length :]
    read_or_refuse(sample)


PIECES = st.sampled_from(
    ["<act>", "</act>", '<fact name="文号">', "</fact>", "<item>", "</item>", "x", "<provides>"]
    + ["</provides>", "<agency/>", "<!--c-->", "<?p?>", "<by/>", "<![CDATA[", "]]>", "&amp;", "\n"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_no_heap_of_elements_raises_anything_but_problems(pieces: list[str]) -> None:
    start = '<casefile xmlns="urn:anjuan:casefile:1" number="1" kind="行政处罚">'
    read_or_refuse(f"{start}{''.join(pieces)}</casefile>".encode())


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["number", "kind", "agency", "acts", "facts", "id", "文号", "by", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(JSON_VALUES)
def test_no_json_raises_anything_but_problems(value: object) -> None:
    import json

    read_or_refuse(json.dumps(value).encode())
