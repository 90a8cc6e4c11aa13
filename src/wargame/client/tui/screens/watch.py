"""The projector view: a giant clock, and page after page of what everybody may see; for a room to look at."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Static

from wargame.client.door import Stage
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.paint import Page, duration, glyphs, say
from wargame.client.tui.projected import (
    headlines_page,
    known_tracks,
    legend,
    lobby_page,
    result_page,
    strip_page,
    tracks_page,
)
from wargame.client.tui.screens.base import BaseScreen
from wargame.client.tui.widgets.banner import big, size
from wargame.client.tui.widgets.header import SOON, connection_words
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.small import TooSmall
from wargame.client.tui.widgets.tilemap import TileMap

EVERY = 15.0  # seconds for a page
KEYS = "1-9 page   b dark   q leave"


class WatchScreen(BaseScreen):
    """What everybody may see, large. Pages turn by themselves until one is chosen."""

    DEFAULT_CSS = """
    WatchScreen #top { height: auto; background: $panel; padding: 1 2 0 2; }
    WatchScreen #when { width: 1fr; height: auto; }
    WatchScreen #clock { width: auto; }
    WatchScreen #pages { height: 1fr; }
    WatchScreen #pages > * { height: 1fr; }
    WatchScreen .page { padding: 1 2 0 2; }
    WatchScreen #track-text { width: 58%; padding: 1 2 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    WatchScreen #headlines { width: 1fr; padding: 1 2 0 2; border-left: tall $panel; overflow: hidden; }
    WatchScreen #map { margin: 1 2 0 2; scrollbar-size: 0 0; }
    WatchScreen #legend { height: auto; max-height: 2; padding: 0 2; }
    WatchScreen #qr { width: auto; padding: 1 0 0 2; }
    WatchScreen #invite { width: 1fr; padding: 1 2; }
    WatchScreen #foot { dock: bottom; height: 1; background: $panel; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
    WatchScreen #dark { layer: cover; dock: top; width: 100%; height: 100%; display: none; background: black; color: #444444; }
    WatchScreen.-dark #dark { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "leave"),
        Binding("r", "retry", "try now"),
        Binding("b,full_stop,f12", "dark", "dark"),
        Binding("space", "turn", "go round"),
        Binding("right,down,pagedown", "step(1)", "next page"),
        Binding("left,up,pageup", "step(-1)", "page before"),
        Binding("t", "table", "next table"),
        *(Binding(str(number), f"page({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.at = 0  # which page
        self._pages: list[str] = []
        self._turner: Timer | None = None

    def compose(self) -> ComposeResult:
        """The head, the pages, the foot, and the dark above all of it."""
        with Horizontal(id="top"):
            yield Note(id="when")
            yield Note(id="clock")
        with ContentSwitcher(id="pages"):
            with Horizontal(id="page-join"):
                yield Note(id="qr")
                yield Note(id="invite")
            yield Note(id="page-result", classes="page")
            with Horizontal(id="page-tracks"):
                yield Note(id="track-text")
                with Vertical(id="headlines"):
                    yield Note(id="news-text")
            with Vertical(id="page-map"):
                yield TileMap(id="map", cursor=False)
                yield Note(id="legend")
            yield Note(id="page-strip", classes="page")
        yield Note(id="foot")
        yield Static(phrase("b shows the game again"), id="dark", markup=False)
        yield TooSmall()

    def on_mount(self) -> None:
        """Draws, and goes on with the clock and the pages."""
        self.client.watching.landed(self.client.look.glance.table)
        self.set_interval(0.5, self.draw_head)
        self._turner = self.set_interval(EVERY, self.turned)
        self.set_class(self.client.watching.dark, "-dark")
        self.know(self.client.look, frozenset())

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws everything."""
        if not self.is_mounted:
            return
        self.draw_head()
        pages = self._named(look)
        if pages != self._pages:
            first = bool(self._pages) and {"join", "result"} & {pages[0], self._pages[0]} and pages[0] != self._pages[0]
            self._pages, self.at = pages, 0 if first else min(self.at, len(pages) - 1)
        self._draw(look)

    def resized(self) -> None:
        """Everything takes the room there is."""
        if self.is_mounted:
            self.call_after_refresh(self.know, self.client.look, frozenset())

    # -- the head ----------------------------------------------------------------------------------------------------

    def draw_head(self) -> None:
        """Clock, turn, phase, whom the room waits for; and the foot."""
        client, look = self.client, self.client.look
        if client.door is None or not self.is_mounted:
            return
        left = look.left(client.door.now())
        running = look.status in ("running", "setup")
        words = (phrase("PAUSED") if look.paused else duration(left)) if running else ""
        soon = left is not None and left <= SOON and not look.paused
        points = 3 if self.size.width >= 120 and self.size.height >= 34 else 2
        if size(words, points, points)[0] > self.size.width - 30:
            points = 1
        style = "bold $warning" if soon or look.paused else "bold"
        self.query_one("#clock", Note).show(big(words, wide=points, high=max(2, points), style=style) if words else say(""))
        page = Page().line((self._title(look), "$quiet"))
        if look.status == "over":
            page.line((phrase("The game is over"), "bold $accent"))
        elif look.status != "lobby":
            page.line((look.turn_words, "bold $accent")).line((str(look.phase.get("label", "")), "bold"))
        if look.paused and running and left:
            page.line((phrase("{duration} left when it goes on", duration=duration(left)), "$warning"))
        waiting = [look.short(seat) for seat in look.waiting_for] if running and not look.paused else []
        page.line((phrase("Still deciding: ") + ", ".join(waiting) if waiting else "", "bold"))
        self.query_one("#when", Note).show(page.content)
        self._draw_foot(look)

    def _title(self, look: Look) -> str:
        title = str(look.catalog.get("scenario", {}).get("title", ""))
        watching = self.client.watching
        return phrase("{title}   table {now}", title=title, now=watching.now) if watching.several else title

    def _draw_foot(self, look: Look) -> None:
        door = self.client.door
        assert door is not None
        words, style = connection_words(look.glance.connection, door.clock())
        dots = "".join(glyphs().dot if each == self.at else glyphs().ring for each in range(len(self._pages)))
        turn = phrase("space stays here   ") if self.client.watching.turning else phrase("space turns pages   ")
        table = phrase("   t next table") if self.client.watching.several else ""
        live = look.glance.connection.stage is Stage.LIVE
        foot = say((dots, "$accent"), "   ", ((turn if len(self._pages) > 1 else "") + KEYS + table, "$quiet"))
        self.query_one("#foot", Note).show(
            say((words, style), "   ", foot) if not live else say((glyphs().dot, style), "  ", foot)
        )

    # -- the pages ---------------------------------------------------------------------------------------------------

    @property
    def _room(self) -> tuple[int, int]:
        """Columns and lines of a page."""
        top = self.query_one("#top").size.height or 6
        return self.size.width - 4, max(6, self.size.height - top - 2)

    def _named(self, look: Look) -> list[str]:
        """The pages there are now: a number after a page of tracks says from where on."""
        if look.status == "lobby":
            return ["join"]
        rows = self._room[1]
        tracks = [f"tracks {at}" for at in range(0, max(1, len(known_tracks(look))), rows)]
        maps = ["map"] if look.catalog.get("areas") else []
        return [*(["result"] if look.status == "over" else []), *tracks, *maps, "strip"]

    def _draw(self, look: Look) -> None:
        kind, _, begin = self._pages[self.at].partition(" ")
        width, height = self._room
        match kind:
            case "join":
                self._draw_invitation(look)
            case "result":
                self.query_one("#page-result", Note).show(result_page(look, width))
            case "tracks":
                chosen = known_tracks(look)[int(begin) : int(begin) + height]
                self.query_one("#track-text", Note).show(tracks_page(look, chosen, max(34, self.size.width * 58 // 100 - 5)))
                self.query_one("#news-text", Note).show(headlines_page(look))
            case "map":
                self.query_one(TileMap).draw(look)
                self.query_one("#legend", Note).show(legend(look))
            case "strip":
                self.query_one("#page-strip", Note).show(strip_page(look, width, height))
        self.query_one("#pages", ContentSwitcher).current = f"page-{kind}"
        self._draw_foot(look)

    def _draw_invitation(self, look: Look) -> None:
        watching = self.client.watching
        picture = watching.picture if glyphs().full != "#" else ""
        # Light on dark whatever the colours are: cameras expect it so.
        self.query_one("#qr", Note).show(say((picture, "#ffffff on #000000")))
        room = self.size.width - 6 - (max(map(len, picture.splitlines()), default=0) + 2)
        page = Page()
        if watching.code:
            points = 2 if size(watching.code, 2, 2)[0] <= room else 1
            code = watching.code if size(watching.code, points, 2)[0] <= room else ""
            page.line((phrase("Join code"), "bold $accent")).gap()
            page.line(big(code, wide=points, style="bold") if code else (watching.code, "bold")).gap()
        page.line(lobby_page(look, watching))
        self.query_one("#invite", Note).show(page.content)

    # -- turning ------------------------------------------------------------------------------------------------------

    def turned(self) -> None:
        """Time for the next page, or after the last one for the next table."""
        watching = self.client.watching
        if not watching.turning or watching.dark:
            return
        if self.at + 1 >= len(self._pages) and watching.several:
            self.action_table()
        else:
            self._go(self.at + 1)

    def _go(self, at: int) -> None:
        if self._pages:
            self.at = at % len(self._pages)
            self._draw(self.client.look)

    def action_turn(self) -> None:
        """Pages turn by themselves again, or stop."""
        watching = self.client.watching
        watching.turning = not watching.turning
        if watching.turning:
            self._go(self.at + 1)
        self.draw_head()

    def action_step(self, by: int) -> None:
        """The next page or the one before, which stays."""
        self.client.watching.turning = False
        self._go(self.at + by)

    def action_page(self, number: int) -> None:
        """The page of this number, which stays."""
        if number <= len(self._pages):
            self.client.watching.turning = False
            self._go(number - 1)

    def action_table(self) -> None:
        """The next table of the class."""
        door, watching = self.client.door, self.client.watching
        if door is not None and watching.several:
            self.run_worker(door.look_at(watching.following()), group="table", exclusive=True, exit_on_error=False)

    def action_dark(self) -> None:
        """Nothing on the wall, so that everybody looks at each other; the same key shows the game again."""
        watching = self.client.watching
        watching.dark = not watching.dark
        self.set_class(watching.dark, "-dark")

    def action_retry(self) -> None:
        """Tries now."""
        if self.client.door is not None:
            self.client.door.retry()
