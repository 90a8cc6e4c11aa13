"""A class and a table in the hands of whoever opened them: codes, secrets, tokens, computers."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, evolve, field, frozen

from wargame.engine.commands import Refused
from wargame.wire.rights import CONTROL
from wargame_server.access import digest, new_token
from wargame_server.bots import levels
from wargame_server.classroom import Classroom
from wargame_server.managing import invite
from wargame_server.roster import Person
from wargame_server.rosters import key
from wargame_server.settings import PEOPLE, Expected
from wargame_server.table import Table


@define(eq=False)
class TableHandle:
    """A table in the hands of its host. `secret` is empty for a table that was there before this server started."""

    table: Table
    classroom: Classroom
    secret: str = ""
    _tokens: dict[str, str] = field(factory=dict)

    @property
    def game(self) -> str:
        """The game's id."""
        return self.table.id

    @property
    def code(self) -> str:
        """The join code."""
        return self.classroom.settings.code

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats, by id."""
        return self.table.game.program.seats

    def seat_token(self, seat: str) -> str:
        """The token made for a seat by `make_seat_tokens`. Raises KeyError without one."""
        return self._tokens[seat]

    async def make_seat_tokens(self) -> None:
        """A token for each seat. Raises JournalError."""
        for seat in self.seats:
            self._tokens[seat] = await self.new_seat_token(seat)

    async def new_seat_token(self, seat: str) -> str:
        """One more token for a seat (a team has one for each member). Raises JournalError."""
        token = new_token()
        title = str(self.table.game.program.scenario.seats[seat].title)[:32]
        person = Person(self.table.roster.number("p"), title, seat, digest(token), table=self.game)
        await self.table.keep(PEOPLE, person.id, person.encode())
        self.table.roster.people[person.id] = person
        self.classroom.rekey(person, b"")
        return token

    async def add_bot(self, seat: str, level: str = "") -> None:
        """Lets a computer play a seat; `level` as `wargame.bots.levels` names them."""
        await self.classroom.add_bot(self.table, seat, level or levels()[0])

    async def start(self) -> Refused | None:
        """Starts the game as the facilitator would; tells why not if it was refused."""
        return await self.table.start_game()

    async def finished(self) -> None:
        """Returns when the game is over."""
        await self.table.over.wait()


@define(eq=False)
class ClassHandle:
    """A class in the hands of its host. `secret` is empty for a class that was there before this server started."""

    classroom: Classroom
    secret: str = ""

    @property
    def id(self) -> str:
        """The class's id: that of its first game."""
        return self.classroom.id

    @property
    def code(self) -> str:
        """The join code."""
        return self.classroom.settings.code

    @property
    def tables(self) -> list[TableHandle]:
        """Its tables."""
        return [TableHandle(table, self.classroom, self.secret) for table in self.classroom.tables.values()]

    async def invite(self, right: str = CONTROL) -> str:
        """A new secret for a facilitator with a right. Raises JournalError."""
        return await invite(self.classroom, right)

    async def expect(self, people: Sequence[Expected]) -> None:
        """Puts a list in place of the one before; who came by that one is known again. Raises JournalError."""
        known = {key(each.name): each.person for each in self.classroom.settings.expected}
        await self.classroom.set(expected=tuple(evolve(each, person=known.get(key(each.name), "")) for each in people))


@frozen
class Kept:
    """A class as it lies in a journal: its id, its games, when the last row was written (ms), and whether all are over."""

    id: str
    games: tuple[str, ...]
    at: int
    over: bool

    def is_of(self, scenario: str) -> bool:
        """Whether it was opened on the scenario of this id."""
        return self.id.rpartition("-")[0] == scenario[:40]
