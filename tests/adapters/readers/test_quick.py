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
from tests.adapters.readers.hostile_files import JSON_FILES, XML_FILES, Hostile
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
