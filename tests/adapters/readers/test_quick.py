"""The quick ways of reading say the same as the exact ones, in every word, of every file."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.readers.jsonfile import read_json, read_json_exactly, write_json
from adapters.readers.jsonquick import quick_case as quick_json
from adapters.readers.xmlfile import read_xml, read_xml_exactly, write_xml
from adapters.readers.xmlquick import quick_case as quick_xml
from adapters.results import Reading
from casefiles.model import CaseFile
from casefiles.problems import CaseFileError
from casefiles.terms import Vocabulary, standard_vocabulary
from casefiles.wordchecks import word_checks
from tests.adapters.readers.hostile_files import (
    JSON_FILES,
    NAMESPACE,
    XML_FILES,
    Hostile,
    json_file,
    xml_file,
)
from tests.adapters.readers.mutants import json_mutant, xml_mutant
from tests.casefiles.strategies import case_files
from tests.casefiles.words import small_vocabulary

Read = Callable[[bytes, str, Vocabulary], Reading]

SAMPLES = Path(__file__).parents[3] / "casefiles" / "samples"
JSON_SAMPLES = sorted(SAMPLES.glob("*.json"))
XML_SAMPLES = sorted(SAMPLES.glob("*.xml"))
WORDS = small_vocabulary()
ALL_WORDS = standard_vocabulary()
RELAXED = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
VERY_MANY = settings(RELAXED, max_examples=6000)


def said(read: Read, data: bytes, words: Vocabulary) -> tuple[object, ...]:
    """All that reading says; the text of a case tells numbers, flags and the order of keys apart."""
    try:
        reading = read(data, "案卷", words)
    except CaseFileError as error:
        return error.problems
    last = ("acts", max(0, len(reading.case.acts) - 1), "kind")
    return repr(reading.case), reading.warnings, reading.locate(last)


def assert_json_agrees(data: bytes, words: Vocabulary) -> None:
    assert said(read_json, data, words) == said(read_json_exactly, data, words)


def assert_xml_agrees(data: bytes, words: Vocabulary) -> None:
    assert said(read_xml, data, words) == said(read_xml_exactly, data, words)


@pytest.mark.parametrize("path", JSON_SAMPLES + XML_SAMPLES, ids=lambda path: path.name)
def test_all_samples_are_read_the_quick_way(path: Path) -> None:
    data = path.read_bytes()
    is_json = path.suffix == ".json"
    assert (quick_json if is_json else quick_xml)(data, word_checks(ALL_WORDS)) is not None
    (assert_json_agrees if is_json else assert_xml_agrees)(data, ALL_WORDS)


@pytest.mark.parametrize("hostile", JSON_FILES, ids=lambda hostile: hostile.name)
def test_hostile_json_is_refused_with_the_same_words(hostile: Hostile) -> None:
    assert_json_agrees(hostile.data_and_place()[0], WORDS)


@pytest.mark.parametrize("hostile", XML_FILES, ids=lambda hostile: hostile.name)
def test_hostile_xml_is_refused_with_the_same_words(hostile: Hostile) -> None:
    assert_xml_agrees(hostile.data_and_place()[0], WORDS)


@pytest.mark.parametrize(
    "data",
    [
        json_file('{"id": "a", "kind": "立案"}, {"id": "a", "kind": "送达"}'),
        json_file('{"id": " ", "kind": "立案"}'),
        json_file('{"id": "a", "kind": "立案", "about": ["b"]}'),
        json_file('{"id": "a", "kind": "立案", "by": [{"person": "p1", "role": "路人"}]}'),
        json_file('{"id": "a", "kind": "立案", "facts": {"文号": null}}'),
        json_file('{"id": "a", "kind": "立案", "facts": null}'),
        json_file('{"id": "a", "kind": "立案", "facts": {"文号": "\\b"}}'),
        json_file('{"id": "a", "kind": "立案", "starts": "2024-03-05", "starts": "2024-03-05"}'),
        json_file(extra='"number" : "二"'),
        json_file(extra='"provides": ["立案.罚款金额"]'),
        json_file(extra='"facts": {"涉案金额": 12345678901.12345}'),
        json_file(extra='"facts": {"重大公共利益": 1}'),
        xml_file('<act id="a" kind="立案"/><act id="a" kind="送达"/>'),
        xml_file('<act id="a" kind="立案">x<fact name="文号">1</fact></act>'),
        xml_file('<act id="a" kind="立案"><fact name="文号">1</fact>x</act>'),
        xml_file('<act id="a" kind="立案"><act id="b" kind="送达"/></act>'),
        xml_file('<act id="a" kind="立案"><fact name="文号"><fact name="内容">1</fact></fact></act>'),
        xml_file('<party name="乙"><act id="a" kind="立案"/></party>'),
        xml_file('<act id="a" kind="立案"><document id="d" kind="文书"/></act>'),
        xml_file('<document id="d" kind="文书"><act id="a" kind="立案"/></document>'),
        xml_file('<person id="p" name="甲"><role><party name="乙"/></role></person>'),
        xml_file('<fact name="涉案金额"><act id="a" kind="立案"/></fact>'),
        xml_file('<provides><act id="a" kind="立案"/><item>立案</item></provides>'),
        xml_file('<provides><item>立案<act id="a" kind="立案"/></item></provides>'),
        xml_file().replace(NAMESPACE, "urn:x"),
        xml_file().replace("casefile", "case"),
    ],
)
def test_what_is_wrong_is_never_read_the_quick_way(data: str) -> None:
    quick = quick_xml if data.startswith("<") else quick_json
    assert quick(data.encode(), word_checks(WORDS)) is None
    (assert_xml_agrees if data.startswith("<") else assert_json_agrees)(data.encode(), WORDS)


def test_usual_files_are_read_the_quick_way() -> None:
    assert quick_json(json_file().encode(), word_checks(WORDS)) is not None
    assert quick_xml(xml_file().encode(), word_checks(WORDS)) is not None


@RELAXED
@given(case_files(WORDS))
def test_case_files_at_random_agree(case: CaseFile) -> None:
    assert_json_agrees(write_json(case), WORDS)
    assert_xml_agrees(write_xml(case), WORDS)


@RELAXED
@given(case_files(WORDS), st.randoms(use_true_random=False))
def test_changed_case_files_agree(case: CaseFile, chance: random.Random) -> None:
    assert_json_agrees(json_mutant(write_json(case), chance), WORDS)
    assert_xml_agrees(xml_mutant(write_xml(case), chance), WORDS)


@RELAXED
@given(st.sampled_from(JSON_SAMPLES), st.randoms(use_true_random=False))
def test_changed_json_samples_agree(path: Path, chance: random.Random) -> None:
    assert_json_agrees(json_mutant(path.read_bytes(), chance), ALL_WORDS)


@RELAXED
@given(st.sampled_from(XML_SAMPLES), st.randoms(use_true_random=False))
def test_changed_xml_samples_agree(path: Path, chance: random.Random) -> None:
    assert_xml_agrees(xml_mutant(path.read_bytes(), chance), ALL_WORDS)


@pytest.mark.long
@VERY_MANY
@given(st.sampled_from(JSON_SAMPLES), st.randoms(use_true_random=False))
def test_very_many_changed_json_samples_agree(path: Path, chance: random.Random) -> None:
    assert_json_agrees(json_mutant(path.read_bytes(), chance), ALL_WORDS)


@pytest.mark.long
@VERY_MANY
@given(st.sampled_from(XML_SAMPLES), st.randoms(use_true_random=False))
def test_very_many_changed_xml_samples_agree(path: Path, chance: random.Random) -> None:
    assert_xml_agrees(xml_mutant(path.read_bytes(), chance), ALL_WORDS)
