"""Lines: styled lines of a terminal report, laid out by cells and painted at the very end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from adapters.reports.width import cells, wrap
from adapters.reports.wording import printable


class Span(NamedTuple):
    """A piece of a line; ``style`` is a style of rich, or nothing."""

    text: str
    style: str = ""


Line = tuple[Span, ...]
BLANK: Line = ()


def block(lead: Iterable[Span], text: str, width: int, style: str = "") -> Iterator[Line]:
    """Yield a text that begins after *lead* and whose further lines stand under its beginning."""
    spans = tuple(lead)
    indent = sum(cells(span.text) for span in spans)
    first, *rest = wrap(printable(text), max(width - indent, 8))
    yield (*spans, Span(first, style))
    for line in rest:
        yield (Span(" " * indent), Span(line, style))


def field(label: str, text: str, width: int, indent: int, style: str = "") -> Iterator[Line]:
    """Yield a labelled text; without a label it stands under the text before."""
    lead = f"{' ' * indent}{label or '    '}  "
    return block([Span(lead, "dim")], text, width, style)


def paint(lines: Iterable[Line], colour: bool) -> str:
    """Return the lines as text, with the colours of a terminal if wanted."""
    write = _coloured if colour else _plain
    return "".join(f"{''.join(map(write, line)).rstrip(' ')}\n" for line in lines)


def _plain(span: Span) -> str:
    return span.text


def _coloured(span: Span) -> str:
    return _painter(span.style)(span.text) if span.style else span.text


@cache
def _painter(style: str) -> Callable[[str], str]:
    from rich.color import ColorSystem  # takes a tenth of a second
    from rich.style import Style

    parsed = Style.parse(style)
    return lambda text: parsed.render(text, color_system=ColorSystem.STANDARD)
