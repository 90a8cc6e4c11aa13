"""How long until everybody knows: one client's message to the last of N mirrors that show it, beside a bare broadcast.

Our server decides, projects for every seat, keeps the event in its journal (synced to disk) and then sends; the bare one sends.
Server and clients are a process each.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from time import perf_counter

from websockets.asyncio.client import ClientConnection, connect

from measure import percentile, process, table
from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire
from wargame.wire.codec import decode, encode
from wargame.wire.packing import SERVER_FRAME

CROWDS = (8, 30, 200)
MESSAGES = 120
WARM_UP = 10
TEXT = "A word to all of you: " + "we should talk before this goes any further. " * 4


class Crowd:
    """Clients that count what arrives; `everybody` is set when all have the message that was sent last."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.have = 0
        self.everybody = asyncio.Event()

    def arrived(self) -> None:
        """One more has it."""
        self.have += 1
        if self.have == self.count:
            self.everybody.set()

    async def times(self, send: Callable[[int], Awaitable[None]]) -> list[float]:
        """Milliseconds from sending to the last arrival, for each message."""
        times = []
        for number in range(WARM_UP + MESSAGES):
            self.have = 0
            self.everybody.clear()
            start = perf_counter()
            await send(number)
            await self.everybody.wait()
            times.append(1000 * (perf_counter() - start))
        return times[WARM_UP:]


async def listen_bare(socket: ClientConnection, crowd: Crowd) -> None:
    """Takes frames and looks at nothing."""
    async for _ in socket:
        crowd.arrived()


async def listen(socket: ClientConnection, crowd: Crowd, mirror: Mirror) -> None:
    """Takes frames and keeps a mirror, as a client does."""
    async for frame in socket:
        assert isinstance(frame, bytes), "frames are binary"
        message = decode(frame)
        if isinstance(message, wire.Update):
            mirror.fold(message.ops)
            if any(op[:2] == ["push", "messages"] for op in message.ops):
                crowd.arrived()


async def bare(count: int, frame: bytes) -> list[float]:
    """The yardstick: the same bytes to as many clients."""
    with process("bare.py") as line:
        async with AsyncExitStack() as stack:
            crowd = Crowd(count)
            url = f"ws://127.0.0.1:{line.split()[0]}/"
            sockets = [await stack.enter_async_context(connect(url, compression=None, proxy=None)) for _ in range(count)]
            tasks = [asyncio.create_task(listen_bare(socket, crowd)) for socket in sockets]
            times = await crowd.times(lambda _: sockets[0].send(frame))
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return times


async def ours(count: int) -> tuple[list[float], bytes]:
    """Our server with a client in every seat; also the frame that each gets."""
    with process("fanout_server.py", str(count)) as line:
        about = json.loads(line)
        async with AsyncExitStack() as stack:
            crowd = Crowd(count)
            url = f"ws://127.0.0.1:{about['port']}/"
            sockets, mirrors, tasks = [], [], []
            for number, token in enumerate(about["tokens"]):
                socket = await stack.enter_async_context(
                    connect(url, subprotocols=[wire.SUBPROTOCOL], compression=None, max_size=SERVER_FRAME, proxy=None)  # type: ignore[list-item]
                )
                await socket.send(encode(wire.Hello(name=f"Client {number}", client="fanout", token=token)))
                sockets.append(socket)
                mirrors.append(await welcomed(socket))
                # Everybody hears of everybody who comes: a client that did not listen meanwhile would be let go as too slow.
                tasks.append(asyncio.create_task(listen(socket, crowd, mirrors[-1])))

            async def say(number: int) -> None:
                body = {"do": "say", "to": None, "text": TEXT}
                await sockets[0].send(encode(wire.Command(id=f"say-{number}", turn=1, phase="talk", body=body)))

            times = await crowd.times(say)
            frame = encode(wire.Update(seq=1, ops=[["push", "messages", mirrors[-1].data["messages"][-1]]], offers=None, now=0))
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return times, frame


async def welcomed(socket: ClientConnection) -> Mirror:
    """The mirror that a client starts with."""
    while True:
        frame = await socket.recv()
        assert isinstance(frame, bytes), "frames are binary"
        message = decode(frame)
        if isinstance(message, wire.Welcome) and message.view is not None:
            return Mirror(message.view)


async def main() -> None:
    """Measures and prints."""
    rows = []
    for count in CROWDS:
        mine, frame = await ours(count)
        theirs = await bare(count, frame)
        halves = percentile(mine, 0.5), percentile(theirs, 0.5)
        tails = percentile(mine, 0.99), percentile(theirs, 0.99)
        rows.append(
            [
                f"{count} clients, {len(frame)} bytes",
                *(f"{each:.2f}" for each in (halves[0], tails[0], halves[1], tails[1])),
                f"{halves[0] / halves[1]:.1f}",
            ]
        )
    print(table(["to the last mirror (ms)", "ours p50", "p99", "bare p50", "p99", "times"], rows))


if __name__ == "__main__":
    asyncio.run(main())
