from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from adapters.cli import main
from adapters.messages import ALL_WORDS, CATALOGUE, catalogue
from engine.rulebook import FOLDER

LATE: dict[str, Any] = {
    "number": "甲〔2024〕1号",
    "kind": "行政处罚",
    "procedure": "普通程序",
    "field": "农业",
    "region": "示例省",
    "agency": {"name": "示例县农业农村局"},
    "parties": [{"name": "示例种业有限公司", "kind": "法人"}],
    "facts": {"办案状态": "已结"},
    "acts": [
        {"id": "D", "kind": "执法决定", "starts": "2024-04-30", "facts": {"决定类型": "行政处罚"}},
        {"id": "P", "kind": "公示", "starts": "2024-05-14"},
    ],
}
ONLY = ("--only", "decision-published", "--as-of", "2024-12-31")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "late.json").write_text(json.dumps(LATE, ensure_ascii=False), encoding="utf-8")
    kept = {
        **LATE,
        "number": "甲〔2024〕2号",
        "acts": [LATE["acts"][0], {**LATE["acts"][1], "starts": "2024-05-13"}],
    }
    (tmp_path / "kept.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"number": ', encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    out, err = capsys.readouterr()
    code = caught.value.code
    assert "Traceback" not in out + err
    return (code if isinstance(code, int) else 1), out, err


Capture = pytest.CaptureFixture[str]


def anjuan(
    *arguments: str, encoding: str = "utf-8", stdout: IO[bytes] | int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own, its output buffered as it is by default."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [sys.executable, "-c", "from adapters.cli import main; main()", *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**inherited, "PYTHONIOENCODING": encoding},
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("kept.json",), 0),
        (("late.json",), 1),
        (("late.json", "--fail-on", "minor"), 1),
        (("late.json", "--fail-on", "major"), 0),
        (("late.json", "--fail-on", "never"), 0),
        (("kept.json", "broken.json"), 2),
        (("late.json", "missing.json"), 2),
    ],
)
def test_the_exit_code_tells_the_worst(
    folder: Path, capsys: Capture, arguments: tuple[str, ...], code: int
) -> None:
    assert run(capsys, "check", *arguments, *ONLY)[0] == code


def test_the_good_files_of_a_run_are_checked_beside_a_broken_one(folder: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "check", ".", *ONLY, "--format", "json")
    report = json.loads(out)
    assert code == 2
    assert [Path(file["file"]).name for file in report["files"]] == ["broken.json", "kept.json", "late.json"]
    assert report["files"][0]["error"]
    assert report["summary"]["met"] == report["summary"]["breached"] == 1


