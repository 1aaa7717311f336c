"""The check of one case as a function: built once in every process, pure from then on.

``line_checker(options)`` is all that a cluster needs: bytes of a case in, one line of result out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, structs
from msgspec.structs import replace

from adapters.program import VERSION
from adapters.reports.checked import Checked, checked_of
from adapters.reports.forms import Look, parts_of
from adapters.reports.grades import QUIET
from adapters.results import FileResult, Reading, RuleHead, Run, Unreadable
from adapters.rulecache import rulebook_of
from adapters.run import result_of
from casefiles.model import Location
from casefiles.model import Path as ModelPath
from casefiles.names import normalised
from casefiles.problems import CaseFileError, Problem
from engine.findings import Outcome
from engine.rulebook import FOLDER, Rulebook

if TYPE_CHECKING:
    from adapters.confirmation.confirming import Confirm, Which
    from adapters.tables.profile import Profile
    from adapters.tables.row import Row


class Options(Struct, frozen=True):
    """What cases are checked against and how their results are written; can be pickled.

    ``profile`` maps the rows of tables; ``waivers`` is the path of a list; ``confirm`` says which
    findings the second engine confirms.
    """

    as_of: date
    look: Look
    rules: str = str(FOLDER)
    only: tuple[str, ...] = ()
    waivers: str | None = None
    profile: str | None = None
    derivations: bool = False
    confirm: Which = "none"


class Unit(NamedTuple):
    """One case to check: its place in the input, how it is called, and what it is read from.

    ``content`` is a path, the bytes of a file, a row of a table, or why there is nothing to read.
    ``line`` is where it stands in a file of many; ``earlier`` names the source that had its case
    number before.
    """

    number: int
    label: str
    content: str | bytes | Row | tuple[Problem, ...]
    line: int | None = None
    earlier: str | None = None

    @property
    def name(self) -> str:
        """How messages about other cases call it."""
        return self.label if self.line is None else f"{self.label}:{self.line}"


Earlier = Callable[[int], str | None]
"""Tells which source had a case number, given by its digest, before."""
CheckUnit = Callable[[Unit, Earlier], Checked]


def line_checker(options: Options) -> Callable[[str, bytes], bytes]:
    """Return the function from label and bytes of a case to its result as one line of JSON.

    Raises ProblemsError if the rules are wrong; the function itself raises nothing.
    """
    from adapters.reports.lineresult import line_of

    check = checker(options)
    verbose = options.look.verbose

    def line(label: str, data: bytes) -> bytes:
        return line_of(check.result(Unit(0, label, data), _unknown), verbose=verbose)

    return line


def checker(options: Options) -> Checker:
    """Read the rules and return what checks cases; raises ProblemsError if something is wrong."""
    return Checker(options, rulebook_of(Path(options.rules)))


def head_of(options: Options, rulebook: Rulebook) -> Run:
    """Return what reports tell at their head."""
    catalogue = tuple(
        RuleHead(
            rule.id,
            rule.version,
            rule.title,
            rule.severity,
            tuple(cited.basis for cited in rule.basis),
            rule.cure,
        )
        for rule in sorted(rulebook.rules, key=lambda rule: rule.id)
    )
    program = f"anjuan {VERSION}"
    return Run(options.as_of, program, rulebook.version, len(rulebook.rules), catalogue=catalogue)


def key_of(number: str) -> int:
    """Return a digest of a case number, eight bytes, never 0; equal for ways to write one number."""
    name = normalised(number).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) or 1


class Checker:
    """Checks cases one after the other, each for itself; whatever happens becomes a result."""

    def __init__(self, options: Options, whole: Rulebook) -> None:
        from engine.waivers import read_waivers

        self.options = options
        self._rulebook = whole.only(options.only) if options.only else whole
        known = [rule.id for rule in whole.rules]
        path = options.waivers
        self._waivers = read_waivers(Path(path).read_bytes(), path, known) if path else ()
        # Words that no report shows are not looked for.
        everything = (
            options.look.verbose or options.look.form not in ("text", "ndjson") or options.confirm == "all"
        )
        self._told = frozenset(Outcome) if everything else _SHOWN
        self._confirm = self._confirmer()
        self._profile = self._read_profile()
        self._row = self._row_reader()
        self.head = head_of(options, self._rulebook)
        self._parts_of = parts_of(options.look, self.head)

    def __call__(self, unit: Unit, earlier: Earlier) -> Checked:
        """Return a case as checked, its part of the report made."""
        result = self.result(unit, earlier)
        try:
            return self._checked(unit, result)
        except Exception as error:
            return self._checked(unit, _failure(unit, error))

    def failed(self, unit: Unit, text: str, advice: str) -> Checked:
        """Return a case for which there is no result but that the program failed."""
        problem = Problem(unit.label, unit.line, None, text, advice)
        return self._checked(
            unit, FileResult(unit.label, None, line=unit.line, error=(problem,), failed=True)
        )

    def result(self, unit: Unit, earlier: Earlier) -> FileResult:
        """Return the result of a case; *earlier* tells who had its number before."""
        try:
            reading = self._reading(unit)
            before = earlier(key_of(reading.case.number)) if isinstance(reading, Reading) else None
            result = result_of(
                reading,
                self._rulebook,
                self.options.as_of,
                waivers=self._waivers,
                derivations=self.options.derivations,
                earlier=before,
                told=self._told,
                confirm=self._confirm,
            )
        except Exception as error:
            return _failure(unit, error)
        line = _line_of(unit)
        return result if line is None else replace(result, line=line)

    def _checked(self, unit: Unit, result: FileResult) -> Checked:
        key = key_of(result.case) if result.case is not None else 0
        return checked_of(result, unit.number, key, self._parts_of(result, unit.number))

    def _reading(self, unit: Unit) -> Reading | Unreadable:
        label, content = unit.label, unit.content
        try:
            match content:
                case str():
                    return self._case(label, _bytes_of(content))
                case bytes() if unit.line is not None:
                    return _shifted(self._case, label, content, unit.line)
                case bytes():
                    return self._case(label, content)
                case tuple():
                    return Unreadable(label, content)
            assert self._row is not None
            return self._row(content, label)
        except CaseFileError as error:
            return Unreadable(label, error.problems)

    def _case(self, label: str, data: bytes) -> Reading:
        from adapters.readers.source import read_case

        return read_case(label, data, self._rulebook.vocabulary)

    def profile_digest(self) -> str | None:
        """Return a digest of the profile, ``None`` if there is none."""
        if self._profile is None:
            return None
        return hashlib.sha256(self._profile.model_dump_json().encode()).hexdigest()[:12]

    def _confirmer(self) -> Confirm | None:
        if self.options.confirm == "none":
            return None
        from adapters.confirmation.confirming import Confirmer

        return Confirmer(self._rulebook, self.options.confirm)

    def _read_profile(self) -> Profile | None:
        if self.options.profile is None:
            return None
        from adapters.tables.profile import read_profile

        return read_profile(self.options.profile, self._rulebook.vocabulary)

    def _row_reader(self) -> Callable[[Row, str], Reading | Unreadable] | None:
        if self._profile is None:
            return None
        from adapters.tables.mapping import Mapping
        from adapters.tables.reading import read_row

        vocabulary = self._rulebook.vocabulary
        mapping = Mapping(self._profile, vocabulary)
        return lambda row, label: read_row(row, label, mapping, vocabulary)


_SHOWN = frozenset(Outcome) - {grade.outcome for grade in QUIET}


def _unknown(key: int) -> None:
    return None


def _line_of(unit: Unit) -> int | None:
    content = unit.content
    return unit.line if isinstance(content, str | bytes | tuple) else content.line


def _bytes_of(path: str) -> bytes:
    from adapters.readers.filebytes import read_bytes

    return read_bytes(Path(path))


def _shifted(read: Callable[[str, bytes], Reading], label: str, data: bytes, line: int) -> Reading:
    """Read a case that is one line of a file: every place in it lies in that line."""

    def moved(problem: Problem) -> Problem:
        return structs.replace(problem, line=line)

    try:
        reading = read(label, data)
    except CaseFileError as error:
        raise CaseFileError(map(moved, error.problems)) from None

    def locate(path: ModelPath) -> Location:
        return structs.replace(reading.locate(path), line=line)

    return structs.replace(reading, locate=locate, warnings=tuple(map(moved, reading.warnings)))


def _failure(unit: Unit, error: Exception) -> FileResult:
    text = f"检查时程序出错：{type(error).__name__}: {error}"
    problem = Problem(unit.label, unit.line, None, text, "这是程序的毛病，请连同这个案卷报告")
    return FileResult(unit.label, None, line=_line_of(unit), error=(problem,), failed=True)
