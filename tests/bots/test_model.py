"""The model does to a board what the engine does, where no dice decide; its dice are its own and always the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.support.play import program_of
from wargame.bots.model import Held, Order, Stand, World, mixed
from wargame.engine.apply import apply
from wargame.engine.commands import Advance, GiveOrders, Refused
from wargame.engine.events import MotionVoted, PhaseBegan
from wargame.engine.game import Game
from wargame.engine.state import Order as Drafted
from wargame.engine.state import State
from wargame.rules.program import Addressee, Motion, Program

SCENARIOS = ("everything", "skirmish", "bridge_week", "five_questions")


class Told:
    """Seats that do what they are told: these orders once, and the first answer to everything."""

    def __init__(self, orders: dict[int, list[Order]] | None = None) -> None:
        self.told = orders or {}

    def answer(self, world: World, held: Held, seat: int, addressee: Addressee) -> int:
        return addressee.default

    def orders(self, world: World, seat: int, count: int) -> Sequence[Order]:
        return self.told.get(seat, [])[:count]

    def stand(self, world: World, motion: Motion, seat: int) -> Stand:
        return Stand()


def at_orders(program: Program) -> Game:
    game = Game.started(program, bytes(32))
    while game.state.phase < 0 or program.phases[game.state.phase].kind.value != "orders":
        game.run_house(Advance())
    return game


def shown(program: Program, board: Sequence[int]) -> dict[str, int]:
    """The slots that players hear of, by name; not the turn, in which the game is further on."""
    return {slot.name: board[slot.index] for slot in program.shown}


def at_turns_end(game: Game) -> State | None:
    """The state at the end of the turn, before the next begins; None where dice decided anything."""
    state = game.state.fork()
    turn = state.turn
    while True:
        events = game.run_house(Advance())
        assert not isinstance(events, Refused)
        for event in events:
            if isinstance(event, PhaseBegan) and event.turn != turn:
                return state
            effect = getattr(event, "effect", None)
            if isinstance(event, MotionVoted) or (effect is not None and effect.rolls):
                return None
            apply(game.program, state, event)


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_order_does_on_an_imagined_board_what_it_does_in_the_game(name: str) -> None:
    program = program_of(name)
    compared = 0
    for seat in range(len(program.seats)):
        for index, targets in program.listings[seat](at_orders(program).state.board)[:10]:
            game = at_orders(program)
            start = game.state.fork()
            given = game.do(seat, GiveOrders((Drafted(index, targets),)))
            assert not isinstance(given, Refused)
            after = at_turns_end(game)
            if after is None:
                continue
            world = World(program, start.board, start.played, 1)
            world.play(start.phase, Told({seat: [(program.actions[index], targets)]}), Told(), 0)
            assert shown(program, world.board) == shown(program, after.board)
            compared += 1
    assert compared >= 2


def world_of(program: Program, luck: int = 1) -> World:
    state = at_orders(program).state
    return World(program, state.board.copy(), state.played, luck)


def test_orders_that_cannot_be_paid_are_passed_over_and_those_that_are_no_longer_possible_given_back() -> None:
    program = program_of("bridge_week")
    world = world_of(program)
    order = next(
        (program.actions[index], targets)
        for index, targets in program.listings[0](world.board)
        if program.actions[index].costs.get(0)
    )
    purse = program.main_resource[0]
    (slot, _), *_ = order[0].costs[0]
    assert slot == purse
    world.board[purse] = 0
    assert not world._pays(0, order)
    assert world.board[purse] == 0
    world.board[purse] = 10
    assert world._pays(0, order)
    once = evolve(order[0], model=evolve(order[0].model, once=True))
    world.board[once.given[0]] = 1
    world._carry_out(0, (once, order[1]), 0)
    assert world.board[purse] == 10
    assert world.board[once.given[0]] == 1


def test_the_last_turn_ends_the_game_and_a_catastrophe_ends_it_before() -> None:
    program = program_of("bridge_week")
    world = world_of(program)
    world.play(at_orders(program).state.phase, Told(), Told(), 99)
    assert world.ended == -1
    assert world.turn == program.scenario.turns.count
    ladder = program.slots[program.slot_of["escalation"]]
    world = world_of(program)
    world.board[ladder.index] = ladder.hi
    world.play(at_orders(program).state.phase, Told(), Told(), 99)
    assert world.ended is not None
    assert program.endings[world.ended].model.catastrophe
    assert world.turn == 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_luck_plays_the_same_and_other_luck_does_not(name: str) -> None:
    program = program_of(name)
    phase = at_orders(program).state.phase

    def played(luck: int) -> list[int]:
        world = world_of(program, luck)
        world.play(phase, Told(), Told(), 99)
        return world.board

    boards = [played(luck) for luck in range(12)]
    assert played(3) == boards[3]
    # Only the flagship leaves something to chance when nobody does anything.
    assert len({tuple(board) for board in boards}) > (name == "five_questions")


@given(st.lists(st.integers(-1, 2**64 - 1), max_size=5))
def test_lots_are_numbers_of_64_bits(keys: list[int]) -> None:
    assert 0 <= mixed(*keys) < 2**64


def test_lots_for_neighbouring_purposes_fall_evenly() -> None:
    rolls = [mixed(7, number) * 100 >> 64 for number in range(5000)]
    assert all(30 <= rolls.count(value) <= 75 for value in range(100))
