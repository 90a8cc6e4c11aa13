"""A game played by hand whose rows are kept, so that it can be told: `Hands` with a `Log`."""

from __future__ import annotations

from typing import Any

from tests.support.hands import Hands, Outcome
from tests.support.play import program_of, seed_of
from wargame.analysis.chronicle import Chronicle, Log
from wargame.analysis.debrief.naming import Names, names_of
from wargame.analysis.debrief.record import Record, read
from wargame.engine.commands import Refused, SetTeam, Start, house
from wargame.engine.events import CardDealt, Event, Noted
from wargame.engine.game import Game
from wargame.engine.state import State

PEOPLE = {
    "north": (("p1", "Ana"),),
    "south": (("p2", "Bruno"),),
    "assembly": (("p3", "Carla"), ("p4", "Dmitri"), ("p5", "Élodie")),
    "reds": (("p6", "Farid"),),
    "blues": (("p7", "Greta"),),
    "white_cell": (("g1", "Ms. Ortiz"),),
}


class Kept(Hands):
    """`Hands` on `everything`, a row a command, a second from row to row. Who does something unnamed is the first at the
    seat."""

    def __init__(self, name: str = "everything", number: int = 1) -> None:
        program = program_of(name)
        self.game = Game(program, State.fresh(program))
        self.at = 0
        self.log = Log(program, PEOPLE)
        self._keep(program.white_cell, "", self.game.execute(house(program, Start(seed_of(number), (), timed=False))))

    def do(self, who: str, do: str, **fields: Any) -> Outcome:
        seat, _, person = who.partition("/")
        person = person or (PEOPLE[seat][0][0] if seat in PEOPLE else "")
        return self._keep(self.seat(seat), person, super().do(f"{seat}/{person}" if person else seat, do, **fields))

    def team(self, seat: str, *people: str, away: str = "", captain: str = "") -> tuple[Event, ...]:
        names = dict(PEOPLE[seat])
        present = tuple(person for person in people if person not in away.split())
        body = SetTeam(self.seat(seat), tuple((person, names[person]) for person in people), present, captain)
        outcome = self._keep(self.program.white_cell, "", self.game.execute(house(self.program, body)))
        assert not isinstance(outcome, Refused), outcome
        return outcome

    def _keep(self, who: int, person: str, outcome: Outcome) -> Outcome:
        if not isinstance(outcome, Refused):
            if any(isinstance(event, Noted) and not event.person for event in outcome):
                person = ""  # as on the server
            names = {each: name for those in PEOPLE.values() for each, name in those}
            self.log.row(who, outcome, person, names.get(person, ""))
        return outcome

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.log.entries[-1].seq

    @property
    def chronicle(self) -> Chronicle:
        """Everything so far."""
        return self.log.chronicle("kept")

    def told(self) -> tuple[Record, Names]:
        """Everything so far, read."""
        chronicle = self.chronicle
        return read(chronicle), names_of(chronicle)

    def card(self, card: str, **bound: str) -> int:
        """A card is fired now; its number."""
        events = self.done("white_cell", "fire", card=card, bound=bound)
        return next(event.number for event in events if isinstance(event, CardDealt))

    def answer(self, who: str, card: int, option: str, **more: Any) -> None:
        """An answer to a card."""
        self.done(who, "respond", card=str(card), option=option, **{"rationale": "", "belief": None, **more})


def agreed_and_noted() -> Chronicle:
    """A game in which a team has adopted something and somebody has written an anonymous note."""
    game = Kept()
    game.to("rooms")
    game.team("assembly", "p3", "p4", "p5")
    for person in ("p3", "p4"):
        game.done(f"assembly/{person}", "seal")
    game.done("white_cell", "board", open=True)
    game.done("south", "note", fact="Nobody asked.", so_what="", change="", objective="", anonymous=True)
    return game.chronicle
