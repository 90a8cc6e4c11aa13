"""The wall shows what the public knows, large enough for the back row, and nothing of what anybody alone knows."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.client import sample
from tests.client.scripted import ScriptedDoor
from tests.support.hidden import with_hidden_changed
from tests.support.play import RandomPlay, program_of
from wargame.cli.watch import watching
from wargame.client.address import Address
from wargame.client.door import People, Stage
from wargame.client.qr import drawn
from wargame.client.tui.app import ClientApp
from wargame.client.tui.screens.watch import WatchScreen
from wargame.client.watching import EVERY, Watching
from wargame.engine.catalog import catalog
from wargame.engine.view import view

SIZES = [(80, 24), (120, 40)]
CODE = "KZQM-3WPA"
Make = Callable[..., ClientApp]
Shown = Callable[[Any], str]


def wall() -> ScriptedDoor:
    return ScriptedDoor("public", sample.catalog(), sample.view("public"), [])


def screen(app: ClientApp) -> WatchScreen:
    assert isinstance(app.screen, WatchScreen)
    return app.screen


async def settle(pilot: Any) -> None:
    for _ in range(3):
        await pilot.pause()


PAGES = {
    "tracks": ["Escalation ladder", "War Powers", "▲ CJNG marches on Zamora", "Violence in Mexico"],
    "map": ["Sinaloa", "CJ3*", "CJ CJNG"],
    "strip": ["The White House", "▲ escalate", "▼ de-escalate", "as seen in public", "✓ done", "deciding"],
}


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_shows_what_matters_under_a_giant_clock(size: tuple[int, int], client: Make, shown: Shown) -> None:
    app = client(wall())
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert [page.partition(" ")[0] for page in screen(app)._pages] == list(PAGES)
        for number, words in enumerate(PAGES.values(), 1):
            await pilot.press(str(number))
            await settle(pilot)
            text = shown(app)
            assert [word for word in words if word not in text] == []
            assert "Turn 3/8: April" in text
            assert "Still deciding: WH, MX, Congress" in text
            assert len(text.splitlines()) == size[1]
            high = sum("██" in line for line in text.splitlines()[:10])
            assert high >= 5 * size[1] // 24 - 1, "the clock is a fifth of the wall"


@pytest.mark.parametrize("size", SIZES)
async def test_before_the_game_the_wall_says_how_to_join(size: tuple[int, int], client: Make, shown: Shown) -> None:
    door = wall()
    door.mirror.data.update(status="lobby", turn=0)
    door.room = People([{"person": "p1", "name": "Ana [red]", "seat": "washington", "connected": True, "bot": False}])
    page = f"http://192.168.0.10:8080/{CODE}"
    app = client(door, watching=watching(Address("192.168.0.10", code=CODE), (), page))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        text = shown(app)
        for words in (page, f"wargame join {CODE}@192.168.0.10", "● The White House  Ana [red]", "○ Congress", "Join code"):
            assert words in text
        picture = drawn(page)
        rows = [line.strip()[: len(picture[0])].rstrip() for line in text.splitlines()]
        first = rows.index(picture[0])
        assert [row.rstrip() for row in rows[first : first + len(picture)]] == [row.rstrip() for row in picture]
        assert "███ ███" in text or "██████  ██████" in text, "the code is written large"
        door.feed(["set", "status", "running"], ["set", "turn", 1])
        await settle(pilot)
        assert "Join code" not in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_game_that_stands_and_one_that_is_over_say_so_large(size: tuple[int, int], client: Make, shown: Shown) -> None:
    door = wall()
    app = client(door)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        door.feed(["set", "paused", 72_000])
        await settle(pilot)
        text = shown(app)
        assert "1:12 left when it goes on" in text
        assert "Still deciding" not in text
        assert sum(line.count("██") > 5 for line in text.splitlines()[:10]) >= 5
        door.feed(["set", "paused", None], ["set", "result", sample.RESULT], ["set", "status", "over"])
        await settle(pilot)
        text = shown(app)
        for words in ("The game is over", "A tired truce", " 71  ✓ mandate met", "not met", "14  Civilians killed"):
            assert words in text


async def test_the_wall_goes_dark_and_comes_back(client: Make, shown: Shown) -> None:
    door = wall()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await settle(pilot)
        assert shown(app).strip() == "b shows the game again"
        door.feed(["set", "paused", 72_000])
        screen(app).turned()
        await settle(pilot)
        assert shown(app).strip() == "b shows the game again"
        await pilot.press("full_stop")
        await settle(pilot)
        assert "Escalation ladder" in shown(app)


async def test_pages_turn_by_themselves_until_one_is_chosen(client: Make) -> None:
    app = client(wall())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = []
        for _ in range(4):
            seen.append(screen(app).at)
            screen(app).turned()
        assert seen == [0, 1, 2, 0]
        await pilot.press("2")
        screen(app).turned()
        assert screen(app).at == 1
        await pilot.press("space")
        assert screen(app).at == 2
        screen(app).turned()
        assert screen(app).at == 0


async def test_after_the_last_page_comes_the_next_table(client: Make, shown: Shown) -> None:
    door = wall()
    app = client(door, watching=Watching(("1", "3")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "table 1" in shown(app)
        for _ in range(3):
            screen(app).turned()
            await settle(pilot)
        assert door.table == "3"
        assert "table 3" in shown(app)
        await pilot.press("t")
        await settle(pilot)
        assert door.table == "1"


def test_all_tables_begin_again_after_the_last() -> None:
    every = Watching((EVERY,))
    every.landed("game-a")
    assert (every.now, every.following()) == ("1", "2")
    every.landed("game-b")
    assert every.following() == "3"
    every.landed("game-a")  # there is no third: a server shows the first one then
    assert (every.now, every.following()) == ("1", "2")


async def test_a_lost_connection_shows_at_once(client: Make, shown: Shown) -> None:
    door = wall()
    app = client(door)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        door.be(Stage.LOST, "The network is gone.", retry_at=1004.0)
        await settle(pilot)
        assert "lost (retry in 4 s)" in shown(app).splitlines()[-1]


@pytest.mark.parametrize("name", ["everything", "five_questions"])
@pytest.mark.parametrize("number", [1, 2])
async def test_games_that_differ_in_secrets_alone_look_the_same(name: str, number: int, client: Make, shown: Shown) -> None:
    program = program_of(name)
    play = RandomPlay(name, number)
    for _ in range(60):
        play.step()
    game = play.game
    other = with_hidden_changed(program, game.state, program.public, Random(number))
    assert list(other.board) != list(game.state.board)
    looks = []
    for state in (game.state, other):
        door = ScriptedDoor("public", catalog(program, program.public), view(program, state, program.public), [])
        app = client(door)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            pages = []
            for page in range(len(screen(app)._pages)):
                await pilot.press(str(page + 1))
                await settle(pilot)
                pages.append(shown(app))
            looks.append(pages)
    assert looks[0] == looks[1]
