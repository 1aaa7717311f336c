"""Rules, verbs, time and findings: from a case file to what the law says about it."""

from __future__ import annotations
