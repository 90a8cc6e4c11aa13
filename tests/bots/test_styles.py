"""Whoever answers in kind does so by what others last did, as far as it was told of it."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Any

import pytest

from tests.support.play import program_of
from wargame.analysis.playout import Playout
from wargame.bots.bot import Offer, View
from wargame.bots.levels import seat_bot
from wargame.bots.one_ply import OnePly
from wargame.bots.styles import STYLES, provoked
from wargame.engine.game import Game
from wargame.engine.offers import offers
from wargame.engine.view import view


def story(actor: str | None, stance: str | None, turn: int = 1, phase: str = "rooms") -> dict[str, Any]:
    return {"kind": "order", "actor": actor, "stance": stance, "turn": turn, "phase": phase}


@pytest.mark.parametrize(
    ("feed", "answer"),
    [
        ([], False),
        ([story("south", "escalate")], True),
        ([story("south", "hold")], False),
        ([story("north", "escalate")], False),  # its own doing
        ([story("south", "escalate"), story(None, None), story("north", "deescalate")], True),
        ([story("south", "escalate"), story("east", "deescalate")], False),
        ([story("south", "escalate"), story("east", "escalate"), story("south", "deescalate")], True),
        ([story("south", "escalate"), story("south", "deescalate", phase="desk")], False),
        ([story("south", "deescalate", 1), story("south", "escalate", 2)], True),
    ],
)
def test_others_provoke_by_what_they_last_did(feed: list[dict[str, Any]], answer: bool) -> None:
    assert provoked(feed, "north") is answer


def test_the_taste_of_one_that_answers_in_kind_turns() -> None:
    program = program_of("bridge_week")
    state = Game.started(program, bytes(32)).state
    bot = OnePly(program, "washington", Random(1), STYLES["tit-for-tat"])
    shown = view(program, state, 0)
    tastes = []
    for feed in ([], [story("cartel", "escalate")], [story("cartel", "deescalate")]):
        bot.decide({**shown, "feed": feed}, offers(program, state, 0))
        tastes.append(bot.taste)
    assert tastes == [-2.5, 2.5, -2.5]


class Listener:
    """A bot beside another that keeps what it heard."""

    hears = True

    def __init__(self, bot: Any) -> None:
        self.bot = bot
        self.heard: list[Any] = []

    def decide(self, view: View, offers: list[Offer]) -> Any:
        self.heard = list(view["feed"])
        return self.bot.decide(view, offers)


def test_in_a_playout_a_seat_hears_of_others_what_it_may_and_only_if_it_wants() -> None:
    program = program_of("bridge_week")
    bots: dict[str, Any] = {seat: seat_bot("one-ply", program, seat, "1") for seat in program.seats}
    listener = bots["washington"] = Listener(bots["washington"])
    game = Playout(program, bots)
    game.start(sha256(b"1").digest())
    game.play()
    heard = {(told["actor"], told["kind"]) for told in listener.heard if told["stance"]}
    assert {("mexico_city", "response"), ("cartel", "order")} & heard
    secret = {action.id for action in program.actions if action.audience is not None and not action.audience[0]}
    assert not {told["option"] for told in listener.heard if told["kind"] == "order"} & secret
    assert [seat for seat, window in game._windows.items() if window.feed is not None] == ["washington"]
