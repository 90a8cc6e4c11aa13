"""Meters: which objectives have been exercised and which card would cover the rest; who talks, who is quiet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from wargame.client.classroom import barred
from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.form import needed
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, owner, plain, say
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds, head
from wargame.client.tui.panes.console.cards import card_page, fire, plan
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

EVERY = 10_000  # ms between two askings while the page is up
WIDTH = 12
DID = ("messages", "orders", "answers", "suggestions", "endorsements", "petitions", "notes")


class MetersPane(ListPage):
    """Objectives and people on the left; the one under the cursor on the right."""

    TICKS = True
    COMMANDS: ClassVar[tuple[Command, ...]] = (ListPage.ACT,)
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Above: the objectives, ✓ covered by a card that has come, ○ planned, ▶ neither: Enter offers the shelf cards that "
        "would cover it. Beneath: how much everybody says and does. Enter on a person writes a private nudge to the seat, "
        "with words to begin with."
    )

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.answer: Body = {}
        self._asked = 0

    def draw(self, look: Look) -> None:
        """Draws, and asks again from time to time."""
        super().draw(look)
        if not self._asked or self.now - self._asked >= EVERY:
            self._asked = self.now or 1
            self.work(self._ask(), "meters")

    async def _ask(self) -> None:
        self.answer = await self.client.ask({"what": "meters"})
        if self.look is not None:
            super().draw(self.look)

    def rows(self, look: Look) -> list[Row]:
        """Objectives, then people by what they did."""
        if not self.answer or "error" in self.answer:
            return [Row("none", say((plain(self.answer.get("error") or phrase("Counting …")), "$quiet")))]
        rows: list[Row] = [head(phrase("Objectives"))]
        for each in self.answer.get("objectives") or ():
            mark = (
                (glyphs().check, "$success")
                if each.get("covered")
                else (glyphs().ring, "$quiet")
                if each.get("planned")
                else (glyphs().arrow, "bold $warning")
            )
            rows.append(Row(f"objective:{each['id']}", say((f"{mark[0]} ", mark[1]), str(each["title"]))))
        people = list(self.answer.get("airtime") or ())
        quiet = {str(each) for each in self.answer.get("quiet") or ()}
        most = max((share(each) for each in people), default=0) or 1
        if people:
            rows.append(head(phrase("Who says and does how much")))
        for each in sorted(people, key=share):
            full = round(share(each) * WIDTH / most)
            bar = glyphs().full * full + glyphs().empty * (WIDTH - full)
            mark = (phrase("  quiet"), "bold $warning") if str(each["person"]) in quiet else ("", "")
            seat = look.short(each.get("seat"))
            rows.append(
                Row(f"person:{each['person']}", say((bar, "$primary"), f" {each['name']}", (f"  {seat}", "$quiet"), mark))
            )
        return rows

    def text(self, look: Look, chosen: str) -> Page:
        """One objective, one person."""
        kind, _, which = chosen.partition(":")
        page = Page()
        left = self.answer.get("minutes_left")
        if kind == "objective":
            each = self._objective(which)
            page.line((str(each.get("title", which)), "bold $accent"))
            if not each.get("covered"):
                words = phrase(", and about {left} minutes are left", left=left) if isinstance(left, int) else ""
                page.line((phrase("Not exercised yet{words}.", words=words), "$warning"))
            for key, words in (("covered", phrase("Covered by")), ("planned", phrase("Planned"))):
                if each.get(key):
                    page.heading(words)
                    for title in each[key]:
                        page.line(f"{glyphs().bullet} {look.name(title)}")
            if each.get("shelf"):
                page.heading(phrase("On the shelf, would cover it"))
                for card in each["shelf"]:
                    page.line(f"{glyphs().bullet} {look.name(card)}")
            elif not each.get("covered") and not each.get("planned"):
                page.line(phrase("No card of the scenario would cover it; write one: {how}.", how=how("write")))
        elif kind == "person":
            each = self._person(which)
            page.line((str(each.get("name", which)), "bold $accent"), ("  ", ""), owner(look, each.get("seat")))
            for key in ("messages", "words", *DID[1:]):
                if each.get(key) is not None:
                    page.line(f"{key}: ", (str(each[key]), "bold"))
            if which in {str(each) for each in self.answer.get("quiet") or ()}:
                page.gap().line((phrase("Quiet. Enter writes a nudge that only this seat reads."), "$warning"))
        return page

    def _objective(self, which: str) -> Body:
        return next((each for each in self.answer.get("objectives") or () if str(each["id"]) == which), {})

    def _person(self, which: str) -> Body:
        return next((each for each in self.answer.get("airtime") or () if str(each["person"]) == which), {})

    async def act(self, look: Look, chosen: str) -> None:
        """A card that covers it, or a nudge."""
        kind, _, which = chosen.partition(":")
        if kind == "objective":
            await exercise(self.client, look, self._objective(which))
        elif kind == "person":
            await nudge(self.client, look, self._person(which))


async def exercise(client: Host, look: Look, objective: Body) -> None:
    """A card of the shelf that would cover an objective."""
    shelf = [str(card) for card in objective.get("shelf") or ()]
    if not shelf:
        client.notify(phrase("No card on the shelf would cover it."), markup=False, timeout=3)
        return

    async def about(card: str) -> Content:
        return card_page(look, card).content

    rows = [Row(card, say(look.name(card))) for card in shelf]
    card = await client.push_screen_wait(Choose(str(objective.get("title")), rows, about=about, verb=phrase("take it")))
    if card is not None:
        found = [
            Deed(phrase("Fire it now"), "fire", partial(fire, client, look, card)),
            Deed(phrase("Plan it for a later turn"), "plan", partial(plan, client, look, card)),
        ]
        await deeds(client, look.name(card), found)


async def nudge(client: Host, look: Look, person: Body) -> None:
    """A private line to the seat of somebody quiet, with words to begin with."""
    why = barred(look.right, "say")
    if why or not person:
        client.notify(why, markup=False, severity="warning", timeout=6)
        return
    key = f"nudge.{person['person']}"
    dialog = Write(
        phrase("To {title}, in private", title=look.title(person["seat"])),
        say(phrase("A task helps more than a reproach. Only this seat reads it.")),
        yes=phrase("send it"),
        draft=client.draft(key)
        or phrase(
            "{name}: what do you think the other side expects of you now, and what would surprise them?", name=person["name"]
        ),
        kept=lambda text: client.keep(key, text),
        wrong=needed,
    )
    text = await client.push_screen_wait(dialog)
    if text is not None and await client.send(
        {"do": "say", "to": [person["seat"]], "text": text.strip()}, look.seen, phrase("Sent.")
    ):
        client.sent(key)


def share(person: Body) -> int:
    """How much somebody says and does: a word counts one, a deed ten."""
    return int(person.get("words") or 0) + 10 * sum(int(person.get(key) or 0) for key in DID)
