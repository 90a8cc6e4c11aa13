"""The strip shows each choice with the ladder around it, and holds what was meant against what others could see."""

from __future__ import annotations

import pytest

from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.ladder import done, ladder_change, strip, verdict, visible
from wargame.analysis.debrief.record import ladder_of


@pytest.mark.parametrize(
    ("meant", "seen", "words"),
    [
        (2, 3, "looked as it meant"),
        (-1, 2, "looked harder than it meant"),
        (0, 1, "looked harder than it chose"),
        (2, -1, "looked softer than it meant"),
        (0, -1, "looked softer than it chose"),
        (3, 0, "left no mark on the ladder that others could put down to it"),
        (0, 0, "looked as it meant"),
    ],
)
def test_the_gap_in_words(meant: int, seen: int, words: str) -> None:
    assert verdict(meant, seen) == words


def test_an_order_out_of_sight_leaves_no_step_that_others_could_see() -> None:
    game = Kept()
    game.to("rooms")
    game.done("north", "orders", orders=[{"action": "embargo", "targets": [], "rationale": ""}])
    game.done("reds", "orders", orders=[{"action": "recruit", "targets": [], "rationale": ""}])
    game.done("south", "orders", orders=[{"action": "talk", "targets": [], "rationale": ""}])
    game.to("rooms", turn=2)
    record, names = game.told()
    slot = ladder_of(record.program)
    acts = {act.label: act for act in done(record) if act.kind == "order"}
    assert acts.keys() == {"Embargo", "Recruit", "Talk"}
    for label, step in (("Embargo", 1), ("Talk", -1)):
        change = ladder_change(acts[label], slot)
        assert change is not None
        assert change[1] - change[0] == step
        assert visible(record, acts[label], slot)
    assert not visible(record, acts["Recruit"], slot)
    words = Page(strip(record, names).text).text
    assert "Known to The Reds." in words
    assert "▲ escalate" in words
    assert "▼ de-escalate" in words


def test_a_game_without_choices_says_so() -> None:
    assert "No seat had chosen anything yet." in Page(strip(*Kept().told()).text).text
