"""Problems of input: what is wrong, where, and what to write instead; never a traceback.

::

    ProblemsError(Exception)
    ├── CaseFileError    a case file cannot be read, or says something that cannot be
    └── RuleError        a rule, definition, limit, law or calendar is wrong (engine)
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One problem at ``file:line:column``, told in Chinese; ``advice`` says what to do."""

    file: str
    line: int | None
    column: int | None
    text: str
    advice: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.text}" + (f"（{self.advice}）" if self.advice else "")


class ProblemsError(Exception):
    """Something people wrote cannot be used; ``problems`` lists all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CaseFileError(ProblemsError):
    """A case file cannot be read."""
