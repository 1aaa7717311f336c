from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from adapters.explain import explained
from adapters.readers.source import read_case
from adapters.reports.jsonreport import render_json
from adapters.results import Run
from adapters.run import results
from casefiles.moments import parse_moment
from engine.conditions import OPERATORS, conditions_from
from engine.documents import RequirementDocument
from engine.rulebook import Rulebook, read_rulebook
from engine.stored import restored, stored
from engine.verbs import VERBS
from tests.conftest import REPOSITORY

BOOK = read_rulebook()
DATA = stored(BOOK)
AGAIN = restored(DATA)
SAMPLES = sorted((REPOSITORY / "casefiles" / "samples").glob("*.[jx]*"))
AS_OF = parse_moment("2026-06-30").date

REQUIREMENTS: dict[str, Any] = {
    "followed_by": {
        "act": ["公示", "送达"],
        "where": {"平台": {"includes_any": ["信用中国"]}},
        "about": "any",
        "within": "7 working days",
        "counted_from": "starts",
        "stopped_by": [{"act": "听证"}],
        "extended_by": [{"act": "延长办案期限", "length": "延长期限", "at_most": {"limit": "some"}}],
        "roll_over": False,
    },
    "preceded_by": {"act": "法制审核", "at_least": {"limit": "some"}, "same_day": True},
    "within": {"period": "24 hours", "of": {"act": "立案"}},
    "covered_by": {"act": "音像记录"},
    "states": {"出示证件": True, "罚款金额": {"at_least": {"limit": "some"}, "more_than": 0.5}},
    "at_most": {"fact": "罚款金额", "value": {"act": "事先告知", "fact": "拟罚款金额"}},
    "at_least": {"fact": "罚款金额", "value": 0.25},
    "same_as": {"act": "事先告知", "fact": "当事人名称", "other_fact": "名称"},
    "done_by": {"role": "执法人员", "at_least": 2, "certificate": True},
    "independent_of": {"act": "立案", "roles": ["听证主持人"]},
    "signed_by": {"who": ["当事人"], "any_of_them": True},
    "lasts": {"at_most": "30 days"},
    "not_during": {"times": ["夜间"]},
    "no_overlap": {"act": "询问", "role": "执法人员"},
    "free_of": {"items": ["身份证号"]},
    "never_with": {"act": "送达", "after_only": True},
    "cites_law_in_force": {},
    "dated": {
        "fact": "报告时间",
        "not_before": "starts",
        "not_after": {
            "act": "查封扣押处理",
            "fact": "书面告知日期",
            "counted_from": "ends",
            "year_end": True,
        },
        "within": {"limit": "some"},
        "after": {"head": "违法行为终了日期"},
        "same_day": True,
    },
}
COMBINED: dict[str, Any] = {
    "all_of": {"all_of": [{"covered_by": {"act": "音像记录"}}, {"lasts": {"at_most": {"limit": "some"}}}]},
    "any_of": {"any_of": [{"states": "理由"}, {"not_during": {"times": ["夜间"]}}]},
    "not": {"not": {"at_most": {"fact": "罚款金额", "value": {"limit": "some"}}}},
}


def with_verb(requirement: dict[str, Any]) -> Rulebook:
    verb = RequirementDocument.model_validate(requirement).verb
    return replace(BOOK, rules=(replace(BOOK.rules[0], verb=verb),))


@pytest.mark.parametrize("part", ["version", "rules", "definitions", "limits", "vocabulary"])
def test_a_part_comes_back_as_it_was(part: str) -> None:
    assert getattr(AGAIN, part) == getattr(BOOK, part)


def test_laws_and_calendar_come_back_as_they_were() -> None:
    assert AGAIN.laws.all == BOOK.laws.all
    assert AGAIN.calendar.years == BOOK.calendar.years
    assert list(AGAIN.calendar.years) == list(BOOK.calendar.years)


