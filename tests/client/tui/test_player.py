"""Somebody who comes in is told what they need; the facilitator's hand, and a stop, are told in calm words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from textual.widgets import TextArea

from tests.client import sample
from tests.client.scripted import ScriptedDoor
from tests.client.test_content import CONTENT
from wargame.client.door import Connection, People, Place, Stage
from wargame.client.tui.app import ClientApp
from wargame.client.tui.widgets.picker import Picker

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]
SMALL = (80, 24)
SIZES = [SMALL, (120, 40)]
MISSED = {
    "turn": 3,
    "phase": "desk",
    "feed": [sample.story("phase", "Turn 3 begins"), sample.story("news", "The bridge is closed")],
    "messages": 2,
    "due": [{"do": "respond", "text": "Answer the card: Missing at the Resort."}],
}


def told(app: ClientApp) -> list[str]:
    return [note.message for note in app._notifications]


def away(door: ScriptedDoor) -> ScriptedDoor:
    """Somebody who was away."""

    def answers(body: Mapping[str, Any]) -> Mapping[str, Any]:
        return MISSED if body.get("what") == "missed" else sample.answers(body)

    door.answers = answers
    return door


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_game_touches_on_is_asked_once_with_its_keys_in_sight(
    door: ScriptedDoor, client: Make, shown: Shown, size: tuple[int, int]
) -> None:
    door.catalog["content"] = CONTENT
    door.catalog["scenario"] = {**door.catalog["scenario"], "content_note": "Violence, abstracted. " * 25}
    async with client(door).run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        text = shown(pilot.app)
        for words in ("What this game touches on", "Violence, abstracted.", "[ ] Kidnapping", "Space mark", "Enter go on"):
            assert words in text
        await pilot.press("space", "enter")
        await pilot.pause()
        assert door.commands == []  # nobody is told
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "What this game touches on" not in shown(app)
        assert app.spared.tags == {"kidnapping"}
        await pilot.press("C")
        await pilot.pause()
        assert "[x] Kidnapping" in shown(app)
        await pilot.press("space", "escape")
        await pilot.pause()
        assert app.spared.tags == {"kidnapping"}


async def test_a_card_comes_with_other_words_for_who_is_spared_and_its_own_on_a_key(
    door: ScriptedDoor, client: Make, shown: Shown
) -> None:
    door.catalog["content"] = CONTENT
    alternate = {"title": "A Beach Road", "text": "People are missed."}
    door.mirror.data["cards"]["7"].update(tags=["kidnapping"], warning=CONTENT[0]["warning"], alternate=alternate)
    app = client(door)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.press("3")
        await pilot.pause()
        assert "⚠ This card speaks of people held captive." in shown(app)
        assert "Four American tourists" in shown(app)
        await pilot.press("C")
        await pilot.pause()
        await pilot.press("space", "enter")
        await pilot.pause()
        text = shown(app)
        assert "A Beach Road" in text
        assert "People are missed." in text
        assert "Four American tourists" not in text
        assert "Missing at the Resort" not in text
        assert "Rescue operation" in text  # what is to be decided is the same
        await pilot.press("z")
        await pilot.pause()
        assert "Four American tourists" in shown(app)


async def test_what_was_missed_comes_up_once_and_again_by_its_key(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(away(door))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.pause()
        text = shown(app)
        for words in ("What you missed", "Answer the card: Missing at the Resort.", "The bridge is closed", "2 messages came"):
            assert words in text
        assert "Turn 3 begins" not in text
        await pilot.press("escape")
        door.tell("welcome", "mirror", "offers")
        await pilot.pause()
        assert "What you missed" not in shown(app)
        await pilot.press("M")
        await pilot.pause()
        assert "The bridge is closed" in shown(app)


async def test_who_is_writing_when_the_connection_is_back_is_only_told_the_key(
    door: ScriptedDoor, client: Make, shown: Shown
) -> None:
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y", *"Half a")
        away(door)
        door.be(Stage.LOST, "The network went away.", retry_at=1005.0)
        await pilot.pause()
        door.be(Stage.LIVE)
        door.tell("welcome", "connection", "mirror")
        await pilot.pause()
        await pilot.press(*" reason")
        assert app.screen.query_one("#rationale", TextArea).text == "Half a reason"
        assert any("What you missed: press M" in words for words in told(app))


async def test_the_stop_signal_asks_and_reassures_and_says_nothing_of_who(
    door: ScriptedDoor, client: Make, shown: Shown
) -> None:
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert "Nobody learns that it was" in shown(app)
        assert door.commands == []
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands == [({"do": "stop"}, (3, "desk"))]
        assert told(app) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_paused_game_says_that_it_is_paused_and_nothing_else(
    door: ScriptedDoor, client: Make, shown: Shown, size: tuple[int, int]
) -> None:
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y", *"I was")
        door.feed(["set", "paused", 60_000])
        await pilot.pause()
        text = shown(app)
        assert "The game is paused. Everything is kept, and it goes on when all are ready." in text
        for words in ("facilitator has", "stopped", "somebody"):
            assert words not in text
        await pilot.press(*" here")
        assert app.screen.query_one("#rationale", TextArea).text == "I was here"
        door.feed(["set", "paused", None])
        await pilot.pause()
        assert "The game is paused" not in shown(app)


async def test_a_card_corrected_or_taken_back_is_told_and_seen_on_its_page(
    door: ScriptedDoor, client: Make, shown: Shown
) -> None:
    app = client(door)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        card = {**door.mirror.data["cards"]["7"], "title": "Missing", "text": "Three tourists.", "corrected": True}
        door.feed(["put", "cards", "7", card], ["push", "feed", sample.story("card", "Corrected: Missing", card="kidnapping")])
        await pilot.pause()
        assert "The facilitator has corrected this card" in shown(app)
        lines = [["note", "Answers to it do not count."]]
        back = sample.story("card", "Taken back: Missing", card="kidnapping", lines=lines)
        door.feed(["drop", "cards", "7"], ["push", "feed", back])
        await pilot.pause()
        assert "✗ Taken back: Missing" in shown(app)
        app.screen.query_one("#cards", Picker).go("gone:kidnapping")
        await pilot.pause()
        assert "Answers to it do not count." in shown(app)
        assert told(app) == ["Corrected: Missing", "Taken back: Missing"]
        new = sample.story("card", "A new one", card="march")
        door.feed(["put", "cards", "9", {**sample.cards()["9"], "title": "A new one"}], ["push", "feed", new])
        await pilot.pause()
        assert "A new one" not in told(app)


async def test_who_is_muted_is_told_and_keeps_what_they_write(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("5")
        await pilot.pause()
        door.room = People(muted=True)
        door.tell("room")
        await pilot.pause()
        assert "You are muted" in told(app)[-1]
        await pilot.press("a", *"hello", "enter")
        await pilot.pause()
        assert door.commands == []
        assert "muted: you can read, not write" in shown(app)
        assert app.draft("talk.all") == "hello"
        door.room = People()
        door.tell("room")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands[-1][0]["text"] == "hello"


async def test_who_was_moved_is_told_why_and_where_they_are(door: ScriptedDoor, client: Make) -> None:
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        door.moved = "You play at Table 2 now."
        door.tell("moved")
        await pilot.pause()
        assert told(app) == []
        door.table = "ZZ9Q-AAAA"
        door.tell("welcome", "mirror", "offers")
        await pilot.pause()
        assert told(app)[0].startswith("You play at Table 2 now. You are now The White House.")
        door.tell("welcome", "mirror")
        await pilot.pause()
        assert len(told(app)) == 1


async def test_who_was_let_in_or_given_another_seat_is_told_which(client: Make) -> None:
    door = ScriptedDoor("", sample.catalog(), {}, [])
    door.connection, door.person = Connection(Stage.LOBBY), "p1"
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        door.you = "washington"
        door.mirror.data.update(sample.view())
        door.be(Stage.LIVE)
        door.tell("welcome", "mirror", "offers")
        await pilot.pause()
        assert told(app) == ["You are in. You are now The White House."]
        door.you = "congress"
        door.tell("welcome", "mirror", "offers")
        await pilot.pause()
        assert told(app)[-1] == "The facilitator has given you another place. You are now Congress."


async def test_who_waits_reads_where_and_why_and_that_nobody_is_locked_out(client: Make, shown: Shown) -> None:
    door = ScriptedDoor("", {}, {}, [])
    door.connection = Connection(Stage.LOBBY)
    seats = [{"seat": "washington", "title": "The White House", "taken": True}]
    door.place = Place("Table 2", "Five Questions", seats, 3, "Your seat is taken; the facilitator finds you another.")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        text = shown(app)
        for words in ("Five Questions", "number 3", "You are not locked out", "Your seat is taken", "The White House  taken"):
            assert words in text
