"""The lines that a replay adds to every screen: where one is in the game and what happened there, and the keys to wind it."""

from __future__ import annotations

from textual.content import Content

from wargame.client.replay.commands import WINDING
from wargame.client.speech import phrase
from wargame.client.tui.paint import glyphs, say
from wargame.client.tui.widgets.note import Note


class Where(Note):
    """The position, and what happened last as far as it is known here."""

    DEFAULT_CSS = """
    Where { height: 1; background: $boost; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def draw(self, at: int, of: int, words: str, live: bool, what_if: bool) -> None:
        """Draws the line. `live` is False for what was taken back later."""
        name = phrase("WHAT IF") if what_if else phrase("REPLAY")
        width = len(str(of))
        gone = ("" if live else phrase("taken back later  "), "bold $warning")
        self.show(
            say((f" {name} ", "bold reverse $accent"), (f" {at:>{width}}/{of} ", "bold"), line(at, of), "  ", gone, words)
        )


def line(at: int, of: int, cells: int = 16) -> str:
    """How far along, as a line."""
    done = round(cells * at / of) if of else cells
    return glyphs().full * done + glyphs().empty * (cells - done)


class Winding(Note):
    """The keys, as far as they fit."""

    DEFAULT_CSS = """
    Winding { dock: bottom; height: 1; background: $boost; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
    """

    def draw(self, playing: bool, speed: str, width: int) -> None:
        """Draws the line. `speed`: in words."""
        state = say((phrase("playing, {speed}  ", speed=speed), "bold $success")) if playing else say("")
        parts = [state]
        room = width - 2 - state.cell_length
        back = {f"{command.id}-back": command for command in WINDING}
        for command in WINDING:
            if command.id in back:
                continue  # stands beside the key that goes on
            keys = command.key + next((f" {other.key}" for other in WINDING if other.id == f"{command.id}-back"), "")
            label = phrase("stop") if command.id == "replay.play" and playing else command.name
            part = say((keys, "bold $accent"), f" {label}  ")
            if part.cell_length - 2 > room:
                continue
            parts.append(part)
            room -= part.cell_length
        self.show(Content("").join(parts))
