"""The command line: the only place where the parts are put together."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.inputs import STDIN, Input, Kind, inputs
from adapters.messages import speak_chinese
from adapters.program import VERSION
from adapters.reports.checked import Totals, Write
from adapters.reports.forms import FORMS, Look
from adapters.reports.grades import Grade
from adapters.writing import abandon_screen, demand_writable, reason, write_screen, writing_to
from casefiles.problems import Problem, ProblemsError
from casefiles.terms import suggestion
from engine.findings import Severity
from engine.rulebook import FOLDER, Rulebook

if TYPE_CHECKING:
    from adapters.confirmation.confirming import Which
    from adapters.many.progress import Progress

CONFIRM = ("veto", "all", "none")
LIBRARY = "durable_rules_engine"
"""The library of the second engine, which is only loaded in a process of its own."""
FAIL_ON = ("veto", "major", "minor", "undetermined", "never")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Exit(IntEnum):
    """Exit codes: what scripts may rely on."""

    CLEAN = 0
    BROKEN = 1
    UNREADABLE = 2
    ENGINE = 3


class Day(click.ParamType[date]):
    """A day on the command line."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fails for everything that is none."""
        if isinstance(value, date):
            return value
        try:
            if not _DAY.fullmatch(str(value)):
                raise ValueError(value)
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，写成 2024-12-31 的样子", param, ctx)


def _path(name: str, **demands: bool) -> click.Path:
    """Return the type of a path that help and errors call by its Chinese name."""
    found = click.Path(path_type=Path, **demands)
    found.name = name
    return found


_rules_option = click.option(
    "--rules",
    "folder",
    type=_path("文件夹", exists=True, file_okay=False),
    default=FOLDER,
    show_default=False,
    help="规则库文件夹（默认用随程序安装的规则库）。",
)


@click.group(
    subcommand_metavar="命令 [参数]...",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="案卷（anjuan）：对照三项制度和执法程序检查行政执法案卷。全程离线，不外传数据。",
)
@click.version_option(VERSION, prog_name="anjuan", message="%(prog)s %(version)s", help="显示版本并退出。")
def cli() -> None:
    """Hold the commands together."""


