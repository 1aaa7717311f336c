"""The code of a rule as people read it: what was generated, and what its names stand for."""

from __future__ import annotations

import ast
import re

import pytest

from adapters.rulecode import code_of
from engine.rulebook import Rulebook

GIVEN = {"KEPT", "OUTSIDE", "SKIPPED", "ASK", "isinstance", "list", "int", "float", "type"}


def shown(name: str, rulebook: Rulebook) -> str:
    rule = rulebook.rule(name)
    assert rule is not None
    return code_of(rule, rulebook)


def parts_of(page: str) -> list[str]:
    """Return the code of the rule and of each definition, each with the explanations before it."""
    return re.split(r"^# (?=规则|定义)", page, flags=re.MULTILINE)[1:]


def test_every_name_that_the_code_of_any_rule_uses_is_defined_or_explained(rulebook: Rulebook) -> None:
    for rule in rulebook.rules:
        for part in parts_of(code_of(rule, rulebook)):
            tree = ast.parse(f"# {part}")
            names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
            own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
            own |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
            for name in {node.id for node in names} - own - GIVEN:
                assert f"#   {name}：" in part, (rule.id, name)
            for place in re.findall(r"file\.truths\[\d+\]", part):
                assert f"#   {place}：案卷条件，" in part, (rule.id, place)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("decision-published", "days_7_working_days：期间，7个工作日"),
        ("decision-published", "737033 即 2018-12-05"),
        ("decision-published", "案卷条件，执法领域为“治安管理”"),
        ("two-officers", "are_enough：肯定有足够的人参与"),
        ("two-officers", "demand：人数和资格，应当由不少于2名"),
        ("two-officers", "roles：主办、协办、执法人员、记录人"),
    ],
)
def test_the_header_tells_what_a_name_stands_for(rule: str, line: str, rulebook: Rulebook) -> None:
    assert line in shown(rule, rulebook)


def test_limits_are_told_by_their_titles(rulebook: Rulebook) -> None:
    pages = "".join(code_of(rule, rulebook) for rule in rulebook.rules)
    told = dict(re.findall(r"^#   (?:limit|term)_(\w+?)：.*限值“(.+)”$", pages, re.MULTILINE))
    assert told
    titles = {limit.title for limit in rulebook.limits.table.values()}
    assert set(told.values()) <= titles


def test_the_definitions_that_a_rule_rests_on_follow_and_those_that_they_rest_on(rulebook: Rulebook) -> None:
    page = shown("major-decision-reviewed", rulebook)
    assert re.findall(r"^# 定义 ([a-z-]+)：", page, re.MULTILINE) == ["legal-review-required"]
    assert page.count("def derive(") == 1
    assert "def judge(" in page and "def outside(" in page


def test_the_code_is_the_code_that_runs(rulebook: Rulebook) -> None:
    for rule in rulebook.rules:
        source = rulebook.evaluator.code(rule).code.source
        first = parts_of(code_of(rule, rulebook))[0]
        assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(f"# {first}"))
