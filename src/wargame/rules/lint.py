"""Warnings: what a designer probably did not mean. Only what is certain is said; good scenarios get none."""

from __future__ import annotations

from wargame.rules.builder import Builder


def warn(builder: Builder) -> None:
    """Adds the warnings to the report."""
    del builder
