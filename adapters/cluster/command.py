"""The check of many files on a cluster: from the command line to Parquet."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from adapters.cluster.mapping import arrow_checker
from adapters.cluster.row import spark_schema
from adapters.cluster.session import demand_archive, demand_spark, first_line, session, settings
from adapters.cluster.shipping import packed
from adapters.cluster.sources import Source, demand_input, escaped, files, is_uri, left_out, lines
from adapters.cluster.tally import Tally, tally
from casefiles.problems import Problem, ProblemsError


@dataclass(frozen=True, slots=True)
class Job:
    """What to check where, and where to write it, as the user says."""

    path: str
    master: str
    out: str
    as_of: date
    rules: Path
    only: tuple[str, ...] = ()
    ndjson: bool = False
    every: bool = False
    archive: Path | None = None
    conf: tuple[str, ...] = ()


def run(job: Job) -> Tally:
    """Check all cases of a job, write a row for each finding, and return what it came to.

    Raises ProblemsError for what is wrong with the job, with Spark or with the cluster.
    """
    conf = settings(job.conf)
    demand_archive(job.master, job.archive)
    demand_spark()
    demand_input(job.path, ndjson=job.ndjson)
    out = _demand_new(job.out)
    with session(job.master, conf, job.archive) as spark:
        try:
            return _run(spark, job, out)
        except ProblemsError:
            raise
        except Exception as error:
            raise _stopped(job, error) from error


def _run(spark: Any, job: Job, out: str) -> Tally:
    source = (lines if job.ndjson else files)(spark, job.path)
    if not source.cases:
        raise ProblemsError([Problem(job.path, None, None, "没有案卷", _advice(job))])
    share = spark.sparkContext.broadcast
    rules, blocks = share(packed(job.rules, job.only)), share(source.blocks)
    check = arrow_checker(rules, job.as_of, every=job.every, blocks=blocks)
    source.frame.mapInArrow(check, spark_schema()).write.mode("errorifexists").parquet(out)
    found = tally(spark, out)
    if (missing := source.cases - found.cases - found.unreadable) and not job.ndjson:
        _add_missing(spark, source, out, check)
        found = tally(spark, out)
        missing = source.cases - found.cases - found.unreadable
    if missing:
        text = f"应有 {source.cases} 个案卷，结果中少 {missing} 个"
        raise ProblemsError([Problem(job.out, None, None, text, "输入在检查中可能有变动，请重新检查")])
    return found


def _add_missing(spark: Any, source: Source, out: str, check: Any) -> None:
    """Write a row for each file that Spark found and could not read."""
    told = {row[0] for row in spark.read.parquet(escaped(out)).select("file").distinct().collect()}
    frame = left_out(spark, source, told)
    frame.mapInArrow(check, spark_schema()).write.mode("append").parquet(out)


def _demand_new(out: str) -> str:
    """Return where Spark is to write; raises ProblemsError where there is something already."""
    if is_uri(out):
        return out
    if os.path.lexists(out):
        raise ProblemsError([Problem(out, None, None, "已经存在，不会覆盖", "换一个文件夹，或者先移走")])
    # Spark decodes nothing: a percent sign in a path is a percent sign.
    return f"file:{Path(out).absolute()}"


def _advice(job: Job) -> str:
    if job.ndjson:
        return "文件中应当一行写一个案卷"
    return "应有 .json 或 .xml 文件；一行一案的文件要加 --ndjson"


def _stopped(job: Job, error: Exception) -> ProblemsError:
    """Return a failure of Spark as a problem, known ones in words of the user."""
    said = str(error)
    for mark, place, text, advice in (
        ("PATH_NOT_FOUND", job.path, "没有这个路径", "请核对地址"),
        ("Path does not exist", job.path, "没有这个路径", "请核对地址"),
        ("PATH_ALREADY_EXISTS", job.out, "已经存在，不会覆盖", "换一个文件夹，或者先移走"),
        (
            "No module named",
            job.master,
            "集群上没有本程序的运行环境",
            "用 --archive 送去，见 docs/cluster.md",
        ),
    ):
        if mark in said:
            return ProblemsError([Problem(place, None, None, text, advice)])
    text = f"Spark 没有做完：{first_line(error)}"
    return ProblemsError([Problem(job.master, None, None, text, f"{job.out} 中的结果不完整，不要使用")])
