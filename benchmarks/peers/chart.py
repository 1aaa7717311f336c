"""A bar chart as SVG: times on a logarithmic scale, one bar a line, Chinese labels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

LINE, TOP, LEFT, WIDTH, RIGHT = 26, 62, 190, 500, 170
COLOURS = {"product": "#b3261e", "yardstick": "#9aa0a6", "peer": "#4a6fa5"}
FONT = "font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif\""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the chart; ``note`` stands behind the bar."""

    label: str
    value: float
    role: str
    note: str = ""


def chart(title: str, subtitle: str, bars: Sequence[Bar]) -> str:
    """Return the chart; all values must be above zero."""
    first = math.floor(math.log10(min(bar.value for bar in bars)))
    last = math.ceil(math.log10(max(bar.value for bar in bars)))
    scale = WIDTH / max(last - first, 1)
    height, width = TOP + LINE * len(bars) + 40, LEFT + WIDTH + RIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" {FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="17" font-weight="bold" fill="#202124">{escape(title)}</text>',
        f'<text x="16" y="46" font-size="12" fill="#5f6368">{escape(subtitle)}</text>',
        *_grid(first, last, scale, height),
    ]
    for number, bar in enumerate(bars):
        lines += _bar(bar, TOP + LINE * number, (math.log10(bar.value) - first) * scale)
    return "\n".join([*lines, "</svg>", ""])


def _grid(first: int, last: int, scale: float, height: int) -> Iterator[str]:
    for power in range(first, max(last, first + 1) + 1):
        x = LEFT + (power - first) * scale
        words = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
        yield f'<path d="M{x:.1f} {TOP - 6}V{height - 30}" stroke="#e0e0e0"/>'
        yield (
            f'<text x="{x:.1f}" y="{height - 14}" font-size="11" text-anchor="middle" fill="#5f6368">'
            f"{words} 微秒</text>"
        )


def _bar(bar: Bar, y: int, length: float) -> Iterator[str]:
    colour = COLOURS[bar.role]
    weight = ' font-weight="bold"' if bar.role == "product" else ""
    yield (
        f'<text x="{LEFT - 8}" y="{y + 15}" font-size="13" text-anchor="end"{weight} fill="#202124">'
        f"{escape(bar.label)}</text>"
    )
    yield f'<rect x="{LEFT}" y="{y + 3}" width="{max(length, 1):.1f}" height="17" rx="2" fill="{colour}"/>'
    yield (
        f'<text x="{LEFT + max(length, 1) + 6:.1f}" y="{y + 16}" font-size="12" fill="#202124">'
        f"{escape(bar.note)}</text>"
    )
