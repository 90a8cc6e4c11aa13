"""A door without a network: feeds a made-up game to the screens and notes what they send."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable, Mapping
from typing import Any

from wargame.client.door import Classroom, Connection, Glance, Listener, Outcome, People, Place, Stage
from wargame.engine.mirror import Mirror


class ScriptedDoor:
    """Says what the test tells it to; answers every command with `outcome` and every question from `answers`."""

    def __init__(self, you: str, catalog: Mapping[str, Any], view: Mapping[str, Any], offers: list[Any]) -> None:
        self.you, self.catalog, self.offers = you, copy.deepcopy(dict(catalog)), copy.deepcopy(offers)
        self.mirror = Mirror(copy.deepcopy(dict(view)))
        self.connection = Connection(Stage.LIVE)
        self.room, self.place = People(), Place()
        self.table = "KT7M-P2QX"
        self.classroom, self.person, self.right, self.moved = Classroom(), "", "", ""
        self.commands: list[tuple[dict[str, Any], tuple[int, str] | None]] = []
        self.questions: list[dict[str, Any]] = []
        self.managed: list[dict[str, Any]] = []
        self.outcome = Outcome(True)
        self.hold: asyncio.Event | None = None  # set: commands are answered when it is set
        self.answers: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda body: {}
        self.retries = 0
        self.closed = False
        self.time = 1000.0
        self._listeners: list[Listener] = []

    def glance(self) -> Glance:
        known = self.connection.stage not in (Stage.CONNECTING, Stage.LOBBY) or bool(self.you)
        data = dict(self.mirror.data) if known else {}
        return Glance(
            self.connection,
            self.catalog if known else {},
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
        return self.time

    def now(self) -> int:
        return int(self.time * 1000)

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def run(self) -> None:
        return None

    async def look_at(self, table: str) -> None:
        self.table = table
        self.tell("welcome", "mirror", "offers")

    async def close(self) -> None:
        self.closed = True
        self.be(Stage.CLOSED, "You have left the table.")

    def retry(self) -> None:
        self.retries += 1

    async def do(self, body: Mapping[str, Any], *, seen: tuple[int, str] | None = None) -> Outcome:
        self.commands.append((dict(body), seen))
        if self.hold is not None:
            await self.hold.wait()
        return self.outcome

    async def ask(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.questions.append(dict(body))
        return self.answers(body)

    async def manage(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.managed.append(dict(body))
        return self.answers(body)

    # what a test does

    def tell(self, *names: str) -> None:
        """Calls the listeners."""
        for listener in list(self._listeners):
            listener(frozenset(names or ("mirror", "offers")))

    def feed(self, *ops: Any, offers: list[Any] | None = None) -> None:
        """An update arrives."""
        self.mirror.fold(list(ops))
        if offers is not None:
            self.offers = offers
        self.tell()

    def be(self, stage: Stage, reason: str = "", **more: Any) -> None:
        """The connection changes."""
        self.connection = Connection(stage, reason, **more)
        self.tell("connection")
