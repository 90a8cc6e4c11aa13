"""What was secret is told: aims, deeds out of sight, hidden pieces, and the dice with all it takes to check them."""

from __future__ import annotations

from hashlib import sha256

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.analysis.debrief.secrets import dice, secrets


def test_aims_and_hidden_pieces_are_told() -> None:
    game = Kept()
    game.done("north", "choose", choice="aim", option="settle")
    chosen = game.last
    game.done("blues", "place", placement="caches", areas=["town", "hills"])
    game.to("rooms")
    game.done("reds", "orders", orders=[{"action": "recruit", "targets": [], "rationale": ""}])
    game.to("rooms", turn=2)
    words = Page(secrets(*game.told()).text).text
    assert (
        f"Northland §{chosen} War aim (Ana) Settle" in words.replace("  ", " ")
        or f"Northland §{chosen}War aim (Ana)Settle" in words
    )
    assert "The Reds: Recruit" in words
    assert "Known to The Reds." in words
    assert "Cache" in words


def test_the_dice_stand_with_what_checks_them() -> None:
    chronicle = played_chronicle("everything", 3)
    record = read(chronicle)
    page = Page(dice(record, names_of(chronicle)).text)
    place = next(attributes for _, attributes in page.elements if "data-seed" in attributes)
    assert place["data-seed"] == chronicle.seed.hex()
    assert place["data-commitment"] == sha256(b"wargame seed:" + chronicle.seed).hexdigest()
    rows = [attributes for tag, attributes in page.elements if tag == "tr" and "data-p" in attributes]
    assert [(row["data-p"], row["data-s"], row["data-r"]) for row in rows] == [
        (roll.purpose, str(roll.sides), str(roll.result)) for roll in record.rolls
    ]
