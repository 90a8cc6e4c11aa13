"""A tiny scenario, servers on it, and peers that speak the protocol and nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, TypeVar

import pytest
from attrs import define, field
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire
from wargame.wire.codec import decode, encode
from wargame_server.app import Server
from wargame_server.clock import ManualClock
from wargame_server.journal.memory import MemoryJournal

HANG = 20.0  # seconds after which a test that waits for ever is ended

TINY = {
    "scenario.yaml": """\
format: 1
id: tiny
title: Tiny
version: "1"
summary: Two sides and a lake.
turns: {count: 40, length: a day}
tracks:
  tension: {label: Tension, range: [0, 100], start: 5}
  plot: {label: Plot, range: [0, 100], start: 0, seen_by: {blue: exact}}
seats:
  red: {title: Red, resources: {will: {label: Will, range: [0, 90], start: 90}}}
  blue: {title: Blue, resources: {will: {label: Will, range: [0, 90], start: 90}}}
  green: {title: Green, optional: true, resources: {will: {label: Will, range: [0, 90], start: 90}}}
actions:
  push: {seat: [red, blue, green], menu: Push, label: Push, stance: escalate, effects: [tension +1]}
  scheme: {seat: blue, menu: Scheme, label: Scheme, stance: escalate, seen_by: covert, effects: [plot +1]}
phases:
  - {id: rooms, label: Rooms, kind: orders, seconds: 60, orders: 2}
  - {id: close, label: Close, kind: automatic, do: [endings]}
scoring:
  mandate: 60
  seats:
    red: [{label: Peace, value: 100 - tension, max: 100, words: How calm it is.}]
    blue: [{label: Plot, value: plot, max: 100, words: How far the plot is.}]
    green: [{label: Peace, value: 100 - tension, max: 100, words: How calm it is.}]
"""
}

Message = TypeVar("Message")


@define
class Peer:
    """A client: a socket, everything it heard, and the mirror it made of that."""

    socket: ClientConnection
    heard: list[Any] = field(factory=list)
    mirror: Mirror | None = None
    seq: int = 0
    numbers: int = 0

    async def send(self, message: wire.ClientMessage | bytes | str) -> None:
        await self.socket.send(message if isinstance(message, bytes | str) else encode(message))

    async def hear(self) -> Any:
        """The next message, folded into the mirror."""
        frame = await self.socket.recv()
        assert isinstance(frame, bytes)
        message = decode(frame)
        self.heard.append(message)
        if isinstance(message, wire.Welcome):
            if message.view is not None:
                self.mirror = Mirror(message.view)
            self.seq = message.seq
        elif isinstance(message, wire.Update):
            assert self.mirror is not None
            assert message.seq == self.seq + 1, "numbers have no gaps"
            self.mirror.fold(message.ops)
            self.seq = message.seq
        return message

    async def next(self, kind: type[Message]) -> Message:
        """The next message of a kind; others before it are only folded."""
        async with asyncio.timeout(HANG):
            while not isinstance(message := await self.hear(), kind):
                pass
        return message

    async def until(self, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Listens until the mirror is as wanted."""
        async with asyncio.timeout(HANG):
            while self.mirror is None or not holds(self.mirror.data):
                await self.hear()

    async def answered(self, number: str) -> Any:
        """The answer to a message of ours."""
        async with asyncio.timeout(HANG):
            while getattr(message := await self.hear(), "id", None) != number:
                pass
        return message

    def command(self, number: str = "", /, **body: Any) -> wire.Command:
        """A command as of what this peer sees."""
        self.numbers += 1
        assert self.mirror is not None
        seen = self.mirror.data
        return wire.Command(id=number or f"n{self.numbers}-{id(self)}", turn=seen["turn"], phase=seen["phase"], body=body)

    async def do(self, number: str = "", /, **body: Any) -> Any:
        """Sends a command and waits for its answer."""
        command = self.command(number, **body)
        await self.send(command)
        return await self.answered(command.id)

    async def manage(self, **body: Any) -> Any:
        self.numbers += 1
        await self.send(wire.Manage(id=f"m{self.numbers}", body=body))
        return await self.answered(f"m{self.numbers}")

    async def ask(self, **body: Any) -> Any:
        self.numbers += 1
        await self.send(wire.Ask(id=f"q{self.numbers}", body=body))
        return await self.answered(f"q{self.numbers}")

    async def room(self, holds: Callable[[wire.Room], bool]) -> wire.Room:
        """The newest room heard, once it is as wanted."""
        heard = [message for message in self.heard if isinstance(message, wire.Room)]
        room = heard[-1] if heard else await self.next(wire.Room)
        while not holds(room):
            room = await self.next(wire.Room)
        return room

    async def closed(self) -> tuple[str, int]:
        """Listens until the connection ends: the code of the goodbye (empty: none) and of the close."""
        code = ""
        async with asyncio.timeout(HANG):
            try:
                while True:
                    message = await self.hear()
                    if isinstance(message, wire.Bye):
                        code = message.code
            except ConnectionClosed as end:
                return code, end.rcvd.code if end.rcvd is not None else 1006

    def close(self) -> Awaitable[None]:
        return self.socket.close()


@define
class Bench:
    """Opens servers and peers, and closes them when the test is over."""

    stack: AsyncExitStack
    clock: ManualClock = field(factory=ManualClock)
    journal: MemoryJournal = field(factory=MemoryJournal)
    tiny: dict[str, str] = field(factory=lambda: dict(TINY))

    async def server(self, journal: Any = None, **options: Any) -> Server:
        options.setdefault("clock", self.clock)
        return await self.stack.enter_async_context(Server(journal if journal is not None else self.journal, **options))

    async def socket(self, server: Server, **options: Any) -> ClientConnection:
        options.setdefault("subprotocols", [Subprotocol(wire.SUBPROTOCOL)])
        options.setdefault("compression", None)
        options.setdefault("proxy", None)
        options.setdefault("max_size", 2**23)
        options.setdefault("max_queue", None)  # else a peer that is not listening cannot close either
        return await self.stack.enter_async_context(connect(server.url, **options))

    async def end_of(self, socket: ClientConnection) -> int:
        """Reads until the connection ends: the code of the close."""
        async with asyncio.timeout(HANG):
            try:
                while True:
                    await socket.recv()
            except ConnectionClosed as end:
                return end.rcvd.code if end.rcvd is not None else 1006

    async def say_hello(self, server: Server, name: str = "Ana", **hello: Any) -> Peer:
        """A peer whose hello is not answered yet."""
        peer = Peer(await self.socket(server))
        await peer.send(wire.Hello(name=name, client="test", **hello))
        return peer

    async def join(self, server: Server, name: str = "Ana", **hello: Any) -> Peer:
        """A peer that was welcomed."""
        peer = await self.say_hello(server, name, **hello)
        await peer.next(wire.Welcome)
        return peer

    async def started(self, server: Server, **options: Any) -> tuple[Any, Peer, Peer, Peer]:
        """A running game: its handle, the facilitator, red and blue."""
        handle = await server.create_table(self.tiny, seed=bytes(range(32)), **options)
        boss = await self.join(server, "Boss", secret=handle.secret)
        red = await self.join(server, "Rosa", token=handle.seat_token("red"))
        blue = await self.join(server, "Bela", token=handle.seat_token("blue"))
        assert isinstance(await boss.do(do="start"), wire.Ack)
        for peer in (red, blue):
            await peer.until(lambda view: view["status"] == "running")
        return handle, boss, red, blue


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with AsyncExitStack() as stack:
        yield Bench(stack)
