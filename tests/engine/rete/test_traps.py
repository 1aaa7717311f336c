"""The library's traps: what it gets wrong, refuses or dies of never reaches it, and costs no verdict."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from random import Random
from typing import Any

import pytest

from casefiles.moments import parse_moment
from engine.check import outcomes
from engine.rete import network as networks
from engine.rete.capacity import ALIASES, INTEGER, JOINS, KINDS, PATTERNS_PER_KIND, PROPERTIES, TEXT_BYTES
from engine.rete.clauses import Clause, ClauseError, Pattern, Ref, clause
from engine.rete.clauses import Test as Asks
from engine.rete.conditions import Alternative, both
from engine.rete.judging import SecondEngine, parts, second_engine
from engine.rete.network import PAD, Network, name_hash, network
from engine.rete.session import Fact, Rulesets, SessionError
from engine.rete.verdicts import Judged
from engine.rulebook import Rulebook
from tests.engine.rete.agreement import Tally
from tests.oracle.generation import Documents, case_of, loaded, pairs
from tests.oracle.random_rules import LAW_DOCUMENTS

BASIS = {"law": "乙条例", "article": "第一条", "since": "2012-01-01", "verified": "2026-11-21"}
DAY = parse_moment("2024-12-31")


def book_of(*requires: dict[str, Any]) -> Rulebook:
    """Return a rulebook of rules on 执法决定, one for each demand."""
    around = {
        "title": "示例义务",
        "severity": "minor",
        "effect": "规范性瑕疵",
        "basis": BASIS,
        "message": "{problem}",
        "remedy": {"cure": "说明", "do": "说明。"},
        "subject": {"act": "执法决定"},
    }
    rules = [{"id": f"r{number}", **around, "require": one} for number, one in enumerate(requires)]
    return loaded(Documents(rules, [], [], LAW_DOCUMENTS, []))


def content(*facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a closed case with a decision for each set of facts."""
    return {
        "number": "示例〔2024〕1号",
        "kind": "行政处罚",
        "agency": {"name": "示例市执法局"},
        "facts": {"办案状态": "已结"},
        "acts": [
            {"id": f"A{number}", "kind": "执法决定", "starts": "2024-03-01", "facts": one}
            for number, one in enumerate(facts)
        ],
    } | more


def derived(clauses: Sequence[Clause], facts: Sequence[Fact]) -> list[Fact]:
    rulesets = Rulesets(network(clauses))
    try:
        return sorted(rulesets.derive(facts), key=str)
    finally:
        rulesets.close()


def demand_agreement(book: Rulebook, told: dict[str, Any]) -> Tally:
    second, tally = second_engine(book, book.rules), Tally()
    assert tally.compare(second, case_of(told), DAY) == []
    second.close()
    return tally


SEVENTY = [{"at_most": {"fact": "罚款金额", "value": number}} for number in range(70)]


def test_seventy_rules_on_one_kind_of_act_are_spread_and_decided() -> None:
    book = book_of(*SEVENTY)
    assert len(second_engine(book, book.rules).translation.network.shards) >= 3
    tally = demand_agreement(book, content({"罚款金额": 35}, {"罚款金额": 0}, {}))
    assert tally.decided == 210 and not tally.left


def test_seventy_rules_in_one_ruleset_would_be_refused_and_cost_the_case_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(networks, "SIZE", 10_000)
    monkeypatch.setattr(networks, "PATTERNS_PER_KIND", 10_000)
    book = book_of(*SEVENTY)
    second = second_engine(book, book.rules)
    case = case_of(content({"罚款金额": 35}))
    verdicts = second.verdicts(case, DAY)
    assert all(one.failed and one.subjects == {} for one in verdicts.values())
    assert "库出错" in str(verdicts["r0"].reason)
    assert second.verdicts(case, DAY) == verdicts
    second.close()


def test_after_the_library_refused_something_the_next_case_is_decided_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = book_of({"states": ["文号"]})
    second, case = second_engine(book, book.rules), case_of(content({"文号": "甲"}))
    before = second.verdicts(case, DAY)
    with monkeypatch.context() as patch:
        # An integer with a fraction of nothing is text that the library cannot read.
        patch.setattr(
            "engine.rete.session._encode", lambda fact: b'{"id":"f1","sid":"s","kind":"h","x":1e16}'
        )
        assert all(one.failed for one in second.verdicts(case, DAY).values())
    assert second.verdicts(case, DAY) == before != {}
    second.close()


def test_a_missing_library_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("engine.rete.session.import_module", absent)
    book = book_of({"states": ["文号"]})
    (found,) = second_engine(book, book.rules).verdicts(case_of(content({})), DAY).values()
    assert found.failed and "durable_rules" in str(found.reason)


