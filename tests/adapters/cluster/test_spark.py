"""The check on a local Spark against the check without it; ``make test-cluster`` installs what it needs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from adapters.cli import main
from adapters.cluster.command import Job, run
from adapters.cluster.entry import Entry
from adapters.cluster.local import file_entries, line_entries, local_rows, written_rows
from adapters.cluster.mapping import arrow_checker, pandas_checker
from adapters.cluster.row import Row, line_of, spark_schema
from adapters.cluster.session import PACKAGES, session
from adapters.cluster.shipping import Here, Parcel, packed
from adapters.readers.filebytes import MOST_BYTES
from benchmarks.madefiles import made_files, made_lines
from engine.rulebook import FOLDER
from tests.adapters.cluster.cases import AS_OF, KEPT, LATE, RULES, written

MASTER = "local[2]"
MISSING = [name for name in PACKAGES if find_spec(name) is None]
if MISSING or not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    LACK = "、".join(MISSING) or "Java"
    assert "ANJUAN_DEMAND_SPARK" not in os.environ, f"没有 {LACK}"
    pytest.skip(f"没有 {LACK}：集群的测试用 make test-cluster 运行", allow_module_level=True)

pytestmark = [
    pytest.mark.long,
    # Spark and its gateway leave sockets to the end of the process, and speak of versions to come.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
Capture = pytest.CaptureFixture[str]


def in_order(rows: Iterator[Row]) -> list[bytes]:
    return sorted(line_of(row) for row in rows)


def ordered_rows(out: Path) -> list[bytes]:
    return in_order(written_rows(out))


@pytest.fixture(scope="module")
def whole() -> Parcel:
    return packed(FOLDER)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundred made files, and some of every kind of trouble, under names that are trouble, too."""
    folder = tmp_path_factory.mktemp("案 卷 100%") / "[市]{局}"
    for name, content in made_files(300, seed=7):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "_划线.JSON").write_bytes(written(LATE))
    (folder / ".隐藏.json").write_bytes(written(KEPT))
    (folder / "空.json").touch()
    (folder / "断%20开.xml").write_bytes(b"<case")
    (folder / "去向不明.json").symlink_to(folder / "没有")
    (folder / "文件夹.json").mkdir()
    (folder / "说明.txt").write_text("不是案卷", encoding="utf-8")
    with (folder / "过大.json").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    return folder


def test_files_of_a_disk_give_the_rows_of_a_plain_run(made: Path, tmp_path: Path, whole: Parcel) -> None:
    tally = run(Job(str(made), MASTER, str(tmp_path / "结果"), AS_OF, FOLDER))
    expected = in_order(local_rows(file_entries(str(made)), whole, AS_OF))
    assert ordered_rows(tmp_path / "结果") == expected
    assert tally.cases + tally.unreadable == 306
    assert tally.unreadable >= 4
    assert any("过大" in problem for problem in expected_problems(expected))


def expected_problems(lines: list[bytes]) -> list[str]:
    return [line.decode() for line in lines if b'"kind":"unreadable"' in line]


def test_files_that_spark_finds_give_the_rows_of_a_plain_run(
    made: Path, tmp_path: Path, whole: Parcel
) -> None:
    """Spark passes by empty files, which are told all the same, and names that begin with _ or a dot."""
    path = f"file:{tmp_path / 'cases'}"
    shutil.copytree(made, tmp_path / "cases", ignore=shutil.ignore_patterns("_*", ".*", "去向不明*"))
    tally = run(Job(path, MASTER, f"file:{tmp_path / '结果[1]'}", AS_OF, FOLDER))
    entries = (
        Entry(f"file:{Path(one.file).as_posix()}", one.content)
        for one in file_entries(str(tmp_path / "cases"))
    )
    assert ordered_rows(tmp_path / "结果[1]") == in_order(local_rows(entries, whole, AS_OF))
    assert tally.cases + tally.unreadable == 303


@pytest.mark.parametrize("size", ["64k", "32m"])
def test_lines_give_the_rows_of_a_plain_run_in_however_many_parts(
    tmp_path: Path, whole: Parcel, size: str
) -> None:
    """Parts of 64 kB hold two or three lines: every number of a line is right at every seam."""
    folder = tmp_path / "行 100%[甲]"
    folder.mkdir()
    for number, name in enumerate(("甲.ndjson", "乙{1}.jsonl")):
        (folder / name).write_bytes(b"".join(made_lines(150, seed=number)))
    trouble = [b"", b" \t\r", b"\xff\xfe", b'{"a": ', written(LATE) + b"\r", "甲乙".encode("gb18030")]
    (folder / "难").write_bytes(b"\n".join([*trouble, b"[" * 200, written(KEPT)]))
    (folder / "_SUCCESS").touch()
    conf = (f"spark.sql.files.maxPartitionBytes={size}", "spark.sql.files.openCostInBytes=1")
    job = Job(str(folder), MASTER, str(tmp_path / "结果"), AS_OF, FOLDER, ndjson=True, conf=conf)
    tally = run(job)
    paths = sorted(one for one in folder.iterdir() if one.name != "_SUCCESS")
    expected = in_order(local_rows(line_entries(paths), whole, AS_OF))
    assert ordered_rows(tmp_path / "结果") == expected
    assert tally.cases + tally.unreadable == 306


