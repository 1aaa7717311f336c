from __future__ import annotations

import random

from adapters.many.numbers import Numbers


def test_the_first_source_of_a_number_is_remembered_among_many() -> None:
    numbers = Numbers()
    chance = random.Random(1)
    keys = [chance.randrange(1, 2**64) for _ in range(20_000)]
    for place, key in enumerate(keys):
        assert numbers.earlier(key) is None
        numbers.add(key, f"案卷/{place}.json")
        numbers.add(key, "后来的")
    assert [numbers.earlier(key) for key in keys[:100]] == [f"案卷/{place}.json" for place in range(100)]
    assert numbers.earlier(keys[-1]) == "案卷/19999.json"


def test_digests_that_fall_on_one_place_are_told_apart() -> None:
    numbers = Numbers()
    for high in range(1, 50):
        numbers.add(high << 40, str(high))
    assert [numbers.earlier(high << 40) for high in range(1, 51)] == [*map(str, range(1, 50)), None]


def test_names_that_are_no_text_are_kept() -> None:
    numbers = Numbers()
    numbers.add(7, "\udc80.json")
    assert numbers.earlier(7) == "\udc80.json"
