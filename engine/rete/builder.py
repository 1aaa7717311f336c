"""The program under construction: clauses so far, and what facts they need of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casefiles.terms import HEAD, Vocabulary
from engine.periods import Period
from engine.rete.clauses import Clause, Pattern, Ref, Test, clause
from engine.rete.features import FIRST_WORD, Feature
from engine.rule import Definition
from engine.rulebook import Rulebook

HEAD_KIND = "h"
"""The kind of the one fact that carries the head; its ``s`` is 0, that of acts counts from 1."""


@dataclass(frozen=True, slots=True)
class DueRequest:
    """A deadline to be counted for every act of a kind.

    ``base``: from its begin (``b``) or end (``e``), its own start (``s``), or back from it (``r``).
    """

    kind: str
    base: str
    period: Period
    roll_over: bool = True


@dataclass(frozen=True, slots=True)
class Demand:
    """What a program needs to be told of a file."""

    features: Mapping[str, tuple[Feature, ...]]
    """By kind of act, ``案卷`` for the head and ``人员`` for persons."""
    numbers: Mapping[Feature, int]
    words: Mapping[str | bool, int]
    kinds: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    """Pairs of kinds (an act, its subject) of which it must be known which act concerns which."""
    dues: Mapping[DueRequest, int]
    absences: Mapping[tuple[str, ...], int]
    roles: Mapping[tuple[str, ...] | None, int]
    """Sets of roles of which it is asked who took part in one; ``None`` for whatever role."""
    people: tuple[str, ...]
    """The kinds of acts of which it is asked."""
    given: Mapping[tuple[str, str], int]
    """Derived facts by kind and name, with the number of the definition."""
    same: tuple[tuple[str, str], ...]
    """Kinds with the names of facts that are compared as a whole."""


Need = tuple[str, str, str]
"""A rule, definition or limit: the word for which it is, and two parts of its name."""


@dataclass
class Builder:
    """Collects clauses and demands; every name used in the rete is made here."""

    book: Rulebook
    clauses: list[Clause] = field(default_factory=list)
    features: dict[str, dict[Feature, None]] = field(default_factory=dict)
    numbers: dict[Feature, int] = field(default_factory=dict)
    words: dict[str | bool, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    dues: dict[DueRequest, int] = field(default_factory=dict)
    absences: dict[tuple[str, ...], int] = field(default_factory=dict)
    roles: dict[tuple[str, ...] | None, int] = field(default_factory=dict)
    people: dict[str, None] = field(default_factory=dict)
    given: dict[tuple[str, str], int] = field(default_factory=dict)
    same: dict[tuple[str, str], None] = field(default_factory=dict)
    limits: dict[tuple[str, str], int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    needs: dict[Need, set[Need]] = field(default_factory=dict)
    """What each rule, definition and limit rests on: if that cannot be expressed, nor can it."""
    owner: Need = ("", "", "")
    _aliases: int = 0
    _verbs: int = 0

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of case files."""
        return self.book.vocabulary

    def add(
        self,
        patterns: Sequence[Pattern],
        derives: str,
        **properties: int | Ref,
    ) -> None:
        """Add a clause; raises ClauseError where the library could not hold it."""
        self.clauses.append(clause(patterns, derives, properties))

    def add_each(
        self, patterns: Sequence[Pattern], derives: str, suffix: Ref, properties: Mapping[str, int | Ref]
    ) -> None:
        """Add a clause that derives a kind of its own for each value of a property."""
        self.clauses.append(clause(patterns, derives, properties, suffix))

    def alias(self) -> str:
        """Return an alias that no pattern has yet."""
        self._aliases += 1
        return f"x{self._aliases}"

    def number(self) -> int:
        """Return a number for one more thing to be decided, such as a verb of a rule."""
        self._verbs += 1
        return self._verbs

    def act_kind(self, kind: str) -> str:
        """Return the kind of the facts of acts of a kind."""
        return f"a{self.kinds.setdefault(kind, len(self.kinds))}"

    def subject_kind(self, kind: str) -> str:
        """Return the kind of the facts of acts, or of the head."""
        return HEAD_KIND if kind == HEAD else self.act_kind(kind)

    def feature(self, kind: str, feature: Feature) -> str:
        """Demand a feature of facts of a kind, and return the stem of its two properties."""
        self.features.setdefault(kind, {})[feature] = None
        return f"p{self.numbers.setdefault(feature, len(self.numbers))}"

    def word(self, value: str | bool) -> int:
        """Return the number of a word."""
        return self.words.setdefault(value, FIRST_WORD + len(self.words))

    def pair(self, act: str, subject: str) -> str:
        """Return the kind of the facts that tell which acts concern which subjects."""
        return f"cn{self.pairs.setdefault((act, subject), len(self.pairs))}"

    def absence(self, kinds: Iterable[str]) -> int:
        """Return the number of a set of kinds whose absence must be proven."""
        return self.absences.setdefault(tuple(kinds), len(self.absences))

    def due(self, request: DueRequest) -> int:
        """Return the number of a deadline."""
        return self.dues.setdefault(request, len(self.dues))

    def role(self, names: tuple[str, ...] | None) -> int:
        """Return the number of a set of roles."""
        return self.roles.setdefault(names, len(self.roles))

    def definition(self, kind: str, name: str) -> Definition | None:
        """Return the definition of a derived fact."""
        found = (one for one in self.book.definitions if (one.on, one.defines) == (kind, name))
        return next(found, None)

    def need_definition(self, kind: str, name: str) -> int:
        """Return the number of a derived fact, and note that it must be derived."""
        self.needs.setdefault(self.owner, set()).add(("definition", kind, name))
        return self.given.setdefault((kind, name), len(self.given))

    def need_limit(self, name: str, kind: str) -> str:
        """Return the kind of the facts that tell the value of a limit for acts of a kind."""
        self.needs.setdefault(self.owner, set()).add(("limit", name, kind))
        return f"bn{self.limits.setdefault((name, kind), len(self.limits))}"

    def need_values(self, name: str) -> int:
        """Return the number of a limit, and note that its values must be told for the case."""
        self.needs.setdefault(self.owner, set()).add(("values", name, ""))
        return self.values.setdefault(name, len(self.values))

    def demand(self) -> Demand:
        """Return what the clauses so far need to be told."""
        return Demand(
            {kind: tuple(found) for kind, found in self.features.items()},
            dict(self.numbers),
            dict(self.words),
            dict(self.kinds),
            dict(self.pairs),
            dict(self.dues),
            dict(self.absences),
            dict(self.roles),
            tuple(self.people),
            dict(self.given),
            tuple(self.same),
        )


def equals(prop: str, alias: str, other: str = "s") -> Test:
    """Return the test that a property is that of an earlier fact."""
    return Test(prop, "==", Ref(alias, other))
