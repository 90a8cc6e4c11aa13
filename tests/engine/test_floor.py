"""A motion passes when enough votes say aye, lobbying and veto counted, whoever spoke first."""

from __future__ import annotations

from tests.support.hands import Hands
from wargame.engine.events import MotionVoted


def voted(table: Hands) -> MotionVoted:
    return next(event for event in table.done("white_cell", "advance") if isinstance(event, MotionVoted))


def on_the_floor(motion: str, *, played: tuple[str, ...] = (), number: int = 1) -> Hands:
    table = Hands("odd", number, played=played).to("rooms")
    table.forget_motions()
    table.orders("cleo", {"ban": "sue", "amnesty": "whisper"}[motion])
    return table.to("floor")


def test_unanimous_means_everybody() -> None:
    """One nay of two is enough."""
    for anna, bert, passed in (("aye", "aye", True), ("aye", "nay", False), ("nay", "nay", False)):
        table = on_the_floor("amnesty")
        table.done("anna", "floor", lobby=0, position=anna)
        table.done("bert", "floor", lobby=0, position=bert)
        outcome = voted(table)
        assert (outcome.passed, outcome.needed) == (passed, 2)


def test_a_veto_raises_the_bar_unless_it_is_waived() -> None:
    """The judge's veto asks for all three votes."""
    for veto, needed in ((True, 3), (False, 2)):
        table = on_the_floor("ban")
        table.done("judge", "floor", lobby=0, position="aye", veto=veto)
        outcome = voted(table)
        assert (outcome.vetoed, outcome.needed) == (veto, needed)


def test_a_seat_that_does_not_play_vetoes_nothing() -> None:
    """Its bloc is rolled, its veto does not exist."""
    outcome = voted(on_the_floor("ban", played=("anna", "bert", "cleo")))
    assert (outcome.vetoed, outcome.needed) == (False, 2)


def test_lobbying_is_paid_by_whoever_can_and_moves_the_free_votes() -> None:
    """Points for and against add up; what a seat no longer has it does not spend."""
    table = on_the_floor("ban")
    table["heat"] = 2
    table.done("anna", "floor", lobby=2)
    table.done("bert", "floor", lobby=-1)
    table["bert.coin"] = 0
    coin = table["anna.coin"]
    outcome = voted(table)
    assert outcome.lobby == ((table.seat("anna"), 2),)
    assert table["anna.coin"] == coin - 2 + 1  # and the income of the next turn
    assert outcome.blocs[1].lean == 80


def test_two_bodies_have_their_own_members() -> None:
    """The judge has no say in the street."""
    table = on_the_floor("amnesty")
    assert table.refused("judge", "floor", lobby=0).code == "not_offered"
    assert table.offers("judge", "floor") == []
