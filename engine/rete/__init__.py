"""The second engine: the same rules as joins and negations for a rete network (durable_rules).

It shares the case file, the vocabulary and the rule documents with the first engine, and none of its
judging. See ``docs/second-engine.md``.
"""

from __future__ import annotations
