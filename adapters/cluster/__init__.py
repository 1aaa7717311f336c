"""Checking on a Spark cluster: an optional adapter; only its functions import Spark and Arrow."""

from __future__ import annotations
