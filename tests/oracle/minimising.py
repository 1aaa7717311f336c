"""Making a failing pair small: leave out of its documents and its case whatever is not needed to fail."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import msgspec
import yaml

from casefiles.validity import check_words
from engine.errors import RuleError
from tests.oracle.agreement import differences
from tests.oracle.generation import Documents, Pair, case_of, loaded, oracle_book

Path = tuple[Any, ...]


def minimised(pair: Pair) -> Pair:
    """Return a pair that still fails, of which nothing more can be left out."""
    names = {told.partition(":")[0] for told in differences(pair.case, pair.rulebook, pair.book, pair.as_of)}
    rules = [rule for rule in pair.documents.rules if rule["id"] in names] or pair.documents.rules
    small = _with_documents(pair, replace(pair.documents, rules=rules[:1]))
    pair = small if small is not None and _fails(small) else pair
    before = None
    while before != (pair.documents, pair.content):
        before = (pair.documents, pair.content)
        pair = _smaller_case(pair)
        pair = _smaller_documents(pair)
    return pair


def _fails(pair: Pair) -> bool:
    try:
        case = case_of(pair.content)
    except msgspec.ValidationError:
        return False
    return not check_words(case, pair.book.vocabulary) and bool(
        differences(case, pair.rulebook, pair.book, pair.as_of)
    )


def _with_documents(pair: Pair, documents: Documents) -> Pair | None:
    try:
        return replace(pair, documents=documents, rulebook=loaded(documents), book=oracle_book(documents))
    except (RuleError, ValueError, KeyError, AttributeError):
        return None


def _smaller_case(pair: Pair) -> Pair:
    return _smaller(pair, pair.content, lambda one, content: replace(one, content=content))


def _smaller_documents(pair: Pair) -> Pair:
    for name in ("rules", "definitions", "limits"):
        pair = _smaller(pair, getattr(pair.documents, name), partial(_with_part, name))
    return pair


def _with_part(name: str, pair: Pair, content: Any) -> Pair | None:
    return _with_documents(pair, replace(pair.documents, **{name: content}))


def _smaller(pair: Pair, content: Any, rebuilt: Callable[[Pair, Any], Pair | None]) -> Pair:
    """Leave out, from the largest to the smallest, what can be left out of some content of the pair."""
    for path in sorted(_paths(content), key=len):
        changed = copy.deepcopy(content)
        if not _drop(changed, path):
            continue
        smaller = rebuilt(pair, changed)
        if smaller is not None and _fails(smaller):
            pair, content = smaller, changed
    return pair


def _paths(data: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where something stands, later items of lists first so that places stay right."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key)
            yield from _paths(value, (*path, key))
    elif isinstance(data, list):
        for index in reversed(range(len(data))):
            yield (*path, index)
            yield from _paths(data[index], (*path, index))


def _drop(data: Any, path: Path) -> bool:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    try:
        del data[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def report(pair: Pair) -> str:
    """Return what somebody needs to see why product and oracle do not agree on a pair."""
    small = minimised(pair)
    told = [
        f"pair {pair.seed}: product and oracle do not agree",
        *differences(pair.case, pair.rulebook, pair.book, pair.as_of),
        f"at its smallest, on {small.as_of}:",
        *differences(small.case, small.rulebook, small.book, small.as_of),
    ]
    for name in ("rules", "definitions", "limits"):
        for one in getattr(small.documents, name):
            told.append(f"--- {name}\n{yaml.safe_dump(one, allow_unicode=True, sort_keys=False)}")
    told.append(f"--- case\n{yaml.safe_dump(small.content, allow_unicode=True, sort_keys=False)}")
    return "\n".join(told)
