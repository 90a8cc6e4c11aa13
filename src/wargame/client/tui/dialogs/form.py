"""Several fields to fill in, kept as drafts while they are typed, with what they come to shown beneath."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar

from attrs import field, frozen
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from wargame.client.speech import later, phrase
from wargame.client.tui.dialogs.base import Dialog
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.cycle import Cycle
from wargame.client.tui.widgets.note import Note, Reader

PAUSE = 0.4  # seconds without a key before what is written is looked at
SHORT = 12  # letters; a field as short holds a number, and whoever comes to it writes another


@frozen
class Field:
    """One field. `lines`: how many it shows; `wrong`: tells what is wrong with a text, empty if nothing.

    `choices`: (value, words) to choose from instead of writing.
    """

    id: str
    label: str = field(converter=phrase)
    value: str = ""
    lines: int = 1
    most: int = 2000
    wrong: Callable[[str], str] = lambda text: ""
    choices: Sequence[tuple[str, str]] = ()


def needed(text: str) -> str:
    """For a field that must not stay empty."""
    return "" if text.strip() else phrase("Write a few words first.")


def within(most: int, must: bool = False) -> Callable[[str], str]:
    """For a text of at most so many characters. `must`: it must not stay empty."""

    def wrong(text: str) -> str:
        count = len(text.strip())
        return (
            phrase("That is {count} characters long; the most is {most}.", count=count, most=most)
            if count > most
            else needed(text)
            if must
            else ""
        )

    return wrong


def whole(lo: int, hi: int) -> Callable[[str], str]:
    """For a field that holds a whole number."""

    def wrong(text: str) -> str:
        words = text.strip()
        good = words.isascii() and words.removeprefix("-").isdecimal() and len(words) < 12 and lo <= int(words) <= hi
        return "" if good else phrase("Write a whole number from {lo} to {hi}.", lo=lo, hi=hi)

    return wrong


class Form(Dialog[Mapping[str, str] | None]):
    """Gives what was written by field, or None. `kept` is told each letter; `live`: tells what it comes to, once one pauses."""

    DEFAULT_CSS = """
    Form #fields { height: auto; max-height: 48vh; scrollbar-size-vertical: 1; }
    Form.-alone #fields { max-height: 68vh; }
    Form .label { margin-top: 0; }
    Form #live { height: auto; max-height: 20vh; }
    Form #wrong { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back"),
        Binding("ctrl+s", "send", "send", priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        intro: Content | None = None,
        yes: str = later("go on"),
        kept: Callable[[str, str], None] | None = None,
        live: Callable[[Mapping[str, str]], Awaitable[Content]] | None = None,
    ) -> None:
        super().__init__(title)
        self.fields, self.intro, self.yes, self.kept, self.live = list(fields), intro, phrase(yes), kept, live
        self._later: Timer | None = None
        self.set_class(live is None, "-alone")  # nothing is told beneath, so the fields have the room

    def parts(self) -> list[Widget]:
        """A label and a box for each field, and what they come to."""
        parts: list[Widget] = []
        if self.intro is not None:
            intro = Note(id="intro")
            intro.show(self.intro)
            parts.append(intro)
        for each in self.fields:
            parts.append(Static(say(each.label), classes="label", markup=False))
            if each.choices:
                parts.append(Cycle(each.choices, each.value, id=f"field-{each.id}"))
            elif each.lines == 1:
                parts.append(Input(each.value, id=f"field-{each.id}", max_length=each.most, select_on_focus=each.most <= SHORT))
            else:
                area = TextArea(each.value, id=f"field-{each.id}", soft_wrap=True, show_line_numbers=False, compact=True)
                area.styles.height = each.lines
                parts.append(area)
        live = Reader(id="live", can_focus=False)
        return [VerticalScroll(*parts, id="fields", can_focus=False), live, Note(id="wrong")]

    def keys(self) -> Content:
        """Fields, sending, going back."""
        return say(
            ("Tab", "bold $accent"),
            phrase(" next field   "),
            ("^s", "bold $accent"),
            f" {self.yes}   ",
            ("Esc", "bold $accent"),
            phrase(" go back (what you wrote is kept)"),
        )

    def on_mount(self) -> None:
        """Starts in the first field."""
        self.query_one(f"#field-{self.fields[0].id}").focus()
        self._look()

    @property
    def written(self) -> dict[str, str]:
        """What stands in the fields."""
        found = {}
        for each in self.fields:
            box = self.query_one(f"#field-{each.id}")
            found[each.id] = box.text if isinstance(box, TextArea) else box.value if isinstance(box, Input | Cycle) else ""
        return found

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps the draft."""
        event.stop()
        self._typed(event.input.id, event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keeps the draft."""
        event.stop()
        self._typed(event.text_area.id, event.text_area.text)

    def on_cycle_changed(self, event: Cycle.Changed) -> None:
        """Keeps the choice."""
        event.stop()
        self._typed(event.cycle.id, event.cycle.value)

    def _typed(self, box: str | None, text: str) -> None:
        if self.kept is not None and box is not None:
            self.kept(box.removeprefix("field-"), text)
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        if self.live is not None:
            self.run_worker(self._tell(), exclusive=True, exit_on_error=False)

    async def _tell(self) -> None:
        assert self.live is not None
        content = await self.live(self.written)
        self.query_one("#live", Reader).show(content)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field; from the last one it sends."""
        event.stop()
        if event.input.id == f"field-{self.fields[-1].id}":
            self.action_send()
        else:
            self.focus_next()

    def action_send(self) -> None:
        """Gives what was written if nothing is wrong with it."""
        written = self.written
        for each in self.fields:
            wrong = each.wrong(written[each.id])
            if wrong:
                where = f"  {each.label}" if len(self.fields) > 1 else ""
                self.query_one("#wrong", Note).show(say((wrong, "$error"), (where, "$quiet")))
                self.query_one(f"#field-{each.id}").focus()
                return
        self.dismiss(written)

    def action_back(self) -> None:
        """Gives nothing."""
        self.dismiss(None)
