"""Broken and hostile case files, made when they are needed, with the one problem each must give."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

NAMESPACE = "urn:anjuan:casefile:1"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
MARK = "▲"
"""Stands in a file right before the place that the message must name; it is taken out first."""

Made = str | bytes


class Hostile(NamedTuple):
    """A file and its one problem: the words that the message must hold, and the place by a mark."""

    name: str
    content: Made | Callable[[], Made]
    words: str

    def data_and_place(self) -> tuple[bytes, int | None, int | None]:
        """The bytes without the mark, with line and column of the mark."""
        made = self.content() if callable(self.content) else self.content
        if isinstance(made, bytes):
            return made, None, None
        before, mark, after = made.partition(MARK)
        data = (before + after).encode(errors="surrogateescape")
        if not mark:
            return data, None, None
        return data, before.count("\n") + 1, len(before) - before.rfind("\n")


def json_file(acts: str = "", *, extra: str = "") -> str:
    """A small JSON file with acts and further fields."""
    return (
        '{\n  "number": "一",\n  "kind": "行政处罚",\n  "agency": {"name": "某局"},\n'
        f'  "acts": [{acts}],\n  "persons": [{{"id": "p1", "name": "甲"}}]'
        + (f",\n  {extra}" if extra else "")
        + "\n}\n"
    )


def xml_file(inner: str = "", *, prolog: str = DECLARED) -> str:
    """A small XML file with further elements."""
    return (
        f'{prolog}<casefile xmlns="{NAMESPACE}" number="一" kind="行政处罚">\n'
        f'  <agency name="某局"/>\n{inner}\n</casefile>\n'
    )


def _act(fields: str) -> str:
    return json_file(f'{{"id": "a1", {fields}}}')


def _amount(number: str) -> str:
    return json_file(extra=f'"facts": {{"涉案金额": {number}}}')


def _entity(subset: str) -> str:
    return xml_file("&x;", prolog=f"{DECLARED}{MARK}<!DOCTYPE casefile [{subset}]>\n")


def _laughs() -> str:
    more = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return _entity(f'<!ENTITY e0 "哈">{more}<!ENTITY x "&e11;">')


def _blow_up() -> str:
    long = "x" * 50_000
    return xml_file("&x;" * 50_000, prolog=f'{MARK}<!DOCTYPE a [<!ENTITY x "{long}">]>\n')


def _many_attributes() -> str:
    return xml_file(f"{MARK}<act " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>")


def _many_facts_attributes() -> str:
    return xml_file(f"{MARK}<fact " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>")


def _deep_xml() -> str:
    return xml_file("<act>" * 49 + MARK + "<act>" * 99_951 + "</act>" * 100_000)


JSON_FILES = [
    Hostile("empty", b"", "文件是空的"),
    Hostile("blanks only", b" \r\n\t\n " * 1000, "文件是空的"),
    Hostile("binary", b'{"number": "\0\0\0\1"}', "含有空字节"),
    Hostile("truncated object", '{"number": "1", "acts": [{"id": "a1"}▲', "到此中断"),
    Hostile("truncated after a comma", '{"number": "1",▲', "到此中断"),
    Hostile("truncated text", '{"number": ▲"1', "到此中断"),
    Hostile("list at the top", "▲[1]", "案卷应当是一组键值 {…}，实际是列表"),
    Hostile("number at the top", "▲5", "案卷应当是一组键值 {…}，实际是数字"),
    Hostile("duplicate key", _act('"kind": "立案", ▲"kind": "送达"'), "“kind”在同一组中重复"),
    Hostile("duplicate key, escaped", _act('"kind": "立案", ▲"\\u006bind": ""'), "“kind”在同一组"),
    Hostile("NaN", _amount("▲NaN"), "不能使用 NaN"),
    Hostile("Infinity", _amount("▲-Infinity"), "不能使用 -Infinity"),
    Hostile("5000 digits", _amount("▲" + "9" * 5000), "数字过长"),
    Hostile("16 digits", _amount("▲1234567890.123456"), "数字超过 15 位"),
    Hostile("beyond a float", _amount("▲1e400"), "数字过大"),
    Hostile("lone surrogate", json_file(extra='"cause": ▲"\\ud800"'), "字符 U+D800"),
    Hostile("raw surrogate", json_file(extra='"cause": "甲乙丙丁▲\udced\udca0\udc80"'), "不是有效的 UTF-8"),
    Hostile("NUL by escape", json_file(extra='"cause": ▲"\\u0000"'), "字符 U+0000"),
    Hostile("control by escape", json_file(extra='"cause": ▲"甲\\b"'), "字符 U+0008"),
    Hostile("control character", json_file(extra='"cause": "甲▲\x01"'), "控制字符"),
    Hostile("line break in a text", json_file(extra='"cause": "甲▲\n"'), "文字中不能直接换行"),
    Hostile("non-character", json_file(extra='"cause": ▲"\uffff"'), "字符 U+FFFF"),
    Hostile("bad escape", json_file(extra='"cause": "甲▲\\x"'), "反斜杠之后的写法有误"),
    Hostile("depth 60", json_file("▲" + "[" * 60 + "]" * 60), "应当是一组键值"),
    Hostile("depth 900", json_file("▲" + "[" * 900 + "]" * 900), "应当是一组键值"),
    Hostile("depth 100000", "[" * 50 + "▲" + "[" * 99_950, "嵌套超过 50 层"),
    Hostile("depth 100000, objects", '{"a":' * 50 + "▲" + '{"a":' * 99_950, "嵌套超过 50 层"),
    Hostile("full-width comma", '{"a": 1▲， "b": 2}', "应当有逗号，或者结束括号（此处是全角符号“，”"),
    Hostile("comment", '{"number": "1", ▲// x\n"kind": 2}', "JSON 不能写注释"),
    Hostile("single quotes", "{▲'number': 1}", "请改用英文双引号"),
    Hostile("text after the end", json_file() + "▲{}", "多余的内容"),
    Hostile("unknown key", _act('"kind": "立案", ▲"start": 1'), "没有“start”这一项（是否为“starts”？"),
    Hostile("missing key", json_file('▲{"kind": "立案"}'), "环节缺少必填项 id"),
    Hostile("text for a list", _act('"kind": "立案", "about": ▲"a1"'), "应当是列表 […]，实际是文字"),
    Hostile("number for a text", _act('"kind": ▲5'), "应当是文字，实际是数字"),
    Hostile("null", _act('"kind": ▲null'), "kind（环节名称，见词表）不能是 null（不知道的内容，整项不写"),
    Hostile("null for a fact", _act('"kind": "立案", "facts": {"文号": ▲null}'), "“文号”不能是 null"),
    Hostile("object for a fact", _act('"kind": "立案", "facts": {"文号": ▲{}}'), "实际是一组键值"),
    Hostile("number in a list", _act('"kind": "立案", "about": ["a1", ▲1]'), "的第 2 项应当是文字"),
    Hostile("no such day", _act('"kind": "立案", "starts": ▲"2024-02-30"'), "“2024-02-30”不是存在的"),
    Hostile("no such hour", _act('"kind": "立案", "ends": ▲"2024-02-03T25:00"'), "不是存在的日期或者时刻"),
    Hostile("date in words", _act('"kind": "立案", "starts": ▲"2月3日"'), "“2月3日”不是规定的日期写法"),
    Hostile(
        "ends before it starts",
        _act('"kind": "立案", "starts": "2024-02-03", "ends": ▲"2024-02-02"'),
        "环节“立案”的结束时间 2024-02-02 早于开始时间 2024-02-03",
    ),
    Hostile("unknown kind", _act('"kind": ▲"法制立案"'), "没有环节“法制立案”（是否为“立案”？"),
    Hostile(
        "unknown person",
        _act('"kind": "立案", "by": [{"person": ▲"p2"}]'),
        "没有 id 为“p2”的人员（是否为“p1”？",
    ),
    Hostile("damaged UTF-8", json_file("甲乙丙丁戊己庚辛▲\udcff"), "不是有效的 UTF-8"),
]

XML_FILES = [
    Hostile("empty", b"", "文件是空的"),
    Hostile("blanks only", b"\n\n  \n", "文件是空的"),
    Hostile("binary", b"<\1\2\0\0>", "含有空字节"),
    Hostile("file entity", _entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), "DOCTYPE"),
    Hostile("parameter entity", _entity('<!ENTITY % p SYSTEM "file:///etc/x"> %p;'), "DOCTYPE"),
    Hostile(
        "external document type",
        xml_file(prolog='▲<!DOCTYPE casefile SYSTEM "http://127.0.0.1:9/x.dtd">\n'),
        "DOCTYPE",
    ),
    Hostile("billion laughs", _laughs, "DOCTYPE"),
    Hostile("quadratic blow-up", _blow_up, "DOCTYPE"),
    Hostile("undefined entity", xml_file("<act>▲&nbsp;</act>"), "没有定义的实体"),
    Hostile("100000 attributes", _many_attributes, "元素的属性超过 200 个"),
    Hostile("100000 attributes on a fact", _many_facts_attributes, "fact 应当有 name 一个属性"),
    Hostile("depth 60", xml_file("<act>▲" + "<act>" * 59 + "</act>" * 60), "没有元素“act”"),
    Hostile("depth 100000", _deep_xml, "嵌套超过 50 层"),
    Hostile("duplicate attribute", xml_file('<act id="1" ▲id="2"/>'), "同一元素的属性重复"),
    Hostile("truncated", xml_file()[:-14] + "▲", "到此中断"),
    Hostile("truncated in a tag", xml_file()[:-14] + "▲<act id=", "标签没有结束"),
    Hostile("tags crossed", xml_file("<act><by></▲act></by>"), "结束标签与开始标签不一致"),
    Hostile("two roots", xml_file() + "▲<a/>", "多余的内容"),
    Hostile("blank before the declaration", "\n▲" + xml_file(), "XML 声明之前"),
    Hostile("control character", xml_file('<act id="甲▲\x01"/>'), "不允许的字符"),
    Hostile("control by reference", xml_file("<act>▲&#1;</act>"), "字符引用"),
    Hostile("bare ampersand", xml_file("<act>A&▲ B</act>"), "& 写作 &amp;"),
    Hostile("unknown encoding", '▲<?xml version="1.0" encoding="zip"?><a/>', "编码“zip”"),
    Hostile("broken GBK", '<?xml version="1.0" encoding="gbk"?><a b="▲\udcff"/>', "GB18030"),
    Hostile("wrong root", "▲<html/>", "根元素应为 casefile，实际是 html"),
    Hostile("no namespace", "▲<casefile/>", "实际没有命名空间"),
    Hostile("wrong namespace", '▲<casefile xmlns="urn:x"/>', "实际“urn:x”"),
    Hostile("unbound prefix", "▲<c:casefile/>", "命名空间前缀没有声明"),
    Hostile("foreign element", xml_file('▲<act xmlns="urn:x"/>'), "元素“act”的命名空间不是"),
    Hostile("unknown element", xml_file("▲<acts/>"), "没有元素“acts”（是否为“act”？"),
    Hostile(
        "unknown attribute",
        xml_file('<act id="a" kind="立案"\n     ▲start="2024-01-01"/>'),
        "环节没有属性“start”（是否为“starts”？",
    ),
    Hostile("missing attribute", xml_file('▲<act kind="立案"/>'), "环节缺少必填项 id"),
    Hostile("two agencies", xml_file('▲<agency name="乙"/>'), "“agency”重复"),
    Hostile("stray text", xml_file('▲<act id="a" kind="立案">罚款</act>'), "不应有文字“罚款”"),
    Hostile("fact without name", xml_file("▲<fact>是</fact>"), "fact 应当有 name 一个属性"),
    Hostile(
        "fact twice",
        xml_file('<fact name="涉案金额">1</fact>\n▲<fact name="涉案金额">2</fact>'),
        "事项“涉案金额”重复",
    ),
    Hostile(
        "element within a text",
        xml_file('<act id="a" kind="立案"><about>▲<b/></about></act>'),
        "此处只能写文字",
    ),
    Hostile(
        "attribute on a text",
        xml_file('<act id="a" kind="立案">▲<about x="1"/></act>'),
        "“about”不应有属性",
    ),
    Hostile("foreign item", xml_file("<provides>▲<act/></provides>"), "列表中只能有 <item>"),
    Hostile(
        "no such day",
        xml_file('<act id="a" kind="立案"\n  ▲starts="2024-02-30"/>'),
        "“2024-02-30”不是存在的日期",
    ),
    Hostile(
        "amount in words",
        xml_file('▲<fact name="涉案金额">五千元</fact>'),
        "“涉案金额”应为不小于零的数，以元计，写的是“五千元”",
    ),
    Hostile(
        "unknown kind",
        xml_file('<act id="a" ▲kind="法制立案"/>'),
        "没有环节“法制立案”（是否为“立案”？",
    ),
]
