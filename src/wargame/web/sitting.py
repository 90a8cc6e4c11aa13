"""One player at a page: their process, its folder, and whichever connection shows it now."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from tempfile import TemporaryDirectory

from attrs import define
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from wargame.client.address import Address
from wargame.web.guard import Hello, RefusedError
from wargame.web.nursery import NoForkError, Nursery
from wargame.web.packets import DATA, META, PRELUDE, PacketError, meta, packet, read_packet, told

STARTUP = 20.0  # seconds that a process may take to draw its first screen
GOODBYE = 3.0  # seconds it has to leave by itself
GONE = "The game is closed on this page. Your seat is kept: join again to return to it."


@define(eq=False)
class Sitting:
    """A process, from its start to its end. `ended` is called once, when it is over."""

    key: str
    folder: TemporaryDirectory[str]
    number: int  # of the process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    ended: Callable[[Sitting], None]
    socket: ServerConnection | None = None
    left_at: float = 0.0  # when its connection was lost, on the loop's clock
    _pump: asyncio.Task[None] | None = None

    def attach(self, socket: ServerConnection, columns: int, rows: int) -> ServerConnection | None:
        """Shows it on this connection from now on; the one that showed it before, if any."""
        before, self.socket = self.socket, socket
        self.write(meta("resize", width=columns, height=rows))
        self.write(meta("again"))
        return before

    def detach(self, socket: ServerConnection) -> None:
        """This connection is lost; the process stays."""
        if self.socket is socket:
            self.socket = None
            self.left_at = asyncio.get_running_loop().time()

    def write(self, data: bytes) -> None:
        """Puts a packet on its way; a process that has ended does not mind."""
        if not self.writer.is_closing():
            self.writer.write(data)

    async def typed(self, text: str) -> None:
        """What the player typed, once the process has taken in what came before."""
        self.write(packet(DATA, text.encode("utf-8", "replace")))
        with suppress(ConnectionError):
            await self.writer.drain()

    def begin(self) -> None:
        """Starts to pass on what the process draws."""
        self._pump = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Ends the process, kindly first."""
        self.write(meta("quit"))
        if self._pump is not None:
            await asyncio.wait([self._pump], timeout=GOODBYE)
            if not self._pump.done():
                self._kill()
            await self._pump

    def _kill(self) -> None:
        """While its end of the socket is open it is alive, so the number is its own."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)

    async def _run(self) -> None:
        try:
            while True:
                kind, payload = await read_packet(self.reader)
                if kind == DATA:
                    await self._show(payload)
                elif kind == META:
                    await self._heard(told(payload))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        except PacketError:
            self._kill()
        self.writer.close()
        self.ended(self)
        if self.socket is not None:
            await say_goodbye(self.socket, GONE)
        await asyncio.to_thread(self.folder.cleanup)

    async def _show(self, payload: bytes) -> None:
        if self.socket is not None:
            with suppress(ConnectionClosed):
                await self.socket.send(payload)

    async def _heard(self, said: Mapping[str, object]) -> None:
        if said.get("type") == "keep" and self.socket is not None:
            with suppress(ConnectionClosed):
                await self.socket.send(json.dumps(["keep", str(said.get("token", ""))]))


async def say_goodbye(socket: ServerConnection, words: str, *, come_back: bool = False) -> None:
    """The last words to a page. `come_back`: it may try again by itself."""
    with suppress(ConnectionClosed):
        await socket.send(json.dumps(["over", words, come_back]))
        await socket.close()


async def start_sitting(
    nursery: Nursery, key: str, address: Address, hello: Hello, ended: Callable[[Sitting], None]
) -> Sitting:
    """Starts the process of a player and waits for its first sign of life. Raises RefusedError."""
    folder = TemporaryDirectory(prefix="wargame-seat-", ignore_cleanup_errors=True)
    plan = {
        "host": address.host,
        "port": address.port,
        "secure": address.secure,
        "code": hello.code,
        "name": hello.name,
        "token": hello.token,
        "columns": hello.columns,
        "rows": hello.rows,
    }
    try:
        line, number = await nursery.fork(plan, folder.name)
        reader, writer = await asyncio.open_connection(sock=line)
        async with asyncio.timeout(STARTUP):
            began = await reader.readline() == PRELUDE
    except (NoForkError, TimeoutError, OSError, ValueError):
        began = False
    if not began:
        folder.cleanup()
        raise RefusedError("The game could not be started on this machine. Tell your teacher.", come_back=True)
    return Sitting(key, folder, number, reader, writer, ended)
