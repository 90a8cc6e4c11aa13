"""A text to write, kept as a draft while it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from wargame.client.speech import later, phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Note, Reader


class Write(Dialog[str | None]):
    """Gives the text written, or None. `wrong`: tells what is wrong with a text, empty if nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    def __init__(
        self,
        title: str,
        intro: Content,
        *,
        yes: str = later("go on"),
        draft: str = "",
        kept: Callable[[str], None] | None = None,
        wrong: Callable[[str], str] | None = None,
        most: int = 2000,
    ) -> None:
        super().__init__(title)
        self.intro, self.yes, self.draft, self.kept, self.wrong, self.most = intro, phrase(yes), draft, kept, wrong, most

    def parts(self) -> list[Widget]:
        """What it is for, the line, and what is wrong with it."""
        reader = Reader(id="text", can_focus=False)
        reader.show(self.intro)
        return [reader, Input(self.draft, id="line", max_length=self.most, select_on_focus=False), Note(id="wrong")]

    def keys(self) -> Content:
        """Go on and go back."""
        return say(
            ("Enter", "bold $accent"), f" {self.yes}   ", ("Esc", "bold $accent"), phrase(" go back (what you wrote is kept)")
        )

    def on_mount(self) -> None:
        """Starts in the line."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps the draft."""
        event.stop()
        if self.kept is not None:
            self.kept(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Gives the text if nothing is wrong with it."""
        event.stop()
        wrong = self.wrong(event.value) if self.wrong is not None else ""
        if wrong:
            self.query_one("#wrong", Note).show(say((wrong, "$error")))
        else:
            self.dismiss(event.value)

    def action_back(self) -> None:
        """Gives none."""
        self.dismiss(None)
