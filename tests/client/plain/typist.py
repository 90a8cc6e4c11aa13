"""Somebody who types at the line mode: lines go in, and everything that is said is a transcript."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from attrs import define, field

from wargame.client.door import Door
from wargame.client.hints import use_lines
from wargame.client.plain.client import PlainClient
from wargame.client.plain.run import Play
from wargame.client.tui.paint import use_ascii, use_spoken

HANG = 20.0  # seconds after which a test that waits for ever is ended


@define(eq=False)
class Typist:
    """Implements `Lines`. What was typed stands in the transcript after `> `, as a terminal shows it."""

    interactive: bool = True
    said: list[str] = field(factory=list)
    _typed: asyncio.Queue[str | None] = field(factory=asyncio.Queue)
    _news: asyncio.Event = field(factory=asyncio.Event)
    _asks: int = 0  # how many lines were asked for and have not come

    async def read(self) -> str | None:
        self._asks += 1
        self._news.set()
        try:
            line = await self._typed.get()
        finally:
            self._asks -= 1
        if line is not None:
            self.said.append(f"> {line}".rstrip())
        return line

    def prompt(self, words: str) -> None:
        """A prompt is no line of its own."""

    def write(self, line: str) -> None:
        self.said.append(line)
        self._news.set()

    # what a test does

    async def _until(self, holds: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(HANG):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError("\n".join(["It never came. Heard so far:", *self.said])) from None

    async def type(self, *lines: str) -> list[str]:
        """Types lines, each when it is asked for; what was said since the first of them."""
        await self._until(lambda: self._asks > 0)
        start = len(self.said)
        for line in lines:
            await self._until(lambda: self._asks > 0 and self._typed.empty())
            self._typed.put_nowait(line)
            await asyncio.sleep(0)  # it is taken
        await self._until(lambda: self._asks > 0 and self._typed.empty())
        return self.said[start:]

    async def hears(self, words: str) -> str:
        """Waits until a line holds these words; the line."""
        await self._until(lambda: any(words in line for line in self.said))
        return next(line for line in self.said if words in line)

    def ends(self) -> None:
        """There are no more lines."""
        self._typed.put_nowait(None)


@define(eq=False)
class Sitting:
    """A typist at a door, with the client between them."""

    typist: Typist
    client: PlainClient
    task: asyncio.Task[int]


@asynccontextmanager
async def sitting(door: Door, folder: Path, *, interactive: bool = True) -> AsyncIterator[Sitting]:
    """The line mode at a door while the block runs."""
    use_lines(True)
    use_spoken()
    typist = Typist(interactive)
    client = PlainClient(typist, folder=folder, server="here")
    task = asyncio.ensure_future(Play(client, door, "here").run())
    try:
        yield Sitting(typist, client, task)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        use_lines(False)
        use_ascii(False)
