"""A text is redrawn only when it changes, and the screen is laid out anew only where its size may have changed."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content

from wargame.client.tui.widgets.note import Note


class Line(Note):
    """A note of one line."""

    DEFAULT_CSS = "Line { height: 1; }"


class Both(App[None]):
    """A line above a block."""

    def compose(self) -> ComposeResult:
        yield Line(id="line")
        yield Note(id="block")


async def test_a_line_changes_without_laying_out_the_screen_and_a_block_grows() -> None:
    async with Both().run_test(size=(40, 10)) as pilot:
        line, block = pilot.app.query_one("#line", Note), pilot.app.query_one("#block", Note)
        for note, moves in ((line, False), (block, True)):
            note.show(Content("one"))
            assert note._layout_required is moves
            await pilot.pause()
            note.show(Content("one"))
            assert not note._layout_required
        block.show(Content("one\ntwo\nthree"))
        await pilot.pause()
        assert (line.size.height, block.size.height) == (1, 3)
        assert (line.text, block.text) == ("one", "one\ntwo\nthree")
