from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import adapters.rulecache
import adapters.stamps
from adapters.cli import main
from adapters.rulecache import MOST_KEPT, cache_folder, rulebook_of
from casefiles.terms import vocabulary_files
from engine.errors import RuleError
from engine.rulebook import Rulebook, read_rulebook, rulebook_from
from engine.rulefiles import Files, read_files
from tests.conftest import REPOSITORY
from tests.engine.test_broken_rules import GOOD, LIMIT

RULES = REPOSITORY / "rules"
SAMPLE = REPOSITORY / "casefiles" / "samples" / "market-lawful.json"
RULE, LAW, YEAR = FILES = (
    "disclosure/some-duty.yaml",
    "laws/guidance-2018-118.yaml",
    "calendar/2024.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one rule, one law and one year."""
    for name in FILES:
        (tmp_path / "rules" / name).parent.mkdir(parents=True)
    (tmp_path / "rules" / RULE).write_text(GOOD, encoding="utf-8")
    for name in (LAW, YEAR):
        shutil.copy(RULES / name, tmp_path / "rules" / name)
    return tmp_path / "rules"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty folder in which rulebooks are kept."""
    monkeypatch.setenv("ANJUAN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every rulebook that is read from its documents."""
    told: list[str] = []

    def reading(*arguments: object) -> Rulebook:
        told.append("read")
        return rulebook_from(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(adapters.rulecache, "rulebook_from", reading)
    return told


def same(one: Rulebook, other: Rulebook) -> bool:
    return (
        (one.version, one.rules, one.definitions, one.limits, one.vocabulary)
        == (other.version, other.rules, other.definitions, other.limits, other.vocabulary)
        and one.laws.all == other.laws.all
        and one.calendar.years == other.calendar.years
    )


def test_a_rulebook_is_read_once_and_comes_back_the_same(folder: Path, reads: list[str]) -> None:
    books = [rulebook_of(folder) for _ in range(3)]
    assert reads == ["read"]
    assert all(same(book, read_rulebook(folder)) for book in books)


def text_changed(folder: Path) -> None:
    """Change one character and leave size and times as they were."""
    path = folder / RULE
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"7 working days", b"8 working days"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def rule_added(folder: Path) -> None:
    text = (folder / RULE).read_text(encoding="utf-8")
    other = text.replace("id: some-duty", "id: other-duty")
    (folder / "disclosure" / "other-duty.yaml").write_text(other, encoding="utf-8")


def rule_renamed(folder: Path) -> None:
    rule_added(folder)
    (folder / RULE).unlink()


def rule_moved(folder: Path) -> None:
    (folder / "disclosure").rename(folder / "publicity")


def law_added(folder: Path) -> None:
    shutil.copy(RULES / "laws" / "penalty-law-2021.yaml", folder / "laws")


def year_added(folder: Path) -> None:
    shutil.copy(RULES / "calendar" / "2025.yaml", folder / "calendar")


def year_removed(folder: Path) -> None:
    (folder / YEAR).unlink()


def limit_added(folder: Path) -> None:
    law_added(folder)
    (folder / "limits").mkdir()
    (folder / "limits" / "some-limit.yaml").write_text(LIMIT, encoding="utf-8")


CHANGES = [
    text_changed,
    rule_added,
    rule_renamed,
    rule_moved,
    law_added,
    year_added,
    year_removed,
    limit_added,
]


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_every_change_of_a_file_is_noticed(
    folder: Path, reads: list[str], change: Callable[[Path], None]
) -> None:
    before = rulebook_of(folder)
    change(folder)
    after = rulebook_of(folder)
    assert len(reads) == 2
    assert not same(before, after)
    assert same(after, read_rulebook(folder))


@pytest.fixture
def noted(folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows when files are read, once a rulebook is kept and its name noted."""
    monkeypatch.setattr(adapters.stamps, "SETTLED", -3600.0)
    rulebook_of(folder)
    told: list[str] = []

    def reading(of: Path) -> Files:
        told.append("files")
        return read_files(of)

    monkeypatch.setattr(adapters.rulecache, "read_files", reading)
    return told


def test_files_that_nobody_touched_are_not_read_again(
    folder: Path, reads: list[str], noted: list[str]
) -> None:
    assert same(rulebook_of(folder), read_rulebook(folder))
    assert (reads, noted) == (["read"], [])


NOTES: dict[str, Callable[[Path, Path], object]] = {
    "a file was touched": lambda folder, _: os.utime(folder / RULE, (1, 1)),
    "the note is gone": lambda _, place: next(place.glob("*.noted")).unlink(),
    "the note is damaged": lambda _, place: next(place.glob("*.noted")).write_bytes(b"\xff"),
    "the note is of something else": lambda _, place: next(place.glob("*.noted")).write_text("1 ../x"),
    "others may write the note": lambda _, place: next(place.glob("*.noted")).chmod(0o666),
    "the rulebook is gone": lambda _, place: next(place.glob("*.rulebook")).unlink(),
}


@pytest.mark.parametrize("change", NOTES.values(), ids=NOTES)
def test_files_are_read_again_when(
    folder: Path, place: Path, noted: list[str], change: Callable[[Path, Path], object]
) -> None:
    change(folder, place)
    assert same(rulebook_of(folder), read_rulebook(folder))
    assert noted == ["files"]
    rulebook_of(folder)
    assert noted == ["files"]


def test_another_vocabulary_is_noticed(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook_of(folder)
    files = vocabulary_files()
    name = next(iter(files))
    changed = {**files, name: files[name] + b"\n# \n"}
    monkeypatch.setattr(adapters.rulecache, "vocabulary_files", lambda: changed)
    rulebook_of(folder)
    assert len(reads) == 2


def test_another_program_is_noticed(folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook_of(folder)
    monkeypatch.setattr(adapters.rulecache, "program_hash", lambda: "another")
    rulebook_of(folder)
    assert len(reads) == 2


def test_the_same_rules_in_a_folder_of_another_name_are_another_rulebook(
    folder: Path, reads: list[str]
) -> None:
    rulebook_of(folder)
    moved = folder.rename(folder.parent / "规则")
    assert rulebook_of(moved).rules[0].file == f"规则/{RULE}"
    assert len(reads) == 2


def test_rules_with_problems_are_never_kept(folder: Path, place: Path) -> None:
    good = (folder / RULE).read_text(encoding="utf-8")
    (folder / RULE).write_text(good.replace("act: 公示", "act: 公视"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleError, match="是否为“公示”"):
            rulebook_of(folder)
    assert not place.exists()
    (folder / RULE).write_text(good, encoding="utf-8")
    assert same(rulebook_of(folder), read_rulebook(folder))


def kept(place: Path) -> Path:
    (path,) = place.glob("*.rulebook")
    return path


def damages(content: bytes) -> list[bytes]:
    """Return the content cut short, with one bit turned, emptied, or with another one in its place."""
    size = len(content)
    cut = [content[:end] for end in (0, 17, 18, 50, size // 2, size - 1)]
    turned = [
        content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        for at in (0, 10, 20, 40, 60, *range(100, size, size // 12))
    ]
    return [*cut, *turned, content + b"\0", content * 2, b"anjuan rulebook 2\n" + content[18:], b"{}"]


def test_what_is_damaged_is_read_anew_and_mended(folder: Path, place: Path, reads: list[str]) -> None:
    expected = rulebook_of(folder)
    whole = kept(place).read_bytes()
    for number, damaged in enumerate(damages(whole), start=2):
        kept(place).write_bytes(damaged)
        assert same(rulebook_of(folder), expected)
        assert len(reads) == number
        assert kept(place).read_bytes()[:18] == whole[:18]


def test_a_rulebook_kept_for_other_rules_is_not_taken_for_these(
    folder: Path, place: Path, reads: list[str]
) -> None:
    rulebook_of(folder)
    first = kept(place)
    year_added(folder)
    rulebook_of(folder)
    (second,) = set(place.glob("*.rulebook")) - {first}
    shutil.copy(first, second)
    assert 2025 in rulebook_of(folder).calendar.years
    assert len(reads) == 3


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_is_not_trusted(
    folder: Path, place: Path, reads: list[str], mode: int
) -> None:
    rulebook_of(folder)
    kept(place).chmod(mode)
    rulebook_of(folder)
    assert len(reads) == 2
    assert kept(place).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_is_no_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ANJUAN_CACHE", str(tmp_path / "file" / "kept"))
    assert same(rulebook_of(folder), read_rulebook(folder))
    assert capsys.readouterr() == ("", "")


def test_a_write_that_fails_leaves_nothing(
    folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fails)
    assert same(rulebook_of(folder), read_rulebook(folder))
    assert list(place.iterdir()) == []


def test_only_the_newest_are_kept(folder: Path, place: Path) -> None:
    rule = folder / RULE
    text = rule.read_text(encoding="utf-8")
    for number in range(MOST_KEPT + 3):
        rule.write_text(f"{text}# {number}\n", encoding="utf-8")
        rulebook_of(folder)
    assert len(list(place.glob("*.rulebook"))) == MOST_KEPT


PLACES = [
    ({"ANJUAN_CACHE": "off"}, None),
    ({"ANJUAN_CACHE": "OFF"}, None),
    ({"ANJUAN_CACHE": "/somewhere"}, "/somewhere"),
    ({"ANJUAN_CACHE": "", "XDG_CACHE_HOME": "/caches"}, "/caches/anjuan"),
    ({"XDG_CACHE_HOME": "/caches", "LOCALAPPDATA": "/local"}, "/caches/anjuan"),
    ({"XDG_CACHE_HOME": "not/absolute", "HOME": "/home/someone"}, "/home/someone/.cache/anjuan"),
    ({"LOCALAPPDATA": "/local"}, "/local/anjuan"),
    ({"HOME": "/home/someone"}, "/home/someone/.cache/anjuan"),
]


@pytest.mark.skipif(os.name != "posix", reason="paths as POSIX has them")
@pytest.mark.parametrize(("variables", "expected"), PLACES)
def test_the_environment_says_where(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str | None
) -> None:
    for name in ("ANJUAN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == (Path(expected) if expected else None)


def test_nothing_is_kept_where_it_is_switched_off(
    folder: Path, place: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANJUAN_CACHE", "off")
    for _ in range(2):
        rulebook_of(folder)
    assert len(reads) == 2
    assert not place.exists()


def test_a_report_is_the_same_with_and_without_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    reports = []
    for setting in ("off", str(place), str(place)):
        monkeypatch.setenv("ANJUAN_CACHE", setting)
        with pytest.raises(SystemExit):
            main(["check", str(SAMPLE), "--as-of", "2026-06-30", "--verbose", "--derive"])
        reports.append(capsys.readouterr())
    assert reports[0] == reports[1] == reports[2]


SLOW = {"calamine", "jinja2", "lxml", "multiprocessing", "openpyxl", "pydantic", "python_calamine", "rich"}
SLOW |= {"importlib.metadata", "yaml"}
_MODULES = """\
import sys
from adapters.cli import main
try:
    main(["check", sys.argv[1], "--as-of", "2026-06-30"])
except SystemExit as end:
    print(end.code, *sys.modules, file=sys.stderr)
"""


def modules_of_a_check(sample: Path) -> tuple[str, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", _MODULES, str(sample)], capture_output=True, text=True, check=True
    )
    code, *names = done.stderr.split()
    return code, set(names)


def test_a_start_from_what_is_kept_imports_nothing_slow() -> None:
    assert modules_of_a_check(SAMPLE)[1] >= {"pydantic", "yaml"}
    code, modules = modules_of_a_check(SAMPLE)
    assert code == "0"
    assert "engine.check" in modules
    assert not modules & SLOW
