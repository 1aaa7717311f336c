"""Asking the product and the oracle the same, and telling where they do not agree."""

from __future__ import annotations

from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.check import check
from engine.rulebook import Rulebook
from tests.oracle.documents import Book
from tests.oracle.interpreter import Found, findings


def of_product(case: CaseFile, rulebook: Rulebook, as_of: Moment) -> list[Found]:
    """Return what the product finds, as the oracle writes it."""
    return [
        Found(one.rule, one.subject, one.outcome.value, one.severity.value)
        for one in check(case, rulebook, as_of)
    ]


def differences(case: CaseFile, rulebook: Rulebook, book: Book, as_of: Moment) -> list[str]:
    """Return, rule by rule, where product and oracle find different things; empty if they agree."""
    product, oracle = of_product(case, rulebook, as_of), findings(case, book, as_of)
    if product == oracle:
        return []
    told = []
    for name in dict.fromkeys(one.rule for one in [*product, *oracle]):
        ours = [one for one in product if one.rule == name]
        theirs = [one for one in oracle if one.rule == name]
        if ours != theirs:
            told.append(f"{name}: product {_words(ours)}, oracle {_words(theirs)}")
    return told or ["the order of the findings"]


def _words(found: list[Found]) -> str:
    return ", ".join(f"{one.subject or '-'} {one.outcome} ({one.severity})" for one in found) or "nothing"
