"""``python -m adapters``: the program where its script cannot be found, as in an unpacked environment."""

from __future__ import annotations

from adapters.cli import main

main()
