"""What the facilitator's pages share: the class, the rights, a reason for everything, a list with its text beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import frozen
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.classroom import Hall, barred
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.form import needed
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, say
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

Task = Coroutine[Any, Any, object]


@frozen
class Deed:
    """Something that can be done with a thing: what the list says, the verb that a right allows, and how."""

    words: str
    verb: str
    run: Callable[[], Task]
    note: str = ""


async def deeds(client: Host, title: str, found: Sequence[Deed], intro: Content | None = None) -> None:
    """Asks which of several things to do, and does it. What the right does not allow is listed with the reason."""
    if not found:
        return
    right = client.look.right
    rows = [Row(str(number), say(each.words)) for number, each in enumerate(found)]
    off = {str(number): why for number, each in enumerate(found) if (why := barred(right, each.verb))}

    async def about(row: str) -> Content:
        return say((found[int(row)].note, "$quiet"))

    dialog = Choose(title, rows, intro=intro, about=about, barred=off, verb=phrase("do it"))
    picked = await client.push_screen_wait(dialog)
    if picked is not None:
        await found[int(picked)].run()


async def reason(client: Host, title: str, intro: Content, yes: str, key: str = "", first: str = "") -> str | None:
    """A reason, kept in the record; None for no. `key`: under which the draft is kept; `first`: what stands there at first."""
    dialog = Write(
        title,
        intro,
        yes=yes,
        wrong=needed,
        most=500,
        draft=(client.draft(key) if key else "") or first,
        kept=(lambda text: client.keep(key, text)) if key else None,
    )
    text: str | None = await client.push_screen_wait(dialog)
    return text.strip() if text is not None else None


class ConsolePane(Pane):
    """One page of the facilitator's. `TICKS`: it tells how long something lasts, so it is drawn again while it is up."""

    TICKS: ClassVar[bool] = False

    @property
    def hall(self) -> Hall:
        """The class as known now."""
        return Hall.of(self.client.look.glance)

    @property
    def now(self) -> int:
        """The server's clock in ms."""
        return self.client.door.now() if self.client.door is not None else 0

    def off(self, verb: str) -> bool:
        """Whether the facilitator's right does not allow it; says why."""
        why = barred(self.client.look.right, verb)
        if why:
            self.notify(why, markup=False, severity="warning", timeout=6)
        return bool(why)

    async def manage(self, done: str = "", **body: object) -> Body:
        """The hand on seats and tables; a refusal becomes a panel."""
        return await self.client.manage(body, done)


class ListPage(ConsolePane):
    """Rows on the left, the text of the one under the cursor on the right; Enter does something with it."""

    DEFAULT_CSS = """
    ListPage #list { width: 40; text-wrap: nowrap; text-overflow: ellipsis; }
    .-wide ListPage #list { width: 58; }
    ListPage #text { width: 1fr; }
    """
    ACT = Command("console.act", ("enter",), "act", "Do something with what is under the cursor (asks first)", "act")
    COMMANDS: ClassVar[tuple[Command, ...]] = (ACT,)
    MAIN = "#list"

    def compose(self) -> ComposeResult:
        """List and text."""
        with Horizontal():
            yield Picker(id="list", classes="left")
            yield Reader(id="text")

    def rows(self, look: Look) -> list[Row]:
        """What is listed."""
        raise NotImplementedError

    def text(self, look: Look, chosen: str) -> Page:
        """What is told of a row."""
        raise NotImplementedError

    async def act(self, look: Look, chosen: str) -> None:
        """Does something with a row."""

    @property
    def chosen(self) -> str:
        """The id of the row under the cursor."""
        return self.query_one("#list", Picker).chosen or ""

    def draw(self, look: Look) -> None:
        """Draws both."""
        self.query_one("#list", Picker).fill(self.rows(look))
        self._draw_text()

    def _draw_text(self) -> None:
        if self.look is not None:
            self.query_one("#text", Reader).show(self.text(self.look, self.chosen).content)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another row."""
        event.stop()
        self._draw_text()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Does something with the row."""
        event.stop()
        self.action_act()

    def action_act(self) -> None:
        """What can be done with the row under the cursor."""
        if self.look is not None:
            self.work(self.act(self.look, self.chosen))


def head(words: str) -> Row:
    """A heading in a list."""
    return Row(f"head:{words}", say((words, "bold $accent")), heading=True)
