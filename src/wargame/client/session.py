"""A session without a screen: connects, resumes, keeps the mirror, sends each command exactly once.

One task runs `run()`; everything else may be called from other tasks of the same loop. Time, waiting and chance come in
from outside so that tests neither wait nor guess.
"""

from __future__ import annotations

import asyncio
import random as chance
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Protocol
from uuid import uuid4

from attrs import define, field

from wargame.client.address import Address
from wargame.client.door import PUBLIC, Body, Classroom, Connection, Glance, Listener, Outcome, People, Place, Stage
from wargame.client.speech import phrase
from wargame.client.tokens import Tokens
from wargame.client.trouble import Trouble, explain, farewell
from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire
from wargame.wire.codec import WireError, decode, encode

LONGEST_WAIT = 15.0
FIRST_WAIT = 0.5
BATCH = 0.05  # seconds between two calls of a listener: twenty a second


class Socket(Protocol):
    """The little of a WebSocket that a session uses."""

    async def send(self, data: bytes) -> None:
        """Sends one binary frame."""

    async def recv(self) -> Any:
        """The next frame."""

    async def close(self, code: int = 1000) -> None:
        """Ends the connection."""


Connect = Callable[[str], AbstractAsyncContextManager[Any]]


def open_socket(url: str) -> AbstractAsyncContextManager[Any]:
    """A WebSocket to a table. Frames from the server may be large (a whole view), so only compression is off."""
    from websockets.asyncio.client import connect
    from websockets.typing import Subprotocol

    return connect(
        url,
        subprotocols=[Subprotocol(each) for each in (wire.SUBPROTOCOL, *wire.OLD_SUBPROTOCOLS)],
        compression=None,
        max_size=8 * 1024 * 1024,
        open_timeout=8,
        ping_interval=5,
        ping_timeout=10,
        close_timeout=1,
        proxy=None,
    )


class _GapError(Exception):
    """Updates are missing; `whole` when the view itself must come anew."""

    def __init__(self, whole: bool = False) -> None:
        super().__init__()
        self.whole = whole


