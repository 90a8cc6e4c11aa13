"""What a game touches on, and what somebody would rather be spared of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from wargame.client.content import offered
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row

ABOUT = (
    "Mark what you would rather be spared: cards that touch on it come with other words, and you decide all the same. "
    "Nobody is told. C shows this page again."
)


class Spare(Dialog[frozenset[str] | None]):
    """Gives the tags that are marked; None where it is closed without a word."""

    DEFAULT_CSS = """
    Spare #note { height: auto; max-height: 33vh; }
    Spare #ask { height: auto; padding: 0 1; margin-top: 1; }
    Spare Picker { height: auto; max-height: 24vh; }
    Spare #tag { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "mark", "mark"),
        Binding("enter", "done", "done", priority=True),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, look: Look, tags: Collection[str]) -> None:
        super().__init__(phrase("What this game touches on"))
        self.look = look
        self.tags = {str(each["id"]) for each in offered(look)} & set(tags)

    def parts(self) -> list[Widget]:
        """The scenario's note, its tags, and more about the one under the cursor."""
        note, ask = Reader(id="note", can_focus=False), Note(id="ask")
        note.show(say(str(self.look.catalog.get("scenario", {}).get("content_note") or "")))
        ask.show(say((ABOUT if offered(self.look) else phrase("The scenario names nothing that you could be spared."), "bold")))
        return [note, ask, Picker(id="tags"), Note(id="tag")]

    def keys(self) -> Content:
        """Mark, and go on."""
        return say(
            (phrase("Space"), "bold $accent"),
            phrase(" mark   "),
            ("Enter", "bold $accent"),
            phrase(" go on   "),
            ("Esc", "bold $accent"),
            phrase(" as it was"),
        )

    def on_mount(self) -> None:
        """Lists the tags."""
        self._draw()
        self.query_one(Picker).focus()

    def _draw(self) -> None:
        rows = []
        for each in offered(self.look):
            on = str(each["id"]) in self.tags
            mark = ("[x] " if on else "[ ] ", "bold $success" if on else "$quiet")
            rows.append(
                Row(str(each["id"]), say(mark, str(each["label"]), (phrase("  spare me this") if on else "", "$success")))
            )
        picker = self.query_one(Picker)
        picker.display = bool(rows)
        picker.fill(rows)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """More about a tag."""
        event.stop()
        found = next((each for each in offered(self.look) if each["id"] == event.option_id), None)
        if found is not None:
            words = " ".join(str(found[key]) for key in ("warning", "text") if found.get(key))
            self.query_one("#tag", Note).show(say((words, "$quiet")))

    def action_mark(self) -> None:
        """Marks the tag under the cursor, or not."""
        chosen = self.query_one(Picker).chosen
        if chosen is not None:
            self.tags ^= {chosen}
            self._draw()

    def action_done(self) -> None:
        """Gives what is marked."""
        self.dismiss(frozenset(self.tags))

    def action_back(self) -> None:
        """Leaves it as it was."""
        self.dismiss(None)
