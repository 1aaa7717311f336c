from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.cli import main
from adapters.quantities import Quantity, quantities
from adapters.ruleids import NAME, accept, meaning_of, read_ids
from adapters.rulelint import id_problems, rule_problems
from adapters.rulewords import word_faults
from engine.documents import RuleDocument
from engine.errors import RuleError
from engine.rule import Rule, rule_from
from engine.rulebook import FOLDER, Rulebook, read_rulebook
from engine.source import load

BOOK = read_rulebook()
Capture = pytest.CaptureFixture[str]

RULE = """\
id: some-duty
title: {title}
severity: minor
effect: 程序轻微违法
basis: {{law: 国办发〔2018〕118号, article: 二, since: 2018-12-05, verified: 2026-11-21}}
{before}
require: {require}
message: "{message}"
remedy: {{cure: 说明, do: 说明原因。}}
"""
DECISION = "subject: {act: 执法决定}"
PUBLISHED = "{followed_by: {act: 公示, within: 7 working days}}"
NOTIFIED = "{preceded_by: {act: 听证通知, at_least: 7 working days}}"
TWO = "{done_by: {role: 执法人员, at_least: 2}}"
LONG = "{at_least: {fact: 公告天数, value: 30}}"
FINE = "{at_most: {fact: 罚款金额, value: 5000}}"
SUMMARY = "{at_most: {fact: 罚款金额, value: {limit: summary-fine}}}"
REPORTED = "{dated: {fact: 报告时间, within: 24 hours}}"
EFFECTIVE = "{dated: {fact: 生效日期, not_before: starts}}"


def rule(title: str, require: str, message: str = "{problem}", before: str = DECISION) -> Rule:
    text = RULE.format(title=title, require=require, message=message, before=before)
    document = RuleDocument.model_validate(load(text.encode(), "some-duty.yaml").data)
    return rule_from(document, version="1", pack="disclosure", file="rules/disclosure/some-duty.yaml")


def faults(one: Rule) -> list[str]:
    return [f"{wrong.text}（{wrong.advice}）" for wrong in word_faults(one, BOOK)]


def absent(words: str, there: str, key: str = "title") -> str:
    return f"{key} 写的“{words}”，规则里没有（规则里是{there}；改 {key}，或者改规则）"


def turned(words: str, said: str, meant: str, key: str = "title") -> str:
    instead = {"上限": "不超过、以内", "下限": "至少、不少于"}[meant]
    return f"{key} 把“{words}”写成{said}，规则里是{meant}（写成“{instead}”，或者改规则）"


@pytest.mark.parametrize(
    ("title", "require", "expected"),
    [
        ("决定应当在七日内公示", PUBLISHED, absent("七日", "7个工作日")),
        ("决定应当在十个工作日内公示", PUBLISHED, absent("十个工作日", "7个工作日")),
        ("决定应当在七天以内公示", PUBLISHED, absent("七天", "7个工作日")),
        ("紧急的应当在二日内报告", REPORTED, absent("二日", "24小时")),
        ("应当由三名以上执法人员进行", TWO, absent("三名", "2名")),
        ("罚款不得超过1万元", FINE, absent("1万元", "5000元")),
        ("当场罚款不得超过二百五十元", SUMMARY, absent("二百五十元", "500元、200元、3000元、50元、1000元")),
        (
            "审核人员不少于执法人员的百分之十",
            "{at_least: {fact: 审核人员数, value: {share: 0.05, of: 执法人员数}}}",
            absent("百分之十", "5%"),
        ),
        (
            "决定应当在七个工作日内公示",
            "{followed_by: {act: 公示}}",
            "title 写的“七个工作日”，规则里没有（在 followed_by 的 within 写明，或者从 title 中删去）",
        ),
        (
            "听证的七个工作日前应当通知",
            "{preceded_by: {act: 听证通知}}",
            "title 写的“七个工作日”，规则里没有（在 preceded_by 的 at_least 写明，或者从 title 中删去）",
        ),
        (
            "应当由两名以上执法人员进行",
            "{done_by: {role: 执法人员}}",
            "title 写的“两名”，规则里没有（在 done_by 的 at_least 写明，或者从 title 中删去）",
        ),
        ("听证通知应当在七个工作日内送达", NOTIFIED, turned("七个工作日", "上限", "下限")),
        ("公示应当至少在七个工作日后", PUBLISHED, turned("七个工作日", "下限", "上限")),
        ("公示不得早于决定后七个工作日", PUBLISHED, turned("七个工作日", "下限", "上限")),
        ("执法人员不得超过两名", TWO, turned("两名", "上限", "下限")),
        ("公告不超过三十日", LONG, turned("三十日", "上限", "下限")),
        ("罚款不得少于五千元", FINE, turned("五千元", "下限", "上限")),
        ("罚款金额不得低于告知的", FINE, turned("罚款金额不得低于", "下限", "上限")),
        ("公告天数应当不超过规定", LONG, turned("公告天数应当不超过", "上限", "下限")),
        ("生效日期不得晚于决定日期", EFFECTIVE, turned("生效日期不得晚于", "上限", "下限")),
        ("报告时间不得早于规定", REPORTED, turned("报告时间不得早于", "下限", "上限")),
    ],
)
def test_a_title_that_says_something_else_is_told(title: str, require: str, expected: str) -> None:
    assert faults(rule(title, require)) == [expected]


