"""The facilitator's console: who is here and who blocks, the clock, the cards, every draft."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList

from wargame.bots.names import LEVELS
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, say
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.panes.console_views import card_page, cards_rows, console_rows, desk_page, seat_page
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row


class ConsolePane(Pane):
    """Requests, seats, armed and scheduled cards on the left; the one under the cursor, or the whole desk, on the right."""

    DEFAULT_CSS = """
    ConsolePane #list { width: 38; }
    .-wide ConsolePane #list { width: 50; }
    ConsolePane #desk { width: 1fr; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("console.act", ("enter",), "choose", "Do something with what is under the cursor", "act"),
        Command("console.advance", ("a",), "advance", "Start the game, or end the phase now (asks first)", "advance"),
        Command("console.pause", ("p",), "pause", "Stop the clock, or let it run again", "pause"),
        Command("console.extend", ("x",), "more time", "Give the phase more time", "extend"),
        Command("console.fire", ("i",), "inject", "Fire any card now", "fire"),
        Command("console.announce", ("u",), "announce", "Tell everyone something", "announce", footer=False),
        Command("console.override", ("v",), "override", "Set any number, with a reason that is kept", "override", footer=False),
        Command("console.lock", ("l",), "lock", "Lock or unlock the table for newcomers", "lock", footer=False),
        Command("console.codes", ("z",), "join code", "Show the join code", "codes", footer=False),
    )
    BINDINGS: ClassVar = bindings([command for command in COMMANDS if command.keys != ("enter",)])
    ABOUT = (
        "You see everything, and nothing you do here is hidden in the record. Enter on a request lets somebody "
        "in; on a seat a bot can take it "
        "or hand it back; on a card you fire or cancel it. ▶ marks who still blocks the phase."
    )
    MAIN = "#list"

    def compose(self) -> ComposeResult:
        """List and desk."""
        with Horizontal():
            yield Picker(id="list", classes="left")
            yield Reader(id="desk")

    def draw(self, look: Look) -> None:
        """Draws both."""
        self.query_one("#list", Picker).fill(console_rows(look))
        self._draw_desk()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another row."""
        event.stop()
        self._draw_desk()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Does something with the row."""
        event.stop()
        self.action_act()

    def _chosen(self) -> tuple[str, str]:
        kind, _, which = (self.query_one("#list", Picker).chosen or "").partition(":")
        return kind, which

    def _draw_desk(self) -> None:
        look = self.look
        if look is None:
            return
        kind, which = self._chosen()
        if kind == "seat":
            page = seat_page(look, which)
        elif kind in ("armed", "planned"):
            page = card_page(look, which.partition(":")[2] if kind == "planned" else which)
        else:
            page = desk_page(look)
        self.query_one("#desk", Reader).show(page.content)

    # -- the room -----------------------------------------------------------------------------------------------------

    def action_act(self) -> None:
        """What can be done with the row under the cursor."""
        look, (kind, which) = self.look, self._chosen()
        if look is None:
            return
        if kind == "request":
            self.work(self._request(look, which))
        elif kind == "seat":
            self.work(self._seat(look, which))
        elif kind == "armed":
            self.work(self._fire_card(look, which))
        elif kind == "planned":
            self.work(self._cancel(look, which.partition(":")[2]))

    async def _request(self, look: Look, which: str) -> None:
        request = next((each for each in look.glance.room.requests if str(each["request"]) == which), None)
        if request is None:
            return
        taken = {str(person["seat"]) for person in look.glance.room.people if not person.get("bot")}
        rows = [
            Row(
                f"seat:{seat['id']}",
                say(f"as {seat['title']}", ("  (joins the team there)" if seat["id"] in taken else "", "$quiet")),
            )
            for seat in sorted(look.seats, key=lambda seat: (seat["id"] != request.get("seat"), seat["id"] in taken))
        ]
        rows += [Row("seat:public", say("as a spectator")), Row("refuse", say("Refuse"))]
        picked = await self.app.push_screen_wait(Choose(f"Let {request['name']} in?", rows))
        if picked == "refuse":
            await self.client.manage({"what": "refuse", "request": request["request"]}, "Refused.")
        elif picked is not None:
            await self.client.manage(
                {"what": "approve", "request": request["request"], "seat": picked.partition(":")[2]}, "Let in."
            )

    async def _seat(self, look: Look, seat: str) -> None:
        people = [person for person in look.glance.room.people if person.get("seat") == seat]
        rows = []
        if any(person.get("bot") for person in people):
            rows.append(Row("human", say("Hand the seat back to people")))
        else:
            rows += [Row(f"bot:{level}", say(f"Let a computer play it: {words}")) for level, words in LEVELS.items()]
        for person in people:
            if not person.get("bot"):
                rows.append(Row(f"kick:{person['person']}", say(f"Close the place of {person['name']}")))
                rows.append(Row(f"move:{person['person']}", say(f"Give {person['name']} another seat")))
        picked = await self.app.push_screen_wait(
            Choose(look.title(seat), rows, intro=seat_page(look, seat, title=False).content)
        )
        what, _, value = (picked or "").partition(":")
        if what == "human":
            await self.client.manage({"what": "human", "seat": seat}, "Handed back.")
        elif what == "bot":
            await self.client.manage({"what": "bot", "seat": seat, "level": value}, "A computer plays it.")
        elif what == "kick":
            name = next((str(person["name"]) for person in people if str(person["person"]) == value), value)
            text = say(f"{name} loses the place and has to ask again to come in. The seat's drafts stay.")
            if await self.app.push_screen_wait(Confirm(f"Close the place of {name}?", text, "close it")) is not None:
                await self.client.manage({"what": "kick", "person": value}, "Closed.")
        elif what == "move":
            seats = [Row(str(each["id"]), say(str(each["title"]))) for each in look.seats if each["id"] != seat]
            to = await self.app.push_screen_wait(Choose("To which seat?", seats))
            if to is not None:
                await self.client.manage({"what": "assign", "person": value, "seat": to}, "Moved.")

    def action_lock(self) -> None:
        """Locks or unlocks the table."""
        if self.look is not None:
            locked = not self.look.glance.room.locked
            self.work(self.client.manage({"what": "lock", "locked": locked}, "Locked." if locked else "Unlocked."))

    def action_codes(self) -> None:
        """Shows the join code."""
        self.work(self._codes())

    async def _codes(self) -> None:
        answer = await self.client.manage({"what": "codes"})
        if "error" not in answer:
            page = Page()
            for name, value in answer.items():
                page.line((f"{name}: ", "$quiet"), (str(value), "bold $accent"))
            self.app.push_screen(Notice("How to join", page.content))

    # -- the clock ----------------------------------------------------------------------------------------------------

    def action_advance(self) -> None:
        """Starts, or ends the phase."""
        if self.look is not None:
            self.work(self._advance(self.look))

    async def _advance(self, look: Look) -> None:
        if look.may("start"):
            await self._start(look)
            return
        waiting = [look.title(seat) for seat in look.waiting_for]
        page = Page()
        if waiting:
            page.line(("Not done yet: ", "$quiet"), (", ".join(waiting), "bold $warning"))
            page.line("Their drafts as they stand count; unanswered cards take their default.")
        else:
            page.line("Everyone is done.")
        if (
            await self.app.push_screen_wait(Confirm(f"End “{look.phase.get('label')}” now?", page.content, "end the phase"))
            is not None
        ):
            await self.send({"do": "advance"}, look.seen, "Done.")

    async def _start(self, look: Look) -> None:
        taken = {str(person.get("seat")) for person in look.glance.room.people}
        empty = [str(seat["id"]) for seat in look.seats if seat["id"] not in taken]
        if empty:
            names = ", ".join(look.short(seat) for seat in empty)
            rows = [
                Row("bots", say("Start; computers play the empty seats")),
                Row("alone", say("Start; nobody plays the empty seats for now")),
            ]
            intro = say(("Empty: ", "$quiet"), (names, "bold $warning"), ". Newcomers can still join and take over.")
            picked = await self.app.push_screen_wait(Choose("Start the game?", rows, intro=intro, verb="start it"))
            if picked is None:
                return
            for seat in empty if picked == "bots" else ():
                if "error" in await self.client.manage({"what": "bot", "seat": seat, "level": next(iter(LEVELS))}):
                    return
        else:
            text = say("Every seat is taken. Newcomers can still join.")
            if await self.app.push_screen_wait(Confirm("Start the game?", text, "start it")) is None:
                return
        await self.send({"do": "start"}, look.seen, "Started.")

    def action_pause(self) -> None:
        """Stops the clock, or lets it run."""
        if self.look is not None:
            self.work(
                self.send(
                    {"do": "resume" if self.look.paused else "pause"},
                    self.look.seen,
                    "The clock runs." if self.look.paused else "The clock stands.",
                )
            )

    def action_extend(self) -> None:
        """Gives more time."""
        if self.look is None:
            return
        if self.look.may("extend"):
            self.work(self._extend(self.look))
        else:
            self.notify("This phase has no clock: it ends when everyone is done or you end it (a).", markup=False, timeout=4)

    async def _extend(self, look: Look) -> None:
        rows = [
            Row(str(seconds), say(words))
            for seconds, words in (
                (30, "30 seconds"),
                (60, "1 minute"),
                (120, "2 minutes"),
                (300, "5 minutes"),
                (600, "10 minutes"),
            )
        ]
        picked = await self.app.push_screen_wait(Choose("How much more time?", rows, verb="give it"))
        if picked is not None:
            await self.send({"do": "extend", "seconds": int(picked)}, look.seen, "More time given.")

    # -- the cards ----------------------------------------------------------------------------------------------------

    def action_fire(self) -> None:
        """Fires any card."""
        if self.look is not None:
            self.work(self._fire(self.look))

    async def _fire(self, look: Look) -> None:
        async def about(card: str) -> Content:
            return card_page(look, card).content

        card = await self.app.push_screen_wait(
            Choose("Fire a card now", cards_rows(look), about=about, search=True, verb="take this card")
        )
        if card is not None:
            await self._fire_card(look, card)

    async def _fire_card(self, look: Look, card: str) -> None:
        entry: Body = next((each for each in look.catalog.get("cards", ()) if each["id"] == card), {"id": card, "title": card})
        bound: dict[str, str] = {}
        for variable in entry.get("variables") or ():
            name, kind = str(variable["name"]), str(variable.get("of", ""))
            areas = [str(area["id"]) for area in look.catalog.get("areas", ())]
            owners = [str(each["id"]) for each in [*look.seats, *look.catalog.get("factions", ())]]
            members = {
                "area": areas,
                "owner": owners,
                "agreement": [str(each["id"]) for each in look.catalog.get("agreements", ())],
            }
            if kind not in members:
                continue
            rows = [
                Row("", say(("let the card choose", "$quiet"))),
                *(Row(str(member), say(look.name(member))) for member in members[kind]),
            ]
            picked = await self.app.push_screen_wait(Choose(f"{entry['title']}: {name}", rows))
            if picked is None:
                return
            if picked:
                bound[name] = picked
        page = card_page(look, card)
        for name, member in bound.items():
            page.line((f"{name}: ", "$quiet"), (look.name(member), "bold"))
        page.gap().line("It lands at once; what is planned stays as it is.")
        if await self.app.push_screen_wait(Confirm("Fire this card now?", page.content, "fire it")) is not None:
            await self.send({"do": "fire", "card": card, "bound": bound}, look.seen, "Fired.")

    async def _cancel(self, look: Look, card: str) -> None:
        intro = card_page(look, card).gap().line("Cancel this card? Write the reason; it is kept in the record.").content
        reason = await self.app.push_screen_wait(
            Write(f"Cancel “{look.name(card)}”", intro, yes="cancel the card", wrong=_needed, most=500)
        )
        if reason is not None:
            await self.send({"do": "cancel", "card": card, "reason": reason.strip()}, look.seen, "Cancelled.")

    # -- words and numbers --------------------------------------------------------------------------------------------

    def action_announce(self) -> None:
        """Tells everyone something."""
        if self.look is not None:
            self.work(self._announce(self.look))

    async def _announce(self, look: Look) -> None:
        dialog = Write(
            "Announce to everyone",
            say("It comes up on every screen and stays in everybody's messages."),
            yes="announce it",
            wrong=_needed,
            draft=self.client.draft("announce"),
            kept=lambda text: self.client.keep("announce", text),
        )
        text = await self.app.push_screen_wait(dialog)
        if text is not None and await self.send({"do": "announce", "text": text.strip()}, look.seen, "Announced."):
            self.client.sent("announce")

    def action_override(self) -> None:
        """Sets a number."""
        if self.look is not None:
            self.work(self._override(self.look))

    async def _override(self, look: Look) -> None:
        rows = []
        for reading in look.readings("track", "flag", "clock", "resource", "area", "piece"):
            slot = reading.slot
            where = ", ".join(look.name(each) for each in (slot.get("area"), slot.get("owner")) if each)
            rows.append(
                Row(
                    str(slot["index"]),
                    say(
                        f"{slot['label']}" + (f" ({where})" if where else ""),
                        (f"  {reading.words}", "bold"),
                        (f"  {slot['name']}", "$quiet"),
                    ),
                )
            )
        picked = await self.app.push_screen_wait(Choose("Which number?", rows, search=True))
        if picked is None:
            return
        reading = look.reading(int(picked))
        lo, hi = int(reading.slot["lo"]), int(reading.slot["hi"])

        def wrong(text: str) -> str:
            words = text.strip()
            good = words.removeprefix("-").isdecimal() and lo <= int(words) <= hi
            return "" if good else f"Write a whole number from {lo} to {hi}."

        intro = say((str(reading.slot["label"]), "bold"), f" is {reading.words} now. New value, {lo} to {hi}:")
        value = await self.app.push_screen_wait(Write("Override", intro, wrong=wrong, most=8))
        if value is None:
            return
        intro = say(
            (str(reading.slot["label"]), "bold"),
            f": {reading.words} becomes ",
            (value.strip(), "bold"),
            ".\nWhy? The reason is kept in the record.",
        )
        reason = await self.app.push_screen_wait(Write("Override", intro, yes="set it", wrong=_needed, most=500))
        if reason is not None:
            await self.send(
                {"do": "override", "slot": reading.slot["name"], "value": int(value), "reason": reason.strip()},
                look.seen,
                "Set.",
            )


def _needed(text: str) -> str:
    return "" if text.strip() else "Write a few words first."
