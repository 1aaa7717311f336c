"""Reports: one run written for a terminal, a browser, a program or another tool."""

from __future__ import annotations
