from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from lxml import etree
from lxml import html as parser
from msgspec.structs import replace

from adapters.reports.html import FOLDER, render_html
from adapters.results import Run


@pytest.fixture(params=["plain", "many", "nothing", "hostile"])
def any_run(request: pytest.FixtureRequest) -> Run:
    run: Run = request.getfixturevalue(request.param)
    return run


def _page(run: Run) -> etree._Element:
    return parser.document_fromstring(render_html(run))


def _found(page: etree._Element, path: str) -> list[Any]:
    found = page.xpath(path)
    assert isinstance(found, list)
    return found


def _texts(page: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(node.itertext()).split()) for node in _found(page, path)]


def test_the_page_needs_nothing_from_outside(any_run: Run) -> None:
    page = _page(any_run)
    assert _found(page, "//link[not(@rel='icon')] | //img | //iframe | //object | //script[@src]") == []
    references = _found(page, "//@href | //@src")
    assert all(str(each).startswith(("#", "data:,")) for each in references)
    assert not re.search(r"@import|url\(|https?:", "".join(path.read_text() for path in FOLDER.iterdir()))


def test_only_our_own_script_and_style_may_run(any_run: Run) -> None:
    page = _page(any_run)
    (policy,) = _found(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert str(policy).startswith("default-src 'none';")
    assert "unsafe" not in str(policy)
    for tag in ("script", "style"):
        (element,) = page.findall(f".//{tag}")
        digest = hashlib.sha256((element.text or "").encode()).digest()
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in str(policy)


def test_hostile_text_stays_text(hostile: Run) -> None:
    page = _page(hostile)
    assert len(page.findall(".//script")) == 1
    assert _found(page, "//@onclick | //@style") == []
    assert all(
        "<script>alert('x')</script>" in text for text in _texts(page, "//article/p[@class='message']")
    )
    written = render_html(hostile)
    assert {letter for letter in written if not letter.isprintable()} <= {"\n", "\u3000"}
    assert "{{ 7*7 }}" in written
    written.encode("utf-8")


def test_every_finding_is_there_with_law_place_and_cure(plain: Run) -> None:
    page = _page(plain)
    assert len(page.findall(".//*[@data-outcome]")) == len(plain.files[0].findings)
    (veto,) = _texts(page, "//article[contains(@class, 'g-veto')]")
    for words in (
        "一票否决 作出重大执法决定前应当通过法制审核 major-decision-reviewed",
        "《中华人民共和国行政处罚法》第五十八条第一款 自 2021-07-15 施行；2026-11-21 核对",
        "案卷/2024/001.json:120:13 /acts/3/starts",
        "2024-05-06",
        "应有而未见 决定之前没有结论为通过的法制审核",
        "不可补正：由作出决定的机关自行纠正或者重新作出",
    ):
        assert words in veto
    (late,) = _texts(page, "//article[@data-severity='major' and @data-outcome='breached']")
    assert "2024-05-11第 5 日星期六，调休上班" in late
    assert "需要法制审核意见书（审核人员、法律职业资格）" in " ".join(_texts(page, "//article"))


def test_the_overview_counts_each_file_and_links_to_it(many: Run) -> None:
    page = _page(many)
    rows = _texts(page, "//table[@class='overview']/tbody/tr")
    assert len(rows) == 3
    assert "无法读取" in rows[2]
    assert _found(page, "//table[@class='overview']//a/@href") == ["#f1", "#f2", "#f3"]
    assert _found(page, "//section[@class='file']/@id") == ["f1", "f2", "f3"]


def test_the_summary_tells_date_rulebook_and_counts(plain: Run) -> None:
    page = _page(plain)
    (head,) = _texts(page, "//header")
    assert "案卷评查报告" in head
    assert "2026年11月21日" in head
    assert "2026.11（128 条规则）" in head
    (words,) = _texts(page, "//section[@aria-labelledby='h-summary']/p")
    assert words == (
        "本次检查案卷 1 个，形成结论 11 项。存在不合规事项的案卷 1 个，不合规事项共 3 项；"
        "无法判定 2 项，未到期 1 项，执行出错 1 项。"
    )


def test_without_script_everything_shows_and_no_dead_buttons_do(plain: Run) -> None:
    page = _page(plain)
    (tools,) = _found(page, "//form[@class='tools']")
    assert _found(page, "//*[@hidden]") == [tools]


def test_there_is_a_button_for_each_outcome_and_severity(plain: Run) -> None:
    page = _page(plain)
    outcomes = _texts(page, "//button[@data-filter='outcome']")
    assert outcomes == ["不合规", "执行出错", "无法判定", "未到期", "已豁免", "不适用", "合规"]
    assert _texts(page, "//button[@data-filter='severity']") == ["一票否决", "严重", "一般", "提示"]


def test_ids_are_unique_and_labels_point_somewhere(any_run: Run) -> None:
    page = _page(any_run)
    ids = [str(each) for each in _found(page, "//@id")]
    assert len(ids) == len(set(ids))
    assert {str(each) for each in _found(page, "//@aria-labelledby")} <= set(ids)
    assert {str(each)[1:] for each in _found(page, "//a/@href")} <= set(ids)
    assert page.get("lang") == "zh-CN"
    assert _found(page, "//th[not(@scope)]") == []


def test_what_is_due_comes_by_date(plain: Run) -> None:
    days = _texts(_page(plain), "//div[@class='due']//td[@class='day']")
    assert days == ["2026-11-25", "2026-12-01 17:30"]


def test_coloured_words_can_be_read_on_white() -> None:
    style = (FOLDER / "report.css").read_text()
    for tone in re.findall(r"--(?:tone|ink|soft|red): (#[0-9a-f]{6})", style):
        assert _contrast_to_white(tone) >= 4.5, tone


def _contrast_to_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_the_same_run_gives_the_same_page(any_run: Run) -> None:
    assert render_html(any_run) == render_html(replace(any_run))
