from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.rulebook import FOLDER, read_rulebook
from engine.ruleschema import rule_schema
from engine.source import load

SCHEMA = Draft202012Validator(rule_schema())
RULES = [rule.file for rule in read_rulebook().rules]


def document(file: str) -> Any:
    return load((FOLDER.parent / file).read_bytes(), file).data


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(rule_schema())


@pytest.mark.parametrize("file", RULES)
def test_an_editor_finds_no_fault_in_a_shipped_rule(file: str) -> None:
    assert list(SCHEMA.iter_errors(document(file))) == []


@pytest.mark.parametrize(
    "change",
    [{"severity": "fatal"}, {"extra": 1}, {"require": {"folowed_by": {"act": "公示"}}}, {"id": 5}],
)
def test_an_editor_marks_what_cannot_be(change: dict[str, Any]) -> None:
    broken = {**document("rules/disclosure/decision-published.yaml"), **change}
    assert list(SCHEMA.iter_errors(broken))
