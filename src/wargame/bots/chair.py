"""A bot's chair at a table: its own WebSocket connection, like anybody's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

from attrs import define, field
from websockets.asyncio.client import ClientConnection, connect

from wargame.bots.bot import Bot
from wargame.bots.driver import Driver
from wargame.wire import messages as wire
from wargame.wire.codec import decode, encode
from wargame.wire.packing import SERVER_FRAME


class TurnedAwayError(ConnectionError):
    """The server said goodbye; the argument is its reason."""


@define(eq=False)
class Chair:
    """A connection with a driver on it. `heard` is called with every message received, after the driver took it in."""

    socket: ClientConnection
    driver: Driver
    heard: Callable[[wire.ServerMessage], None] = field(default=lambda _: None)

    async def attend(self) -> None:
        """Plays by itself until the game is over: whenever there is something to do, it does it at once."""
        while self.driver.data.get("status") != "over":
            command = self.driver.next()
            if command is not None:
                await self.socket.send(encode(command))
            await self.hear()

    async def act(self, *, sealing: bool) -> bool:
        """Gives at most one command and waits until it is answered; whether there was one.

        Before that everything the server has sent so far is taken in, so what the bot does depends on nothing but what
        happened before.
        """
        await self.catch_up()
        command = self.driver.next(sealing=sealing)
        if command is None:
            return False
        await self.socket.send(encode(command))
        while self.driver.waiting:
            await self.hear()
        return True

    async def catch_up(self) -> None:
        """Takes in all that was sent before now: asks something and waits for the answer, which comes behind it."""
        number = uuid4().hex
        await self.socket.send(encode(wire.Ask(id=number, body={"what": "score"})))
        await self.until_answered(number)

    async def do(self, body: wire.Plain) -> wire.Refused | None:
        """Gives a command of the caller's own and waits for the answer; the refusal, if it was one."""
        number = uuid4().hex
        data = self.driver.data
        command = wire.Command(id=number, turn=data.get("turn", 0), phase=data.get("phase") or "setup", body=body)
        await self.socket.send(encode(command))
        return await self.until_answered(number)

    async def until_answered(self, number: str) -> wire.Refused | None:
        """Hears messages until the one that answers this id."""
        while True:
            message = await self.hear()
            if isinstance(message, wire.Ack | wire.Answer | wire.Refused) and message.id == number:
                return message if isinstance(message, wire.Refused) else None

    async def hear(self) -> wire.ServerMessage:
        """Takes in one message."""
        frame = await self.socket.recv()
        message = decode(frame if isinstance(frame, bytes) else frame.encode())
        if isinstance(message, wire.Bye):
            raise TurnedAwayError(message.reason)
        self.driver.receive(message)
        self.heard(message)
        return message


@asynccontextmanager
async def seated(
    url: str,
    hello: wire.Hello,
    make: Callable[[wire.Welcome], Bot],
    heard: Callable[[wire.ServerMessage], None] = lambda _: None,
) -> AsyncIterator[Chair]:
    """A chair that was welcomed, while the block runs. Raises TurnedAwayError where the server lets nobody in."""
    async with connect(url, subprotocols=[wire.SUBPROTOCOL], compression=None, max_size=SERVER_FRAME, proxy=None) as socket:  # type: ignore[list-item]
        chair = Chair(socket, Driver(make), heard)
        await socket.send(encode(hello))
        while not isinstance(await chair.hear(), wire.Welcome):
            pass
        yield chair
