"""A glimpse is the view and openings are the offers, made only as far as they are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.play import ALL, RandomPlay
from wargame.bots.board import picture
from wargame.engine.commands import Refused
from wargame.engine.glimpse import Openings, Window
from wargame.engine.mirror import Mirror
from wargame.engine.offers import concerned, offers
from wargame.engine.project import project
from wargame.engine.view import view

SEEDS = st.integers(0, 2**32 - 1)
PLAIN = ("do", "ok", "action", "cost", "choices")  # of an order, what bots may count on


def as_shown(offer: dict[str, Any]) -> dict[str, Any]:
    """An offer as both forms have it: orders come without words, and without the targets of what takes none."""
    return {key: offer[key] for key in PLAIN} if offer["do"] == "order" else offer


@pytest.mark.parametrize("name", ALL)
@given(number=SEEDS)
@settings(max_examples=4, deadline=None)
def test_both_say_what_the_seat_is_shown(name: str, number: int) -> None:
    play = RandomPlay(name, number)
    program, state = play.game.program, play.game.state
    windows = [Window(program, seat) for seat in range(len(program.seats))]
    for step in range(120):
        play.step()
        window = windows[step % len(windows)]
        glimpse, openings = window.glimpse(state), window.openings(state)
        shown, offered = view(program, state, window.seat), offers(program, state, window.seat)
        assert {key: dict(part) if isinstance(part, Mapping) else part for key, part in glimpse.items()} == shown
        assert picture(program, glimpse) == picture(program, shown)
        assert list(openings) == offered
        for do in {offer["do"] for offer in offered} | {"order", "seal", "sign"}:
            open_now = [as_shown(offer) for offer in offered if offer["do"] == do and offer["ok"]]
            assert [as_shown(offer) for offer in openings.of(do)] == open_now


@pytest.mark.parametrize("name", ALL)
@given(number=SEEDS)
@settings(max_examples=4, deadline=None)
def test_openings_are_good_until_something_concerns_the_seat(name: str, number: int) -> None:
    play = RandomPlay(name, number)
    program, state = play.game.program, play.game.state
    kept: dict[int, list[Any]] = {}
    for _ in range(120):
        made = play.step()
        if made is None or isinstance(made[1], Refused):
            continue
        for event in made[1]:
            seats = concerned(program, state, event)
            for seat in list(kept) if seats is None else seats:
                kept.pop(seat, None)
        for seat in range(len(program.seats)):
            assert kept.setdefault(seat, offers(program, state, seat)) == offers(program, state, seat)


def test_to_be_done_is_left_out_while_it_is_not_wanted() -> None:
    play = RandomPlay("bridge_week", 1)
    state = play.game.state
    while not any(offer["do"] == "seal" and offer["ok"] for offer in offers(play.game.program, state, 0)):
        play.step()
    openings: Openings = Window(play.game.program, 0).openings(state)
    assert [offer["do"] for offer in openings.of("seal")] == ["seal"]
    openings.sealing = False
    assert not openings.of("seal")
    assert all(offer["do"] != "seal" for offer in openings)


@pytest.mark.parametrize("name", ALL)
def test_what_a_window_hears_is_the_feed_of_the_seats_mirror(name: str) -> None:
    play = RandomPlay(name, 5)
    program, state = play.game.program, play.game.state
    seats = range(len(program.seats))
    windows = [Window(program, seat, []) for seat in seats]
    mirrors = [Mirror(view(program, state, seat)) for seat in seats]
    for _ in range(80):
        made = play.step()
        if made is None or isinstance(made[1], Refused):
            continue
        twin = play.game.state
        for event in made[1]:
            for seat in seats:
                mirrors[seat].fold(project(program, twin, event, seat))
                windows[seat].hear(twin, event)
    assert [window.glimpse(state)["feed"] for window in windows] == [mirror.data["feed"] for mirror in mirrors]
    assert any(mirror.data["feed"] for mirror in mirrors)
