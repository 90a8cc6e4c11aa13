"""What all whole screens share: polite when the terminal is too small, wide from 120 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.screen import Screen

from wargame.client.look import Look
from wargame.client.tui.command import rebind
from wargame.client.tui.widgets.small import TooSmall

if TYPE_CHECKING:
    from wargame.client.tui.app import ClientApp


class BaseScreen(Screen[None]):
    """A whole screen."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]  # noqa: RUF012

    @property
    def client(self) -> ClientApp:
        """The app."""
        return cast("ClientApp", self.app)

    def on_mount(self) -> None:
        """Listens to the keys that the person has chosen."""
        rebind(self)

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Takes in what changed."""

    def on_resize(self, event: events.Resize) -> None:
        """Covers the screen when it is too small."""
        for cover in self.query(TooSmall):
            self.set_class(not cover.fit(event.size.width, event.size.height), "-too-small")
        self.resized()

    def resized(self) -> None:
        """Draws what depends on the width."""
