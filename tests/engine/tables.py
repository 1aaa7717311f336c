"""The tables of ``docs/truth-tables.md``, read cell by cell."""

from __future__ import annotations

from pathlib import Path

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "truth-tables.md"


def tables() -> list[list[list[str]]]:
    """Return every table of the page as rows of cells without emphasis."""
    found: list[list[list[str]]] = []
    inside = False
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
            inside = True
        cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
        if not all(set(cell) <= {"-"} for cell in cells) or not cells[0]:
            found[-1].append(cells)
    return [[row for row in table if any(row)] for table in found]


def square(table: list[list[str]]) -> list[tuple[str, str, str]]:
    """Return (row, column, cell) for each cell of a square table."""
    head = table[0]
    return [(row[0], head[index], row[index]) for row in table[1:] for index in range(1, len(row))]
