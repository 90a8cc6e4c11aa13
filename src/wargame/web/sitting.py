"""One player at a page: their process, its folder, and whichever connection shows it now."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import define
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from wargame.client.address import Address
from wargame.web.guard import Hello, RefusedError
from wargame.web.packets import DATA, META, PRELUDE, PacketError, meta, packet, read_packet, told

STARTUP = 20.0  # seconds that a process may take to draw its first screen
GOODBYE = 3.0  # seconds it has to leave by itself
GONE = "The game is closed on this page. Your seat is kept: join again to return to it."

# What a process inherits; everything else of this machine's environment is none of its business.
PASSED_ON = ("PYTHONPATH", "SYSTEMROOT", "WARGAME_ASCII", "WARGAME_LANGUAGE")


@define(eq=False)
class Sitting:
    """A process, from its start to its end. `ended` is called once, when it is over."""

    key: str
    folder: TemporaryDirectory[str]
    process: Process
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
        """Puts a packet into the pipe; a process that has ended does not mind."""
        assert self.process.stdin is not None
        if not self.process.stdin.is_closing():
            self.process.stdin.write(data)

    async def typed(self, text: str) -> None:
        """What the player typed, once the process has taken in what came before."""
        assert self.process.stdin is not None
        self.write(packet(DATA, text.encode("utf-8", "replace")))
        with suppress(ConnectionError):
            await self.process.stdin.drain()

    def begin(self) -> None:
        """Starts to pass on what the process draws."""
        self._pump = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Ends the process, kindly first."""
        self.write(meta("quit"))
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await self.process.wait()
        if self.process.returncode is None:
            self.process.kill()
        if self._pump is not None:
            await self._pump

    async def _run(self) -> None:
        assert self.process.stdout is not None
        try:
            while True:
                kind, payload = await read_packet(self.process.stdout)
                if kind == DATA:
                    await self._show(payload)
                elif kind == META:
                    await self._heard(told(payload))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        except PacketError:
            self.process.kill()
        finally:
            if self.process.stdin is not None:
                self.process.stdin.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(GOODBYE):
                    await self.process.wait()
            await self._end()

    async def _show(self, payload: bytes) -> None:
        if self.socket is not None:
            with suppress(ConnectionClosed):
                await self.socket.send(payload)

    async def _heard(self, said: Mapping[str, object]) -> None:
        if said.get("type") == "keep" and self.socket is not None:
            with suppress(ConnectionClosed):
                await self.socket.send(json.dumps(["keep", str(said.get("token", ""))]))

    async def _end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()
        self.ended(self)
        if self.socket is not None:
            await say_goodbye(self.socket, GONE)
        await asyncio.to_thread(self.folder.cleanup)


async def say_goodbye(socket: ServerConnection, words: str, *, come_back: bool = False) -> None:
    """The last words to a page. `come_back`: it may try again by itself."""
    with suppress(ConnectionClosed):
        await socket.send(json.dumps(["over", words, come_back]))
        await socket.close()


async def start_sitting(key: str, address: Address, hello: Hello, ended: Callable[[Sitting], None]) -> Sitting:
    """Starts the process of a player and waits for its first sign of life. Raises RefusedError."""
    folder = TemporaryDirectory(prefix="wargame-seat-", ignore_cleanup_errors=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "wargame.web.seat",
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=_environment(folder.name, hello),
        cwd=folder.name,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked = {
        "host": address.host,
        "port": address.port,
        "secure": address.secure,
        "code": hello.code,
        "name": hello.name,
        "token": hello.token or None,
    }
    try:
        async with asyncio.timeout(STARTUP):
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            await process.stdin.drain()
            began = await process.stdout.readline() == PRELUDE
    except (TimeoutError, ConnectionError, ValueError):
        began = False
    if not began:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        folder.cleanup()
        raise RefusedError(
            "The game could not be started on this machine. Tell your teacher; it is tried again.", come_back=True
        )
    return Sitting(key, folder, process, ended)


def _environment(folder: str, hello: Hello) -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **kept,
        "HOME": folder,
        "TMPDIR": folder,
        "WARGAME_DATA": str(Path(folder) / "data"),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        "TEXTUAL_DRIVER": "wargame.web.driver:PageDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "30",
        "COLUMNS": str(hello.columns),
        "ROWS": str(hello.rows),
    }
