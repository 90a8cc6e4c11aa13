"""Every event is told once, in its turn, and those that not all knew of say who did."""

from __future__ import annotations

from tests.support.chronicles import played_chronicle
from tests.support.kept import Kept
from tests.support.paper import Page
from wargame.analysis.debrief.naming import names_of
from wargame.analysis.debrief.record import read
from wargame.analysis.debrief.telling import telling


def test_every_event_and_message_is_told_once() -> None:
    chronicle = played_chronicle("everything", 2)
    record = read(chronicle)
    page = Page(telling(record, names_of(chronicle)).text)
    told = [each["id"] for _, each in page.elements if (each.get("id") or "").startswith("e")]
    assert told == [f"e{each.number}" for each in record.told if each.story["kind"] != "phase"]
    messages = sum(each.get("class") == "said" for _, each in page.elements)
    assert messages == len(record.messages) > 0


def test_what_not_all_knew_is_marked() -> None:
    game = Kept()
    game.to("rooms")
    game.done("reds", "orders", orders=[{"action": "recruit", "targets": [], "rationale": "Quietly."}])
    game.to("rooms", turn=2)
    words = Page(telling(*game.told()).text).text
    start = words.index("The Reds: Recruit")
    assert words.index("Private Known to The Reds.", start) - start < 300
    assert "Private Each seat was told its own part alone." in words
