"""What all dialogs share: a box in the middle, a title, the last line tells the keys."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from wargame.client.speech import phrase
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Reader

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T]):
    """A question over the screen. Nothing that arrives meanwhile closes it."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #box {
        width: 76; max-width: 96%; height: auto; max-height: 94%; background: $surface;
        border: round $primary; padding: 0 1;
    }
    Dialog #title { text-style: bold; color: $accent; height: auto; }
    Dialog #keys { color: $quiet; height: 1; margin-top: 1; }
    Dialog #text { height: auto; max-height: 68vh; scrollbar-size-vertical: 1; }
    Dialog Input { height: 1; border: none; padding: 0 1; background: $panel; }
    Dialog Input:focus { border: none; background: $boost; }
    Dialog TextArea { height: 5; border: none; padding: 0 1; background: $panel; }
    Dialog .label { color: $quiet; height: auto; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "scroll_text(1)", "more", show=False, priority=True),
        Binding("pageup", "scroll_text(-1)", "back", show=False, priority=True),
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = phrase(title)

    def compose(self) -> ComposeResult:
        """Title, the dialog's own parts, keys."""
        with Vertical(id="box"):
            yield Static(say((self.heading, "bold")), id="title", markup=False)
            yield from self.parts()
            yield Static(self.keys(), id="keys", markup=False)

    def parts(self) -> list[Widget]:
        """What stands between the title and the keys."""
        raise NotImplementedError

    def keys(self) -> Content:
        """The keys of this dialog."""
        raise NotImplementedError

    def action_scroll_text(self, by: int) -> None:
        """Scrolls what is to be read, wherever the focus is."""
        for text in self.query(Reader):
            text.scroll_page_down(animate=False) if by > 0 else text.scroll_page_up(animate=False)
