"""The second engine as a confirmation asks it: its rules translated, and the process that runs them."""

from __future__ import annotations

from adapters.confirmation.process import Process
from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.findings import Confirmation, Severity
from engine.rete.features import Inexpressible
from engine.rete.judging import parts
from engine.rete.session import SessionError, checked
from engine.rete.verdicts import Judged
from engine.rulebook import Rulebook


class Second:
    """The second engine for a rulebook, all its rules or those that are vetoes; a process for each part."""

    def __init__(self, rulebook: Rulebook, *, everything: bool) -> None:
        vetoes = (rule for rule in rulebook.rules if rule.severity is Severity.VETO)
        engines = parts(rulebook, rulebook.rules if everything else vetoes)
        self._parts = [(one, Process(one.translation.network)) for one in engines]

    def verdicts(self, case: CaseFile, as_of: Moment) -> dict[str, Judged] | Confirmation:
        """Return what it says of a case, by the name of the rule; or that this case cannot be put to it."""
        found: dict[str, Judged] = {}
        try:
            for engine, process in self._parts:
                facts = checked(engine.facts(case, as_of))
                found |= engine.judged(case, facts, process.ask(facts))
        except (Inexpressible, SessionError):
            return Confirmation.NOT_EXPRESSIBLE
        return found

    def close(self) -> None:
        """End the processes."""
        for _, process in self._parts:
            process.close()
