"""Figures of speed; nothing here is installed."""
