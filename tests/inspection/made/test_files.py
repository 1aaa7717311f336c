"""Made files of all stories: none that is lawful breaks a rule, every planted defect breaks just its own."""

from __future__ import annotations

import pytest

from benchmarks.planted import broken_rules, confusions
from casefiles.terms import Vocabulary
from engine.rulebook import Rulebook
from inspection.made.defects import defects
from inspection.made.files import STORIES, lawful_files, made_file, planted_files


@pytest.mark.long
def test_two_thousand_lawful_files_break_nothing_and_as_many_defects_are_found_and_nothing_else(
    rulebook: Rulebook,
) -> None:
    clean, spoilt = confusions(rulebook, 2_000, 2026)
    assert (clean.files, clean.wrong) == (2_000, [])
    assert (spoilt.files - spoilt.harmless, spoilt.wrong) == (2_000, [])
    # A few have a place only in rare files; test_defects plants them all.
    assert len(spoilt.defects) > 0.9 * len(defects())


def test_some_of_both_kinds_come_out_as_they_were_made(rulebook: Rulebook) -> None:
    clean, spoilt = confusions(rulebook, 100, 1)
    assert (clean.wrong, spoilt.wrong) == ([], [])
    assert sum(spoilt.found.values()) >= spoilt.files - spoilt.harmless == 100


def test_every_story_field_and_region_comes_up(rulebook: Rulebook, vocabulary: Vocabulary) -> None:
    made = list(lawful_files(1_500, 3, rulebook.calendar, vocabulary))
    assert {one.story for one in made} == set(STORIES)
    assert {one.case["field"] for one in made} == set(vocabulary.heads["fields"])
    assert len({one.case["region"] for one in made}) == 31
    years = {act["starts"][:4] for one in made for act in one.case["acts"]}
    assert years >= {str(year) for year in range(2019, 2027)}


def test_the_same_number_makes_the_same_file(rulebook: Rulebook, vocabulary: Vocabulary) -> None:
    one, same, other = (made_file(5, number, rulebook.calendar, vocabulary) for number in (7, 7, 8))
    assert one == same
    assert one.case != other.case


def test_a_planted_file_breaks_what_its_defect_breaks(rulebook: Rulebook, vocabulary: Vocabulary) -> None:
    planted = list(planted_files(25, 9, rulebook.calendar, vocabulary, defects()))
    assert sum(bool(one.broken) for one in planted) == 25
    assert all(broken_rules(one.made.case, rulebook) == one.broken for one in planted)


def test_where_no_defect_has_a_place_none_is_planted(rulebook: Rulebook, vocabulary: Vocabulary) -> None:
    assert list(planted_files(1, 9, rulebook.calendar, vocabulary, ())) == []
