"""The shelf: every card there is, found by words, objective or tag, and which would cover what is not covered yet."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.paint import Page, glyphs, say
from wargame.client.tui.panes.base import LEAVE
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds, head
from wargame.client.tui.panes.console.cards import card_page, fire, objective_words, plan
from wargame.client.tui.panes.console.gate import plan as planned
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row


class ShelfPane(ListPage):
    """A search line, the cards found, the cue sheet of the one under the cursor."""

    DEFAULT_CSS = """
    ShelfPane #side { width: 40; }
    .-wide ShelfPane #side { width: 58; }
    ShelfPane #side #list { width: 1fr; }
    ShelfPane Input { height: 1; border: none; padding: 0 1; background: $panel; }
    ShelfPane Input:focus { border: none; background: $boost; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("shelf.act", ("enter",), "fire, plan", "Fire the card now, or plan it for a later turn (asks first)", "act"),
        Command("shelf.search", ("slash",), "search", "Search titles, texts, cues, objectives and tags", "search"),
        Command(
            "shelf.cover", ("C",), "uncovered", "Only cards that cover objectives not covered yet; once more for all", "cover"
        ),
        LEAVE,
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Every card of the scenario, and those that you wrote. Search by any words: a title, an objective, a tag. ✓ has "
        "been out, ○ is planned. Firing a card never touches what is planned."
    )

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.words, self.cover = "", False
        self.meters: Body = {}

    def compose(self) -> ComposeResult:
        """Search line, list, text."""
        with Horizontal():
            with Vertical(id="side", classes="left"):
                yield Input(placeholder=phrase("/ to search"), id="search", select_on_focus=False)
                yield Picker(id="list")
            yield Reader(id="text")

    def rows(self, look: Look) -> list[Row]:
        """Cards that match, by pool."""
        covering = {
            card for each in self.meters.get("objectives") or () if not each.get("covered") for card in each.get("shelf") or ()
        }
        status = {entry["card"]: str(entry.get("status")) for entry in planned(look)}
        rows: list[Row] = []
        pool = None
        cards = [each for each in look.catalog.get("cards", ()) if matches(look, each, self.words)]
        for card in sorted(cards, key=lambda each: (str(each.get("pool", "")), str(each["title"]))):
            if self.cover and card["id"] not in covering:
                continue
            if card.get("pool", "") != pool:
                pool = card.get("pool", "")
                rows.append(head(str(pool).capitalize() or phrase("Cards")))
            mark = {"released": glyphs().check, "planned": glyphs().ring, "armed": glyphs().lost, "held": glyphs().hold}.get(
                status.get(card["id"], ""), " "
            )
            rows.append(Row(f"card:{card['id']}", say((f"{mark} ", "$quiet"), str(card["title"]))))
        words = phrase("No card would cover what is not covered yet.") if self.cover else phrase("No card matches.")
        return rows or [Row("none", say((words, "$quiet")))]

    def text(self, look: Look, chosen: str) -> Page:
        """The cue sheet."""
        kind, _, which = chosen.partition(":")
        return card_page(look, which) if kind == "card" else Page()

    async def act(self, look: Look, chosen: str) -> None:
        """Fires or plans it."""
        kind, _, which = chosen.partition(":")
        if kind == "card":
            found = [
                Deed(
                    phrase("Fire it now"),
                    "fire",
                    partial(fire, self.client, look, which),
                    phrase("It lands at once; what is planned stays as it is."),
                ),
                Deed(
                    phrase("Plan it for a later turn"),
                    "plan",
                    partial(plan, self.client, look, which),
                    phrase("It comes by itself then."),
                ),
            ]
            await deeds(self.client, look.name(which), found, card_page(look, which).content)

    def action_search(self) -> None:
        """To the search line."""
        self.query_one("#search").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrows the cards down."""
        event.stop()
        self.words = event.value
        if self.look is not None:
            self.draw(self.look)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list."""
        event.stop()
        self.aim()

    def action_cover(self) -> None:
        """Only what would cover the rest, or all."""
        self.cover = not self.cover
        self.work(self._ask(), "meters")

    async def _ask(self) -> None:
        if self.cover:
            self.meters = await self.client.ask({"what": "meters"})
        if self.look is not None:
            self.draw(self.look)


def matches(look: Look, card: Body, words: str) -> bool:
    """Whether all words stand somewhere in a card."""
    objective = f"{card['objective']} {objective_words(look, card['objective'])}" if card.get("objective") else ""
    parts = [
        card["title"],
        card.get("cue"),
        card.get("text"),
        card.get("pool"),
        card.get("kind"),
        objective,
        *(card.get("tags") or ()),
    ]
    text = " ".join(str(part) for part in parts if part).casefold()
    return all(word in text for word in words.casefold().split())
