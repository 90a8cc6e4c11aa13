"""A score is the sum of its parts, from 0 to 100, and a catastrophe spares nobody."""

from __future__ import annotations

from tests.support.hands import Hands
from wargame.engine.scores import result, seat_score


def test_parts_add_up_and_say_their_most() -> None:
    """Coin, calm and the agenda."""
    table = Hands("odd").to("rooms")
    table["anna.coin"] = 5
    table["heat"] = 5
    score = seat_score(table.program, table.state, table.seat("anna"), -1)
    assert [(part.label, part.value, part.max) for part in score.parts[:2]] == [("Coin", 40, 72), ("Calm", 10, 20)]
    assert score.parts[2].label.startswith("Agenda: ")
    assert score.total == sum(part.value for part in score.parts)


def test_a_catastrophe_caps_every_score_and_meets_no_mandate() -> None:
    """The cap is 30; the mandate is 40."""
    table = Hands("odd").to("rooms")
    table["anna.coin"] = 9
    ruin = next(ending.index for ending in table.program.endings if ending.id == "ruin")
    capped = result(table.program, table.state, ruin)
    assert all(score.total <= 30 and not score.met for score in capped.scores)
    assert any(score.total > 30 for score in result(table.program, table.state, -1).scores)


def test_all_who_share_the_highest_score_are_at_the_top() -> None:
    """A cap makes ties."""
    table = Hands("odd").to("rooms")
    for seat in ("anna", "bert", "cleo"):
        table[f"{seat}.coin"] = 9
    ruin = next(ending.index for ending in table.program.endings if ending.id == "ruin")
    assert set(result(table.program, table.state, ruin).top) >= {table.seat(seat) for seat in ("anna", "bert", "cleo")}


def test_seats_that_did_not_play_have_no_score() -> None:
    """The judge stayed at home."""
    table = Hands("odd", played=("anna", "bert", "cleo")).to("rooms")
    assert [score.seat for score in result(table.program, table.state, -1).scores] == [0, 1, 2]
