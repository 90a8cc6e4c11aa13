"""A replay shows any seat's screens at any moment of a game on record, winds both ways, and refuses to do anything."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.client.conftest import screen_text as shown
from tests.support.chronicles import bots_chronicle, played_chronicle
from wargame.analysis.reel import Reel
from wargame.analysis.whatif.replay import decisions
from wargame.analysis.whatif.study import replay_with
from wargame.client.replay.app import SPEEDS, ReplayApp
from wargame.client.replay.commands import WINDING
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.screens.console import ConsoleScreen
from wargame.client.tui.screens.game import GameScreen
from wargame.client.tui.screens.player import PlayerScreen

Make = Callable[..., ReplayApp]


@pytest.fixture
def replay(tmp_path: Path) -> Make:
    def make(you: str = "washington", **more: Any) -> ReplayApp:
        return ReplayApp(more.pop("chronicle", None) or bots_chronicle("bridge_week"), you, folder=tmp_path, **more)

    return make


@asynccontextmanager
async def running(app: ReplayApp, width: int = 80, height: int = 24) -> AsyncIterator[Callable[..., Any]]:
    """The replay on a screen; what it gives presses keys and waits until everything that came of them is done."""
    async with app.run_test(size=(width, height)) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            await _settled(pilot)

        await _settled(pilot)
        yield press


async def _settled(pilot: Pilot[Any]) -> None:
    for _ in range(3):
        await pilot.pause()


def notice(app: ReplayApp) -> str:
    """What the panel that is up says."""
    assert isinstance(app.screen, Notice)
    return app.screen.text.plain


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screen_says_that_it_is_a_replay_and_where(replay: Make, size: tuple[int, int]) -> None:
    app = replay()
    async with running(app, *size) as press:
        await press("T", "full_stop", "full_stop")
        text = shown(app).splitlines()
        assert len(text) == size[1]
        assert "REPLAY" in text[3]
        assert f"{app.replay_door.at}/{len(app.reel)}" in text[3]
        assert "replay" in text[0]
        assert ". , step" in text[-1]


async def test_keys_lead_on_and_back_to_where_one_was(replay: Make) -> None:
    app = replay()
    async with running(app) as press:
        start = app.replay_door.at + 20
        for on, back in ((".", ","), (">", "<"), ("T", "Z"), ("D", "U"), ("N", "B")):
            names = {".": "full_stop", ",": "comma", ">": "greater_than_sign", "<": "less_than_sign"}
            app.replay_door.go(start)
            await press(*[names.get(on, on)] * 2)
            assert app.replay_door.at > start, on
            there = app.replay_door.at
            await press(names.get(on, on), names.get(back, back))
            assert app.replay_door.at == there, on
        app.replay_door.go(app.reel.turns[1])
        await press("Z", "Z")
        assert app.replay_door.at == 0


async def test_a_decision_is_one_of_the_seat_whose_eyes_these_are(replay: Make) -> None:
    app = replay()
    async with running(app) as press:
        await press("D", "D")
        assert app.replay_door.at == app.reel.decisions(app.replay_door.viewer())[1]


async def test_the_end_shows_the_result_and_going_back_takes_it_away(replay: Make) -> None:
    app = replay()
    async with running(app) as press:
        await press("J", *"end", "enter")
        assert app.replay_door.at == len(app.reel)
        assert app.look.status == "over"
        assert app.screen.active == "end"  # type: ignore[attr-defined]
        await press("less_than_sign")
        assert app.look.status == "running"
        assert app.screen.active != "end"  # type: ignore[attr-defined]
        await press("greater_than_sign", "greater_than_sign")
        assert app.replay_door.at == len(app.reel)


async def test_other_eyes_see_the_same_moment_as_they_did(replay: Make) -> None:
    app = replay()
    async with running(app) as press:
        await press("T", "N")
        at = app.replay_door.at
        assert isinstance(app.screen, PlayerScreen)
        await press("S", *"white_cell", "enter")
        assert (app.replay_door.at, app.replay_door.you) == (at, "white_cell")
        assert isinstance(app.screen, ConsoleScreen)
        assert not app.screen.query_one("#stop").display  # so the console's own style holds here
        assert app.look.data["msel"]
        await press("S", *"mexico", "enter")
        assert app.replay_door.at == at
        assert app.look.you == "mexico_city"
        assert app.look.data["msel"] == []
        assert isinstance(app.screen, PlayerScreen)


async def test_nothing_can_be_done(replay: Make) -> None:
    app = replay()
    async with running(app) as press:
        await press("T")
        before = app.reel.view(app.replay_door.viewer(), app.replay_door.at)
        assert not await app.send({"do": "seal"}, app.look.seen)
        await press()
        assert "This is a replay" in notice(app)
        assert "S looks through other eyes" in notice(app)
        await press("escape")
        await app.manage({"what": "kick", "person": "p1"})
        await press()
        assert "nobody sits at its table" in notice(app)
        assert app.reel.view(app.replay_door.viewer(), app.replay_door.at) == before


async def test_questions_are_answered_as_of_then(replay: Make) -> None:
    app = replay("white_cell")
    async with running(app) as press:
        await press("T")
        seen = await app.ask({"what": "view_as", "seat": "mexico_city"})
        assert seen["view"]["turn"] == 1
        assert seen["view"] == app.reel.view(app.replay_door.viewer("mexico_city"), app.replay_door.at)
        assert "error" in await app.ask({"what": "view_as", "seat": "nobody"})
        assert (await app.ask({"what": "meters"}))["objectives"]
        app.replay_door.go(app.replay_door.at, "washington")
        await press()
        assert "error" in await app.ask({"what": "view_as", "seat": "mexico_city"})


async def test_it_plays_by_itself_to_the_end_and_stops(replay: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wargame.client.replay.app.SPEEDS", [(3600.0, words) for _, words in SPEEDS])  # the test is the clock
    app = replay()
    async with running(app) as press:
        app.replay_door.go(len(app.reel) - 1)
        await press("P")
        assert "playing, one a second" in shown(app)
        app._play_on()
        assert app.replay_door.at == app.reel.learned(app.replay_door.viewer())[-1]
        await press("K")
        assert "playing, 2 a second" in shown(app)
        app._play_on()
        await press()
        assert app._player is None
        assert "playing" not in shown(app)


async def test_what_was_taken_back_is_skipped_or_shown_and_marked(replay: Make) -> None:
    chronicle = played_chronicle("everything", 1)
    app = replay("white_cell", chronicle=chronicle)
    async with running(app, 120, 40) as press:
        await press("T", "D")
        row = app.reel.moments[app.replay_door.at - 1].entry.seq
        await press("W")
        assert app.reel.removed
        assert app.reel.moments[app.replay_door.at - 1].entry.seq == row
        gone = next(at for at, moment in enumerate(app.reel.moments, 1) if not moment.entry.live)
        app.replay_door.go(gone)
        await press()
        assert "taken back later" in shown(app).splitlines()[3]
        await press("W")
        assert not app.reel.removed
        assert app.reel.moments[app.replay_door.at - 1].entry.live
        assert "taken back later" not in shown(app)


async def test_a_choice_changed_is_labelled_and_says_what_is_assumed(replay: Make) -> None:
    chronicle = bots_chronicle("bridge_week")
    decision = next(each for each in decisions(chronicle) if each.program.seats[each.seat] == "washington")
    other = next(each for each in decision.options if each != decision.answer.option)
    told = replay_with(chronicle, f"{decision.name}={decision.option(other).id}")
    app = replay(chronicle=told.chronicle, begin=told.decision.seq, what_if=told.words)
    async with running(app, 120, 40) as press:
        assert "computers decide" in notice(app)
        await press("escape")
        assert "WHAT IF" in shown(app)
        draft = app.look.data["responses"][str(decision.dealt.number)]
        assert draft["option"] == decision.option(other).id


@pytest.mark.parametrize("screen", [PlayerScreen, ConsoleScreen])
def test_no_key_of_the_replay_takes_one_of_a_page(screen: type[GameScreen]) -> None:
    keys = [key for command in WINDING for key in command.keys]
    assert len(keys) == len(set(keys))
    taken = {key for command in screen.GENERAL for key in command.keys} | {key for sheet in screen.SHEETS for key in sheet.keys}
    for sheet in screen.SHEETS:
        module, _, name = sheet.pane.partition(":")
        pane = getattr(import_module(f"wargame.client.tui.panes.{module}"), name)
        taken |= {key for command in pane.COMMANDS for key in command.keys}
    assert set(keys) & taken == set()


def test_a_reel_of_a_game_nobody_played_begins_at_its_beginning(replay: Make) -> None:
    from wargame.analysis.chronicle import made

    whole = bots_chronicle("bridge_week")
    app = replay(chronicle=made(whole.game, whole.name, whole.base, (), {}))
    assert (app.replay_door.at, len(app.reel)) == (0, 0)
    assert app.replay_door.glance().data["status"] == "lobby"
    assert Reel(app.chronicle).moment(0) is None


async def test_one_key_leaves_for_nothing_can_be_lost(replay: Make) -> None:
    app = replay()
    async with running(app) as press:
        await press("q")
        assert (app.return_code, app.is_running and app.door is not None) == (0, False)
