"""Case files at random that are right in every word of a vocabulary."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from casefiles.model import (
    Act,
    Agency,
    CaseFile,
    Certificate,
    Document,
    Fact,
    Facts,
    Participation,
    Party,
    Person,
)
from casefiles.moments import Moment
from casefiles.plain import UNWRITABLE
from casefiles.terms import FactTerm, FactType, Vocabulary
from casefiles.wordlists import words_of

TEXTS = st.text(max_size=12).filter(lambda text: not UNWRITABLE.search(text))
NAMES = TEXTS.filter(str.strip)
MOMENTS = st.builds(
    Moment,
    st.integers(date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()),
    st.none() | st.integers(0, 1439),
)
PERIODS = st.builds(
    "{}{}".format, st.integers(1, 9999), st.sampled_from(["个工作日", "日", " days", "个月", "年"])
)
AMOUNTS = st.integers(0, 10**15 - 1) | st.integers(0, 10**14).map(lambda cents: cents / 100)


def values(term: FactTerm) -> st.SearchStrategy[Fact]:
    """Values that a fact may have."""
    words = st.sampled_from(term.values) if term.values else TEXTS
    table: dict[FactType, st.SearchStrategy[Fact]] = {
        FactType.FLAG: st.booleans(),
        FactType.COUNT: st.integers(0, 10**15 - 1),
        FactType.AMOUNT: AMOUNTS,
        FactType.TEXT: words,
        FactType.CHOICE: words,
        FactType.LIST: st.lists(words, max_size=3),
        FactType.MOMENT: MOMENTS.map(str),
        FactType.PERIOD: PERIODS,
    }
    return table[term.type]


def facts(names: frozenset[str], vocabulary: Vocabulary) -> st.SearchStrategy[Facts]:
    """Some of the facts that a record may carry."""
    chosen = {name: values(vocabulary.facts[name]) for name in sorted(names)}
    return st.fixed_dictionaries({}, optional=chosen)


@st.composite
def case_files(draw: st.DrawFn, vocabulary: Vocabulary) -> CaseFile:
    """Whole files; every reference leads somewhere, and nothing ends before it starts."""
    person_ids = draw(st.lists(NAMES, max_size=3, unique=True))
    act_ids = draw(st.lists(NAMES, max_size=4, unique=True))
    roles = st.sampled_from(words_of("roles", vocabulary))
    head = vocabulary.head_facts
    return CaseFile(
        number=draw(NAMES),
        kind=draw(st.sampled_from(words_of("kinds", vocabulary))),
        cause=draw(st.none() | TEXTS),
        procedure=draw(st.none() | st.sampled_from(words_of("procedures", vocabulary))),
        field=draw(st.none() | st.sampled_from(words_of("fields", vocabulary))),
        region=draw(st.none() | TEXTS),
        agency=Agency(
            name=draw(TEXTS),
            uscc=draw(st.none() | TEXTS),
            level=draw(st.none() | st.sampled_from(words_of("levels", vocabulary))),
            facts=draw(facts(head["agency"], vocabulary)),
        ),
        parties=draw(st.lists(_parties(vocabulary), max_size=2)),
        persons=[
            Person(
                id=name,
                name=draw(TEXTS),
                roles=draw(st.lists(roles, max_size=2)),
                certificate=draw(st.none() | _certificates()),
                facts=draw(facts(head["person"], vocabulary)),
            )
            for name in person_ids
        ],
        facts=draw(facts(head["case"], vocabulary)),
        acts=[draw(_acts(name, act_ids, person_ids, vocabulary)) for name in act_ids],
        documents=draw(st.lists(_documents(act_ids), max_size=3, unique_by=lambda document: document.id)),
        provides=draw(st.none() | st.lists(st.sampled_from(sorted(vocabulary.acts)), max_size=3)),
    )


def _parties(vocabulary: Vocabulary) -> st.SearchStrategy[Party]:
    return st.builds(
        Party,
        name=TEXTS,
        kind=st.none() | st.sampled_from(words_of("party_kinds", vocabulary)),
        uscc=st.none() | TEXTS,
        facts=facts(vocabulary.head_facts["party"], vocabulary),
    )


@st.composite
def _spans(draw: st.DrawFn) -> tuple[Moment | None, Moment | None]:
    first, last = sorted((draw(MOMENTS), draw(MOMENTS)), key=lambda moment: moment.earliest)
    return draw(st.sampled_from([(first, last), (first, None), (None, last), (None, None)]))


@st.composite
def _certificates(draw: st.DrawFn) -> Certificate:
    first, last = draw(_spans())
    return Certificate(number=draw(TEXTS), valid_from=first, valid_to=last)


@st.composite
def _acts(draw: st.DrawFn, name: str, acts: list[str], persons: list[str], vocabulary: Vocabulary) -> Act:
    kind = draw(st.sampled_from(sorted(vocabulary.canonical)))
    starts, ends = draw(_spans())
    roles = st.none() | st.sampled_from(words_of("roles", vocabulary))
    parts = [Participation(person=person, role=draw(roles)) for person in persons]
    return Act(
        id=name,
        kind=kind,
        starts=starts,
        ends=ends,
        about=draw(st.lists(st.sampled_from(acts), max_size=2)),
        by=draw(st.lists(st.sampled_from(parts), max_size=2)) if parts else [],
        facts=draw(facts(vocabulary.facts_of(vocabulary.canonical[kind]), vocabulary)),
    )


def _documents(acts: list[str]) -> st.SearchStrategy[Document]:
    return st.builds(
        Document,
        id=NAMES,
        kind=TEXTS,
        title=st.none() | TEXTS,
        number=st.none() | TEXTS,
        date=st.none() | MOMENTS,
        pages=st.none() | st.just("12-14"),
        proves=st.lists(st.sampled_from(acts), max_size=2) if acts else st.just([]),
    )
