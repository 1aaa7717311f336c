"""One case file from bytes, JSON or XML by what they begin with."""

from __future__ import annotations

import re

from adapters.readers.filebytes import demand_size
from adapters.readers.jsonfile import read_json
from adapters.results import Reading
from casefiles.problems import CaseFileError, Problem
from casefiles.terms import Vocabulary

_FIRST = re.compile(rb"[\xef\xbb\xbf\xfe\xff\0 \t\r\n]*+(.)", re.DOTALL)
_OTHER_FORMATS = {
    b"%PDF": " PDF 文件",
    b"PK\x03\x04": "压缩包或者 Word、Excel 文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word、Excel 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"\x1f\x8b": "压缩包",
    b"Rar!": "压缩包",
}


def read_case(label: str, data: bytes, vocabulary: Vocabulary) -> Reading:
    """Return the case file of bytes; *label* is how messages call their source.

    Raises CaseFileError, also for bytes that are neither JSON nor XML.
    """
    demand_size(len(data), label)
    for mark, name in _OTHER_FORMATS.items():
        if data.startswith(mark):
            raise _refusal(label, f"这是{name}，不是案卷文件", "请导出为 JSON 或者 XML 后再检查")
    found = _FIRST.match(data)
    if found is None:
        text = "文件中只有空字节" if b"\0" in data else "文件是空的"
        raise _refusal(label, text, "请确认导出是否成功")
    if found[1] == b"<":
        from adapters.readers.xmlfile import read_xml  # lxml, which files in JSON can do without

        return read_xml(data, label, vocabulary)
    if found[1] in (b"{", b"["):
        return read_json(data, label, vocabulary)
    raise _refusal(label, "既不是 JSON 也不是 XML", "JSON 案卷以 { 开头，XML 案卷以 < 开头")


def _refusal(label: str, text: str, advice: str) -> CaseFileError:
    return CaseFileError([Problem(label, None, None, text, advice)])
