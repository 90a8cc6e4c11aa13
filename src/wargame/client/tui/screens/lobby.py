"""Waiting: for the connection, for the facilitator's yes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from wargame.client.door import Stage
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.paint import Page, glyphs
from wargame.client.tui.screens.base import BaseScreen
from wargame.client.tui.widgets.header import connection_words
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.small import TooSmall


class LobbyScreen(BaseScreen):
    """Who waits where, and for what."""

    DEFAULT_CSS = """
    LobbyScreen { align: center middle; }
    LobbyScreen #waiting {
        width: 70; max-width: 96%; height: auto; border: round $primary; padding: 1 2; background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "leave"), Binding("r", "retry", "try now")]

    def compose(self) -> ComposeResult:
        """One panel."""
        with Vertical(id="waiting"):
            yield Note(id="words")
        yield TooSmall()

    def on_mount(self) -> None:
        """Counts the seconds to the next try."""
        self.know(self.client.look, frozenset())
        self.set_interval(0.5, lambda: self.know(self.client.look, frozenset()))

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws the panel."""
        door = self.client.door
        connection = look.glance.connection
        words, style = connection_words(connection, door.clock() if door else 0.0)
        page = Page()
        place = look.glance.place
        if connection.stage is Stage.LOBBY:
            page.line((place.title or phrase("The table"), "bold $accent")).line((words, style)).gap()
            page.line((phrase("Waiting for the facilitator to let you in."), "bold"))
            page.line(phrase("You are not locked out: your name is on the facilitator's screen."))
            if place.place:
                page.line(
                    phrase(
                        "You are number {place} in the queue. Nothing to do: this screen changes by itself.", place=place.place
                    )
                )
            if place.note:
                page.gap().line((place.note, "$warning"))
            page.heading(phrase("Seats"))
            for seat in place.seats:
                taken = bool(seat.get("taken"))
                page.line(
                    (f"{glyphs().dot if taken else glyphs().ring} ", "$quiet"),
                    str(seat.get("title")),
                    (phrase("  taken") if taken else phrase("  not taken"), "$quiet"),
                )
        else:
            page.line((words, style)).gap().line(connection.reason or phrase("Connecting to the table."))
            if connection.stage is Stage.LOST:
                page.gap().line(("r", "bold $accent"), phrase(" try now    "), ("q", "bold $accent"), phrase(" leave"))
        self.query_one("#words", Note).show(page.content)

    def action_retry(self) -> None:
        """Tries now."""
        if self.client.door is not None:
            self.client.door.retry()