def test_a_pattern_and_standard_input_are_read(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO((folder / "late.json").read_bytes())

    monkeypatch.setattr("sys.stdin", Stdin)
    code, out, _ = run(capsys, "check", "k*.json", "-", *ONLY, "--format", "json")
    assert [file["file"] for file in json.loads(out)["files"]] == ["kept.json", "-"]
    assert code == 1


def test_a_folder_without_case_files_is_not_clean(folder: Path, capsys: Capture) -> None:
    (folder / "empty").mkdir()
    code, out, _ = run(capsys, "check", "empty", *ONLY)
    assert code == 2
    assert "文件夹中没有案卷文件" in out


@pytest.mark.parametrize("form", ["text", "json", "html", "sarif", "junit"])
def test_every_format_is_written_to_a_file_and_named(folder: Path, capsys: Capture, form: str) -> None:
    code, out, err = run(capsys, "check", "late.json", *ONLY, "--format", form, "--out", f"r.{form}")
    assert (code, out) == (1, "")
    assert "已写入" in err
    assert "decision-published" in (folder / f"r.{form}").read_text(encoding="utf-8")
    assert not list(folder.glob(".*.part"))


def test_a_report_that_cannot_be_written_is_told(folder: Path, capsys: Capture) -> None:
    code, _, err = run(capsys, "check", "late.json", *ONLY, "--out", "no/such/folder/r.txt")
    assert code == 2
    assert "无法写入：没有这个文件夹" in err


@pytest.mark.parametrize("name", ["late.json", "./late.json", "link.json", "w.yaml"])
def test_a_report_never_replaces_what_is_checked(folder: Path, capsys: Capture, name: str) -> None:
    (folder / "link.json").symlink_to("late.json")
    waiver = "{rule: decision-published, case: 甲, reason: 甲, approver: 甲, until: 2025-01-31}"
    (folder / "w.yaml").write_text(f"waivers: [{waiver}]\n", encoding="utf-8")
    before = (folder / name).read_bytes()
    code, _, err = run(capsys, "check", "late.json", *ONLY, "--waivers", "w.yaml", "--out", name)
    assert code == 2
    assert "报告不能覆盖它" in err
    assert (folder / name).read_bytes() == before


@pytest.mark.parametrize("form", ["json", "html", "sarif", "junit"])
def test_what_is_for_programs_is_utf_8_whatever_the_terminal(folder: Path, form: str) -> None:
    found = anjuan("check", "late.json", *ONLY, "--format", form, encoding="gbk")
    assert "甲〔2024〕1号" in found.stdout.decode("utf-8")


def test_a_day_of_check_before_the_acts_is_pointed_out(folder: Path, capsys: Capture) -> None:
    only = ("--only", "decision-published")
    assert (
        "检查日期 2024-05-13 早于案卷中的环节"
        in run(capsys, "check", "late.json", *only, "--as-of", "2024-05-13")[1]
    )
    assert "早于案卷" not in run(capsys, "check", "late.json", *only, "--as-of", "2024-05-14")[1]


def test_a_reader_that_has_seen_enough_is_left_without_a_word(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        found = anjuan("rules", stdout=writing)
    finally:
        os.close(writing)
    assert (found.returncode, found.stderr) == (1, b"")


def test_a_full_disk_is_told(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("这台机器没有 /dev/full")
    with Path("/dev/full").open("wb") as full:
        found = anjuan("check", "late.json", *ONLY, stdout=full)
    assert found.returncode == 2
    assert found.stderr.decode() == "标准输出: 无法读写：磁盘已满\n"


def test_a_file_named_twice_is_checked_once_and_a_number_met_twice_is_told(
    folder: Path, capsys: Capture
) -> None:
    (folder / "copy.json").write_bytes((folder / "late.json").read_bytes())
    (folder / "sub.json").mkdir()
    names = ("late.json", "./late.json", str(folder / "late.json"), ".")
    _, out, _ = run(capsys, "check", *names, *ONLY, "--format", "json")
    files = {Path(file["file"]).name: file for file in json.loads(out)["files"]}
    assert list(files) == ["late.json", "broken.json", "copy.json", "kept.json"]
    assert "案号“甲〔2024〕1号”在 late.json 中已经有了" in str(files["copy.json"]["warnings"])
    assert not files["kept.json"].get("warnings")


def test_a_folder_is_no_table(folder: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, "check", ".", "--source", "csrc")
    assert code == 2
    assert "这是文件夹，不是表格" in out
    assert "合计 1 个案卷" in out


def test_a_waiver_shows_and_ends_the_breach(folder: Path, capsys: Capture) -> None:
    text = (
        "waivers:\n  - {rule: decision-published, case: 甲〔2024〕1号, reason: 平台故障, "
        "approver: 李某, until: 2025-01-31}\n"
    )
    (folder / "w.yaml").write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, "check", "late.json", *ONLY, "--waivers", "w.yaml")
    assert code == 0
    assert "已豁免" in out
    assert "平台故障" in out
    other = ("--only", "decision-served", "--as-of", "2024-12-31")
    assert "没有规则" not in "".join(run(capsys, "check", "late.json", *other, "--waivers", "w.yaml")[1:])


def test_an_open_file_prints_what_is_due(folder: Path, capsys: Capture) -> None:
    open_ = {**LATE, "facts": {"办案状态": "在办", "记录截至": "2024-05-06"}, "acts": LATE["acts"][:1]}
    (folder / "open.json").write_text(json.dumps(open_, ensure_ascii=False), encoding="utf-8")
    code, out, _ = run(capsys, "check", "open.json", "--only", "decision-published", "--as-of", "2024-05-06")
    assert code == 0
    assert "2024-05-13" in out


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("check", "a.json", "--only", "decision-publishd"), "是否为“decision-published”？"),
        (("check", "a.json", "--as-of", "昨天"), "不是日期"),
        (("check", "a.json", "--as-of", "20241231"), "不是日期"),
        (("check", "a.json", "--out", "."), "文件 '.' 是文件夹"),
        (("check", "a.json", "--rules", "nosuch"), "文件夹 'nosuch' 不存在"),
        (("check", "a.json", "--rules", "."), "文件夹中没有规则"),
        (("check",), "缺少参数"),
        (("chek",), "没有命令"),
        (("explain", "nothing-like-it"), "没有规则"),
        (("new", "Bad Name"), "应写成 文件夹/编号"),
        (("check", "a.json", "--source", "nosuch"), "nosuch"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(
    folder: Path, capsys: Capture, arguments: tuple[str, ...], text: str
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert text in err


@pytest.mark.parametrize("command", ["", "check", "rules", "explain", "new", "schema", "coverage"])
def test_the_help_is_chinese(capsys: Capture, command: str) -> None:
    out = plain(capsys, *([command] if command else []), "--help")
    assert "用法：" in out
    assert "显示帮助并退出。" in out
    for word in ("Usage", "Options", "Show this", "OPTIONS"):
        assert word not in out


def test_the_catalogue_of_words_is_compiled_from_the_table() -> None:
    assert CATALOGUE.read_bytes() == catalogue(ALL_WORDS)


def plain(capsys: Capture, *arguments: str) -> str:
    main(list(arguments))
    return capsys.readouterr().out


def test_rules_are_listed_by_folder(capsys: Capture) -> None:
    out = plain(capsys, "rules")
    assert "disclosure/" in out
    assert "decision-published" in out


def test_the_shipped_rules_and_features_have_no_problem(capsys: Capture) -> None:
    assert "未见问题" in plain(capsys, "rules", "--lint")


def test_explain_gives_sentence_basis_and_examples(capsys: Capture) -> None:
    out = plain(capsys, "explain", "decision-published")
    for text in ("7个工作日内应当有公示", "国办发〔2018〕118号二（六）", "场景", "补正"):
        assert text in out


def test_explain_derives_a_finding_day_by_day(folder: Path, capsys: Capture) -> None:
    out = plain(capsys, "explain", "decision-published", "--finding", "late.json", "--as-of", "2024-12-31")
    assert "2024-05-11" in out
    assert "调休上班" in out
    assert "第7日" in out


def test_a_new_rule_is_two_files_that_load(tmp_path: Path, capsys: Capture) -> None:
    import shutil

    rules = tmp_path / "rules"
    for name in ("laws", "calendar"):
        shutil.copytree(FOLDER / name, rules / name)
    out = plain(capsys, "new", "disclosure/trial-duty", "--rules", str(rules))
    assert out.count("已新建") == 2
    assert "trial-duty" in plain(capsys, "rules", "--rules", str(rules))
    assert "未见问题" in plain(capsys, "rules", "--lint", "--rules", str(rules))

    (rules.parent / "features/disclosure/trial-duty.feature").write_bytes("功能:\n示例“甲”".encode("gb18030"))
    code, _, err = run(capsys, "rules", "--lint", "--rules", str(rules))
    assert (code, "不是 UTF-8 编码" in err) == (2, True)
    assert "�" in plain(capsys, "explain", "trial-duty", "--rules", str(rules))


@pytest.mark.parametrize("name", ["../trial", "/tmp/trial", "a//trial", "laws/trial", "definitions/trial"])
def test_a_new_rule_stays_among_the_rules(tmp_path: Path, capsys: Capture, name: str) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    code, _, err = run(capsys, "new", name, "--rules", str(rules))
    assert code == 2
    assert "文件夹" in err
    assert list(tmp_path.rglob("*")) == [rules]


def test_a_new_rule_replaces_no_feature(tmp_path: Path, capsys: Capture) -> None:
    feature = tmp_path / "features/disclosure/trial.feature"
    feature.parent.mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    feature.write_text("写了一半", encoding="utf-8")
    code, _, err = run(capsys, "new", "disclosure/trial", "--rules", str(tmp_path / "rules"))
    assert (code, "已有" in err) == (2, True)
    assert feature.read_text(encoding="utf-8") == "写了一半"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "features").write_text("", encoding="utf-8")
    code, _, err = run(capsys, "new", "disclosure/trial", "--rules", str(tmp_path / "rules"))
    assert (code, "无法读写：路径中有一段不是文件夹" in err) == (2, True)


@pytest.mark.parametrize(("kind", "text"), [("rule", '"followed_by"'), ("case", '"acts"')])
def test_the_schemas_are_printed(capsys: Capture, kind: str, text: str) -> None:
    out = plain(capsys, "schema", kind)
    assert text in out
    json.loads(out)


def test_the_xsd_is_printed(capsys: Capture) -> None:
    assert "<xs:schema" in plain(capsys, "schema", "case", "--xsd")


def test_coverage_counts_rules_against_articles_and_duties(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["coverage", "--missing"])
    out = capsys.readouterr().out
    assert "公示" in out
    assert "中华人民共和国行政处罚法" in out


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8"])
def test_no_terminal_encoding_kills_the_report(folder: Path, encoding: str) -> None:
    rare = {**LATE, "parties": [{"name": "𠮷野✓示例㛃有限公司", "kind": "法人"}]}
    (folder / "rare.json").write_text(json.dumps(rare, ensure_ascii=False), encoding="utf-8")
    found = anjuan("check", "rare.json", *ONLY, encoding=encoding)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr.decode(encoding)
    assert "decision-published" in found.stdout.decode(encoding)


def test_the_code_of_a_rule_is_shown_with_that_of_its_definitions(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "major-decision-reviewed", "--code"])
    shown = capsys.readouterr().out
    assert shown.startswith("# 规则 major-decision-reviewed：")
    assert "def judge(file, act, says, lacks, day, alone):" in shown
    assert "# 定义 legal-review-required：" in shown
    compile(shown, "code", "exec")
