"""A line over a WebSocket: what waits to go out is bounded, and whoever does not read is cut off."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from attrs import define, field
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.exceptions import ConnectionClosed

from wargame.wire import messages as wire
from wargame.wire.codec import encode

OUTBOUND = 256 * 1024  # bytes that may wait for a reader
# Goodbyes after which the client did nothing wrong; the others close with 1008 (policy violation).
PEACEFUL = frozenset({"restart", "replaced", "kicked", "moved", "refused"})


@define(eq=False)
class Entry:
    """A frame that waits; `size` is what it counts, `kind` what a later one may take the place of (empty: nothing)."""

    frame: bytes
    size: int
    kind: str = ""


@define(eq=False)
class SocketLine:
    """The line to a client. `run` sends what is queued until the connection ends."""

    socket: ServerConnection
    limit: int = OUTBOUND
    open: bool = field(init=False, default=True)
    bot: bool = field(init=False, default=False)
    slow: bool = field(init=False, default=False)
    goodbye: str = field(init=False, default="")
    _waiting: int = field(init=False, default=0)  # bytes
    _entries: int = field(init=False, default=0)  # queued, or just being sent
    _latest: dict[str, Entry] = field(init=False, factory=dict)  # by kind
    _frames: asyncio.Queue[Entry | None] = field(init=False, factory=asyncio.Queue)

    def send(self, frame: bytes, *, free: bool = False, latest: str = "") -> None:
        """See Line."""
        if not self.open:
            return
        transport: Any = self.socket.transport
        if not self._entries and not transport.get_write_buffer_size():
            # Nothing waits: it goes out at once. Waking a task for every frame would cost more than sending it.
            broadcast((self.socket,), frame)
            return
        size = 0 if free else len(frame)
        before = self._latest.get(latest) if latest else None
        if self._waiting + size - (before.size if before is not None else 0) > self.limit:
            # Nothing more can be said to somebody who does not listen.
            self.open = False
            self.slow = True
            self.abort()
            return
        if before is not None:
            self._waiting += size - before.size
            before.frame, before.size = frame, size
            return
        entry = Entry(frame, size, latest)
        if latest:
            self._latest[latest] = entry
        self._waiting += size
        self._entries += 1
        self._frames.put_nowait(entry)

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
                if entry.kind:
                    self._latest.pop(entry.kind, None)
                await self.socket.send(entry.frame)
                self._waiting -= entry.size
                self._entries -= 1
            await self.socket.close(1000 if self.goodbye in PEACEFUL else 1008)
        self.open = False
