"""What seats are taken to do is what they could do, leans to what is good for them, and is the same for the same world."""

from __future__ import annotations

import pytest

from tests.support.play import program_of
from wargame.bots.habits import Habits, Minds
from wargame.bots.model import Held, World
from wargame.engine.game import Game
from wargame.rules.program import Program


def worlds(program: Program, count: int) -> list[World]:
    state = Game.started(program, bytes(32)).state
    return [World(program, state.board.copy(), state.played, luck) for luck in range(count)]


@pytest.mark.parametrize("name", ["everything", "skirmish", "bridge_week", "five_questions"])
def test_orders_are_possible_together(name: str) -> None:
    program = program_of(name)
    habits = Habits(Minds(program, 1), list(program.start), 0)
    given = 0
    for world in worlds(program, 12):
        for seat in range(len(program.seats)):
            orders = habits.orders(world, seat, 2)
            assert len(orders) <= 2
            spent: dict[int, int] = {}
            for action, targets in orders:
                assert seat in action.seats
                assert targets in action.targets(world.board, seat)
                for slot, amount in action.costs.get(seat, ()):
                    spent[slot] = spent.get(slot, 0) + amount
            assert all(amount <= world.board[slot] for slot, amount in spent.items())
            assert list(orders) == list(habits.orders(world, seat, 2))
            given += len(orders)
    assert given


def test_a_seat_that_has_nothing_left_orders_nothing_that_costs() -> None:
    program = program_of("skirmish")
    habits = Habits(Minds(program, 1), list(program.start), 0)
    for world in worlds(program, 12):
        world.board[program.main_resource[0]] = 0
        assert not [action for action, _ in habits.orders(world, 0, 2) if action.costs.get(0)]


def test_what_is_good_for_a_seat_is_done_more_often() -> None:
    program = program_of("bridge_week")
    minds = Minds(program, 1)
    habits = Habits(minds, list(program.start), 0)
    first = habits._looked(0, habits.board)
    best, worst = first[0][1], first[-1][1]
    given = [order for world in worlds(program, 80) for order in habits.orders(world, 0, 1)]
    assert first[0][0] > first[-1][0]
    assert given.count(best) > given.count(worst)


def test_an_answer_is_one_of_the_card() -> None:
    program = program_of("five_questions")
    habits = Habits(Minds(program, 1), list(program.start), 0)
    card = next(
        card for card in program.cards if card.addressees and not card.variables and len(card.addressees[0].options) > 2
    )
    held = Held(card.index, (), card.answered_by((), [True] * len(program.seats)))
    seat, place = held.to[0]
    answers = {habits.answer(world, held, seat, card.addressees[place]) for world in worlds(program, 60)}
    assert len(answers) > 1
    assert answers <= set(range(len(card.addressees[place].options)))


def test_a_motion_is_supported_by_whom_it_helps() -> None:
    program = program_of("everything")
    motion = program.motions[0]
    habits = Habits(Minds(program, 1), list(program.start), 0)
    seats = range(len(program.seats))
    ayes = {seat: sum(habits.stand(world, motion, seat).aye for world in worlds(program, 40)) for seat in seats}
    stakes = {seat: habits._stakes[motion.index, seat] for seat in seats}
    most, least = max(seats, key=stakes.__getitem__), min(seats, key=stakes.__getitem__)
    assert stakes[most] > stakes[least]
    assert ayes[most] > ayes[least]


def test_the_seat_that_imagines_it_all_looks_anew_in_later_turns() -> None:
    """A site that was found can be struck, though none was known when the game was first imagined."""
    program = program_of("skirmish")
    seat = program.seats.index("federation")
    sortie = program.actions[program.action_index["sortie"]]
    given: dict[int, int] = {}
    for thinker in (seat, 0):
        habits = Habits(Minds(program, 1), list(program.start), thinker)
        given[thinker] = 0
        for world in worlds(program, 40):
            assert sortie not in [action for action, _ in habits.orders(world, seat, 2)]
            world._enter(2)
            for slot in program.slots:
                if slot.part in ("site", "found"):
                    world.board[slot.index] = slot.hi
            world.board[program.main_resource[seat]] = 6
            given[thinker] += sortie in [action for action, _ in habits.orders(world, seat, 2)]
    assert given[seat] > given[0] == 0
