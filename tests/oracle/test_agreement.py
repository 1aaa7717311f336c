"""Product and oracle find the same: in random pairs, in the samples, and in every scenario."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
import yaml

from adapters.readers.source import read_case
from casefiles.model import CaseFile
from casefiles.moments import Moment, moment_of, parse_moment
from casefiles.terms import standard_vocabulary
from casefiles.validity import check_words
from engine.rulebook import FOLDER, Rulebook
from tests.conftest import REPOSITORY
from tests.oracle import interpreter
from tests.oracle.agreement import differences
from tests.oracle.documents import Book, read_book
from tests.oracle.generation import Pair, pairs
from tests.oracle.interpreter import findings
from tests.oracle.minimising import report
from tests.stories import run, stories
from tests.workbench import Workbench

SAMPLES = REPOSITORY / "casefiles" / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".json", ".xml"))
FEATURES = sorted((REPOSITORY / "features").rglob("*.feature"))
CASES = 40
"""How many cases are made for each random rulebook."""


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(FOLDER)


def demand_agreement(pair: Pair) -> None:
    if differences(pair.case, pair.rulebook, pair.book, pair.as_of):
        pytest.fail(report(pair))


@pytest.mark.parametrize("first", range(0, 16, 4))
def test_product_and_oracle_agree_on_random_pairs(first: int) -> None:
    for pair in pairs(first, 4, CASES):
        demand_agreement(pair)


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 1500, 25))
def test_product_and_oracle_agree_on_twenty_thousand_random_pairs(first: int) -> None:
    for pair in pairs(first, 25, CASES):
        demand_agreement(pair)


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_product_and_oracle_agree_on_a_sample(path: Path, rulebook: Rulebook, book: Book) -> None:
    truth = yaml.safe_load((SAMPLES / "truth.yaml").read_text(encoding="utf-8"))
    case = read_case(path.name, path.read_bytes(), standard_vocabulary()).case
    assert not differences(case, rulebook, book, moment_of(truth[path.stem]["as_of"]))


class Scene(Workbench):
    """A workbench that keeps the case of a scenario and the day of its check."""

    told: tuple[CaseFile, Moment] | None = None

    def check(self, day: str) -> None:
        super().check(day)
        self.told = self.case(), parse_moment(day)


def scenes(path: Path, rulebook: Rulebook) -> list[tuple[str, CaseFile, Moment]]:
    """Return every scenario of a feature as its name, its case and the day of its check."""
    found = []
    for name, steps in stories(path):
        scene = Scene(rulebook)
        scene.rule = path.stem
        run(scene, steps)
        assert scene.told is not None
        found.append((name, *scene.told))
    return found


@pytest.mark.long
@pytest.mark.parametrize("path", FEATURES, ids=[path.stem for path in FEATURES])
def test_product_and_oracle_agree_on_the_rule_of_every_scenario(
    path: Path, rulebook: Rulebook, book: Book
) -> None:
    own = Book(**{**vars(book), "rules": [rule for rule in book.rules if rule["id"] == path.stem]})
    for name, case, as_of in scenes(path, rulebook):
        assert not differences(case, rulebook.only([path.stem]), own, as_of), name


@pytest.mark.thorough
@pytest.mark.parametrize("path", FEATURES, ids=[path.stem for path in FEATURES])
def test_product_and_oracle_agree_on_all_rules_in_every_scenario(
    path: Path, rulebook: Rulebook, book: Book
) -> None:
    for name, case, as_of in scenes(path, rulebook):
        assert not differences(case, rulebook, book, as_of), name


def test_random_cases_speak_the_words_of_the_vocabulary() -> None:
    for pair in pairs(0, 6, CASES):
        assert not check_words(pair.case, standard_vocabulary()), pair.seed


def test_random_pairs_reach_every_outcome_of_every_verb() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for pair in pairs(0, 80, 20):
        for one in findings(pair.case, pair.book, pair.as_of):
            found[one.rule.partition("-")[2], one.outcome] += 1
    for verb in interpreter.VERBS:
        for outcome in ("met", "breached", "undetermined", "not_applicable"):
            assert found[verb.replace("_", "-"), outcome] >= 1, (verb, outcome)
    for verb in ("followed-by", "lasts"):
        assert found[verb, "pending"] >= 1


ORACLE = ["truths", "documents", "files", "conditions", "instruments", "terms", "interpreter"]
ORACLE += ["verbs_order", "verbs_time", "verbs_people", "verbs_content", "verbs_dates"]


@pytest.mark.parametrize("name", ORACLE)
def test_the_oracle_takes_nothing_from_the_engine(name: str) -> None:
    allowed = {"casefiles.model", "casefiles.moments", "casefiles.terms", "yaml"}
    allowed |= {f"tests.oracle.{module}" for module in ORACLE}
    tree = ast.parse((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    ours = {module for module in imported if module.partition(".")[0] in ("engine", "casefiles", "tests")}
    assert ours <= allowed
    assert not any(module.partition(".")[0] in ("engine", "adapters") for module in imported)
