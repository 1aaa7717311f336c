"""The Chinese words of click's own help and errors, as a gettext catalogue.

``python -m adapters.messages`` writes the catalogue; a test compares it with this table.
"""

from __future__ import annotations

import gettext
import os
import struct
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
CATALOGUE = LOCALE / "zh_CN" / "LC_MESSAGES" / "messages.mo"

WORDS = {
    "": "Content-Type: text/plain; charset=UTF-8\nLanguage: zh_CN\nPlural-Forms: nplurals=1; plural=0;\n",
    "Usage:": "用法：",
    "Positional arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "Error: {message}": "错误：{message}",
    "Show this message and exit.": "显示帮助并退出。",
    "default: {default}": "默认：{default}",
    "Try '{command} {option}' for help.": "用“{command} {option}”查看帮助。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "取值有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值有误：{message}",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带取值。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在。",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是文件夹。",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件。",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 无法读取。",
    "Could not open file {filename!r}: {message}": "无法打开文件 {filename!r}：{message}",
    "Aborted!": "已中止。",
}

PLURALS = {
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"): "是否为 {possibilities}？",
    (
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ): "多余的参数（{args}）",
    (
        "{value!r} is not {choice}.",
        "{value!r} is not one of {choices}.",
    ): "{value!r} 不在可选值中：{choices}。",
    (
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ): "选项 {name!r} 后应有取值。",
}
"""Words that English has in two numbers and Chinese in one."""


ALL_WORDS = WORDS | {"\0".join(pair): word for pair, word in PLURALS.items()}
"""Every entry of the catalogue as gettext keys it."""


def speak_chinese() -> None:
    """Make click speak Chinese, whatever the language of the machine."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(LOCALE))


def catalogue(words: dict[str, str]) -> bytes:
    """Return a gettext catalogue (.mo) of the words: header, two tables of lengths, the texts."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    count = len(pairs)
    offset = 28 + 16 * count
    table: list[bytes] = []
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            table.append(struct.pack("<2I", len(pair[column]), offset + len(texts)))
            texts += pair[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return header + b"".join(table) + texts


if __name__ == "__main__":
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(catalogue(ALL_WORDS))
