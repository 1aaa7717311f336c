from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from adapters.cluster.shipping import Parcel, packed, unpacked
from casefiles.problems import ProblemsError
from engine.rulebook import FOLDER, Rulebook
from tests.adapters.cluster.cases import RULES


def test_what_is_unpacked_is_what_was_packed(rulebook: Rulebook) -> None:
    there = unpacked(packed(FOLDER))
    assert there.version == rulebook.version
    assert [rule.id for rule in there.rules] == [rule.id for rule in rulebook.rules]


def test_only_the_wanted_rules_arrive(parcel: Parcel, rulebook: Rulebook) -> None:
    there = unpacked(parcel)
    assert sorted(rule.id for rule in there.rules) == sorted(RULES)
    assert there.version == rulebook.version


def test_the_rules_are_built_once_for_parcels_that_arrive_one_by_one(parcel: Parcel) -> None:
    first, second = (pickle.loads(pickle.dumps(parcel)) for _ in range(2))
    assert unpacked(first) is unpacked(second)


def test_the_folder_may_be_gone_when_the_parcel_arrives(tmp_path: Path, rulebook: Rulebook) -> None:
    copy = tmp_path / FOLDER.name
    shutil.copytree(FOLDER, copy)
    (copy / "regions" / "note.yaml.txt").write_text("no rule", encoding="utf-8")
    parcel = packed(copy, ["decision-published"])
    shutil.rmtree(copy)
    assert unpacked(parcel).version == rulebook.version


def test_another_word_in_a_rule_or_another_choice_is_another_parcel(tmp_path: Path) -> None:
    copy = tmp_path / FOLDER.name
    shutil.copytree(FOLDER, copy)
    before = packed(copy)
    assert packed(copy) == before
    assert packed(copy, ["decision-published"]) != before
    rule = copy / "disclosure" / "decision-published.yaml"
    rule.write_bytes(rule.read_bytes() + b"# another\n")
    assert packed(copy) != before


def test_broken_rules_are_told_where_they_arrive(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "wrong.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(ProblemsError):
        unpacked(packed(tmp_path))
