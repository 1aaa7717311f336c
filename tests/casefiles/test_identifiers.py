from __future__ import annotations

import pytest

from casefiles.identifiers import certificate_oddity, uscc_check_character, uscc_oddity

SOUND = [
    "91350100M000100Y43",
    "914300001875251560",
    "91110000101623741K",
    "91330000755918469E",
]


@pytest.mark.parametrize("code", SOUND)
def test_sound_codes_are_not_odd(code: str) -> None:
    assert uscc_oddity(code) is None


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("91310115MA1H8R7C6D", "校验码应为 7，实际为 D"),
        ("91350211M0000XUF46", "校验码应为 R，实际为 6"),
        ("9131011", "应为 18 位，实际为 7 位"),
        ("91310115MA1H8I7C6D", "含有不应出现的字符“I”"),
        ("91310115ma1h8r7c6d", "含有不应出现的字符“m”"),
        ("９1350100M000100Y43", "含有不应出现的字符“９”"),
        ("", "应为 18 位，实际为 0 位"),
    ],
)
def test_odd_codes_are_told(code: str, told: str) -> None:
    assert uscc_oddity(code) == told


def test_letters_in_the_first_eight_places_are_not_odd() -> None:
    for head in ("N2", "Y1"):
        rest = SOUND[0][2:17]
        code = f"{head}{rest}"
        assert uscc_oddity(code + uscc_check_character(code)) is None


def test_the_check_character_may_be_zero() -> None:
    codes = [f"9135010{digit}M000100Y4" for digit in "0123456789ABCDEFGHJKLMNPQRTUWXY"]
    zero = [code for code in codes if uscc_check_character(code) == "0"]
    assert len(zero) == 1
    assert uscc_oddity(f"{zero[0]}0") is None


def test_the_code_of_the_body_within_is_checked_too() -> None:
    code = "91350100M000100Y5"
    told = uscc_oddity(code + uscc_check_character(code))
    assert told == "其中主体标识码（第 9 至 17 位）的校验码应为 4，实际为 5"


def test_every_single_slip_of_a_sound_code_is_odd() -> None:
    code = SOUND[0]
    for place in range(18):
        for char in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            changed = code[:place] + char + code[place + 1 :]
            assert (uscc_oddity(changed) is None) == (changed == code)


@pytest.mark.parametrize("number", ["12345678", "33010012345A", "9" * 20])
def test_numbers_of_certificates_are_not_odd(number: str) -> None:
    assert certificate_oddity(number) is None


@pytest.mark.parametrize("number", ["1234567", "9" * 21, "浙A12345678", "1234 5678", ""])
def test_odd_numbers_of_certificates_are_told(number: str) -> None:
    assert certificate_oddity(number) == "应为 8 至 20 位数字或者字母"
