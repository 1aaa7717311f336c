"""Case files with something changed at random: what the quick way of reading must not misjudge."""

from __future__ import annotations

import codecs
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

ODD_VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 1e300, 12345.678, 10**15, 10**15 - 1, 10**30, -0.0),
    *("", " ", "x", "是", "true", "5000", "\u3000", "a:b", ":", "\uffff", "\x7f", '"', "\\", "\n", "😀"),
    *([], {}, ["x"], [1], [None], [[]], ["", ""], {"x": 1}, {"number": "1"}),
    *(
        "2024-02-30",
        "2024-03-05",
        "2024-03-05T09:30",
        "2024-03-05 09:30:59",
        "2024-03-05T24:00",
        "２０２４-03-05",
    ),
    *("0001-01-01", "9999-12-31T23:59", "30日", "3 days", "日", "91310115MA1H8R7C6D", "1" * 18),
]
_NUMBERS = [
    "1e3",
    "-0",
    "1.50",
    "1E-2",
    "0.1234567890123456",
    "12345678901234567",
    "1e400",
    "NaN",
    "01",
    "1.",
]
_BYTES = [
    bytes((number,))
    for number in (0, 1, 9, 10, 13, 32, 34, 38, 44, 47, 58, 60, 62, 91, 92, 93, 0x7F, 0xBF, 0xEF)
]
_SNIPPETS = [
    '\\"',
    "\\u0041",
    "\\ud800",
    "\\ud83d\\ude00",
    "\\b",
    "\\n",
    "\uffff",
    "\ufffe",
    '":',
    '" :',
    ",",
    "{",
    "}",
]


def json_mutant(data: bytes, chance: random.Random) -> bytes:
    """Return a JSON file changed in its values, its text and its bytes, in each of them or none."""
    plain = json.loads(data)
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        _change(plain, chance)
    text = _written(plain, chance) if chance.random() < 0.8 else data.decode()
    for _ in range(chance.choice((0, 0, 1))):
        text = chance.choice(_TEXT_CHANGES)(text, chance)
    return bytes_mutant(text.encode(errors="surrogatepass"), chance)


def xml_mutant(data: bytes, chance: random.Random) -> bytes:
    """Return an XML file changed in its tags, its text and its bytes, in each of them or none."""
    text = data.decode()
    for _ in range(chance.choice((0, 1, 1, 2))):
        text = chance.choice(_XML_CHANGES)(text, chance)
    return bytes_mutant(text.encode(errors="surrogatepass"), chance)