@cli.command(options_metavar="[选项]", short_help="检查案卷，输出发现。")
@click.argument("paths", metavar="路径...", nargs=-1, required=True)
@click.option("--source", "profile", metavar="名称", help="表格的映射配置：随附名称或 YAML 文件。")
@click.option("--ndjson", "lines", is_flag=True, help="输入是一行一案的 JSON（NDJSON）；输出默认也是。")
@click.option("--as-of", type=Day(), default=None, help="检查日期，默认今天。")
@click.option("--only", "only", metavar="规则", multiple=True, help="只用这一规则；可以重复。")
@click.option("--format", "form", type=click.Choice(FORMS), default=None, help="输出格式，默认 text。")
@click.option("--out", type=_path("文件", dir_okay=False), help="写入文件而不是屏幕。")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="minor",
    help="达到该程度的不合规时退出码为 1，默认 minor；undetermined 连同无法判定，never 从不。",
)
@click.option(
    "--waivers",
    type=_path("文件", exists=True, dir_okay=False),
    help="豁免清单（YAML）。",
)
@click.option("--verbose", "-v", is_flag=True, help="合规和不适用的也逐条列出。")
@click.option("--derive", is_flag=True, help="附上期限的逐日推算。")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="数目",
    default=None,
    help="同时检查的进程数；默认案卷多时用全部处理器。",
)
@click.option(
    "--confirm",
    type=click.Choice(CONFIRM),
    default="veto",
    help="由第二引擎复核哪些发现：veto 一票否决的不合规（默认），all 全部，none 不复核。",
)
@click.option("--resume", is_flag=True, help="中断后同一命令接着做；要与 --out 同用。")
@_rules_option
def check(
    paths: tuple[str, ...],
    profile: str | None,
    lines: bool,
    as_of: date | None,
    only: tuple[str, ...],
    form: str | None,
    out: Path | None,
    fail_on: str,
    waivers: Path | None,
    verbose: bool,
    derive: bool,
    jobs: int | None,
    confirm: Which,
    resume: bool,
    folder: Path,
) -> None:
    """检查案卷文件、文件夹（逐层查找 .json、.xml）、通配符，或者标准输入（写作 -）。

    退出码：0 未见不合规；1 有达到 --fail-on 程度的不合规；2 有文件无法读取或者规则有误；3 执行出错。
    """
    from adapters.batch import Options
    from adapters.many.errors import WorkersError
    from adapters.many.journal import path_of, taken_over
    from adapters.many.progress import Progress
    from adapters.many.session import Session

    _demand_fitting(paths, profile, lines, out, resume)
    whole = _rulebook(folder)
    _demand_known(only, whole)
    kind: Kind = "tables" if profile is not None else "lines" if lines else "files"
    others = [other for other in (Path(profile) if profile else None, waivers) if other]
    if out:
        demand_writable(out, chain(others, _files(inputs(paths, kind=kind))))
    form = form or ("ndjson" if lines else "text")
    before = taken_over(path_of(out)) if out and resume else None
    day, width = before or (date.today(), None)
    options = Options(
        as_of=as_of or day,
        look=_look(form, verbose, out, width),
        rules=str(folder),
        only=only,
        waivers=str(waivers) if waivers else None,
        profile=profile,
        derivations=derive or form == "html",
        confirm=_confirmable(confirm),
    )
    session = Session(paths, kind, options, jobs, out, resume)
    progress = Progress(session.total())
    try:
        if out:
            with writing_to(out, lasting=resume) as write:
                totals, notice = session.run(whole, write, progress)
        else:
            totals, notice = session.run(whole, _screen(form, progress), progress)
    except WorkersError:
        progress.clear()
        click.echo("检查进程启动后就意外结束，可能内存不足；请用 --jobs 1 再试。", err=True)
        raise SystemExit(Exit.ENGINE) from None
    except KeyboardInterrupt:
        progress.clear()
        if resume:
            click.echo("用同一命令可以接着做。", err=True)
        raise
    progress.clear()
    if notice:
        click.echo(notice, err=True)
    if out:
        if resume:
            path_of(out).unlink(missing_ok=True)
        click.echo(f"已写入 {out}", err=True)
    raise SystemExit(exit_code(totals, fail_on))


def exit_code(totals: Totals, fail_on: str) -> Exit:
    """Return the exit code of a run: the worst of what happened."""
    counts = totals.findings
    if totals.failed or counts[Grade.ERROR]:
        return Exit.ENGINE
    if totals.unread:
        return Exit.UNREADABLE
    if fail_on == "never":
        return Exit.CLEAN
    if fail_on == "undetermined" and counts[Grade.UNDETERMINED]:
        return Exit.BROKEN
    least = Severity.MINOR if fail_on == "undetermined" else Severity(fail_on)
    counted = list(Severity)[: list(Severity).index(least) + 1]
    return Exit.BROKEN if any(counts[Grade(severity.value)] for severity in counted) else Exit.CLEAN


def _confirmable(which: Which) -> Which:
    """Return what is to be confirmed; says once where nothing can be, because the library is missing."""
    if which != "none" and find_spec(LIBRARY) is None:
        text = "没有安装第二引擎（durable-rules，只能用于 Python 3.12 及以前），一票否决没有复核。"
        click.echo(text, err=True)
    return which


def _demand_fitting(
    paths: Sequence[str], profile: str | None, lines: bool, out: Path | None, resume: bool
) -> None:
    """Refuse options that do not go together."""
    if lines and profile is not None:
        raise click.UsageError("--ndjson 和 --source 不能同用：表格的格式写在映射配置里")
    if resume and out is None:
        raise click.UsageError("--resume 要与 --out 同用：续接日志放在输出文件旁边")
    if resume and STDIN in paths:
        raise click.UsageError("标准输入不能续接：先存成文件，再用 --resume")


def _look(form: str, verbose: bool, out: Path | None, width: int | None) -> Look:
    """Return how the report looks; a run that goes on keeps the width that it had."""
    import shutil

    colour = form == "text" and out is None and sys.stdout.isatty()
    return Look(form, verbose, width=width or shutil.get_terminal_size((100, 24)).columns, colour=colour)


