"""Real penalty decisions, read from beside the project where they are there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from adapters.cli import main
from tests.conftest import SHARED

DECISIONS = SHARED / "csrc-decisions" / "decisions.psv"
if not DECISIONS.exists():
    DECISIONS = SHARED / "data" / "csrc-decisions" / "decisions.psv"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, str]]:
    if not DECISIONS.exists():
        pytest.skip(f"没有 {DECISIONS.name}：真实数据不随项目提供")
    out = tmp_path_factory.mktemp("csrc") / "report.json"
    arguments = ["check", str(DECISIONS), "--source", "csrc", "--as-of", "2024-12-31"]
    with pytest.raises(SystemExit):
        main([*arguments, "--format", "json", "--out", str(out)])
    report = json.loads(Path(out).read_text(encoding="utf-8"))
    assert len(report["files"]) == 96
    return Counter(
        (finding["rule"], finding["outcome"]) for file in report["files"] for finding in file["findings"]
    )


def test_all_decisions_since_the_duty_began_were_published_in_time(
    outcomes: Counter[tuple[str, str]],
) -> None:
    found = {outcome: count for (rule, outcome), count in outcomes.items() if rule == "decision-published"}
    assert found == {"met": 47, "not_applicable": 49}


def test_what_the_source_cannot_tell_is_never_broken(outcomes: Counter[tuple[str, str]]) -> None:
    assert {rule for rule, outcome in outcomes if outcome in ("breached", "error")} == set()


def test_what_would_settle_it_is_named(outcomes: Counter[tuple[str, str]]) -> None:
    assert any(outcome == "undetermined" for _, outcome in outcomes)
