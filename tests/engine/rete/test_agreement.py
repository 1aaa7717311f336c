"""The second engine finds what the first one does, wherever it can say anything; and that is not little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from adapters.readers.source import read_case
from casefiles.moments import moment_of
from casefiles.terms import standard_vocabulary
from engine.findings import Outcome, Severity
from engine.rete import clauses
from engine.rete.judging import SecondEngine, SecondEngines, parts, second_engine
from engine.rete.translation import TRANSLATABLE, expressible
from engine.rulebook import Rulebook, read_rulebook
from tests.engine.rete.agreement import Tally
from tests.oracle.generation import pairs
from tests.oracle.test_agreement import FEATURES, FILES, SAMPLES, scenes

TRUTH = yaml.safe_load((SAMPLES / "truth.yaml").read_text(encoding="utf-8"))

BOOK = read_rulebook()
VETOES = {rule.id: rule for rule in BOOK.rules if rule.severity is Severity.VETO}
"""Every rule of the shipped rulebook that vetoes."""
SAID = [name for name, rule in VETOES.items() if expressible(BOOK, rule) is None]
"""Those that can be put to the second engine."""


@pytest.fixture(scope="module")
def second(rulebook: Rulebook) -> Iterator[SecondEngines]:
    found = SecondEngines(rulebook, parts(rulebook, rulebook.rules))
    yield found
    found.close()


def differences(tally: Tally, first: int, books: int, cases: int) -> list[str]:
    """Return where the engines differ in random pairs, up to the first pair in which they do."""
    book: Rulebook | None = None
    second: SecondEngine | None = None
    try:
        for pair in pairs(first, books, cases):
            if second is None or pair.rulebook is not book:
                if second is not None:
                    second.close()
                book = pair.rulebook
                second = second_engine(book, book.rules)
            if found := tally.compare(second, pair.case, pair.as_of):
                return [f"pair {pair.seed}", *found]
    finally:
        if second is not None:
            second.close()
    return []


@pytest.mark.parametrize("first", range(0, 24, 6))
def test_both_engines_agree_on_random_pairs(first: int) -> None:
    assert differences(Tally(), first, 6, 15) == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 1500, 25))
def test_both_engines_agree_on_twenty_thousand_random_pairs(first: int) -> None:
    tally = Tally()
    assert differences(tally, first, 25, 40) == []
    # Of all batches it is 0.51; that of one varies with the verbs that its 25 books draw, by some 0.03.
    assert tally.share >= 0.4


@pytest.mark.parametrize("number", [1279, 5273], ids=["by rule and basis", "between two limits"])
def test_rules_that_ask_one_fact_twice_are_decided_as_well(number: int) -> None:
    assert differences(Tally(), number, 1, 40) == []


def test_more_than_half_of_the_random_pairs_is_decided_with_every_outcome() -> None:
    tally = Tally()
    assert differences(tally, 0, 30, 12) == []
    assert tally.share >= 0.52
    assert all(tally.outcomes.get(one, 0) >= 3 for one in DECIDED)


DECIDED = [Outcome.MET, Outcome.BREACHED, Outcome.PENDING, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_both_engines_agree_on_a_sample_and_four_fifths_of_it_is_decided(
    path: Path, second: SecondEngines
) -> None:
    case = read_case(path.name, path.read_bytes(), standard_vocabulary()).case
    tally = Tally()
    assert tally.compare(second, case, moment_of(TRUTH[path.stem]["as_of"])) == []
    assert tally.share >= 0.8


def test_rules_that_veto_are_expressible_but_for_two_verbs(second: SecondEngines) -> None:
    reasons = [reason for one in VETOES if (reason := second.expressible(one))]
    assert all(reason.startswith(("dated：", "covered_by：")) for reason in reasons)
    assert len(reasons) <= len(VETOES) // 4


@pytest.mark.parametrize("name", SAID)
def test_every_scenario_of_a_veto_is_decided_and_alike(name: str, rulebook: Rulebook) -> None:
    book = rulebook.only([name])
    second, tally = second_engine(book, book.rules), Tally()
    (path,) = (one for one in FEATURES if one.stem == name)
    for scene, case, as_of in scenes(path, rulebook):
        assert tally.compare(second, case, as_of) == [], scene
    second.close()
    assert tally.left == {}
    assert tally.outcomes[Outcome.MET] >= 1
    assert tally.outcomes[Outcome.BREACHED] >= 2


def test_shipped_rules_are_inexpressible_nearly_all_for_their_verb(
    rulebook: Rulebook, second: SecondEngines
) -> None:
    reasons = {one.id: reason for one in rulebook.rules if (reason := second.expressible(one.id))}
    cannot = {verb for verb, way in TRANSLATABLE.items() if way.how is None}
    others = [name for name, reason in reasons.items() if reason.partition("：")[0] not in cannot]
    assert len(others) <= len(rulebook.rules) // 50, others
    assert len(reasons) <= len(rulebook.rules) // 4, "most rules can be put to the second engine"


@pytest.mark.thorough
@pytest.mark.parametrize("path", FEATURES, ids=[path.stem for path in FEATURES])
def test_both_engines_agree_on_all_rules_in_every_scenario(
    path: Path, rulebook: Rulebook, second: SecondEngines
) -> None:
    tally = Tally()
    for scene, case, as_of in scenes(path, rulebook):
        assert tally.compare(second, case, as_of) == [], scene
    assert tally.share >= 0.75


LIES = {"<": "$lte", "<=": "$lt", ">": "$gte", ">=": "$gt", "!=": "", "==": "$neq"}


@pytest.mark.parametrize("how", LIES)
def test_a_comparison_that_is_turned_is_noticed(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(clauses.COMPARISONS, how, LIES[how])
    found = [one for first in range(0, 60, 6) if (one := differences(Tally(), first, 6, 15))]
    assert found


@pytest.mark.parametrize("word", ["all_of", "any_of"])
def test_a_truth_table_that_is_turned_is_noticed(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"engine.rete.judging.{word}", lambda verdicts: min(verdicts, key=str))
    assert any(differences(Tally(), first, 6, 15) for first in range(0, 60, 6))
