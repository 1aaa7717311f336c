"""The compiled evaluator: each rule as generated Python that clears what is certainly kept.

Generated code only ever says three things about a rule and an act: it is kept, it is outside of the
rule, or the verb must be asked. Whatever is not met is said by the verb alone, with its evidence, so
that the two cannot disagree. Rules are picked by the head of a file and the day of an act, once for
all files with the same head.
"""

from __future__ import annotations
