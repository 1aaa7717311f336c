from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from casefiles.terms import (
    FOLDER,
    HEAD,
    HEAD_LISTS,
    HEAD_RECORDS,
    FactType,
    Vocabulary,
    read_vocabulary,
    standard_vocabulary,
    suggestion,
)
from casefiles.wordlists import HEAD_WORDS

FILES = sorted(FOLDER.glob("*.yaml"))
SYSTEMS = {"行政执法公示", "全过程记录", "法制审核"}
CHINESE = re.compile(r"[\u4e00-\u9fff（）、]+")
PLAIN = re.compile(r"[\u4e00-\u9fff]+")

NAMED_BY_RULES = """
案件来源 立案 现场检查 询问 抽样取证 检测鉴定 先行登记保存 先行登记保存处理 查封扣押 查封扣押延期
查封扣押处理 冻结 冻结延期 冻结解除 电子技术监控 调查终结 责令改正 事先告知 听证告知 陈述申辩 申辩复核
听证申请 听证通知 听证 法制审核 案件审核 集体讨论 延长期限审批 中止调查 恢复调查 执法决定 决定变更 送达
公示 公示撤回 公示更正 保密审查 信用推送 音像记录 缴款 当场收缴 延期分期缴纳 加处罚款 催告 强制执行决定
强制执行 代履行 申请法院强制执行 移送 复议诉讼 许可申请 补正告知 受理 许可审查 许可听证 许可延期 颁证
检查审批 检查通知 检查结果反馈 整改复查 结案 归档 备案
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return standard_vocabulary()


def keys_with_places(node: yaml.Node | None) -> Iterator[tuple[int, list[str]]]:
    """Yield, for every mapping below a node, its line and its keys."""
    if isinstance(node, yaml.MappingNode):
        yield node.start_mark.line + 1, [key.value for key, _ in node.value]
        for _, value in node.value:
            yield from keys_with_places(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from keys_with_places(item)


def lists_with_places(node: yaml.Node | None) -> Iterator[tuple[int, list[str]]]:
    """Yield, for every list of words below a node, its line and its words."""
    if isinstance(node, yaml.SequenceNode):
        yield node.start_mark.line + 1, [item.value for item in node.value]
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from lists_with_places(value)


def repeated(words: list[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_has_no_key_twice(path: Path) -> None:
    # The reader of YAML would silently keep only the last one.
    root = yaml.compose(path.read_text("utf-8"))
    assert [found for found in keys_with_places(root) if repeated(found[1])] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_list_has_no_word_twice(path: Path) -> None:
    root = yaml.compose(path.read_text("utf-8"))
    assert [found for found in lists_with_places(root) if repeated(found[1])] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_entries_use_only_the_keys_that_are_read(path: Path) -> None:
    content = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    assert content.keys() <= {"head", "facts", "acts"}
    for entry in content.get("facts", {}).values():
        assert entry.keys() <= {"type", "meaning", "values", "silence"}
        assert entry.get("silence", "denies") in {"denies", "unknown"}
    for entry in content.get("acts", {}).values():
        assert entry.keys() <= {"synonyms", "documents", "systems", "facts", "meaning"}
    for entry in content.get("head", {}).get("documents", {}).values():
        assert (entry or {}).keys() <= {"synonyms"}


def test_all_acts_that_rules_name_are_there(vocabulary: Vocabulary) -> None:
    assert [name for name in NAMED_BY_RULES.split() if name not in vocabulary.acts] == []


def test_every_act_has_a_meaning_a_paper_and_facts(vocabulary: Vocabulary) -> None:
    for act in vocabulary.acts.values():
        assert act.meaning.endswith("。"), act.name
        assert act.documents, act.name
        assert act.facts, act.name
        assert set(act.systems) <= SYSTEMS, act.name


def test_each_of_the_three_systems_is_proved_by_acts(vocabulary: Vocabulary) -> None:
    assert {system for act in vocabulary.acts.values() for system in act.systems} == SYSTEMS


def test_every_fact_is_described_and_used(vocabulary: Vocabulary) -> None:
    used = {fact for act in vocabulary.acts.values() for fact in act.facts}
    used |= {fact for facts in vocabulary.head_facts.values() for fact in facts}
    assert used == vocabulary.facts.keys()
    assert [term.name for term in vocabulary.facts.values() if not term.meaning.endswith("。")] == []


def test_every_choice_has_values_and_only_words_have_them(vocabulary: Vocabulary) -> None:
    for term in vocabulary.facts.values():
        if term.type is FactType.CHOICE:
            assert len(term.values) > 1, term.name
        elif term.type is not FactType.LIST:
            assert term.values == (), term.name


def test_names_are_plain_chinese(vocabulary: Vocabulary) -> None:
    names = [*vocabulary.acts, *vocabulary.facts, *vocabulary.documents]
    names += [value for term in vocabulary.facts.values() for value in term.values]
    names += [word for words in vocabulary.heads.values() for word in words]
    assert [name for name in names if not PLAIN.fullmatch(name)] == []


def test_synonyms_have_no_spaces_and_no_latin(vocabulary: Vocabulary) -> None:
    words = [*vocabulary.canonical, *vocabulary.document_synonyms, *vocabulary.head_synonyms]
    assert [word for word in words if not CHINESE.fullmatch(word)] == []


def test_no_word_of_the_head_means_two_things() -> None:
    # All fields of the head share one table of synonyms.
    head = yaml.load((FOLDER / "head.yaml").read_bytes(), yaml.CSafeLoader)["head"]
    words = [
        word for table in HEAD_LISTS for name, synonyms in head[table].items() for word in (name, *synonyms)
    ]
    assert repeated(words) == []


def test_the_word_for_the_head_is_no_act(vocabulary: Vocabulary) -> None:
    assert HEAD not in vocabulary.canonical


def test_every_record_of_the_head_has_facts(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.head_facts) == set(HEAD_RECORDS)
    assert all(vocabulary.head_facts.values())
    assert vocabulary.facts_of(HEAD) == vocabulary.head_facts["case"]


@pytest.mark.parametrize(
    ("word", "act"),
    [("行政处罚决定", "执法决定"), ("扣押", "查封扣押"), ("执法决定", "执法决定")],
)
def test_other_words_for_an_act_lead_to_its_name(vocabulary: Vocabulary, word: str, act: str) -> None:
    assert vocabulary.canonical[word] == act


@pytest.mark.parametrize(
    ("word", "paper"),
    [("送达回执", "送达回证"), ("合议记录", "集体讨论记录"), ("现场检查笔录", "现场笔录")],
)
def test_other_words_for_a_paper_lead_to_its_name(vocabulary: Vocabulary, word: str, paper: str) -> None:
    assert vocabulary.document_synonyms[word] == paper


@pytest.mark.parametrize(
    ("word", "name"), [("市监", "市场监管"), ("治安", "治安管理"), ("一般程序", "普通程序")]
)
def test_other_words_of_the_head_lead_to_the_name(vocabulary: Vocabulary, word: str, name: str) -> None:
    assert vocabulary.head_synonyms[word] == name


@pytest.mark.parametrize(
    "fact", ["出示证件", "印章", "当事人确认", "法律职业资格", "载明事项", "重大公共利益", "情节复杂"]
)
def test_silence_about_what_records_need_not_mention_proves_nothing(
    vocabulary: Vocabulary, fact: str
) -> None:
    assert not vocabulary.facts[fact].silence_denies


@pytest.mark.parametrize("fact", ["依法不予公开", "紧急情况", "留置理由", "罚款金额"])
def test_silence_about_what_a_file_would_say_denies_it(vocabulary: Vocabulary, fact: str) -> None:
    assert vocabulary.facts[fact].silence_denies


def test_kinds_of_penalties_are_the_same_words_in_notice_and_decision(
    vocabulary: Vocabulary,
) -> None:
    assert vocabulary.facts["拟处罚种类"].values == vocabulary.facts["处罚种类"].values


def test_papers_show_the_acts_that_list_them(vocabulary: Vocabulary) -> None:
    for act in vocabulary.acts.values():
        for paper in vocabulary.papers_for(act.name):
            assert act.name in vocabulary.documents[paper]
    assert vocabulary.documents["案卷封面"] == ("归档",)
    assert vocabulary.documents["协助调查函"] == ()


def test_few_papers_may_show_several_acts(vocabulary: Vocabulary) -> None:
    # A listed paper casts doubt on the absence of its act only while none of its acts is there.
    shared = {paper for paper, acts in vocabulary.documents.items() if len(acts) > 1}
    assert shared == {
        "行政处罚事先及听证告知书",
        "听证笔录",
        "强制执行现场笔录",
        "行政强制措施审批表",
        "行政复议决定书",
        "行政判决书",
    }


def test_case_party_and_agency_share_no_word(vocabulary: Vocabulary) -> None:
    # Rules name the facts of all three after one word, 案卷.
    words = [word for name in ("case", "party", "agency") for word in vocabulary.head_facts[name]]
    assert repeated(words) == []
    assert HEAD_WORDS.isdisjoint(words)


def test_a_misspelt_act_is_answered_with_the_nearest_one(vocabulary: Vocabulary) -> None:
    assert suggestion("法制审査", vocabulary.acts) == "法制审核"


def test_a_fact_without_description_is_refused(tmp_path: Path) -> None:
    (tmp_path / "head.yaml").write_text(
        "head: {kinds: [], procedures: [], fields: [], party_kinds: [], levels: [], roles: [],\n"
        "  case_facts: [], party_facts: [], person_facts: [], agency_facts: []}\n"
        "acts: {送达: {facts: [送达方式]}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="送达方式"):
        read_vocabulary(tmp_path)


def test_a_synonym_of_two_acts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "head.yaml").write_text(
        "head: {kinds: [], procedures: [], fields: [], party_kinds: [], levels: [], roles: [],\n"
        "  case_facts: [], party_facts: [], person_facts: [], agency_facts: []}\n"
        "acts: {送达: {synonyms: [交付]}, 颁证: {synonyms: [交付]}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="交付"):
        read_vocabulary(tmp_path)
