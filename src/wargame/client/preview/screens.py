"""The players' screens with the designer's lines beneath."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.dom import DOMNode

from wargame.client.look import Look
from wargame.client.preview.bar import Bar, Trouble
from wargame.client.preview.commands import DESIGNER
from wargame.client.tui.command import Command
from wargame.client.tui.screens.console import ConsoleScreen
from wargame.client.tui.screens.player import PlayerScreen
from wargame.client.tui.screens.watch import WatchScreen

if TYPE_CHECKING:
    from wargame.client.preview.app import PreviewApp
    from wargame.client.tui.screens.game import GameScreen

    _Screen = GameScreen
else:
    _Screen = object  # Textual looks for the style of a screen along its first base, which has to be the screen itself


class _Designed(_Screen):
    """A screen with the designer's lines beneath."""

    FURTHER: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = (("For the designer", DESIGNER),)

    def compose(self) -> ComposeResult:
        """The screen as players have it, and two lines more."""
        yield from super().compose()
        yield Trouble()
        yield Bar()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Back from a dialog."""
        cast("PreviewApp", self.app).came_back()

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws what is up, unless this is the screen of another seat or scenario than what is known now."""
        if not cast("PreviewApp", self.app).stale:
            super().know(look, names)

    def draw_head(self) -> None:
        """The designer's lines change with the head."""
        super().draw_head()
        cast("PreviewApp", self.app).draw_bars()

    def listed(self) -> Iterator[tuple[DOMNode, Command]]:
        """The designer's commands stand in the palette, too."""
        yield from super().listed()
        for command in DESIGNER:
            yield self.app, command


class PreviewGame(_Designed, PlayerScreen):
    """What a player sees."""


class PreviewConsole(_Designed, ConsoleScreen):
    """What the facilitator sees."""


class PreviewWatch(WatchScreen):
    """What the public sees."""

    def compose(self) -> ComposeResult:
        """The screen as the public has it, and two lines more."""
        yield from super().compose()
        yield Trouble()
        yield Bar()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Back from a dialog."""
        cast("PreviewApp", self.app).came_back()

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws everything, unless this is the screen of another seat or scenario than what is known now."""
        if not cast("PreviewApp", self.app).stale:
            super().know(look, names)
        cast("PreviewApp", self.app).draw_bars()
