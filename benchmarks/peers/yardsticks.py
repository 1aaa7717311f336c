"""Parsing alone, to measure by."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lxml import etree


def json_loads() -> Callable[[bytes], Any]:
    """Return the parser of the standard library."""
    return json.loads


def lxml_parse() -> Callable[[bytes], Any]:
    """Return the parser of lxml."""
    return etree.fromstring
