"""A player with nothing but a browser joins from a link, answers a card, loses the connection and goes on in the same seat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from attrs import frozen
from selenium.webdriver.common.keys import Keys

from tests.support.browser import CONTRASTS, OUTSIDE, Browser, chromium
from tests.support.pond import POND
from wargame.cli.background import Background
from wargame.client.address import Address
from wargame.web.server import WebServer
from wargame_server.app import Server
from wargame_server.handles import ClassHandle
from wargame_server.journal.memory import MemoryJournal

HANG = 20
OVER = "return document.getElementById('trouble').textContent"
TEXT = "return (document.querySelector('.xterm-rows') || {innerText: ''}).innerText.replaceAll('\\u00a0', ' ')"
LETTERS = "return parseFloat(getComputedStyle(document.querySelector('.xterm-rows')).fontSize)"


@frozen
class Hosted:
    """A class that is served in another thread."""

    server: Server
    handle: ClassHandle
    loop: asyncio.AbstractEventLoop

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self.server.port, self.handle.code)

    def start(self) -> None:
        assert asyncio.run_coroutine_threadsafe(self.handle.tables[0].start(), self.loop).result(HANG) is None

    def answered(self) -> list[str]:
        """The answers given so far, by name."""
        game = self.handle.tables[0].table.game
        inject = game.program.scenario.injects["heron"]
        return [inject.choices["red"].options[answer.option].id for answer in game.state.answers.values()]


@asynccontextmanager
async def hosted() -> AsyncIterator[Hosted]:
    async with Server(MemoryJournal(), host="127.0.0.1", port=0) as server:
        handle = await server.create_class(POND, played=["red"], timed=False, open=True)
        yield Hosted(server, handle, asyncio.get_running_loop())


@asynccontextmanager
async def page(address: Address, **more: Any) -> AsyncIterator[WebServer]:
    async with WebServer(address, host="127.0.0.1", **more) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def shows(browser: Browser, words: str) -> bool:
    """Whether the terminal on the page comes to show the words."""
    return bool(browser.until(f"{TEXT}.includes({words!r})"))


def read_card(browser: Browser) -> None:
    """Closes the briefing and goes to the card."""
    assert shows(browser, "Esc close")
    browser.press(Keys.ESCAPE)  # by itself: a terminal takes a letter right after it for one with Alt
    assert browser.until("return !document.querySelector('.xterm-rows').innerText.includes('Esc close')")
    browser.press("3")


def says(browser: Browser, words: str) -> bool:
    """Whether the line above it comes to begin with the words."""
    return bool(browser.until(f"return document.getElementById('state').textContent.startsWith({words!r})"))


def test_a_player_joins_answers_loses_the_connection_and_goes_on(browser: Browser) -> None:
    with Background(hosted) as game:
        with Background(lambda: page(game.address)) as served:
            port, link = served.port, f"http://127.0.0.1:{served.port}"
            browser.open(f"{link}/{game.handle.code}?name=Ana")
            assert browser.driver.title == "Join a table - wargame"
            assert browser.run("return document.activeElement.id") == "name"
            assert browser.run("return document.getElementById('code').value") == game.handle.code
            assert browser.run("return document.getElementById('name').value") == "Ana"
            assert browser.run("return location.search") == "", "a name does not stay in the address"
            browser.press(Keys.ENTER)
            assert shows(browser, "The Red Shore")
            assert says(browser, "Connected as Ana")
            assert browser.run("return document.activeElement.className") == "xterm-helper-textarea"
            assert browser.driver.title == f"{game.handle.code} - wargame"
            game.start()
            read_card(browser)
            assert shows(browser, "A heron stands in the pond.")
            browser.press(Keys.ARROW_DOWN, "a")
            assert shows(browser, "Wait and look")
        # The server of the page is gone, and the process that drew the screens with it.
        assert says(browser, "Connection lost. Your seat is kept.")
        assert game.handle.tables[0].table.roster.names() == ["Ana"]
        with Background(lambda: page(game.address, port=port)):
            assert says(browser, "Connected as Ana")
            assert shows(browser, "The Red Shore")
            read_card(browser)
            assert shows(browser, "A heron stands in the pond.")
            browser.press("a")
            assert shows(browser, "Answer “A Heron”?")
            browser.press(Keys.ENTER)
            assert shows(browser, "all entered")
            assert game.answered() == ["shout"]
            assert [each for each in browser.requests() if not each.startswith((f"{link}/", "data:,"))] == []
        assert [each for each in browser.complaints() if "WebSocket connection to" not in each] == []
        assert browser.driver.get_cookies() == []


def test_a_lost_line_comes_back_to_the_same_screen(browser: Browser) -> None:
    with Background(hosted) as game, Background(lambda: page(game.address)) as served:
        browser.open(f"http://127.0.0.1:{served.port}/{game.handle.code}?name=Bo")
        browser.press(Keys.ENTER)
        assert shows(browser, "The Red Shore")
        (sitting,) = served.sittings.values()
        browser.run("document.getElementById('state').textContent = ''")
        assert sitting.socket is not None
        sitting.socket.loop.call_soon_threadsafe(sitting.socket.transport.abort)
        assert says(browser, "Connected as Bo")
        assert list(served.sittings.values()) == [sitting], "it is the same process"
        browser.driver.refresh()
        assert says(browser, "Connected as Bo")
        assert shows(browser, "The Red Shore")
        assert list(served.sittings.values()) == [sitting], "also for a page that was loaded anew"


def test_a_phone_has_room_for_the_game_and_keys_to_press(browser: Browser) -> None:
    with Background(hosted) as game, Background(lambda: page(game.address)) as served:
        browser.open(f"http://127.0.0.1:{served.port}/{game.handle.code}?name=Cy", width=360)
        assert browser.run(OUTSIDE) == []
        assert min(found for found, _ in browser.run(CONTRASTS)["text"]) >= 4.5
        browser.press(Keys.ENTER)
        assert shows(browser, "The Red Shore")
        assert shows(browser, "1 Situ"), "60 columns at least: the game covers itself with a sentence where it has less"
        assert browser.run("return document.documentElement.scrollWidth") == 360
        before = browser.run(LETTERS)
        browser.run("document.getElementById('larger').click(); document.getElementById('larger').click()")
        assert browser.run(LETTERS) == before + 2
        assert shows(browser, "This window has"), "and says so"
        browser.run("document.getElementById('smaller').click(); document.getElementById('smaller').click()")
        assert shows(browser, "1 Situ")


def test_what_is_refused_is_said_in_words_and_the_form_stays(browser: Browser) -> None:
    with Background(hosted) as game, Background(lambda: page(game.address, most=1)) as served:
        link = f"http://127.0.0.1:{served.port}"
        browser.open(f"{link}/AAAA-AAAA?name=%3Cb%3EDi%3C%2Fb%3E")
        assert browser.run("return document.getElementById('name').value") == "<b>Di</b>"
        browser.press(Keys.ENTER)
        assert "not the join code" in browser.until(OVER)
        assert browser.run("return document.getElementById('name').value") == "<b>Di</b>"
        browser.open(f"{link}/{game.handle.code}?name=Di")
        browser.press(Keys.ENTER)
        assert shows(browser, "The Red Shore")
        browser.driver.switch_to.new_window("tab")
        try:
            browser.open(f"{link}/{game.handle.code}?name=Ed")
            browser.press(Keys.ENTER)
            assert browser.until(OVER).startswith("All 1 places in the browser are taken.")
        finally:
            browser.driver.close()
            browser.driver.switch_to.window(browser.driver.window_handles[0])
