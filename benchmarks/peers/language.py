"""Putting the rules into the words of an engine: one method for each word, the rest is the same for all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Generic, TypeVar

from benchmarks.peers.rules import Alternatives, Demand, Fact, NotAbove, Officers, Other, Rule

Term = TypeVar("Term")


class Language(ABC, Generic[Term]):
    """How an engine says things; ``Term`` is what its expressions are, text or JSON."""

    def applies(self, rule: Rule) -> Term:
        """Say whether the rule applies to an act of its kinds."""
        said = [self.demand(one) for one in (*rule.head, *rule.where)]
        if rule.unless:
            said.append(self.negated(self.either(rule.unless)))
        return self.every(said)

    def need(self, rule: Rule) -> Term:
        """Say whether an act to which the rule applies keeps it."""
        return self.either(rule.need)

    def either(self, alternatives: Alternatives) -> Term:
        """Say that all demands of one of the alternatives hold."""
        return self.any([self.every([self.demand(one) for one in demands]) for demands in alternatives])

    def demand(self, demand: Demand) -> Term:
        """Say one demand."""
        if isinstance(demand, Fact):
            return self.fact(demand)
        if isinstance(demand, Other):
            return self.negated(self.other(demand)) if demand.none else self.other(demand)
        if isinstance(demand, Officers):
            return self.officers(demand)
        return self.not_above(demand)

    @abstractmethod
    def every(self, terms: Iterable[Term]) -> Term:
        """Say that all hold."""

    @abstractmethod
    def any(self, terms: Iterable[Term]) -> Term:
        """Say that one holds."""

    @abstractmethod
    def negated(self, term: Term) -> Term:
        """Say that something does not hold."""

    @abstractmethod
    def fact(self, fact: Fact) -> Term:
        """Say a condition on the act or the head."""

    @abstractmethod
    def other(self, other: Other) -> Term:
        """Say that there is such an act, whatever ``none`` says."""

    @abstractmethod
    def officers(self, officers: Officers) -> Term:
        """Say that there were so many officers."""

    @abstractmethod
    def not_above(self, bound: NotAbove) -> Term:
        """Compare two numbers."""


class Text(Language[str]):
    """Languages that write ``and``, ``or`` and brackets as people do."""

    AND, OR, NOT, TRUE = " and ", " or ", "not ({})", "true"

    def every(self, terms: Iterable[str]) -> str:
        """Say that all hold."""
        return self.AND.join(f"({term})" for term in terms) or self.TRUE

    def any(self, terms: Iterable[str]) -> str:
        """Say that one holds."""
        return self.OR.join(f"({term})" for term in terms)

    def negated(self, term: str) -> str:
        """Say that something does not hold."""
        return self.NOT.format(term)


def listed(items: Iterable[str]) -> str:
    """Write a list of texts."""
    return ", ".join(f"'{item}'" for item in items)