def test_words_come_back_in_their_order() -> None:
    assert list(AGAIN.vocabulary.acts) == list(BOOK.vocabulary.acts)
    assert list(AGAIN.vocabulary.facts) == list(BOOK.vocabulary.facts)
    assert list(AGAIN.limits.table) == list(BOOK.limits.table)


def test_the_page_and_the_sentence_of_every_rule_are_the_same() -> None:
    for one, other in zip(BOOK.rules, AGAIN.rules, strict=True):
        assert one.sentence == other.sentence
        assert explained(one, BOOK) == explained(other, AGAIN)


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_every_finding_on_a_sample_is_the_same_to_the_byte(path: Any) -> None:
    reports = []
    for book in (BOOK, AGAIN):
        reading = read_case(path.name, path.read_bytes(), book.vocabulary)
        checked = tuple(results([reading], book, AS_OF, derivations=True))
        reports.append(render_json(Run(AS_OF, "anjuan", book.version, len(book.rules), checked)))
    assert reports[0] == reports[1]


def test_every_verb_has_an_example_here() -> None:
    assert REQUIREMENTS.keys() == VERBS.keys()


@pytest.mark.parametrize("name", [*REQUIREMENTS, *COMBINED])
def test_a_verb_comes_back_with_all_its_options(name: str) -> None:
    book = with_verb(COMBINED.get(name) or {name: REQUIREMENTS[name]})
    (rule,) = restored(stored(book)).rules
    assert rule == book.rules[0]
    assert type(rule.verb) is type(book.rules[0].verb)
    assert rule.verb.sentence() == book.rules[0].verb.sentence()


OPERANDS = [True, False, 0, 1, 10**15, 0.1, 5.0, "行政处罚", ["甲", "乙"], {"limit": "some"}]


@pytest.mark.parametrize("word", OPERATORS)
def test_an_operator_and_its_operand_come_back_with_their_types(word: str) -> None:
    for operand in OPERANDS:
        try:
            conditions = conditions_from({"某事实": {word: operand}})
        except ValueError:
            continue
        book = replace(BOOK, rules=(replace(BOOK.rules[0], applies=conditions),))
        (item,) = restored(stored(book)).rules[0].applies.items
        assert item == conditions.items[0]
        assert item.operator is OPERATORS[word]
        assert repr(item.wanted) == repr(conditions.items[0].wanted)


def altered(*path: Any, value: Any) -> bytes:
    """Return the stored rulebook with one value put in the place of another."""
    plain = msgspec.msgpack.decode(DATA)
    inner = plain
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return msgspec.msgpack.encode(plain)


REFUSED = [
    (("rules", 0, "verb"), {"type": "Nothing"}),
    (("rules", 0, "verb"), {"type": ["FollowedBy"]}),
    (("rules", 0, "verb"), {}),
    (("rules", 0, "verb"), "followed_by"),
    (("rules", 0, "severity"), "fatal"),
    (("rules", 0, "basis"), {}),
    (("rules", 0, "applies"), {"items": [{"name": "a", "operator": "eval", "wanted": 1}]}),
    (("rules", 0, "applies"), {"items": [{"name": "a", "operator": ["is"], "wanted": 1}]}),
    (("rules", 0, "applies"), {"items": [{"name": "a", "operator": "is", "wanted": {"type": "Period"}}]}),
    (("rules",), None),
    (("more",), 1),
    (("laws", 0, "since"), "2024-02-30"),
    (("years", 0, "year"), "2024"),
    (("vocabulary", "facts"), []),
    (("version",), 5),
]


@pytest.mark.parametrize(("path", "value"), REFUSED)
def test_what_has_another_form_is_refused(path: tuple[Any, ...], value: Any) -> None:
    with pytest.raises(ValueError, match="no rulebook"):
        restored(altered(*path, value=value))


NOTHING = [b"", b"\xc0", b"{}", DATA[:-1], DATA + b"\0", DATA[1:], b"\x91" * 5000]


@pytest.mark.parametrize("data", NOTHING, ids=range(len(NOTHING)))
def test_bytes_that_are_no_rulebook_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no rulebook"):
        restored(data)
