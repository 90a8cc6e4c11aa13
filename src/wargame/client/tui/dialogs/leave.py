"""Leaving asks twice: the same key once more is the yes."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from wargame.client.speech import phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Note


class Leave(Dialog[bool]):
    """Gives True to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,y,enter", "yes", "leave"), Binding("escape,n", "no", "stay")]

    def __init__(self, leads: bool = False) -> None:
        super().__init__(phrase("Leave the table?"))
        self._leads = leads

    def parts(self) -> list[Widget]:
        """What happens to the seat."""
        note = Note()
        words = phrase(
            "Nothing is lost: what you sent counts, your drafts stay on this machine,\nand the same code "
            "brings you back to your seat."
        )
        if self._leads:
            words = phrase(
                "The game is kept. But a table that you opened with `wargame host` closes\nwith you: its "
                "players are cut off until its server runs again."
            )
        note.show(say(words))
        return [note]

    def keys(self) -> Content:
        """Yes and no."""
        return say(("q", "bold $accent"), phrase(" again to leave    "), ("Esc", "bold $accent"), phrase(" stay"))

    def action_yes(self) -> None:
        """Leaves."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Stays."""
        self.dismiss(False)
