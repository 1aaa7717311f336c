from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from adapters.readers.xmlfile import read_xml, write_xml
from adapters.readers.xmlplaces import XmlPlaces, xml_pointer
from casefiles.mistakes import MOST_MISTAKES
from casefiles.model import Act, Agency, CaseFile
from casefiles.problems import CaseFileError
from tests.adapters.readers.hostile_files import DECLARED, NAMESPACE, xml_file
from tests.casefiles.words import small_vocabulary

WORDS = small_vocabulary()

ACTS = """  <!-- 一 --><act id="a1"
       kind='立案'><?pi x?>
    <fact name="文号"> 甲<!-- 二 --> 乙 </fact></act>
  <act id="a2" kind="执法决定"><about>a1</about>
    <fact name="罚款金额"> 5000.50 </fact>
    <fact name="处罚种类"><item>罚款</item>
      <item>没收</item></fact>
    <fact name="说明"/>
  </act>
  <act id="a3" kind="处罚告知"><fact name="已告知"> 是 </fact></act>
  <act id="a4" kind="处罚告知"><fact name="已告知">false</fact></act>
  <provides/>"""


def test_facts_are_read_by_the_type_that_the_vocabulary_gives_them() -> None:
    case = read_xml(xml_file(ACTS).encode(), "a.xml", WORDS).case
    assert [act.facts for act in case.acts] == [
        {"文号": " 甲 乙 "},
        {"罚款金额": 5000.5, "处罚种类": ["罚款", "没收"], "说明": []},
        {"已告知": True},
        {"已告知": False},
    ]
    assert case.acts[1].about == ["a1"]
    assert case.provides == []


def test_a_file_without_provides_is_a_full_one() -> None:
    assert read_xml(xml_file().encode(), "a.xml", WORDS).case.provides is None


def test_a_prefix_and_a_schema_location_are_welcome() -> None:
    data = (
        f'<c:casefile xmlns:c="{NAMESPACE}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
        ' i:schemaLocation="x y" number="1" kind="行政处罚"><c:agency name="甲"/></c:casefile>'
    )
    assert read_xml(data.encode(), "a.xml", WORDS).case.agency.name == "甲"


@pytest.mark.parametrize(
    ("path", "pointer", "line", "column", "quote"),
    [
        ((), "/casefile", 2, 1, f'<casefile xmlns="{NAMESPACE}" number="一" kind="行政处罚">'),
        (("number",), "/casefile/@number", 2, 41, "一"),
        (("agency",), "/casefile/agency", 3, 3, '<agency name="某局"/>'),
        (("acts", 0), "/casefile/act[1]", 4, 13, "<act id=\"a1\" kind='立案'>"),
        (("acts", 0, "kind"), "/casefile/act[1]/@kind", 5, 8, "立案"),
        (("acts", 0, "starts"), "/casefile/act[1]", 4, 13, "<act id=\"a1\" kind='立案'>"),
        (("acts", 0, "facts", "文号"), "/casefile/act[1]/fact[@name='文号']", 6, 5, "甲 乙"),
        (("acts", 0, "facts", "内容"), "/casefile/act[1]", 4, 13, "<act id=\"a1\" kind='立案'>"),
        (("acts", 1, "about", 0), "/casefile/act[2]/about[1]", 7, 28, "a1"),
        (
            ("acts", 1, "facts", "处罚种类"),
            "/casefile/act[2]/fact[@name='处罚种类']",
            9,
            5,
            "罚款 没收",
        ),
        (
            ("acts", 1, "facts", "处罚种类", 1),
            "/casefile/act[2]/fact[@name='处罚种类']/item[2]",
            10,
            7,
            "没收",
        ),
        (("acts", 9), "/casefile", 2, 1, f'<casefile xmlns="{NAMESPACE}" number="一" kind="行政处罚">'),
        (("provides",), "/casefile/provides", 15, 3, "<provides/>"),
    ],
)
def test_places_are_found_or_the_nearest_around(
    path: tuple[str | int, ...], pointer: str, line: int, column: int, quote: str
) -> None:
    place = read_xml(xml_file(ACTS).encode(), "a.xml", WORDS).locate(path)
    assert (place.pointer, place.line, place.column, place.quote) == (pointer, line, column, quote)


def test_a_pointer_quotes_what_it_must() -> None:
    assert xml_pointer(("facts", "甲'乙")) == '/casefile/fact[@name="甲\'乙"]'
    assert xml_pointer(("provides", 0)) == "/casefile/provides/item[1]"
    assert xml_pointer(("acts",)) == "/casefile/act"


PIECES = st.sampled_from(
    ["<act>", "</act>", "<c:by a='>' b=\"'/>\" />", "<fact name=''>", "</fact>", "<x\n/>", "\n"]
    + ["<!-- <a> -->", "<?p <a> ?>", "<![CDATA[<a>]]>", "&lt;a&gt;", "</c:by>", "<c:by>", "'>"]
)


