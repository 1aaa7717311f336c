"""The product beside other rule engines: same rules, same files, same verdicts, then the time.

``python -m benchmarks.peers`` measures; what it compares and how is written in ``docs/speed.md``.
"""
