"""The process of the second engine: a network first, then case after case, facts in, derived facts out.

It reads standard input and writes standard output until its input ends. Whatever the library raises is
answered; what it does to the process is for the other side to see.
"""

from __future__ import annotations

import os
import sys
from typing import IO, Any

import msgspec

from adapters.confirmation.frames import read_frame, write_frame
from engine.rete.network import Network
from engine.rete.session import Rulesets, SessionError


class Answer(msgspec.Struct, array_like=True):
    """What was derived from the facts of a case, or why nothing could be."""

    derived: list[dict[str, int | str]] = []
    problem: str | None = None


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer every message; the first one is the network, its answer empty."""
    first = read_frame(requests)
    if first is None:
        return
    rulesets, answer = _rulesets(first)
    write_frame(answers, msgspec.msgpack.encode(answer))
    while (request := read_frame(requests)) is not None:
        facts: Any = msgspec.msgpack.decode(request)
        write_frame(answers, msgspec.msgpack.encode(_answer(rulesets, facts)))


def _rulesets(first: bytes) -> tuple[Rulesets | None, Answer]:
    try:
        return Rulesets(msgspec.msgpack.decode(first, type=Network)), Answer()
    except (SessionError, ImportError, msgspec.MsgspecError) as error:
        return None, Answer(problem=str(error))


def _answer(rulesets: Rulesets | None, facts: Any) -> Answer:
    if rulesets is None:
        return Answer(problem="第二引擎没有装载规则")
    try:
        return Answer([dict(one) for one in rulesets.derive(facts)])
    except Exception as error:
        return Answer(problem=str(error) or type(error).__name__)


def main() -> None:
    """Serve on standard input and output; what the library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
