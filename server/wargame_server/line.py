"""A line: the server's end of a connection, whoever is at the other end (a socket or a computer seat)."""

from __future__ import annotations

from typing import Protocol


class Line(Protocol):
    """Frames go out through it; it never makes its caller wait."""

    @property
    def open(self) -> bool:
        """Whether anything sent can still arrive."""

    @property
    def bot(self) -> bool:
        """Whether a computer seat is at the other end."""

    def send(self, frame: bytes, *, free: bool = False, latest: str = "") -> None:
        """Sends a frame, or queues it; a line whose reader is too slow closes itself.

        `free` frames do not count (a whole view); a `latest` one takes the place of one of that kind that still waits.
        """

    def close(self, code: str, reason: str) -> None:
        """Says `bye` and closes, once what is queued is out."""
