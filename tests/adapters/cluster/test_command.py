from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.cli import main
from adapters.cluster import session
from tests.adapters.cluster.cases import LATE, written

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything is there that Spark needs, as far as can be seen, and nothing is started."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "late.json").write_bytes(written(LATE))
    monkeypatch.setattr(session, "PACKAGES", ("json",))
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java"))
    return tmp_path


def run(capsys: Capture, *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as caught:
        main(["cluster", *arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    code = caught.value.code
    return (code if isinstance(code, int) else 1), out + err


WHERE = ("--master", "local[2]", "--out", "结果", "--as-of", "2024-12-31")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("没有", *WHERE), "没有: 没有这个文件"),
        (("空", *WHERE), "文件夹中没有案卷文件"),
        (("-", *WHERE), "集群不读标准输入"),
        (("没有", *WHERE, "--ndjson"), "没有: 没有这个文件"),
        (("空", *WHERE, "--ndjson"), "文件夹中没有文件"),
        (("_案卷.ndjson", *WHERE, "--ndjson"), "Spark 不读以 _ 或者 . 开头的文件"),
        (("late.json", "--master", "local[2]", "--out", "late.json"), "late.json: 已经存在，不会覆盖"),
        (("late.json", *WHERE, "--conf", "spark.executor.memory"), "不是 Spark 的设置"),
        (("late.json", *WHERE, "--conf", "=4g"), "不是 Spark 的设置"),
        (("late.json", *WHERE, "--only", "decision-publishd"), "是否为“decision-published”"),
        (("late.json", *WHERE, "--rules", "空"), "文件夹中没有规则"),
        (("late.json", "--out", "结果"), "缺少选项"),
        (("late.json", *WHERE, "--archive", "没有.tar.gz"), "不存在"),
        (("late.json", *WHERE, "--archive", "late.json"), "用不着 --archive"),
    ],
)
def test_what_is_wrong_with_the_job_is_told_before_spark_is_started(
    folder: Path, capsys: Capture, arguments: tuple[str, ...], words: str
) -> None:
    (folder / "空").mkdir()
    (folder / "_案卷.ndjson").touch()
    code, text = run(capsys, *arguments)
    assert code == 2 and words in text
    assert not (folder / "结果").exists()


def test_without_the_extra_the_user_is_told_how_to_install_it(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PACKAGES", ("json", "no_such_package", "nor_this_one"))
    code, text = run(capsys, "late.json", *WHERE)
    assert code == 2
    assert "没有安装集群附件，缺少 no_such_package、nor_this_one" in text
    assert "pip install '.[spark]'" in text


def test_without_java_the_user_is_told_to_install_it(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setattr("shutil.which", lambda name: None)
    code, text = run(capsys, "late.json", *WHERE)
    assert code == 2 and "没有找到 Java" in text and "安装 Java 17" in text


def test_a_java_home_without_java_is_named(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    code, text = run(capsys, "late.json", *WHERE)
    assert code == 2 and "/nowhere" in text


def test_no_other_command_loads_spark() -> None:
    text = "import json, sys; import adapters.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True)
    loaded = json.loads(done.stdout)
    assert "adapters.cli" in loaded
    for name in ("pyspark", "pyarrow", "pandas", "adapters.cluster"):
        assert name not in loaded


def test_the_program_runs_as_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "adapters", "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"anjuan ")
