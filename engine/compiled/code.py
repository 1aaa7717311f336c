"""Writing Python source: lines with their indentation, and the objects that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from typing import Any

from msgspec import Struct, field

_PLAIN = (str, int, float, bool, type(None))
_STEP = "    "


class Code(Struct):
    """The source of some functions, and the objects that stand in it by a name."""

    names: dict[str, Any] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)
    _depth: int = 0
    _written: dict[str, int] = field(default_factory=dict)

    def line(self, text: str) -> None:
        """Append a line."""
        self._lines.append(_STEP * self._depth + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Append a line that ends with a colon, and indent what follows."""
        self.line(head)
        self._depth += 1
        yield
        self._depth -= 1

    def constant(self, value: Any, name: str) -> str:
        """Return how a value is written: plain ones as they are, others by a name of their own.

        ``name`` says in the source what the object is; a number is added where it is taken.
        """
        if isinstance(value, _PLAIN):
            return repr(value)
        if isinstance(value, list) and all(isinstance(item, _PLAIN) for item in value):
            return repr(value)
        names = chain([name], (f"{name}_{number}" for number in count(2)))
        return next(taken for taken in names if self.names.setdefault(taken, value) is value)

    def use(self, function: Callable[..., Any]) -> str:
        """Return the name by which a function or class of the engine is called in the source."""
        return self.constant(function, function.__name__)

    def fresh(self, name: str) -> str:
        """Return a name for a function that is about to be written."""
        self._written[name] = self._written.get(name, 0) + 1
        return f"{name}_{self._written[name]}"

    @property
    def source(self) -> str:
        """The source written so far."""
        return "\n".join(self._lines) + "\n"

    def run(self, label: str) -> dict[str, Callable[..., Any]]:
        """Run the source and return what it defines by name; ``label`` stands in tracebacks."""
        scope: dict[str, Any] = dict(self.names)
        exec(compile(self.source, f"<{label}>", "exec"), scope)
        return scope