def test_lines_of_another_file_system_are_named_as_spark_names_them(tmp_path: Path) -> None:
    path = tmp_path / "甲 乙.ndjson"
    path.write_bytes(written(LATE) + b"\n" + written(KEPT))
    job = Job(f"file:{path}", MASTER, str(tmp_path / "结果"), AS_OF, FOLDER, RULES, ndjson=True)
    run(job)
    rows = list(written_rows(tmp_path / "结果"))
    assert {(row.file, row.input_line) for row in rows} == {(f"file://{path}", 1), (f"file://{path}", 2)}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with session(MASTER, {}, None) as started:
        yield started


@pytest.mark.parametrize(
    ("name", "checker"), [("mapInArrow", arrow_checker), ("mapInPandas", pandas_checker)]
)
def test_a_frame_of_paths_and_bytes_or_texts_can_be_checked_by_other_programs(
    spark: Any, parcel: Parcel, name: str, checker: Any
) -> None:
    cases = [("a.json", bytearray(written(LATE))), ("b.json", None), ("c.json", bytearray(b"<"))]
    lines = [("d.ndjson", 3, written(KEPT).decode()), ("d.ndjson", 4, "{")]
    found: list[Row] = []
    for frame in (
        spark.createDataFrame(cases, "path string, content binary"),
        spark.createDataFrame(lines, "path string, line int, content string"),
    ):
        check = checker(spark.sparkContext.broadcast(parcel), AS_OF)
        found += (Row(*row) for row in getattr(frame, name)(check, spark_schema()).collect())
    entries = [
        *(Entry(path, None if content is None else bytes(content)) for path, content in cases),
        *(Entry(path, text.encode(), line) for path, line, text in lines),
    ]
    assert in_order(iter(found)) == in_order(local_rows(entries, parcel, AS_OF))


def test_rules_that_travel_with_the_function_do_as_well_as_a_broadcast(spark: Any, parcel: Parcel) -> None:
    frame = spark.createDataFrame([("a.json", bytearray(written(LATE)))], "path string, content binary")
    rows = frame.mapInArrow(arrow_checker(Here(parcel), AS_OF), spark_schema()).collect()
    assert [row["outcome"] for row in rows] == ["breached", "breached"]


def cluster(capsys: Capture, *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as caught:
        main(["cluster", *arguments, "--master", MASTER, "--as-of", "2024-12-31", "--only", RULES[0]])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return int(caught.value.code or 0), out + err


def test_the_command_counts_and_ends_with_the_code_of_the_worst(tmp_path: Path, capsys: Capture) -> None:
    late, kept = tmp_path / "late.json", tmp_path / "kept.json"
    late.write_bytes(written(LATE))
    kept.write_bytes(written(KEPT))
    code, text = cluster(capsys, str(kept), "--out", str(tmp_path / "1"))
    assert code == 0 and "案卷 1 个，其中读不了 0 个" in text
    code, text = cluster(capsys, str(tmp_path / "*.json"), "--out", str(tmp_path / "2"))
    assert code == 1 and "不合规　1（一票否决 0，严重 0，一般 1，提示 0）" in text
    (tmp_path / "空.json").touch()
    code, text = cluster(capsys, str(tmp_path / "*.json"), "--out", str(tmp_path / "3"))
    assert code == 2 and "空.json: 文件是空的" in text


@pytest.mark.parametrize(
    ("path", "options", "words"),
    [
        ("file:/没有/这里", (), "没有这个路径"),
        ("file:/没有/这里", ("--ndjson",), "没有这个路径"),
        ("nosuch://x/y", (), "Spark 没有做完"),
    ],
)
def test_what_spark_cannot_do_is_one_line(
    tmp_path: Path, capsys: Capture, path: str, options: tuple[str, ...], words: str
) -> None:
    code, text = cluster(capsys, path, *options, "--out", str(tmp_path / "结果"))
    assert code == 2 and words in text


def test_an_input_of_blank_lines_is_no_input(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "空行.ndjson").write_bytes(b"\n \n\n")
    code, text = cluster(capsys, str(tmp_path / "空行.ndjson"), "--ndjson", "--out", str(tmp_path / "结果"))
    assert code == 2 and "没有案卷" in text


def test_a_folder_without_case_files_of_another_file_system_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "说明.txt").touch()
    code, text = cluster(capsys, f"file:{tmp_path}", "--out", str(tmp_path / "结果"))
    assert code == 2 and "没有案卷" in text


def test_an_output_that_is_there_already_stays_as_it_is(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "late.json").write_bytes(written(LATE))
    out = tmp_path / "结果"
    out.mkdir()
    code, text = cluster(capsys, str(tmp_path / "late.json"), "--out", f"file:{out}")
    assert code == 2 and "已经存在" in text
    assert list(out.iterdir()) == []


def test_files_of_which_spark_reads_none_are_told_one_by_one(tmp_path: Path, capsys: Capture) -> None:
    for name in ("空.json", "也空.xml"):
        (tmp_path / name).touch()
    code, text = cluster(capsys, f"file:{tmp_path}", "--out", str(tmp_path / "结果"))
    assert code == 2 and "案卷 2 个，其中读不了 2 个" in text
    assert "空.json: 文件是空的" in text
