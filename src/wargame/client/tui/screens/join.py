"""Where to, and as whom."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from wargame.client.address import AddressError, tidy_code
from wargame.client.door import Stage
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.paint import say
from wargame.client.tui.screens.base import BaseScreen
from wargame.client.tui.widgets.header import connection_words
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.small import TooSmall


class JoinScreen(BaseScreen):
    """A form of three lines; errors stand in words beneath it."""

    DEFAULT_CSS = """
    JoinScreen { align: center middle; }
    JoinScreen #form { width: 66; max-width: 96%; height: auto; border: round $primary; padding: 1 2; background: $surface; }
    JoinScreen Input { border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $panel; }
    JoinScreen Input:focus { border: none; background: $boost; }
    JoinScreen .name { color: $quiet; }
    JoinScreen #trouble { height: auto; min-height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.quit", "leave")]

    def __init__(self, address: str = "", name: str = "") -> None:
        super().__init__()
        code, _, place = address.rpartition("@")
        self._first = (place, code, name)

    def compose(self) -> ComposeResult:
        """The form."""
        place, code, name = self._first
        with Vertical(id="form"):
            yield Static(say((phrase("Join a table"), "bold $accent"), "\n"), markup=False)
            yield Static(phrase("Address of the table, or a whole link"), classes="name", markup=False)
            yield Input(place, placeholder="192.168.0.10", id="address", max_length=300)
            yield Static(phrase("Join code (leave empty to watch)"), classes="name", markup=False)
            yield Input(code, placeholder="ABCD-EFGH", id="code", max_length=12)
            yield Static(phrase("Your name, as others will see it"), classes="name", markup=False)
            yield Input(name, placeholder=phrase("Your name"), id="name", max_length=32)
            yield Note(id="trouble")
            yield Static(
                say(
                    ("Enter", "bold $accent"),
                    phrase(" next line, then join   "),
                    ("Tab", "bold $accent"),
                    phrase(" move   "),
                    ("Esc", "bold $accent"),
                    phrase(" leave"),
                ),
                markup=False,
            )
        yield TooSmall()

    def on_mount(self) -> None:
        """Starts in the first empty line."""
        fields = list(self.query(Input))
        next((field for field in fields if not field.value), fields[0]).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The next empty line, or joins."""
        fields = list(self.query(Input))
        at = fields.index(event.input)
        if at < len(fields) - 1:
            fields[at + 1].focus()
        else:
            self._join()

    def _join(self) -> None:
        place, code, name = (field.value.strip() for field in self.query(Input))
        if self.client.open_door is None:
            return
        if not name:
            self._say(phrase("Write your name, so that the facilitator knows whom to let in."))
            self.query_one("#name").focus()
            return
        whole = f"{tidy_code(code)}@{place}" if code and "@" not in place and "://" not in place else place
        try:
            door = self.client.open_door(whole, name)
        except AddressError as problem:
            self._say(str(problem))
            return
        self._say(phrase("Connecting …"), "$quiet")
        self.client.enter(door)

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Errors in words; the lines stay as they are."""
        connection = look.glance.connection
        if self.client.door is None:
            return
        words, _ = connection_words(connection, self.client.door.clock())
        if connection.stage in (Stage.CLOSED, Stage.LOST):
            self._say(connection.reason)
        else:
            self._say(words, "$quiet")

    def _say(self, words: str, style: str = "bold $error") -> None:
        self.query_one("#trouble", Note).show(say((words, style)))
