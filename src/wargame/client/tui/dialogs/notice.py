"""Something to know: an error with its next step, a page to read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from wargame.client.speech import phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Reader


class Notice(Dialog[None]):
    """A text; any of the usual keys closes it."""

    DEFAULT_CSS = """
    Notice #text { max-height: 66vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,question_mark", "close", "close")]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__(title)
        self.text = text

    def parts(self) -> list[Widget]:
        """The text."""
        reader = Reader(id="text")
        reader.show(self.text)
        return [reader]

    def keys(self) -> Content:
        """How to close it."""
        return say(("Esc", "bold $accent"), phrase(" close   "), (phrase("↑↓ PgDn"), "bold $accent"), phrase(" scroll"))

    def on_mount(self) -> None:
        """The text can be scrolled at once."""
        self.query_one("#text").focus()

    def action_close(self) -> None:
        """Closes it."""
        self.dismiss(None)
