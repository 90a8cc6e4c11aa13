"""The listener: WebSocket connections from their first byte to their last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from attrs import define, field, frozen
from websockets.asyncio.server import Server as SocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import Event
from websockets.typing import Origin, Subprotocol

from wargame.engine.commands import Refused
from wargame.wire import messages as wire
from wargame.wire.codec import decode_client
from wargame.wire.errors import WireError
from wargame.wire.packing import CLIENT_FRAME
from wargame_server.access import Bucket
from wargame_server.clock import Clock
from wargame_server.door import Door, Seated
from wargame_server.log import NAME, Complaints
from wargame_server.roster import WAITING
from wargame_server.socket_line import OUTBOUND, SocketLine

CONTROLS = 50  # pings and pongs a second


@frozen(kw_only=True)
class Limits:
    """What one connection, and all of them together, may use. Times in ms."""

    connections: int = 1_000
    hello: int = 5_000  # until the first message
    burst: int = 60  # messages at once
    every: int = 50  # one more message every so often
    strikes: int = 200  # messages refused as too fast before the connection is closed
    outbound: int = OUTBOUND


class Connection(ServerConnection):
    """A connection that does not answer any number of pings: answers are written whether or not anybody reads them."""

    def process_event(self, event: Event) -> None:
        """Takes what came in."""
        if isinstance(event, Frame) and event.opcode in (Opcode.PING, Opcode.PONG):
            now = self.loop.time()
            if now - self.since >= 1:
                self.since, self.controls = now, 0
            self.controls += 1
            if self.controls > CONTROLS:
                self.transport.abort()
                return
        super().process_event(event)

    since = 0.0  # when the second began in which these were counted
    controls = 0


class AddressInUseError(OSError):
    """The port cannot be listened on; its text is for people."""


@define
class Listener:
    """Accepts connections at a host and port (0: any free one) and hands them to the door.

    `origins`: pages that may connect from a browser (none by default); clients that are no browsers send no Origin.
    """

    door: Door
    clock: Clock
    log: Any
    host: str = "127.0.0.1"
    port: int = 0
    origins: Sequence[str] = ()
    limits: Limits = Limits()
    _server: SocketServer | None = None
    _count: int = 0
    _unknown: dict[ServerConnection, None] = field(factory=dict)  # before their hello, oldest first
    _complaints: Complaints = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._complaints = Complaints(self.log, self.clock)

    async def start(self) -> None:
        """Begins to listen; `port` is the real one from then on. Raises AddressInUseError."""
        _allow_files(2 * self.limits.connections + 64)
        try:
            self._server = await serve(
                self._connection,
                self.host,
                self.port,
                origins=[None, *(Origin(each) for each in self.origins)],
                subprotocols=[Subprotocol(each) for each in (wire.SUBPROTOCOL, *wire.OLD_SUBPROTOCOLS)],
                compression=None,
                process_request=self._request,
                server_header=None,
                logger=_silence(),
                open_timeout=5,
                ping_interval=5,
                ping_timeout=5,
                close_timeout=1,
                max_size=CLIENT_FRAME,
                max_queue=4,
                create_connection=Connection,
            )
        except OSError as fault:
            where = f"{self.host}:{self.port}"
            words = f"Cannot listen on {where} ({fault.strerror or fault}); choose another address or port."
            if fault.errno in {98, 48, 10048}:  # the address is in use: Linux, macOS, Windows
                words = f"Port {self.port} on {self.host} is in use already; stop what uses it, or choose another port."
            raise AddressInUseError(words) from fault
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        """Listens no more; open connections end."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        if request.path != "/":
            return connection.respond(HTTPStatus.NOT_FOUND, "There is nothing here.\n")
        if self._count >= self.limits.connections and self._unknown:
            # Whoever holds connections without a word must not keep others out.
            oldest = next(iter(self._unknown))
            del self._unknown[oldest]
            oldest.transport.abort()
            self._complaints.note("too many connections", address=_address(oldest))
        elif self._count >= self.limits.connections:
            self._complaints.note("too many connections")
            return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections.\n")
        return None

    async def _connection(self, socket: ServerConnection) -> None:
        self._count += 1
        self._unknown[socket] = None
        line = SocketLine(socket, self.limits.outbound)
        writer = asyncio.create_task(line.run())
        seated: Seated | None = None
        try:
            seated = await self._welcome(socket, line)
            self._unknown.pop(socket, None)
            if seated is not None:
                await self._listen(socket, line, seated)
        except ConnectionClosed:
            pass
        except WireError as fault:
            self._complaints.note("malformed frame", address=_address(socket), code=fault.code)
            line.close(fault.code, fault.reason)
        except Exception:
            self.log.exception("connection failed")
            line.close("malformed", "The connection cannot go on.")
        finally:
            self._count -= 1
            self._unknown.pop(socket, None)
            if line.slow:
                self._complaints.note("slow reader cut off", address=_address(socket))
            if seated is not None:
                seated.classroom.leave(seated.guest)
            if line.goodbye:
                # A goodbye is worth waiting for, but not for long: the keepalive ends a connection that is dead.
                with suppress(ConnectionClosed):
                    await writer
            line.open = False
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    async def _welcome(self, socket: ServerConnection, line: SocketLine) -> Seated | None:
        """The first message, which must be a hello and come soon."""
        first = asyncio.ensure_future(socket.recv())
        late = asyncio.ensure_future(self.clock.until(self.clock.now() + self.limits.hello))
        try:
            await asyncio.wait([first, late], return_when=asyncio.FIRST_COMPLETED)
            if not first.done():
                line.close("timeout", "A hello must come within five seconds.")
                return None
            message = _message(await first)
        finally:
            for each in (first, late):
                each.cancel()
            await asyncio.gather(first, late, return_exceptions=True)
        if not isinstance(message, wire.Hello):
            raise WireError("malformed", "The first message of a connection is a hello.")
        seated = self.door.hello(line, message, _address(socket))
        if seated is None:
            self._complaints.note("not let in", address=_address(socket), code=line.goodbye)
        return seated

    async def _listen(self, socket: ServerConnection, line: SocketLine, seated: Seated) -> None:
        bucket = Bucket(self.clock, self.limits.burst, self.limits.every)
        strikes = 0
        async for frame in socket:
            if not line.open:
                return
            message = _message(frame)
            if isinstance(message, wire.Hello):
                raise WireError("malformed", "A connection has one hello.")
            if not bucket.take():
                strikes += 1
                if strikes > self.limits.strikes:
                    self._complaints.note("flood", address=_address(socket))
                    line.close("too_fast", "Too much came from your client.")
                    return
                words = "That was too fast; try again in a moment."
                seated.classroom.refuse(seated.guest, message.id, Refused("too_fast", words))
                continue
            if seated.guest.viewer == WAITING:
                seated.classroom.refuse(seated.guest, message.id, Refused("forbidden", "You are not at the table yet."))
            elif isinstance(message, wire.Command):
                seated.table.command(seated.guest, message)
            elif isinstance(message, wire.Ask):
                seated.table.ask(seated.guest, message)
            else:
                seated.manager.manage(seated.guest, message)


def _message(frame: str | bytes) -> wire.ClientMessage:
    if isinstance(frame, str):
        raise WireError("malformed", "A message is a binary frame.")
    return decode_client(frame)


def _silence() -> logging.Logger:
    """The library reports every broken handshake at length; a stranger could fill the log with them."""
    logger = logging.getLogger(f"{NAME}.sockets")
    logger.setLevel(logging.CRITICAL)
    return logger


def _allow_files(wanted: int) -> None:
    """Many machines let a program open 1,024 files at first, fewer than there may be connections (and handshakes)."""
    try:
        import resource
    except ImportError:  # not on every platform; there other limits hold
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _address(socket: ServerConnection) -> str:
    address = socket.remote_address
    return str(address[0]) if address else ""
