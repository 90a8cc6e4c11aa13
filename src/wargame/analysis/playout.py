"""A whole game in one process: bots in all seats, no server, no clock.

The bots get what players get, their view and offers, and what they want goes the way of players' commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import Factory, define, field, frozen

from wargame.bots.bot import Bot
from wargame.bots.schedule import schedule
from wargame.engine.amended import amended
from wargame.engine.apply import apply
from wargame.engine.commands import Advance, Command, Refused, Start, house
from wargame.engine.decide import decide
from wargame.engine.events import Event
from wargame.engine.glimpse import Openings, Window
from wargame.engine.offers import concerned
from wargame.engine.parse import parse
from wargame.engine.state import State
from wargame.rules.program import Program

Watcher: TypeAlias = Callable[[State, Event], None]
Recorder: TypeAlias = Callable[[Command, tuple[Event, ...]], None]

MOST_COMMANDS = 400  # of all seats together in one phase: more is a game that runs away


class RunawayError(RuntimeError):
    """A phase that does not end."""


@frozen
class Sent:
    """A command as it was sent: whose (None: the house), when, and what."""

    seat: str | None
    turn: int
    phase: str
    body: Mapping[str, Any]


@define
class Playout:
    """A game in progress: a new one, or one that goes on from `state` (which is then carried on in place). `watch` is called
    after each event, with the state that it led to.

    `sent` are the commands so far, refused ones too: with the seed they are the game.
    """

    program: Program
    bots: Mapping[str, Bot]
    watch: Watcher | None = None
    state: State = field(default=Factory(lambda self: State.fresh(self.program), takes_self=True))
    record: Recorder | None = None  # told of every command that is carried out, before its events are folded
    sent: list[Sent] = field(init=False, factory=list)
    refused: list[tuple[Sent, Refused]] = field(init=False, factory=list)

    _windows: dict[str, Window] = field(init=False)
    _hearing: list[Window] = field(init=False)  # of seats whose bots go by what they hear
    _open: dict[str, Openings] = field(init=False, factory=dict)  # what seats are offered, until something concerns them
    _idle: set[tuple[str, bool]] = field(init=False, factory=set)  # seat, sealing: wanted nothing, and nothing is new to it

    def __attrs_post_init__(self) -> None:
        hearing = {seat for seat, bot in self.bots.items() if getattr(bot, "hears", False)}
        self._windows = {
            seat: Window(self.program, number, [] if seat in hearing else None)
            for number, seat in enumerate(self.program.seats)
        }
        self._hearing = [self._windows[seat] for seat in hearing]

    def start(self, seed: bytes) -> None:
        """Starts with the seats that have bots."""
        start = Start(seed, tuple(seat for seat in self.program.seats if seat in self.bots), timed=False)
        refused = self.carry(house(self.program, start))
        if refused is not None:
            raise ValueError(refused.reason)

    def play(self) -> State:
        """Plays to the end. Raises RunawayError where a phase takes more than `MOST_COMMANDS` commands."""
        return self.play_until(lambda: self.state.status == "over")

    def play_until(self, done: Callable[[], bool], *, push: bool = True) -> State:
        """Plays until `done` or the end of the game, asking before every command; without `push` also until the seats have
        nothing more to do. Raises RunawayError as `play` does."""
        seats = [seat for seat in self.program.seats if seat in self.bots]
        plan = schedule(seats)
        turn = next(plan)
        count, moment = 0, self.moment
        while not done() and self.state.status != "over":
            if turn is None:
                if not push:
                    break
                self.advance()
                acted = True
            else:
                acted = self.act(*turn)
            if self.moment != moment:
                count, moment = 0, self.moment
            count += acted
            if count > MOST_COMMANDS:
                raise RunawayError(
                    f"Turn {self.state.turn}, {self.state.phase_id(self.program)} takes more than {count - 1} commands."
                )
            turn = plan.send((acted, moment))
        return self.state

    @property
    def moment(self) -> tuple[str, int, str]:
        """Status, turn and phase."""
        return self.state.status, self.state.turn, self.state.phase_id(self.program)

    def act(self, seat: str, sealing: bool) -> bool:
        """Lets a seat's bot give one command; whether it had one."""
        if (seat, sealing) in self._idle:
            return False
        window = self._windows[seat]
        openings = self._open.get(seat)
        if openings is None:
            openings = self._open[seat] = window.openings(self.state)
        openings.sealing = sealing
        body = self.bots[seat].decide(window.glimpse(self.state), openings)
        if body is None:
            self._idle.add((seat, sealing))
            return False
        self.send(Sent(seat, self.state.turn, self.state.phase_id(self.program), body))
        return True

    def send(self, sent: Sent) -> Refused | None:
        """Sends a command as a seat's client would, or the house's `advance`."""
        if sent.seat is None:
            return self.advance()
        self.sent.append(sent)
        who = self.program.seats.index(sent.seat)
        command = parse(self.program, who, sent.body, turn=sent.turn, phase=sent.phase)
        refused = command if isinstance(command, Refused) else self.carry(command)
        if refused is not None:
            self.refused.append((sent, refused))
        return refused

    def advance(self) -> Refused | None:
        """Ends a phase that the seats do not end."""
        self.sent.append(Sent(None, self.state.turn, self.state.phase_id(self.program), {"do": "advance"}))
        return self.carry(house(self.program, Advance()))

    def carry(self, command: Command) -> Refused | None:
        """Carries out a command of anybody's, also the facilitator's."""
        events = decide(self.program, self.state, command)
        if isinstance(events, Refused):
            return events
        if self.record is not None:
            self.record(command, events)
        for event in events:
            self._go_on_by(amended(self.program, event))
            apply(self.program, self.state, event)
            for window in self._hearing:
                window.hear(self.state, event)
            self._wake(concerned(self.program, self.state, event))
            if self.watch is not None:
                self.watch(self.state, event)
        return None

    def _go_on_by(self, program: Program) -> None:
        """The program that the game goes on by, for who looks at it through a window, too."""
        if program is not self.program:
            self.program = program
            for window in self._windows.values():
                window.program = program

    def _wake(self, seats: tuple[int, ...] | None) -> None:
        """Something is new to these seats (None: to all)."""
        playing = len(self.program.seats)  # what concerns the white cell alone wakes nobody here
        for seat in self.bots if seats is None else [self.program.seats[number] for number in seats if number < playing]:
            self._open.pop(seat, None)
            self._idle.discard((seat, False))
            self._idle.discard((seat, True))
