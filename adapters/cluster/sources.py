"""Cases as DataFrames: files on a disk that all machines see, files of a cluster, and files of lines."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from adapters.cluster.mapping import Blocks
from adapters.inputs import STDIN, inputs
from adapters.readers.filebytes import MOST_BYTES
from casefiles.problems import Problem, ProblemsError

SUFFIXES = "*.{[jJ][sS][oO][nN],[xX][mM][lL]}"
FILES_A_TASK = 1_000
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:/")
_GLOB = re.compile(r"([\\*?\[\]{},])")
_NOTHING = "没有这个文件", "请核对路径和文件名"
_NOT_BLANK = r"[^ \t\r\f\x0B]"


@dataclass(frozen=True, slots=True)
class Source:
    """The cases of an input as a DataFrame, how many there are, and where its lines are counted from."""

    frame: Any
    cases: int
    blocks: Blocks


def is_uri(path: str) -> bool:
    """Tell whether a path names a file system, as ``hdfs:///案卷`` does; others are on the disk."""
    return _URI.match(path) is not None


def demand_input(path: str, *, ndjson: bool) -> None:
    """Raise ProblemsError, before Spark is started, for a path of the disk that stands for nothing."""
    if is_uri(path):
        return
    if path == STDIN:
        raise _refused(path, "集群不读标准输入", "写明文件夹、文件，或者 hdfs:///… 这样的地址")
    if ndjson:
        _files_of_lines(path)
        return
    first = next(inputs([path]))
    if first.problem and first.label == path:
        raise ProblemsError([first.problem])
    if not os.path.lexists(first.label):
        raise _refused(path, *_NOTHING)


def files(spark: Any, path: str) -> Source:
    """Return the case files of a path, one a case.

    Those of a disk are listed here, in the way of every other command, and read where they are
    checked; those of another file system are listed and read by Spark.
    """
    return _files_of_a_cluster(spark, path) if is_uri(path) else _files_of_the_disk(spark, path)


def _files_of_the_disk(spark: Any, path: str) -> Source:
    found = [
        (
            _written(one.label),
            bytearray(os.fsencode(os.path.abspath(one.path))) if one.path else None,  # noqa: PTH100
        )
        for one in inputs([path])
    ]
    frame = spark.createDataFrame(found, "path string, place binary")
    tasks = max(spark.sparkContext.defaultParallelism * 4, len(found) // FILES_A_TASK)
    return Source(frame.repartition(min(tasks, len(found))), len(found), {})


def _files_of_a_cluster(spark: Any, path: str) -> Source:
    """Return the files that Spark finds; what is too large is named, and not carried."""
    from pyspark.sql.functions import col, lit

    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    for name in ("ignoreCorruptFiles", "ignoreMissingFiles"):
        reader = reader.option(name, "true")  # found missing afterwards, and told
    whole = reader.option("pathGlobFilter", SUFFIXES).load(path)
    fits = col("length") <= MOST_BYTES
    small = whole.where(fits).select("path", "content", col("length").alias("size"))
    nothing = lit(None).cast("binary").alias("content")
    large = whole.where(~fits).select("path", nothing, col("length").alias("size"))
    return Source(small.unionByName(large), len(whole._jdf.inputFiles()), {})


def left_out(spark: Any, source: Source, told: Collection[str]) -> Any:
    """Return the files that Spark found and gave nothing of, those without a byte with their no bytes.

    Spark passes by empty files; others it could not read, or they were gone.
    """
    names = {unquote(one).replace(":///", ":/", 1) for one in source.frame.inputFiles()}
    rows = [
        (name, bytearray() if _size(spark, name) == 0 else None) for name in sorted(names.difference(told))
    ]
    return spark.createDataFrame(rows, "path string, content binary")


def _size(spark: Any, name: str) -> int | None:
    """Return how many bytes a file of a cluster has; ``None`` where it does not say."""
    place = spark._jvm.org.apache.hadoop.fs.Path(name)
    try:
        system = place.getFileSystem(spark._jsc.hadoopConfiguration())
        return int(system.getFileStatus(place).getLen())
    except Exception:
        return None


def lines(spark: Any, path: str) -> Source:
    """Return the lines of files of one case a line.

    Spark does not number lines. So the lines of each part of a file are counted first, which costs
    one reading of the text; with that, every line knows its number in the whole file.
    """
    from pyspark.sql.functions import col, expr, length, when

    names = {} if is_uri(path) else {os.path.abspath(one): one for one in _files_of_lines(path)}  # noqa: PTH100
    places: Any = [f"file:{escaped(one)}" for one in names] if names else path
    text = spark.read.option("lineSep", "\n").option("recursiveFileLookup", "true").text(places)
    where = expr("input_file_name()").alias("path"), expr("input_file_block_start()").alias("block")
    told = col("value").rlike(_NOT_BLANK).cast("long").alias("told")
    parts = text.select(*where, told).groupBy("path", "block").agg(expr("count(*)"), expr("sum(told)"))
    counted = sorted(tuple(row) for row in parts.collect())
    whole = text.select(*where, col("value").cast("binary").alias("whole"))
    fitting = when(length("whole") <= MOST_BYTES, col("whole")).alias("content")
    frame = whole.select("path", "block", fitting, length("whole").cast("long").alias("size"))
    return Source(frame, sum(one[3] for one in counted), _blocks(counted, names))


def _blocks(counted: Iterable[tuple[Any, ...]], names: dict[str, str]) -> Blocks:
    """Return for each part how the file is named and how many lines stand before it."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    before: dict[str, int] = {}
    for uri, block, count, _ in counted:
        place = unquote(uri)
        name = names.get(place.removeprefix("file://"), place)
        found[uri, block] = name, before.get(uri, 0)
        before[uri] = before.get(uri, 0) + count
    return found


def _files_of_lines(path: str) -> list[str]:
    """Return the files of lines of a path of the disk; raises ProblemsError where there is none.

    In a folder, what begins with ``_`` or ``.`` is none: so Hadoop marks what is no data.
    """
    folder = Path(path)
    if folder.is_dir():
        found = [one for one in sorted(folder.rglob("*")) if one.is_file() and not _marked(one, folder)]
        if not found:
            raise _refused(path, "文件夹中没有文件", "请确认导出是否成功")
        return [one.as_posix() for one in found]
    matches = [one.label for one in inputs([path], kind="lines")]
    for one in matches:
        if not Path(one).is_file():
            raise _refused(one, *_NOTHING)
        if Path(one).name.startswith(("_", ".")):
            raise _refused(one, "Spark 不读以 _ 或者 . 开头的文件", "改名后再检查")
    return matches


def escaped(path: str) -> str:
    """Return a path in which Spark finds no pattern."""
    return _GLOB.sub(r"\\\1", path)


def _marked(path: Path, folder: Path) -> bool:
    return any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)


def _written(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _refused(path: str, text: str, advice: str) -> ProblemsError:
    return ProblemsError([Problem(path, None, None, text, advice)])
