"""Contents of cases that end or stop the worker that reads them, and nobody else."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path


def _in_worker() -> bool:
    return multiprocessing.parent_process() is not None


class Deadly(bytes):
    """Kills its worker at every reading."""

    def __len__(self) -> int:
        if _in_worker():
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__len__()


class DeadlyOnce(bytes):
    """Kills its worker at the first reading; a file, named by the content, remembers that."""

    def __len__(self) -> int:
        if _in_worker() and not Path(bytes(self[:]).decode()).exists():
            Path(bytes(self[:]).decode()).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__len__()


class Slow(bytes):
    """Keeps its worker for long."""

    def __len__(self) -> int:
        if _in_worker():
            time.sleep(600)
        return super().__len__()
