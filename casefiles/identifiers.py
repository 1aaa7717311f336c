"""Identifiers and their check characters: oddities are told, never held against a file.

Codes with a wrong check character are in real use, so everything here is worth a warning at most.
"""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of GB 32100-2015; a character counts as its place here."""
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PARTS = [{char: place * weight for place, char in enumerate(_ALPHABET)} for weight in _WEIGHTS]
"""For each place of a code what each character adds to the sum that gives the check character."""
_BODY_PARTS = [
    {char: place * weight for place, char in enumerate(_BODY_ALPHABET)} for weight in _BODY_WEIGHTS
]
_STRANGE = re.compile(f"[^{_ALPHABET}]")
_CERTIFICATE = re.compile("[0-9A-Za-z]{8,20}")


def uscc_oddity(code: str) -> str | None:
    """Tell in Chinese what is odd about a unified social credit code (GB 32100-2015), or ``None``.

    >>> uscc_oddity("91310115MA1H8R7C6D")
    '校验码应为 7，实际为 D'
    """
    if len(code) != 18:
        return f"应为 18 位，实际为 {len(code)} 位"
    if strange := _STRANGE.search(code):
        return f"含有不应出现的字符“{strange[0]}”"
    if code[17] != (check := uscc_check_character(code[:17])):
        return f"校验码应为 {check}，实际为 {code[17]}"
    if code[16] != (check := body_check_character(code[8:16])):
        return f"其中主体标识码（第 9 至 17 位）的校验码应为 {check}，实际为 {code[16]}"
    return None


def uscc_check_character(code: str) -> str:
    """Return the check character that belongs to the first 17 characters of a code."""
    total = sum([part[char] for part, char in zip(_PARTS, code, strict=True)])
    return _ALPHABET[-total % 31]


def body_check_character(body: str) -> str:
    """Return the check character of the eight characters that name an organisation (GB 11714)."""
    total = sum([part[char] for part, char in zip(_BODY_PARTS, body, strict=True)])
    return "0123456789X"[-total % 11]


def certificate_oddity(number: str) -> str | None:
    """Tell in Chinese what is odd about the number of an enforcement certificate, or ``None``."""
    if _CERTIFICATE.fullmatch(number):
        return None
    return "应为 8 至 20 位数字或者字母"
