"""The projector view: a giant clock, the tracks, the headlines; for a room to look at."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Digits

from wargame.client.look import EXACT, Look
from wargame.client.tui.paint import Page, bar, change, duration, fit, owner, say, spark, stance
from wargame.client.tui.panes.news import names
from wargame.client.tui.screens.base import BaseScreen
from wargame.client.tui.widgets.header import SOON, connection_words
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.small import TooSmall

HEADLINES = 30


class WatchScreen(BaseScreen):
    """What everybody may see, large."""

    DEFAULT_CSS = """
    WatchScreen #top { height: 5; background: $panel; padding: 1 2 0 2; }
    WatchScreen #when { width: 1fr; height: 4; }
    WatchScreen Digits { width: auto; min-width: 16; text-align: right; }
    WatchScreen Digits.-soon { color: $warning; }
    WatchScreen #tracks { width: 50%; text-wrap: nowrap; padding: 1 2; scrollbar-size-vertical: 0; }
    WatchScreen #headlines { width: 50%; padding: 1 2; border-left: tall $panel; scrollbar-size-vertical: 0; }
    WatchScreen #track-text { text-wrap: nowrap; text-overflow: ellipsis; }
    WatchScreen #foot { dock: bottom; height: 1; background: $panel; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "leave"), Binding("r", "retry", "try now")]

    def compose(self) -> ComposeResult:
        """Clock, tracks, headlines."""
        with Horizontal(id="top"):
            yield Note(id="when")
            yield Digits("", id="clock")
        with Horizontal():
            with VerticalScroll(id="tracks"):
                yield Note(id="track-text")
            with Vertical(id="headlines"):
                yield Note(id="news-text")
        yield Note(id="foot")
        yield TooSmall()

    def on_mount(self) -> None:
        """Draws, and goes on with the clock."""
        self.set_interval(0.5, self.draw_head)
        self.know(self.client.look, frozenset())

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws everything."""
        self._tracks(look)
        self._headlines(look)
        self.draw_head()

    def resized(self) -> None:
        """The bars take the room there is."""
        if self.is_mounted:
            self._tracks(self.client.look)

    def draw_head(self) -> None:
        """Clock and phase."""
        client, look = self.client, self.client.look
        if client.door is None:
            return
        left = look.left(client.door.now())
        clock = self.query_one(Digits)
        words = duration(left) if look.status in ("running", "setup") else ""
        if clock.value != words:
            clock.update(words)
        clock.set_class(left is not None and left <= SOON and not look.paused, "-soon")
        title = str(look.catalog.get("scenario", {}).get("title", ""))
        phase = "The game is over" if look.status == "over" else str(look.phase.get("label", ""))
        page = (
            Page()
            .line((title, "$quiet"))
            .line(
                (look.turn_words, "bold $accent"), "   ", (phase, "bold"), ("   PAUSED" if look.paused else "", "bold $warning")
            )
        )
        waiting = [look.short(seat) for seat in look.waiting_for]
        page.line(("Still deciding: " + ", ".join(waiting) if waiting else "", "$quiet"))
        self.query_one("#when", Note).show(page.content)
        words, style = connection_words(look.glance.connection, client.door.clock())
        self.query_one("#foot", Note).show(say((words, style), ("   spectator view   q leave   ctrl+t colours", "$quiet")))

    def _tracks(self, look: Look) -> None:
        width = max(30, self.size.width // 2 - 5)
        label, band = (21, 13) if width > 56 else (16, 0)
        page = Page()
        for reading in look.readings("track"):
            if not reading.known:
                continue
            index = int(reading.slot["index"])
            number = str(reading.value) if reading.level == EXACT else "~"
            values = look.trend(index, 5) if width > 56 else []
            curve = fit(spark(values, int(reading.slot["lo"]), int(reading.slot["hi"])), 6) if values else ""
            room = width - label - band - len(curve) - 10
            page.line(
                fit(str(reading.slot["label"]), label),
                " ",
                bar(reading, max(4, room)),
                (f"{number:>4} ", "bold"),
                fit(reading.band, band) if band else "",
                (curve, "$secondary"),
                change(look.change(index)),
            )
        clocks = [reading for reading in look.readings("clock") if reading.value]
        if clocks:
            page.gap()
            for reading in clocks:
                page.line(
                    (f"{reading.words} {reading.slot.get('unit') or ''}".strip(), "bold $warning"), f"  {reading.slot['label']}"
                )
        result = look.data.get("result")
        if result:
            page.heading("Result")
            for seat, entry in sorted((result.get("seats") or {}).items(), key=lambda item: -item[1].get("score", 0)):
                page.line(
                    (f"{entry.get('score', 0):4.0f}  ", "bold"),
                    owner(look, seat),
                    ("  mandate met" if entry.get("met") else "", "$success"),
                )
        self.query_one("#track-text", Note).show(page.content)

    def _headlines(self, look: Look) -> None:
        page = Page().line(("HEADLINES", "bold $accent"))
        turn = None
        for story in [story for story in list(look.data.get("feed", ()))[::-1] if story.get("kind") != "phase"][:HEADLINES]:
            if story.get("turn") != turn:
                turn = story.get("turn")
                page.line((f"Turn {turn}" if turn else "Before turn 1", "$quiet"))
            actor = story.get("actor")
            page.line(
                stance(story.get("stance"), word=False),
                " ",
                owner(look, actor, look.short(actor) + " ") if actor and not names(look, story, actor) else "",
                (str(story.get("head", "")), "bold"),
            )
        self.query_one("#news-text", Note).show(page.content)

    def action_retry(self) -> None:
        """Tries now."""
        if self.client.door is not None:
            self.client.door.retry()
