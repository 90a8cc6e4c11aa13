"""A list to choose from that keeps its cursor and its scroll position when what it lists changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


@frozen
class Row:
    """A line of a list. A `heading` cannot be chosen."""

    id: str
    content: Content
    heading: bool = False


class Picker(OptionList):
    """Rows with a cursor. `fill` may be called at any time: the cursor stays on the row it is on."""

    DEFAULT_CSS = """
    Picker { border: none; padding: 0; height: 1fr; background: transparent; scrollbar-size-vertical: 1; }
    Picker:focus { border: none; background-tint: $foreground 0%; }
    Picker > .option-list--option { padding: 0 1; }
    Picker > .option-list--option-disabled { color: $accent; text-style: bold; }
    Picker > .option-list--option-highlighted { background: $boost; color: $foreground; text-style: bold; }
    Picker:focus > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("j", "cursor_down", show=False), Binding("k", "cursor_up", show=False)]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False)
        self._rows: list[Row] = []

    @property
    def chosen(self) -> str | None:
        """The id of the row under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        return self._rows[self.highlighted].id

    @property
    def rows(self) -> Sequence[Row]:
        """What is listed."""
        return tuple(self._rows)

    def fill(self, rows: Sequence[Row], start: str | None = None) -> None:
        """Shows these rows; `start`: where the cursor goes if its row is gone or there was none.

        Of two rows with one id the first counts.
        """
        rows = list({row.id: row for row in reversed(rows)}.values())[::-1]
        if list(rows) == self._rows:
            return
        if [(row.id, row.heading) for row in rows] == [(row.id, row.heading) for row in self._rows]:
            for index, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
                if old.content != new.content:
                    self.replace_option_prompt_at_index(index, new.content)
            self._rows = list(rows)
            return
        chosen, top = self.chosen, self.scroll_y
        before = self.highlighted
        self._rows = list(rows)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options([Option(row.content, id=row.id, disabled=row.heading) for row in rows])
        at = self._find(chosen)
        kept = at is not None
        if at is None:
            at = self._find(start)
        if at is None and before is not None:
            at = self._near(before)
        if at is None:
            at = self._near(0)
        if kept:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = at
            self.scroll_to(y=top, animate=False, force=True)
        else:
            self.highlighted = at

    def go(self, row: str) -> bool:
        """Puts the cursor on a row."""
        at = self._find(row)
        if at is not None:
            self.highlighted = at
        return at is not None

    def _find(self, row: str | None) -> int | None:
        return next((index for index, each in enumerate(self._rows) if each.id == row and not each.heading), None)

    def _near(self, index: int) -> int | None:
        free = [number for number, row in enumerate(self._rows) if not row.heading]
        return min(free, key=lambda number: abs(number - index), default=None)
