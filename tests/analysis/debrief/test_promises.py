"""An agreement is followed from the table to what became of it, with who signed and who left."""

from __future__ import annotations

from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.promises import ledger, promises


def test_one_that_is_left_is_broken() -> None:
    game = Kept()
    game.to("rooms")
    game.done("north", "propose", agreement="pact", side_terms="And <b>quietly</b>.")
    proposed = game.last
    game.done("south", "sign", agreement="pact")
    signed = game.last
    game.to("rooms", turn=2)
    game.done("south", "leave", agreement="pact")
    left = game.last
    record, names = game.told()
    (promise,) = promises(record, names)
    assert promise.proposed == (proposed, 1, 0, "Ana")
    assert [(seq, seat) for seq, seat, _ in promise.signed] == [(proposed, 0), (signed, 1)]
    assert promise.entered == (signed, 1)
    assert promise.end == (left, 2, "broken: Southland left it", "left")
    assert promise.held == 1
    words = Page(ledger(record, names).text).text
    assert "And <b>quietly</b>." in words
    assert "1 came into force: 0 held to the end, 1 broken by a party" in words


def test_one_that_nobody_leaves_is_kept_and_one_declined_never_was() -> None:
    game = Kept()
    game.to("rooms")
    game.done("north", "propose", agreement="pact", side_terms="")
    game.done("south", "decline", agreement="pact")
    game.done("south", "propose", agreement="pact", side_terms="")
    game.done("north", "sign", agreement="pact")
    for _ in range(60):
        if game.state.status == "over":
            break
        game.done("white_cell", "advance")
    record, names = game.told()
    first, second = promises(record, names)
    assert first.end is not None
    assert first.end[2:] == ("declined by Southland", "declined")
    assert second.end is None
    assert "kept: in force when the game was over" in Page(ledger(record, names).text).text


def test_the_facilitators_hand_on_one_is_not_a_breach() -> None:
    game = Kept()
    game.to("rooms")
    game.done("north", "propose", agreement="pact", side_terms="")
    game.done("south", "sign", agreement="pact")
    game["pact"] = 0
    record, names = game.told()
    (promise,) = promises(record, names)
    assert promise.end is not None
    assert promise.end[3] == "undone"
    assert promise.by is not None
    assert promise.by.story["kind"] == "override"
