from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from msgspec.structs import replace

from adapters.reports.jsonreport import SCHEMA, render_json, report_schema
from adapters.results import Run

VALIDATOR = Draft202012Validator(
    json.loads(SCHEMA.read_bytes()), format_checker=Draft202012Validator.FORMAT_CHECKER
)


@pytest.fixture(params=["plain", "many", "nothing", "hostile"])
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


def test_the_published_schema_is_that_of_the_records() -> None:
    Draft202012Validator.check_schema(report_schema())
    assert json.loads(SCHEMA.read_bytes()) == report_schema(), "write report_schema() to report.schema.json"


def test_every_report_fits_the_schema(any_run: Run) -> None:
    VALIDATOR.validate(json.loads(render_json(any_run)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("files", 0, "findings", 0, "outcome"), "不合规"),
        (("files", 0, "findings", 0, "severity"), "fatal"),
        (("files", 0, "findings", 10, "basis", 0, "since"), "2021-13-01"),
        (("files", 0, "findings", 10, "evidence", 0, "line"), 0),
        (("files", 0, "findings", 9, "due"), "14 May"),
        (("summary", "maybe"), 1),
    ],
)
def test_the_schema_refuses_what_is_wrong(plain: Run, path: tuple[Any, ...], value: object) -> None:
    report = json.loads(render_json(plain))
    broken = copy.deepcopy(report)
    node = broken
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    VALIDATOR.validate(report)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(broken)


def test_a_finding_tells_everything(plain: Run) -> None:
    report = json.loads(render_json(plain))
    veto = report["files"][0]["findings"][10]
    assert veto["basis"][1] == {
        "law": "国办发〔2018〕118号",
        "article": "二（六）",
        "since": "2018-12-05",
        "verified": "2026-11-21",
        "until": "2030-01-01",
        "mark": "M",
        "note_until": "2019-06-30",
    }
    assert veto["evidence"][0] == {
        "role": "subject",
        "text": "执法决定 D1",
        "file": "案卷/2024/001.json",
        "pointer": "/acts/3/starts",
        "line": 120,
        "column": 13,
        "quote": "2024-05-06",
    }
    assert veto["evidence"][2] == {"role": "missing", "text": "决定之前没有结论为通过的法制审核"}
    assert veto["cure"]["kind"] == "不可补正"
    late = report["files"][0]["findings"][9]
    assert late["due"] == "2024-05-14"
    assert late["derivation"][1] == {"day": "2024-05-07", "text": "工作日", "counted": 1}
    waived = report["files"][0]["findings"][2]
    assert waived["waiver"]["without"] == "breached"


def test_what_there_is_not_is_left_out(plain: Run) -> None:
    met = json.loads(render_json(plain))["files"][0]["findings"][0]
    assert met.keys().isdisjoint({"due", "derivation", "settled_by", "cure", "waiver", "remarks"})


def test_a_file_that_could_not_be_read_says_why(many: Run) -> None:
    unread = json.loads(render_json(many))["files"][2]
    assert unread["case"] is None
    assert unread["findings"] == []
    assert unread["error"] == [
        {"text": "标签没有闭合", "file": "c.xml", "line": 7, "column": 2, "advice": "补上 </环节>"}
    ]


def test_the_summary_counts_every_outcome(plain: Run) -> None:
    report = json.loads(render_json(plain))
    assert report["summary"] == plain.summary()
    assert sum(report["summary"].values()) == len(plain.files[0].findings)
    assert report["as_of"] == "2026-11-21"


def test_the_same_run_gives_the_same_bytes(any_run: Run) -> None:
    assert render_json(any_run) == render_json(replace(any_run))
    assert json.loads(render_json(any_run)) == json.loads(render_json(any_run, indent=0))
    assert render_json(any_run, indent=0).count("\n") == 1


def test_chinese_is_written_as_it_is_and_strange_text_survives(hostile: Run, hostile_text: str) -> None:
    written = render_json(hostile)
    assert "很长的名称" in written
    assert "𠮷" in written
    written.encode()
    message = json.loads(written)["files"][0]["findings"][0]["message"]
    assert message == hostile_text.replace("\ud83d", "\\ud83d")
