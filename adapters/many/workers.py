"""Worker processes that check cases side by side; results come back in the order of the input.

Workers are started afresh (spawn), not forked: a fork would inherit threads, locks and the state of
C libraries (libxml2, the second engine) of whatever program runs the check, and the open ends of
the pipes of the other workers, so that none would notice when the program is gone. A worker reads
the rules once. It ends when its pipe does: no worker outlives the program for longer than its chunk.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_longlong
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import RawValue
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from adapters.batch import Checker, Options, Unit, checker
from adapters.many.errors import WorkersError
from adapters.reports.checked import Checked
from casefiles.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

CHUNK = 16
"""Cases that are handed over at once: few enough to keep all busy, enough to make handing over cheap."""
CHUNK_BYTES = 1_000_000
"""Bytes of cases after which a chunk is full."""
AHEAD = 4
"""Chunks for each worker that may be under way or wait for their turn."""
BYTES_AHEAD = 16_000_000
"""Bytes of cases after which no more are taken until some are done; one case may be larger."""
TRIES = 2
"""How often a case may end its worker."""
STARTS = 3
"""How many workers may end before any of them was ready."""
_ASK_AGAIN = 1.0
"""Seconds after which workers are looked after even if none of them says anything."""

Chunk = list[Unit]


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    mark: c_longlong
    ready: bool = False
    chunk: Chunk = field(default_factory=list)


def work(connection: Connection, options: Options, mark: c_longlong) -> None:
    """Check chunks until the other side is gone; the number of the case at hand stands in *mark*."""
    encode = msgspec.msgpack.encode
    try:
        check = checker(options)
    except ProblemsError as error:
        connection.send_bytes(encode(error.problems))
        return
    try:
        connection.send_bytes(encode(()))
        while True:
            results = []
            for unit in connection.recv():
                mark.value = unit.number
                results.append(check(unit, partial(_named, unit)))
            connection.send_bytes(encode(results))
    except (EOFError, OSError):
        return


def _named(unit: Unit, key: int) -> str | None:
    return unit.earlier


class Workers:
    """A group of workers that checks a stream of cases; to be used with ``with``."""

    def __init__(self, own: Checker, jobs: int) -> None:
        self._own, self._jobs = own, jobs
        self._workers: list[_Worker] = []
        self._context = multiprocessing.get_context("spawn")
        self._again: deque[Chunk] = deque()
        self._tries: dict[int, int] = {}
        self._done: dict[int, Checked] = {}
        self._units: dict[int, Unit] = {}
        self._bytes = 0
        self._failed_starts = 0
        self._results = msgspec.msgpack.Decoder(list[Checked])

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def pids(self) -> list[int]:
        """Return the ids of the processes at work."""
        return [worker.process.pid or 0 for worker in self._workers]

    def check(
        self, stream: Iterator[Unit], earlier: Callable[[int], str | None]
    ) -> Iterator[tuple[Unit, Checked]]:
        """Yield every case with its result in order; *earlier* is asked when it is the turn of a case.

        A case whose number was there before is checked once more, so that its result can say so.
        """
        chunks = _chunks(stream)
        number: int | None = None
        while True:
            self._hand_out(chunks)
            if not self._units:
                return
            if number is None:
                number = min(self._units)
            self._collect(0 if number in self._done else _ASK_AGAIN)
            for _ in range(CHUNK):  # then look after the workers again
                checked = self._done.pop(number, None)
                if checked is None:
                    break
                unit = self._units[number]
                before = earlier(checked.key) if checked.key and unit.earlier is None else None
                if before is not None:
                    self._units[number] = unit._replace(earlier=before)
                    self._again.appendleft([self._units[number]])
                    break
                del self._units[number]
                self._bytes -= _size(unit)
                self._tries.pop(number, None)
                number += 1
                yield unit, checked

    def stop(self) -> None:
        """End all workers and wait until they are gone."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers.clear()

    def _hand_out(self, chunks: Iterator[Chunk]) -> None:
        """Give every idle worker something to do, and start workers as long as there is more."""
        busy = sum(bool(worker.chunk) for worker in self._workers)
        while len(self._again) < self._jobs - busy and (chunk := self._next(chunks)):
            self._again.append(chunk)
        for worker in list(self._workers):
            if self._again and worker.ready and not worker.chunk:
                self._send(worker, self._again.popleft())
        waiting = sum(not worker.chunk for worker in self._workers)
        for _ in range(min(self._jobs - len(self._workers), len(self._again) - waiting)):
            self._workers.append(self._started())

    def _next(self, chunks: Iterator[Chunk]) -> Chunk:
        if len(self._units) >= AHEAD * CHUNK * self._jobs or self._bytes >= BYTES_AHEAD:
            return []
        chunk = next(chunks, [])
        self._units.update((unit.number, unit) for unit in chunk)
        self._bytes += sum(map(_size, chunk))
        return chunk

    def _send(self, worker: _Worker, chunk: Chunk) -> None:
        # Only to a worker that waits for it: one that is busy could be sending at the same time,
        # and both would wait for ever.
        worker.chunk = chunk
        try:
            worker.connection.send(chunk)
        except OSError:
            self._bury(worker)

    def _started(self) -> _Worker:
        mark = RawValue(c_longlong, -1)
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._own.options, mark), name="anjuan")
        with _deaf(), _no_main():
            process.start()
        theirs.close()
        return _Worker(process, ours, mark)

    def _collect(self, patience: float) -> None:
        """Wait until a worker says something or is gone, and take what there is."""
        said = wait([worker.connection for worker in self._workers], patience)
        for worker in list(self._workers):
            if worker.connection in said:
                self._receive(worker)
            elif patience and not said and worker.process.exitcode is not None:
                # What it started could hold its pipe open.
                self._bury(worker)

    def _receive(self, worker: _Worker) -> None:
        try:
            data = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if not worker.ready:
            if problems := msgspec.msgpack.decode(data, type=tuple[Problem, ...]):
                raise ProblemsError(problems)
            worker.ready = True
            self._failed_starts = 0
            return
        for checked in self._results.decode(data):
            self._done[checked.number] = checked
        worker.chunk = []

    def _bury(self, worker: _Worker) -> None:
        """Blame the case that a lost worker was at; the others of its chunk are checked anew."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join(_ASK_AGAIN)
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()
        code = worker.process.exitcode
        at = worker.mark.value
        worker.process.close()
        chunk = worker.chunk
        if not chunk:
            self._failed_starts += not worker.ready
            if self._failed_starts >= STARTS:
                raise WorkersError
            return
        place = next((place for place, unit in enumerate(chunk) if unit.number == at), 0)
        culprit = chunk[place]
        self._tries[culprit.number] = self._tries.get(culprit.number, 0) + 1
        parts = [chunk[:place], [culprit], chunk[place + 1 :]]
        if self._tries[culprit.number] >= TRIES:
            self._done[culprit.number] = self._own.failed(culprit, *_lost(code))
            parts[1] = []
        self._again.extendleft(reversed([part for part in parts if part]))


def _lost(code: int | None) -> tuple[str, str]:
    how = f"（信号 {-code}）" if code is not None and code < 0 else ""
    return f"检查这个案卷的进程两次意外结束{how}", "可能内存不足；请单独检查这个案卷，仍然如此请报告"


def _chunks(stream: Iterator[Unit]) -> Iterator[Chunk]:
    chunk: Chunk = []
    size = 0
    for unit in stream:
        chunk.append(unit)
        size += _size(unit)
        if len(chunk) >= CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(unit: Unit) -> int:
    """Return about how much memory the content of a case takes."""
    content = unit.content
    if isinstance(content, bytes | str):
        return len(content)
    return 0 if isinstance(content, tuple) else sum(map(len, content.values.values()))


@contextmanager
def _deaf() -> Iterator[None]:
    """Start what is started meanwhile with interrupts blocked: Ctrl-C is for the program to answer."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_main() -> Iterator[None]:
    """Start what is started meanwhile without the main module: workers need nothing of it.

    They would run it anew otherwise, and a script that calls the program outright would start itself.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
