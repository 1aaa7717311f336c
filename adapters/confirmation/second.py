"""The second engine as a confirmation asks it: its rules translated, and the process that runs them."""

from __future__ import annotations

from adapters.confirmation.process import Process
from casefiles.model import CaseFile
from casefiles.moments import Moment
from engine.findings import Confirmation, Severity
from engine.rete.features import Inexpressible
from engine.rete.judging import second_engine
from engine.rete.session import SessionError, checked
from engine.rete.verdicts import Judged
from engine.rulebook import Rulebook


class Second:
    """The second engine for a rulebook, all its rules or those that are vetoes."""

    def __init__(self, rulebook: Rulebook, *, everything: bool) -> None:
        vetoes = (rule for rule in rulebook.rules if rule.severity is Severity.VETO)
        self._engine = second_engine(rulebook, rulebook.rules if everything else vetoes)
        self.process = Process(self._engine.translation.network)

    def verdicts(self, case: CaseFile, as_of: Moment) -> dict[str, Judged] | Confirmation:
        """Return what it says of a case, by the name of the rule; or that this case cannot be put to it."""
        try:
            facts = checked(self._engine.facts(case, as_of))
            return self._engine.judged(case, facts, self.process.ask(facts))
        except (Inexpressible, SessionError):
            return Confirmation.NOT_EXPRESSIBLE
