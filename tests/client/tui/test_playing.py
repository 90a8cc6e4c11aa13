"""A choice is sent only after an explicit second yes, with what its sender saw; nothing typed is ever lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.widgets import Input, TextArea

from tests.client import sample
from tests.client.scripted import ScriptedDoor
from wargame.client.door import Outcome, Stage
from wargame.client.tui.app import ClientApp
from wargame.client.tui.dialogs.leave import Leave
from wargame.client.tui.widgets.picker import Picker

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]


def rooms() -> ScriptedDoor:
    door = ScriptedDoor("washington", sample.catalog(), sample.view(phase="rooms"), sample.offers("rooms"))
    door.answers = sample.answers
    return door


async def test_answering_a_card(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y", *"They are ours.", "escape", "p", "6", "0", "escape", "a")
        await pilot.pause()
        text = shown(app)
        for words in ("▲ escalate  Rescue operation", "The raid: 47-61 in 100", "They are ours.", "60 in 100"):
            assert words in text
        assert door.commands == []
        await pilot.press("escape")
        await pilot.pause()
        assert door.commands == []
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        body = {"do": "respond", "card": "7", "option": "rescue", "rationale": "They are ours.", "belief": 60}
        assert door.commands == [(body, (3, "desk"))]
        assert app.draft("card.3.7.rationale") == ""


async def test_an_option_that_is_not_open_is_not_sent(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert door.commands == []
        assert "answer with this" not in shown(app)


async def test_a_command_carries_the_phase_that_its_sender_saw(door: ScriptedDoor, client: Make) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        door.feed(["set", "phase", "rooms"], offers=sample.offers("rooms"))
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands[0][1] == (3, "desk")


async def test_a_refusal_becomes_a_panel_and_the_draft_stays(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    door.outcome = Outcome(False, "stale_phase", "The desk has closed.")
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y", *"Why", "escape", "a")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "The desk has closed." in shown(app)
        assert "Your draft is kept" in shown(app)
        assert app.draft("card.3.7.rationale") == "Why"


async def test_building_orders_and_sealing(client: Make, shown: Shown) -> None:
    door = rooms()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("down", "down", "a")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        text = shown(app)
        for words in ("Designate a group as terrorist: CJNG", "2 political capital", "against cjng", "Escalation ladder +1"):
            assert words in text
        assert door.commands == []
        await pilot.press(*"Named at last", "enter")
        await pilot.pause()
        order = {"action": "designate", "targets": ["cjng"], "rationale": "Named at last"}
        assert door.commands == [({"do": "orders", "orders": [order]}, (3, "rooms"))]

        door.feed(["set", "orders", [order]])
        await pilot.pause()
        text = shown(app)
        assert "1. ▲ Designate a group as terrorist (CJNG)" in text
        assert "Draft: 1 of 2" in text
        assert "4 of 6 left" in text
        assert "orders: 1 of 2, not sealed" in text

        await pilot.press("e")
        await pilot.pause()
        assert "Seal what you have entered?" in shown(app)
        assert "1 of 2 orders" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands[-1] == ({"do": "seal"}, (3, "rooms"))

        await pilot.press("x")
        await pilot.pause()
        assert door.commands[-1][0] == {"do": "orders", "orders": []}


async def test_what_is_not_possible_is_told_and_not_sent(client: Make, shown: Shown) -> None:
    door = rooms()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        assert "Not now: There are no tariffs in force." in " ".join(shown(app).split())
        await pilot.press("a")
        await pilot.pause()
        assert door.commands == []


async def test_leaving_an_agreement_shows_its_price_first(client: Make, shown: Shown) -> None:
    door = rooms()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        await pilot.pause()
        app.screen.query_one("#deals", Picker).go("force:dialogue")
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        assert "US-Mexico relations -6" in shown(app)
        assert door.commands == []
        await pilot.press("y")
        await pilot.pause()
        assert door.commands == [({"do": "leave", "agreement": "dialogue"}, (3, "rooms"))]


async def test_updates_never_touch_what_is_typed_nor_focus_cursor_or_scroll(
    door: ScriptedDoor, client: Make, shown: Shown
) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "a")
        typed = "Do not announce it"
        for number, letter in enumerate(typed):
            await pilot.press("space" if letter == " " else letter)
            door.feed(
                ["push", "messages", {"from": "cjng", "to": None, "text": f"Noise {number}", "turn": 3, "phase": "desk"}],
                ["push", "feed", sample.story("news", f"Something happened {number}")],
                ["set", "phase", "rooms" if number % 2 else "desk"],
            )
        await pilot.pause()
        line = app.screen.query_one("#line", Input)
        assert line.value == typed
        assert line.cursor_position == len(typed)
        assert app.screen.focused is line
        assert "Noise 17" in shown(app)
        assert app.draft("talk.all") == typed

        await pilot.press("escape", "8", "down", "down")
        await pilot.pause()
        chosen = app.screen.query_one("#stories", Picker).chosen
        door.feed(["push", "feed", sample.story("news", "One more")])
        await pilot.pause()
        assert app.screen.query_one("#stories", Picker).chosen == chosen

        await pilot.press("3", "y", *"Hold")
        door.feed(["put", "responses", "8", {"option": "wait", "rationale": "", "belief": None}])
        await pilot.pause()
        area = app.screen.query_one("#rationale", TextArea)
        assert area.text == "Hold"
        assert area.has_focus


async def test_a_message_is_kept_until_it_is_through(door: ScriptedDoor, client: Make) -> None:
    door.hold = asyncio.Event()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "down", "a", *"Call me", "enter")
        await pilot.pause()
        line = app.screen.query_one("#line", Input)
        assert door.commands[0][0] == {"do": "say", "to": ["mexico_city"], "text": "Call me"}
        assert line.value == "Call me"
        door.hold.set()
        await pilot.pause()
        await pilot.pause()
        assert line.value == ""


async def test_drafts_survive_leaving_and_coming_back(door: ScriptedDoor, client: Make, tmp_path: Path) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "y", *"Half a th")
        await pilot.pause()
    again = ScriptedDoor("washington", sample.catalog(), sample.view(), sample.offers())
    app = client(again)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert app.screen.query_one("#rationale", TextArea).text == "Half a th"


async def test_a_lost_connection_is_shown_and_play_goes_on(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "a", *"hi")
        door.be(Stage.LOST, "The connection was cut.", retry_at=1004.0)
        await pilot.pause()
        assert "lost (retry in 4 s)" in shown(app)
        await pilot.press(*" all", "escape", "r")
        assert door.retries == 1
        door.be(Stage.LIVE)
        await pilot.pause()
        assert "● live" in shown(app)
        assert app.screen.query_one("#line", Input).value == "hi all"


async def test_a_closed_connection_becomes_a_panel_with_the_next_step(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        door.be(Stage.CLOSED, "Your seat was opened on another machine.", again=True, code="replaced")
        await pilot.pause()
        await pilot.pause()
        assert "Your seat was opened on another machine." in " ".join(shown(app).split())
        assert "connect again" in shown(app)


async def test_names_and_texts_are_never_markup_nor_escapes(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    door.catalog["seats"][1]["title"] = "[bold red]Evil[/] \x1b[31mred\x1b[0m \u202egnp.exe"
    door.mirror.data["messages"].append(
        {
            "from": "mexico_city",
            "to": None,
            "text": "[/] [@click=app.exit]go[/] \x1b]0;x\x07 \x9b2J",
            "turn": 3,
            "phase": "desk",
        }
    )
    door.mirror.data["cards"]["7"]["title"] = "[link=x]Card[/link] [$foo]"
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("5", "3", "8", "1", "6"):
            await pilot.press(key)
            await pilot.pause()
            text = shown(app)
            assert not [
                sign for sign in text if sign != "\n" and (ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign == "\u202e")
            ]
        await pilot.press("5")
        await pilot.pause()
        assert "[bold red]Evil[/]" in shown(app)
        assert "[@click=app.exit]go[/]" in shown(app)


async def test_leaving_asks_twice(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert "Leave the table?" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, Leave)
        assert not door.closed
        await pilot.press("5", "a", "q", "ctrl+q")
        await pilot.pause()
        assert isinstance(app.screen, Leave)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert door.closed
    assert app.return_value == 0


async def test_an_error_in_a_task_is_a_panel_not_the_end(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    async def fail(body: Any, *, seen: Any = None) -> Outcome:
        raise RuntimeError("boom [x]")

    door.do = fail  # type: ignore[method-assign]
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "a", *"hi", "enter")
        await pilot.pause()
        await pilot.pause()
        assert "boom [x]" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one("#line", Input).value == "hi"
