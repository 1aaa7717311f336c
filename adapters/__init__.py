"""Formats in, reports out, and the command line."""

from __future__ import annotations
