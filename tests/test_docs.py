"""The documents are true: what they show is run, what they list is complete, where they point exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from adapters.cli import FAIL_ON, Exit, cli
from adapters.readers import filebytes, jsonfaults, jsonfile, xmlquick
from adapters.readers.source import read_case
from adapters.reports import html
from adapters.reports.forms import FORMS
from adapters.tables import profile as tables
from adapters.tables import row, separated, workbook
from casefiles.forms import CASE_FORM, Form
from casefiles.mistakes import MOST_MISTAKES
from casefiles.plain import MOST_DIGITS
from casefiles.terms import FactType, Vocabulary
from engine import source
from engine.conditions import OPERATORS
from engine.documents import DefinitionDocument, LimitDocument, RuleDocument
from engine.findings import Outcome, Severity
from engine.periods import Unit
from engine.rete.judging import SecondEngines, parts
from engine.rete.translation import TRANSLATABLE
from engine.rule import Rule
from engine.rulebook import Rulebook, read_rulebook
from engine.verbs import VERBS
from tests.conftest import REPOSITORY
from tests.console import agrees, blocks, lay_out, output_of
from tests.steps import SENTENCES
from tests.stories import failures, stories

DOCS = REPOSITORY / "docs"
PAGES = sorted([*REPOSITORY.glob("*.md"), *DOCS.glob("*.md")])
READMES = (REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md")
_LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
_STEP = re.compile(r"(假如|当|那么) (.+)")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(REPOSITORY).as_posix() for path in paths]


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_commands_print_what_the_document_shows(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lay_out(text, tmp_path)
    for block in blocks(text):
        if block.language == "console":
            real = output_of(block.content, tmp_path)
            assert agrees(block.content, real), f"python -m tests.console {path.name}\n{real}"


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_links_lead_to_files_and_headings_that_exist(path: Path) -> None:
    for link in _LINK.findall(path.read_text(encoding="utf-8")):
        target, _, anchor = link.partition("#")
        if target.startswith(("https:", "http:")):
            continue
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), link
        if anchor:
            assert anchor in anchors(there.read_text(encoding="utf-8")), link


def anchors(text: str) -> set[str]:
    """Return the anchors of the headings of a document as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_every_option_that_a_document_writes_exists(path: Path) -> None:
    for command, options in commands_in(path.read_text(encoding="utf-8")):
        assert command in cli.commands, command
        assert options <= options_of(cli.commands[command]), f"anjuan {command}: {options}"


