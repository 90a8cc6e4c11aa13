"""Lines in and out: a terminal, or a pipe, read by a thread so that a line that is being typed holds nothing up."""

from __future__ import annotations

import asyncio
import sys
from shutil import get_terminal_size
from textwrap import wrap
from threading import Semaphore, Thread
from typing import Protocol, TextIO

from attrs import define, field

LONGEST = 20_000  # characters of a line; what is longer comes as several


class Lines(Protocol):
    """Where commands come from and words go to. `interactive`: somebody types now."""

    interactive: bool

    async def read(self) -> str | None:
        """The next line without its end; None when there are no more."""

    def prompt(self, words: str) -> None:
        """Asks for a line."""

    def write(self, line: str) -> None:
        """Says a line."""


def broken(line: str, width: int) -> list[str]:
    """A line as several of at most so many letters, with its indent."""
    indent = " " * (len(line) - len(line.lstrip()))
    return wrap(line, max(20, width - 1), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]


@define(eq=False)
class Terminal:
    """Standard input and output, or other streams."""

    source: TextIO = field(factory=lambda: sys.stdin)
    target: TextIO = field(factory=lambda: sys.stdout)
    interactive: bool = False
    _queue: asyncio.Queue[str | None] = field(init=False, factory=asyncio.Queue)
    _ended: bool = field(init=False, default=False)
    _wanted: Semaphore = field(init=False, factory=lambda: Semaphore(0))
    _reading: bool = field(init=False, default=False)  # a line was asked for and has not come

    def start(self) -> None:
        """Begins to read; in the loop that will ask for lines."""
        reconfigure = getattr(self.source, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
        loop = asyncio.get_running_loop()
        Thread(target=self._listen, args=(loop,), name="lines", daemon=True).start()

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        line: str | None = ""
        while line is not None:
            self._wanted.acquire()  # nothing is read ahead: whoever runs next on this terminal finds the rest
            try:
                line = self.source.readline(LONGEST) or None
            except (OSError, ValueError):  # closed under us
                line = None
            try:
                loop.call_soon_threadsafe(self._queue.put_nowait, line)
            except RuntimeError:  # the client has ended
                return

    async def read(self) -> str | None:
        """The next line."""
        if self._ended:
            return None
        if not self._reading and self._queue.empty():
            self._reading = True
            self._wanted.release()
        line = await self._queue.get()
        self._reading = False
        self._ended = line is None
        return line.rstrip("\r\n") if line is not None else None

    def prompt(self, words: str) -> None:
        """Asks, where somebody types; a pipe is not asked."""
        if self.interactive:
            self._put(words)

    def write(self, line: str) -> None:
        """Says a line; where somebody types, broken between words, for a terminal would break it within them."""
        self._put("\n".join(broken(line, get_terminal_size().columns) if self.interactive else [line]) + "\n")

    def _put(self, text: str) -> None:
        try:
            self.target.write(text)
            self.target.flush()
        except (OSError, ValueError):  # nobody reads any more
            self._ended = True
            self._queue.put_nowait(None)
