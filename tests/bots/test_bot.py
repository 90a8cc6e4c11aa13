"""Whatever becomes of what it does, a bot does each thing once a phase, and looks again when somebody proposes something."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from wargame.bots.bot import Purse
from wargame.bots.one_ply import OnePly
from wargame.bots.random_legal import RandomLegal
from wargame.engine.game import Game
from wargame.engine.offers import offers
from wargame.engine.state import State
from wargame.engine.view import view
from wargame.rules.program import Program


def at_orders(program: Program) -> State:
    game = Game.started(program, bytes(32))
    from wargame.engine.commands import Advance

    while game.state.phase_id(program) != "rooms":
        game.run_house(Advance())
    return game.state


@pytest.mark.parametrize("kind", [RandomLegal, OnePly])
def test_a_bot_that_is_never_heeded_comes_to_rest(program: Program, kind: type[Any]) -> None:
    """Nothing it sends has any effect here; still it stops."""
    game = Game.started(program, bytes(32))
    bot = kind(program, program.seats[0], Random(1))
    count = 0
    while bot.decide(view(program, game.state, 0), offers(program, game.state, 0)) is not None:
        count += 1
        assert count < 50


def test_a_sealed_bot_reopens_for_a_proposal_once(bridge_week: Program) -> None:
    state = at_orders(bridge_week)
    bot = RandomLegal(bridge_week, "mexico_city", Random(1))
    seen = view(bridge_week, state, 1)
    agreement = bridge_week.agreements[0].id
    proposal = {"by": "washington", "signed": ["washington"], "side_terms": ""}
    seen = {**seen, "sealed": ["mexico_city"], "proposals": {agreement: proposal}}
    open_now = [{"do": "reopen", "ok": True, "why": ""}]
    assert bot.decide(seen, open_now) == {"do": "reopen"}
    assert bot.decide(seen, open_now) is None


def test_a_sealed_bot_leaves_its_own_proposals_alone(bridge_week: Program) -> None:
    state = at_orders(bridge_week)
    bot = RandomLegal(bridge_week, "washington", Random(1))
    proposal = {"by": "washington", "signed": ["washington"], "side_terms": ""}
    seen = {**view(bridge_week, state, 0), "sealed": ["washington"], "proposals": {bridge_week.agreements[0].id: proposal}}
    assert bot.decide(seen, [{"do": "reopen", "ok": True, "why": ""}]) is None


def test_a_draft_that_somebody_else_made_stands(bridge_week: Program) -> None:
    state = at_orders(bridge_week)
    bot = RandomLegal(bridge_week, "washington", Random(1))
    draft = [{"action": "anything", "targets": [], "rationale": "Mine."}]
    seen = {**view(bridge_week, state, 0), "orders": draft}
    bodies = []
    while (body := bot.decide(seen, offers(bridge_week, state, 0))) is not None:
        bodies.append(body["do"])
    assert "orders" not in bodies
    assert bodies[-1] == "seal"


def test_a_purse_counts_what_is_pledged_and_what_is_taken(bridge_week: Program) -> None:
    state = at_orders(bridge_week)
    seen = view(bridge_week, state, 0)
    agreement = next(each for each in bridge_week.agreements if each.costs.get(0))
    slot, price = agreement.costs[0][0]
    have = state.board[slot]
    assert Purse(bridge_week, "washington", seen).left(slot) == have
    pledged = {**seen, "proposals": {agreement.id: {"by": "washington", "signed": ["washington"], "side_terms": ""}}}
    purse = Purse(bridge_week, "washington", pledged)
    assert purse.left(slot) == have - price
    offer = next(offer for offer in offers(bridge_week, state, 0) if offer["do"] == "order" and offer["cost"])
    purse.take(offer, ())
    assert purse.left(slot) == have - price - sum(offer["cost"].values())
    assert not purse.allows(offer, ())
