"""A table whose every frame to one viewer is kept, byte for byte, with nothing in it that differs from run to run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest
from attrs import define, field

from tests.support.play import program_of, seed_of
from wargame.wire import messages as wire
from wargame.wire.codec import decode
from wargame_server import app, handles
from wargame_server.app import Server
from wargame_server.clock import ManualClock
from wargame_server.door import Seated
from wargame_server.game import PUBLIC, WHITE_CELL
from wargame_server.handles import TableHandle
from wargame_server.journal.memory import MemoryJournal


@define(eq=False)
class Recorder:
    """A line that keeps what was sent through it."""

    open: bool = True
    bot: bool = False
    frames: list[bytes] = field(factory=list)

    def send(self, frame: bytes, *, free: bool = False, latest: str = "") -> None:
        """See Line."""
        self.frames.append(frame)

    def close(self, code: str, reason: str) -> None:
        """See Line."""
        self.open = False


@define(eq=False)
class SeenTable:
    """A table with somebody in every seat, a facilitator, and somebody who watches."""

    server: Server
    handle: TableHandle
    lines: dict[int, Recorder] = field(factory=dict)  # by viewer
    seated: dict[int, Seated] = field(factory=dict)
    numbers: Any = field(factory=count)

    @property
    def game(self) -> Any:
        """The game as the server holds it."""
        return self.handle.table.game

    def come(self, viewer: int, *, have: int = 0) -> None:
        """Lets somebody in, or in again."""
        name = self.game.name(viewer)
        keys: dict[str, Any] = {"token": self.handle.seat_token(name)} if name not in (PUBLIC, WHITE_CELL) else {}
        if name == PUBLIC:
            keys = {"code": self.handle.code, "seat": PUBLIC}
        elif name == WHITE_CELL:
            keys = {"secret": self.handle.secret}
        line = self.lines.setdefault(viewer, Recorder())
        seated = self.server.door.hello(line, wire.Hello(name=f"Person {viewer}", client="test", have=have, **keys), "here")
        assert seated is not None
        self.seated[viewer] = seated

    def command(self, viewer: int, body: dict[str, Any], number: str = "") -> None:
        """Sends a command as of now. The numbers of commands made up here are the sender's own."""
        state = self.game.state
        message = wire.Command(
            id=number or f"x{next(self.numbers)}", turn=state.turn, phase=state.phase_id(self.game.program), body=body
        )
        self.handle.table.command(self.seated[viewer].guest, message)

    def ask(self, viewer: int, body: dict[str, Any], number: str = "") -> None:
        """Asks something."""
        self.handle.table.ask(self.seated[viewer].guest, wire.Ask(id=number or f"x{next(self.numbers)}", body=body))

    async def settled(self) -> None:
        """Returns when everything sent so far is done."""
        done = asyncio.Event()

        async def task() -> None:
            done.set()

        self.handle.table.do(task)
        await done.wait()

    def messages(self, viewer: int) -> list[Any]:
        """What a viewer heard."""
        return [decode(frame) for frame in self.lines[viewer].frames]


@asynccontextmanager
async def seen_table(name: str, number: int, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SeenTable]:
    """A started table on a scenario, the same for the same number to the last byte."""
    program = program_of(name)
    tokens = count()
    with monkeypatch.context() as patch:
        patch.setattr(app, "token_hex", lambda _: "same")
        patch.setattr(handles, "new_token", lambda: f"token-{next(tokens)}")
        patch.setattr(app, "new_code", lambda: "AAAA-BBBB")
        patch.setattr(app, "new_secret", lambda: "secret")
        server = Server(MemoryJournal(), clock=ManualClock())
        # Nobody connects through the network here.
        server._journal = MemoryJournal()
        handle = await server.create_table(
            program.scenario.sources, seed=seed_of(number), played=program.seats, timed=False, spectators=True
        )
    table = SeenTable(server, handle)
    try:
        for viewer in range(program.viewers):
            table.come(viewer)
        assert await handle.start() is None
        yield table
    finally:
        await handle.classroom.stop()
