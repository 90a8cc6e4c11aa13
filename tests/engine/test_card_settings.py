"""A card says how it comes in the story and what it touches on; what it has none of takes no room."""

from __future__ import annotations

from typing import Any

from tests.support.hands import Hands
from wargame.engine.catalog import catalog


def seen(table: Hands, who: str, card: str, **bound: str) -> dict[str, Any]:
    table.done("white_cell", "fire", card=card, bound=bound)
    number = str(table.state.hand[-1].number)
    found: dict[str, Any] = table.view(who)["cards"][number]
    return found


def test_readers_see_the_sender_the_channel_the_warning_and_the_other_words() -> None:
    """Names that the card binds are filled in everywhere; facilitators' words are not among it."""
    card = seen(Hands("everything").to("rooms"), "south", "letter", target="reds")
    assert (card["from"], card["channel"], card["story_time"]) == ("A friend of The Reds", "cable", "Day 2, 06:40")
    assert card["warning"] == "Somebody has lost a friend."
    assert card["alternate"] == {"title": "A Note to The Reds", "text": "Somebody has written."}
    assert not {"controller", "capability", "evaluator", "expects"} & card.keys()


def test_a_card_without_any_of_it_carries_none_of_it() -> None:
    card = seen(Hands("everything").to("rooms"), "south", "shelf_card")
    assert not {"from", "channel", "story_time", "warning", "alternate"} & card.keys()


def test_the_facilitators_catalog_has_it_all() -> None:
    program = Hands("everything").program
    card = next(each for each in catalog(program, program.white_cell)["cards"] if each["id"] == "letter")
    assert (card["kind"], card["capability"], card["controller"]) == ("contextual", "Reading the mail", "The post desk")
    assert card["evaluator"] == "Does anybody ask who wrote it?"
    assert [(each["who"], each["what"], each["id"], each["within"], each["if_missed"]) for each in card["expects"]] == [
        (["north"], "option", "answer", 1, "reminder"),
        (["assembly"], "order", "brief", 2, "reminder"),
        (["south"], "agreement", "pact", 3, None),
    ]
    kinds = {each["id"]: each["kind"] for each in catalog(program, program.white_cell)["cards"]}
    assert (kinds["nudge"], kinds["reminder"], kinds["storm"]) == ("contingency", "expected", "contextual")


def test_no_seat_has_the_list_of_cards() -> None:
    """What cards may touch on is told to everybody, so that each can say what to be spared."""
    program = Hands("everything").program
    assert [each["id"] for each in catalog(program, program.public)["content"]] == ["grief"]
    assert all(catalog(program, viewer)["cards"] == [] for viewer in range(program.white_cell))
