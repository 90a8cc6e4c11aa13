"""A text to read that is redrawn only when it changes, so that its scroll position stays."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Note(Static):
    """A block of text."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(Content(""), id=id, classes=classes, markup=False)
        self._shown: Content = Content("")

    @property
    def text(self) -> str:
        """What it says."""
        return self._shown.plain

    def show(self, content: Content) -> None:
        """Shows the content, if it is another."""
        if content.is_same(self._shown):
            return
        self._shown = content
        # A line of fixed size moves nothing else, whatever it says: laying out the screen takes longer than drawing it.
        self.update(content, layout=self.styles.auto_dimensions)


class Reader(VerticalScroll):
    """A block of text that scrolls."""

    DEFAULT_CSS = """
    Reader { scrollbar-size-vertical: 1; padding: 0 1; }
    Reader:focus { background-tint: $foreground 4%; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None, can_focus: bool = True) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, can_focus=can_focus)
        self.note = Note()

    def compose(self) -> ComposeResult:
        """Its one block."""
        yield self.note

    def show(self, content: Content) -> None:
        """Shows the content, if it is another."""
        self.note.show(content)

    @property
    def text(self) -> str:
        """What it says."""
        return self.note.text
