"""Every page shows what its reader needs, at 80x24 and at 120x40, and stays inside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.client import sample
from tests.client.scripted import ScriptedDoor
from wargame.client.door import Place, Stage
from wargame.client.tui.app import ClientApp

SIZES = [(80, 24), (120, 40)]
Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]

PAGES = {
    "1": ("desk", ["Escalation ladder", "covert work", "Political capital", "60 days", "Tariffs in force", "▼3"]),
    "2": ("desk", ["Sinaloa", "CJ3*", "Held by", "CJ CJNG"]),
    "3": ("desk", ["Missing at the Resort", "▲ escalate", "■ hold", "▼ de-escalate", "47-61 in 100", "No channel is open"]),
    "4": ("rooms", ["Impose tariffs", "✗▲ 4 Air strike", "Draft: 0 of 2", "not sealed", "6 of 6 left"]),
    "5": ("desk", ["Everyone", "Mexico City ●1", "We are all still at the table."]),
    "6": ("rooms", ["On the table", "Shared surveillance", "In force", "Nothing goes to the press.", "Give"]),
    "7": ("floor", ["Narrow authorization", "6 of 10 needed", "aye 52-61%", "Lobbying", "Veto", "You have changed nothing"]),
    "8": ("desk", ["Turn 3", "▲ CJNG marches on Zamora", "Turn 3 in short", "What moved so far", "US-Mexico relations: 47"]),
}  # fmt: skip


def washington(phase: str) -> ScriptedDoor:
    door = ScriptedDoor("washington", sample.catalog(), sample.view(phase=phase), sample.offers(phase))
    door.answers = sample.answers
    if phase == "floor":
        door.mirror.data["motion"] = sample.MOTION
    return door


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", list(PAGES))
async def test_a_page_shows_what_matters(key: str, size: tuple[int, int], client: Make, shown: Shown) -> None:
    phase, words = PAGES[key]
    app = client(washington(phase))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()
        text = shown(app)
        assert [word for word in words if word.casefold() not in text.casefold()] == []
        header = text.splitlines()[:3]
        assert "The White House" in header[0]
        assert "Turn 3/8: April" in header[0]
        assert "1:32" in header[0]
        assert "● live" in header[0]
        assert len(text.splitlines()) == size[1]
        assert text.splitlines()[-1].strip()


@pytest.mark.parametrize("size", SIZES)
async def test_letters_and_function_keys_lead_to_the_same_pages(size: tuple[int, int], client: Make) -> None:
    app = client(washington("desk"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for digit, letter, function in [("2", "m", "f2"), ("5", "t", "f5"), ("8", "n", "f8"), ("1", "s", "f1")]:
            active = []
            for key in (digit, "3", letter, "3", function):
                await pilot.press(key)
                await pilot.pause()
                active.append(app.screen.active)  # type: ignore[attr-defined]
            assert active[0] == active[2] == active[4] != "cards"


@pytest.mark.parametrize("size", SIZES)
async def test_a_wide_window_shows_news_beside_the_situation(size: tuple[int, int], client: Make, shown: Shown) -> None:
    app = client(washington("desk"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert ("marches on Zamora" in shown(app)) == (size[0] >= 120)


@pytest.mark.parametrize("size", SIZES)
async def test_setup_is_a_page_of_its_own(size: tuple[int, int], client: Make, shown: Shown) -> None:
    door = washington("setup")
    door.mirror.data.update(status="setup", turn=0)
    door.offers = sample.offers(status="setup")
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        text = shown(app)
        for words in ("2 decisions before turn 1", "Victory condition", "Disrupt", "ISR markers: 0 of 2", "Bring them home"):
            assert words in text
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "Break the groups." in shown(app)
        assert door.commands == []
        await pilot.press("enter")
        await pilot.pause()
        assert door.commands == [({"do": "choose", "choice": "objective", "option": "degrade"}, (0, "setup"))]


@pytest.mark.parametrize("size", SIZES)
async def test_the_end_shows_scores_in_words_and_the_seed(size: tuple[int, int], client: Make, shown: Shown) -> None:
    door = washington("close")
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        door.feed(["set", "result", sample.RESULT], ["set", "status", "over"], offers=[])
        await pilot.pause()
        await pilot.pause()
        text = shown(app)
        for words in ("A tired truce", "71", "14  Civilians killed", "5e1d", "The game is over"):
            assert words in text
        await pilot.press("down")
        await pilot.pause()
        for words in ("mandate met", "How far the flow fell.", "Bring them home"):
            assert words in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_public_sees_the_projector(size: tuple[int, int], client: Make, shown: Shown) -> None:
    door = ScriptedDoor("public", sample.catalog("public"), sample.view("public"), [])
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        text = shown(app)
        for words in (
            "Five Questions",
            "Escalation",
            "Turn 3/8",
            "b dark",
        ):
            assert words in text


async def test_the_lobby_says_what_is_waited_for(client: Make, shown: Shown) -> None:
    door = ScriptedDoor("", {}, {}, [])
    door.connection = door.connection.__class__(Stage.LOBBY)
    door.place = Place("KT7M", "Five Questions", [{"seat": "washington", "title": "The White House", "taken": True}], 2)
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = shown(app)
        for words in ("Waiting for the facilitator to let you in", "number 2", "The White House  taken"):
            assert words in text
        door.you, door.catalog, door.offers = "washington", sample.catalog(), sample.offers()
        door.mirror.data.update(sample.view())
        door.be(Stage.LIVE)
        await pilot.pause()
        await pilot.pause()
        assert "2 cards to answer" in shown(app)


async def test_help_and_footer_come_from_the_same_commands(client: Make, shown: Shown) -> None:
    app = client(washington("rooms"))
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        footer = shown(app).splitlines()[-1]
        assert len(footer) <= 80
        pane = app.screen.pane  # type: ignore[attr-defined]
        own = [command for command in pane.COMMANDS if command.footer]
        assert all(f"{command.key} {command.label}" in footer for command in own)
        await pilot.press("question_mark")
        await pilot.pause()
        text = " ".join(shown(app).split())
        assert all(command.help.split(" (")[0] in text for command in own[1:])


async def test_a_small_window_is_told_politely_and_loses_nothing(client: Make, shown: Shown) -> None:
    app = client(washington("desk"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "a", *"hello")
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert "at least 60 x 18" in shown(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        await pilot.press(*" you")
        await pilot.pause()
        text = shown(app)
        assert "at least" not in text
        assert "hello you" in text


async def test_ascii_draws_no_other_signs_of_its_own(client: Make, shown: Shown) -> None:
    app = client(washington("desk"), ascii_only=True)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("2", "3", "8"):
            await pilot.press(key)
            await pilot.pause()
            scrollbars = "▁▂▃▄▅▆▇█▊▎▌▔▕"
            odd = {sign for sign in shown(app) if not sign.isascii() and not sign.isalpha() and sign not in scrollbars}
            assert odd <= {"…"}


async def test_tracks_of_a_group_stand_together_wherever_they_were_declared(client: Make, shown: Shown) -> None:
    door = washington("desk")
    next(slot for slot in door.catalog["slots"] if slot["name"] == "intel")["group"] = "conflict"
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        lines = [line.split("▎")[0].strip() for line in shown(app).splitlines()]
        conflict = lines[lines.index("Conflict") + 1 : lines.index("Trade")]
        assert [line.split("  ")[0] for line in conflict][-1].startswith("Intelligence")
