"""Whether a case file speaks the words of the vocabulary, and whether what it says can be.

Everything wrong is found at once, so that a file is corrected in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from casefiles.factvalues import fact_mistakes
from casefiles.mistakes import MOST_MISTAKES, Mistake, did_you_mean, shortened
from casefiles.model import Act, CaseFile, Facts, Path, Person
from casefiles.moments import Moment, is_before
from casefiles.terms import HEAD, Vocabulary
from casefiles.wordlists import provided_facts

MOST_HOMES = 3
"""How many kinds of acts are named as those that could carry a misplaced fact."""


def check_words(case: CaseFile, vocabulary: Vocabulary) -> list[Mistake]:
    """Return the mistakes of a case file in the order of its fields: words, ids, times.

    The list is complete unless it holds more than ``MOST_MISTAKES``: then one more, and no others.
    """
    mistakes = chain(
        _head_mistakes(case, vocabulary),
        _id_mistakes(case),
        _act_mistakes(case, vocabulary),
        _document_mistakes(case),
        _provides_mistakes(case, vocabulary),
    )
    return list(islice(mistakes, MOST_MISTAKES + 1))


def _head_mistakes(case: CaseFile, vocabulary: Vocabulary) -> Iterator[Mistake]:
    yield from _value_mistakes(case.kind, "kinds", "案卷种类", ("kind",), vocabulary)
    yield from _value_mistakes(case.procedure, "procedures", "程序", ("procedure",), vocabulary)
    yield from _value_mistakes(case.field, "fields", "领域", ("field",), vocabulary)
    yield from _value_mistakes(case.agency.level, "levels", "层级", ("agency", "level"), vocabulary)
    yield from _record_facts(case.agency.facts, "agency", ("agency", "facts"), vocabulary)
    yield from _record_facts(case.facts, "case", ("facts",), vocabulary)
    for index, party in enumerate(case.parties):
        path: Path = ("parties", index)
        yield from _value_mistakes(party.kind, "party_kinds", "当事人类型", (*path, "kind"), vocabulary)
        yield from _record_facts(party.facts, "party", (*path, "facts"), vocabulary)
    for index, person in enumerate(case.persons):
        yield from _person_mistakes(person, ("persons", index), vocabulary)


def _person_mistakes(person: Person, path: Path, vocabulary: Vocabulary) -> Iterator[Mistake]:
    for index, role in enumerate(person.roles):
        yield from _value_mistakes(role, "roles", "身份", (*path, "roles", index), vocabulary)
    yield from _record_facts(person.facts, "person", (*path, "facts"), vocabulary)
    if (held := person.certificate) is not None:
        yield from _order_mistakes(
            held.valid_from, held.valid_to, (*path, "certificate", "valid_to"), "执法证件有效期"
        )


def _value_mistakes(
    value: str | None, table: str, what: str, path: Path, vocabulary: Vocabulary
) -> Iterator[Mistake]:
    allowed = vocabulary.heads[table]
    if value is None or value in allowed or vocabulary.head_synonyms.get(value) in allowed:
        return
    yield Mistake(path, f"词表中没有{what}“{shortened(value)}”", did_you_mean(value, allowed))


def _record_facts(facts: Facts, record: str, path: Path, vocabulary: Vocabulary) -> Iterator[Mistake]:
    allowed = vocabulary.head_facts[record]
    for name, value in facts.items():
        if name in allowed:
            yield from fact_mistakes(vocabulary.facts[name], value, (*path, name))
        else:
            yield _misplaced(name, "此处", allowed, (*path, name), vocabulary)


def _misplaced(name: str, where: str, allowed: frozenset[str], path: Path, vocabulary: Vocabulary) -> Mistake:
    text = f"{where}没有事项“{shortened(name)}”"
    homes = [kind for kind, act in vocabulary.acts.items() if name in act.facts]
    if homes:
        return Mistake(path, text, f"它属于：{'、'.join(homes[:MOST_HOMES])}", at_name=True)
    return Mistake(path, text, did_you_mean(name, allowed or vocabulary.facts), at_name=True)


def _id_mistakes(case: CaseFile) -> Iterator[Mistake]:
    if not case.number.strip():
        yield Mistake(("number",), "案号是空的", "请写明案号")
    yield from _repeated_ids("persons", (person.id for person in case.persons))
    yield from _repeated_ids("acts", (act.id for act in case.acts))
    yield from _repeated_ids("documents", (document.id for document in case.documents))


def _repeated_ids(field: str, ids: Iterable[str]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, name in enumerate(ids):
        yield from _id_mistake(name, seen, (field, index, "id"))
        seen.add(name)


def _id_mistake(name: str, seen: set[str], path: Path) -> Iterator[Mistake]:
    if not name.strip():
        yield Mistake(path, "id 是空的", "请给每一项写一个不重复的 id")
    elif name in seen:
        yield Mistake(path, f"id “{shortened(name)}”重复", "同一列表内 id 不能重复，请改其中一个")


def _act_mistakes(case: CaseFile, vocabulary: Vocabulary) -> Iterator[Mistake]:
    acts = {act.id for act in case.acts}
    persons = {person.id for person in case.persons}
    for index, act in enumerate(case.acts):
        path: Path = ("acts", index)
        yield from _kind_mistakes(act, path, vocabulary)
        yield from _order_mistakes(act.starts, act.ends, (*path, "ends"), f"环节“{act.kind}”")
        yield from _reference_mistakes(act.about, acts, (*path, "about"), "环节")
        yield from _participation_mistakes(act, persons, path, vocabulary)


def _kind_mistakes(act: Act, path: Path, vocabulary: Vocabulary) -> Iterator[Mistake]:
    kind = vocabulary.canonical.get(act.kind)
    if kind is None:
        yield Mistake(
            (*path, "kind"),
            f"词表中没有环节“{shortened(act.kind)}”",
            did_you_mean(act.kind, vocabulary.canonical),
        )
        return
    allowed = vocabulary.acts[kind].facts
    for name, value in act.facts.items():
        place = (*path, "facts", name)
        if name in allowed:
            yield from fact_mistakes(vocabulary.facts[name], value, place)
        else:
            yield _misplaced(name, f"环节“{act.kind}”", allowed, place, vocabulary)


def _order_mistakes(starts: Moment | None, ends: Moment | None, path: Path, what: str) -> Iterator[Mistake]:
    if starts is not None and ends is not None and is_before(ends, starts):
        yield Mistake(path, f"{what}的结束时间 {ends} 早于开始时间 {starts}", "请核对原件后更正其中之一")


def _participation_mistakes(
    act: Act, persons: set[str], path: Path, vocabulary: Vocabulary
) -> Iterator[Mistake]:
    for index, part in enumerate(act.by):
        place: Path = (*path, "by", index)
        yield from _reference_mistake(part.person, persons, (*place, "person"), "人员")
        yield from _value_mistakes(part.role, "roles", "身份", (*place, "role"), vocabulary)


def _reference_mistakes(names: Iterable[str], known: set[str], path: Path, what: str) -> Iterator[Mistake]:
    for index, name in enumerate(names):
        yield from _reference_mistake(name, known, (*path, index), what)


def _reference_mistake(name: str, known: set[str], path: Path, what: str) -> Iterator[Mistake]:
    if name not in known:
        yield Mistake(path, f"案卷中没有 id 为“{shortened(name)}”的{what}", _reference_advice(name, known))


def _reference_advice(name: str, known: set[str]) -> str:
    return did_you_mean(name, known).replace("可用的词见词表", "请写本案卷中已有的 id")


def _document_mistakes(case: CaseFile) -> Iterator[Mistake]:
    acts = {act.id for act in case.acts}
    for index, document in enumerate(case.documents):
        yield from _reference_mistakes(document.proves, acts, ("documents", index, "proves"), "环节")


def _provides_mistakes(case: CaseFile, vocabulary: Vocabulary) -> Iterator[Mistake]:
    kinds = {HEAD, *vocabulary.acts}
    for index, entry in enumerate(case.provides or ()):
        kind, dot, fact = entry.partition(".")
        path: Path = ("provides", index)
        if kind in vocabulary.canonical and kind not in kinds:
            proper = vocabulary.canonical[kind]
            yield Mistake(path, f"provides 中不能用别名“{kind}”", f"请写作“{proper}”")
        elif kind not in kinds:
            text = f"词表中没有环节“{shortened(kind)}”"
            yield Mistake(path, text, did_you_mean(kind, kinds))
        elif dot and fact not in (facts := provided_facts(kind, vocabulary)):
            yield Mistake(path, f"“{kind}”没有事项“{shortened(fact)}”", did_you_mean(fact, facts))
