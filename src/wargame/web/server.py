"""The server of the page: serves it, checks who opens it, and keeps one process for each player."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Coroutine
from html import escape
from http import HTTPStatus
from importlib.resources import files
from secrets import token_urlsafe
from types import MappingProxyType
from typing import Any, Self

from attrs import define, field
from websockets.asyncio.server import Server as SocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from wargame.client.address import CODE, Address, tidy_code
from wargame.web.guard import (
    LONGEST_MESSAGE,
    Hello,
    NonsenseError,
    RefusedError,
    WrongCodeError,
    host_of,
    is_ours,
    read_hello,
    read_input,
    same_origin,
)
from wargame.web.nursery import Nursery
from wargame.web.packets import meta
from wargame.web.sitting import Sitting, say_goodbye, start_sitting
from wargame_server.access import Bucket, Failures
from wargame_server.clock import Clock, SystemClock
from wargame_server.listener import AddressInUseError

MOST = 40  # players at once, where nothing else is said
GRACE = 180.0  # seconds for which a process waits for its page to come back
AT_ONCE = 3  # processes that start at the same time
STARTS = (60, 1_000)  # processes at once, and ms until one more may start
INPUT = (300, 4)  # messages of a page at once, and ms until one more is taken
HELLO = 10.0  # seconds until the first message
OTHERS = 200  # connections beyond the players' that wait for something
LINE = "/line"

TYPES = MappingProxyType({"html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css"})
ASSETS = MappingProxyType(
    {
        "/page.js": "page.js",
        "/page.css": "page.css",
        "/xterm.js": "xterm/xterm.js",
        "/xterm.css": "xterm/xterm.css",
        "/addon-fit.js": "xterm/addon-fit.js",
        "/addon-unicode11.js": "xterm/addon-unicode11.js",
        "/LICENSE": "xterm/LICENSE",
    }
)


@define(eq=False)
class WebServer:
    """Serves the players of one class, whose table is at `address` (its join code with it).

    `shown`: where players reach that table from a terminal of their own. `names`: what this machine is called, if the
    page is opened by a name. `most`: players at once. Raises AddressInUseError and NoForkError from `start`.
    """

    address: Address
    host: str = "0.0.0.0"
    port: int = 0
    most: int = MOST
    names: Collection[str] = ()
    shown: str = ""
    grace: float = GRACE
    clock: Clock = field(factory=SystemClock)
    sittings: dict[str, Sitting] = field(init=False, factory=dict)
    _server: SocketServer | None = field(init=False, default=None)
    _nursery: Nursery = field(init=False, factory=Nursery)
    _failures: Failures = field(init=False)
    _starts: Bucket = field(init=False)
    _gate: asyncio.Semaphore = field(init=False)
    _starting: int = field(init=False, default=0)
    _lines: int = field(init=False, default=0)
    _evening: asyncio.Task[None] | None = field(init=False, default=None)
    _closing: set[asyncio.Task[None]] = field(init=False, factory=set)

    def __attrs_post_init__(self) -> None:
        self._failures = Failures(self.clock)
        self._starts = Bucket(self.clock, *STARTS)
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begins to listen; `port` is the real one from then on."""
        self._nursery.check()
        logger = logging.getLogger("wargame.web.quiet")
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        try:
            self._server = await serve(
                self._line,
                self.host,
                self.port,
                process_request=self._request,
                compression=None,
                server_header=None,
                logger=logger,
                open_timeout=5,
                ping_interval=10,
                ping_timeout=10,
                close_timeout=1,
                max_size=LONGEST_MESSAGE,
                max_queue=8,
            )
        except OSError as fault:
            raise AddressInUseError(
                f"The page cannot be served on {self.host}:{self.port} ({fault.strerror or fault}); choose another port."
            ) from fault
        self.port = next(iter(self._server.sockets)).getsockname()[1]
        self._evening = asyncio.create_task(self._tidy())

    async def stop(self) -> None:
        """Ends every process and listens no more. Players who come back later take their seats again."""
        if self._evening is not None:
            self._evening.cancel()
        if self._server is not None:
            self._server.close()  # first, or a page that lost its connection would be back at once
            await self._server.wait_closed()
        await asyncio.gather(*(sitting.close() for sitting in list(self.sittings.values())), *self._closing)
        await self._nursery.stop()

    # -- pages --------------------------------------------------------------------------------------------------------

    async def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        header = request.headers.get("Host", "")
        if not is_ours(host_of(header), self.names):
            return _answer(HTTPStatus.MISDIRECTED_REQUEST, "Open the page under the address on the board.\n")
        path = request.path.partition("?")[0]
        if path == LINE:
            if not same_origin(request.headers.get("Origin"), header):
                return _answer(HTTPStatus.FORBIDDEN, "Another page may not play here.\n")
            if self._lines >= self.most + OTHERS:
                return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections.\n")
            return None
        if path in ASSETS:
            kept = files("wargame.web").joinpath("page", ASSETS[path]).read_bytes()
            return _answer(HTTPStatus.OK, kept, TYPES.get(path.rpartition(".")[2], "text/plain; charset=utf-8"), header)
        if path == "/" or CODE.match(tidy_code(path[1:20])):
            return _answer(HTTPStatus.OK, self._page(), TYPES["html"], header)
        return _answer(HTTPStatus.NOT_FOUND, "There is nothing here.\n")

    def _page(self) -> bytes:
        """The page; the code is not in it, since whoever opens it without the link has to know it."""
        page = files("wargame.web").joinpath("page", "index.html").read_text(encoding="utf-8")
        return page.replace("{server}", escape(self.shown or self.address.server)).encode()

    # -- players ------------------------------------------------------------------------------------------------------

    async def _line(self, socket: ServerConnection) -> None:
        self._lines += 1
        sitting: Sitting | None = None
        try:
            async with asyncio.timeout(HELLO):
                first = await socket.recv()
            sitting = await self._seated(socket, first)
            await self._listen(socket, sitting)
        except RefusedError as refused:
            await say_goodbye(socket, str(refused), come_back=refused.come_back)
        except NonsenseError:
            await socket.close(1008)
        except (TimeoutError, ConnectionClosed):
            pass
        finally:
            self._lines -= 1
            if sitting is not None:
                sitting.detach(socket)

    async def _seated(self, socket: ServerConnection, first: object) -> Sitting:
        peer = str((socket.remote_address or ("",))[0])
        if self._failures.blocked(peer):
            raise RefusedError("Too many wrong codes came from here. Wait a minute, then try again.")
        try:
            hello = read_hello(first, self.address.code)
        except WrongCodeError:
            self._failures.note(peer)
            raise
        sitting = self.sittings.get(hello.sitting)
        if sitting is None:
            sitting = await self._started(hello)
        before = sitting.attach(socket, hello.columns, hello.rows)
        await socket.send(json.dumps(["sitting", sitting.key]))
        if before is not None:
            self._aside(say_goodbye(before, "This game was opened on another page."))
        return sitting

    async def _started(self, hello: Hello) -> Sitting:
        if len(self.sittings) + self._starting >= self.most:
            await self._make_room()
        if not self._starts.take():
            raise RefusedError("Many are joining at this moment. It is tried again by itself.", come_back=True)
        self._starting += 1
        try:
            async with self._gate:
                sitting = await start_sitting(self._nursery, token_urlsafe(24), self.address, hello, self._ended)
            self.sittings[sitting.key] = sitting
        finally:
            self._starting -= 1
        sitting.begin()
        return sitting

    async def _make_room(self) -> None:
        """A place whose page has been gone longest is free for somebody new: its player's seat is kept elsewhere."""
        gone = [each for each in self.sittings.values() if each.socket is None]
        if not gone:
            raise RefusedError(
                f"All {self.most} places in the browser are taken. Tell your teacher, who can allow more, "
                "or join in a terminal."
            )
        await min(gone, key=lambda each: each.left_at).close()

    def _ended(self, sitting: Sitting) -> None:
        self.sittings.pop(sitting.key, None)

    async def _listen(self, socket: ServerConnection, sitting: Sitting) -> None:
        bucket = Bucket(self.clock, *INPUT)
        async for message in socket:
            while not bucket.take():
                await self.clock.until(self.clock.now() + INPUT[1] * 10)
            kind, said = read_input(message)
            if sitting.socket is not socket:
                return
            if kind == "stdin":
                await sitting.typed(said)
            elif kind == "resize":
                sitting.write(meta("resize", width=said[0], height=said[1]))
            elif kind == "ping":
                await socket.send(json.dumps(["pong", said]))
            else:
                sitting.write(meta(kind))

    # -- whoever does not come back -----------------------------------------------------------------------------------

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(self.grace / 4)
            now = asyncio.get_running_loop().time()
            for sitting in list(self.sittings.values()):
                if sitting.socket is None and now - sitting.left_at >= self.grace:
                    self._aside(sitting.close())

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _answer(status: HTTPStatus, body: str | bytes, kind: str = "text/plain; charset=utf-8", host: str = "") -> Response:
    """A response with everything that keeps a page to itself: no request elsewhere, no frame around it, no guessing."""
    content = body.encode() if isinstance(body, str) else body
    sockets = f"'self' ws://{host} wss://{host}" if host else "'self'"
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
        f"connect-src {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = Headers(
        {
            "Content-Type": kind,
            "Content-Length": str(len(content)),
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
            "Connection": "close",
        }
    )
    return Response(status.value, status.phrase, headers, content)
