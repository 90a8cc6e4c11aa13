"""What somebody would rather be spared is kept for them, and a card that touches on it comes with other words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.client import sample
from wargame.client.content import PUT_AWAY, Spared, offered, reading
from wargame.client.door import Connection, Glance, Stage
from wargame.client.look import Look

CONTENT = [
    {"id": "kidnapping", "label": "Kidnapping", "warning": "This card speaks of people held captive.", "text": ""},
    {"id": "loss", "label": "Loss", "warning": "Somebody dies.", "text": "A child."},
]


def look() -> Look:
    return Look(Glance(Connection(Stage.LIVE), {**sample.catalog(), "content": CONTENT}, sample.view(), [], you="washington"))


def card(**more: Any) -> dict[str, Any]:
    return {**sample.cards()["7"], "tags": ["kidnapping", "coast"], "warning": CONTENT[0]["warning"], **more}


def test_a_choice_is_kept_and_other_scenarios_keep_theirs(tmp_path: Path) -> None:
    spared = Spared(tmp_path)
    assert not spared.asked("blackout")
    spared.choose("blackout", ["cold"], ["cold", "loss"])
    spared.choose("five_questions", ["kidnapping", "unheard of"], ["kidnapping"])
    again = Spared(tmp_path)
    assert again.tags == {"cold", "kidnapping"}
    assert again.asked("blackout")
    again.choose("blackout", [], ["cold", "loss"])
    assert Spared(tmp_path).tags == {"kidnapping"}


def test_a_damaged_file_keeps_nobody_out(tmp_path: Path) -> None:
    for damage in ("{", '{"tags": 3, "asked": [4, null]}', "[]"):
        (tmp_path / "spared.json").write_text(damage, encoding="utf-8")
        spared = Spared(tmp_path)
        assert (spared.tags, spared.asked("blackout")) == (frozenset(), False)


def test_who_wants_to_be_spared_reads_other_words() -> None:
    other = reading(look(), card(alternate={"title": "", "text": "People are missed."}), {"kidnapping"})
    assert (other.title, other.text, other.spared) == ("Missing at the Resort", "People are missed.", True)
    assert other.warning == "Touches on: Kidnapping."
    assert reading(look(), card(), {"kidnapping"}).text == PUT_AWAY


def test_everybody_else_is_warned_and_reads_the_card_and_so_does_who_asks_to() -> None:
    for read in (reading(look(), card(), {"loss"}), reading(look(), card(), {"kidnapping"}, original=True)):
        assert read.text.startswith("Four American tourists")
        assert (read.warning, read.spared) == ("This card speaks of people held captive.", False)


def test_a_scenario_without_tags_offers_none() -> None:
    assert offered(Look(Glance(Connection(Stage.LIVE), sample.catalog(), sample.view(), [], you="washington"))) == []
