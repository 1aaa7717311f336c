from __future__ import annotations

import jsonschema
import msgspec
from hypothesis import HealthCheck, given, settings
from lxml import etree

from adapters.readers.jsonfile import read_json, write_json
from adapters.readers.source import read_case
from adapters.readers.xmlfile import read_xml, write_xml
from casefiles.model import CaseFile, Path
from casefiles.schemas import JSON_SCHEMA, XML_SCHEMA, schemas
from tests.casefiles.strategies import case_files
from tests.casefiles.words import small_vocabulary

WORDS = small_vocabulary()
SCHEMAS = schemas(WORDS)
JSON_CHECK = jsonschema.Draft202012Validator(msgspec.json.decode(SCHEMAS[JSON_SCHEMA]))
XML_CHECK = etree.XMLSchema(etree.fromstring(SCHEMAS[XML_SCHEMA].encode()))
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@RELAXED
@given(case_files(WORDS))
def test_json_and_xml_carry_the_same(case: CaseFile) -> None:
    from_json = read_json(write_json(case), "a.json", WORDS).case
    from_xml = read_xml(write_xml(from_json), "a.xml", WORDS).case
    assert from_json == case
    assert from_xml == case
    assert write_json(from_xml) == write_json(case)


@RELAXED
@given(case_files(WORDS))
def test_what_is_written_keeps_to_the_schemas(case: CaseFile) -> None:
    JSON_CHECK.validate(msgspec.json.decode(write_json(case)))
    XML_CHECK.assertValid(etree.fromstring(write_xml(case)))


@RELAXED
@given(case_files(WORDS))
def test_every_record_and_every_fact_has_a_place(case: CaseFile) -> None:
    for data in (write_json(case), write_xml(case)):
        reading = read_case("a", data, WORDS)
        lines = data.decode().split("\n")
        for path in _paths(case):
            place = reading.locate(path)
            assert place.line is not None and place.column is not None
            assert place.column <= len(lines[place.line - 1])
            first = 1 if data.startswith(b"<") else 0
            assert str(int(path[1]) + first) in place.pointer


def _paths(case: CaseFile) -> list[Path]:
    acts: list[Path] = [("acts", index) for index, _ in enumerate(case.acts)]
    facts: list[Path] = [
        ("acts", index, "facts", name) for index, act in enumerate(case.acts) for name in act.facts
    ]
    return [*acts, *facts, *(("documents", index) for index, _ in enumerate(case.documents))]
