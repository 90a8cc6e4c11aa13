"""Computer seats: a bot at the other end of a line, through the same messages as a person."""

from __future__ import annotations

import asyncio

from attrs import define, field

from wargame.bots.bot import Bot
from wargame.bots.driver import Driver
from wargame.bots.levels import seat_bot
from wargame.bots.names import LEVELS
from wargame.wire import messages as wire
from wargame.wire.codec import decode
from wargame_server.roster import Guest, Person
from wargame_server.table import Table

FRAMES = 1_000  # a bot that has fallen so far behind is broken


@define(eq=False)
class BotLine:
    """The line to a bot. Its task reads what comes and sends what the bot decides."""

    table: Table
    driver: Driver
    guest: Guest = field(init=False)
    open: bool = field(init=False, default=True)
    bot: bool = field(init=False, default=True)
    _frames: asyncio.Queue[bytes | None] = field(init=False, factory=asyncio.Queue)
    _task: asyncio.Task[None] | None = field(init=False, default=None)

    def send(self, frame: bytes, *, free: bool = False, latest: str = "") -> None:
        """See Line."""
        if self.open:
            self._frames.put_nowait(frame)
            if self._frames.qsize() > FRAMES:
                self.close("slow", "")

    def close(self, code: str, reason: str) -> None:
        """See Line."""
        self.open = False
        self._frames.put_nowait(None)

    def start(self) -> None:
        """Sets the bot going."""
        self._task = asyncio.create_task(self._play())

    async def _play(self) -> None:
        try:
            while (frame := await self._frames.get()) is not None:
                self.driver.receive(decode(frame))
                if not self._frames.empty():
                    continue  # decide on the newest view only
                # Some bots think for a while: the tables must not wait for them.
                command = await asyncio.to_thread(self.driver.next)
                if command is not None:
                    self.table.command(self.guest, command)
        except Exception:
            self.table.log.exception("bot failed", table=self.table.id)
        finally:
            self.open = False
            self.table.leave(self.guest)


def levels() -> tuple[str, ...]:
    """The levels there are; the first is the usual one."""
    return tuple(LEVELS)


def seat_computer(table: Table, person: Person) -> BotLine:
    """Puts a bot of the person's level into the person's seat."""
    # With a seed given by the host the computers play the same game again, else one of their own.
    seed = table.settings.seed.hex() or table.id

    def make(_: wire.Welcome) -> Bot:
        return seat_bot(person.level, table.game.program, person.seat, seed)

    line = BotLine(table, Driver(make))
    line.guest = Guest(line, person.name)
    table.attach(line.guest, person)
    line.start()
    return line
