"""The other side of the process: it is started when it is needed, watched, recycled, and started again.

A case that ends the process, or lets it hang, is asked once more of a new one. Then it has no answer.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from weakref import finalize

import msgspec

from adapters.confirmation.child import Answer
from adapters.confirmation.frames import read_frame, write_frame
from engine.rete.network import Network

ROOT = Path(__file__).parents[2]
"""Where the packages of the program stand."""
SECONDS = 10.0
"""How long one case may take; by measurement it takes milliseconds."""
START_SECONDS = 30.0
"""How long the process may take to start and to load the rules."""
CASES = 2_000
"""After so many cases the process is ended and a new one started, since its library may lose memory."""
COMMAND = (sys.executable, "-m", "adapters.confirmation.child")


Messages = queue.SimpleQueue[bytes | None]
"""Messages between the thread that asks and the one that talks with the process; ``None`` ends them."""


class NoAnswerError(Exception):
    """Why the second engine has no answer for a case, in Chinese."""


class Process:
    """One process with the rules of a network loaded, or none where none is needed yet."""

    def __init__(
        self,
        network: Network,
        command: Sequence[str] = COMMAND,
        seconds: float = SECONDS,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._network = msgspec.msgpack.encode(network)
        self._command = command
        self._seconds, self._start_seconds = seconds, start_seconds
        self._running: subprocess.Popen[bytes] | None = None
        self._requests: Messages = queue.SimpleQueue()
        self._answers: Messages = queue.SimpleQueue()
        self._end: Callable[[], object] = _nothing
        self._asked = 0
        self._refused: str | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, ``None`` while there is none."""
        return self._running.pid if self._running else None

    def ask(self, facts: Sequence[Mapping[str, int | str]]) -> list[dict[str, int | str]]:
        """Return what is derived from the facts of a case; raises NoAnswerError."""
        request = msgspec.msgpack.encode(facts)
        answer = self._answered(request) or self._answered(request)
        if answer is None:
            raise NoAnswerError("第二引擎的进程两次意外结束或者没有回应")
        if answer.problem is not None:
            raise NoAnswerError(answer.problem)
        return answer.derived

    def close(self) -> None:
        """End the process, if there is one."""
        self._running = None
        self._end()

    def _answered(self, request: bytes) -> Answer | None:
        """Return the answer, ``None`` if the process died or hung over it; it is then no more."""
        if self._asked >= CASES:
            self.close()
        if self._running is None and not self._started():
            return None
        self._asked += 1
        return self._exchanged(request, self._seconds)

    def _exchanged(self, request: bytes, seconds: float) -> Answer | None:
        try:
            self._requests.put(request)
            data = self._answers.get(timeout=seconds)
            if data is not None:
                return msgspec.msgpack.decode(data, type=Answer)
        except (queue.Empty, msgspec.MsgspecError):
            pass
        self.close()
        return None

    def _started(self) -> bool:
        """Start the process and load the rules; raises NoAnswerError where they cannot be."""
        if self._refused is not None:
            raise NoAnswerError(self._refused)
        pipe = subprocess.PIPE
        try:
            self._running = subprocess.Popen(
                self._command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT
            )
        except OSError as error:
            raise NoAnswerError(f"第二引擎的进程不能启动：{error.strerror}") from None
        self._requests, self._answers = queue.SimpleQueue(), queue.SimpleQueue()
        # However this object goes, also at the end of the program, its process goes with it.
        self._end = finalize(self, _end, self._running, self._requests)
        self._asked = 0
        # Its own thread writes, too: a process that has stopped reads no more than the pipe holds.
        talk = threading.Thread(
            target=_talk, args=(self._running, self._requests, self._answers), daemon=True
        )
        talk.start()
        answer = self._exchanged(self._network, self._start_seconds)
        if answer is not None and answer.problem is not None:
            self._refused = answer.problem
            self.close()
            raise NoAnswerError(answer.problem)
        return answer is not None


def _nothing() -> None:
    """End nothing."""


def _end(running: subprocess.Popen[bytes], requests: Messages) -> None:
    running.kill()
    running.wait()
    requests.put(None)
    for stream in (running.stdin, running.stdout):
        if stream:
            with suppress(OSError):
                stream.close()


def _talk(running: subprocess.Popen[bytes], requests: Messages, answers: Messages) -> None:
    """Hand on requests, and the answer to each; ``None`` when the process has ended."""
    assert running.stdin is not None and running.stdout is not None
    data: bytes | None = b""
    while data is not None and (request := requests.get()) is not None:
        data = None
        with suppress(OSError, ValueError):
            write_frame(running.stdin, request)
            data = read_frame(running.stdout)
        answers.put(data)
