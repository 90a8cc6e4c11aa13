"""Teams at a table: who the people of a seat are and who of them is there, as far as that matters to deciding together.

The engine hears of it by a command of the house. It does not hear of every lost connection: whoever is back in a moment was
never away, so that a class whose network stumbles does not change who decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from wargame.engine.commands import SetTeam
from wargame.engine.deliberation import MOST_MEMBERS
from wargame.engine.state import State, Team
from wargame.rules.program import Program
from wargame_server.clock import Clock
from wargame_server.roster import Person, Roster

if TYPE_CHECKING:
    from wargame_server.table import Table

ABSENCE = 10_000  # ms that somebody may be disconnected before the others decide without them
NOBODY = Team((), (), "")


@define(eq=False)
class Teams:
    """Watches a roster. `due` is when somebody's absence begins to count (ms); None: nobody is just away."""

    roster: Roster
    clock: Clock
    due: int | None = None
    _left: dict[str, int] = field(factory=dict)  # by person: since when it is not connected
    _asked: bool = False

    def note(self, table: Table) -> bool:
        """Lets the table's game know of changes, after what waits there; whether `due` is another than before."""
        before = self.due
        if self.changes(table.game.program, table.game.state) and not self._asked:
            self._asked = True
            table.do(lambda: self._seat(table))
        return self.due != before

    async def _seat(self, table: Table) -> None:
        self._asked = False
        for body in self.changes(table.game.program, table.game.state):
            await table._house(body)

    def changes(self, program: Program, state: State) -> list[SetTeam]:
        """What the game has yet to be told, for seats that have or had several people. Bots are no members."""
        if state.status == "over":
            self.due = None
            return []
        here = {guest.person.id for guest in self.roster.guests if guest.person is not None}
        people: dict[str, list[Person]] = {}
        for person in self.roster.people.values():
            if person.claimed and not person.level:
                people.setdefault(person.seat, []).append(person)
        now = self.clock.now()
        known = {person.id for each in people.values() for person in each}
        self._left = {person: self._left.get(person, now) for person in known - here}
        made = []
        pending: list[int] = []
        for seat, name in enumerate(program.seats):
            before = state.teams.get(seat)
            members = people.get(name, [])
            if before is None and len(members) < 2:
                continue
            before = before or NOBODY
            # Who was there before keeps the place: the first of those present stands in for a captain.
            places = {person: place for place, (person, _, _) in enumerate(before.members)}
            members = sorted(members, key=lambda person: places.get(person.id, len(places)))[:MOST_MEMBERS]
            present = []
            for person in members:
                away = self._left.get(person.id)
                waits = away is not None and person.id in before.present and now < away + ABSENCE
                if away is None or waits:
                    present.append(person.id)
                if away is not None and waits:
                    pending.append(away + ABSENCE)
            captain = next((person.id for person in members if person.captain), "")
            body = SetTeam(seat, tuple((person.id, person.name) for person in members), tuple(present), captain)
            if _differs(before, body):
                made.append(body)
        self.due = min(pending, default=None)
        return made


def _differs(before: Team, body: SetTeam) -> bool:
    return (
        tuple((person, name) for person, name, _ in before.members) != body.members
        or before.present != body.present
        or (body.captain not in ("", before.captain))
    )
