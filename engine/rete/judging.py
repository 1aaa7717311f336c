"""The second engine as a whole: a case in, its own verdicts out, to be held against those of the first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.findings import Outcome
from engine.rete.capacity import PROPERTIES
from engine.rete.features import Inexpressible
from engine.rete.flattening import Setting, flat_facts
from engine.rete.session import Fact, Rulesets, SessionError
from engine.rete.translation import MOMENTS, Translated, Translation, Tree, translate
from engine.rete.verdicts import (
    AWAY,
    BREACHED,
    ERROR,
    MET,
    OPEN,
    PENDING,
    Judged,
    all_of,
    any_of,
    bound,
    denied,
)
from engine.rule import Rule
from engine.rulebook import Rulebook

_MANY_RULES = 180
"""With more rules than this it is not worth trying whether one engine takes them all."""

_OWN_PROPERTIES = len(MOMENTS) + 8
"""What a fact of an act carries besides features: its moments, its number, its kind and the like."""


@dataclass(frozen=True)
class SecondEngine:
    """Rules as translated, and what is needed to read a file for them."""

    book: Rulebook
    translation: Translation

    def expressible(self, rule: str) -> str | None:
        """Return why a rule of these cannot be put to the second engine, in Chinese; ``None`` if it can."""
        return self.translation.reasons.get(rule)

    def verdicts(self, case: CaseFile, as_of: Moment) -> dict[str, Judged]:
        """Return what is decided of a case for every rule, by its id; where nothing is, the reason.

        The library runs in this process, in a session of its own for the case; the rulesets stay
        loaded for the next one until ``close``.
        """
        judged = {rule: Judged({}, reason=reason) for rule, reason in self.translation.reasons.items()}
        try:
            facts = self.facts(case, as_of)
            return judged | self.judged(case, facts, self._rulesets.derive(facts))
        except Inexpressible as error:
            undecided = Judged({}, reason=str(error))
        except SessionError as error:
            undecided = Judged({}, reason=str(error), failed=True)
        return judged | dict.fromkeys(self.translation.rules, undecided)

    def close(self) -> None:
        """Give the rulesets back to the library; the next case loads them again."""
        if "_rulesets" in self.__dict__:
            self._rulesets.close()
            del self.__dict__["_rulesets"]

    @cached_property
    def _rulesets(self) -> Rulesets:
        return Rulesets(self.translation.network)

    def facts(self, case: CaseFile, as_of: Moment) -> list[Fact]:
        """Return what is to be told of a case; raises Inexpressible where it cannot be told."""
        setting = Setting(self.book.vocabulary, self.book.calendar, as_of)
        try:
            return flat_facts(case, self.translation.demand, setting)
        except Inexpressible:
            raise
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise Inexpressible(f"案卷的写法超出词表：{error}") from None

    def judged(self, case: CaseFile, facts: Sequence[Fact], derived: Iterable[Fact]) -> dict[str, Judged]:
        """Return for every translated rule what was derived for it."""
        names = self.book.vocabulary.canonical
        subjects: dict[str, list[tuple[int, str]]] = {}
        for number, act in enumerate(case.acts, 1):
            subjects.setdefault(names.get(act.kind, act.kind), []).append((number, act.id))
        held = {(str(one["kind"]), int(one["s"])) for one in derived if "s" in one}
        blind = {int(one["n"]) for one in facts if one["kind"] == "bs"}
        return {
            name: _judged(one, self.translation, subjects, held, blind)
            for name, one in self.translation.rules.items()
        }


def second_engine(book: Rulebook, rules: Iterable[Rule]) -> SecondEngine:
    """Return the second engine for some rules of a rulebook."""
    return SecondEngine(book, translate(book, list(rules)))


def parts(book: Rulebook, rules: Iterable[Rule]) -> tuple[SecondEngine, ...]:
    """Return engines that together have the rules, so few that every fact is small enough for the library.

    A fact of an act carries what all rules of its engine ask of it, and the library takes only so many
    properties.
    """
    asked = list(rules)
    if len(asked) <= _MANY_RULES:
        whole = second_engine(book, asked)
        if len(asked) < 2 or _widest(whole.translation) <= PROPERTIES:
            return (whole,)
    middle = len(asked) // 2
    return (*parts(book, asked[:middle]), *parts(book, asked[middle:]))


def _widest(translation: Translation) -> int:
    """Return how many properties the largest fact has: its own and two for each feature."""
    features = translation.demand.features.values()
    return _OWN_PROPERTIES + 2 * max(map(len, features), default=0)


@dataclass(frozen=True)
class SecondEngines:
    """Several engines for the rules of one book, asked one after the other."""

    book: Rulebook
    parts: tuple[SecondEngine, ...]

    def expressible(self, rule: str) -> str | None:
        """Return why a rule cannot be put to the second engine, in Chinese; ``None`` if it can."""
        return next((reason for one in self.parts if (reason := one.expressible(rule))), None)

    def verdicts(self, case: CaseFile, as_of: Moment) -> dict[str, Judged]:
        """Return what is decided of a case for every rule, as one engine would."""
        return {rule: judged for one in self.parts for rule, judged in one.verdicts(case, as_of).items()}

    def close(self) -> None:
        """Give all rulesets back to the library."""
        for one in self.parts:
            one.close()


def _judged(
    rule: Translated,
    translation: Translation,
    subjects: dict[str, list[tuple[int, str]]],
    held: Collection[tuple[str, int]],
    blind: Collection[int],
) -> Judged:
    verdicts: dict[str, Outcome | str] = {}
    for kind in rule.kinds:
        for number, name in subjects.get(kind, ()):
            verdicts[name] = _verdict(rule, kind, number, held)
    if verdicts:
        return Judged(verdicts)
    open_ = (f"hp{rule.number}", 0) in held and translation.demand.absences[rule.kinds] in blind
    return Judged({}, OPEN if open_ else AWAY)


def _verdict(rule: Translated, kind: str, number: int, held: Collection[tuple[str, int]]) -> Outcome | str:
    def is_so(letter: str) -> bool:
        return (f"{letter}{rule.number}", number) in held

    if not is_so("l") or is_so("e"):
        return AWAY
    verdict = _told(rule.tree, kind, number, held)
    if isinstance(verdict, str) and not isinstance(verdict, Outcome):
        return verdict
    return bound(verdict, possibly=True, certainly=is_so("u") and not is_so("f"))


def _told(tree: Tree, kind: str, number: int, held: Collection[tuple[str, int]]) -> Outcome | str:
    if tree.how == "one":
        return _leaf(tree.numbers[kind], number, held)
    found = [_told(part, kind, number, held) for part in tree.parts]
    outcomes = [one for one in found if isinstance(one, Outcome)]
    if len(outcomes) < len(found):
        return next(one for one in found if not isinstance(one, Outcome))
    if ERROR in outcomes:
        return ERROR
    if tree.how == "not":
        return denied(outcomes[0])
    return all_of(outcomes) if tree.how == "all" else any_of(outcomes)


def _leaf(verb: int, number: int, held: Collection[tuple[str, int]]) -> Outcome | str:
    found = [
        outcome
        for letter, outcome in (("m", MET), ("b", BREACHED), ("w", PENDING))
        if (f"{letter}{verb}", number) in held
    ]
    if (f"n{verb}", number) in held:
        return "案卷有中止、延长的环节，或者同日有不同的数，第二引擎不能表达"
    if len(found) > 1:
        # It contradicts itself, which agrees with nothing that the first engine can say.
        return ERROR
    return found[0] if found else OPEN
