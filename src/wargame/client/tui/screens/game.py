"""The game: header, tabs, one page at a time (with a second beside it where there is room), footer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import ClassVar

from attrs import frozen
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Input, TextArea

from wargame.client.door import WHITE_CELL, Stage
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.paint import Page, say
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.panes.seal import seal
from wargame.client.tui.panes.talk import TalkPane, unread
from wargame.client.tui.screens.base import BaseScreen
from wargame.client.tui.widgets.brief import Brief
from wargame.client.tui.widgets.digits import DigitLine
from wargame.client.tui.widgets.footer import Footer
from wargame.client.tui.widgets.header import Header, Tab, Tabs
from wargame.client.tui.widgets.small import TooSmall


@frozen
class Sheet:
    """A tab as declared: where its page is, and its keys (digit, letter, F-key).

    `quiet`: it has no place in the row of tabs but while it is up or has something new; its key leads to it from everywhere.
    """

    id: str
    pane: str  # module:class under wargame.client.tui.panes
    label: str
    keys: tuple[str, ...]
    help: str
    quiet: bool = False
    row: str = "tab"  # what its command's id begins with

    def command(self) -> Command:
        """The command that shows it."""
        return Command(f"{self.row}.{self.id}", self.keys, self.label, self.help, f"show('{self.id}')", footer=False)


SHEETS = (
    Sheet("setup", "setup:SetupPane", "Setup", ("0", "u", "f11"), "Setup: secret decisions before turn 1"),
    Sheet("end", "end:EndPane", "Result", ("0", "g", "f12"), "Result: scores, what was secret, the ledger"),
    Sheet(
        "situation",
        "situation:SituationPane",
        "Situation",
        ("1", "s", "f1"),
        "Situation: tracks, own means, clocks, agreements",
    ),
    Sheet("map", "map:MapPane", "Map", ("2", "m", "f2"), "Map: areas, who holds them, pieces"),
    Sheet("cards", "cards:CardsPane", "Cards", ("3", "c", "f3"), "Cards: what has happened and what you answer"),
    Sheet("orders", "orders:OrdersPane", "Orders", ("4", "o", "f4"), "Orders: what you can do, and your draft"),
    Sheet("talk", "talk:TalkPane", "Talk", ("5", "t", "f5"), "Talk: messages between seats"),
    Sheet("deals", "deals:DealsPane", "Deals", ("6", "d", "f6"), "Deals: agreements and transfers"),
    Sheet("floor", "floor:FloorPane", "Floor", ("7", "f", "f7"), "Floor: the vote of this turn"),
    Sheet("news", "news:NewsPane", "News", ("8", "n", "f8"), "News: everything you have learned, newest first"),
)

GENERAL = (
    Command("seal", ("e",), "done", "Done with this phase; once more to open your drafts again", "seal"),
    Command("help", ("question_mark", "f10"), "help", "This page explained, with all keys", "help"),
    Command("leave-table", ("q",), "leave", "Leave the table (asks again)", "quit"),
    Command("briefing", ("b",), "briefing", "Your briefing, secret objective and score so far", "briefing"),
    Command("scroll", ("space",), "scroll", "Scroll the text beside the list (Tab goes into it)", "scroll_text"),
    Command("retry", ("r",), "reconnect", "Try to reconnect now", "retry", footer=False),
    Command("palette", ("ctrl+p",), "commands", "Search all commands", "palette", footer=False),
)


def writing_keys() -> Content:
    """What the footer says while letters are text."""
    keys = (("Esc", phrase("back, then keys work again")), ("Tab", phrase("next field")), ("F1-F8", "pages"), ("^q", "leave"))
    return Content("").join([say((key, "bold $accent"), f" {words}  ") for key, words in keys])


class GameScreen(BaseScreen):
    """One game, one page at a time. Pages are made when first shown."""

    DEFAULT_CSS = """
    GameScreen #body { height: 1fr; }
    GameScreen ContentSwitcher { height: 1fr; width: 1fr; }
    GameScreen Brief { display: none; width: 32; border-left: tall $panel; }
    GameScreen.-wide Brief { display: block; }
    GameScreen.-wide.-whole Brief { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings((*(sheet.command() for sheet in SHEETS), *GENERAL))
    SHEETS: ClassVar[tuple[Sheet, ...]] = SHEETS
    GENERAL: ClassVar[tuple[Command, ...]] = GENERAL
    WHOLE: ClassVar[frozenset[str]] = frozenset({"news", "end", "setup", "map"})
    FURTHER: ClassVar[tuple[tuple[str, tuple[Command, ...]], ...]] = ()  # more keys that work everywhere, for the help page

    def __init__(self, start: str = "") -> None:
        """`start`: the page to show first, if there is such a tab; else the one that matters now."""
        super().__init__()
        self.start = start
        self.active = ""
        self._read: dict[str, int] = {}
        self._status = ""
        self._turn = (0, "")
        self._told: int | None = None  # how many announcements there were

    def compose(self) -> ComposeResult:
        """Header, tabs, page, footer."""
        yield Header(id="header")
        yield Tabs(id="tabs")
        yield from self.notices()
        with Horizontal(id="body"):
            yield ContentSwitcher(id="pages")
            yield Brief(id="brief")
        yield Footer(id="footer")
        yield TooSmall()

    def notices(self) -> Iterable[Widget]:
        """What stands above every page."""
        return ()

    def on_mount(self) -> None:
        """Shows the page that matters now."""
        look = self.client.look
        self._turn, self._status = look.seen, look.status
        self.set_interval(0.5, self.draw_head)
        start = self.start if any(sheet.id == self.start for sheet in self.sheets()) else self._first(look)
        self.run_worker(self._switch(start), exclusive=True, group="switch")
        self._welcome(look)
        self._announce(look)

    def _welcome(self, look: Look) -> None:
        """What comes up for somebody who has come, or when the game has begun."""

    def _first(self, look: Look) -> str:
        return {"setup": "setup", "over": "end"}.get(look.status, "situation")

    # -- pages --------------------------------------------------------------------------------------------------------

    def sheets(self) -> list[Sheet]:
        """The tabs that there are now."""
        look = self.client.look
        gone = set()
        if look.status != "setup" or not look.plays:
            gone.add("setup")
        if look.status != "over":
            gone.add("end")
        if look.catalog and not look.catalog.get("areas"):
            gone.add("map")
        if look.catalog and not look.catalog.get("motions"):
            gone.add("floor")
        return [sheet for sheet in self.SHEETS if sheet.id not in gone]

    def sheet(self, which: str) -> Sheet:
        """A tab by id."""
        return next(sheet for sheet in self.SHEETS if sheet.id == which)

    @property
    def pane(self) -> Pane | None:
        """The page that is up."""
        found = self.query(f"#page-{self.active}").results(Pane)
        return next(iter(found), None)

    async def _switch(self, which: str) -> None:
        pages = self.query_one("#pages", ContentSwitcher)
        if not self.query(f"#page-{which}"):
            module, _, name = self.sheet(which).pane.partition(":")
            kind: type[Pane] = getattr(import_module(f"wargame.client.tui.panes.{module}"), name)
            await pages.mount(kind(id=f"page-{which}"))
        self.active = which
        pages.current = f"page-{which}"
        self.set_class(which in self.WHOLE, "-whole")
        pane = self.pane
        if pane is not None:
            pane.know(self.client.look)
            pane.aim()
        self._mark_read()
        self.draw_head()
        self._draw_side()

    def action_show(self, which: str) -> None:
        """Shows a page."""
        if any(sheet.id == which for sheet in self.sheets()):
            self.run_worker(self._switch(which), exclusive=True, group="switch")
        elif which in ("setup", "end") and any(sheet.id == "end" for sheet in self.sheets()):
            self.run_worker(self._switch("end"), exclusive=True, group="switch")

    # -- what is known ------------------------------------------------------------------------------------------------

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws what is up. A page changes by itself only when the game itself moves on to setup, play or the end."""
        self._announce(look)
        if look.status != self._status:
            self._status = look.status
            self._welcome(look)
            if self.follows(look):
                self.run_worker(self._switch(self._first(look)), exclusive=True, group="switch")
        pane = self.pane
        if pane is not None:
            pane.know(look)
        self.call_after_refresh(self._see_focus)
        self._mark_read()
        self._draw_side()
        self.draw_head()

    def follows(self, look: Look) -> bool:
        """Whether the game's moving on brings up another page."""
        return look.status in ("setup", "over") or self.active in ("setup", "end")

    def _announce(self, look: Look) -> None:
        """What the facilitator tells everybody comes up wherever one is."""
        house = (None, WHITE_CELL)  # an announcement has no sender
        told = [each for each in look.data.get("messages", ()) if each.get("from") in house and each.get("to") is None]
        if self._told is not None and not look.controls and self.active != "talk":
            for message in told[self._told :]:
                self.notify(say(str(message.get("text", ""))).plain, title=phrase("The facilitator"), markup=False, timeout=10)
        self._told = len(told)

    def _see_focus(self) -> None:
        """Keys never go to what cannot be seen."""
        focused, pane = self.focused, self.pane
        if focused is None or pane is None:
            return
        if not all(node.display for node in focused.ancestors_with_self if isinstance(node, Widget)):
            pane.aim()

    def on_descendant_focus(self) -> None:
        """The footer tells other keys while something is written."""
        self.draw_head()

    def _draw_side(self) -> None:
        if self.has_class("-whole"):
            return  # nobody sees it
        self.query_one(Brief).draw(self.client.look, tracks=self.active != "situation")

    def _counts(self) -> dict[str, int]:
        look = self.client.look
        counts = {"cards": len(look.unanswered), "deals": sum(1 for offer in look.offers("sign") if offer.get("ok", True))}
        counts["news"] = max(0, len(look.data.get("feed", ())) - self._read.get("news", 0))
        talk = next(iter(self.query("#page-talk").results(TalkPane)), None)
        counts["talk"] = sum(unread(look, talk.read if talk is not None else {}).values())
        counts["floor"] = 1 if look.may("floor") and not look.data.get("floor") and not look.sealed else 0
        return counts

    def _mark_read(self) -> None:
        total = len(self.client.look.data.get("feed", ()))
        if self.active == "news" or "news" not in self._read:
            self._read["news"] = total

    def draw_head(self) -> None:
        """Header, tabs and footer as of now."""
        client, look = self.client, self.client.look
        if client.door is None or not self.is_mounted:
            return
        self.query_one(Header).draw(look, client.door.clock(), client.door.now(), client.sending)
        counts = self._counts()
        listed = self.sheets()
        shown = [sheet for sheet in listed if not sheet.quiet or (counts.get(sheet.id) and sheet.id != self.active)]
        shown = [sheet for sheet in listed if sheet.quiet and sheet.id == self.active] + shown
        named = [(sheet.id, sheet.command()) for sheet in shown]
        tabs = [Tab(which, command.key, command.name, counts.get(which, 0)) for which, command in named]
        self.query_one(Tabs).draw(tabs, self.active, self.size.width)
        own = self.pane.commands() if self.pane is not None else ()
        seals = look.offer("seal") or look.offer("reopen")
        general = [command for command in self.GENERAL if command.id != "seal" or seals]
        if isinstance(self.focused, Input | TextArea) and not isinstance(self.focused, DigitLine):
            self.query_one(Footer).show(writing_keys())
        else:
            self.query_one(Footer).draw(own, general, self.size.width)

    def resized(self) -> None:
        """Tabs and footer depend on the width."""
        self.draw_head()

    # -- commands -----------------------------------------------------------------------------------------------------

    def listed(self) -> Iterator[tuple[DOMNode, Command]]:
        """Every command that works now, with the node that carries it out."""
        pane = self.pane
        if pane is not None:
            for command in pane.COMMANDS:
                if command.action:
                    yield pane, command
        for sheet in self.sheets():
            yield self, sheet.command()
        for command in self.GENERAL:
            yield self, command

    def action_help(self) -> None:
        """The page and its keys."""
        page = Page()
        pane = self.pane
        if pane is not None:
            page.line((self.sheet(self.active).command().words, "bold")).line(phrase(pane.ABOUT))
            page.heading(phrase("On this page"))
            for command in pane.COMMANDS:
                page.line((f"{command.key_words:<14}", "bold $accent"), command.words)
        page.heading(phrase("Pages"))
        for sheet in self.sheets():
            page.line((f"{sheet.command().key_words:<14}", "bold $accent"), sheet.command().words)
        page.heading(phrase("Everywhere"))
        for command in (*self.GENERAL, Command("tab", ("tab",), "", "Move between the parts of a page", "")):
            page.line((f"{command.key_words:<14}", "bold $accent"), command.words)
        page.line((f"{'ctrl+t':<14}", "bold $accent"), phrase("Other colours: dark, light, high contrast, colour-blind safe"))
        page.line((f"{'ctrl+q':<14}", "bold $accent"), phrase("Leave, also while writing"))
        for heading, further in self.FURTHER:
            page.heading(phrase(heading))
            for command in further:
                page.line((f"{command.key_words:<14}", "bold $accent"), command.words)
        page.gap().line((phrase("While you write, letters and digits are text: press Esc first, or use the F-keys."), "$quiet"))
        self.app.push_screen(Notice(phrase("Help"), page.content))

    def action_seal(self) -> None:
        """Done with the phase, or not done after all."""
        look = self.client.look
        if look.may("seal"):
            self.run_worker(self.client.guarded(seal(self.client, look)), exclusive=True, group="seal", exit_on_error=False)
        elif look.may("reopen"):
            self.run_worker(
                self.client.guarded(self.client.send({"do": "reopen"}, look.seen, phrase("Your drafts are open again."))),
                exit_on_error=False,
            )
        else:
            offer = look.offer("seal") or look.offer("reopen")
            self.notify(
                str(offer.get("why")) if offer and offer.get("why") else phrase("There is nothing to seal now."),
                markup=False,
                timeout=3,
            )

    def action_retry(self) -> None:
        """Tries to reconnect now."""
        door = self.client.door
        if door is None:
            return
        stage = self.client.look.glance.connection.stage
        if stage is Stage.LOST:
            door.retry()
        elif stage is Stage.CLOSED:
            self.client.enter(door)

    def action_scroll_text(self) -> None:
        """Scrolls the text beside the list."""
        if self.pane is not None:
            self.pane.scroll_text()

    def action_palette(self) -> None:
        """All commands."""
        self.app.action_command_palette()

    async def action_quit(self) -> None:
        """Leaves, after a second yes."""
        await self.app.action_quit()

    def action_briefing(self) -> None:
        """Briefing, secret objective, score so far."""
        self.run_worker(self.client.guarded(self._briefing()), exclusive=True, group="briefing", exit_on_error=False)

    async def _briefing(self) -> None:
        from wargame.client.tui.widgets.brief import briefing_page

        score = await self.client.ask({"what": "score"}) if self.client.look.plays else {}
        self.app.push_screen(
            Notice(self.client.look.title(self.client.look.you), briefing_page(self.client.look, score).content)
        )
