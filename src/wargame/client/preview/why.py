"""Why cards come or do not, and what holds back orders, agreements and endings: a list, and beside it the reasons."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList

from wargame.analysis.workshop.accounts import Account, Line
from wargame.client.look import Look
from wargame.client.preview.bar import Bar, Trouble
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.paint import Page, fit, glyphs, say
from wargame.client.tui.screens.base import BaseScreen
from wargame.client.tui.widgets.footer import Footer
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row
from wargame.client.tui.widgets.small import TooSmall

if TYPE_CHECKING:
    from wargame.client.preview.app import PreviewApp

SECTIONS = {"card": "Cards", "order": "Orders", "agreement": "Agreements", "ending": "Endings"}
COMMANDS = (
    Command("why.back", ("escape", "q"), "back to the game", "Back to the game", "back"),
    Command("why.section", ("tab", "right"), "next section", "The next of cards, orders, agreements, endings", "section(1)"),
    Command("why.section-back", ("left",), "section before", "The section before", "section(-1)", footer=False),
    Command("why.scroll", ("space",), "scroll", "Scroll the reasons", "scroll_text"),
)
WIDE, NARROW = 43, 33  # columns of a row


class WhyScreen(BaseScreen):
    """A list of everything that depends on conditions, and the reasons of what the cursor is on. Enter deals a card."""

    DEFAULT_CSS = """
    WhyScreen #head { height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    WhyScreen #things { width: 38; height: 1fr; border-right: tall $panel; }
    WhyScreen.-wide #things { width: 48; }
    WhyScreen #reasons { width: 1fr; height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self._accounts: dict[str, Account] = {}

    @property
    def preview(self) -> PreviewApp:
        """The app."""
        return cast("PreviewApp", self.app)

    def compose(self) -> ComposeResult:
        """Whose eyes, the list, the reasons, the keys."""
        yield Note(id="head")
        with Horizontal():
            yield Picker(id="things")
            yield Reader(id="reasons", can_focus=False)
        yield Footer(id="footer")
        yield Trouble()
        yield Bar()
        yield TooSmall()

    def on_mount(self) -> None:
        """Fills the list."""
        self.query_one(Picker).focus()
        self.query_one("#footer", Footer).draw(COMMANDS, (Command("why.deal", ("enter",), "deal the card", "", "deal"),), 80)
        self.know(self.client.look, frozenset())

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Works the reasons out again; in a thread, for they are many."""
        self.preview.draw_bars()
        head = say(("Why", "bold $accent"), f"  as {look.title(look.you)}, {look.turn_words}, {look.phase.get('label', '')}")
        self.query_one("#head", Note).show(head)
        self.run_worker(self.preview.guarded(self._refill()), group="why", exclusive=True, exit_on_error=False)

    async def _refill(self) -> None:
        door = self.preview.preview_door
        accounts = await asyncio.to_thread(door.workshop.accounts, door.viewer)
        self._accounts = {f"{each.kind} {each.id}": each for each in accounts}
        self.query_one(Picker).fill(rows(accounts, WIDE if self.has_class("-wide") else NARROW))
        self._tell()

    def resized(self) -> None:
        """The list has another width."""
        if self.is_mounted and self._accounts:
            self.query_one(Picker).fill(rows(list(self._accounts.values()), WIDE if self.has_class("-wide") else NARROW))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tells the reasons of the row."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        account = self._accounts.get(self.query_one(Picker).chosen or "")
        if account is not None:
            self.query_one("#reasons", Reader).show(account_page(account))

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Deals the card under the cursor."""
        event.stop()
        account = self._accounts.get(event.option_id or "")
        if account is not None and account.kind == "card":
            self.preview.begin(self.preview.deal_card(account.id))

    def action_section(self, by: int) -> None:
        """Goes to the first row of another section."""
        picker = self.query_one(Picker)
        kinds = [kind for kind in SECTIONS if any(each.kind == kind for each in self._accounts.values())]
        account = self._accounts.get(picker.chosen or "")
        at = kinds.index(account.kind) if account is not None else 0
        wanted = kinds[(at + by) % len(kinds)]
        picker.go(next(key for key, each in self._accounts.items() if each.kind == wanted))

    def action_scroll_text(self) -> None:
        """Scrolls the reasons; from their end back to the beginning."""
        reader = self.query_one("#reasons", Reader)
        reader.scroll_home(animate=False) if reader.scroll_y >= reader.max_scroll_y else reader.scroll_page_down(animate=False)

    def action_back(self) -> None:
        """Back to the game."""
        self.dismiss(None)


def rows(accounts: Sequence[Account], width: int) -> list[Row]:
    """The list, by sections."""
    found: list[Row] = []
    for kind, heading in SECTIONS.items():
        section = [each for each in accounts if each.kind == kind]
        if section:
            found.append(Row(f"heading {kind}", say((heading, "bold $accent")), heading=True))
        for each in section:
            verdict = fit(each.verdict, max(6, min(11, len(each.verdict))))
            style = "bold $success" if each.open else "$quiet"
            words = say(_sign(each.open), fit(each.title, width - 3 - len(verdict)), " ", (verdict, style))
            found.append(Row(f"{kind} {each.id}", words))
    return found


def account_page(account: Account) -> Content:
    """An account as lines: a sign for what holds, the words as written, and behind them the values."""
    page = Page().line((account.title, "bold")).line((f"{account.kind} {account.id}: {account.verdict}", "$quiet")).gap()
    for line in account.lines:
        page.line(*_line(line))
    return page.content


def _line(line: Line) -> list[str | tuple[str, str] | Content]:
    parts: list[str | tuple[str, str] | Content] = ["  " * line.indent]
    parts += [_sign(line.holds), (line.words, "" if line.holds is not False else "bold")]
    if line.saw:
        parts.append((f"  {line.saw}", "$quiet" if line.holds is not False else "$warning"))
    return parts


def _sign(holds: bool | None) -> Content:
    if holds is None:
        return say(("  ", ""))
    return say((f"{glyphs().check} ", "bold $success")) if holds else say((f"{glyphs().cross} ", "bold $error"))
