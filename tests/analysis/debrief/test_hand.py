"""What the facilitator did is listed with the reason, and what was taken back is shown as taken back."""

from __future__ import annotations

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.hand import hand
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read


def test_every_deed_has_its_row_and_reason() -> None:
    game = Kept()
    game.to("desk")
    card = game.card("letter", target="reds")
    fired = game.last
    game.done("white_cell", "override", slot="tension", value=7, reason="To see <what> happens.")
    set_at = game.last
    game.done("white_cell", "recall", card=str(card), reason="Sent by mistake.", undo=True)
    words = Page(hand(*game.told()).text).text
    assert f"§{fired}" in words
    assert "Fired the card “A Letter to {target}”" in words
    assert "Set a value: tension from 3 to 7" in words
    assert "To see <what> happens." in words
    assert f"§{set_at}" in words
    assert "Took back the card" in words
    assert "Sent by mistake." in words


def test_what_was_taken_back_is_told_struck_out() -> None:
    chronicle = played_chronicle("everything", 1, rewinds=2)
    dead = [entry for entry in chronicle.entries if not entry.live]
    page = Page(hand(read(chronicle), names_of(chronicle)).text)
    assert f"{len(dead)} rows of the journal no longer count" in page.text
    assert any(tag == "s" for tag, _ in page.elements)
    assert "Let us try that once more." in page.text


def test_a_game_left_alone_is_said_to_be() -> None:
    assert "let the game run" in Page(hand(*Kept().told()).text).text
