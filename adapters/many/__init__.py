"""Many cases in one run: what they are, who checks them, and how a run goes on after a kill."""

from __future__ import annotations
