"""A game in one hand: a program and a state, carried on in place. For playouts, replays and tests.

A host that must not lose anything uses `decide` and `apply` with a journal between them; here nothing can fail in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from wargame.engine.amended import fold
from wargame.engine.commands import Body, Command, HouseBody, Refused, Start, house
from wargame.engine.decide import carry
from wargame.engine.events import Event
from wargame.engine.flow import settle
from wargame.engine.legality import action_block, active, mover_of
from wargame.engine.orders import carry_out
from wargame.engine.state import Order, State
from wargame.engine.work import Work
from wargame.rules.program import NOBODY, Program


@define
class Game:
    """A program and the state of one game of it."""

    program: Program
    state: State
    work: Work = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.work = Work(self.program, self.state)

    @classmethod
    def started(cls, program: Program, seed: bytes, played: Sequence[str] = ()) -> Game:
        """A game just started, without clocks. Raises ValueError when it cannot start like that."""
        game = cls(program, State.fresh(program))
        refused = game.execute(house(program, Start(seed, tuple(played), timed=False)))
        if isinstance(refused, Refused):
            raise ValueError(refused.reason)
        return game

    @classmethod
    def replayed(cls, program: Program, events: Iterable[Event]) -> Game:
        """The game that these events tell."""
        game = cls(program, State.fresh(program))
        for event in events:
            game.program = fold(game.program, game.state, event)
        game.work.program = game.program
        return game

    def execute(self, command: Command) -> tuple[Event, ...] | Refused:
        """Carries a command out in place; the events it made, or why nothing happened."""
        work = self.work
        work.events = []
        work.at = command.at
        work.person = command.person
        refused = carry(work, command)
        self.program = work.program
        return refused if refused is not None else tuple(work.events)

    def do(self, seat: int, body: Body) -> tuple[Event, ...] | Refused:
        """Carries out what a seat does now."""
        return self.execute(Command(seat, body, self.state.turn, self.state.phase_id(self.program)))

    def run_house(self, body: HouseBody, at: int = 0) -> tuple[Event, ...] | Refused:
        """Carries out what the facilitator or the host does."""
        return self.execute(house(self.program, body, at))

    def give(self, seat: int, action: int, targets: tuple[int, ...]) -> None:
        """Carries out an order just taken from `listed`, in a phase of kind `turns`, without checking it again."""
        work = self.work
        work.events = []
        carry_out(work, seat, Order(action, targets), self.state.mover, paid=False)
        if self.state.doom >= 0 or mover_of(self.program, self.state) == NOBODY:
            settle(work)

    def listed(self, seat: int) -> list[tuple[int, tuple[int, ...]]]:
        """Every order that the seat may give while its draft is empty and it has pledged nothing: (action, targets)."""
        return self.program.listings[seat](self.state.board)

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return self.state.status == "over"

    def active(self) -> tuple[int, ...]:
        """The seats that are waited for, in order."""
        return tuple(seat for seat in active(self.program, self.state) if seat not in self.state.sealed)

    def legal(self, seat: int, draft: Sequence[Order] = ()) -> list[Order]:
        """Every order that the seat may add to the draft now."""
        program = self.program
        state = self.state
        board = state.board
        found = []
        for index in program.menus[seat]:
            action = program.actions[index]
            if action_block(program, state, seat, action, draft) is None:
                for targets in action.targets(board, seat):
                    found.append(Order(index, targets))
        return found
