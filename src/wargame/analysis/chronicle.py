"""A chronicle: a whole game as it was kept, who did what, and everything that can be told of it.

What reports, replays and exports read, whether the game was played on a server (`wargame_server.journal.chronicle`), by bots
in this process (`Chronicle.of_playout`), or by a test. It names people; it never holds a token or a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import cycle
from typing import Any

from attrs import define, evolve, field, frozen

from wargame.analysis.playout import Playout
from wargame.bots.bot import Bot
from wargame.engine.amended import amended
from wargame.engine.apply import apply
from wargame.engine.commands import Command
from wargame.engine.events import Event, Forked, GameStarted, Rewound
from wargame.engine.history import Boundary, boundaries, live
from wargame.engine.mirror import Mirror
from wargame.engine.project import Op, project
from wargame.engine.state import Result, State
from wargame.engine.view import view
from wargame.rules.program import Program

TICK = 1_000  # ms between two commands of a game that knew no clock


@frozen
class Entry:
    """One row: a command that was carried out. `at`: the host's clock in ms; `who`: a viewer number; `person`, `name`: which
    of the people there, empty for the house. `live` is False for what was taken back by going back."""

    seq: int
    at: int
    who: int
    person: str
    name: str
    events: tuple[Event, ...]
    live: bool = True


@frozen
class Member:
    """Somebody who took part: `seat` is a seat id, `public` or `white_cell`, the last one they had; `bot` a level or empty."""

    id: str
    name: str
    seat: str
    bot: str = ""


@frozen
class Step:
    """One event, between two states. The states are nobody else's: keep them if you like, never change them."""

    entry: Entry
    event: Event
    before: State
    after: State
    program: Program  # as of now: a card written during the game makes it longer


@frozen
class Frame:
    """What a viewer's mirror held after an entry, and by which operations it came to that (none: they learned nothing)."""

    entry: Entry
    view: Mapping[str, Any]
    ops: tuple[Op, ...]
    program: Program


@frozen(eq=False)
class Chronicle:
    """A game's rows with what they mean; `made` makes it. `base` is the program it began with, `program` the last one, in which
    every card written during the game stands too (numbers of the first mean the same in the last). `forked`: the game and row
    that the first rows were copied from."""

    game: str
    name: str  # of the table, for people
    base: Program = field(repr=False)
    program: Program = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)  # everything on record, also what was taken back
    people: Mapping[str, Member] = field(factory=dict)
    forked: tuple[str, int] | None = None
    group: str = ""  # the class that the table belongs to
    amendments: Mapping[tuple[int, int], Program] = field(factory=dict, repr=False)  # (row, place of the event) -> from it on

    @cached_property
    def live(self) -> tuple[Entry, ...]:
        """The entries that count."""
        return tuple(entry for entry in self.entries if entry.live)

    @cached_property
    def boundaries(self) -> tuple[Boundary, ...]:
        """Where the phases of the game began."""
        return boundaries((entry.seq, entry.events) for entry in self.live)

    @cached_property
    def state(self) -> State:
        """How things stand at the end."""
        program, state = self.base, State.fresh(self.base)
        for entry in self.live:
            for place, event in enumerate(entry.events):
                program = self.amendments.get((entry.seq, place), program)
                apply(program, state, event)
        return state

    @property
    def copied(self) -> int:
        """The last row that tells what was done at another table, of which this one is a fork; 0 where it is none."""
        return max((entry.seq for entry in self.live if any(isinstance(event, Forked) for event in entry.events)), default=0)

    @property
    def seed(self) -> bytes:
        """The seed of the dice; empty before the start."""
        return self.state.seed

    @property
    def result(self) -> Result | None:
        """How it ended, if it did."""
        return self.state.result

    @property
    def complete(self) -> bool:
        """Whether the game was played to its end."""
        return self.state.status == "over"

    def walk(self, *, removed: bool = False) -> Iterator[Step]:
        """Every event with the states around it; with `removed` also those that were taken back, where they happened."""
        program, state = self.base, State.fresh(self.base)
        # States that the game will be set back to, by row.
        wanted = {event.to for entry in self.entries for event in entry.events if isinstance(event, Rewound)}
        kept: dict[int, tuple[Program, State]] = {}
        for entry in self.entries if removed else self.live:
            for place, event in enumerate(entry.events):
                if isinstance(event, Rewound) and event.to in kept:
                    program, state = kept[event.to]
                program = self.amendments.get((entry.seq, place), program)
                before, state = state, state.fork()
                apply(program, state, event)
                yield Step(entry, event, before, state, program)
            if entry.seq in wanted:
                kept[entry.seq] = (program, state)

    def frames(self, viewer: int) -> Iterator[Frame]:
        """What the viewer knew after each entry that counts, beginning before the first: for scrubbing through a game."""
        program, state = self.base, State.fresh(self.base)
        mirror = Mirror(view(program, state, viewer))
        for entry in self.live:
            ops: list[Op] = []
            for place, event in enumerate(entry.events):
                program = self.amendments.get((entry.seq, place), program)
                apply(program, state, event)
                ops.extend(project(program, state, event, viewer))
            mirror.fold(ops)
            yield Frame(entry, _copied(mirror.data), tuple(ops), program)

    @classmethod
    def of_playout(
        cls,
        program: Program,
        seed: bytes,
        bots: Mapping[str, Bot],
        people: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        game: str = "playout",
    ) -> Chronicle:
        """A game played to its end by bots in this process. `people`: by seat, (id, name) of those who take turns to be the
        one who did it; else a bot is itself. Raises RunawayError as `Playout` does."""
        log = Log(program, people or {seat: ((f"b-{seat}", f"{seat} (bot)"),) for seat in bots})
        playout = Playout(program, bots, record=log.take)
        playout.start(seed)
        playout.play()
        return log.chronicle(game)


