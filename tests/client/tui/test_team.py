"""What a member does is told as a suggestion; what others do never touches what is being typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.widgets import TextArea

from tests.client import sample
from tests.client.sample_team import answer, member, suggestion, suggests, team
from tests.client.scripted import ScriptedDoor
from wargame.client.tui.app import ClientApp
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.picker import Picker

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]
SMALL = (80, 24)


def told(app: ClientApp) -> list[str]:
    return [note.message for note in app._notifications]


async def test_an_answer_of_mine_is_put_to_the_team_and_its_draft_is_kept(client: Make, shown: Shown) -> None:
    door = member()
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y", *"Calm", "escape", "down", "a")
        await pilot.pause()
        assert "put it to your team" in shown(app)
        assert "answer with this" not in shown(app)
        door.hold = asyncio.Event()
        await pilot.press("enter")
        await pilot.pause()
        door.mirror.data["team"] = team(answer("p1"))  # what the server sends before its answer
        door.hold.set()
        await pilot.pause()
        assert told(app) == ["Put to your team: 1 of 3; one more has to endorse it."]
        assert app.draft("card.3.7.rationale") == "Calm"
        door.tell()
        await pilot.pause()
        text = shown(app)
        assert "suggested: 1 of 3" in text
        assert "■ hold  Let Mexico lead  (default)  ○ Ann" in text
        assert "✓" not in text


async def test_a_suggestion_and_its_adoption_leave_what_i_type_alone(client: Make, shown: Shown) -> None:
    door = member()
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("y", *"My own")
        suggests(door, answer())
        await pilot.pause()
        await pilot.press(*" words")
        suggests(door)
        response = {"option": "lead", "rationale": "It is their coast.", "belief": 40}
        head = "Adopted 2 of 3: Answer 'Missing at the Resort': Let Mexico lead"
        door.feed(
            ["put", "responses", "7", response],
            ["push", "feed", sample.story("team", head, lines=[["note", "For it: Ben, Cem"]])],
        )
        await pilot.pause()
        await pilot.press(*" stay")
        assert app.screen.query_one("#rationale", TextArea).text == "My own words stay"
        assert head in told(app)
        await pilot.press("escape")
        await pilot.pause()
        page = app.screen.query_one("#card-text", Note).text
        for words in ("Your seat's answer: Let Mexico lead", "Decided by: your team. For it: Ben, Cem", "40 in 100"):
            assert words in page


async def test_endorsing_shows_what_it_does_and_asks(client: Make, shown: Shown) -> None:
    door = member(answer())
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("9")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        text = shown(app)
        for words in ("Endorse this?", "Suggested by Ben", "It is their coast.", "With you it is agreed, and done at once."):
            assert words in text
        assert door.commands == []
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands == [({"do": "endorse", "number": 1}, (3, "desk"))]


async def test_objecting_wants_a_reason_and_taking_back_is_for_ones_own(client: Make, shown: Shown) -> None:
    mine = answer("p1", number=2)
    door = member(answer(), mine)
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("9")
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Write a few words first." in shown(app)
        await pilot.press(*"Too soon", "enter")
        await pilot.pause()
        assert door.commands[-1][0] == {"do": "object", "number": 1, "why": "Too soon"}
        await pilot.press("z")
        await pilot.pause()
        assert "Only whoever suggested it" in told(app)[-1]
        app.screen.query_one("#table", Picker).go("suggestion:2")
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands[-1][0] == {"do": "withdraw", "number": 2}


async def test_a_further_order_joins_what_i_suggest(client: Make, shown: Shown) -> None:
    first = {"action": "designate", "targets": ["cjng"], "rationale": "Named"}
    mine = suggestion(1, "p1", "orders", "Order Designate (CJNG)", {"do": "orders", "orders": [first]})
    door = member(mine, phase="rooms")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("4")
        await pilot.pause()
        text = shown(app)
        assert "Agreed on: 0 of 2" in text
        assert "○ You suggest (1 of 3): Order Designate (CJNG)" in text
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        if not door.commands:  # the first of the menu had a target to choose
            await pilot.press("enter")
            await pilot.pause()
        orders = door.commands[-1][0]["orders"]
        assert orders[0] == first
        assert len(orders) == 2


async def test_being_done_is_a_suggestion_and_tells_what_would_not_be_done(client: Make, shown: Shown) -> None:
    door = member(answer())
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        text = shown(app)
        for words in ("Suggest that your seat is done?", "ONLY SUGGESTED", "Let Mexico lead"):
            assert words in text
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands[-1][0] == {"do": "seal"}


async def test_the_line_above_the_page_tells_who_is_here_then_what_waits(client: Make, shown: Shown) -> None:
    door: ScriptedDoor = member(present="p1 p3")
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "Team  ● Ann  ○ Ben  ● Cem" in shown(app)
        suggests(door, answer())
        await pilot.pause()
        assert "▶ press 9  1 of 2  Ben suggests: Answer" in shown(app)
        assert "9 Team●1" in shown(app)


async def test_a_seat_of_one_has_no_page_for_a_team(door: ScriptedDoor, client: Make, shown: Shown) -> None:
    app = client(door)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("9")
        await pilot.pause()
        assert "Team" not in shown(app)
