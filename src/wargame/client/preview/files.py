"""What a preview needs of the scenario's files; the command line has them watched and read."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from wargame.rules.program import Program


@frozen
class Opened:
    """The scenario as it was just read: its program, or None where it has errors; every problem as `check` writes it."""

    program: Program | None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Files(Protocol):
    """The files of one scenario."""

    def changed(self) -> bool:
        """Whether one was saved since they were last read; quick."""

    def read(self) -> Opened:
        """Reads them; may take a second, and never raises for what stands in them."""
