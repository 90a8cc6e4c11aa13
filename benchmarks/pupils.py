"""People of a class for `classroom.py` and `console.py`: they answer, order, talk and endorse, from what they are offered.

Frames are looked at as they arrive (a mark in what somebody wrote, an answer) and read when the pupil wants to do something:
the pupils share one processor, where a class has a machine each.

Run as a program it reads what `class_server.py` printed and lets everybody be busy (`--quiet`: be there) until it is ended.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Callable
from random import Random
from time import perf_counter
from typing import Any

from attrs import define, field
from websockets.asyncio.client import ClientConnection, connect

from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire
from wargame.wire.codec import decode, encode
from wargame.wire.packing import SERVER_FRAME

MARK = re.compile(rb"#(\d+)#")
ANSWERS = (b"\xa1t\xa3ack", b"\xa1t\xa7refused")  # how frames of these kinds begin, after one byte
WORDS = "we should talk before this goes any further. " * 4
PAUSE = 3.0  # seconds between two deeds of a pupil, on average
WORD, DRAFT = 0.5, 0.3  # how often a pupil talks, or drafts an order, when both are possible

Seen = Callable[[int, float], None]


async def open_socket(port: int, path: str = "", **more: Any) -> ClientConnection:
    """A connection to a server on this machine."""
    url = f"ws://127.0.0.1:{port}/{path}"
    return await connect(url, compression=None, max_size=SERVER_FRAME, max_queue=None, proxy=None, open_timeout=60, **more)


@define(eq=False)
class Pupil:
    """One client. `seen` hears of every mark that arrives and when, `answered` of every answer to what it sent."""

    port: int
    luck: Random
    hello: wire.Hello
    seen: Seen
    answered: Callable[[str, float, bool], None]
    frames: list[bytes] = field(factory=list)  # not read yet
    mirror: Mirror | None = None
    offers: list[dict[str, Any]] = field(factory=list)
    person: str = ""
    seq: int = 0
    welcome: int = 0  # bytes of the latest
    socket: ClientConnection | None = None
    task: asyncio.Task[None] | None = None
    heard: dict[str, int] = field(factory=dict)  # bytes by kind of message, for who facilitates

    async def come(self) -> None:
        """Connects and says hello; returns once welcomed."""
        self.socket = await open_socket(self.port, subprotocols=[wire.SUBPROTOCOL])
        hello = encode(wire.Hello(**{**_fields(self.hello), "have": self.seq}))
        await self.socket.send(hello)
        while True:
            frame = await self.socket.recv()
            assert isinstance(frame, bytes), "frames are binary"
            self.frames.append(frame)
            if frame[1:11] == b"\xa1t\xa7welcome":
                self.welcome = len(frame)
                break
        self.task = asyncio.create_task(self._listen(self.socket))

    async def go(self) -> None:
        """The connection breaks."""
        assert self.socket is not None, "it had come"
        assert self.task is not None, "it had come"
        self.read()
        self.socket.transport.abort()
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def send(self, message: wire.ClientMessage) -> None:
        """Sends something."""
        assert self.socket is not None, "it is here"
        await self.socket.send(encode(message))

    async def _listen(self, socket: ClientConnection) -> None:
        async for frame in socket:
            assert isinstance(frame, bytes), "frames are binary"
            now = perf_counter()
            if frame[1:].startswith(ANSWERS):
                message = decode(frame)
                self.answered(message.id, now, isinstance(message, wire.Ack))  # type: ignore[union-attr]
                continue
            for mark in MARK.findall(frame[-2000:]):
                self.seen(int(mark), now)
            self.frames.append(frame)

    def read(self) -> None:
        """Folds what has arrived."""
        for frame in self.frames:
            message = decode(frame)
            match message:
                case wire.Welcome():
                    if message.view is not None:
                        self.mirror = Mirror(message.view)
                    self.seq, self.offers, self.person = message.seq, list(message.offers), message.person
                case wire.Update():
                    assert self.mirror is not None, "a welcome comes first"
                    self.mirror.fold(message.ops)
                    self.seq = message.seq
                    if message.offers is not None:
                        self.offers = list(message.offers)
                case _:
                    self.heard[type(message).__name__] = self.heard.get(type(message).__name__, 0) + len(frame)
        self.frames.clear()

    def wish(self, mark: int) -> tuple[bool, wire.Command]:
        """Something to do, with the mark in its words; whether the whole table hears of it."""
        self.read()
        assert self.mirror is not None, "it was welcomed"
        view = self.mirror.data
        body = self._body(f"#{mark}# {WORDS}")
        return body["do"] == "say", wire.Command(id=str(mark), turn=view["turn"], phase=view["phase"], body=body)

    def _body(self, words: str) -> dict[str, Any]:
        assert self.mirror is not None, "it was welcomed"
        can = {do: [each for each in self.offers if each["ok"] and each["do"] == do] for do in ("endorse", "respond", "order")}
        mine = [each["number"] for each in can["endorse"] if self.person in each["people"]]
        if mine:
            return {"do": "endorse", "number": self.luck.choice(mine)}
        if self.luck.random() < WORD or not (can["respond"] or can["order"]):
            return {"do": "say", "to": None, "text": words}
        offer = self.luck.choice(can["respond"] or can["order"])
        if offer["do"] == "respond":
            option = self.luck.choice([each["id"] for each in offer["options"] if each["ok"]])
            return {"do": "respond", "card": offer["card"], "option": option, "rationale": words, "belief": 50}
        targets = self.luck.choice(offer["choices"]) if offer["targets"] else []
        return {"do": "orders", "orders": [{"action": offer["action"], "targets": targets, "rationale": words}]}


def _fields(hello: wire.Hello) -> dict[str, Any]:
    return {name: getattr(hello, name) for name in ("name", "client", "token", "secret", "table")}


async def busy(pupil: Pupil, number: Callable[[], int]) -> None:
    """Lets a pupil do something every few seconds, for ever."""
    while True:
        await asyncio.sleep(pupil.luck.expovariate(1 / PAUSE))
        await pupil.send(pupil.wish(number())[1])


async def main() -> None:
    """A class that is busy until it is ended."""
    about = json.loads(sys.stdin.readline())
    tokens = [token for each in about["classes"] for table in each["tables"] for token in table]
    pupils = [
        Pupil(
            about["port"],
            Random(number),
            wire.Hello(name=f"Pupil {number}", client="benchmark", token=token),
            lambda *_: None,
            lambda *_: None,
        )
        for number, token in enumerate(tokens)
    ]
    await asyncio.gather(*(pupil.come() for pupil in pupils))
    print("here", flush=True)
    if "--quiet" in sys.argv:
        await asyncio.Future()
    numbers = iter(range(10**9))
    await asyncio.gather(*(busy(pupil, lambda: next(numbers)) for pupil in pupils))


if __name__ == "__main__":
    asyncio.run(main())