@define
class Log:
    """Keeps the rows of a game played in this process, as a server would: tell it every command that is carried out."""

    program: Program  # that the game began with
    people: Mapping[str, Sequence[tuple[str, str]]]  # by seat, (id, name) of those who take turns
    entries: list[Entry] = field(init=False, factory=list)
    _turns: dict[str, Iterator[tuple[str, str]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._turns = {seat: cycle(members) for seat, members in self.people.items()}

    def take(self, command: Command, events: tuple[Event, ...]) -> None:
        """A command and what came of it. Who did it is the command's person, else whoever's turn it is at the seat."""
        seat = place_of(self.program, command.who)
        person, name = command.person, self._name(seat, command.person)
        if not person and seat in self._turns and (events and not isinstance(events[0], GameStarted)):
            person, name = next(self._turns[seat])
        self.row(command.who, events, person, name)

    def row(self, who: int, events: tuple[Event, ...], person: str = "", name: str = "") -> Entry:
        """Keeps a row."""
        seq = len(self.entries) + 1
        entry = Entry(seq, seq * TICK, who, person, name, events)
        self.entries.append(entry)
        return entry

    def _name(self, seat: str, person: str) -> str:
        return dict(self.people.get(seat, ())).get(person, "")

    def chronicle(self, game: str = "playout", name: str = "Table 1") -> Chronicle:
        """Everything so far."""
        members = {
            person: Member(person, name, seat, "bot" if is_computer(person) else "")
            for seat, those in self.people.items()
            for person, name in those
        }
        return made(game, name, self.program, self.entries, members)


def made(
    game: str, name: str, base: Program, entries: Sequence[Entry], people: Mapping[str, Member], group: str = ""
) -> Chronicle:
    """The chronicle of rows: which of them count, who took part, and what was written during the game is worked out here.

    Raises ValueError with a sentence where something written then is not understood any more.
    """
    counting = set(live((entry.seq, entry.events) for entry in entries))
    known = dict(people)
    forked: tuple[str, int] | None = None
    program = base
    programs: dict[int, Program] = {}  # after the rows that the game was set back to
    amendments: dict[tuple[int, int], Program] = {}
    wanted = {event.to for entry in entries for event in entry.events if isinstance(event, Rewound)}
    for entry in entries:
        if entry.person and entry.person not in people:  # they have left: as they were called last
            bot = "bot" if is_computer(entry.person) else ""
            known[entry.person] = Member(entry.person, entry.name, place_of(base, entry.who), bot)
        for place, event in enumerate(entry.events):
            if isinstance(event, Rewound):
                program = programs.get(event.to, program)
                amendments[entry.seq, place] = program
            elif isinstance(event, Forked):
                forked = (event.of, event.at)
            elif (longer := amended(program, event)) is not program:
                program = amendments[entry.seq, place] = longer
        if entry.seq in wanted:
            programs[entry.seq] = program
    marked = tuple(evolve(entry, live=entry.seq in counting) for entry in entries)
    return Chronicle(game, name, base, program, marked, known, forked, group, amendments)


def is_computer(person: str) -> bool:
    """Whether an id is that of a computer player, also of one that has left the table and is not on its list any more."""
    return re.fullmatch(r"b(\d+|-.*)", person) is not None


def place_of(program: Program, viewer: int) -> str:
    """The seat id of a viewer number, `public` or `white_cell`."""
    if 0 <= viewer < len(program.seats):
        return program.seats[viewer]
    return "public" if viewer == program.public else "white_cell" if viewer == program.white_cell else ""


def _copied(data: Mapping[str, Any]) -> dict[str, Any]:
    """A mirror's data as of now: the mirror changes its slots and lists in place."""
    return {
        key: dict(value) if key == "slots" else list(value) if isinstance(value, list) else value for key, value in data.items()
    }
