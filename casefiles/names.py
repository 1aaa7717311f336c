"""Names of people and bodies, normalised for comparing; the original stays for quoting."""

from __future__ import annotations

import unicodedata

_BRACKETS = str.maketrans({"﹝": "〔", "﹞": "〕", "[": "〔", "]": "〕", "【": "〔", "】": "〕"})


def normalised(name: str) -> str:
    """Return a name with full-width letters, digits and brackets unified and white space dropped.

    Only letters, digits, spaces and punctuation are unified (NFKC per character): ㈠ or ① stay.

    >>> normalised("示例商贸（武汉） 有限公司") == normalised("示例商贸(武汉)有限公司")
    True
    """
    kept = (_unified(char) for char in name if not char.isspace())
    return "".join(kept).translate(_BRACKETS).casefold()


def _unified(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    # ①, ² and the like are other numbers (No), not other widths of a digit.
    return plain if len(plain) == 1 and unicodedata.category(char) != "No" else char


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same but for width, brackets and spaces."""
    return normalised(one) == normalised(other)
