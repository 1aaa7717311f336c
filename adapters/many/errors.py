"""What can go wrong with a run of many cases that is no problem of any input."""

from __future__ import annotations


class WorkersError(Exception):
    """No worker process can be kept alive long enough to begin."""
