"""Every rule has its page, with its sources, its limits and its examples; the site asks nobody."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from adapters.cli import main
from adapters.pages.book import cell, pack_words, pages
from adapters.pages.examples import NOT_RUN, Results, examples, read_results
from adapters.pages.offline import LOCAL, SHIM, loaded_from_elsewhere, make_offline
from adapters.pages.site import write_site
from engine.rulebook import Rulebook, read_rulebook
from tests.conftest import REPOSITORY

FEATURES = REPOSITORY / "features"
FEATURE = """\
# language: zh-CN
功能: 示例

  # 一句说明
  场景: 合规的
    当 于2024-12-31检查
    那么 结论为“合规”

  # 下一个场景的说明
  场景大纲: 第几日（<日>）：<结论>
    当 于<日>检查
    那么 结论为“<结论>”

    例子:
      | 日         | 结论   |
      | 2024-12-31 | 合规   |
      | 2025-01-01 | 不合规 |
"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return read_rulebook()


@pytest.fixture(scope="module")
def written(book: Rulebook) -> dict[str, str]:
    return dict(pages(book, FEATURES, NOT_RUN))


def test_every_rule_has_a_page_and_every_index_links_to_pages_that_exist(
    book: Rulebook, written: dict[str, str]
) -> None:
    assert {f"rules/{rule.id}.md" for rule in book.rules} <= written.keys()
    for name, text in written.items():
        for link in re.findall(r"\]\(([a-z0-9-]+\.md)\)", text):
            assert f"rules/{link}" in written, f"{name} links to {link}"


def test_every_rule_stands_in_the_index_of_its_folder_and_severity(
    book: Rulebook, written: dict[str, str]
) -> None:
    for rule in book.rules:
        assert f"({rule.id}.md)" in written["rules/by-folder.md"]
        assert f"({rule.id}.md)" in written["rules/by-severity.md"]


def test_a_page_shows_sources_limits_exceptions_cure_and_examples(written: dict[str, str]) -> None:
    page = written["rules/decision-in-time.md"]
    for part in ("## 依据", "## 怎样判断", "## 限值：", "**除外**", "## 违反了怎么办", "场景大纲: ", "90日"):
        assert part in page
    assert "False" not in page
    assert "True" not in page


def test_no_page_shows_values_of_the_program(written: dict[str, str]) -> None:
    for name, text in written.items():
        assert not re.search(r"\b(True|False|None|Struct|datetime)\b", text), name


def test_folders_are_called_by_their_names(book: Rulebook) -> None:
    for pack in {rule.pack for rule in book.rules}:
        assert re.fullmatch(r"[一-鿿、：]+", pack_words(pack)), pack


def test_examples_are_read_with_the_outcomes_they_show(tmp_path: Path) -> None:
    path = tmp_path / "a.feature"
    path.write_text(FEATURE, encoding="utf-8")
    first, second = examples(path, [])
    assert (first.name, first.outcomes, first.result) == ("合规的", ("合规",), "未运行")
    assert second.outcomes == ("合规", "不合规")
    assert second.text.endswith("| 2025-01-01 | 不合规 |")
    assert "下一个场景" not in first.text


def test_the_runs_of_an_outline_count_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.feature"
    path.write_text(FEATURE, encoding="utf-8")
    told = [
        ("合规的", ""),
        ("第几日（2024-12-31）：合规", ""),
        ("第几日（2025-01-01）：不合规", "实为“合规”"),
    ]
    first, second = examples(path, told)
    assert (first.runs, first.result) == (1, "通过")
    assert (second.runs, second.failed, second.result) == (2, ("实为“合规”",), "未通过")


def test_what_failed_is_listed_with_its_reason(book: Rulebook) -> None:
    rule = book.rules[0]
    name = examples(FEATURES / rule.pack / f"{rule.id}.feature", [])[0].name.replace("<", "").replace(">", "")
    shown = dict(pages(book, FEATURES, Results("2026-01-02", {rule.id: [(name, "实为别的")]})))
    assert "2026-01-02 运行" in shown["rules/scenarios.md"]
    assert "实为别的" in shown["rules/scenarios.md"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a|b", "a\\|b"), ("<script>", "&lt;script>"), ("*_`", "\\*\\_\\`"), ("罚款", "罚款")],
)
def test_what_would_be_markup_is_shown_as_it_stands(text: str, expected: str) -> None:
    assert cell(text) == expected


def test_pages_of_rules_that_are_gone_do_not_remain(tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "old.md").write_text("old", encoding="utf-8")
    assert write_site(tmp_path, book) > len(book.rules)
    assert not (tmp_path / "pages" / "old.md").exists()
    settings = (tmp_path / "zensical.toml").read_text(encoding="utf-8")
    for link in re.findall(r'"([a-z/-]+\.md)"', settings):
        assert (tmp_path / "pages" / link).is_file(), link


def test_a_page_in_a_folder_finds_the_script_of_the_search(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for name in ("index.html", "rules/a.html"):
        (tmp_path / name).write_text(f'<script src="{SHIM}"></script>', encoding="utf-8")
    (tmp_path / "shim.js").write_text("1", encoding="utf-8")
    assert [address for _, address in loaded_from_elsewhere(tmp_path)] == [SHIM, SHIM]
    make_offline(tmp_path, tmp_path / "shim.js")
    assert (tmp_path / LOCAL).is_file()
    assert f'"./{LOCAL}"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f'"../{LOCAL}"' in (tmp_path / "rules" / "a.html").read_text(encoding="utf-8")
    assert list(loaded_from_elsewhere(tmp_path)) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link href="//example.org/a.css" rel=preconnect>',
        '<img alt="" src="http://example.org/a.png">',
        "<script async src=https://example.org/a.js></script>",
    ],
)
def test_whatever_loads_from_elsewhere_is_found(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")
    assert len(list(loaded_from_elsewhere(tmp_path))) == 1


def test_a_link_to_follow_loads_nothing(tmp_path: Path) -> None:
    text = '<a href="https://example.org">x</a><link rel="canonical" href="https://example.org/a">'
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    assert list(loaded_from_elsewhere(tmp_path)) == []


def test_the_command_writes_the_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.json"
    results.write_text(json.dumps({"day": "2026-01-02", "rules": {}}), encoding="utf-8")
    assert read_results(results) == Results("2026-01-02", {})
    main(["pages", str(tmp_path / "site"), "--results", str(results)])
    assert "已写" in capsys.readouterr().out
    assert (tmp_path / "site" / "pages" / "index.md").is_file()


@pytest.mark.parametrize("text", ["no JSON", "[]", '{"day": "x"}'])
def test_results_that_are_none_are_told(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"
    results.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["pages", str(tmp_path), "--results", str(results)])
    assert ended.value.code == 2
    assert "不是场景结果的文件" in capsys.readouterr().err
