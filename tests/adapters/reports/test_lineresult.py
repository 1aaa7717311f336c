from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from adapters.reports.jsonreport import render_json
from adapters.reports.lineresult import SCHEMA, line_schema, render_lines
from adapters.results import Run

VALIDATOR = Draft202012Validator(
    json.loads(SCHEMA.read_bytes()), format_checker=Draft202012Validator.FORMAT_CHECKER
)


@pytest.fixture(params=["plain", "many", "nothing", "hostile"])
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


def lines(run: Run, *, verbose: bool = False) -> list[dict[str, Any]]:
    return [json.loads(line) for line in render_lines(run, verbose=verbose).splitlines()]


def test_the_published_schema_is_that_of_the_record() -> None:
    Draft202012Validator.check_schema(line_schema())
    assert json.loads(SCHEMA.read_bytes()) == line_schema(), "write line_schema() to line.schema.json"


@pytest.mark.parametrize("verbose", [False, True])
def test_every_line_fits_the_schema_and_there_is_one_for_each_case(any_run: Run, verbose: bool) -> None:
    written = render_lines(any_run, verbose=verbose)
    assert written.count("\n") == len(any_run.files)
    for line in lines(any_run, verbose=verbose):
        VALIDATOR.validate(line)


@pytest.mark.parametrize(("name", "value"), [("line", 0), ("counts", {}), ("verdict", 1), ("file", None)])
def test_the_schema_refuses_what_is_wrong(plain: Run, name: str, value: object) -> None:
    assert not VALIDATOR.is_valid({**lines(plain)[0], name: value})


def test_what_is_met_or_does_not_apply_is_counted_and_listed_only_when_asked_for(plain: Run) -> None:
    (short,) = lines(plain)
    (full,) = lines(plain, verbose=True)
    assert short["counts"] == full["counts"] == plain.summary()
    left = {finding["rule"] for finding in full["findings"]} - {one["rule"] for one in short["findings"]}
    assert left == {"decision-served", "hearing-held"}


def test_findings_warnings_and_duties_have_the_shape_of_the_json_report(plain: Run) -> None:
    (line,) = lines(plain, verbose=True)
    (file,) = json.loads(render_json(plain))["files"]
    for name in ("findings", "warnings", "due", "open", "case", "agency", "file"):
        assert line[name] == file[name]


def test_what_failed_is_told_apart_from_what_could_not_be_read(many: Run) -> None:
    assert "failed" not in lines(many)[2]
    failed = replace(many, files=(replace(many.files[2], failed=True, line=7),))
    assert (lines(failed)[0]["failed"], lines(failed)[0]["line"]) == (True, 7)
