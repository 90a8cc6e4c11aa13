"""A belief is held against the other side of the same card, or of the same turn; the Brier score is its mean square miss."""

from __future__ import annotations

import pytest

from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.beliefs import FEW, beliefs, brier, scored


def played(north: str, reds: str, *, belief: int) -> Kept:
    game = Kept()
    game.to("desk")
    card = game.card("letter", target="reds")
    game.answer("north", card, north, belief=belief)
    game.answer("reds", card, reds)
    game.to("rooms")
    return game


@pytest.mark.parametrize(("reds", "outcome", "loss"), [("push", True, 0.04), ("hold_on", False, 0.64)])
def test_the_other_side_is_who_answers_the_same_card(reds: str, outcome: bool, loss: float) -> None:
    record, _ = played("answer", reds, belief=80).told()
    (found,) = scored(record)
    assert [record.program.seats[act.seat] for act in found.against] == ["reds"]
    assert found.outcome is outcome
    assert found.loss == pytest.approx(loss)
    assert brier([found]) == pytest.approx(loss)


def test_alone_with_a_card_it_is_all_others_in_that_turn() -> None:
    """More escalating than de-escalating choices: it escalated."""
    game = Kept()
    game.to("desk")
    card = game.card("report_due")
    game.answer("north", card, "stop", belief=50)
    game.to("rooms")
    for seat, action in (("reds", "recruit"), ("blues", "recruit"), ("south", "talk")):
        game.done(seat, "orders", orders=[{"action": action, "targets": [], "rationale": ""}])
    game.to("rooms", turn=2)
    record, _ = game.told()
    (found,) = scored(record)
    stances = [act.stance for act in found.against]
    assert (stances.count("escalate"), stances.count("deescalate")) == (2, 1)
    assert all(act.seat != found.act.seat and act.told.turn == 1 for act in found.against)
    assert found.outcome


def test_few_are_said_to_say_little() -> None:
    record, names = played("answer", "push", belief=80).told()
    words = Page(beliefs(record, names).text).text
    assert "Only 1 belief in all: too few to judge anybody by." in words
    assert "0.040" in words
    assert "Ana" in words
    assert FEW > 1


def test_a_game_without_beliefs_says_so() -> None:
    assert "Nobody wrote down how likely" in Page(beliefs(*Kept().told()).text).text
