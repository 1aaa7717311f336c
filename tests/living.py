"""``python -m tests.living FILE``: run all scenarios and write how each ended, as JSON, for the pages."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from engine.rulebook import read_rulebook
from tests.conftest import REPOSITORY
from tests.stories import stories, told_failures


def main(target: Path) -> None:
    """Run the scenarios of every rule and write the results."""
    book = read_rulebook()
    rules = {}
    for rule in book.rules:
        path = REPOSITORY / "features" / rule.pack / f"{rule.id}.feature"
        told = stories(path)
        failed = dict(told_failures(book, path, told))
        rules[rule.id] = [(name, failed.get(name, "")) for name, _ in told]
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"day": date.today().isoformat(), "rules": rules}, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
