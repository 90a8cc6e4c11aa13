"""The preview shows players' screens on a game of its own, does what its capital letters say, and follows every save."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from tests.support.rules import BASE, tried
from wargame.analysis.workshop.workshop import Workshop
from wargame.client.preview.app import PreviewApp
from wargame.client.preview.files import Opened
from wargame.client.preview.screens import PreviewConsole, PreviewGame, PreviewWatch
from wargame.client.preview.why import WhyScreen
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker

TEXT = (
    BASE[: BASE.index("\nphases:")]
    + """
phases:
  - {id: desk, label: Crisis desk, kind: cards}
  - {id: rooms, label: Rooms, kind: orders, orders: 2}
injects:
  flare: {title: "A [bold]flare[/]", pool: trigger, trigger: {when: escalation >= 5}, to: [washington]}
  letter:
    title: A letter to {target}
    pool: shelf
    to: [washington]
    bind: {target: highest(x.heat for x in cartel)}
    choices:
      washington: {options: [{id: burn, stance: escalate, label: Burn it, effects: [escalation +1]}, {id: wait, stance: hold, label: Wait}]}
actions:
  calm: {seat: [washington, cartel], label: Calm things, stance: deescalate, effects: [escalation -1]}
"""  # noqa: E501
)


class Desk:
    """The files of a scenario, saved by the test."""

    def __init__(self, text: str) -> None:
        self.text, self._changed = text, False

    def save(self, text: str) -> None:
        self.text, self._changed = text, True

    def changed(self) -> bool:
        return self._changed

    def read(self) -> Opened:
        self._changed = False
        program, problems = tried(self.text)
        return Opened(program, tuple(f"{one.mark}: error[{one.code}]: {one.message}" for one in problems if program is None))


@pytest.fixture
def desk() -> Desk:
    return Desk(TEXT)


@pytest.fixture
def app(desk: Desk, tmp_path: Path) -> PreviewApp:
    opened = desk.read()
    assert opened.program is not None
    shop = Workshop(opened.program, bytes(32), "random")
    shop.jump(1, 0)
    return PreviewApp(shop, "washington", desk, opened, folder=tmp_path)


def shown(app: App[Any]) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


Keys = Callable[..., Any]


@asynccontextmanager
async def running(app: PreviewApp, width: int = 80, height: int = 24) -> AsyncIterator[Keys]:
    """The preview on a screen; what it gives presses keys and waits until everything that came of them is done."""
    async with app.run_test(size=(width, height)) as pilot:

        async def press(*keys: str) -> None:
            await pilot.press(*keys)
            await quiet(app, pilot)

        await quiet(app, pilot)
        yield press


async def quiet(app: PreviewApp, pilot: Pilot[Any]) -> None:
    await pilot.pause()
    while (
        app.preview_door.busy or app.reading or any(each.group in ("why", "switch") for each in app.workers if each.is_running)
    ):
        await pilot.pause()
    await pilot.pause()


async def saved(app: PreviewApp, desk: Desk, text: str, press: Keys) -> None:
    desk.save(text)
    app.look_at_files()
    await press()


def value(app: PreviewApp, name: str) -> int:
    return app.workshop.state.board[app.workshop.program.slot_of[name]]


async def test_it_is_the_players_screen_with_two_lines_more(app: PreviewApp) -> None:
    async with running(app) as press:
        assert isinstance(app.screen, PreviewGame)
        text = shown(app)
        for words in ("The White House", "Rooms", "Escalation ladder", "as saved", "S seat", "W why"):
            assert words in text
        await press("question_mark")
        reader = app.screen.query_one(Reader)
        assert "FOR THE DESIGNER" in reader.text
        assert "Why cards come or do not" in reader.text


@pytest.mark.parametrize(("picked", "words"), [("mayiza", "Mayiza"), ("white_cell", "White cell")])
async def test_s_takes_other_eyes(app: PreviewApp, picked: str, words: str) -> None:
    """The screen is that of the other seat, on the same page."""
    async with running(app) as press:
        await press("8")
        await press("S", *picked, "enter")
        assert app.preview_door.you == picked
        assert words in shown(app)
        assert isinstance(app.screen, PreviewGame | PreviewConsole)
        assert app.screen.active == "news"


async def test_s_takes_the_public_s_eyes_and_back(app: PreviewApp) -> None:
    async with running(app) as press:
        await press("S", *"public", "enter")
        assert isinstance(app.screen, PreviewWatch)
        assert "Still deciding" in shown(app)
        await press("S", *"chapitos", "enter")
        assert isinstance(app.screen, PreviewGame)
        assert "Chapitos" in shown(app)


async def test_phases_and_turns_pass_by_keys_and_come_back(app: PreviewApp) -> None:
    """The moment at the head is that of the game."""
    shop = app.workshop
    async with running(app) as press:
        assert shop.moment == (1, 1)  # nothing was to be answered at the desk
        await press("N")
        assert shop.moment == (2, 1)
        await press("T")
        assert shop.moment == (3, 1)
        assert "Turn 3" in shown(app)
        await press("Z", "Z")
        assert shop.moment == (1, 1)
        await press("B")
        assert shop.moment == (1, 1)
        assert set(shop.state.sealed) == set(shop.state.seats) - {0}
        await press("J", "3", "enter")
        assert shop.state.turn == 3
        await press("R", "enter")
        assert shop.state.status == "setup"


async def test_a_card_is_dealt_and_answered(app: PreviewApp) -> None:
    """Its name is bound as asked, or as the card finds it."""
    async with running(app) as press:
        await press("D", *"letter", "enter")
        assert "as the card finds it" in shown(app)
        await press(*"mayiza", "enter", "3")
        assert "A letter to Mayiza" in shown(app)
        await press("a", "enter")
        (dealt,) = app.workshop.state.hand
        assert (dealt.number, 0) in app.workshop.state.answers


async def test_values_are_set_with_their_bounds(app: PreviewApp) -> None:
    """A flag is chosen, a number is written, and what is wrong stands beneath the line."""
    async with running(app) as press:
        await press("V", *"escalation", "enter", *"99", "enter")
        assert "goes from 0 to 10; 99 is outside" in shown(app)
        await press("backspace", "backspace", "7", "enter")
        assert value(app, "escalation") == 7
        await press("V", *"tariffs", "enter", "down", "enter")
        assert value(app, "tariffs") == 1


async def test_expressions_are_evaluated_while_they_are_written(app: PreviewApp) -> None:
    """With the values of the names, or what is wrong underlined; Enter keeps a result."""
    async with running(app) as press:
        await press("X", *"escalation + me.capital")
        assert "`escalation` is 2" in shown(app)
        assert "`me.capital` is 6" in shown(app)
        await press("enter", *"esclation")
        text = shown(app)
        assert "escalation + me.capital = 8" in text
        assert "did you mean `escalation`?" in text
        assert "^^^^^^^^^" in text
        await press("enter")
        assert app.screen.query_one(Input).value == "esclation"
        await press("escape", "X")
        assert app.screen.query_one(Input).value == "esclation"  # what was begun is there again


async def test_effects_are_foreseen_carried_out_and_taken_back(app: PreviewApp) -> None:
    async with running(app) as press:
        await press("E", *"escalation +3")
        assert "Escalation ladder +3" in shown(app)
        assert value(app, "escalation") == 2
        await press("enter")
        assert value(app, "escalation") == 5
        assert "Escalation ladder +3 → 5" in shown(app)
        await press("escape", "Z")
        assert value(app, "escalation") == 2


async def test_why_shows_every_part_and_follows_the_board(app: PreviewApp) -> None:
    """Text from the scenario is never markup; Enter deals the card under the cursor."""
    async with running(app) as press:
        await press("W")
        assert isinstance(app.screen, WhyScreen)
        text = shown(app)
        assert "A [bold]flare[/]" in text
        assert "✗ escalation >= 5  `escalation` is 2" in text
        await press("V", *"escalation", "enter", "6", "enter")
        assert "✓ escalation >= 5  `escalation` is 6" in shown(app)
        await press("tab")
        assert app.screen.query_one(Picker).chosen == "order calm"
        await press("left", "enter")
        assert app.workshop.state.hand[-1].card == app.workshop.program.card_index["flare"]
        await press("escape")
        assert isinstance(app.screen, PreviewGame)


async def test_a_save_is_followed(app: PreviewApp, desk: Desk) -> None:
    """Turn, values and the page stay; what did not fit is said."""
    async with running(app) as press:
        await press("N", "8")
        await press("V", *"escalation", "enter", "9", "enter")
        text = TEXT.replace("label: Escalation ladder, range: [0, 10]", "label: Ladder, range: [0, 6]")
        await saved(app, desk, text.replace("when: escalation >= 10", "when: escalation >= 6"), press)
        assert app.workshop.moment == (2, 1)
        assert value(app, "escalation") == 6
        assert isinstance(app.screen, PreviewGame)
        assert app.screen.active == "news"
        await press("1")
        assert "Ladder" in shown(app)
        await press("P")
        assert "`escalation` was 9; its range is 0 to 6 now, so it is 6." in shown(app)


async def test_a_broken_save_leaves_the_game_and_shows_why(app: PreviewApp, desk: Desk) -> None:
    """Until it is mended; the game can be played meanwhile."""
    async with running(app) as press:
        await saved(app, desk, TEXT.replace("effects: [escalation -1]", "effects: [esclation -1]"), press)
        text = shown(app)
        assert "error[unknown_name]" in text
        assert "There is nothing named `esclation`." in text
        assert "1 problem" in text
        await press("N")
        assert app.workshop.moment == (2, 1)
        await press("P")
        assert "The game goes on as it was last good." in shown(app)
        await press("escape")
        await saved(app, desk, TEXT.replace("Calm things", "Calm it all"), press)
        assert "error[" not in shown(app)
        await press("4")
        assert "Calm it all" in shown(app)


async def test_a_save_does_not_touch_what_is_being_written(app: PreviewApp, desk: Desk) -> None:
    """A dialog stays open, and the screen beneath is the new one when it closes."""
    async with running(app) as press:
        await press("X", *"escala")
        await saved(app, desk, TEXT.replace("title: The White House", "title: The Oval Office"), press)
        assert app.screen.query_one(Input).value == "escala"
        await press(*"tion")
        assert "2" in shown(app)
        await press("escape")
        assert "The Oval Office" in shown(app)


async def test_a_seat_that_is_gone_is_left(app: PreviewApp, desk: Desk) -> None:
    """Its eyes are those of the first seat then."""
    async with running(app) as press:
        await press("S", *"hemisphere", "enter")
        line = next(line for line in TEXT.splitlines() if line.startswith("  hemisphere:"))
        await saved(app, desk, TEXT.replace(line + "\n", ""), press)
        assert app.preview_door.you == "washington"
        assert "The White House" in shown(app)


async def test_what_cannot_be_done_is_told(app: PreviewApp) -> None:
    async with running(app) as press:
        while app.workshop.steps:
            app.workshop.undo()
        await press("Z")
        assert "There is nothing to take back." in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18)])
async def test_every_size(app: PreviewApp, desk: Desk, size: tuple[int, int]) -> None:
    """Nothing breaks, and the designer's line is the last."""
    async with running(app, *size) as press:
        await saved(app, desk, TEXT.replace("[escalation -1]", "[esclation -1]"), press)
        await press("W")
        assert "1 problem" in shown(app).splitlines()[-1]