@pytest.mark.parametrize("length", [1365, 1366, 21_845, 21_846, 300_000])
def test_long_texts_are_told_apart_since_no_text_gets_through(length: int) -> None:
    text = "甲" * length
    opened: dict[str, Any] = {"id": "B", "kind": "立案", "starts": "2024-02-01"}
    book = book_of({"same_as": {"act": "立案", "fact": "文号"}}, {"states": {"文号": {"is": "甲"}}})
    for other, wanted in ((text, {"met": 1, "breached": 1}), (text[:-1] + "乙", {"breached": 2})):
        told = content({"文号": text})
        told["acts"].append(opened | {"facts": {"文号": other}})
        assert {k.value: v for k, v in demand_agreement(book, told).outcomes.items()} == wanted


PLAIN = [clause([Pattern("A", "a", (Asks("x", ">=", 0),))], "q", {"x": Ref("A", "x")})]
UNTOLD: dict[str, tuple[list[Fact], str]] = {
    "a text beyond 4 KB": ([{"kind": "a", "x": "甲" * 1366}], "4096 字节"),
    "a number of 2⁶²": ([{"kind": "a", "x": INTEGER}], "范围"),
    "a number far beyond 2⁶³": ([{"kind": "a", "x": -(1 << 200)}], "范围"),
    "a fraction": ([{"kind": "a", "x": 1e16}], "整数"),  # type: ignore[dict-item]
    "a truth": ([{"kind": "a", "x": True}], "整数"),
    "nothing": ([{"kind": "a", "x": None}], "整数"),  # type: ignore[dict-item]
    "a list": ([{"kind": "a", "x": [1]}], "整数"),  # type: ignore[dict-item]
    "a fact without a kind": ([{"x": 1}], "种类"),
    "a name with a dot": ([{"kind": "a", "x.y": 1}], "属性名"),
    "a name of the library": ([{"kind": "a", "x": 1, "sid": 1}], "属性名"),
    "too many properties": ([{"kind": "a", **{f"y{n}": n for n in range(PROPERTIES)}}], "属性多于"),
    "too many facts": ([{"kind": "a", "x": 1}] * 20_001, "事实多于"),
    "names with the same hash": ([{"kind": "a", "x": 1, "costarring": 1, "liquid": 1}], "散列"),
}


@pytest.mark.parametrize("what", UNTOLD)
def test_it_is_refused_before_the_library_sees_it(what: str) -> None:
    facts, words = UNTOLD[what]
    rulesets = Rulesets(network(PLAIN))
    with pytest.raises(SessionError, match=words):
        rulesets.derive(facts)
    assert rulesets.derive([{"kind": "a", "x": INTEGER - 1}]) == [{"kind": "q", "x": INTEGER - 1}]
    rulesets.close()


def wide(count: int) -> list[Pattern]:
    return [Pattern(f"x{n}", f"k{n}") for n in range(count)]


