"""What a seat may do is tested in one place, and says why not in words."""

from __future__ import annotations

from tests.support.play import program_of, seed_of
from wargame.engine.commands import Advance, GiveOrders, Override, Propose, Refused, Seal, Sign
from wargame.engine.game import Game
from wargame.engine.legality import draft_block, transfer_room
from wargame.engine.state import Order

PROGRAM = program_of("everything")
NORTH, SOUTH = (PROGRAM.seats.index(name) for name in ("north", "south"))


def in_rooms() -> Game:
    """A game in the orders phase of turn 1."""
    game = Game.started(PROGRAM, seed_of(5))
    while game.state.phase_id(PROGRAM) != "rooms":
        game.run_house(Advance())
    return game


def order(action: str, *targets: str) -> Order:
    return Order(PROGRAM.action_index[action], tuple(PROGRAM.owners.index(target) for target in targets))


def put(game: Game, slot: str, value: int) -> None:
    assert not isinstance(game.run_house(Override(PROGRAM.slot_of[slot], value, "test")), Refused)


def test_a_budget_counts_drafts_and_pledges() -> None:
    """What is drafted and what is pledged to a proposal is not there twice."""
    game = in_rooms()
    put(game, "tension", 4)
    put(game, "north.capital", 3)
    assert not isinstance(game.do(NORTH, GiveOrders((order("raid", "reds"),))), Refused)
    blocked = draft_block(PROGRAM, game.state, NORTH, (order("raid", "reds"), order("raid", "blues")))
    assert blocked is not None
    assert blocked.code == "not_affordable"
    assert not isinstance(game.do(NORTH, Propose(0, "")), Refused)
    third = draft_block(PROGRAM, game.state, NORTH, (order("raid", "reds"), order("embargo")))
    assert third is not None
    assert third.code == "not_affordable"


def test_a_closed_order_that_stands_does_not_close_the_draft() -> None:
    """An order drafted while it was open stays in the draft when it closes; another can still be added."""
    game = in_rooms()
    put(game, "tension", 4)
    assert not isinstance(game.do(NORTH, GiveOrders((order("raid", "reds"),))), Refused)
    put(game, "tension", 1)
    fresh = draft_block(PROGRAM, game.state, NORTH, (order("raid", "blues"),))
    assert fresh == Refused("not_allowed", "Needs authority or a hot border.")
    assert draft_block(PROGRAM, game.state, NORTH, (order("raid", "reds"), order("declare"))) is None
    twice = draft_block(PROGRAM, game.state, NORTH, (order("raid", "reds"), order("raid", "reds")))
    assert twice is not None


def test_one_untargeted_order_of_a_menu_entry() -> None:
    """Two modes of one menu entry do not go together in a turn."""
    game = in_rooms()
    blocked = draft_block(PROGRAM, game.state, NORTH, (order("declare"), order("embargo")))
    assert blocked is not None
    assert "One order of Words a turn" in blocked.reason


def test_transfers_stay_within_groups_and_limits() -> None:
    """Points go between seats of a group, at most the limit each way a turn, and never what is pledged."""
    game = in_rooms()
    reds = PROGRAM.seats.index("reds")
    assert transfer_room(PROGRAM, game.state, NORTH, SOUTH) == 2
    assert transfer_room(PROGRAM, game.state, NORTH, reds) == 0
    put(game, "north.capital", 1)
    assert transfer_room(PROGRAM, game.state, NORTH, SOUTH) == 1
    assert transfer_room(PROGRAM, game.state, NORTH, NORTH) == 0


def test_the_last_key_turns_for_all_or_for_nobody() -> None:
    """When another party's side no longer holds, the proposal falls; the signer is not told why."""
    game = in_rooms()
    assert not isinstance(game.do(NORTH, Propose(0, "")), Refused)
    put(game, "north.capital", 0)
    outcome = game.do(SOUTH, Sign(0))
    assert not isinstance(outcome, Refused)
    assert not game.state.board[PROGRAM.agreements[0].slot]
    assert 0 not in game.state.proposals


def test_a_seat_is_not_done_before_its_cards_are_answered() -> None:
    """Sealing waits for the answers, and says which card."""
    game = Game.started(PROGRAM, seed_of(5))
    while not any(not card.resolved and card.to for card in game.state.hand):
        game.run_house(Advance())
    seat = next(seat for card in game.state.hand if not card.resolved for seat, _ in card.to)
    outcome = game.do(seat, Seal())
    assert isinstance(outcome, Refused)
    assert "Answer the card first" in outcome.reason