def _screen(form: str, progress: Progress) -> Write:
    """Return what writes to the screen, the line of progress out of its way."""

    def write(data: bytes) -> None:
        if sys.stdout.isatty():
            progress.clear()
        write_screen(form != "text", data)

    return write


def _rulebook(folder: Path) -> Rulebook:
    """Return the rules of a folder: none at all would find every case clean."""
    from adapters.rulecache import rulebook_of

    rulebook = rulebook_of(folder)
    if not rulebook.rules:
        advice = "用 --rules 指明规则库，规则放在其中的文件夹里，如 rules/disclosure"
        raise ProblemsError([Problem(str(folder), None, None, "文件夹中没有规则", advice)])
    return rulebook


def _features(folder: Path) -> Path:
    """Return where the features of a folder of rules stand: beside it."""
    from adapters.explain import FEATURES

    return FEATURES if folder == FOLDER else folder.parent / "features"


def _files(found: Iterable[Input]) -> Iterator[Path]:
    return (Path(one.path) for one in found if one.path is not None)


def _demand_known(names: Sequence[str], rulebook: Rulebook) -> None:
    known = [rule.id for rule in rulebook.rules]
    for name in names:
        if name not in known:
            raise click.BadParameter(_no_rule(name, known), param_hint="--only")


def _no_rule(name: str, known: Iterable[str]) -> str:
    near = suggestion(name, known)
    return f"没有规则“{name}”" + (f"，是否为“{near}”？" if near else "，用 anjuan rules 查看全部")


@cli.command(options_metavar="[选项]", short_help="列出规则；--lint 检查规则库和场景。")
@click.option("--lint", is_flag=True, help="检查规则库的全部文件、用语和场景写法。")
@click.option("--accept", is_flag=True, help="检查之后登记各规则编号现在的含义；与 --lint 同用。")
@_rules_option
def rules(lint: bool, accept: bool, folder: Path) -> None:
    """列出规则库中的规则，按文件夹排列。"""
    if accept and not lint:
        raise click.UsageError("--accept 要与 --lint 同用")
    rulebook = _rulebook(folder)
    if lint:
        _print(_linted(rulebook, folder, accept))
        return
    pack = ""
    for rule in rulebook.rules:
        if rule.pack != pack:
            pack = rule.pack
            click.echo(f"{pack}/")
        click.echo(f"  {rule.id:<38} {rule.severity.chinese:　<4} {rule.title}")


def _linted(rulebook: Rulebook, folder: Path, accept: bool) -> list[str]:
    """Return what a lint without problems says, with the ids entered if asked; raises ProblemsError."""
    from adapters.featurelint import feature_problems
    from adapters.ruleids import accept as enter
    from adapters.rulelint import id_problems, rule_problems

    problems = [*rule_problems(rulebook, folder), *feature_problems(rulebook, _features(folder))]
    if not accept:
        problems += id_problems(rulebook, folder)
    if problems:
        raise ProblemsError(problems)
    lines = [
        f"规则库 {rulebook.version}：规则 {len(rulebook.rules)}，定义 {len(rulebook.definitions)}，"
        f"限值 {len(rulebook.limits.table)}，法律文件 {len(rulebook.laws.all)}，未见问题。"
    ]
    if accept:
        entered = enter(rulebook, folder)
        changed = f"，改登 {len(entered.changed)} 个：{'、'.join(entered.changed)}" if entered.changed else ""
        lines.append(f"编号：新登记 {entered.new} 个{changed}。")
    return lines


