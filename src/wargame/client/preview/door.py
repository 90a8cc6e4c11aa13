"""A door to a workshop: the same screens, no server, and a seat that can be changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from wargame.analysis.workshop.workshop import Workshop
from wargame.client.door import PUBLIC, WHITE_CELL, Body, Connection, Glance, Listener, Outcome, Stage
from wargame.engine.commands import Refused

T = TypeVar("T")

TABLE = "preview"
NO_TABLE = "A preview has no table: nobody joins, and nobody waits for a clock."


class PreviewDoor:
    """Somebody's place at the workshop's game. Implements `Door`.

    What takes long (`at_work`) runs in a thread, one thing at a time, while the screens go on showing what was.
    """

    def __init__(self, workshop: Workshop, you: str) -> None:
        self.workshop, self.you = workshop, you
        self.busy = ""  # what is being done, for people
        self._lock = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._closed = False

    # -- what is known ------------------------------------------------------------------------------------------------

    @property
    def viewer(self) -> int:
        """The viewer number of whose eyes these are."""
        return self.workshop.viewer(self.you)

    @property
    def places(self) -> tuple[str, ...]:
        """Everybody whose eyes there are: the seats in play, the public, the facilitator."""
        program, state = self.workshop.program, self.workshop.state
        return (*(program.seats[seat] for seat in state.seats), PUBLIC, WHITE_CELL)

    def glance(self) -> Glance:
        """Everything known now."""
        shop, viewer = self.workshop, self.viewer
        connection = Connection(Stage.CLOSED if self._closed else Stage.LIVE)
        view, offers = shop.view(viewer), shop.offers(viewer)
        return Glance(connection, shop.catalog(viewer), view, offers, you=self.you, table=TABLE)

    def clock(self) -> float:
        """This machine's clock in seconds."""
        return time.monotonic()

    def now(self) -> int:
        """The same in ms: no deadline stands in a preview."""
        return round(time.monotonic() * 1000)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after every change."""
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def tell(self) -> None:
        """Says that everything may have changed."""
        for listener in list(self._listeners):
            listener(frozenset({"mirror", "offers", "welcome"}))

    # -- what is done -------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Nothing is to be connected."""

    async def look_at(self, table: str) -> None:
        """There is no other table."""

    async def close(self) -> None:
        """Leaves."""
        self._closed = True

    def retry(self) -> None:
        """There is nothing to try again."""

    async def do(self, body: Body, *, seen: tuple[int, str] | None = None) -> Outcome:
        """What a player, or the facilitator, does."""
        async with self._lock:
            turn, phase = seen or (self.workshop.state.turn, self.workshop.state.phase_id(self.workshop.program))
            refused = self.workshop.do(self.viewer, body, turn, phase)
        if isinstance(refused, Refused):
            return Outcome(False, refused.code, refused.reason)
        self.tell()
        return Outcome(True)

    async def at_work(self, words: str, work: Callable[[], T]) -> T:
        """Does something to the game in a thread; whoever listens is told before and after. Raises what `work` raises."""
        async with self._lock:
            self.busy = words
            self.tell()
            try:
                return await asyncio.to_thread(work)
            finally:
                self.busy = ""
                if self.you not in self.places:
                    self.you = self.places[0]
                self.tell()

    async def ask(self, body: Body) -> Body:
        """Puts a player's question."""
        answer = self.workshop.ask(self.viewer, body)
        return {"error": answer.reason} if isinstance(answer, Refused) else answer

    async def manage(self, body: Body) -> Body:
        """There is no table to manage."""
        return {"error": NO_TABLE}