class _FarewellError(Exception):
    """The server said bye."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble


@define(eq=False)
class _Pending:
    """A message that waits for its answer; `again` when it is safe to send it twice; `sent`: the connection it went out on."""

    message: Any
    answer: asyncio.Future[Any]
    again: bool
    sent: Socket | None = None


@define(eq=False)
class Session:
    """One seat's connection to a table. Implements `Door`.

    Exactly one of `token`, `code`, `secret` is sent in the end; a remembered token goes before a code, and a code is used
    when the server does not know the token any more.
    """

    address: Address
    name: str = ""
    token: str | None = None
    secret: str | None = None
    seat: str | None = None
    at: str | None = None  # which table of the class to see, for who facilitates or watches: its id, name or number
    client: str = "wargame"
    tokens: Tokens | None = None
    connect: Connect = open_socket
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = chance.random
    ticks: Callable[[], float] = time.monotonic
    batch: float = BATCH

    connection: Connection = field(init=False, factory=Connection)
    mirror: Mirror | None = field(init=False, default=None)
    catalog: Mapping[str, Any] = field(init=False, factory=dict)
    offers: list[Mapping[str, Any]] = field(init=False, factory=list)
    room: People = field(init=False, factory=People)
    place: Place = field(init=False, factory=Place)
    you: str = field(init=False, default="")
    table: str = field(init=False, default="")
    classroom: Classroom = field(init=False, factory=Classroom)
    person: str = field(init=False, default="")
    right: str = field(init=False, default="")
    moved: str = field(init=False, default="")  # why one's place is another than it was
    seq: int = field(init=False, default=0)

    _socket: Socket | None = field(init=False, default=None)
    _pending: dict[str, _Pending] = field(init=False, factory=dict)
    _listeners: list[Listener] = field(init=False, factory=list)
    _changed: set[str] = field(init=False, factory=set)
    _flush: asyncio.TimerHandle | None = field(init=False, default=None)
    _flushed: float = field(init=False, default=-1.0e9)
    _ahead: float = field(init=False, default=0.0)  # server's clock less ours, ms
    _attempt: int = field(init=False, default=0)
    _leaving: bool = field(init=False, default=False)
    _changing: bool = field(init=False, default=False)  # places: a new connection follows at once
    _wake: asyncio.Event = field(init=False, factory=asyncio.Event)
    _from_memory: bool = field(init=False, default=False)

    # -- what is known ------------------------------------------------------------------------------------------------

    def glance(self) -> Glance:
        """Everything known now."""
        # A copy: a screen's commands carry the turn and phase that its person saw, not those that came since.
        data = dict(self.mirror.data) if self.mirror is not None else {}
        return Glance(
            self.connection,
            self.catalog,
            data,
            self.offers,
            self.room,
            self.place,
            self.you,
            self.table,
            self.classroom,
            self.person,
            self.right,
            self.moved,
        )

    def clock(self) -> float:
        """This machine's clock in seconds."""
        return self.ticks()

    def now(self) -> int:
        """The server's clock in ms."""
        return round(self.ticks() * 1000 + self._ahead)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with the names of what changed, in batches."""
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def _note(self, *names: str) -> None:
        self._changed.update(names)
        if self._flush is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._flushed + self.batch - loop.time())
            self._flush = loop.call_later(wait, self._tell)

    def _tell(self) -> None:
        self._flush = None
        self._flushed = asyncio.get_running_loop().time()
        names = frozenset(self._changed)
        self._changed.clear()
        for listener in list(self._listeners):
            listener(names)

    def _set(self, stage: Stage, reason: str = "", **more: Any) -> None:
        connection = Connection(stage, reason, **more)
        if connection != self.connection:
            self.connection = connection
            self._note("connection")

    # -- staying connected --------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Connects, and again after every loss, until closed or told to go."""
        self._leaving = False
        self._remember()
        again_at_once = False
        while not self._leaving:
            if self.connection.stage is not Stage.LOST or again_at_once:
                self._set(Stage.CONNECTING)
            again_at_once = False
            trouble = await self._visit()
            if self._leaving:
                break
            if self._changing:
                self._changing, again_at_once = False, True
                continue
            if trouble is None:  # a gap: the missing updates are asked for on a new connection
                self._attempt += 1
                if self._attempt <= 2:
                    again_at_once = True
                    continue
                trouble = Trouble("gap", phrase("Updates went missing on the way; asking for them again."))
            if self._fall_back(trouble):
                again_at_once = True
                continue
            if trouble.final:
                self._end(trouble)
                return
            await self._wait(trouble.words)
        self._end(Trouble("left", phrase("You have left the table; join again with the same code to return to your seat.")))

    def _remember(self) -> None:
        if self.token is None and self.secret is None and self.tokens is not None and self.address.code:
            self.token = self.tokens.get(self.address.server, self.address.code)
            self._from_memory = self.token is not None

    def _fall_back(self, trouble: Trouble) -> bool:
        """A remembered token that is not known any more: joins with the code instead, once."""
        if trouble.code != "token" or not self._from_memory or not self.address.code:
            return False
        if self.tokens is not None:
            self.tokens.forget(self.address.server, self.address.code)
        self.token, self._from_memory, self.seq = None, False, 0
        return True

    async def _visit(self) -> Trouble | None:
        """One connection from start to end; None after a gap."""
        try:
            async with self.connect(self.address.url) as socket:
                try:
                    await socket.send(encode(self._hello()))
                    self._socket = socket
                    while True:
                        frame = await socket.recv()
                        if not isinstance(frame, bytes):
                            raise WireError("malformed", "a text frame")
                        await self._receive(decode(frame))
                finally:
                    self._socket = None
                    self._give_up_once_only()
        except _GapError as gap:
            if gap.whole:
                self.seq = 0
            return None
        except _FarewellError as bye:
            return bye.trouble
        except asyncio.CancelledError:
            raise
        except (WireError, KeyError, TypeError, IndexError, ValueError) as problem:
            self.seq = 0  # the mirror may be half changed: take it whole
            return explain(problem, self.address, was_in=bool(self.you))
        except Exception as problem:
            return explain(problem, self.address, was_in=bool(self.you))

    def _give_up_once_only(self) -> None:
        """What must not be done twice is not sent again: its sender is told."""
        for number, pending in list(self._pending.items()):
            if not pending.again:
                self._answer(
                    number,
                    {"error": phrase("The connection was lost before the answer came; look at the room, then try again.")},
                )

    def _hello(self) -> wire.Hello:
        code = self.address.code or None
        return wire.Hello(
            name=self.name,
            client=self.client,
            token=self.token if self.secret is None else None,
            code=code if self.token is None and self.secret is None else None,
            secret=self.secret,
            table=self.at if self.secret is not None or self.seat == PUBLIC else None,
            seat=self.seat,
            have=self.seq if self.mirror is not None else 0,
        )

    async def _wait(self, reason: str) -> None:
        self._attempt += 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (self._attempt - 1)) * (0.5 + 0.5 * self.random())
        self._set(Stage.LOST, reason, retry_at=self.clock() + wait)
        self._wake.clear()
        waits = [asyncio.ensure_future(self.sleep(wait)), asyncio.ensure_future(self._wake.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    def retry(self) -> None:
        """Ends a wait and tries now."""
        self._wake.set()

    async def look_at(self, table: str) -> None:
        """Goes to another table of the class, as a facilitator may; the view there follows."""
        if (self.secret is not None or self.seat == PUBLIC) and table not in (self.table, self.at):
            self.at, self.seq, self._changing = table, 0, True
            await self._hang_up()

    async def close(self) -> None:
        """Leaves the table; `run` returns."""
        self._leaving = True
        self._wake.set()
        await self._hang_up()

    async def _hang_up(self) -> None:
        if self._socket is not None:
            with suppress(Exception):
                await self._socket.close()

    def _end(self, trouble: Trouble) -> None:
        self._set(Stage.CLOSED, trouble.words, again=trouble.again, code=trouble.code)
        for pending in self._pending.values():
            if not pending.answer.done():
                pending.answer.set_result(None)
        self._pending.clear()

    # -- what the server says -----------------------------------------------------------------------------------------

    async def _receive(self, message: object) -> None:
        match message:
            case wire.Update():
                self._update(message)
            case wire.Welcome():
                await self._welcome(message)
            case wire.Lobby():
                self.place = Place(message.table, message.title, list(message.seats), message.place, message.note)
                self._attempt = 0
                self._set(Stage.LOBBY)
                self._note("lobby")
            case wire.Ack():
                self._answer(message.id, Outcome(True))
            case wire.Refused():
                self._answer(message.id, Outcome(False, message.code, message.reason))
            case wire.Answer():
                self._answer(message.id, dict(message.body))
            case wire.Room():
                self.room = People(list(message.people), message.locked, list(message.requests), bool(message.muted))
                self._note("room")
            case wire.Classroom():
                self._class(message)
            case wire.Moved():
                self._move(message)
                raise _GapError(whole=True)
            case wire.Bye():
                raise _FarewellError(farewell(message.code, message.reason))
            case _:
                raise WireError("malformed", "not a message of a server")

    async def _welcome(self, welcome: wire.Welcome) -> None:
        if welcome.view is None and (self.mirror is None or welcome.you != self.you):
            raise _GapError(whole=True)
        if welcome.view is not None:
            self.mirror = Mirror(dict(welcome.view))
            self.seq = welcome.seq
        self.you, self.table = welcome.you, welcome.table
        self.person, self.right = welcome.person, welcome.right
        self.catalog = welcome.catalog
        self.offers = list(welcome.offers)
        if welcome.token:
            self.token = welcome.token
            if self.tokens is not None and self.address.code:
                self.tokens.put(self.address.server, self.address.code, welcome.token)
        self._ahead = welcome.now - self.ticks() * 1000
        self._attempt = 0
        self._set(Stage.LIVE)
        self._note("welcome", "mirror", "offers")
        for pending in list(self._pending.values()):
            await self._send(pending)

    def _class(self, message: wire.Classroom) -> None:
        seconds, times = message.auto_extend
        self.classroom = Classroom(
            message.code,
            message.locked,
            message.waiting,
            (seconds, times),
            list(message.tables),
            list(message.lobby),
            list(message.people),
        )
        self._note("classroom")

    def _move(self, moved: wire.Moved) -> None:
        self.token, self._from_memory, self._changing = moved.token, False, True
        if self.tokens is not None and self.address.code:
            self.tokens.put(self.address.server, self.address.code, moved.token)
        self.moved = moved.reason
        # What was meant for the place before must not be done at the next.
        for number, pending in list(self._pending.items()):
            if isinstance(pending.message, wire.Command):
                self._answer(
                    number,
                    Outcome(False, "stale_phase", phrase("You were moved before this was done; your draft is kept.")),
                )
        self._note("moved")

    def _update(self, update: wire.Update) -> None:
        if self.mirror is None or update.seq > self.seq + 1:
            raise _GapError(whole=self.mirror is None)
        self._ahead = update.now - self.ticks() * 1000
        if update.seq <= self.seq:
            return
        self.mirror.fold(update.ops)
        self.seq = update.seq
        self._note("mirror")
        if update.offers is not None:
            self.offers = list(update.offers)
            self._note("offers")

    def _answer(self, number: str, answer: object) -> None:
        pending = self._pending.pop(number, None)
        if pending is not None and not pending.answer.done():
            pending.answer.set_result(answer)

    # -- what this side says ------------------------------------------------------------------------------------------

    async def _send(self, pending: _Pending) -> None:
        """Sends if there is a connection; what is pending goes again with the next one, but never twice on one: a welcome in
        the midst of a connection (the game was set back, say) is no loss of what is on its way."""
        socket = self._socket
        if socket is None or self.connection.stage is not Stage.LIVE or pending.sent is socket:
            return
        pending.sent = socket
        with suppress(Exception):
            await socket.send(encode(pending.message))

    async def _exchange(self, message: Any, again: bool = True) -> Any:
        if self.connection.stage is Stage.CLOSED:
            return None
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        pending = self._pending[message.id] = _Pending(message, answer, again)
        await self._send(pending)
        try:
            return await answer
        finally:
            self._pending.pop(message.id, None)

    async def do(self, body: Body, *, seen: tuple[int, str] | None = None) -> Outcome:
        """Sends a command; sent again with the same id after a lost connection, until it is answered."""
        if seen is None:
            data = self.mirror.data if self.mirror is not None else {}
            seen = (int(data.get("turn", 0)), str(data.get("phase", "")))
        command = wire.Command(id=uuid4().hex, turn=seen[0], phase=seen[1], body=dict(body))
        outcome = await self._exchange(command)
        if isinstance(outcome, Outcome):
            return outcome
        if isinstance(outcome, dict):
            return Outcome(True)
        return Outcome(False, "closed", phrase("The connection is closed, so nothing was sent; your draft is kept."))

    async def ask(self, body: Body) -> Body:
        """Puts a question."""
        return self._body(await self._exchange(wire.Ask(id=uuid4().hex, body=dict(body))))

    async def manage(self, body: Body) -> Body:
        """The facilitator's hand on seats and table."""
        return self._body(await self._exchange(wire.Manage(id=uuid4().hex, body=dict(body)), again=False))

    @staticmethod
    def _body(answer: object) -> Body:
        if isinstance(answer, dict):
            return answer
        if isinstance(answer, Outcome) and not answer.ok:
            return {"error": answer.reason or answer.code}
        return {"error": phrase("The connection is closed.")}
