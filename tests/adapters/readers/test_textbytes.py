from __future__ import annotations

import codecs

import pytest

from adapters.readers.textbytes import UndecodableError, decode, decode_xml

RARE = "·〇㛃𠮷镕玥"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
    ids=repr,
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    for read in (decode, decode_xml):
        decoded = read(mark + f"<{RARE}".encode(encoding))
        assert (decoded.text, decoded.warning) == (f"<{RARE}", None)


def test_what_is_no_utf8_is_read_as_gb18030_with_a_warning() -> None:
    decoded = decode(RARE.encode("gb18030"))
    assert decoded.text == RARE
    assert decoded.warning == "文件不是 UTF-8 编码，已按 GB18030 读取"


@pytest.mark.parametrize("name", ["GB2312", "gbk", "GB18030", "cp936"])
def test_every_declared_national_encoding_is_read_as_gb18030(name: str) -> None:
    decoded = decode_xml(f'<?xml version="1.0" encoding="{name}"?><a>{RARE}'.encode("gb18030"))
    assert decoded.text.endswith(RARE)
    assert decoded.warning is None


def test_utf8_declared_as_gb2312_is_read_as_utf8_with_a_warning() -> None:
    decoded = decode_xml(f"<?xml version='1.0' encoding='GB2312'?><a>{RARE}".encode())
    assert decoded.text.endswith(RARE)
    assert decoded.warning == "声明的编码是 gb2312，实际是 UTF-8，已按 UTF-8 读取"


@pytest.mark.parametrize("name", ["UTF-8", "utf-16", "us-ascii"])
def test_gb18030_declared_as_unicode_is_read_with_a_warning(name: str) -> None:
    decoded = decode_xml(f'<?xml version="1.0" encoding="{name}"?><a>{RARE}'.encode("gb18030"))
    assert decoded.text.endswith(RARE)
    assert decoded.warning is not None and "GB18030" in decoded.warning


@pytest.mark.parametrize(("name", "encoding"), [("utf-16", "utf-16-le"), ("UTF-16", "utf-16-be")])
def test_utf16_without_a_mark_is_known_by_its_first_sign(name: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?><a>{RARE}'
    assert decode_xml(text.encode(encoding)).text == text


def test_big5_is_read_as_declared() -> None:
    assert decode_xml('<?xml version="1.0" encoding="Big5"?>罰'.encode("big5")).text[-1] == "罰"


@pytest.mark.parametrize(
    ("data", "words", "line", "column"),
    [
        (b"\0\1\2", "含有空字节", None, None),
        ("甲\n乙丙丁戊己庚辛壬癸".encode() + b"\xff", "不是有效的 UTF-8", 2, 10),
        (b"{\n\xff\xff", "不是有效的 GB18030", 2, 1),
        (codecs.BOM_UTF16_LE + b"\0\xd8\0\0", "不是有效的 UTF-16-LE", 1, 1),
        (codecs.BOM_UTF8 + b"a\xff", "不是有效的 UTF-8", 1, 2),
    ],
    ids=repr,
)
def test_what_is_no_text_is_told_at_its_place(
    data: bytes, words: str, line: int | None, column: int | None
) -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(data)
    assert words in caught.value.text
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize("name", ["zip", "rot13", "utf-7", "idna", "punycode", "latin-9", "甲"])
def test_no_codec_is_used_that_is_no_encoding_of_files(name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name}"?><a>b</a>'.encode()
    if name.isascii():
        with pytest.raises(UndecodableError, match="不支持所声明的编码"):
            decode_xml(data)
    else:
        assert decode_xml(data).text == data.decode()
