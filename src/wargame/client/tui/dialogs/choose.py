"""One of several, with a note on the one under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList

from wargame.client.speech import later, phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import plain, say
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row


class Choose(Dialog[str | None]):
    """Gives the id of the row chosen, or None.

    `about`: tells about the row under the cursor when it is reached (it may ask the server). `barred`: rows that cannot be
    chosen, with the reason. `search`: a line that narrows the rows down.
    """

    DEFAULT_CSS = """
    Choose Picker { height: auto; max-height: 30vh; margin-top: 1; }
    Choose #about { height: auto; max-height: 32vh; margin-top: 1; color: $foreground; }
    Choose #intro { height: auto; max-height: 20vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        *,
        intro: Content | None = None,
        about: Callable[[str], Awaitable[Content]] | None = None,
        barred: dict[str, str] | None = None,
        search: bool = False,
        verb: str = later("choose"),
    ) -> None:
        super().__init__(title)
        self.rows, self.intro, self.about, self.search, self.verb = list(rows), intro, about, search, phrase(verb)
        self.barred = barred or {}

    def parts(self) -> list[Widget]:
        """The search line, the rows and the note."""
        parts: list[Widget] = []
        if self.intro is not None:
            intro = Note(id="intro")
            intro.show(self.intro)
            parts.append(intro)
        if self.search:
            parts.append(Input(placeholder=phrase("type to search"), id="search", select_on_focus=False))
        parts.append(Picker(id="rows"))
        parts.append(Reader(id="about", can_focus=False))
        return parts

    def keys(self) -> Content:
        """Choose and go back."""
        return say(
            ("↑↓", "bold $accent"),
            phrase(" move   "),
            ("Enter", "bold $accent"),
            f" {self.verb}   ",
            ("Esc", "bold $accent"),
            phrase(" go back   "),
            (phrase("PgDn"), "bold $accent"),
            phrase(" more text"),
        )

    def on_mount(self) -> None:
        """Fills the rows."""
        self.query_one(Picker).fill(self.rows)
        self.query_one("#search" if self.search else "#rows").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrows the rows down."""
        event.stop()
        words = event.value.casefold().split()
        found = [row for row in self.rows if row.heading or all(word in row.content.plain.casefold() for word in words)]
        self.query_one(Picker).fill(found)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter while searching takes the row under the cursor."""
        event.stop()
        self._take(self.query_one(Picker).chosen)

    def on_key(self, event: object) -> None:
        """Arrows move the cursor while searching."""
        key = getattr(event, "key", "")
        if self.search and self.query_one("#search").has_focus and key in ("up", "down"):
            picker = self.query_one(Picker)
            picker.action_cursor_down() if key == "down" else picker.action_cursor_up()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tells about the row."""
        event.stop()
        row = event.option_id
        if row is None:
            return
        if row in self.barred:
            self.query_one("#about", Reader).show(
                say((phrase("Not now: {barred}", barred=plain(self.barred[row])), "$warning"))
            )
        elif self.about is not None:
            self.run_worker(self._tell(row), exclusive=True, exit_on_error=False)

    async def _tell(self, row: str) -> None:
        assert self.about is not None
        content = await self.about(row)
        if self.query_one(Picker).chosen == row:
            self.query_one("#about", Reader).show(content)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes the row."""
        event.stop()
        self._take(event.option_id)

    def _take(self, row: str | None) -> None:
        if row is not None and row not in self.barred:
            self.dismiss(row)

    def action_back(self) -> None:
        """Takes none."""
        self.dismiss(None)