@pytest.mark.parametrize(
    ("title", "require"),
    [
        ("决定应当自作出之日起七个工作日内公示", PUBLISHED),
        ("决定最迟应当在7个工作日内公示，不得迟于七个工作日", PUBLISHED),
        ("决定应当及时公示", PUBLISHED),
        ("听证的七个工作日前应当通知", NOTIFIED),
        ("听证应当至少提前七个工作日通知", NOTIFIED),
        ("通知送达满六个工作日后才能听证", NOTIFIED),
        ("应当不晚于听证七个工作日前通知", NOTIFIED),
        ("最迟在听证七个工作日以前通知", NOTIFIED),
        ("申请应当在七个工作日内提出，听证通知应当提前七个工作日", NOTIFIED),
        ("公示不得早于届满前七个工作日", PUBLISHED),
        ("查封三十日届满的，应当公示", "{followed_by: {act: 公示}}"),
        ("三十日内没有申请的，应当公示", "{followed_by: {act: 公示}}"),
        ("届满三十日前申请的，应当先通知", "{preceded_by: {act: 听证通知}}"),
        ("通知之后七个工作日内不得举行听证", NOTIFIED),
        ("通知之后没有满七个工作日的，七个工作日内不得听证", NOTIFIED),
        ("应当由两名以上执法人员进行，出示证件", TWO),
        ("每一名执法人员应当持证", TWO),
        ("公告不得少于三十日", LONG),
        ("罚款五千元以下的，可以当场作出", FINE),
        ("罚款不得超过二百元（公民）或者三千元（单位）", SUMMARY),
        ("应当在一日内或者24小时内报告", "{dated: {fact: 报告时间, within: {limit: no-such}}}"),
        ("应当在上一年度的一月三十一日以前报告", REPORTED),
        ("生效日期不得早于决定日期", EFFECTIVE),
        ("决定不得早于生效日期", EFFECTIVE),
        ("两年内", "{lasts: {at_most: 24 months}}"),
        ("一年六个月", "{lasts: {at_most: 18 months}}"),
        ("查封不得超过三十日，可以延长三十日", "{lasts: {at_most: {limit: seizure-period}}}"),
        # What is turned round or one of several ways: the day next to the period, months as days.
        ("至少保存六个月", "{not: {dated: {fact: 生效日期, within: 180 days, after: ends}}}"),
        ("提前三十日通知", "{not: {within: {period: 29 days, of: {act: 送达}}}}"),
        (
            "三日内报告或者公示",
            "{any_of: [{dated: {fact: 报告时间, within: 2 days}}, {followed_by: {act: 公示}}]}",
        ),
        # A flag may stand for what the title says.
        ("三十日内没有申请的除外", "{states: {印章: true}}"),
        ("见证人应当是两名", "{states: {印章: true}}"),
    ],
)
def test_a_title_that_says_what_the_rule_does_is_left_alone(title: str, require: str) -> None:
    assert faults(rule(title, require)) == []


@pytest.mark.parametrize(
    ("message", "require", "expected"),
    [
        (
            "{subject}没有在七日内公示：{found}。",
            PUBLISHED,
            absent("七日", "7个工作日", "message"),
        ),
        (
            "{subject}应当至少七个工作日后公示。",
            PUBLISHED,
            turned("七个工作日", "下限", "上限", "message"),
        ),
        (
            "{subject}应当不早于 {due} 公示。",
            PUBLISHED,
            turned("不早于 {due}", "下限", "上限", "message"),
        ),
        ("应当不少于 {period}。", PUBLISHED, turned("不少于 {period}", "下限", "上限", "message")),
        ("应当不超过 {period}。", NOTIFIED, turned("不超过 {period}", "上限", "下限", "message")),
        ("不得低于 {bound}。", FINE, turned("不得低于 {bound}", "下限", "上限", "message")),
        ("不得超过 {bound}。", LONG, turned("不得超过 {bound}", "上限", "下限", "message")),
    ],
)
def test_a_message_that_says_something_else_is_told(message: str, require: str, expected: str) -> None:
    assert faults(rule("示例义务", require, message)) == [expected]


