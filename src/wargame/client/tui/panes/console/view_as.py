"""What a seat sees: a picture of its knowledge as of now, to read only."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve

from wargame.client.door import PUBLIC, Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.paint import Page, glyphs, owner, plain, say
from wargame.client.tui.panes.cards import card_text
from wargame.client.tui.panes.console.base import ListPage, head
from wargame.client.tui.panes.console.behalf import label
from wargame.client.tui.panes.news import headline
from wargame.client.tui.panes.talk import channel_for, channel_name
from wargame.client.tui.widgets.picker import Row

NEWEST = 20


class ViewAsPane(ListPage):
    """Seats on the left; what the one under the cursor knows on the right."""

    DEFAULT_CSS = """
    ViewAsPane #list { width: 24; }
    .-wide ViewAsPane #list { width: 32; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("view.again", ("enter",), "look again", "Ask the server anew for what the seat sees now", "act"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Exactly what the server tells this seat, and nothing more: its numbers and bands, cards, drafts, messages, news, "
        "and what it may do now. It follows the game while it is up. Nothing can be done here in the seat's name: v does "
        "that, with a reason."
    )

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._answers: dict[str, Body] = {}
        self._asked: tuple[str, object] = ("", None)

    def rows(self, look: Look) -> list[Row]:
        """Seats, and the public."""
        rows = [head(phrase("What they see")), *(Row(str(seat["id"]), owner(look, seat["id"])) for seat in look.seats)]
        return [*rows, Row(PUBLIC, say(phrase("The public (projector)")))]

    def draw(self, look: Look) -> None:
        """Draws it, and asks again when the game has moved."""
        super().draw(look)
        self._ask(look, self.chosen)

    def _draw_text(self) -> None:
        super()._draw_text()
        if self.look is not None:
            self._ask(self.look, self.chosen)

    def _ask(self, look: Look, seat: str) -> None:
        moment = (
            seat,
            (
                look.seen,
                len(look.data.get("feed", ())),
                tuple(look.data.get("sealed", ())),
                len(look.data.get("messages", ())),
                str(look.data.get("drafts")),
            ),
        )
        if seat and moment != self._asked:
            self._asked = moment
            self.work(self._fetch(seat), "view-as")

    async def _fetch(self, seat: str) -> None:
        self._answers[seat] = await self.client.ask({"what": "view_as", "seat": seat})
        if seat == self.chosen:
            super()._draw_text()

    def text(self, look: Look, chosen: str) -> Page:
        """The picture."""
        answer = self._answers.get(chosen)
        if answer is None:
            return Page().line((phrase("Asking what it sees …"), "$quiet"))
        if "error" in answer:
            return Page().line((plain(answer["error"]), "$warning"))
        return sight_page(look, chosen, answer)

    async def act(self, look: Look, chosen: str) -> None:
        """Asks again."""
        await self._fetch(chosen)


def sight_page(look: Look, seat: str, answer: Body) -> Page:
    """All that a seat knows, in the words its own screens use."""
    catalog = {**look.catalog, "you": seat, **(answer.get("catalog") or {})}
    sees = Look(
        evolve(look.glance, catalog=catalog, data=answer.get("view") or {}, offers=list(answer.get("offers") or ()), you=seat)
    )
    data, page = sees.data, Page()
    page.line(
        (phrase("As "), "$quiet"),
        owner(look, seat) if seat != PUBLIC else say((phrase("the public"), "bold")),
        (phrase(" sees it:  "), "$quiet"),
        sees.wanted() if sees.plays else "",
    )
    own = [reading for reading in sees.readings("resource", owner=seat) if reading.known]
    if own:
        page.heading(phrase("Its means")).line(", ".join(f"{reading.slot['label']} {reading.words}" for reading in own))
    tracks = [reading for reading in sees.readings("track") if reading.known]
    if tracks:
        page.heading(phrase("What it knows of the situation"))
        page.line("  ·  ".join(f"{reading.slot['label']} {reading.words}" for reading in tracks))
    others = [
        reading
        for reading in sees.readings("resource", "piece", "area")
        if reading.known and reading.slot.get("owner") != seat and reading.value
    ]
    if others:
        page.line((phrase("and {count} numbers of others and of areas.", count=len(others)), "$quiet"))
    for number, card in (data.get("cards") or {}).items():
        page.heading(phrase("Card: {title}", title=card.get("title", number))).line(card_text(sees, card))
        answered = (data.get("responses") or {}).get(str(number))
        if answered:
            page.line(
                (phrase("Its answer so far: "), "$quiet"),
                str(answered.get("option")).replace("_", " "),
                f"  {answered.get('rationale') or ''}",
            )
    if data.get("orders"):
        page.heading(phrase("Its orders so far"))
        for order in data["orders"]:
            page.line(
                f"{glyphs().bullet} {sees.name(order.get('action'))}",
                (f" ({', '.join(sees.name(each) for each in order.get('targets') or ())})", "$quiet"),
            )
    for key, words in (("agreements", phrase("In force, as it knows")), ("proposals", phrase("Proposals it knows of"))):
        if data.get(key):
            page.heading(words).line(", ".join(sees.name(each) for each in data[key]))
    offers = [each for each in sees.glance.offers if label(sees, each)]
    if offers:
        page.heading(phrase("What it may do"))
        for each in offers:
            off = "" if each.get("ok", True) else f"  {each.get('why') or ''}"
            page.line(f"{glyphs().bullet if not off else glyphs().cross} {label(sees, each)}", (off, "$quiet"))
    if data.get("messages"):
        page.heading(phrase("Its messages"))
        for message in list(data["messages"])[-NEWEST:]:
            page.line(
                channel_name(sees, channel_for(sees, message)),
                (" · ", "$quiet"),
                owner(sees, message.get("from"), sees.short(message.get("from"))),
                f": {message.get('text', '')}",
            )
    stories = [story for story in data.get("feed", ()) if story.get("kind") != "phase"]
    if stories:
        page.heading(phrase("Its news, newest first"))
        for story in stories[::-1][:NEWEST]:
            page.line((f"{story.get('turn', '')} ", "$quiet"), headline(sees, story))
    return page
