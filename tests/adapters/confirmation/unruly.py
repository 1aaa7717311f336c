"""A process of the second engine that does to itself, at a chosen case, what a broken library would do.

``python unruly.py HARM NUMBER MARK``: serves as the real one does, but at every NUMBER-th case dies of a
signal, hangs, or raises; a HARM that begins with ``once`` is done only while the file MARK is not there.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from adapters.confirmation.child import main
from engine.rete.session import Rulesets

HARM, EVERY, MARK = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
_derive = Rulesets.derive
_count = 0


def derive(self, facts):  # type: ignore[no-untyped-def]
    global _count
    _count += 1
    if _count % EVERY == 0 and not MARK.exists():
        if HARM.startswith("once"):
            MARK.touch()
        if "segv" in HARM:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "kill" in HARM:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hang" in HARM:
            time.sleep(3600)
        if "raise" in HARM:
            raise RuntimeError("the library says no")
    return _derive(self, facts)


Rulesets.derive = derive  # type: ignore[method-assign]
main()
