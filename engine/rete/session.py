"""One case in the library: facts in, derived facts out, stratum by stratum.

The library is called at its lowest level, one fact at a time, and every action is done here, outside
of it. Whatever it refuses costs the case, never a wrong answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from importlib import import_module
from typing import Any

import msgspec

from engine.rete.capacity import FACTS, INTEGER, PROPERTIES, TEXT_BYTES
from engine.rete.network import OPEN, PAD, Derived, Network, name_hash

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
        try:
            self.library: Any = import_module("durable_rules_engine")
        except ImportError:
            raise SessionError("没有装上第二引擎的库 durable_rules（只支持 Python 3.12 及以前）") from None
        self.handles: list[int] = []
        self.routes: dict[str, list[int]] = {}
        self.read = _decoder(network)
        self._names: dict[str, None] = {}
        self._hashes = {name_hash(name): name for name in network.names}
        self._waiting: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for index, shard in enumerate(network.shards):
            for kind in shard.kinds:
                self.routes.setdefault(kind, []).append(index)
            for kinds in shard.needs:
                for kind in kinds:
                    self._waiting.setdefault(kind, []).append((index, frozenset(kinds)))
        self._load()

    def _load(self) -> None:
        for shard in self.network.shards:
            try:
                self.handles.append(self.library.create_ruleset(_SESSION, shard.text))
            except Exception as error:
                self.close()
                raise SessionError(f"第二引擎不能装载规则：{error}") from None

    def ready(self, kind: str, present: Set[str]) -> list[int]:
        """Return the rulesets in which, with a kind that is new, some rule could fire."""
        return sorted({index for index, kinds in self._waiting.get(kind, ()) if kinds <= present})

    def close(self) -> None:
        """Give the rulesets back; whoever derives again loads them again."""
        for handle in self.handles:
            self.library.delete_ruleset(handle)
        self.handles = []

    def derive(self, facts: Sequence[Fact]) -> list[Fact]:
        """Return every fact that follows from these, each once, in a session of its own."""
        found = checked(facts)
        self._demand_distinct(found)
        if not self.handles:
            self._load()
        session = _Session(self)
        try:
            return session.run(found)
        except SessionError:
            raise
        except Exception as error:
            # What the library keeps after it refused something is not to be trusted any more.
            self.close()
            raise SessionError(f"第二引擎的库出错：{error}") from None
        finally:
            session.delete()

    def _demand_distinct(self, facts: Iterable[Fact]) -> None:
        """Raise SessionError for a property that the library would take for another one."""
        for fact in facts:
            for name in fact.keys() - self._names.keys():
                if self._hashes.setdefault(name_hash(name), name) != name:
                    raise SessionError(f"属性名 {name} 与另一个的散列相同")
                self._names[name] = None


class _Session:
    """One session, in those rulesets alone in which some rule has all the kinds of facts it needs."""

    def __init__(self, rulesets: Rulesets) -> None:
        self._of = rulesets
        self._open: set[int] = set()
        self._texts: dict[str, list[str]] = {}
        self._stratum = 0
        self._count = 0
        self._fired: list[tuple[str, Rows]] = []

    def run(self, facts: Sequence[Fact]) -> list[Fact]:
        network = self._of.network
        told = {_key(fact): fact for fact in facts}
        seen = set(told)
        todo = deque(told.values())
        found: list[Fact] = []
        for stratum in range(network.strata + 1):
            self._stratum = stratum
            for index in sorted(self._open):
                if stratum in network.shards[index].tokens:
                    self._put(index, _message(stratum))
            while todo or self._fired:
                while todo:
                    self._assert(todo.popleft())
                fired, self._fired = self._fired, []
                for name, match in fired:
                    fact = _concluded(network.derived[name], match)
                    key = _key(fact)
                    if key not in seen:
                        seen.add(key)
                        found.append(fact)
                        todo.append(fact)
            if len(seen) > FACTS:
                raise SessionError(f"推出的事实多于 {FACTS} 项")
        return found

    def delete(self) -> None:
        if self._of.handles:
            for index in self._open:
                self._of.library.delete_state(self._of.handles[index], _SESSION)

    def _assert(self, fact: Fact) -> None:
        kind = str(fact["kind"])
        routes = self._of.routes.get(kind)
        if routes is None:
            return
        self._count += 1
        text = _encode({**fact, PAD: 1, "id": f"f{self._count}", "sid": _SESSION}).decode()
        is_new = kind not in self._texts
        self._texts.setdefault(kind, []).append(text)
        for index in routes:
            if index in self._open:
                self._put(index, text)
        if is_new:
            for index in self._of.ready(kind, self._texts.keys()):
                if index not in self._open:
                    self._begin(index)

    def _begin(self, index: int) -> None:
        """Open a session in a ruleset and tell it what was told to the others before."""
        shard = self._of.network.shards[index]
        self._put(index, _message(-1))
        # Only now has an action run, so that the session can be deleted without harm.
        self._open.add(index)
        # What an earlier token would have let fire had all its kinds, and so this session, before.
        if self._stratum in shard.tokens:
            self._put(index, _message(self._stratum))
        for kind in shard.kinds:
            for text in self._texts.get(kind, ()):
                self._put(index, text)

    def _put(self, index: int, text: str) -> None:
        handle, library = self._of.handles[index], self._of.library
        _, offset = library.assert_fact(handle, text)
        started = library.start_action_for_state(handle, offset)
        match: str | None = started[1] if started else None
        while match:
            ((name, rows),) = self._of.read(match).items()
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
