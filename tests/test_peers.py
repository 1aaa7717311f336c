"""The comparison with other engines: its files show every rule both ways, and what is compared agrees."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.peers import handwritten, product
from benchmarks.peers.chart import Bar, chart
from benchmarks.peers.days import table
from benchmarks.peers.engines import Engine
from benchmarks.peers.files import ACTS, files
from benchmarks.peers.race import Crash, Disagreement, Worker, agree, lay_out, timed
from benchmarks.peers.rules import IDS
from benchmarks.peers.verdicts import Check, differences
from tests.conftest import REPOSITORY

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def by_product() -> Check:
    return product.build()


@pytest.fixture(scope="module")
def by_hand() -> Check:
    return handwritten.build()


def test_the_functions_written_by_hand_and_the_product_agree_on_every_file(
    by_hand: Check, by_product: Check
) -> None:
    for number, content in enumerate(files(40)):
        data = product.as_json(content)
        assert differences(by_product(data), by_hand(data)) == [], number


def test_a_file_says_the_same_in_xml_as_in_json(by_product: Check) -> None:
    for content in files(12):
        assert differences(by_product(product.as_json(content)), by_product(product.as_xml(content))) == []


def test_the_files_show_every_rule_met_and_breached(by_hand: Check) -> None:
    shown = {(rule, kept) for content in files(200) for rule, _, kept in by_hand(product.as_json(content))}
    assert shown == {(rule, kept) for rule in IDS for kept in (True, False)}


def test_every_file_has_as_many_acts_and_no_two_are_alike() -> None:
    made = files(50)
    assert {len(content["acts"]) for content in made} == {ACTS}
    assert len({product.as_json(content | {"number": ""}) for content in made}) == len(made)
    assert made == files(50)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([("a", "A1", True)], []),
        ([("a", "A1", False)], ["lacks ('a', 'A1', True)", "adds ('a', 'A1', False)"]),
        ([], ["lacks ('a', 'A1', True)"]),
        ([("a", "A1", True), ("a", "A1", True)], ["repeats ('a', 'A1', True)"]),
    ],
)
def test_a_difference_in_one_verdict_is_named(found: list[tuple[str, str, bool]], told: list[str]) -> None:
    assert differences([("a", "A1", True)], found) == told


def test_an_engine_runs_in_its_own_process_and_a_lie_is_named_with_engine_file_and_rule(
    tmp_path: Path, by_hand: Check
) -> None:
    content = files(3)
    expected = [by_hand(product.as_json(one)) for one in content]
    lay_out(tmp_path, content)
    worker = Worker(Engine("by hand", "handwritten", ""), tmp_path)
    agree(worker, expected)
    assert timed([worker], range(3), 2)["by hand"].best > 0
    rule, act, kept = expected[1][0]
    expected[1][0] = (rule, act, not kept)
    with pytest.raises(Disagreement, match=f"by hand, file 1: .*{rule}"):
        agree(worker, expected)
    worker.stop()


def test_an_engine_that_is_not_there_is_told_with_the_reason(tmp_path: Path) -> None:
    lay_out(tmp_path, files(1))
    with pytest.raises(Crash, match="No module named"):
        Worker(Engine("nobody", "nobody", ""), tmp_path)


@pytest.mark.parametrize(
    ("date", "before", "through"),
    [("2024-05-10", 0, 1), ("2024-05-11", 1, 2), ("2024-05-12", 2, 2), ("2024-05-13", 2, 3)],
)
def test_the_table_of_days_counts_the_saturday_that_is_worked(date: str, before: int, through: int) -> None:
    days = table()
    friday = days["2024-05-10"].before
    assert (days[date].before - friday, days[date].through - friday) == (before, through)


def test_the_chart_is_well_formed_and_its_bars_grow_with_the_logarithm() -> None:
    bars = [
        Bar("解析 <b>", 10, "yardstick"),
        Bar("案卷 & 同类", 100, "product", "1×"),
        Bar("别的", 1000, "peer"),
    ]
    root = ElementTree.fromstring(chart("标题 <1>", "说明 & 单位", bars))
    assert root.tag == f"{SVG}svg"
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"标题 <1>", "解析 <b>", "案卷 & 同类", "1×"} <= set(words)
    widths = [float(one.get("width", "0")) for one in root.iter(f"{SVG}rect")][1:]
    assert widths[1] - widths[0] == pytest.approx(widths[2] - widths[1], abs=2)


def test_a_chart_of_one_value_can_be_drawn() -> None:
    ElementTree.fromstring(chart("一", "二", [Bar("三", 10, "peer")]))


def test_the_chart_in_the_documents_is_well_formed() -> None:
    ElementTree.parse(REPOSITORY / "docs" / "speed.svg")
