"""Random play with several people in the seats: they come and go, suggest, endorse, object and change their minds."""

from __future__ import annotations

from random import Random
from typing import Any

from attrs import evolve

from tests.support.play import RandomPlay
from wargame.engine.commands import Command, Endorse, Object, Refused, SetTeam, Tick, Withdraw, house
from wargame.engine.events import Event
from wargame.engine.game import Game
from wargame.engine.state import State
from wargame.engine.team import deliberates, offered

_VOICES = {Endorse: "endorse", Object: "object", Withdraw: "withdraw"}


def people_of(seat: int, rng: Random, most: int = 4) -> SetTeam:
    """Some people of a seat, some of them there."""
    everybody = [f"p{seat}-{number}" for number in range(most + 1)]
    members = [person for person in everybody if rng.random() < 0.7]
    present = tuple(person for person in members if rng.random() < 0.8)
    captain = rng.choice(["", *members])
    return SetTeam(seat, tuple((person, person.upper()) for person in members), present, captain)


def voice(state: State, command: Command, rng: Random) -> str:
    """A member who may send the command; empty where the seat has none that decide together."""
    do = _VOICES.get(type(command.body))
    if do is not None:
        number = command.body.number  # type: ignore[union-attr]
        return rng.choice(next(people for made, people in offered(state, command.who, do) if made.number == number))
    return rng.choice(state.teams[command.who].present) if deliberates(state, command.who) else ""


class TeamPlay(RandomPlay):
    """Random play in which the host's clock goes on and people of every seat come and go; `stir`: how often."""

    def __init__(self, name: str, number: int, *, stir: float = 0.06, **options: Any) -> None:
        super().__init__(name, number, **options)
        self.at = 0
        self.stir = stir
        for seat in range(len(self.game.program.seats)):
            self.seat_people(seat)

    def seat_people(self, seat: int) -> tuple[Command, tuple[Event, ...] | Refused]:
        """Other people are at the seat from now on."""
        command = house(self.game.program, people_of(seat, self.rng), self.at)
        return command, self.game.execute(command)

    def step(self) -> tuple[Command, tuple[Event, ...] | Refused] | None:
        """Plays one command, or lets somebody come or go, or time pass."""
        game: Game = self.game
        self.at += self.rng.choice([0, 300, 4_000])
        roll = self.rng.random()
        if game.over:
            return None
        if roll < self.stir:
            return self.seat_people(self.rng.randrange(len(game.program.seats)))
        if roll < 2 * self.stir:
            command = house(game.program, Tick(), self.at)
            return command, game.execute(command)
        return super().step()

    def sent(self, command: Command) -> Command:
        """The command as somebody of the seat sends it now."""
        return evolve(command, person=voice(self.game.state, command, self.rng), at=self.at)
