"""What is strange about a case file but stops nothing: odd codes, kinds of papers nobody listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from casefiles.identifiers import certificate_oddity, uscc_oddity
from casefiles.mistakes import MOST_MISTAKES, Mistake, did_you_mean, shortened
from casefiles.model import CaseFile, Path
from casefiles.terms import Vocabulary

_CODE = "统一社会信用代码"
_ADVICE = "请与原件核对；不影响检查"


def oddities(case: CaseFile, vocabulary: Vocabulary) -> list[Mistake]:
    """Return what is odd, in the order of the fields; at most one more than ``MOST_MISTAKES``."""
    found = chain(_odd_codes(case), _unlisted_papers(case, vocabulary))
    return list(islice(found, MOST_MISTAKES + 1))


def has_no_oddity(case: CaseFile, vocabulary: Vocabulary) -> bool:
    """Tell whether ``oddities`` would return nothing."""
    codes = [code for code in (case.agency.uscc, *[party.uscc for party in case.parties]) if code is not None]
    numbers = [person.certificate.number for person in case.persons if person.certificate is not None]
    return (
        vocabulary.document_synonyms.keys() >= {document.kind for document in case.documents}
        and not any(map(uscc_oddity, codes))
        and not any(map(certificate_oddity, numbers))
    )


def _odd_codes(case: CaseFile) -> Iterator[Mistake]:
    yield from _odd_code(case.agency.uscc, ("agency", "uscc"), _CODE, uscc_oddity)
    for index, party in enumerate(case.parties):
        yield from _odd_code(party.uscc, ("parties", index, "uscc"), _CODE, uscc_oddity)
    for index, person in enumerate(case.persons):
        if (held := person.certificate) is not None:
            path = ("persons", index, "certificate", "number")
            yield from _odd_code(held.number, path, "执法证件号码", certificate_oddity)


def _odd_code(
    code: str | None, path: Path, what: str, oddity: Callable[[str], str | None]
) -> Iterator[Mistake]:
    if code is not None and (odd := oddity(code)):
        yield Mistake(path, f"{what}“{shortened(code)}”{odd}", _ADVICE)


def _unlisted_papers(case: CaseFile, vocabulary: Vocabulary) -> Iterator[Mistake]:
    listed = vocabulary.document_synonyms
    for index, document in enumerate(case.documents):
        if document.kind not in listed:
            text = f"词表中没有文书“{shortened(document.kind)}”"
            yield Mistake(("documents", index, "kind"), text, did_you_mean(document.kind, listed))
