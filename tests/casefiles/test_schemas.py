from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from lxml import etree

from adapters.readers.source import read_case
from casefiles.model import Act, Agency, CaseFile, Person, encode_hook
from casefiles.schemas import FOLDER, JSON_SCHEMA, XML_SCHEMA, publish, schemas
from casefiles.terms import standard_vocabulary
from tests.casefiles.words import small_vocabulary

SAMPLES = FOLDER.parent / "samples"
SMALL = schemas(small_vocabulary())


def json_check(text: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def xml_check(text: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(text.encode()))


def test_the_published_schemas_are_those_of_the_model_and_the_vocabulary() -> None:
    """To write them anew: python -m casefiles.schemas."""
    for name, text in schemas(standard_vocabulary()).items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text


def test_publishing_writes_both(tmp_path: Path) -> None:
    publish(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [JSON_SCHEMA, XML_SCHEMA]


def test_every_sample_keeps_to_its_schema_and_reads() -> None:
    paths = [path for path in SAMPLES.rglob("*") if path.suffix in (".json", ".xml")]
    assert paths, "casefiles/samples holds no case file"
    published = json_check((FOLDER / JSON_SCHEMA).read_text(encoding="utf-8"))
    for path in paths:
        data = path.read_bytes()
        if path.suffix == ".json":
            published.validate(json.loads(data))
        else:
            xml_check((FOLDER / XML_SCHEMA).read_text(encoding="utf-8")).assertValid(etree.fromstring(data))
        assert read_case(path.name, data, standard_vocabulary()).case.number


def plain(**fields: object) -> object:
    case = CaseFile(
        number="1",
        kind="行政处罚",
        agency=Agency(name="甲"),
        persons=[Person(id="p", name="乙", roles=["执法人员"])],
        acts=[Act(id="a", kind="执法决定", facts={"罚款金额": 5, "处罚种类": ["罚款"]})],
    )
    return {**msgspec.json.decode(msgspec.json.encode(case, enc_hook=encode_hook)), **fields}


def test_the_json_schema_takes_what_is_right() -> None:
    json_check(SMALL[JSON_SCHEMA]).validate(plain(provides=["执法决定.文号", "案卷.当事人类型"]))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "甲"},
        {"number": " "},
        {"procedure": "甲"},
        {"unknown": 1},
        {"provides": ["甲"]},
        {"facts": {"文号": "1"}},
        {"acts": [{"id": "a", "kind": "甲"}]},
        {"acts": [{"id": "a", "kind": "立案", "starts": "2024年"}]},
        {"acts": [{"id": "a", "kind": "立案", "facts": {"罚款金额": 5}}]},
        {"acts": [{"id": "a", "kind": "立案", "facts": {"甲": 5}}]},
        {"acts": [{"id": "a", "kind": "执法决定", "facts": {"罚款金额": -1}}]},
        {"acts": [{"id": "a", "kind": "执法决定", "facts": {"罚款金额": "5"}}]},
        {"acts": [{"id": "a", "kind": "执法决定", "facts": {"处罚种类": ["甲"]}}]},
        {"acts": [{"id": "a", "kind": "处罚告知", "facts": {"陈述期限": "3"}}]},
        {"persons": [{"id": "p", "name": "乙", "roles": ["甲"]}]},
    ],
    ids=str,
)
def test_the_json_schema_refuses_what_is_wrong(fields: dict[str, object]) -> None:
    assert not json_check(SMALL[JSON_SCHEMA]).is_valid(plain(**fields))


def xml(inner: str) -> etree._Element:
    return etree.fromstring(
        f'<casefile xmlns="urn:anjuan:casefile:1" number="1" kind="行政处罚">{inner}</casefile>'
    )


@pytest.mark.parametrize(
    ("inner", "is_valid"),
    [
        ('<agency name="甲"/>', True),
        ('<agency name="甲"/><act id="a" kind="处罚告知"/><provides/>', True),
        ("", False),
        ('<agency name="甲"/><agency name="甲"/>', False),
        ('<agency name="甲" level="甲"/>', False),
        ('<agency name="甲"/><act id="a" kind="甲"/>', False),
        ('<agency name="甲"/><act id="a" kind="立案" starts="2024年"/>', False),
        ('<agency name="甲"/><act id="a" kind="立案"/><act id="a" kind="送达"/>', False),
        ('<agency name="甲"/><act id="a" kind="立案"><about>b</about></act>', False),
        ('<agency name="甲"/><act id="a" kind="立案"><by person="p"/></act>', False),
        ('<agency name="甲"/><act id="a" kind="立案"><fact name="甲">1</fact></act>', False),
        ('<agency name="甲"/><person id="p" name="乙"><role>甲</role></person>', False),
        (
            '<agency name="甲"/><act id="a" kind="立案">'
            '<fact name="文号">1</fact><fact name="文号">2</fact></act>',
            False,
        ),
    ],
)
def test_the_xml_schema_takes_what_is_right_and_refuses_what_is_wrong(inner: str, is_valid: bool) -> None:
    assert xml_check(SMALL[XML_SCHEMA]).validate(xml(inner)) is is_valid
