"""The verbs (谓词): a small closed set; a rule that none of them can say gets a new verb here."""

from __future__ import annotations

from engine.verbs.base import Verb
from engine.verbs.content import AtLeast, AtMost, CitesLawInForce, FreeOf, SameAs, States
from engine.verbs.dates import Dated
from engine.verbs.duration import CoveredBy, Lasts, NoOverlap, NotDuring
from engine.verbs.order import FollowedBy, NeverWith, PrecededBy, Within
from engine.verbs.people import DoneBy, IndependentOf, SignedBy

VERBS: dict[str, type[Verb]] = {
    "followed_by": FollowedBy,
    "preceded_by": PrecededBy,
    "within": Within,
    "covered_by": CoveredBy,
    "states": States,
    "at_most": AtMost,
    "at_least": AtLeast,
    "same_as": SameAs,
    "done_by": DoneBy,
    "independent_of": IndependentOf,
    "signed_by": SignedBy,
    "lasts": Lasts,
    "not_during": NotDuring,
    "no_overlap": NoOverlap,
    "free_of": FreeOf,
    "never_with": NeverWith,
    "cites_law_in_force": CitesLawInForce,
    "dated": Dated,
}