def commands_in(text: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each command written in a document with the long options written behind it."""
    for found in re.finditer(r"anjuan ([a-z]+)((?: [^\s`]+)*)", text):
        yield found[1], set(re.findall(r" (--[a-z-]+)", found[2]))


def options_of(command: click.Command) -> set[str]:
    return {word for option in command.params for word in option.opts if word.startswith("-")}


def test_the_guide_names_every_command_and_option() -> None:
    text = page("guide.md")
    for name, command in cli.commands.items():
        assert f"anjuan {name}" in text
        for option in options_of(command):
            assert f"`{option}" in text or f" {option}" in text, f"{name} {option}"


@pytest.mark.parametrize("word", [*FORMS, *FAIL_ON, *(str(code.value) for code in Exit)])
def test_the_guide_explains_every_choice_and_exit_code(word: str) -> None:
    assert f"`{word}`" in page("guide.md")


LIMITS = {
    "案卷文件": f"{filebytes.MOST_BYTES // 2**20} MB",
    "JSON 的值": f"{jsonfile.MOST_VALUES:,}",
    "JSON 的嵌套": f"{jsonfaults.MOST_DEPTH} 层",
    "XML 的标签": f"{xmlquick.MOST_TAGS:,}",
    "数字": f"{MOST_DIGITS} 位",
    "一个文件的问题": f"{MOST_MISTAKES} 处",
    "表格的行": f"{row.MAX_ROW:,}",
    "单元格": f"{row.MAX_CELL:,}",
    "引号内的换行": f"{separated.MAX_LINES:,}",
    "未闭合的引号": f"{separated.MAX_UNCLOSED} 行",
    "工作簿": f"{workbook.MAX_UNPACKED:,}",
    "工作表": f"{workbook.MAX_GRID:,}",
    "网页列出的案卷": f"{html.MOST_LISTED:,} 个",
    "规则文件": f"{source.MAX_BYTES:,}",
}


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_the_guide_tells_every_limit_of_size(limit: str) -> None:
    assert limit in page("guide.md")


def steps_shown() -> list[tuple[str, str]]:
    """Return every single step in the tables of the page on steps, as its kind and its text."""
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page("steps.md"), flags=re.DOTALL))
    return [(found[1], found[2]) for text in inline if (found := _STEP.fullmatch(text))]


def test_every_step_on_the_page_is_a_registered_one() -> None:
    for kind, text in steps_shown():
        assert [one for one, parser, _ in SENTENCES if parser.is_matching(text)] == [kind], text


@pytest.mark.parametrize(
    ("kind", "parser"),
    [(kind, parser) for kind, parser, _ in SENTENCES],
    ids=[parser.name for _, parser, _ in SENTENCES],
)
def test_every_registered_step_is_on_the_page(kind: str, parser: Any) -> None:
    assert any(shown == kind and parser.is_matching(text) for shown, text in steps_shown()), parser.name


def test_the_scenarios_of_the_documents_come_out_as_written(rulebook: Rulebook, tmp_path: Path) -> None:
    for path in PAGES:
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.language == "gherkin":
                feature = tmp_path / f"{block.name}.feature"
                feature.write_text(block.content, encoding="utf-8")
                assert list(failures(rulebook, feature, stories(feature))) == []


@pytest.fixture(scope="module")
def shown_rules(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """Read what ``docs/rules.md`` shows as one rulebook: whole documents, and rules around fragments."""
    folder = tmp_path_factory.mktemp("rules")
    for name in ("laws", "calendar"):
        (folder / name).symlink_to(REPOSITORY / "rules" / name)
    for number, block in enumerate(blocks(page("rules.md"))):
        if block.language == "yaml":
            write_document(folder, number, block.name, block.content)
    return read_rulebook(folder)


FOLDERS = {"rule": "pack", "definition": "definitions", "limit": "limits", "part": "pack"}
AROUND: dict[str, Any] = {
    "title": "示例",
    "severity": "minor",
    "effect": "规范性瑕疵",
    "basis": {
        "law": "中华人民共和国行政处罚法",
        "article": "第四十八条",
        "since": "2021-07-15",
        "verified": "2026-11-21",
    },
    "subject": {"act": "执法决定"},
    "require": {"states": ["文号"]},
    "message": "{subject}：{problem}。",
    "remedy": {"cure": "说明", "do": "书面说明。"},
}


def write_document(folder: Path, number: int, purpose: str, text: str) -> None:
    """Write one block of YAML as a document of its kind; a part of a rule gets the rest around it."""
    name = f"example-{number}"
    if purpose == "part":
        text = yaml.safe_dump({"id": name, **AROUND, **yaml.safe_load(text)}, allow_unicode=True)
    else:
        name = re.search(r"^id: (\S+)", text, re.MULTILINE)[1]  # type: ignore[index]
    path = folder / FOLDERS[purpose] / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_rules_on_the_page_load(shown_rules: Rulebook) -> None:
    assert len(shown_rules.rules) > len(VERBS)
    assert shown_rules.definitions and shown_rules.limits.table


def test_every_verb_is_shown_by_an_example_with_its_sentence(shown_rules: Rulebook) -> None:
    text = page("rules.md")
    shown: dict[str, list[Rule]] = {name: [] for name in VERBS}
    for rule in shown_rules.rules:
        for name, verb in VERBS.items():
            if type(rule.verb) is verb:
                shown[name].append(rule)
    for name, rules in shown.items():
        assert f"### `{name}`" in text
        assert any(rule.verb.sentence() in text for rule in rules), [one.verb.sentence() for one in rules]


@pytest.mark.parametrize("name", VERBS)
def test_every_option_and_placeholder_of_a_verb_is_explained_in_its_section(name: str) -> None:
    section = page("rules.md").split(f"### `{name}`")[1].split("\n### ")[0]
    for field in VERBS[name].__struct_fields__:
        if (name, field) != ("states", "conditions"):
            assert f"`{field}`" in section, field
    for value in VERBS[name].VALUES:
        assert f"`{{{value}}}`" in section, value


@pytest.mark.parametrize("name", OPERATORS)
def test_every_comparison_is_explained(name: str) -> None:
    assert f"| `{name}` |" in page("rules.md")


@pytest.mark.parametrize("model", [RuleDocument, DefinitionDocument, LimitDocument])
def test_every_key_of_a_document_is_explained(model: Any) -> None:
    for key in model.model_fields:
        assert f"`{key}`" in page("rules.md"), key


def test_the_words_of_outcomes_and_severities_are_listed() -> None:
    for one in [*Outcome, *Severity]:
        assert f"| {one.chinese} | `{one.value}` |" in page("words.md")


@pytest.mark.parametrize("name", VERBS)
def test_the_page_on_the_second_engine_says_of_each_verb_whether_and_how_it_is_translated(name: str) -> None:
    one = TRANSLATABLE[name]
    assert f"| `{name}` | {'能' if one.how else '不能'} | {one.words} |" in page("second-engine.md")


def test_what_the_page_on_the_second_engine_says_of_the_shipped_rules_is_so(rulebook: Rulebook) -> None:
    second = SecondEngines(rulebook, parts(rulebook, rulebook.rules))
    text = (
        "五分之四以上能够表达；一票否决的除用 `dated` 比较时间、用 `covered_by` 拼接录像的以外，全部能够表达"
    )
    assert text in page("second-engine.md")
    assert sum(len(one.translation.rules) for one in second.parts) >= 0.8 * len(rulebook.rules)
    vetoes = [one.id for one in rulebook.rules if one.severity is Severity.VETO]
    unsaid = [reason for one in vetoes if (reason := second.expressible(one))]
    assert all(reason.startswith(("dated：", "covered_by：")) for reason in unsaid)


def test_both_forms_of_the_example_tell_the_same_case(vocabulary: Vocabulary) -> None:
    shown = {block.name: block.content for block in blocks(page("casefile.md"))}
    readings = [read_case(name, shown[name].encode(), vocabulary) for name in ("案卷.json", "案卷.xml")]
    assert readings[0].case == readings[1].case
    assert not readings[0].warnings and not readings[1].warnings


def test_every_field_and_type_of_the_case_file_is_explained() -> None:
    text = page("casefile.md")
    for field in fields(CASE_FORM):
        assert f"`{field}`" in text, field
    for kind in FactType:
        assert f"`{kind.value}`" in text, kind


def fields(form: Form) -> Iterator[str]:
    for slot in form.slots.values():
        yield slot.name
        if slot.form is not None:
            yield from fields(slot.form)


PARTS = [one for one in vars(tables).values() if isinstance(one, type) and issubclass(one, tables.Part)]


def test_every_key_of_a_mapping_profile_is_explained() -> None:
    text = page("tables.md")
    for part in PARTS:
        for name, field in part.model_fields.items():
            assert f"`{field.alias or name}`" in text, f"{part.__name__}.{name}"


def test_every_shipped_profile_is_listed() -> None:
    for name in tables.profiles():
        assert f"`{name}`" in page("tables.md")


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_of_periods_is_explained(unit: Unit) -> None:
    assert f"{unit.value}s" in page("time.md") and unit.chinese in page("time.md")


def test_both_readmes_have_the_same_shape_and_the_same_code() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)
    assert levels(english) == levels(chinese)
    assert [block for block in blocks(english) if block.language != "text"] == [
        block for block in blocks(chinese) if block.language != "text"
    ]


def levels(text: str) -> list[int]:
    bare = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(found) for found in re.findall(r"^(#+) ", bare, re.MULTILINE)]
