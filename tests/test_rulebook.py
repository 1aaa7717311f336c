"""The shipped rules as a corpus: what holds for every rule, and how many there are."""

from __future__ import annotations

from collections import Counter

import pytest

from adapters.coverage import read_duties, rules_by_duty
from adapters.featurelint import feature_problems
from engine.counting import term_words
from engine.findings import Severity
from engine.rule import Rule
from engine.rulebook import Rulebook, read_rulebook
from tests.conftest import REPOSITORY
from tests.stories import stories

BOOK = read_rulebook()
RULES = pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
SYSTEMS = {"disclosure": "公示", "recording": "全过程记录", "review": "法制审核"}


def test_every_rule_has_its_feature_and_every_feature_its_rule() -> None:
    assert feature_problems(BOOK, REPOSITORY / "features") == []


def test_the_nation_has_forty_rules_and_a_dozen_for_each_system() -> None:
    packs = Counter(rule.pack for rule in BOOK.rules if "/" not in rule.pack)
    assert sum(packs.values()) >= 40
    assert all(packs[pack] >= 12 for pack in SYSTEMS)
    assert len(BOOK.definitions) >= 5
    assert len(BOOK.limits.table) >= 10


def test_every_row_that_a_rule_names_is_a_duty_of_the_register() -> None:
    known = {duty.id for duty in read_duties()}
    assert rules_by_duty(BOOK).keys() <= known


@RULES
def test_a_rule_is_no_more_severe_than_its_duty(rule: Rule) -> None:
    order = list(Severity)
    duties = {duty.id: duty for duty in read_duties()}
    rows = [duties[row] for row in rule.rows]
    assert rows, "a rule stands for a duty of the register"
    gravest = min(order.index(Severity(duty.severity)) for duty in rows)
    assert order.index(rule.severity) >= gravest
    if rule.severity is Severity.VETO:
        assert any(duty.severity == "veto" and duty.mark == "V" for duty in rows)


@RULES
def test_a_veto_rests_only_on_sources_read_in_full(rule: Rule) -> None:
    if rule.severity is Severity.VETO:
        assert {cited.basis.mark for cited in rule.basis} == {"V"}


@RULES
def test_the_sentence_of_a_rule_is_chinese_and_whole(rule: Rule) -> None:
    assert rule.sentence.endswith("。")
    for word in ("working day", " days", " months", "{", "}"):
        assert word not in rule.sentence


@RULES
def test_no_rule_advises_to_change_a_record(rule: Rule) -> None:
    advice = rule.cure.do
    for word in ("倒签", "倒填", "补签日期", "修改日期", "更改日期", "重新制作笔录"):
        if word in advice:
            assert any(f"不得{verb}{word}" in advice or f"不得{word}" in advice for verb in ("", "以"))


@RULES
def test_every_scenario_of_a_rule_has_its_own_name(rule: Rule) -> None:
    path = REPOSITORY / "features" / rule.pack / f"{rule.id}.feature"
    told = stories(path)
    assert len(told) >= 2
    assert len({(name, tuple(steps)) for name, steps in told}) == len(told)


def test_periods_read_as_chinese_words() -> None:
    from engine.periods import parse_period

    assert term_words(parse_period("7 working days")) == "7个工作日"


def test_the_rulebook_reads_the_same_twice() -> None:
    again: Rulebook = read_rulebook()
    assert again.version == BOOK.version
    assert [rule.id for rule in again.rules] == [rule.id for rule in BOOK.rules]
