"""A line to try things in: what it comes to is shown while it is written, and Enter keeps it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Note, Reader

if TYPE_CHECKING:
    from wargame.client.tui.app import ClientApp

KEPT = 40  # results


class TryLine(Dialog[None]):
    """Stays open until Esc. `look`: what a text comes to, or what is wrong with it; `take`: what Enter does with it (None:
    nothing was done, and the text stays)."""

    DEFAULT_CSS = """
    TryLine #text { height: auto; max-height: 40vh; }
    TryLine #comes { height: auto; max-height: 12; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    def __init__(
        self,
        title: str,
        intro: str,
        look: Callable[[str], Content],
        take: Callable[[str], Awaitable[Content | None]],
        *,
        verb: str,
        draft: str = "",
        kept: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(title)
        self.intro, self.look, self.take, self.verb, self.draft, self.kept = intro, look, take, verb, draft, kept
        self._results: list[Content] = []

    def parts(self) -> list[Widget]:
        """What was tried before, the line, and what it comes to."""
        reader = Reader(id="text", can_focus=False)
        reader.show(say((self.intro, "$quiet")))
        return [reader, Input(self.draft, id="line", max_length=2000, select_on_focus=False), Note(id="comes")]

    def keys(self) -> Content:
        """Take it, or close."""
        return say(("Enter", "bold $accent"), f" {self.verb}   ", ("Esc", "bold $accent"), " close")

    def on_mount(self) -> None:
        """Starts in the line."""
        self.query_one(Input).focus()
        self._show(self.draft)

    def _show(self, text: str) -> None:
        self.query_one("#comes", Note).show(self.look(text) if text.strip() else Content(""))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Shows what the line comes to."""
        event.stop()
        if self.kept is not None:
            self.kept(event.value)
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes the line."""
        event.stop()
        if event.value.strip():
            task = cast("ClientApp", self.app).guarded(self._taken(event.input))
            self.run_worker(task, exclusive=True, exit_on_error=False)

    async def _taken(self, line: Input) -> None:
        """What came of a line stands above it."""
        text = line.value
        result = await self.take(text)
        if result is None:
            self._show(text)
            return
        self._results = [*self._results, result][-KEPT:]
        reader = self.query_one("#text", Reader)
        reader.show(Content("\n").join(self._results))
        reader.call_after_refresh(reader.scroll_end, animate=False)
        if line.value == text:
            line.value = ""

    def action_back(self) -> None:
        """Closes it."""
        self.dismiss(None)