@cli.command(options_metavar="[选项]", short_help="解释一条规则，或者一个发现的期限怎样算出。")
@click.argument("rule", metavar="规则")
@click.option(
    "--finding",
    "case",
    type=_path("文件"),
    help="案卷文件：逐日列出该规则在这一案卷中的期限推算。",
)
@click.option("--as-of", type=Day(), default=None, help="检查日期，默认今天。")
@click.option("--code", is_flag=True, help="打印为这条规则生成的 Python。")
@_rules_option
def explain(rule: str, case: Path | None, as_of: date | None, code: bool, folder: Path) -> None:
    """用一句话、依据、限值和示例解释一条规则；加 --finding 案卷文件，逐日推算期限。"""
    from adapters.explain import derivation_lines, explained

    rulebook = _rulebook(folder)
    found = rulebook.rule(rule)
    if found is None:
        known = [one.id for one in rulebook.rules]
        raise click.BadParameter(_no_rule(rule, known), param_hint="规则")
    if code:
        from adapters.rulecode import code_of

        click.echo(code_of(found, rulebook), nl=False)
        return
    if case is None:
        click.echo(explained(found, rulebook, _features(folder)), nl=False)
        return
    from adapters.readers.filebytes import read_bytes
    from adapters.readers.source import read_case
    from adapters.run import results

    reading = read_case(str(case), read_bytes(case), rulebook.vocabulary)
    day = as_of or date.today()
    for result in results([reading], rulebook.only([rule]), day, derivations=True):
        for finding in result.findings:
            for line in derivation_lines(finding):
                click.echo(line)


@cli.command(options_metavar="[选项]", short_help="新建一条规则的两个文件。")
@click.argument("name", metavar="文件夹/编号")
@_rules_option
def new(name: str, folder: Path) -> None:
    """按模板写出规则和同名的场景，例如：anjuan new disclosure/some-duty。"""
    from adapters.scaffold import new_rule

    try:
        for path in new_rule(name, folder, _features(folder), date.today()):
            click.echo(f"已新建 {path}")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="文件夹/编号") from None


@cli.command(options_metavar="[选项]", short_help="输出规则或者案卷的格式定义。")
@click.argument("kind", metavar="rule|case", type=click.Choice(["rule", "case"]))
@click.option("--xsd", is_flag=True, help="案卷的 XML 格式定义。")
def schema(kind: str, xsd: bool) -> None:
    """输出 JSON Schema，供编辑器和数据交换使用；案卷另有 XSD。"""
    import json

    if kind == "rule":
        from engine.ruleschema import rule_schema

        click.echo(json.dumps(rule_schema(), ensure_ascii=False, indent=2))
        return
    from casefiles.schemas import FOLDER as PUBLISHED

    name = "casefile.xsd" if xsd else "casefile.schema.json"
    click.echo((PUBLISHED / name).read_text(encoding="utf-8"), nl=False)


@cli.command(options_metavar="[选项]", short_help="规则覆盖了哪些条文和义务。")
@click.option("--missing", is_flag=True, help="列出既没有规则、也没有写明由谁判断的义务。")
@click.option("--duties", "every", is_flag=True, help="逐条列出义务，和判断它的规则或者人。")
@click.option("--law", metavar="名称", help="逐条列出一部法律文件的条文、规则和场景。")
@click.option(
    "--facts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="文件",
    help="核对义务清单与一份表格（Markdown，编号在第一列）是否一致，再逐条列出。",
)
@_rules_option
def coverage(missing: bool, every: bool, law: str | None, facts: Path | None, folder: Path) -> None:
    """对照法律条文和义务清单，列出规则的覆盖情况；有待办的，退出码为 1。"""
    from adapters.coverage import (
        coverage_of,
        duty_lines,
        read_duties,
        sheet_problems,
        stale_lines,
        summary_lines,
    )

    rulebook = _rulebook(folder)
    if law is not None:
        raise SystemExit(_law_coverage(rulebook, law, folder))
    found = coverage_of(rulebook, read_duties())
    if facts and (problems := sheet_problems(facts, found.duties)):
        raise ProblemsError(problems)
    _print(summary_lines(rulebook, found))
    if every or facts:
        _print(["", "义务", *duty_lines(found)])
    if missing:
        _print(["", "待办的义务", *duty_lines(found, only_open=True)])
    if stale := list(stale_lines(rulebook, date.today())):
        _print(["", "依据一年以上没有核实的规则", *stale])
    raise SystemExit(Exit.BROKEN if found.open else Exit.CLEAN)


