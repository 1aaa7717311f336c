"""One case in the library: facts in, derived facts out, stratum by stratum.

The library is called at its lowest level, one fact at a time, and every action is done here, outside
of it. Whatever it refuses costs the case, never a wrong answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

import msgspec

from engine.rete.capacity import FACTS, INTEGER, PROPERTIES, TEXT_BYTES
from engine.rete.network import OPEN, PAD, Derived, Network

Fact = Mapping[str, int | str]
"""A flat fact: ``kind`` and properties."""

Rows = dict[str, Any]
"""The matched facts of one firing by alias, with no more of them than some clause copies."""

_SESSION = "s"
_OWN = frozenset({"id", "sid", "phase", PAD})


class SessionError(Exception):
    """Why a case cannot be decided here: facts beyond the limits, or the library refused."""


_encode = msgspec.json.encode


def checked(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts that the library can take; raises SessionError for anything else."""
    found = list(facts)
    if len(found) > FACTS:
        raise SessionError(f"事实多于 {FACTS} 项")
    for fact in found:
        if len(fact) > PROPERTIES:
            raise SessionError(f"一项事实的属性多于 {PROPERTIES} 个")
        if not isinstance(fact.get("kind"), str):
            raise SessionError("事实没有种类")
        for name, value in fact.items():
            _demand_plain(name, value)
    return found


def _demand_plain(name: str, value: object) -> None:
    if not name.isidentifier() or name in _OWN:
        raise SessionError("事实的属性名不合要求")
    if type(value) is int:
        if not -INTEGER < value < INTEGER:
            raise SessionError("数字超出第二引擎的范围")
    elif type(value) is not str:
        raise SessionError("事实的值只能是整数或者短文字")
    elif len(value.encode(errors="surrogatepass")) > TEXT_BYTES:
        raise SessionError(f"文字长于 {TEXT_BYTES} 字节")


class Rulesets:
    """The rulesets of a network in the library of this process; to be closed after use."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._library: Any = import_module("durable_rules_engine")
        self._handles: list[int] = []
        self._routes: dict[str, list[int]] = {}
        self._read = _decoder(network)
        for index, shard in enumerate(network.shards):
            try:
                self._handles.append(self._library.create_ruleset(_SESSION, shard.text))
            except Exception as error:
                self.close()
                raise SessionError(f"第二引擎不能装载规则：{error}") from None
            for kind in shard.kinds:
                self._routes.setdefault(kind, []).append(index)

    def close(self) -> None:
        """Give the rulesets back."""
        for handle in self._handles:
            self._library.delete_ruleset(handle)
        self._handles = []

    def derive(self, facts: Sequence[Fact]) -> list[Fact]:
        """Return every fact that follows from these, each once, in a session of its own."""
        session = _Session(self._library, self._handles, self._routes, self.network, self._read)
        try:
            return session.run(checked(facts))
        except SessionError:
            raise
        except Exception as error:
            raise SessionError(f"第二引擎的库出错：{error}") from None
        finally:
            session.delete()


class _Session:
    """One session, in those rulesets alone that care for one of its facts."""

    def __init__(
        self,
        library: Any,
        handles: Sequence[int],
        routes: Mapping[str, list[int]],
        network: Network,
        read: Callable[[str], dict[str, Rows]],
    ) -> None:
        self._library = library
        self._handles = handles
        self._routes = routes
        self._network = network
        self._read = read
        self._open: set[int] = set()
        self._stratum = 0
        self._count = 0
        self._fired: list[tuple[str, Rows]] = []

    def run(self, facts: Sequence[Fact]) -> list[Fact]:
        seen = {_key(fact) for fact in facts}
        todo = deque(facts)
        found: list[Fact] = []
        for stratum in range(self._network.strata + 1):
            self._stratum = stratum
            for index in sorted(self._open):
                if stratum in self._network.shards[index].tokens:
                    self._token(index, stratum)
            while todo or self._fired:
                while todo:
                    self._assert(todo.popleft())
                fired, self._fired = self._fired, []
                for name, match in fired:
                    fact = _concluded(self._network.derived[name], match)
                    key = _key(fact)
                    if key not in seen:
                        seen.add(key)
                        found.append(fact)
                        todo.append(fact)
            if len(seen) > FACTS:
                raise SessionError(f"推出的事实多于 {FACTS} 项")
        return found

    def delete(self) -> None:
        for index in self._open:
            self._library.delete_state(self._handles[index], _SESSION)

    def _assert(self, fact: Fact) -> None:
        routes = self._routes.get(str(fact["kind"]), ())
        if not routes:
            return
        self._count += 1
        text = _encode({**fact, PAD: 1, "id": f"f{self._count}", "sid": _SESSION}).decode()
        for index in routes:
            if index not in self._open:
                self._begin(index)
            self._put(index, text)

    def _begin(self, index: int) -> None:
        self._open.add(index)
        self._put(index, _message(-1))
        # What an earlier token would have let fire had opened this ruleset before.
        if self._stratum in self._network.shards[index].tokens:
            self._token(index, self._stratum)

    def _token(self, index: int, stratum: int) -> None:
        self._put(index, _message(stratum))

    def _put(self, index: int, text: str) -> None:
        handle, library = self._handles[index], self._library
        _, offset = library.assert_fact(handle, text)
        started = library.start_action_for_state(handle, offset)
        match: str | None = started[1] if started else None
        while match:
            ((name, rows),) = self._read(match).items()
            if name != OPEN:
                self._fired.append((name, rows))
            match = library.complete_and_start_action(handle, offset)


def _decoder(network: Network) -> Callable[[str], dict[str, Rows]]:
    """Return a reader of matches that skips all properties but those that some clause copies."""
    names = {prop for one in network.derived.values() for _, prop in one.copied.values()}
    names |= {one.suffix[1] for one in network.derived.values() if one.suffix}
    row = msgspec.defstruct("Row", [(name, int | None, None) for name in sorted(names)])
    return msgspec.json.Decoder(dict[str, dict[str, row]]).decode  # type: ignore[valid-type]


def _message(phase: int) -> str:
    return f'{{"phase":{phase},"id":"go{phase}","sid":"{_SESSION}","{PAD}":1}}'


def _key(fact: Fact) -> tuple[tuple[str, int | str], ...]:
    return tuple(sorted(fact.items()))


def _concluded(derived: Derived, match: Rows) -> Fact:
    kind = derived.kind
    if derived.suffix:
        alias, prop = derived.suffix
        kind += str(getattr(match[alias], prop))
    copied = {name: getattr(match[alias], prop) for name, (alias, prop) in derived.copied.items()}
    if None in copied.values():
        raise SessionError("推出的事实缺少属性")
    return {"kind": kind, **derived.constants, **copied}
