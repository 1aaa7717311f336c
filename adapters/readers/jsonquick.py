"""The quick way to read a JSON case file that is right in every way; any doubt is left to the exact one.

The parser used here takes what the exact one refuses: of a key written twice the last, numbers with any
count of digits, characters that no text may hold. So the bytes are searched for signs of each.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from itertools import chain
from typing import Any, cast

import msgspec
import orjson
from msgspec.structs import force_setattr

from casefiles.model import CaseFile
from casefiles.quick import sure_of
from casefiles.wordchecks import WordChecks

_NOT_TOLD = object()
# This hook looks up ``Moment[text]`` for each moment, without a step in Python.
_MOMENT: Callable[[type[Any], Any], Any] = cast(Any, operator.getitem)
_SOME_ESCAPES = re.compile(rb"\\(?:[bf]|u(?:[dD][89a-fA-F]|00[01]|[fF]{3}[eEfF]))")
# The search for a pattern is quick where it begins with one certain byte, and that byte is rare.
_NO_CHARACTER = re.compile(rb"\xef[\xbf][\xbe\xbf]")
_COLON_WITHIN = re.compile(rb""":(?<![" \t\r\n]:)""")
_MANY_DIGITS = re.compile(rb"\.(?:[0-9]{4}|(?<=[0-9]{11}\.))")
_EXPONENTS = (re.compile(rb"e(?<=[0-9]e)"), re.compile(rb"E(?<=[0-9]E)"))


def quick_case(data: bytes, checks: WordChecks) -> CaseFile | None:
    """Return the case of bytes of which there is nothing to tell but oddities, else ``None``."""
    if _NO_CHARACTER.search(data) or (b"\\" in data and _SOME_ESCAPES.search(data)):
        return None
    try:
        case, keys = _case_and_keys(orjson.loads(data))
    except (ValueError, LookupError, TypeError, AttributeError):
        # No UTF-8, no JSON, or data of a wrong shape: each fails where it is touched.
        return None
    sure = sure_of(case, checks)
    if sure is None or (sure.has_fractions and _may_have_many_digits(data)):
        return None
    return case if _are_all_keys(keys, sure.colons, data) else None


def _case_and_keys(plain: Any) -> tuple[CaseFile, int]:
    """Return the case of plain data and count their keys. The facts are not looked at yet."""
    parties, persons, acts = plain.get("parties", ()), plain.get("persons", ()), plain.get("acts", ())
    carriers = [plain, plain["agency"], *parties, *persons, *acts]
    keys = sum(map(len, carriers)) + sum(map(len, plain.get("documents", ())))
    # The decoder would copy the facts one by one and check their types, which is done later anyway.
    told = [carrier.pop("facts", _NOT_TOLD) for carrier in carriers]
    case = msgspec.convert(plain, CaseFile, dec_hook=_MOMENT)
    keys += sum(map(len, chain.from_iterable([act["by"] for act in acts if "by" in act])))
    keys += sum([len(person["certificate"] or ()) for person in persons if "certificate" in person])
    owners = (case, case.agency, *case.parties, *case.persons, *case.acts)
    for owner, facts in zip(owners, told, strict=True):
        if facts is not _NOT_TOLD:
            force_setattr(owner, "facts", facts)
            keys += len(facts)
    return case, keys


def _are_all_keys(keys: int, colons_of_moments: int, data: bytes) -> bool:
    """Tell whether the bytes surely hold no more keys than those found: none is written twice."""
    colons = data.count(b":")
    # Each key has a colon of its own; without escapes, so has each moment with a time.
    if colons == keys + colons_of_moments and b"\\" not in data:
        return True
    # The colon of a key follows a quote or a blank; those in the texts seldom do.
    return colons - len(_COLON_WITHIN.findall(data)) == keys


def _may_have_many_digits(data: bytes) -> bool:
    return bool(_MANY_DIGITS.search(data) or any(form.search(data) for form in _EXPONENTS))
