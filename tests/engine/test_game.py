"""A game in hand: its lists of orders say what the rules of legality say, and it replays from its events."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import ALL, RandomPlay, program_of, seed_of
from wargame.engine.amended import fold
from wargame.engine.commands import Refused
from wargame.engine.dump import dump
from wargame.engine.events import Event
from wargame.engine.game import Game


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=6, deadline=None)
@given(number=st.integers(0, 2**32 - 1))
def test_the_menu_in_one_function_is_the_menu_action_by_action(name: str, number: int) -> None:
    """The compiled listing of a seat gives exactly the orders that legality allows one by one, in the same order."""
    play = RandomPlay(name, number)
    for _ in range(30):
        for _ in range(play.rng.randint(1, 15)):
            play.step()
        game = play.game
        if game.over:
            return
        twin = Game(game.program, game.state.fork())
        twin.state.proposals = {}  # nothing pledged: what the listing supposes
        for seat in game.state.seats:
            assert twin.listed(seat) == [(order.action, order.targets) for order in twin.legal(seat)]


def test_a_game_replays_from_its_events() -> None:
    """Folding all events of a game from nothing gives the game."""
    program = program_of("everything")
    play = RandomPlay("everything", 7, house=0.3, made_up=True)
    start = Game.started(program, seed_of(7))
    events: list[Event] = []
    while not play.game.over:
        done = play.step()
        assert done is not None
        if not isinstance(done[1], Refused):
            events += done[1]
    replayed = Game(program, start.state.fork())
    for event in events:
        program = fold(program, replayed.state, event)
    assert program.written == play.game.program.written != ()
    assert dump(replayed.state) == dump(play.game.state)


def test_a_game_that_cannot_start_says_why() -> None:
    """A seat that the scenario cannot do without must be played."""
    with pytest.raises(ValueError, match="cannot do without"):
        Game.started(program_of("everything"), seed_of(1), ("north", "south"))
