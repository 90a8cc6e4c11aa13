"""The desk: everything that waits for the facilitator, who keeps the table waiting, and the cue sheets of this turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wargame.client.classroom import RIGHT_WORDS, Hall, waited
from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, Part, glyphs, owner, say
from wargame.client.tui.panes.cards import card_text
from wargame.client.tui.panes.console.base import ListPage, head
from wargame.client.tui.panes.console.cards import card_page
from wargame.client.tui.panes.console.drafts import draft_lines, seat_page
from wargame.client.tui.panes.console.gate import armed, blocking, gate_page, petitions, plan
from wargame.client.tui.panes.console.people import admit, seat_deeds
from wargame.client.tui.panes.console.rulings import petition_deeds, petition_page
from wargame.client.tui.panes.console.timeline import entry_deeds
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class DeskPane(ListPage):
    """What waits, the seats, the cards on the table; beside it the one under the cursor, or the whole desk."""

    TICKS = True
    COMMANDS: ClassVar[tuple[Command, ...]] = (ListPage.ACT,)
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "What waits for you stands first. Enter lets somebody in, deals an armed card, rules on a proposal, or does "
        "something with a seat. ▶ marks who keeps the table waiting, and for how long. You see everything, and nothing you "
        "do here is hidden in the record. Page 2 is all tables, 3 the people, 4 the plan of cards, 5 the shelf; y shows "
        "what a seat sees."
    )

    def rows(self, look: Look) -> list[Row]:
        """Stop, door, armed cards, proposals, seats, cards on the table."""
        hall, rows = self.hall, [Row("desk", say((f"{glyphs().bullet} ", "$quiet"), (phrase("The whole desk"), "bold")))]
        if hall.here.get("stop"):
            rows.append(Row("stop", say((phrase(" Somebody has asked to stop "), "bold reverse $warning"))))
        if hall.lobby:
            rows.append(head(phrase("At the door")))
            for each in hall.lobby:
                since = waited(each.get("since"), self.now)
                wish = phrase("  wants {short}", short=look.short(each["seat"])) if each.get("seat") else ""
                mark = (f"{glyphs().arrow} ", "bold $warning")
                rows.append(
                    Row(f"door:{each['request']}", say(mark, (str(each["name"]), "bold"), (f"{wish}  {since}", "$quiet")))
                )
        if armed(look):
            rows.append(head(phrase("Armed: one key deals it")))
            for each in armed(look):
                rows.append(Row(f"card:{each['entry']}", say((f"{glyphs().lost} ", "bold $warning"), str(each["title"]))))
        if petitions(look):
            rows.append(head(phrase("Proposals to rule on")))
            for each in petitions(look):
                held = phrase("  held") if each["status"] == "held" else ""
                mark = (f"{glyphs().ring if held else glyphs().arrow} ", "bold $warning")
                rows.append(
                    Row(
                        f"petition:{each['number']}",
                        say(mark, owner(look, each["seat"], look.short(each["seat"])), f"  {each['what']}", (held, "$quiet")),
                    )
                )
        rows.append(head(phrase("Seats") + (phrase("  (locked for newcomers)") if hall.locked else "")))
        rows += [Row(f"seat:{seat['id']}", say(*self._seat(look, str(seat["id"])))) for seat in look.seats]
        cards = look.data.get("cards") or {}
        if cards:
            rows.append(head(phrase("Cards on the table")))
            rows += [Row(f"table:{number}", say("  ", str(card["title"]))) for number, card in cards.items()]
        return rows

    def _seat(self, look: Look, seat: str) -> list[Part]:
        hall = self.hall
        stuck = seat in look.waiting_for
        done = seat in look.data.get("sealed", ())
        mark: Part = (
            (f"{glyphs().arrow} ", "bold $warning") if stuck else (f"{glyphs().check} ", "$success") if done else ("  ", "")
        )
        since = blocking(look, hall, seat, self.now) if stuck else ""
        return [
            mark,
            owner(look, seat, look.short(seat)),
            "  ",
            *people_words(hall.at(seat), hall.seat(seat)),
            (f"  {since}" if since else "", "$warning"),
        ]

    def text(self, look: Look, chosen: str) -> Page:
        """The one under the cursor, or all of it."""
        kind, _, which = chosen.partition(":")
        if kind == "seat":
            return seat_page(look, self.hall, which, self.now)
        if kind == "card":
            entry = next((each for each in armed(look) if each["entry"] == which), None)
            page = (
                Page().line((str(entry.get("reason") or phrase("A rule has armed it.")), "$warning")).gap() if entry else Page()
            )
            return card_page(look, entry["card"] if entry else which, page)
        if kind == "petition":
            found = next((each for each in petitions(look) if str(each["number"]) == which), None)
            return petition_page(look, self.hall, found) if found is not None else desk_page(look, self.hall, self.now)
        if kind == "table":
            card = (look.data.get("cards") or {}).get(which)
            return self._card(look, card) if card is not None else desk_page(look, self.hall, self.now)
        if kind == "stop":
            return stop_page()
        if kind == "door":
            return (
                Page()
                .line(phrase("Enter gives a place at a table, or refuses."))
                .gap()
                .line(
                    (
                        phrase("Who is let in comes back to the same seat after a lost connection, without asking again."),
                        "$quiet",
                    )
                )
            )
        return desk_page(look, self.hall, self.now)

    def _card(self, look: Look, card: Body) -> Page:
        page = card_page(look, card["id"])
        return page.heading(phrase("As it lies on the table")).line(card_text(look, card, asked=False))

    async def act(self, look: Look, chosen: str) -> None:
        """Does what the row is for."""
        kind, _, which = chosen.partition(":")
        client = self.client
        if kind == "door":
            await admit(client, look, which)
        elif kind == "card":
            entry = next((each for each in armed(look) if each["entry"] == which), None)
            if entry is not None:
                await entry_deeds(client, look, entry)
        elif kind == "table":
            dealt = next((each for each in plan(look) if each.get("number") == which), None)
            if dealt is not None:
                await entry_deeds(client, look, dealt)
        elif kind == "petition":
            found = next((each for each in petitions(look) if str(each["number"]) == which), None)
            if found is not None:
                await petition_deeds(client, look, found)
        elif kind == "seat":
            await seat_deeds(client, look, which, look.glance.table)
        elif kind == "stop":
            await clear_stop(client)


def desk_page(look: Look, hall: Hall, now: int) -> Page:
    """What waits at the table, what to say and watch for, and everybody's drafts."""
    page = Page().line((f"{look.turn_words}, {look.phase.get('label')}", "bold $accent"))
    if look.right != "control":
        words = phrase(RIGHT_WORDS.get(look.right, later("watches")))
        page.line(
            (
                phrase(
                    "You are here as {right}: one who {words}. What you may not do is listed with the reason.",
                    right=look.right,
                    words=words,
                ),
                "$warning",
            )
        )
    if look.phase.get("text"):
        page.line((str(look.phase["text"]), "$quiet"))
    if look.may("start"):
        words = phrase(
            "{how} to start the game, {how2} for the join code of your players.", how=how("start"), how2=how("codes")
        )
        page.line(
            (phrase("Let them in first, then {words}", words=words) if hall.lobby else words[:1].upper() + words[1:], "bold")
        )
    else:
        page.heading(phrase("Before this phase ends"))
        gate_page(look, hall, now, page)
    cues = [card for card in (look.data.get("cards") or {}).values() if cue_of(look, card)]
    if cues:
        page.heading(phrase("Say this, watch for this"))
        for card in cues:
            page.line((str(card["title"]), "bold"), f": {cue_of(look, card)}")
    drafted = [(seat, lines) for seat in look.seats if (lines := draft_lines(look, str(seat["id"])))]
    if drafted:
        page.heading(phrase("Drafts"))
    for seat, lines in drafted:
        page.line(owner(look, seat["id"]))
        for words in lines:
            page.line(f"{glyphs().bullet} {words}")
    return page


