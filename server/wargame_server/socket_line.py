"""A line over a WebSocket: what waits to go out is bounded, and whoever does not read is cut off."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from attrs import define, field
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from wargame.wire import messages as wire
from wargame.wire.codec import encode

OUTBOUND = 256 * 1024  # bytes that may wait for a reader
# Goodbyes after which the client did nothing wrong; the others close with 1008 (policy violation).
PEACEFUL = frozenset({"restart", "replaced", "kicked", "refused"})


@define(eq=False)
class SocketLine:
    """The line to a client. `run` sends what is queued until the connection ends."""

    socket: ServerConnection
    limit: int = OUTBOUND
    open: bool = field(init=False, default=True)
    bot: bool = field(init=False, default=False)
    slow: bool = field(init=False, default=False)
    goodbye: str = field(init=False, default="")
    _waiting: int = field(init=False, default=0)
    _frames: asyncio.Queue[tuple[bytes, int] | None] = field(init=False, factory=asyncio.Queue)

    def send(self, frame: bytes, *, free: bool = False) -> None:
        """See Line."""
        if not self.open:
            return
        size = 0 if free else len(frame)
        if self._waiting + size > self.limit:
            # Nothing more can be said to somebody who does not listen.
            self.open = False
            self.slow = True
            self.abort()
            return
        self._waiting += size
        self._frames.put_nowait((frame, size))

    def close(self, code: str, reason: str) -> None:
        """See Line."""
        if self.open:
            self.send(encode(wire.Bye(code=code, reason=reason)))
            self.open = False
            self.goodbye = code
            self._frames.put_nowait(None)

    def abort(self) -> None:
        """Drops the connection without a word."""
        transport: Any = self.socket.transport
        transport.abort()

    async def run(self) -> None:
        """Sends frames in order; returns when the connection ends."""
        with suppress(ConnectionClosed):
            while (entry := await self._frames.get()) is not None:
                frame, size = entry
                await self.socket.send(frame)
                self._waiting -= size
            await self.socket.close(1000 if self.goodbye in PEACEFUL else 1008)
        self.open = False
