"""People are named, or numbered in the order in which they first did something."""

from __future__ import annotations

from tests.support.chronicles import bots_chronicle
from tests.support.kept import Kept
from wargame.analysis.debrief.naming import counted, listed, names_of, signed


def test_numbers_follow_the_first_deed() -> None:
    game = Kept()
    game.to("rooms")
    game.done("blues", "say", to=None, text="First.")
    game.done("north", "say", to=None, text="Second.")
    names = names_of(game.chronicle, anonymous=True)
    assert [names.person(each) for each in ("p7", "p1", "g1")] == ["Player 1", "Player 2", "Facilitator 1"]
    assert len({names.person(person) for person in game.chronicle.people}) == len(game.chronicle.people)
    assert names_of(game.chronicle).person("p7") == "Greta"


def test_whoever_is_not_on_the_list_keeps_the_name_of_then_unless_anonymous() -> None:
    chronicle = bots_chronicle("bridge_week", 1)
    assert names_of(chronicle).person("p99", "Zoe") == "Zoe"
    assert names_of(chronicle, anonymous=True).person("p99", "Zoe") == ""
    assert names_of(chronicle).person("") == ""


def test_small_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert [signed(3), signed(-2), signed(0), signed(0.04, 1)] == ["+3", "−2", "0", "0"]
    assert counted(1, "row", "rows") == "1 row"
