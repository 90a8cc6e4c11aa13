"""How players join, to be shown to them: the code in large letters, what to type or open, and a picture for a telephone."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from wargame.client.speech import phrase
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.paint import Page, glyphs, say
from wargame.client.tui.widgets.note import Note, Reader


class Joining(Notice):
    """The code, the links, the picture. `picture`: a QR code in characters, empty for none; the text tells all of it."""

    DEFAULT_CSS = """
    Joining > #box { width: 78; max-height: 100%; }
    Joining #sheet { height: auto; }
    Joining #picture { width: auto; height: auto; margin-right: 2; }
    Joining #text { width: 1fr; height: auto; max-height: 80vh; }
    Joining #keys { margin-top: 0; }
    """

    def __init__(self, code: str, links: Sequence[str], picture: str = "", *, locked: bool = False) -> None:
        page = Page().line(phrase("Join code")).line((" ".join(code), "bold $accent"))
        for link in links:
            page.gap().line(
                (phrase("They type") if link.startswith("wargame ") else phrase("In a browser they open"), "$quiet")
            )
            page.line((link, "bold"))
        page.gap().line(
            (phrase("Locked: nobody new can come in. Page 3 unlocks."), "bold $warning")
            if locked
            else (phrase("Whoever has the code waits at the door until you let them in."), "$quiet")
        )
        super().__init__(phrase("How to join"), page.content)
        self.picture = picture

    def parts(self) -> list[Widget]:
        """The picture on the left where the terminal can draw it, the words on the right."""
        reader = Reader(id="text")
        reader.show(self.text)
        if not self.picture or glyphs().full == "#":
            return [reader]
        picture = Note(id="picture")
        picture.show(say((self.picture, "#ffffff on #000000")))
        return [VerticalScroll(Horizontal(picture, reader, id="sheet"), can_focus=False)]

    def keys(self) -> Content:
        """How to close it."""
        return say(("Esc", "bold $accent"), phrase(" close"))
