"""What all pages of a game share: they are drawn from a `Look`, and send through the app."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, rebind
from wargame.client.tui.paint import Page, glyphs, plain, say
from wargame.client.tui.widgets.note import Note

if TYPE_CHECKING:
    from wargame.client.tui.app import ClientApp
    from wargame.client.tui.host import Host

LEAVE = Command("leave", ("escape",), "list", "Back from a text to the list", "leave", footer=False)


class Pane(Vertical):
    """One page. `know` may be called at any time; it never moves the cursor and never touches what is typed."""

    DEFAULT_CSS = """
    Pane { height: 1fr; }
    Pane .title { height: 1; color: $accent; text-style: bold; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Pane .hint { height: auto; color: $quiet; padding: 0 1; }
    Pane .left { border-right: tall $panel; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    ABOUT: ClassVar[str] = ""
    TEXT: ClassVar[str] = "Reader"  # the selector of what Space scrolls
    MAIN: ClassVar[str] = ""  # the selector of the widget that gets the focus

    look: Look | None = None

    def __init_subclass__(cls) -> None:
        """Pages differ by the width of the screen around them, so their style must see beyond the page."""
        cls.SCOPED_CSS = False
        super().__init_subclass__()

    @property
    def client(self) -> ClientApp:
        """The app."""
        return cast("ClientApp", self.app)

    def know(self, look: Look) -> None:
        """Takes in what is known now and draws it."""
        self.look = look
        if self.is_mounted:
            self.draw(look)

    def on_mount(self) -> None:
        """Listens to the keys that the person has chosen; draws what is known."""
        rebind(self)
        self.ready()
        if self.look is not None:
            self.draw(self.look)

    def ready(self) -> None:
        """Set up once the parts exist."""

    def draw(self, look: Look) -> None:
        """Draws the page."""
        raise NotImplementedError

    def aim(self) -> None:
        """Gives the focus to the main part."""
        if self.MAIN and self.is_mounted:
            self.query_one(self.MAIN).focus()

    def action_leave(self) -> None:
        """Back to the main part."""
        self.aim()

    def commands(self) -> tuple[Command, ...]:
        """The commands that can do something now, for the footer; the help page lists all."""
        return self.COMMANDS

    def scroll_text(self) -> None:
        """One page down in the text beside the list; from its end back to its beginning."""
        text = next((each for each in self.query(self.TEXT).results(Widget) if each.max_scroll_y), None)
        if text is None:
            return
        if text.scroll_y >= text.max_scroll_y:
            text.scroll_home(animate=False)
        else:
            text.scroll_page_down(animate=False)

    def work(self, task: Coroutine[Any, Any, object], group: str = "work") -> None:
        """Runs something that asks or sends; what goes wrong becomes a panel."""
        self.run_worker(self.client.guarded(task), group=group, exclusive=group != "work", exit_on_error=False)

    async def send(self, body: Body, seen: tuple[int, str], done: str = "") -> bool:
        """Sends a command; a refusal becomes a panel with the reason. Whether it was applied."""
        return await self.client.send(body, seen, done)

    async def preview(self, **body: object) -> Body:
        """The answer to a preview."""
        return await preview(self.client, **body)

    def tell(self, selector: str, content: Content) -> None:
        """Shows content in one of the page's notes."""
        self.query_one(selector, Note).show(content)


def suggested(team: Team, subject: str, page: Page) -> Page:
    """What lies on the team's table about a subject, so that nobody takes it for agreed on."""
    for each in team.about(subject):
        who = phrase("You suggest") if team.is_mine(each) else phrase("{by} suggests", by=each.get("by"))
        page.line((f"{glyphs().ring} {who}: ", "$warning"), str(each.get("words")), (f"  {team.state(each)}", "$warning"))
    return page


async def preview(client: Host, **body: object) -> Body:
    """What something would do, as far as the viewer can know."""
    return await client.ask({"what": "preview", **body})


def answered_lines(answer: Body, key: str) -> Content:
    """Lines out of an answer, or why there are none."""
    if "error" in answer:
        return say((plain(answer["error"]), "$warning"))
    lines = answer.get(key) or []
    return Page().lines(lines).content if lines else say((phrase("No effect on the board that you can know of."), "$quiet"))
