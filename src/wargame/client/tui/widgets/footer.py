"""The line at the bottom: at most seven keys, from the same commands as the help."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from wargame.client.tui.command import Command, footer_commands
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Note


class Footer(Note):
    """The keys that matter most here."""

    DEFAULT_CSS = """
    Footer { height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
    """

    def draw(self, own: Sequence[Command], general: Sequence[Command], width: int) -> None:
        """Draws as many of the keys as fit."""
        parts: list[Content] = []
        room = width - 2
        for command in footer_commands(own, general):
            part = say((command.key, "bold $accent"), f" {command.name}  ")
            if part.cell_length > room:
                continue
            parts.append(part)
            room -= part.cell_length
        self.show(Content("").join(parts))