def cue_of(look: Look, card: Body) -> str:
    """What its facilitator says and watches for when a card comes."""
    return next((str(each.get("cue") or "") for each in look.catalog.get("cards", ()) if each["id"] == card.get("id")), "")


def waiting(look: Look) -> int:
    """How many things wait for the facilitator at this table and at the door."""
    hall = Hall.of(look.glance)
    return len(hall.lobby) + len(armed(look)) + len(petitions(look, "waiting")) + bool(hall.here.get("stop"))


def stop_page() -> Page:
    """What a stop signal is, and what to do."""
    page = Page().line((phrase("Somebody at this table has asked to stop."), "bold $warning"))
    page.gap().line(phrase("The game stands still. Who asked is not kept anywhere, and nobody can find out: do not ask."))
    page.gap().line(
        phrase("Say in your own words that you take a break; talk to those who want to talk. When it is right to go on:")
    )
    page.line(phrase("{bullet} Enter here clears the signal,", bullet=glyphs().bullet))
    page.line(
        phrase(
            "{bullet} {how} to let the game go on; first recall a card ({how2}), or leave it out.",
            bullet=glyphs().bullet,
            how=how("resume"),
            how2=how("timeline"),
        )
    )
    return page


async def clear_stop(client: Host) -> None:
    """Clears the stop signal, after a yes."""
    text = say(phrase("The signal goes away. The game stands still until you {how}.", how=how("resume")))
    if await client.push_screen_wait(Confirm(phrase("Clear the stop signal?"), text, phrase("clear it"))) is not None:
        await client.manage({"what": "stop_clear"}, phrase("Cleared. When it is right to go on, {how}.", how=how("resume")))


def people_words(people: list[Body], seat: Body) -> list[Part]:
    """Who sits in a seat, with whether they are connected."""
    if not people:
        return [(phrase("computer"), "$quiet")] if seat.get("bot") else [(phrase("nobody"), "$warning")]
    parts: list[Part] = []
    for each in people:
        if each.get("bot"):
            parts.append((phrase("computer"), "$quiet"))
            continue
        sign = glyphs().dot if each.get("connected") else glyphs().ring
        parts.append((f"{', ' if parts else ''}{sign} {each.get('name')}", "" if each.get("connected") else "$quiet"))
    return parts
