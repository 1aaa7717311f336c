"""Writing the pages of a site: the book of rules, the documents, and the settings of its generator."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from adapters.explain import FEATURES
from adapters.pages.book import pages
from adapters.pages.examples import NOT_RUN, Results
from engine.rulebook import Rulebook

DOCUMENTS = Path(__file__).parent.parent.parent / "docs"
"""The documents that stand beside the rules in the repository; an installed program has none."""

CHAPTERS: Mapping[str, str] = {
    "guide": "使用",
    "casefile": "案卷格式",
    "tables": "表格",
    "rules": "写规则",
    "steps": "场景的步骤",
    "time": "期限的计算",
    "truth-tables": "结论的真值表",
    "words": "词语",
    "second-engine": "第二引擎",
    "compiled": "生成的代码",
    "cluster": "集群",
    "speed": "速度",
}
"""The documents in the order of the site; those that are not there are left out."""

_FENCE = re.compile(r"^(```\w+) [^\n]*$", re.MULTILINE)
"""The start of a block with a second word, which is for tests and stops the generator."""

_INDEXES = {
    "by-system": "按制度",
    "by-law": "按法律",
    "by-severity": "按程度",
    "by-folder": "全部规则",
    "duties": "义务清单",
    "scenarios": "场景和结果",
}

_SETTINGS = """\
# Written by `anjuan pages`; do not edit.
[project]
site_name = "案卷 anjuan"
site_description = "行政执法案卷检查规则"
docs_dir = "pages"
site_dir = "site"
use_directory_urls = false
nav = [
{nav}
]

[project.theme]
language = "zh"
font = false
features = ["navigation.indexes", "navigation.top", "search.highlight", "content.code.copy"]

[project.plugins.search]
[project.plugins.offline]

[project.markdown_extensions.admonition]
[project.markdown_extensions.attr_list]
[project.markdown_extensions.tables]
[project.markdown_extensions.toc]
permalink = true
# Headings are Chinese; without this their anchors would be numbers.
slugify = {{ object = "pymdownx.slugs.slugify", kwds = {{ case = "lower" }} }}
[project.markdown_extensions.pymdownx.details]
[project.markdown_extensions.pymdownx.highlight]
[project.markdown_extensions.pymdownx.superfences]
"""


def write_site(
    folder: Path,
    rulebook: Rulebook,
    features: Path = FEATURES,
    results: Results = NOT_RUN,
    documents: Path = DOCUMENTS,
) -> int:
    """Write all pages below ``folder/pages`` and ``folder/zensical.toml``; return how many pages.

    What stood in ``folder/pages`` before is removed, so that no page of a rule that is gone remains.
    Raises OSError where it cannot be written.
    """
    target = folder / "pages"
    shutil.rmtree(target, ignore_errors=True)
    (target / "rules").mkdir(parents=True)
    count = 0
    for name, text in pages(rulebook, features, results):
        (target / name).write_text(text, encoding="utf-8")
        count += 1
    chapters = {name: title for name, title in CHAPTERS.items() if (documents / f"{name}.md").is_file()}
    for name in chapters:
        text = (documents / f"{name}.md").read_text(encoding="utf-8")
        (target / f"{name}.md").write_text(_FENCE.sub(r"\1", text), encoding="utf-8")
    for picture in documents.glob("*.svg"):
        shutil.copyfile(picture, target / picture.name)
    (target / "index.md").write_text(_front(rulebook, chapters), encoding="utf-8")
    (folder / "zensical.toml").write_text(_SETTINGS.format(nav=_nav(chapters)), encoding="utf-8")
    return count + len(chapters) + 1


def _front(rulebook: Rulebook, chapters: Mapping[str, str]) -> str:
    lines = [
        "# 案卷 anjuan",
        "",
        f"规则 {len(rulebook.rules)} 条，规则库 `{rulebook.version}`。",
        "",
        "## 规则",
        "",
    ]
    lines += [f"- [{title}](rules/{name}.md)" for name, title in _INDEXES.items()]
    if chapters:
        lines += ["", "## 文档", ""]
        lines += [f"- [{title}]({name}.md)" for name, title in chapters.items()]
    return "\n".join(lines) + "\n"


def _nav(chapters: Mapping[str, str]) -> str:
    rules = ", ".join(f'{{"{title}" = "rules/{name}.md"}}' for name, title in _INDEXES.items())
    texts = ", ".join(f'{{"{title}" = "{name}.md"}}' for name, title in chapters.items())
    lines = ['  {"首页" = "index.md"},', f'  {{"规则" = [{rules}]}},']
    if chapters:
        lines.append(f'  {{"文档" = [{texts}]}},')
    return "\n".join(lines)