def bytes_mutant(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one of them changed, or in another encoding; most are left alone."""
    match chance.randrange(16):
        case 0:
            return codecs.BOM_UTF8 + data
        case 1:
            return data.decode(errors="replace").encode("gb18030")
        case 2:
            return data.decode(errors="replace").encode("utf-16")
        case 3:
            return data[: chance.randrange(len(data))]
        case 4:
            return data + chance.choice(_BYTES)
        case 5 | 6:
            at = chance.randrange(len(data))
            return data[:at] + chance.choice(_BYTES) + data[at + chance.randrange(2) :]
        case _:
            return data


def _containers(plain: Any) -> Iterator[Any]:
    if isinstance(plain, dict | list):
        yield plain
        for inner in plain.values() if isinstance(plain, dict) else plain:
            yield from _containers(inner)


def _change(plain: Any, chance: random.Random) -> None:
    container = chance.choice([one for one in _containers(plain) if one])
    keys = list(container) if isinstance(container, dict) else list(range(len(container)))
    key, other = chance.choice(keys), chance.choice(keys)
    match chance.randrange(6):
        case 0:
            del container[key]
        case 1:
            container[key], container[other] = container[other], container[key]
        case 2 if isinstance(container, dict):
            container[chance.choice(_KEYS)] = chance.choice(ODD_VALUES)
        case 3 if isinstance(container, list):
            container.append(container[key])
        case _:
            container[key] = chance.choice(ODD_VALUES)


_KEYS = [
    *("id", "kind", "starts", "ends", "about", "by", "facts", "number", "title", "date", "pages", "proves"),
    *("provides", "acts", "persons", "documents", "uscc", "level", "role", "x", "罚款金额", "文号", "a:b"),
]


def _written(plain: Any, chance: random.Random) -> str:
    return json.dumps(
        plain,
        ensure_ascii=chance.random() < 0.2,
        indent=chance.choice((None, None, 2)),
        separators=chance.choice(((",", ":"), (", ", ": "), (", ", " : "), (",", "\n:\t"))),
        sort_keys=chance.random() < 0.2,
    )


def _key_twice(text: str, chance: random.Random) -> str:
    """Write one key with its simple value twice, the second time perhaps with another value."""
    pairs = list(re.finditer(r'"[^"\\\n]+"\s*:\s*("[^"\\\n]*"|true|false|[0-9]+)', text))
    if not pairs:
        return text
    pair = chance.choice(pairs)
    again = pair[0] if chance.random() < 0.5 else pair[0].replace(pair[1], '"另"')
    blank = chance.choice(("", " ", "\n"))
    return f"{text[: pair.start()]}{again}{blank},{text[pair.start() :]}"


def _another_number(text: str, chance: random.Random) -> str:
    numbers = list(re.finditer(r"(?<=[:\s])[0-9]+(?=[,\s}])", text))
    if not numbers:
        return text
    number = chance.choice(numbers)
    return text[: number.start()] + chance.choice(_NUMBERS) + text[number.end() :]


def _snippet(text: str, chance: random.Random) -> str:
    quotes = [found.end() for found in re.finditer('"', text)]
    at = chance.choice(quotes)
    return text[:at] + chance.choice(_SNIPPETS) + text[at:]


_TEXT_CHANGES: list[Callable[[str, random.Random], str]] = [_key_twice, _key_twice, _another_number, _snippet]


_XML_SNIPPETS = [
    *(
        "<!-- x -->",
        "<?x y?>",
        "<![CDATA[甲]]>",
        "&amp;",
        "&#65;",
        "&#x3000;",
        "&nbsp;",
        "&lt;b&gt;",
        "甲",
        " ",
        "\u3000",
    ),
    *(
        "\n",
        "\r\n",
        "\t",
        "\uffff",
        "]]>",
        ">",
        "/>",
        "<",
        "<act/>",
        "<item>x</item>",
        '<fact name="文号">1</fact>',
    ),
    *(' x="1"', ' id="z"', ' xmlns="urn:x"', ' xml:lang="zh"', "<b>x</b>", "</act>", "<by/>", "<provides/>"),
]


def _xml_snippet(text: str, chance: random.Random) -> str:
    places = [found.end() for found in re.finditer(r"[<>\"/ ]", text)]
    at = chance.choice(places)
    return text[:at] + chance.choice(_XML_SNIPPETS) + text[at:]


def _xml_value(text: str, chance: random.Random) -> str:
    """Write another value where an attribute or an element of text has one."""
    found = chance.choice(list(re.finditer(r'(?<=")[^"<>]*(?=")|(?<=>)[^<>]*(?=</)', text)))
    odd = chance.choice([value for value in ODD_VALUES if isinstance(value, str | int | float)])
    value = chance.choice([str(odd), chance.choice(_NUMBERS), f" {found[0]} ", found[0] + "&amp;", ""])
    return text[: found.start()] + value + text[found.end() :]


def _xml_element(text: str, chance: random.Random) -> str:
    """Leave out an element, write it twice, or move it."""
    found = chance.choice(list(re.finditer(chance.choice(_ELEMENTS), text, re.DOTALL)) or _anything(text))
    rest = text[: found.start()] + text[found.end() :]
    if chance.random() < 0.3:
        return rest
    at = chance.choice([found.end() for found in re.finditer(">", rest)])
    return rest[:at] + found[0] + rest[at:] if chance.random() < 0.5 else text[:at] + found[0] + text[at:]


_ELEMENTS = (
    r"<([a-z]+)[^<>]*>[^<>]*</\1>|<[a-z]+[^<>]*/>",
    r"<(act|document|person|party|agency|provides|fact)\b[^<>]*(?:/>|(?<!/)>.*?</\1>)",
)


def _anything(text: str) -> list[re.Match[str]]:
    return list(re.finditer("<[^<>]*/?>", text))


def _xml_way(text: str, chance: random.Random) -> str:
    """Write the same in another way."""
    return chance.choice(_XML_WAYS)(text)


_XML_WAYS: list[Callable[[str], str]] = [
    lambda text: text.replace("\n", "\r\n"),
    lambda text: re.sub(r">\s+<", "><", text),
    lambda text: text.replace("/>", " />"),
    lambda text: text.replace(' kind="', '\n  kind="'),
    lambda text: re.sub('="([^"\']*)"', r"='\1'", text),
    lambda text: re.sub(r'( [a-z]+="[^"]*")( [a-z]+="[^"]*")', r"\2\1", text),
    lambda text: text.replace('<?xml version="1.0" encoding="UTF-8"?>', ""),
    lambda text: text.replace("UTF-8", "GBK"),
    lambda text: text.replace("UTF-8", "utf-8"),
    lambda text: re.sub(r"<([a-z]+)([^<>]*)/>", r"<\1\2></\1>", text),
    lambda text: re.sub(r"<(/?)([a-z]+)", r"<\1c:\2", text).replace("xmlns=", "xmlns:c="),
]
_XML_CHANGES = [_xml_snippet, _xml_value, _xml_value, _xml_element, _xml_way]
