from __future__ import annotations

from typing import ClassVar

import pytest

from engine.documents import RequirementDocument
from engine.findings import Outcome
from engine.options import Options
from engine.requirement import AllOf, AnyOf, Not
from engine.scope import Scope
from engine.verbs.base import Verb, Verdict
from tests.engine.tables import square, tables

WORDS = {outcome.chinese: outcome for outcome in Outcome}
ALL_OF, ANY_OF, NOT = tables()[3:6]


class Says(Verb, Options, frozen=True, kw_only=True):
    """A verb that says what it is told, for the tables."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"problem"})

    outcome: Outcome

    def sentence(self) -> str:
        return self.outcome.chinese

    def judge(self, scope: Scope) -> Verdict:
        return Verdict(self.outcome, {"problem": self.outcome.chinese})


def says(word: str) -> Says:
    return Says(outcome=WORDS[word])


@pytest.mark.parametrize(("one", "other", "expected"), square(ALL_OF))
def test_all_of_combines_as_documented(one: str, other: str, expected: str, scope: Scope) -> None:
    for pair in ((one, other), (other, one)):
        verdict = AllOf(verbs=tuple(says(word) for word in pair)).judge(scope)
        assert verdict.outcome is WORDS[expected]


@pytest.mark.parametrize(("one", "other", "expected"), square(ANY_OF))
def test_any_of_combines_as_documented(one: str, other: str, expected: str, scope: Scope) -> None:
    for pair in ((one, other), (other, one)):
        verdict = AnyOf(verbs=tuple(says(word) for word in pair)).judge(scope)
        assert verdict.outcome is WORDS[expected]


@pytest.mark.parametrize(("one", "expected"), list(zip(NOT[0][1:], NOT[1][1:], strict=True)))
def test_not_turns_the_verdict_as_documented(one: str, expected: str, scope: Scope) -> None:
    assert Not(verb=says(one)).judge(scope).outcome is WORDS[expected]


def test_a_requirement_names_exactly_one_verb() -> None:
    with pytest.raises(ValueError, match="应写且只写一个谓词，现有 0 个"):
        RequirementDocument.model_validate({})
    with pytest.raises(ValueError, match="应写且只写一个谓词，现有 2 个"):
        RequirementDocument.model_validate({"followed_by": {"act": "公示"}, "preceded_by": {"act": "立案"}})


def test_combinations_are_not_nested() -> None:
    inner = {"any_of": [{"signed_by": {"who": "当事人"}}, {"signed_by": {"who": "见证人"}}]}
    with pytest.raises(ValueError, match="any_of"):
        RequirementDocument.model_validate({"all_of": [inner, {"signed_by": {"who": "当事人"}}]})


def test_the_sentence_of_a_combination_names_every_part() -> None:
    document = RequirementDocument.model_validate(
        {"all_of": [{"followed_by": {"act": "送达"}}, {"preceded_by": {"act": "立案"}}]}
    )
    assert document.verb.sentence() == "之后应当有送达；并且之前应当已有立案"
