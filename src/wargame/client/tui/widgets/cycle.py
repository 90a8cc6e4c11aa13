"""One of a few values on one line: Space or the arrows show the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from wargame.client.speech import phrase
from wargame.client.tui.paint import glyphs, say
from wargame.client.tui.widgets.note import Note


class Cycle(Note, can_focus=True):
    """A line that holds one of `choices`, pairs of a value and its words."""

    DEFAULT_CSS = """
    Cycle { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    Cycle:focus { background: $boost; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,right,down", "turn(1)", "next", show=False),
        Binding("left,up", "turn(-1)", "before", show=False),
    ]

    class Changed(Message):
        """Another value is shown."""

        def __init__(self, cycle: Cycle) -> None:
            super().__init__()
            self.cycle = cycle

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.choices = [(each, phrase(words)) for each, words in choices]
        self._at = next((at for at, (each, _) in enumerate(self.choices) if each == value), 0)

    @property
    def value(self) -> str:
        """The value that is shown."""
        return self.choices[self._at][0]

    @value.setter
    def value(self, value: str) -> None:
        at = next((at for at, (each, _) in enumerate(self.choices) if each == value), self._at)
        self.action_turn(at - self._at)

    def on_mount(self) -> None:
        """Shows it."""
        self._draw()

    def action_turn(self, by: int) -> None:
        """The next value, or the one before."""
        self._at = (self._at + by) % len(self.choices)
        self._draw()
        self.post_message(self.Changed(self))

    def _draw(self) -> None:
        self.show(
            say(
                self.choices[self._at][1],
                (
                    phrase(
                        "   Space: another {between} {at} of {count}",
                        between=glyphs().between,
                        at=self._at + 1,
                        count=len(self.choices),
                    ),
                    "$quiet",
                ),
            )
        )
