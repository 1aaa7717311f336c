from __future__ import annotations

import errno
import os
import random
from datetime import date
from pathlib import Path

import pytest

from adapters.many.journal import Journal, Stamp, open_journal, path_of, stamp, taken_over
from adapters.reports.checked import Checked
from casefiles.problems import ProblemsError

CONDITIONS = {
    "检查日期": "2026-06-30",
    "宽度": 100,
    "只用的规则": ["甲"],
    "逐条列出": False,
    "豁免清单": None,
}
STAMPS: list[Stamp] = [("a.json", 3, 1), ("\udc80.json", 4, 2), ("c.json", -1, 0)]


def case(number: int) -> Checked:
    text = random.Random(number).randbytes(number % 50)
    return Checked(number, number + 1, False, False, (number,) + (0,) * 9, (text, b""))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "结果.ndjson.journal"


def opened(path: Path) -> Journal:
    return open_journal(path, CONDITIONS, STAMPS)


def test_a_journal_stands_beside_its_report() -> None:
    assert path_of(Path("a/结果.ndjson")) == Path("a/结果.ndjson.journal")


def test_what_was_added_is_there_for_the_next_run(path: Path) -> None:
    assert taken_over(path) is None
    journal = opened(path)
    assert list(journal.done()) == []
    for number in range(5):
        journal.add(case(number))
    journal.close()
    assert taken_over(path) == (date(2026, 6, 30), 100)
    again = opened(path)
    assert list(again.done()) == [case(number) for number in range(5)]
    again.add(case(5))
    assert list(again.done()) == [case(number) for number in range(6)]
    again.remove()
    assert not path.exists()


def test_wherever_it_is_cut_off_only_whole_cases_are_kept_and_more_can_follow(path: Path) -> None:
    journal = opened(path)
    begin = path.stat().st_size
    ends = []
    for number in range(4):
        journal.add(case(number))
        ends.append(path.stat().st_size)
    journal.close()
    whole = path.read_bytes()
    for length in range(begin, len(whole) + 1):
        path.write_bytes(whole[:length])
        again = opened(path)
        kept = sum(end <= length for end in ends)
        assert list(again.done()) == [case(number) for number in range(kept)]
        again.add(case(kept))
        again.close()
        last = opened(path)
        assert list(last.done()) == [case(number) for number in range(kept + 1)]
        last.close()


@pytest.mark.parametrize("damage", [b"\0" * 40, b"\x05\0\0\0\0\0\0\0abcde", b"\xff" * 9], ids=repr)
def test_what_a_power_cut_left_at_the_end_is_cut_off(path: Path, damage: bytes) -> None:
    journal = opened(path)
    journal.add(case(7))
    journal.close()
    with path.open("ab") as stream:
        stream.write(damage)
    again = opened(path)
    assert list(again.done()) == [case(7)]
    again.add(case(8))
    assert list(again.done()) == [case(7), case(8)]
    again.close()


@pytest.mark.parametrize(
    ("stamps", "text"),
    [
        (STAMPS[:2], "上次中断以后少了 c.json"),
        ([*STAMPS, ("d.json", 1, 1)], "上次中断以后增加了 d.json"),
        ([("a.json", 3, 9), *STAMPS[1:]], "上次中断以后 a.json 改动过"),
        ([("a.json", 4, 1), *STAMPS[1:]], "上次中断以后 a.json 改动过"),
        ([("A.json", 1, 1), *STAMPS], "原来的 a.json 处现在是 A.json"),
    ],
)
def test_inputs_that_changed_are_named(path: Path, stamps: list[Stamp], text: str) -> None:
    opened(path).close()
    with pytest.raises(ProblemsError) as caught:
        open_journal(path, CONDITIONS, stamps)
    assert text in str(caught.value)
    assert "先删除这份续接日志" in str(caught.value)
    opened(path).close()


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"检查日期": "2026-07-01"}, "检查日期原为 2026-06-30，现为 2026-07-01"),
        ({"只用的规则": []}, "只用的规则原为 甲，现为 无"),
        ({"逐条列出": True}, "逐条列出原为 否，现为 是"),
        ({"豁免清单": "abc"}, "豁免清单原为 无，现为 abc"),
    ],
)
def test_other_conditions_are_named(path: Path, change: dict[str, object], text: str) -> None:
    opened(path).close()
    with pytest.raises(ProblemsError) as caught:
        open_journal(path, {**CONDITIONS, **change}, STAMPS)
    assert text in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"x", b"{}", b'{"a": 1}\n', b"\xff\n\n", b"[1]\n\n"], ids=repr)
def test_a_damaged_journal_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as caught:
        opened(path)
    assert "续接日志" in str(caught.value)
    with pytest.raises(ProblemsError):
        taken_over(path)


def test_a_journal_in_use_is_refused(path: Path) -> None:
    journal = opened(path)
    with pytest.raises(ProblemsError) as caught:
        opened(path)
    assert "另一个程序正在使用" in str(caught.value)
    journal.close()


def test_an_input_is_known_by_size_and_time(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"123")
    os.utime(file, ns=(5, 7))
    assert stamp("a", str(file)) == ("a", 3, 7)
    assert stamp("b", str(tmp_path / "missing")) == ("b", -1, 0)
    assert stamp("-", None) == ("-", -1, 0)


def test_a_journal_that_was_not_put_in_place_whole_is_not_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        opened(path)
    assert taken_over(path) is None


def test_a_full_disk_is_told_with_the_name_of_the_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = opened(path)

    class Full:
        def write(self, data: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    real = journal._stream
    monkeypatch.setattr(journal, "_stream", Full())
    with pytest.raises(ProblemsError) as caught:
        journal.add(case(1))
    assert str(caught.value).startswith(f"{path}: 无法写入：磁盘已满")
    journal.close()
    real.close()
