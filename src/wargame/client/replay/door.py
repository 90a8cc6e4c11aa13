"""A door to a game on record: the same screens, nothing can be done, and both the moment and the seat can be changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from wargame.analysis.meters import coverage, minutes_left
from wargame.analysis.reel import Reel
from wargame.client.door import PUBLIC, WHITE_CELL, Body, Connection, Glance, Listener, Outcome, People, Stage
from wargame.client.speech import later, phrase
from wargame.engine.commands import Refused
from wargame.engine.offers import offers
from wargame.engine.questions import answer

NO_DOING = later("This is a replay: what happened has happened, and nothing can be done in it.")
NO_TABLE = later("This is a replay: nobody sits at its table any more.")


class ReplayDoor:
    """Somebody's place at a moment of a game on record. Implements `Door`. `at`: a position of the reel."""

    def __init__(self, reel: Reel, you: str, at: int) -> None:
        self.reel, self.you, self.at = reel, you, at
        self._listeners: list[Listener] = []
        self._closed = False

    # -- what is known ------------------------------------------------------------------------------------------------

    @property
    def places(self) -> tuple[str, ...]:
        """Everybody whose eyes there are: the facilitator, the seats that were played, the public."""
        program = self.reel.chronicle.base
        played = self.reel.chronicle.state.seats or range(len(program.seats))
        return (WHITE_CELL, *(program.seats[seat] for seat in played), PUBLIC)

    def viewer(self, place: str = "") -> int:
        """The viewer number of a place, by default that of these eyes."""
        program, place = self.reel.chronicle.base, place or self.you
        others = {PUBLIC: program.public, WHITE_CELL: program.white_cell}
        return others[place] if place in others else program.seats.index(place)

    def glance(self) -> Glance:
        """Everything known at the moment."""
        reel, viewer = self.reel, self.viewer()
        stage = Stage.CLOSED if self._closed else Stage.RECORD
        connection = Connection(stage, f"{self.at}/{len(reel)}")
        people = [
            {"person": each.id, "name": each.name, "seat": each.seat, "connected": True, "bot": each.bot}
            for each in reel.chronicle.people.values()
        ]
        return Glance(
            connection,
            reel.catalog(viewer, self.at),
            reel.view(viewer, self.at),
            offers(*reel.state(self.at), viewer),
            People(people),
            you=self.you,
            table=reel.chronicle.name,
            right="control" if self.you == WHITE_CELL else "",
        )

    def clock(self) -> float:
        """The clock of the game's server, in seconds."""
        return self.now() / 1000

    def now(self) -> int:
        """The same in ms, as of the moment."""
        moment = self.reel.moment(self.at)
        return moment.entry.at if moment is not None else 0

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after every change."""
        self._listeners.append(listener)

        def end() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def go(self, at: int, you: str = "", reel: Reel | None = None) -> None:
        """Goes to a moment, to other eyes, or to another reel of the game."""
        self.reel = reel if reel is not None else self.reel
        self.at, self.you = max(0, min(at, len(self.reel))), you or self.you
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
        """Nothing can be done."""
        return Outcome(False, "record", phrase(NO_DOING))

    async def ask(self, body: Body) -> Body:
        """Answers a question as it would have been answered at the moment."""
        program, state = self.reel.state(self.at)
        controls = self.you == WHITE_CELL
        match body.get("what"):
            case "meters" if controls:
                left = minutes_left(program, state, self.now())
                return {"objectives": coverage(program, state), "minutes_left": left, "airtime": [], "quiet": []}
            case "view_as" if controls and body.get("seat") in self.places:
                viewer = self.viewer(str(body["seat"]))
                return {"view": self.reel.view(viewer, self.at), "offers": offers(program, state, viewer)}
        found = answer(program, state, self.viewer(), body)
        return {"error": found.reason} if isinstance(found, Refused) else found

    async def manage(self, body: Body) -> Body:
        """There is no table to manage."""
        return {"error": phrase(NO_TABLE)}
