"""A line that takes digits only; every other key does what it does outside of a line."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class DigitLine(Input):
    """A line for a whole number. Letters typed into it are commands, so that nobody is caught in it."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the line takes the key for itself."""
        return character is not None and character.isdecimal()

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()  # not for the line; it goes on to the page
