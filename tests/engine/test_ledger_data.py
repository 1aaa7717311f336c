from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from adapters.coverage import articles_of
from engine.documents import LawDocument
from engine.laws import Article, Law, Laws
from engine.rulebook import FOLDER, read_rulebook
from engine.source import load

FILES = sorted((FOLDER / "laws").glob("*.yaml"))
DOCUMENTS = {file.stem: LawDocument.model_validate(load(file.read_bytes(), file.name).data) for file in FILES}
DUTIES: dict[str, dict[str, Any]] = load((FOLDER / "duties.yaml").read_bytes(), "duties.yaml").data

ITEM = r"\((?:[0-9]|[ivx]+)\)"
ARTICLE = re.compile(rf"([0-9]+)(?:–([0-9]+))?(?:{ITEM}(?:–{ITEM})?)*")
SECTION = re.compile(r"([一二三四五六])?((?:（[一二三四五六七八九十]+）)*)")
POINT = re.compile(r"第([0-9]+)项")
REMARK = re.compile(r"（(?![一二三四五六七八九十]+）)[^（）]+）$")


def _law(document: LawDocument) -> Law:
    articles = tuple(Article(one.article, one.coverage, one.note) for one in document.articles)
    return Law(
        document.id,
        document.name,
        document.names,
        document.number,
        document.rank,
        document.since,
        document.until,
        document.mark == "V",
        articles,
    )


LAWS = Laws(_law(document) for document in DOCUMENTS.values())
CITABLE = {law.name for law in LAWS.all} | {law.number for law in LAWS.all}
CITABLE |= {name.removeprefix("中华人民共和国") for name in CITABLE}
CITABLE |= {name for law in LAWS.all for name in law.names}


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def _split(citation: str) -> tuple[str, str]:
    """Part a citation into the instrument (as named, amendment year included) and its articles."""
    name = max((one for one in CITABLE if citation.startswith(one)), key=len, default="")
    year = re.match(r"（[0-9]{4}年修[正订]）", citation[len(name) :])
    return name, citation[len(name) + (year.end() if year else 0) :]


def _cited(places: str) -> Iterator[str]:
    """Yield every article that a text such as 48(2)、85 or 二（六） names."""
    heading = ""
    for place in filter(None, REMARK.sub("", places).split("、")):
        if found := ARTICLE.fullmatch(place):
            first = int(found[1])
            yield from (f"第{_numeral(one)}条" for one in range(first, int(found[2] or first) + 1))
        elif found := POINT.fullmatch(place):
            yield f"第{_numeral(int(found[1]))}项"
        elif found := SECTION.fullmatch(place):
            heading = found[1] or heading
            points = re.findall(r"（[^）]+）", found[2])
            yield from (f"{heading}{point}" for point in points) if points else (heading,)
        else:
            raise AssertionError(f"不能理解的条款写法：{place}")


CITATIONS = [
    (row, *_split(citation)) for row, duty in DUTIES.items() for citation in str(duty["basis"]).split("；")
]


def test_there_is_one_law_file_per_instrument_and_version() -> None:
    assert len(FILES) >= 55


@pytest.mark.parametrize("stem", DOCUMENTS)
def test_the_id_of_a_law_is_its_file_name(stem: str) -> None:
    assert DOCUMENTS[stem].id == stem
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)


def test_versions_of_one_name_follow_each_other_without_gap_or_overlap() -> None:
    versions: defaultdict[str, list[LawDocument]] = defaultdict(list)
    for document in DOCUMENTS.values():
        versions[document.name].append(document)
    assert max(len(some) for some in versions.values()) > 1
    for some in versions.values():
        for earlier, later in pairwise(sorted(some, key=lambda one: one.since)):
            assert earlier.until is not None, earlier.id
            assert earlier.until + timedelta(days=1) == later.since, (earlier.id, later.id)


def test_no_law_ends_before_it_begins() -> None:
    assert all(law.until is None or law.since < law.until for law in LAWS.all)


def test_a_name_or_short_name_means_one_instrument_only() -> None:
    for law in LAWS.all:
        for name in (law.name, *law.names):
            assert {one.name for one in LAWS.named(name)} == {law.name}, name


def test_no_article_is_listed_twice() -> None:
    for law in LAWS.all:
        listed = Counter(one.article for one in law.articles)
        assert not [article for article, times in listed.items() if times > 1], law.id


def test_notes_are_one_short_sentence() -> None:
    notes = [(law.id, one.note) for law in LAWS.all for one in law.articles if one.note]
    assert notes
    for where, note in notes:
        assert note.endswith("。"), where
        assert note.count("。") == 1, where
        assert len(note) <= 30, where


