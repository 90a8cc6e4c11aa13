"""Everything that not every seat knew is there, with the turn and row in which each seat learned it."""

from __future__ import annotations

from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.knowing import knowing


def facts(game: Kept) -> dict[str, str]:
    """What each row of the table begins with -> by seat when it was learned, as the script reads it."""
    record, names = game.told()
    page = knowing(record, names).text
    rows = page.split("<tr data-k=")[1:] if "<tr data-k=" in page else []
    found = {}
    for row in rows:
        keys = row.split('"')[1]
        found[Page("<p>" + row.split('<th scope="row">')[1].split("</th>")[0] + "</p>").text] = keys
    return found


def test_an_order_out_of_sight_and_a_private_message() -> None:
    game = Kept()
    game.to("rooms")
    game.done("reds", "orders", orders=[{"action": "recruit", "targets": [], "rationale": ""}])
    game.done("north", "say", to=["south"], text="Between us <i>two</i>.")
    said = game.last
    game.to("rooms", turn=2)
    found = facts(game)
    order = next(keys for words, keys in found.items() if words.startswith("The Reds: Recruit"))
    assert order == ",,,1,,"  # the reds alone, in turn 1
    message = next(keys for words, keys in found.items() if "Between us <i>two</i>." in words and f"§{said}" in words)
    assert message == "1,1,,,,"


def test_a_value_that_comes_into_sight_is_learned_then() -> None:
    """Northland sees the gangs' muscle exactly once its intelligence reaches 7, and no longer once it falls below."""
    game = Kept()
    game.to("rooms", turn=2)
    game["intel"] = 8
    game.to("rooms", turn=3)
    game["intel"] = 3
    found = facts(game)
    muscle = next(keys for words, keys in found.items() if words.startswith("The Reds · Muscle"))
    assert muscle == "2-3,,,0,,"
    words = Page(knowing(*game.told()).text).text
    assert "until turn 3" in words


def test_where_all_know_everything_it_says_so() -> None:
    game = Kept("odd")
    words = Page(knowing(*game.told()).text).text
    assert words
