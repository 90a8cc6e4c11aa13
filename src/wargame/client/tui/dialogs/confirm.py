"""The second, explicit yes: shows what will be done before it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from wargame.client.speech import phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Reader


class Confirm(Dialog[str | None]):
    """Asks for a yes; gives what was written in the line of reasons (empty without one), or None for no.

    `why`: the label of a line for reasons, if there is one; `kept` is told each letter of it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "no", "back"),
        Binding("y,enter", "yes", "yes"),
        Binding("n,q", "no", "no"),
    ]

    def __init__(
        self, title: str, text: Content, yes: str, *, why: str = "", draft: str = "", kept: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(title)
        self.text, self.yes, self.why, self.draft, self.kept = text, yes, why, draft, kept

    def parts(self) -> list[Widget]:
        """The text, and the line for reasons."""
        reader = Reader(id="text")
        reader.show(self.text)
        if not self.why:
            return [reader]
        reader.styles.max_height = "52vh"  # leaves room for the line and the keys at 24 rows
        field = Input(self.draft, id="why", max_length=2000, select_on_focus=False)
        return [reader, Static(say(self.why), classes="label", markup=False), field]

    def keys(self) -> Content:
        """Yes and no."""
        yes = "Enter" if self.why else phrase("Enter or y")
        return say((yes, "bold $accent"), f" {self.yes}    ", ("Esc", "bold $accent"), phrase(" go back, nothing is sent"))

    def on_mount(self) -> None:
        """Starts in the line of reasons if there is one."""
        self.query_one("#why" if self.why else "#text").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps the draft."""
        event.stop()
        if self.kept is not None:
            self.kept(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line is a yes."""
        event.stop()
        self.action_yes()

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(self.query_one("#why", Input).value if self.why else "")

    def action_no(self) -> None:
        """No."""
        self.dismiss(None)
