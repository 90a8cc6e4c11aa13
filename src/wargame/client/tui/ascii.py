"""What drawing with ASCII only takes beside the signs: frames, scroll bars, the palette's search line."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender

CSS = """
.-ascii Dialog > #box, .-ascii LobbyScreen #waiting, .-ascii JoinScreen #form { border: ascii $primary; }
.-ascii .left { border-right: ascii $panel; }
.-ascii #area, .-ascii Brief, .-ascii #headlines { border-left: ascii $panel; }
.-ascii #effects { border-left: ascii $panel; }
.-ascii CardsPane #cards { border-bottom: ascii $panel; }
.-ascii #drafted, .-ascii #position, .-ascii #track-note, .-ascii LessonsPane #about { border-top: ascii $panel; }
.-ascii SearchIcon { display: none; }
.-ascii CommandPalette #--input, .-ascii CommandPalette #--input.--list-visible { border: ascii $panel; }
.-ascii CommandPalette #--results, .-ascii CommandList, .-ascii CommandList:focus { border: none; }
.-ascii Toast { border: none; }
"""


class AsciiBar(ScrollBarRender):
    """A scroll bar of colours alone: whole cells, no part of one."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def draw_bars(ascii_only: bool) -> None:
    """Chooses how scroll bars are drawn; one client a process has one terminal."""
    ScrollBar.renderer = AsciiBar if ascii_only else ScrollBarRender