@pytest.mark.parametrize(
    ("name", "day", "law"),
    [
        ("行政处罚法", date(2021, 7, 14), "penalty-law-1996"),
        ("中华人民共和国行政处罚法", date(2021, 7, 15), "penalty-law-2021"),
        ("治安管理处罚法", date(2025, 12, 31), "public-security-penalty-law-2005"),
        ("治安管理处罚法", date(2026, 1, 1), "public-security-penalty-law-2025"),
        ("自然资源行政处罚办法", date(2024, 5, 1), "natural-resources-penalty-2024"),
        ("国办发〔2018〕118号", date(2018, 12, 5), "guidance-2018-118"),
        ("政府信息公开条例", date(2019, 5, 14), "information-disclosure-2007"),
        ("安全生产违法行为行政处罚办法", date(2026, 2, 1), "work-safety-penalty-2026"),
    ],
)
def test_the_version_in_force_on_a_day_is_found_by_name(name: str, day: date, law: str) -> None:
    assert {one.id for one in LAWS.named(name) if one.in_force(day.toordinal())} == {law}


def test_the_day_before_the_first_listed_version_nobody_knows_whether_there_was_another() -> None:
    assert LAWS.in_force("三项制度指导意见", date(2018, 12, 4).toordinal()) is None


def test_the_register_holds_every_duty() -> None:
    assert len(DUTIES) == 577
    assert Counter(duty["system"] for duty in DUTIES.values()) == {
        "公示": 83,
        "全过程记录": 99,
        "法制审核": 73,
        "程序": 322,
    }
    severities = Counter(duty["severity"] for duty in DUTIES.values())
    assert severities == {"minor": 192, "veto": 89, "major": 296}


def test_every_duty_is_written_in_the_same_form() -> None:
    required = {"system", "severity", "mark", "scope", "basis", "about"}
    for row, duty in DUTIES.items():
        assert re.fullmatch(r"(DIS|REC|REV|PRO|EXE|ENF|LIC|INS)-[0-9]{3}", row)
        assert set(duty) - {"veto_inferred", "left", "why"} == required, row
        assert duty["mark"] in {"V", "V2", "M", "I"}, row
        assert duty["scope"] in {"case", "agency", "government", "receiving body"}, row


def test_duties_are_named_shortly_and_each_in_its_own_words() -> None:
    phrases = Counter(str(duty["about"]) for duty in DUTIES.values())
    assert max(map(len, phrases)) <= 20
    assert not [phrase for phrase, times in phrases.items() if times > 1]


def test_only_verified_duties_of_the_agency_in_a_case_are_vetoes() -> None:
    for row, duty in DUTIES.items():
        if duty["severity"] == "veto":
            assert (duty["mark"], duty["scope"]) == ("V", "case"), row
        else:
            assert "veto_inferred" not in duty, row


def test_duties_of_others_are_marked() -> None:
    assert DUTIES["DIS-042"]["scope"] == "government"
    assert DUTIES["DIS-074"]["scope"] == "receiving body"
    assert DUTIES["REV-014"]["scope"] == "agency"


def test_every_name_in_a_basis_is_a_listed_instrument() -> None:
    assert not [row for row, name, _ in CITATIONS if not name or not LAWS.named(name)]


def test_every_article_in_a_basis_is_in_the_ledger_of_its_instrument() -> None:
    missing = []
    for row, name, places in CITATIONS:
        listed = {one.article for law in LAWS.named(name) for one in law.articles}
        missing += [(row, name, one) for one in _cited(places) if one not in listed]
    assert len(CITATIONS) > 577
    assert ("国办发〔2022〕27号", "（十二）") in {
        (name, one) for _, name, places in CITATIONS for one in _cited(places)
    }
    assert not missing


def test_an_article_is_called_covered_only_if_a_duty_or_a_rule_rests_on_it() -> None:
    resting = {
        (law.id, article)
        for row, name, places in CITATIONS
        if DUTIES[row]["scope"] in ("case", "agency")
        for law in LAWS.named(name)
        for article in _cited(places)
    }
    book = read_rulebook()
    cited = {
        (law.id, one.article) for law in book.laws.all for one, _, rules in articles_of(book, law) if rules
    }
    covered = {(law.id, one.article) for law in LAWS.all for one in law.articles if one.coverage == "rule"}
    assert covered
    assert covered <= resting | cited


@pytest.mark.parametrize(
    ("number", "text"),
    [(5, "五"), (10, "十"), (14, "十四"), (58, "五十八"), (100, "一百"), (104, "一百零四"),
     (114, "一百一十四"), (120, "一百二十"), (214, "二百一十四")],
)  # fmt: skip
def test_numerals_of_articles_are_written_the_chinese_way(number: int, text: str) -> None:
    assert _numeral(number) == text
