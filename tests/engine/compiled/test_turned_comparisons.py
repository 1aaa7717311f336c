"""Whatever comparison of the compiler is turned into its neighbour, a table of this folder objects."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import pytest

from tests.engine.compiled.turning import JUDGES, Bench, Mutant, mutants, mutants_of

EQUIVALENT = {
    "code: '<' → '<='": "no comparison: the bracket before the label of the source",
    "code: '>' → '>='": "no comparison: the bracket behind the label of the source",
    "rulecode: since <= spans[-1][1] + 1 → since < spans[-1][1] + 1": (
        "days that meet are written as two spans instead of one"
    ),
}
"""Mutants that do what the right code does, each with the reason."""


def test_every_place_of_a_comparison_is_turned_in_code_and_in_text_that_is_no_documentation() -> None:
    source = '"""Is it?"""\n'
    source += 'TABLE = {"is": "value == {wanted}"}\n'
    source += 'whole = f"{0 <= now} < on" if x is not y else "n > 1"\n'
    assert sorted(one.name.partition(": ")[2] for one in mutants_of("m", source)) == [
        "' < on' → ' <= on'",
        "'n > 1' → 'n >= 1'",
        "'value == {wanted}' → 'value != {wanted}'",
        "0 <= now → 0 < now",
        "x is not y → x is y",
    ]


def test_mutants_are_told_apart_and_the_equivalent_ones_are_among_them() -> None:
    names = [one.name for one in mutants()]
    assert len(names) == len(set(names)) > 150
    assert EQUIVALENT.keys() <= set(names)
    assert set(JUDGES) == {
        path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")
    } - {
        "agreement",
        "mutants",
        "turned_comparisons",
    }


@pytest.mark.long
def test_the_tables_notice_every_turned_comparison_but_the_equivalent(tmp_path: Path) -> None:
    benches: Queue[Bench] = Queue()
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        benches.put(Bench(tmp_path / str(number)))

    def noticed(mutant: Mutant) -> bool:
        bench = benches.get()
        try:
            return bench.notices(mutant)
        finally:
            benches.put(bench)

    turned = mutants()
    with ThreadPoolExecutor(2) as two:
        told = list(two.map(noticed, turned))
    unnoticed = {mutant.name for mutant, found in zip(turned, told, strict=True) if not found}
    assert unnoticed == EQUIVALENT.keys()
