"""A session of Spark with what the check needs, or one clear message why there can be none."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from casefiles.problems import Problem, ProblemsError

PACKAGES = ("pyspark", "pyarrow", "pandas")
"""What the extra ``spark`` brings; ``mapInArrow`` asks for pandas, too."""
ENVIRONMENT = "anjuan-env"
"""Under which name an archive is unpacked on the machines of a cluster."""
LOGGING = Path(__file__).with_name("log4j2.properties")
_SMALL = {
    # Case files are small and many: some thousand of them make one task.
    "spark.sql.files.maxPartitionBytes": "32m",
    "spark.sql.files.openCostInBytes": "8192",
    # A batch is held in memory whole, and one file of it may be large.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    "spark.sql.execution.arrow.maxBytesPerBatch": "67108864",
}
_HERE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
"""On this machine alone: no port that others could reach."""


def demand_spark() -> None:
    """Raise ProblemsError where the extra is not installed or there is no Java."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        advice = "在安装程序的环境中运行 python -m pip install '.[spark]'"
        raise _refused(f"没有安装集群附件，缺少 {'、'.join(missing)}", advice)
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        where = f"JAVA_HOME 所指的 {home} 中没有 Java" if home else "没有找到 Java"
        raise _refused(where, "安装 Java 17，或者把 JAVA_HOME 指向它")


def demand_archive(master: str, archive: Path | None) -> None:
    """Raise ProblemsError where an environment would be sent to no other machine."""
    if archive is not None and re.fullmatch(r"local(\[.*\])?", master):
        raise _refused(f"在本机（{master}）检查，用不着 --archive", "去掉它，或者用 --master 指明集群")


def settings(pairs: Iterable[str]) -> dict[str, str]:
    """Return settings of Spark written as ``name=value``; raises ProblemsError for others."""
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (sign and name.strip()):
            raise _refused(f"“{pair}”不是 Spark 的设置", "写成 --conf spark.executor.memory=4g 的样子")
        found[name.strip()] = value
    return found


@contextmanager
def session(master: str, conf: Mapping[str, str], archive: Path | None) -> Iterator[Any]:
    """Yield a session on a master, stopped afterwards; raises ProblemsError if none can be had."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("anjuan")
    for name, value in {**_defaults(master, archive), **conf}.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except Exception as error:
        advice = "核对 --master、--conf 和 Java 的版本（Spark 4 需要 Java 17 以上）"
        raise _refused(f"Spark 没有启动起来：{first_line(error)}", advice) from None
    try:
        yield spark
    finally:
        spark.stop()


def _defaults(master: str, archive: Path | None) -> dict[str, str]:
    """Return the settings of a master, and name the Python of its workers in the environment.

    Spark would otherwise take whatever ``python3`` is, which lacks the packages of the program.
    """
    found = dict(_SMALL)
    found["spark.ui.showConsoleProgress"] = str(sys.stderr.isatty()).lower()
    found["spark.driver.extraJavaOptions"] = f'"-Dlog4j2.configurationFile={LOGGING.as_uri()}"'
    if master.startswith("local"):
        found.update(_HERE)
    if archive is not None:
        found["spark.archives"] = f"{archive}#{ENVIRONMENT}"
        os.environ["PYSPARK_PYTHON"] = f"./{ENVIRONMENT}/bin/python"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return found


def first_line(error: BaseException) -> str:
    """Return what Spark says in one line, without the trace of Java behind it."""
    java = getattr(error, "java_exception", None)
    text = str(java.toString() if java is not None else error).strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300]


def _refused(text: str, advice: str) -> ProblemsError:
    return ProblemsError([Problem("Spark", None, None, text, advice)])
