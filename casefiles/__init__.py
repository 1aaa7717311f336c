"""The neutral case file (案卷): its model, its words, its two written forms and the samples."""

from __future__ import annotations