CROWDED = tuple(Asks(f"y{n}", "==", Ref("A", f"y{n}")) for n in range(JOINS))
REFUSED: dict[str, Any] = {
    "no pattern at all": lambda: clause([], "q"),
    "denial alone": lambda: clause([Pattern("A", "a", denied=True)], "q"),
    "more patterns than a match can hold": lambda: clause(wide(ALIASES + 1), "q"),
    "more joins than a pattern can hold": lambda: clause(
        [Pattern("A", "a"), Pattern("B", "b", CROWDED)], "q"
    ),
    "a number of 2⁶²": lambda: clause([Pattern("A", "a", (Asks("x", "<", INTEGER),))], "q"),
    "one fact under two aliases": lambda: clause([Pattern("A", "a"), Pattern("B", "a")], "q"),
    "a fact asked and denied": lambda: clause([Pattern("A", "a"), Pattern("B", "a", denied=True)], "q"),
    "an alias that comes later": lambda: clause([Pattern("A", "a", (Asks("x", "<", Ref("B", "x")),))], "q"),
    "a conclusion from what is denied": lambda: clause(
        [Pattern("A", "a"), Pattern("B", "b", denied=True)], "q", {"x": Ref("B", "x")}
    ),
    "names with the same hash": lambda: network(
        [clause([Pattern("A", "a", (Asks("costarring", "==", 1), Asks("liquid", "==", 1)))], "q")]
    ),
    "denial in a circle": lambda: network(
        [
            clause([Pattern("A", "a"), Pattern("B", "p", denied=True)], "q"),
            clause([Pattern("A", "a"), Pattern("B", "q", denied=True)], "p"),
        ]
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_clause_beyond_the_library_is_refused(what: str) -> None:
    with pytest.raises(ClauseError):
        REFUSED[what]()


def test_the_hash_of_names_is_that_of_the_library() -> None:
    # Two words that collide under FNV-1a: the library takes one property for the other.
    assert name_hash("costarring") == name_hash("liquid") != name_hash("kind")
    confused = json.dumps({"r": {"all": [{"m": {"liquid": 1}}]}})
    library = Rulesets(network(PLAIN)).library
    handle = library.create_ruleset("s", confused)
    code, _ = library.assert_fact(handle, '{"id":"1","sid":"s","costarring":1}')
    library.delete_ruleset(handle)
    assert code == 0, "0: a rule matched"


def test_a_missing_property_of_an_earlier_fact_joins_nothing() -> None:
    joined = [
        clause(
            [Pattern("A", "a"), Pattern("B", "b", (Asks("x", how, Ref("A", "x")),))],
            f"q{n}",
            {"y": Ref("B", "y")},
        )
        for n, how in enumerate(("==", "!=", "<", "<=", ">", ">="))
    ]
    facts: list[Fact] = [{"kind": "a", "z": 1}, {"kind": "b", "x": 1, "y": 5}, {"kind": "b", "y": 6}]
    for order in permutations(facts):
        assert derived(joined, order) == []
    whole: list[Fact] = [*facts, {"kind": "a", "x": 1}]
    for order in permutations(whole):
        assert [one["kind"] for one in derived(joined, order)] == ["q0", "q3", "q5"]


def test_a_comparison_within_a_fact_that_lacks_a_side_is_false() -> None:
    lacking = [clause([Pattern("A", "a", (Asks("x", how, 0),))], "q") for how in ("==", "!=", "<", ">=")]
    assert derived(lacking, [{"kind": "a", "y": 1}]) == []


DENIED = [
    clause(
        [Pattern("A", "a"), Pattern("N", "b", (Asks("s", "==", Ref("A", "s")),), denied=True)],
        "q",
        {"s": Ref("A", "s")},
    ),
    clause([Pattern("C", "c")], "b", {"s": Ref("C", "s")}),
]


def test_what_denies_waits_for_facts_that_come_last_or_are_derived() -> None:
    facts: list[Fact] = [{"kind": "a", "s": 0}, {"kind": "a", "s": 1}, {"kind": "a", "s": 2}]
    facts += [{"kind": "c", "s": 1}, {"kind": "b", "s": 2}]
    for order in permutations(facts):
        found = [one for one in derived(DENIED, order) if one["kind"] == "q"]
        assert found == [{"kind": "q", "s": 0}]


def test_a_fact_stands_for_one_alias_of_a_match_alone() -> None:
    # So whoever joins facts of one kind must mean different ones.
    pair = [clause([Pattern("A", "a"), Pattern("B", "a", (Asks("s", "==", Ref("A", "s")),))], "q")]
    assert derived(pair, [{"kind": "a", "s": 1}]) == []
    assert derived(pair, [{"kind": "a", "s": 1, "x": 1}, {"kind": "a", "s": 1, "x": 2}]) != []


def test_what_the_match_has_already_is_not_seen_by_a_denial() -> None:
    none_like_it = Pattern("N", "a", (Asks("s", "==", Ref("A", "s")),), denied=True)
    alone = [clause([Pattern("A", "a"), none_like_it], "q", {"s": Ref("A", "s")})]
    facts: list[Fact] = [{"kind": "a", "s": 1, "x": 1}, {"kind": "a", "s": 2, "x": 1}]
    assert derived(alone, facts) == [{"kind": "q", "s": 1}, {"kind": "q", "s": 2}]
    assert derived(alone, [*facts, {"kind": "a", "s": 1, "x": 2}]) == [{"kind": "q", "s": 2}]


def test_what_is_asked_and_denied_at_once_is_no_way_to_hold() -> None:
    test = Asks("s", "==", 0)
    asked = Alternative(more=(Pattern("X", "d", (test, Asks("v", ">", 1))),))
    denied = Alternative(more=(Pattern("Y", "d", (test,), denied=True),))
    assert both([asked, Alternative()], [denied]) == (denied,)


def test_conditions_on_one_fact_are_asked_by_one_pattern() -> None:
    test = Asks("s", "==", 0)
    one, other = Pattern("X", "d", (test,)), Pattern("Y", "d", (test, Asks("v", ">", 1)))
    merged = Alternative(more=(one,)) + Alternative(more=(other,))
    assert merged.more == (Pattern("X", "d", (test, Asks("v", ">", 1))),)


@pytest.mark.parametrize(
    "more",
    [
        {"acts": [{"id": "A", "kind": "执法决定"}, {"id": "A", "kind": "立案"}]},
        {"persons": [{"id": "甲", "name": "甲"}, {"id": "甲", "name": "乙"}]},
    ],
    ids=["acts", "persons"],
)
def test_ids_that_stand_twice_leave_the_file_to_the_first_engine(more: dict[str, Any]) -> None:
    book = book_of({"states": ["文号"]})
    (found,) = second_engine(book, book.rules).verdicts(case_of(content(**more)), DAY).values()
    assert found == Judged({}, reason="编号重复")


def test_a_number_beyond_the_range_leaves_the_file_to_the_first_engine() -> None:
    book = book_of({"at_most": {"fact": "罚款金额", "value": 5}})
    for number in (1 << 62, 10**300, 0.00001):
        (found,) = (
            second_engine(book, book.rules).verdicts(case_of(content({"罚款金额": number})), DAY).values()
        )
        assert not found.failed and "范围" in str(found.reason)


def engines(first: int, books: int, cases: int) -> list[tuple[SecondEngine, Any]]:
    kept: dict[int, SecondEngine] = {}
    found = []
    for pair in pairs(first, books, cases):
        second = kept.setdefault(id(pair.rulebook), second_engine(pair.rulebook, pair.rulebook.rules))
        found.append((second, pair))
    return found


@pytest.mark.parametrize("first", [300, 310])
def test_neither_the_order_of_facts_nor_facts_told_twice_change_a_verdict(first: int) -> None:
    random = Random(first)
    for second, pair in engines(first, 6, 8):
        rulesets = Rulesets(second.translation.network)
        facts = second.facts(pair.case, pair.as_of)
        plain = second.judged(pair.case, facts, rulesets.derive(facts))
        assert any(one.subjects for one in plain.values()) or list(
            outcomes(pair.case, second.book, pair.as_of)
        )
        shuffled = [*facts, *facts[::3]]
        random.shuffle(shuffled)
        assert second.judged(pair.case, shuffled, rulesets.derive(shuffled)) == plain
        rulesets.close()


@pytest.fixture(scope="module")
def shipped(rulebook: Rulebook) -> list[Network]:
    return [one.translation.network for one in parts(rulebook, rulebook.rules)]


def test_every_ruleset_of_the_shipped_rules_is_padded_guarded_and_within_the_limits(
    shipped: list[Network],
) -> None:
    for shard in (one for part in shipped for one in part.shards):
        rules = json.loads(shard.text)
        assert rules.pop("~") == {"all": [{"m": {"phase": -1}}]}
        count: Counter[str] = Counter()
        for rule in rules.values():
            demand_exact(rule["all"])
            count.update(atoms[0]["kind"] for atoms in patterns(rule["all"]))
        assert max(count.values()) <= PATTERNS_PER_KIND and len(count) <= KINDS


def patterns(items: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [one["$and"] for item in items for one in item.values() if "$and" in one]


def demand_exact(items: list[dict[str, Any]]) -> None:
    """Demand: a token first where something is denied, guards before what is read, a pad at the end."""
    names = [next(iter(item)) for item in items]
    denies = [name.endswith("$not") for name in names]
    assert denies == sorted(denies) and (names[0] == "go") is any(denies)
    guarded: dict[str, set[str]] = {}
    for name, item in zip(names, items, strict=True):
        if name == "go":
            guarded["go"] = {PAD}
            continue
        atoms = item[name]["$and"]
        assert list(atoms[0]) == ["kind"]
        if guarded:
            (pad,) = atoms[-1].items()
            assert pad[0] == PAD and list(pad[1].values()) == [PAD]
        for atom in atoms:
            for value in references(atom):
                assert all(prop in guarded[alias] for alias, prop in value.items())
        guarded[name] = {PAD} | {prop for atom in atoms for prop in atom.get("$ex", ())}


def references(atom: dict[str, Any]) -> list[dict[str, str]]:
    """Return what an atom reads of earlier facts; anything but flat comparisons is refused."""
    ((word, value),) = atom.items()
    if word == "$ex":
        return []
    if word.startswith("$"):
        assert word in {"$neq", "$lt", "$lte", "$gt", "$gte"}
        ((_, value),) = value.items()
    return [value] if isinstance(value, dict) else []


def test_no_text_but_the_kind_of_a_fact_is_told() -> None:
    for second, pair in engines(320, 6, 5):
        for fact in second.facts(pair.case, pair.as_of):
            assert all(type(value) is int for name, value in fact.items() if name != "kind")
            assert len(str(fact["kind"]).encode()) < TEXT_BYTES // 100
