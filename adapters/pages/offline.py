"""Making a built site independent of the network: nothing in it may be loaded from elsewhere.

The generator lets its search run from disk with a script that it takes from a public server; here
the same script is taken from its package and put beside the pages.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

SHIM = "https://unpkg.com/iframe-worker/shim"
LOCAL = "assets/javascripts/iframe-worker.js"
_LOADED = re.compile(
    r"""<(?:script|img|iframe|audio|video|source|embed)\b[^>]*\bsrc=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon|modulepreload))[^>]*"""
    r"""\bhref=["']?((?:https?:)?//[^"'\s>]+)""",
    re.IGNORECASE,
)


def make_offline(site: Path, shim: Path) -> None:
    """Put the script beside the pages and point every page at it; raises OSError where it cannot."""
    (site / LOCAL).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shim, site / LOCAL)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if SHIM in text:
            up = "../" * (len(page.relative_to(site).parts) - 1)
            page.write_text(text.replace(SHIM, f"{up or './'}{LOCAL}"), encoding="utf-8")


def loaded_from_elsewhere(site: Path) -> Iterator[tuple[Path, str]]:
    """Yield every page with an address on the network from which it would load something."""
    for page in sorted(site.rglob("*.html")):
        for found in _LOADED.finditer(page.read_text(encoding="utf-8")):
            yield page.relative_to(site), found[1] or found[2]
