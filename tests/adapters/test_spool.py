from __future__ import annotations

from adapters.spool import IN_MEMORY, Spool


def test_records_come_back_in_their_order_and_by_their_places() -> None:
    spool = Spool()
    records = [b"", b"a", b"\n\0", "案卷".encode() * 1000]
    places = [spool.add(record) for record in records]
    assert list(spool) == records
    assert [spool.at(place) for place in reversed(places)] == records[::-1]
    assert len(spool) == 4
    assert not Spool()


def test_reading_and_adding_may_take_turns() -> None:
    spool = Spool()
    first = spool.add(b"first")
    reading = iter(spool)
    spool.add(b"second")
    assert next(reading) == b"first"
    assert spool.at(first) == b"first"
    spool.add(b"third")
    assert [*reading] == [b"second", b"third"]


def test_more_than_memory_shall_hold_is_kept_as_well() -> None:
    spool = Spool()
    large = b"x" * (IN_MEMORY // 3)
    for number in range(10):
        spool.add(large + b"%d" % number)
    assert [record[-1:] for record in spool] == [b"%d" % number for number in range(10)]