def _law_coverage(rulebook: Rulebook, name: str, folder: Path) -> int:
    """List the articles of the instruments of a name; return the exit code."""
    from adapters.coverage import law_lines, open_articles, scenarios_by_rule

    named = [one for one in rulebook.laws.all if name in (one.id, one.name, one.number, *one.names)]
    if not named:
        known = [word for one in rulebook.laws.all for word in (one.name, one.number, *one.names)]
        near = suggestion(name, known)
        advice = f"是否为“{near}”？" if near else "写全称、简称或者文号，见 rules/laws/"
        raise ProblemsError([Problem(name, None, None, "没有登记这部法律文件", advice)])
    scenarios = scenarios_by_rule(_features(folder), rulebook)
    for one in named:
        _print(law_lines(rulebook, one, scenarios))
    return Exit.BROKEN if any(open_articles(rulebook, one) for one in named) else Exit.CLEAN


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


@cli.command(options_metavar="[选项]", short_help="把规则写成网页的文稿，一条一页。")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path), metavar="文件夹")
@click.option(
    "--results",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="文件",
    help="场景最近一次运行的结果（JSON），写入各页。",
)
@_rules_option
def pages(target: Path, results: Path | None, folder: Path) -> None:
    """把规则、索引、义务清单和场景写成 Markdown，连同 zensical 的设置，供生成离线网站。

    文件夹里原有的 pages 会被重写。
    """
    from adapters.pages.examples import NOT_RUN, read_results
    from adapters.pages.site import write_site

    rulebook = _rulebook(folder)
    try:
        told = read_results(results) if results else NOT_RUN
    except (ValueError, KeyError, TypeError):
        advice = "用 python -m tests.living 重新写一份"
        raise ProblemsError([Problem(str(results), None, None, "不是场景结果的文件", advice)]) from None
    count = write_site(target, rulebook, _features(folder), told)
    click.echo(f"已写 {count} 页：{target / 'pages'}")


@cli.command(options_metavar="[选项]", short_help="在 Spark 集群上检查，结果写成 Parquet。")
@click.argument("path", metavar="路径")
@click.option("--master", metavar="地址", required=True, help="集群：yarn、spark://…，本机写 local[2]。")
@click.option("--out", metavar="文件夹", required=True, help="结果写入这里；不可以已经存在。")
@click.option("--as-of", type=Day(), default=None, help="检查日期，默认今天。")
@click.option("--ndjson", is_flag=True, help="路径中是一行一案的文件，不是一案一个文件。")
@click.option("--only", "only", metavar="规则", multiple=True, help="只用这一规则；可以重复。")
@click.option("--all", "every", is_flag=True, help="不适用的发现也各写一行。")
@click.option("--fail-on", type=click.Choice(FAIL_ON), default="minor", help="同 check，默认 minor。")
@click.option(
    "--archive",
    type=_path("文件", exists=True, dir_okay=False),
    help="打包的运行环境，送到集群的各台机器（venv-pack 制作）。",
)
@click.option("--conf", "conf", metavar="名称=值", multiple=True, help="Spark 的设置；可以重复。")
@_rules_option
def cluster(
    path: str,
    master: str,
    out: str,
    as_of: date | None,
    ndjson: bool,
    only: tuple[str, ...],
    every: bool,
    fail_on: str,
    archive: Path | None,
    conf: tuple[str, ...],
    folder: Path,
) -> None:
    """在 Spark 集群上检查成批的案卷，每项发现写一行 Parquet，规则随任务送去。

    路径是各台机器都能读到的磁盘上的文件夹、文件、通配符，或者 hdfs:///… 这样的地址。需要安装集群附件。
    """
    from adapters.cluster.command import Job, run

    _demand_known(only, _rulebook(folder))
    day = as_of or date.today()
    job = Job(path, master, out, day, folder, only, ndjson=ndjson, every=every, archive=archive, conf=conf)
    tally = run(job)
    for line in tally.lines():
        click.echo(line)
    raise SystemExit(exit_code(tally.totals(), fail_on))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every problem of input is one line for each, never a traceback."""
    speak_chinese()
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows a mark for what it lacks instead of dying.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    try:
        cli.main(args=arguments, prog_name="anjuan", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中止。", err=True)
        raise SystemExit(130) from None
    except OSError as error:
        abandon_screen()
        click.echo(f"{error.filename or '标准输出'}: 无法读写：{reason(error)}", err=True)
        raise SystemExit(Exit.UNREADABLE) from None
    except ProblemsError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise SystemExit(Exit.UNREADABLE) from None
