"""The screens of players, facilitators and the public with the lines of a replay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.widget import Widget

from wargame.client.look import Look
from wargame.client.replay.bar import Where, Winding
from wargame.client.replay.commands import WINDING
from wargame.client.speech import later
from wargame.client.tui.command import Command
from wargame.client.tui.screens.console import ConsoleScreen
from wargame.client.tui.screens.player import PlayerScreen
from wargame.client.tui.screens.watch import WatchScreen

if TYPE_CHECKING:
    from wargame.client.replay.app import ReplayApp
    from wargame.client.tui.screens.game import GameScreen

    _Screen = GameScreen
else:
    _Screen = object  # Textual looks for the style of a screen along its first base, which has to be the screen itself


class ReplayGame(_Screen):
    """What the screens of seats and of the facilitator have in a replay."""

    FURTHER: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = ((later("Winding the game"), WINDING),)

    def compose(self) -> ComposeResult:
        """The screen as it was, and the keys."""
        yield from super().compose()
        yield Winding()

    def notices(self) -> Iterable[Widget]:
        """Where one is stands above every page."""
        yield Where()
        yield from super().notices()

    def _welcome(self, look: Look) -> None:
        """Nobody is greeted."""

    def _announce(self, look: Look) -> None:
        """What was announced stands among the messages; winding over it does not announce it again."""

    def draw_head(self) -> None:
        """The lines change with the head."""
        super().draw_head()
        cast("ReplayApp", self.app).draw_bars()

    def listed(self) -> Iterator[tuple[DOMNode, Command]]:
        """The keys stand in the palette, too."""
        yield from super().listed()
        for command in WINDING:
            yield self.app, command


class ReplayPlayer(ReplayGame, PlayerScreen):
    """What somebody with a seat saw."""


class ReplayConsole(ReplayGame, ConsoleScreen):
    """What the facilitator saw."""


class ReplayWatch(WatchScreen):
    """What the public saw."""

    def compose(self) -> ComposeResult:
        """The screen as it was, and the two lines."""
        yield Where()
        yield from super().compose()
        yield Winding()

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws everything."""
        super().know(look, names)
        cast("ReplayApp", self.app).draw_bars()
