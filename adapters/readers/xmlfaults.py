"""What is wrong with a broken or hostile XML text, in Chinese and at its place.

Declarations of document types are refused before any parser sees them. Expat, which tells exact
places, runs only where a fault is known.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

MOST_DEPTH = 50
"""How deep elements may be nested."""

_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*+(?=<!DOCTYPE)", re.DOTALL | re.IGNORECASE)
_CODES = expat.errors.codes
_RECOPY = "请重新导出或者复制这个文件"
_ESCAPE = "文字中的 < 写作 &lt;，& 写作 &amp;"
_SYNTAX = {
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS]: ("文件到此中断，内容不完整", _RECOPY),
    _CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: ("此处开始的标签没有结束", _RECOPY),
    _CODES[expat.errors.XML_ERROR_PARTIAL_CHAR]: ("文件到此中断，内容不完整", _RECOPY),
    _CODES[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: ("CDATA 没有结束", _RECOPY),
    _CODES[expat.errors.XML_ERROR_TAG_MISMATCH]: ("结束标签与开始标签不一致", "请核对标签是否成对"),
    _CODES[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: (
        "同一元素的属性重复",
        "每个属性只能写一次",
    ),
    _CODES[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: (
        "根元素之后还有多余的内容",
        "一个文件只能有一个根元素",
    ),
    _CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: ("使用了没有定义的实体", _ESCAPE),
    _CODES[expat.errors.XML_ERROR_BAD_CHAR_REF]: ("字符引用所指的字符不允许", "请删去这个字符"),
    _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]: (
        "此处不合 XML 的写法，或者含有不允许的字符",
        _ESCAPE,
    ),
    _CODES[expat.errors.XML_ERROR_MISPLACED_XML_PI]: (
        "XML 声明之前还有内容",
        "<?xml …?> 必须在文件的最前面",
    ),
    _CODES[expat.errors.XML_ERROR_XML_DECL]: (
        "XML 声明有误",
        '写作 <?xml version="1.0" encoding="UTF-8"?>',
    ),
    _CODES[expat.errors.XML_ERROR_UNBOUND_PREFIX]: (
        "命名空间前缀没有声明",
        "请在根元素上声明，或者不写前缀",
    ),
}


class XmlFault(NamedTuple):
    """What is wrong, where (line and column from 1, in characters), and what to do."""

    line: int
    column: int
    text: str
    advice: str


class _StopError(Exception):
    """The watch has seen enough; carries the fault."""

    def __init__(self, fault: XmlFault) -> None:
        self.fault = fault
        super().__init__(fault.text)


class _Watch:
    """Counts how deep elements are nested, and stops where that is too deep."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._depth = 0

    def _start(self, *_: object) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber
            text, advice = f"嵌套超过 {MOST_DEPTH} 层", "案卷文件不需要这样深的嵌套，请核对来源"
            raise _StopError(XmlFault(line, column + 1, text, advice))

    def _end(self, _: str) -> None:
        self._depth -= 1


def doctype_fault(source: bytes) -> XmlFault | None:
    """Return the fault of an XML text with a declaration of a document type, before any parsing."""
    prolog = _PROLOG.match(source)
    if prolog is None:
        return None
    before = prolog[0].decode()
    return XmlFault(
        before.count("\n") + 1,
        len(before) - before.rfind("\n"),
        "不能含有文档类型声明（DOCTYPE）",
        "请删去 <!DOCTYPE …>，其中的实体改为直接写出",
    )


def first_fault(source: bytes) -> XmlFault | None:
    """Return the first fault of an XML text given as UTF-8, or ``None`` if there is none."""
    watch = _Watch()
    try:
        watch.parser.Parse(source, True)
    except _StopError as stop:
        return stop.fault
    except expat.ExpatError as error:
        text, advice = _SYNTAX.get(error.code, ("此处不合 XML 的写法", "请核对标签、引号是否成对"))
        return XmlFault(error.lineno, error.offset + 1, text, advice)
    return None
