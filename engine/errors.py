"""The error of the rulebook; the tree of all errors stands in ``casefiles/problems.py``."""

from __future__ import annotations

from casefiles.problems import ProblemsError


class RuleError(ProblemsError):
    """Rules, definitions, limits, laws or calendars are wrong; all problems of all files at once."""
