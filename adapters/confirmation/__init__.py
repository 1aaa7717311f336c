"""The second engine at work: in a process of its own, so that its library can crash nothing else."""

from __future__ import annotations
