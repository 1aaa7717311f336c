"""Case files in: JSON and XML, hardened, with the place of everything they say."""

from __future__ import annotations
