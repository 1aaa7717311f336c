from __future__ import annotations

import pytest

from casefiles.resident_id import is_resident_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("110105194912310021", False),
        ("11010519491331002X", False),
        ("1101051949123100", False),
        ("１１０１０５１９４９１２３１００２X", False),
        ("A1010519491231002X", False),
    ],
)
def test_only_a_day_of_birth_and_the_check_character_make_an_identity_number(
    text: str, expected: bool
) -> None:
    assert is_resident_id(text) is expected
