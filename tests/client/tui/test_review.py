"""What a seat proposes, what was ruled, and the lessons of everybody: written in a form, sent once, read by name or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.client import sample
from tests.client.sample_class import petitions
from tests.client.scripted import ScriptedDoor
from wargame.client.door import People
from wargame.client.tui.app import ClientApp

Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]
SIZES = [(80, 24), (120, 40)]
NOTES = [
    {"number": 1, "person": "p2", "seat": "congress", "fact": "The letter came late", "so_what": "Nobody read it"},
    {"number": 2, "person": "", "seat": None, "fact": "Two [b]answers", "so_what": "None held", "voters": ["p1", "p2"]},
]


def note(made: dict[str, Any]) -> dict[str, Any]:
    voters = made.get("voters", [])
    return {
        "change": "Ask first",
        "objective": "q1",
        "turn": 3,
        "phase": "desk",
        **made,
        "voters": voters,
        "votes": len(voters),
    }


def washington(**more: Any) -> ScriptedDoor:
    extra = [{"do": do, "ok": True, "why": ""} for do in ("petition", "note")] + [{"do": "dissent", "ok": True, "number": 12}]
    extra += [{"do": "vote", "ok": True, "number": each["number"]} for each in NOTES]
    door = ScriptedDoor("washington", sample.catalog(), sample.view(), [*sample.offers(), *extra])
    door.answers, door.person = sample.answers, "p1"
    door.room = People([{"person": "p2", "name": "Ben", "seat": "congress", "connected": True, "bot": False}])
    door.mirror.data.update(petitions=[petitions()[1]], board={"open": True, "notes": [note(each) for each in NOTES]}, **more)
    return door


@pytest.mark.parametrize("size", SIZES)
async def test_a_ruling_is_read_with_its_odds_roll_and_dissents(client: Make, shown: Shown, size: tuple[int, int]) -> None:
    app = client(washington())
    async with app.run_test(size=size) as pilot:
        await pilot.press("A")
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        text = shown(app)
        for words in (
            "We jam the radio",
            "odds 60 in 100, rolled 41: it succeeds",
            "The convoy is blind for a night.",
            "dissents",
        ):
            assert words in text


async def test_a_proposal_is_written_confirmed_and_sent(client: Make, shown: Shown) -> None:
    door = washington()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("A")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        await pilot.press(*"We fly", "ctrl+s")
        await pilot.pause()
        assert "Write a few words first." in shown(app)  # a proposal has a reason
        await pilot.press(*"They asked", "tab", "tab", "tab", *"Rain", "escape")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("ctrl+s")  # what was written has come back
        await pilot.pause()
        assert door.commands == []
        assert "because They asked" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        body = {"do": "petition", "what": "We fly", "because": ["They asked"], "against": "Rain"}
        assert door.commands == [(body, (3, "desk"))]
        assert app.draft("petition.what") == ""


async def test_one_line_of_dissent(client: Make, shown: Shown) -> None:
    door = washington()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("A")
        await pilot.pause()
        await pilot.press("down", "x")
        await pilot.pause()
        await pilot.press(*"We were there", "enter")
        await pilot.pause()
        assert door.commands[-1][0] == {"do": "dissent", "number": 12, "text": "We were there"}


async def test_a_ruling_that_comes_shows_a_tab_until_it_is_read(client: Make, shown: Shown) -> None:
    door = washington()
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "A Rulings" not in shown(app)
        door.feed(["set", "petitions", [petitions()[1], {**petitions()[1], "number": 13}]])
        await pilot.pause()
        assert "A Rulings●1" in shown(app)
        await pilot.press("A")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert "A Rulings" not in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_has_three_columns_and_the_most_votes_first(client: Make, shown: Shown, size: tuple[int, int]) -> None:
    door = washington()
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await pilot.press("L")
        await pilot.pause()
        text = shown(app)
        for words in ("Votes", "Fact", "So what", "Change", "The letter came late", "Two [b]answers", "Ask first"):
            assert words in text
        assert text.index("Two [b]answers") < text.index("The letter")
        assert "2 ✓" in text
        assert "without a name" in text
        await pilot.press("down")
        await pilot.pause()
        assert "Ben" in shown(app)
        assert "About: What does victory look like?" in shown(app)
        await pilot.press("v")
        await pilot.pause()
        assert door.commands[-1][0] == {"do": "vote", "number": 1}


async def test_a_note_may_go_without_a_name(client: Make, shown: Shown) -> None:
    door = washington()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("L")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        await pilot.press(*"Late", "tab", "tab", *"Sooner", "tab", "space", "tab", "space")
        await pilot.pause()
        text = shown(app)
        for words in ("What does victory look like?", "without a name: nobody learns who wrote it"):
            assert words in text
        await pilot.press("ctrl+s")
        await pilot.pause()
        body = {"do": "note", "fact": "Late", "so_what": "", "change": "Sooner", "objective": "q1", "anonymous": True}
        assert door.commands == [(body, (3, "desk"))]


async def test_a_board_that_was_never_opened_has_no_page(client: Make, shown: Shown) -> None:
    door = washington()
    door.mirror.data["board"] = {"open": False, "notes": []}
    app = client(door)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("L")
        await pilot.pause()
        assert "Lessons" not in shown(app)
        door.feed(["set", "board", {"open": True, "notes": []}])
        await pilot.pause()
        assert "L Lessons" in shown(app)
