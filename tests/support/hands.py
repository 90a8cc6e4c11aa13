"""Playing a scenario by hand in tests: seats, slots and offers by name."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from tests.support.play import program_of, seed_of
from wargame.engine.commands import Command, Refused, SetTeam, Start, Tick, house
from wargame.engine.events import Event
from wargame.engine.game import Game
from wargame.engine.offers import offers
from wargame.engine.parse import parse
from wargame.engine.state import State
from wargame.engine.story import story
from wargame.engine.view import view
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load_sources

Outcome = tuple[Event, ...] | Refused


def program_from(text: str) -> Program:
    """The program of a scenario's text, which must be in order."""
    loaded = load_sources({"scenario.yaml": text})
    program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
    assert program is not None, loaded.report.sorted()
    assert not loaded.report.failed, loaded.report.sorted()
    return program


class Hands:
    """A game of a test scenario (by name) or of a program, started; `at` is the host's time in ms."""

    def __init__(
        self, source: str | Program = "odd", number: int = 1, *, played: tuple[str, ...] = (), timed: bool = False
    ) -> None:
        program = program_of(source) if isinstance(source, str) else source
        self.game = Game(program, State.fresh(program))
        self.at = 0
        outcome = self.game.execute(house(self.program, Start(seed_of(number), played, timed), self.at))
        assert not isinstance(outcome, Refused), outcome

    @property
    def program(self) -> Program:
        """The program that the game goes on by."""
        return self.game.program

    @classmethod
    def of(cls, game: Game) -> Hands:
        """A copy of this game, in hands."""
        made = cls.__new__(cls)
        made.at = 0
        made.game = Game(game.program, game.state.fork())
        return made

    @property
    def state(self) -> State:
        """The game's state."""
        return self.game.state

    @property
    def phase(self) -> str:
        """The phase now."""
        return self.state.phase_id(self.program)

    def seat(self, name: str) -> int:
        """A viewer's number: a seat's, `public` or `white_cell`."""
        viewers = {"public": self.program.public, "white_cell": self.program.white_cell}
        return viewers[name] if name in viewers else self.program.seats.index(name)

    def __getitem__(self, name: str) -> int:
        return self.state.board[self.program.slot_of[name]]

    def __setitem__(self, name: str, value: int) -> None:
        self.done("white_cell", "override", slot=name, value=value, reason="For the test.")

    def do(self, who: str, do: str, **fields: Any) -> Outcome:
        """What comes of a command. `who` may name a member too: `north/ann`."""
        who, _, person = who.partition("/")
        viewer = self.seat(who)
        command = parse(self.program, viewer, {"do": do, **fields}, turn=self.state.turn, phase=self.phase, at=self.at)
        return self.game.execute(evolve(command, person=person)) if isinstance(command, Command) else command

    def team(self, seat: str, *people: str, away: str = "", captain: str = "") -> tuple[Event, ...]:
        """These people sit at the seat, all of them there but those named in `away`; each is called by its id, in capitals."""
        present = tuple(person for person in people if person not in away.split())
        body = SetTeam(self.seat(seat), tuple((person, person.capitalize()) for person in people), present, captain)
        outcome = self.game.execute(house(self.program, body, self.at))
        assert not isinstance(outcome, Refused), outcome
        return outcome

    def done(self, who: str, do: str, **fields: Any) -> tuple[Event, ...]:
        """The events of a command that must be taken."""
        outcome = self.do(who, do, **fields)
        assert not isinstance(outcome, Refused), outcome
        return outcome

    def refused(self, who: str, do: str, **fields: Any) -> Refused:
        """The refusal of a command that must be refused."""
        outcome = self.do(who, do, **fields)
        assert isinstance(outcome, Refused), outcome
        return outcome

    def tick(self) -> Outcome:
        """The host's clock passes a deadline, or does not."""
        return self.game.execute(house(self.program, Tick(), self.at))

    def to(self, phase: str, turn: int = 1) -> Hands:
        """Lets phases end as they stand until this one has begun."""
        for _ in range(200):
            if (self.phase, self.state.turn) == (phase, turn) or self.game.over:
                break
            self.done("white_cell", "advance")
        assert (self.phase, self.state.turn) == (phase, turn)
        return self

    def heard(self, who: str, events: tuple[Event, ...]) -> list[dict[str, Any]]:
        """What a viewer hears of the last events."""
        stories = [story(self.program, self.state, event, self.seat(who)) for event in events]
        return [each for each in stories if each is not None]

    def forget_motions(self) -> None:
        """Takes what waits for the floor away, so that a test knows what comes there."""
        self.game.state.motions = ()

    def view(self, who: str) -> dict[str, Any]:
        """What a viewer knows."""
        return view(self.program, self.state, self.seat(who))

    def sees(self, who: str, slot: str) -> list[Any] | None:
        """A viewer's entry of a slot."""
        entry: list[Any] | None = self.view(who)["slots"].get(self.program.slot_of[slot])
        return entry

    def offers(self, who: str, do: str) -> list[dict[str, Any]]:
        """A viewer's offers of one kind."""
        return [offer for offer in offers(self.program, self.state, self.seat(who)) if offer["do"] == do]

    def orders(self, who: str, *actions: str) -> tuple[Event, ...]:
        """Drafts orders without targets."""
        return self.done(who, "orders", orders=[{"action": action, "targets": [], "rationale": ""} for action in actions])

    def sealed(self, *seats: str) -> None:
        """These seats, or all that are waited for, are done with the phase."""
        for seat in seats or [self.program.seats[each] for each in self.game.active()]:
            self.done(seat, "seal")


def kinds(events: tuple[Event, ...]) -> list[str]:
    """The names of events' types, in order."""
    return [type(event).__name__ for event in events]