@given(st.lists(PIECES, max_size=8))
def test_places_know_the_same_elements_as_the_parser(pieces: list[str]) -> None:
    text = f"<casefile xmlns:c='u'>{''.join(pieces)}</casefile>"
    try:
        root = etree.fromstring(text)
    except etree.XMLSyntaxError:
        return
    places = XmlPlaces(text, "a")
    tags = list(root.iter(etree.Element))
    for number, element in enumerate(tags):
        place = places.locate_element(number)
        line = text.split("\n")[(place.line or 0) - 1]
        name = etree.QName(element).localname
        assert re.match(rf"<(c:)?{name}\b", line[(place.column or 0) - 1 :])
    with pytest.raises(IndexError):
        places.locate_element(len(tags))


def test_an_attribute_is_not_mistaken_for_the_value_of_another() -> None:
    data = """<casefile number=" kind='x'" kind="y"/>"""
    place = XmlPlaces(data, "a").locate(("kind",))
    assert (place.column, place.quote) == (30, "y")


def test_wrongly_declared_encodings_are_read_with_a_warning() -> None:
    text = xml_file('<fact name="重大公共利益">否</fact>', prolog='<?xml version="1.0" encoding="%s"?>')
    for declared, actual in (("GB2312", "utf-8"), ("UTF-8", "gb18030")):
        reading = read_xml((text % declared).encode(actual), "a.xml", WORDS)
        assert reading.case.facts == {"重大公共利益": False}
        assert len(reading.warnings) == 1


def test_rare_characters_of_a_file_declared_as_gb2312_survive() -> None:
    text = f'<?xml version="1.0" encoding="GB2312"?>{xml_file(prolog="")}'
    data = text.replace("某局", "·〇㛃").encode("gb18030")
    assert read_xml(data, "a.xml", WORDS).case.agency.name == "·〇㛃"


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE casefile>",
        DECLARED + "<!DOCTYPE casefile []>",
        DECLARED + "<!-- <!DOCTYPE a> -->\n<?pi <!DOCTYPE b>?><!DOCTYPE casefile>",
        "<!doctype html>",
    ],
)
def test_every_document_type_is_refused(prolog: str) -> None:
    with pytest.raises(CaseFileError) as caught:
        read_xml(xml_file(prolog=prolog).encode(), "a.xml", WORDS)
    (problem,) = caught.value.problems
    assert "DOCTYPE" in problem.text
    lines = prolog.split("\n")
    assert (problem.line, problem.column) == (len(lines), lines[-1].upper().rindex("<!DOCTYPE") + 1)


def test_the_word_doctype_in_a_comment_or_a_text_is_harmless() -> None:
    inner = (
        '<!-- <!DOCTYPE a> --><act id="a" kind="立案"><fact name="内容"><![CDATA[<!DOCTYPE]]></fact></act>'
    )
    data = xml_file(inner, prolog="<!-- <!DOCTYPE a> -->").encode()
    assert read_xml(data, "a.xml", WORDS).case.acts[0].facts == {"内容": "<!DOCTYPE"}


def test_a_text_or_a_name_beyond_all_measure_is_refused_at_its_line() -> None:
    for inner in (f"<act>{'甲' * 4_000_000}</act>", f"<{'a' * 60_000}/>"):
        with pytest.raises(CaseFileError) as caught:
            read_xml(xml_file(inner).encode(), "a.xml", WORDS)
        (problem,) = caught.value.problems
        assert (problem.line, problem.text) == (4, "XML 内容超出允许的限度")


def test_very_many_tags_are_refused_before_parsing() -> None:
    with pytest.raises(CaseFileError, match="文件中的标签超过 500000 个"):
        read_xml(b"<a>" + b"<b/>" * 500_001, "a.xml", WORDS)


def test_all_things_without_a_place_are_told() -> None:
    with pytest.raises(CaseFileError) as caught:
        read_xml(xml_file("<x/>\n<y/>\n<fact/>").encode(), "a.xml", WORDS)
    assert [problem.line for problem in caught.value.problems] == [4, 5, 6]


def test_very_many_things_without_a_place_are_cut_off() -> None:
    with pytest.raises(CaseFileError) as caught:
        read_xml(xml_file("<x/>" * 1000).encode(), "a.xml", WORDS)
    assert len(caught.value.problems) == MOST_MISTAKES


def test_a_misspelt_fact_is_told_where_its_element_begins() -> None:
    inner = '<act id="a" kind="立案">\n  <fact name="文好">1</fact></act>'
    with pytest.raises(CaseFileError, match="a.xml:5:3: 环节“立案”没有事项“文好”（是否为“文号”？"):
        read_xml(xml_file(inner).encode(), "a.xml", WORDS)


def test_what_xml_cannot_write_is_an_error() -> None:
    case = CaseFile(number="1", kind="行政处罚", agency=Agency(name="甲"), acts=[Act(id="\0", kind="立案")])
    with pytest.raises(ValueError):
        write_xml(case)
