"""What the library can hold, measured on durable_rules 2.0.28, and what is therefore let through to it.

Beyond the first number of each remark it answers with an error, a wrong result, a crash or a hang.
"""

from __future__ import annotations

from typing import Final

PATTERNS_PER_KIND: Final = 60
"""65 partial matches of one fact in one ruleset: error 303, and the fact is not stored (issue #312)."""

KINDS: Final = 500
"""513 different conditions below one node, such as kinds of facts: an endless loop."""

ALIASES: Final = 14
"""17 messages in one match, the token included: error 304 when a fact is asserted."""

JOINS: Final = 28
"""30 join conditions in one pattern, the pad included: error 113."""

RULES: Final = 4000
"""4,097 rules in one ruleset: error 106."""

PROPERTIES: Final = 200
"""252 properties of one fact: error 302."""

TEXT_BYTES: Final = 4096
"""65,536 bytes of one text: its length wraps at 16 bits, and different texts are equal."""

INTEGER: Final = 1 << 62
"""2⁶³: integers saturate, and different ones are equal."""

FACTS: Final = 20_000
"""Own limit: every fact costs about 8 KB while a session lives, and time grows with their joins."""

ACTS: Final = 500
"""Own limit: pairs of acts are facts, so a file of more acts is left to the first engine."""