@pytest.mark.parametrize(
    ("message", "require"),
    [
        ("{subject}应当不迟于 {due} 公示，实际：{found}。", PUBLISHED),
        ("{subject}没有在七个工作日内公示，实际：{found}。", PUBLISHED),
        ("{subject}距通知不超过七个工作日：{problem}。", NOTIFIED),
        ("{subject}由不足两名执法人员进行。", TWO),
        ("{subject}应当不低于 {bound}。", LONG),
    ],
)
def test_a_message_tells_a_breach_in_its_own_words(message: str, require: str) -> None:
    assert faults(rule("示例义务", require, message)) == []


@pytest.mark.parametrize(
    "before",
    [
        "subject: {act: 执法决定, where: {公告天数: {at_least: 10}, 罚款金额: {more_than: 0}}}",
        "applies: {parties: {more_than: 10}}\nsubject: {act: 执法决定}",
        "subject: {act: 执法决定}\nunless:\n- because: 公告\n  where: {公告天数: {less_than: 10}}\n  basis: "
        "{law: 国办发〔2018〕118号, article: 二, since: 2018-12-05, verified: 2026-11-21}",
    ],
)
def test_conditions_and_exceptions_give_their_numbers(before: str) -> None:
    title = "公告十日以上的，七个工作日内公示"
    assert faults(rule(title, PUBLISHED, before=before)) == []
    assert faults(rule(title, PUBLISHED)) == [absent("十日", "7个工作日")]


def test_definitions_give_the_numbers_of_their_limits() -> None:
    before = "subject: {act: 执法决定, where: {应当听证: true}}"
    title = "罚款一万元以上的，罚款不超过五千元"
    assert faults(rule(title, FINE, before=before)) == []
    assert faults(rule(title, FINE)) == [absent("一万元", "5000元")]


def other(one: Rule, key: str, words: str, found: Quantity) -> Rule:
    text = getattr(one, key)
    text = text[: found.start] + words + text[found.end :]
    return replace(one, title=text) if key == "title" else replace(one, message=text)


def changes() -> Iterator[tuple[str, Rule]]:
    """Yield every shipped title and message with another number or another unit."""
    shown = {
        "工作日": "个工作日",
        "日": "日",
        "月": "个月",
        "小时": "小时",
        "元": "元",
        "人": "名",
        "比例": "%",
    }
    swapped = {"工作日": "日", "日": "个工作日", "月": "日"}
    for one in BOOK.rules:
        for key in ("title", "message"):
            for found in quantities(getattr(one, key)):
                yield one.id, other(one, key, f"{found.amount + 37:g}{shown[found.unit]}", found)
                if found.unit in swapped:
                    yield one.id, other(one, key, f"{found.amount:g}{swapped[found.unit]}", found)


def test_no_shipped_rule_is_told_and_nearly_every_changed_number_is() -> None:
    assert rule_problems(BOOK, FOLDER) == []
    told = [(name, list(word_faults(changed, BOOK))) for name, changed in changes()]
    assert len(told) > 40
    # A title may name a number that a rule has elsewhere, or that it has by more than one limit.
    assert sum(not found for _, found in told) <= len(told) // 12


def test_the_sentence_of_every_rule_names_the_periods_of_its_verb() -> None:
    for one in BOOK.rules:
        for found in quantities(one.verb.sentence()):
            wrong = list(word_faults(replace(one, title=found.words, message="{problem}"), BOOK))
            assert wrong == [], (one.id, one.verb.sentence())


# In a folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of one rule with its feature."""
    rules = tmp_path / "rules"
    for name in ("laws", "calendar"):
        shutil.copytree(FOLDER / name, rules / name)
    main(["new", "disclosure/trial-duty", "--rules", str(rules)])
    return rules


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def lint(capsys: Capture, folder: Path, *more: str) -> tuple[int, str, str]:
    capsys.readouterr()
    try:
        main(["rules", "--lint", *more, "--rules", str(folder)])
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def book(folder: Path) -> Rulebook:
    return read_rulebook(folder)


def title_of(folder: Path) -> str:
    return book(folder).rules[0].title


