"""The verbs about what an act states: facts, sizes, agreement, what must not be shown, what is cited."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from casefiles.model import Act
from tests.oracle.conditions import candidates, choice_of, conditions, fact, limit
from tests.oracle.documents import Document, as_list
from tests.oracle.files import File, Silence, begin, date_of, not_after
from tests.oracle.instruments import plain, was_in_force
from tests.oracle.truths import BREACHED, FALSE, MET, OPEN, TRUE, UNDETERMINED, UNKNOWN, Outcome


def states(file: File, options: Any, subject: Act) -> Outcome:
    """Judge that the subject states these facts, or that these conditions hold of it."""
    written = options if isinstance(options, dict) else {name: {"given": True} for name in as_list(options)}
    truth = conditions(file, written, subject)
    return {TRUE: MET, FALSE: BREACHED, UNKNOWN: UNDETERMINED, OPEN: UNDETERMINED}[truth]


def at_most(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that a number is not above a bound."""
    return _compared(file, options, subject, above=True)


def at_least(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that a number is not below a bound."""
    return _compared(file, options, subject, above=False)


def _compared(file: File, options: Document, subject: Act, *, above: bool) -> Outcome:
    number = fact(file, subject, options["fact"])
    if number is Silence.DENIED:
        return MET
    bound = _bound(file, options["value"], subject)
    if not _is_number(number) or not _is_number(bound):
        return UNDETERMINED
    broken = number > bound if above else number < bound
    return BREACHED if broken else MET


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def _bound(file: File, written: Any, subject: Act) -> Any:
    """Return a number, the number of a limit, or the number that another act told last."""
    if not isinstance(written, dict):
        return written
    if set(written) == {"limit"}:
        return limit(file, written["limit"], subject)
    if "share" in written:
        whole = fact(file, subject, written["of"])
        return Fraction(str(written["share"])) * Fraction(str(whole)) if _is_number(whole) else None
    best: Any = None
    told_at = -1
    for act, match in candidates(file, choice_of(written), subject):
        number = fact(file, act, written["fact"])
        if match != TRUE or _comes_later(act, subject) or not _is_number(number):
            continue
        moment = begin(act)
        at = moment.earliest if moment else 0
        if at >= told_at:
            best, told_at = number, at
    return best


def _comes_later(act: Act, subject: Act) -> bool:
    moment, own = begin(act), begin(subject)
    return moment is not None and own is not None and not_after(moment, own) == FALSE


def same_as(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that a fact of the subject says the same as that of every such act which states it."""
    own = fact(file, subject, options["fact"])
    if isinstance(own, Silence):
        return UNDETERMINED
    seen = False
    for act, match in candidates(file, choice_of(options), subject):
        other = fact(file, act, options.get("other_fact") or options["fact"])
        if match != TRUE or isinstance(other, Silence):
            continue
        seen = True
        if not _alike(own, other):
            return BREACHED
    return MET if seen else UNDETERMINED


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return plain(one) == plain(other)
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def free_of(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that what is published shows none of these: neither listed nor found in the text."""
    unwanted = as_list(options["items"])
    listed = fact(file, subject, options.get("listed", "公示内容含"))
    text = fact(file, subject, options.get("text", "公示文本"))
    has_list, has_text = isinstance(listed, list), isinstance(text, str)
    if has_list and any(item in listed for item in unwanted):
        return BREACHED
    if has_text and any(_shows(text, item) for item in unwanted):
        return BREACHED
    readable = all(item in ("身份证号", "电话", "银行账号") for item in unwanted)
    return MET if has_list or (has_text and readable) else UNDETERMINED


def _shows(text: str, item: str) -> bool:
    """Tell whether a text shows a number of a kind that can be told from its figures."""
    if item == "电话":
        return any(re.fullmatch(r"1[3-9]\d{9}", run) for run in re.findall(r"\d+", text))
    if item == "银行账号":
        return any(re.fullmatch(r"62\d{14,17}", run) for run in re.findall(r"\d+", text))
    if item == "身份证号":
        return any(_is_identity(run) for run in re.findall(r"[0-9A-Za-z]+", text))
    return False


def _is_identity(run: str) -> bool:
    """Tell whether a run of figures is a number of a resident identity card: date and check digit."""
    if re.fullmatch(r"\d{17}[0-9Xx]", run) is None:
        return False
    try:
        date(int(run[6:10]), int(run[10:12]), int(run[12:14]))
    except ValueError:
        return False
    total = sum(int(figure) * 2 ** (17 - place) for place, figure in enumerate(run[:17]))
    return "10X98765432"[total % 11] == run[17].upper()


def cites_law_in_force(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that every instrument which the subject cites was in force on its day."""
    cited, moment = fact(file, subject, options.get("fact", "引用依据")), begin(subject)
    if not isinstance(cited, list) or not cited or moment is None:
        return UNDETERMINED
    truths = [was_in_force(file.book.laws, citation, date_of(moment)) for citation in cited]
    if FALSE in truths:
        return BREACHED
    return UNDETERMINED if UNKNOWN in truths else MET
