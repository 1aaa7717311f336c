"""Prints, in one run: from bytes to outcomes, as µs per file and as a ratio to parsing alone.

``python -m benchmarks.speed [FILES]``: the whole rulebook on lawful files of forty acts, on the same with
five duties broken and their evidence built, as JSON beside ``json.loads`` and as XML beside
``lxml.etree.fromstring`` of the same bytes; then how the cost grows with acts and with rules. What is
compared is done in turns on many different files, and the least time of several rounds counts.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from adapters.readers.source import read_case
from adapters.readers.xmlfile import write_xml
from benchmarks.growing import content, rules_times
from benchmarks.lawful import AS_OF, broken_cases, case_of, lawful_cases, written
from casefiles.model import CaseFile
from engine.check import outcomes
from engine.findings import Finding, Outcome
from engine.rulebook import Rulebook, read_rulebook

FILES = 40
ROUNDS = 15
ACTS = (20, 40, 80, 160, 320, 640, 1280)
RULES = (10, 20, 40, 80, 160, 300)
TOLD = frozenset(Outcome) - {Outcome.MET, Outcome.NOT_APPLICABLE}

Work = Callable[[bytes], object]


def least(works: Mapping[str, Work], files: Mapping[str, Sequence[bytes]]) -> dict[str, float]:
    """Return for each work the least time in µs per file, over rounds in which all take their turn."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            # Each file is timed alone: another process then spoils a file, not a round.
            times = []
            for data in files[name]:
                begin = time.perf_counter()
                work(data)
                times.append(time.perf_counter() - begin)
            best[name] = min(best[name], sum(times) / len(times) * 1e6)
    return best


def judged(rulebook: Rulebook) -> Work:
    """Return the work from bytes to outcomes."""
    vocabulary = rulebook.vocabulary
    return lambda data: outcomes(read_case("案卷", data, vocabulary).case, rulebook, AS_OF)


def told(rulebook: Rulebook) -> Callable[[bytes], list[Finding]]:
    """Return the work from bytes to the findings on all that is neither kept nor not applicable."""
    vocabulary = rulebook.vocabulary

    def work(data: bytes) -> list[Finding]:
        found = outcomes(read_case("案卷", data, vocabulary).case, rulebook, AS_OF)
        return list(found.findings(TOLD))

    return work


def print_parsing(rulebook: Rulebook, count: int) -> None:
    """Print the figures of whole files."""
    lawful = lawful_cases(rulebook, count)
    broken = broken_cases(rulebook, lawful)
    as_json = [written(case) for case in lawful]
    hurt = [written(case) for case in broken]
    as_xml = [write_xml(case_of(case)) for case in lawful]
    hurt_xml = [write_xml(case_of(case)) for case in broken]
    vocabulary = rulebook.vocabulary
    cases = {data: read_case("案卷", data, vocabulary).case for data in as_json}
    works: dict[str, Work] = {
        "json.loads": json.loads,
        "JSON 读取": lambda data: read_case("案卷", data, vocabulary),
        "合规案卷，已读取，到结论": lambda data: outcomes(cases[data], rulebook, AS_OF),
        "合规案卷，从字节到结论": judged(rulebook),
        "五处不合规，json.loads": json.loads,
        "五处不合规，从字节到发现": told(rulebook),
        "lxml.etree.fromstring": etree.fromstring,
        "XML 读取": lambda data: read_case("案卷", data, vocabulary),
        "合规案卷（XML），从字节到结论": judged(rulebook),
        "五处不合规（XML），从字节到发现": told(rulebook),
    }
    files = dict.fromkeys(works, as_json)
    files |= dict.fromkeys((name for name in works if "XML" in name or "lxml" in name), as_xml)
    files |= {name: hurt for name in works if name.startswith("五处")}
    files["五处不合规（XML），从字节到发现"] = hurt_xml
    for data in hurt:
        assert sum(one.outcome is Outcome.BREACHED for one in told(rulebook)(data)) == 5
    times = least(works, files)
    sizes = sum(map(len, as_json)) // count, sum(map(len, as_xml)) // count
    print(
        f"{count} 个不同的案卷，各 40 个环节，{len(rulebook.rules)} 条规则；"
        f"JSON 平均 {sizes[0]} 字节，XML {sizes[1]} 字节"
    )
    print("      微秒  与解析之比")
    for name, one in times.items():
        unit = times["lxml.etree.fromstring" if files[name] in (as_xml, hurt_xml) else "json.loads"]
        unit = times["五处不合规，json.loads"] if files[name] is hurt else unit
        print(f"  {one:8.1f}  {one / unit:9.2f}  {name}")


def print_growth(rulebook: Rulebook) -> None:
    """Print how the time of judging grows."""
    print("环节翻倍（已读取的案卷到结论）：微秒，与前一行之比")
    cases = [case_of(content(size)) for size in ACTS]
    _print_doubling(ACTS, [lambda case=case: outcomes(case, rulebook, AS_OF) for case in cases])
    print("规则翻倍（40 个环节）：微秒，与前一行之比")
    books = [rules_times(rulebook, size) for size in RULES]
    case: CaseFile = case_of(lawful_cases(rulebook, 1)[0])
    for book in books:
        book.evaluator.compile()
    _print_doubling(RULES, [lambda book=book: outcomes(case, book, AS_OF) for book in books])


def _print_doubling(sizes: Sequence[int], works: Sequence[Callable[[], object]]) -> None:
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for index, work in enumerate(works):
            begin = time.perf_counter()
            work()
            best[index] = min(best[index], time.perf_counter() - begin)
    for index, size in enumerate(sizes):
        times = f"{best[index] / best[index - 1]:6.2f}" if index else "      "
        print(f"  {size:5}  {best[index] * 1e6:10.1f}  {times}")


def main() -> None:
    """Print the figures."""
    rulebook = read_rulebook()
    rulebook.evaluator.compile()
    gc.freeze()
    print_parsing(rulebook, int(sys.argv[1]) if len(sys.argv) > 1 else FILES)
    print_growth(rulebook)


if __name__ == "__main__":
    main()