def test_what_the_words_say_wrong_is_told_at_its_place(folder: Path, capsys: Capture) -> None:
    path = folder / "disclosure/trial-duty.yaml"
    edit(path, f"title: {title_of(folder)}", "title: 决定应当在九十日内公示")
    code, _, err = lint(capsys, folder)
    assert code == 2
    assert err.startswith("rules/disclosure/trial-duty.yaml:2:8: title 写的“九十日”，规则里没有")


def test_a_citation_of_days_after_the_law_is_told_at_its_place(folder: Path, capsys: Capture) -> None:
    path = folder / "disclosure/trial-duty.yaml"
    first = path.read_text(encoding="utf-8").index("basis:")
    text = path.read_text(encoding="utf-8")
    rest = text[text.index("\n", text.index("law:", first)) :]
    line = "basis:\n  - {law: 环境行政处罚办法, article: 第四条, since: 2010-03-01, verified: 2026-11-21}"
    while not rest.startswith(("\napplies", "\nsubject")):
        rest = rest[rest.index("\n", 1) :]
    path.write_text(text[:first] + line + rest, encoding="utf-8")
    code, _, err = lint(capsys, folder)
    assert code == 2
    assert "该文件施行到 2023-06-30 为止，依据没有写 until" in err


def test_a_new_rule_needs_no_entry_and_is_entered_when_asked(folder: Path, capsys: Capture) -> None:
    assert lint(capsys, folder)[0] == 0
    assert not (folder / NAME).exists()
    code, out, _ = lint(capsys, folder, "--accept")
    assert (code, "新登记 1 个。" in out) == (0, True)
    assert read_ids(folder) == {"trial-duty": meaning_of(book(folder).rules[0])}
    assert "新登记 0 个。" in lint(capsys, folder, "--accept")[1]


def test_an_id_that_means_something_else_is_told_until_accepted(folder: Path, capsys: Capture) -> None:
    accept(book(folder), folder)
    edit(folder / "disclosure/trial-duty.yaml", f"title: {title_of(folder)}", "title: 另一项义务")
    code, _, err = lint(capsys, folder)
    assert code == 2
    assert err.startswith("rules/disclosure/trial-duty.yaml:1:5: 编号“trial-duty”的含义变了")
    code, out, _ = lint(capsys, folder, "--accept")
    assert (code, "改登 1 个：trial-duty" in out) == (0, True)
    assert lint(capsys, folder)[0] == 0


def test_nothing_is_entered_while_something_else_is_wrong(folder: Path, capsys: Capture) -> None:
    edit(folder / "disclosure/trial-duty.yaml", f"title: {title_of(folder)}", "title: 应当在九十日内公示")
    assert lint(capsys, folder, "--accept")[0] == 2
    assert not (folder / NAME).exists()


def test_an_id_of_a_rule_that_is_gone_is_not_used_again(folder: Path) -> None:
    (folder / NAME).write_text('gone-duty: "0123abcd"\n', encoding="utf-8")
    accept(book(folder), folder)
    entries = read_ids(folder)
    assert entries.keys() == {"gone-duty", "trial-duty"}
    again = replace(book(folder).rules[0], id="gone-duty")
    shutil.copy(folder / "disclosure/trial-duty.yaml", folder / "disclosure/gone-duty.yaml")
    [problem] = id_problems(replace(BOOK, rules=(again,)), folder)
    assert "编号“gone-duty”的含义变了" in problem.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", "rules/ids.yaml:1:1: 不是编号的登记"),
        ("a: x\nb: 01234567\n", "rules/ids.yaml:1:4: 不是八位的摘要"),
        ("a: 0123abcd\na: 0123abcd\n", "rules/ids.yaml:2:1: 重复的键“a”"),
    ],
)
def test_a_broken_register_is_told(folder: Path, text: str, expected: str) -> None:
    (folder / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        read_ids(folder)
    assert str(error.value).startswith(expected)


def test_the_meaning_of_an_id_is_in_its_words_not_in_their_marks() -> None:
    one = rule("决定应当在七个工作日内公示", PUBLISHED)
    same = replace(one, title="决定 应当，在七个工作日内公示。", severity=one.severity, message="{found}")
    assert meaning_of(same) == meaning_of(one)
    for changed in (
        replace(one, title="决定应当公示"),
        replace(one, rows=("DIS-001",)),
        rule(one.title, NOTIFIED),
    ):
        assert meaning_of(changed) != meaning_of(one)


def test_accept_goes_with_lint_only(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["rules", "--accept"])
    assert "--accept 要与 --lint 同用" in capsys.readouterr().err


def test_the_shipped_ids_mean_what_they_did() -> None:
    assert list(id_problems(BOOK, FOLDER)) == []
