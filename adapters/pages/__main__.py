"""``python -m adapters.pages SITE SHIM``: make a built site work without a network, or say why not."""

from __future__ import annotations

import sys
from pathlib import Path

from adapters.pages.offline import loaded_from_elsewhere, make_offline


def main(site: Path, shim: Path) -> int:
    """Make the site independent; return 1 where a page would still load something from elsewhere."""
    make_offline(site, shim)
    found = list(loaded_from_elsewhere(site))
    for page, address in found:
        print(f"{page}：会从网络装载 {address}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
