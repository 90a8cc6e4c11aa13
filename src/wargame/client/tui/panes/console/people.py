"""The people: who waits at the door, who sits where, and what a facilitator does for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from wargame.bots.names import LEVELS
from wargame.client.classroom import RIGHT_WORDS, Hall, spread, waited
from wargame.client.door import PUBLIC, WHITE_CELL, Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import needed
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds, head
from wargame.client.tui.panes.console.drafts import seat_page
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class PeoplePane(ListPage):
    """The door first, then the class, then every seat with those in it."""

    TICKS = True
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ListPage.ACT,
        Command("people.all", ("E",), "seat all", "Give everybody at the door a place, spread evenly (asks first)", "all"),
        Command("people.lock", ("L",), "lock", "Lock the class for newcomers, or unlock it", "lock"),
        Command("people.invite", ("I",), "invite", "Invite another facilitator, with the right you choose", "invite"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Enter on somebody at the door gives a place or refuses; on a person: another seat, another name, mute, captain, or "
        "closing the place; on a seat: a computer takes it, or hands it back. ● is connected, ○ is not."
    )

    def rows(self, look: Look) -> list[Row]:
        """Door, seats by table, those who watch."""
        hall = self.hall
        mark = (f"{glyphs().bullet} ", "$quiet")
        rows = [Row("class", say(mark, (phrase("The class"), "bold"), (f"  {hall.code}", "bold $accent")))]
        if hall.lobby:
            rows.append(head(phrase("At the door")))
            for each in hall.lobby:
                wish = phrase("  wants {short}", short=look.short(each["seat"])) if each.get("seat") else ""
                since = waited(each.get("since"), self.now)
                mark = (f"{glyphs().arrow} ", "bold $warning")
                rows.append(
                    Row(f"door:{each['request']}", say(mark, (str(each["name"]), "bold"), (f"{wish}  {since}", "$quiet")))
                )
        for table in [str(each["table"]) for each in hall.tables] or [hall.table]:
            rows.append(head(hall.name(table) if hall.tables else phrase("Seats")))
            for seat in look.seats:
                which = str(seat["id"])
                told, people = hall.seat(which, table), hall.at(which, table)
                words = "" if people else (phrase("  computer") if told.get("bot") else phrase("  nobody"))
                rows.append(Row(f"seat:{table}:{which}", say(owner(look, which, look.short(which)), (words, "$quiet"))))
                rows += [person_row(each) for each in people]
        for heading, place in ((phrase("Watching"), PUBLIC), (phrase("Facilitators"), WHITE_CELL)):
            found = [each for each in hall.people if each.get("seat") == place]
            rows += [head(heading), *(person_row(each) for each in found)] if found else []
        return rows

    def text(self, look: Look, chosen: str) -> Page:
        """One of them, or the class."""
        hall, (kind, _, which) = self.hall, chosen.partition(":")
        if kind == "seat":
            table, _, seat = which.partition(":")
            if table == look.glance.table:
                return seat_page(look, hall, seat, self.now)
            return (
                Page()
                .line(owner(look, seat))
                .line((phrase("At another table: Enter on it (page 2) shows its game."), "$quiet"))
            )
        if kind == "person":
            return person_page(look, hall, hall.person(which))
        if kind == "door":
            return Page().line(phrase("Enter gives a place at a table, or refuses."))
        return class_page(look, hall)

    async def act(self, look: Look, chosen: str) -> None:
        """What can be done for them."""
        kind, _, which = chosen.partition(":")
        if kind == "door":
            await admit(self.client, look, which)
        elif kind == "seat":
            table, _, seat = which.partition(":")
            await seat_deeds(self.client, look, seat, table)
        elif kind == "person":
            await person_deeds(self.client, look, self.hall.person(which))
        elif kind == "class":
            found = [
                Deed(
                    phrase("Unlock the class") if self.hall.locked else phrase("Lock the class for newcomers"),
                    "lock",
                    partial(lock, self.client),
                ),
                Deed(phrase("Invite another facilitator"), "invite", partial(invite, self.client)),
            ]
            await deeds(self.client, phrase("The class"), found)

    def action_all(self) -> None:
        """Lets everybody in."""
        look = self.look
        if look is not None and not self.off("approve"):
            self.work(admit_all(self.client, look))

    def action_lock(self) -> None:
        """Locks or unlocks."""
        if not self.off("lock"):
            self.work(lock(self.client))

    def action_invite(self) -> None:
        """Invites a facilitator."""
        if not self.off("invite"):
            self.work(invite(self.client))


def person_row(person: Body) -> Row:
    """A person in a list."""
    sign = glyphs().dot if person.get("connected") or person.get("bot") else glyphs().ring
    marks = [word for word in ("captain", "muted") if person.get(word)]
    if person.get("bot"):
        marks.append("computer")
    if person.get("right"):
        marks.append(str(person["right"]))
    return Row(
        f"person:{person['person']}",
        say(f"  {sign} ", str(person["name"]), (f"  {', '.join(marks)}" if marks else "", "$quiet")),
    )


def person_page(look: Look, hall: Hall, person: Body) -> Page:
    """A person: where, and how it is."""
    page = Page().line((str(person.get("name", "")), "bold $accent"))
    page.line((phrase("At: "), "$quiet"), hall.name(person.get("table")), ", ", look.name(person.get("seat")))
    page.line(
        (phrase("Connection: "), "$quiet"),
        phrase("connected") if person.get("connected") or person.get("bot") else phrase("not connected; the seat is kept"),
    )
    if person.get("muted"):
        page.line((phrase("Muted: nobody gets messages from here."), "$warning"))
    if person.get("captain"):
        page.line(phrase("Captain of the team."))
    if person.get("right"):
        page.line((phrase("Right: "), "$quiet"), f"{person['right']}: {phrase(RIGHT_WORDS.get(str(person['right']), ''))}")
    return page


def class_page(look: Look, hall: Hall) -> Page:
    """The class in numbers, and how to join it."""
    page = Page()
    if hall.code:
        page.line(phrase("Join code:  "), (" ".join(hall.code), "bold $accent"))
    page.line(
        (
            phrase("Locked: newcomers cannot come in.") if hall.locked else phrase("Open: who has the code waits at the door."),
            "$quiet",
        )
    )
    people = [each for each in hall.people if not each.get("bot") and each.get("seat") not in (PUBLIC, WHITE_CELL)]
    here = sum(bool(each.get("connected")) for each in people)
    page.gap().line(
        phrase("{count} players, {here} connected, {count2} at the door.", count=len(people), here=here, count2=len(hall.lobby))
    )
    lost = [str(each["name"]) for each in people if not each.get("connected")]
    if lost:
        page.line((phrase("Not connected: "), "$quiet"), (", ".join(lost), "$warning"))
    quiet = [str(each["name"]) for each in people if each.get("muted")]
    if quiet:
        page.line((phrase("Muted: "), "$quiet"), ", ".join(quiet))
    return page


async def lock(client: Host) -> None:
    """Locks the class for newcomers, or unlocks it."""
    locked = not Hall.of(client.look.glance).locked
    await client.manage(
        {"what": "lock", "locked": locked}, phrase("Locked: newcomers cannot come in.") if locked else phrase("Unlocked.")
    )


async def invite(client: Host) -> None:
    """Makes a key for another facilitator."""
    rows = [Row(right, say((right, "bold"), f": {phrase(words)}")) for right, words in RIGHT_WORDS.items()]
    right = await client.push_screen_wait(
        Choose(phrase("Invite a facilitator with which right?"), rows, verb=phrase("make the key"))
    )
    if right is None:
        return
    answer = await client.manage({"what": "invite", "right": right})
    if "secret" in answer:
        page = Page().line(
            phrase("Give this key to them alone; it opens a console that "), (phrase(RIGHT_WORDS[right]), "bold"), ":"
        )
        page.gap().line((str(answer["secret"]), "bold $accent"))
        where = client.watching.server or client.server or "HOST"
        page.gap().line(phrase("They type:")).line((f"wargame join {where} --secret {answer['secret']}", "bold"))
        client.push_screen(
            Notice(
                phrase("A key for an {right}", right=right) if right[0] in "aeo" else phrase("A key for {right}", right=right),
                page.content,
            )
        )


async def admit_all(client: Host, look: Look) -> None:
    """Gives everybody at the door a place, once the facilitator has seen who goes where."""
    hall = Hall.of(look.glance)
    optional = {str(seat["id"]): bool(seat.get("optional")) for seat in look.seats}
    given, left = spread(hall, sorted(optional, key=lambda seat: optional[seat]))
    page = Page()
    for table in dict.fromkeys(each.table for each in given):
        page.heading(hall.name(table))
        for each in given:
            if each.table == table:
                page.line((f"{each.name}  ", "bold"), (look.title(each.seat), "$quiet"))
    if left:
        words = phrase("Stay at the door, for somebody else has their name: {names}.", names=", ".join(left))
        page.gap().line(words)
    if not given:
        client.notify(" ".join([phrase("There is nobody to let in."), page.content.plain]).strip(), markup=False)
        return
    asked = Confirm(phrase("Let {count} in?", count=len(given)), page.content, phrase("let them in"))
    if await client.push_screen_wait(asked) is None:
        return
    for done, each in enumerate(given):
        body: dict[str, object] = {"what": "approve", "request": each.request, "seat": each.seat}
        if hall.tables:
            body["table"] = each.table
        if "error" in await client.manage(body):
            client.notify(phrase("{done} of {count} are in.", done=done, count=len(given)), markup=False)
            return
    client.notify(phrase("All {count} are in.", count=len(given)), markup=False)


async def admit(client: Host, look: Look, which: str) -> None:
    """Lets somebody at the door in, at a table and seat, or refuses."""
    hall = Hall.of(look.glance)
    request = next((each for each in hall.lobby if str(each["request"]) == which), None)
    if request is None:
        return
    rows: list[tuple[tuple[bool, bool, int], Row]] = []
    tables = [str(each["table"]) for each in hall.tables] or [""]
    for table in tables:
        for seat in look.seats:
            name = str(seat["id"])
            taken = [each for each in hall.at(name, table) if not each.get("bot")]
            note = phrase("  (joins {names})", names=", ".join(str(each["name"]) for each in taken)) if taken else ""
            where = f"{hall.name(table)}: " if len(tables) > 1 else phrase("as ")
            key = (name != request.get("seat"), bool(taken), len(taken))
            rows.append((key, Row(f"seat:{table}:{name}", say(f"{where}{seat['title']}", (note, "$quiet")))))
    listed = [row for _, row in sorted(rows, key=lambda each: each[0])]
    listed += [Row(f"seat:{tables[0]}:public", say(phrase("as a spectator"))), Row("refuse", say(phrase("Refuse")))]
    picked = await client.push_screen_wait(
        Choose(phrase("Let {name} in?", name=request["name"]), listed, search=len(listed) > 12)
    )
    if picked == "refuse":
        await client.manage({"what": "refuse", "request": request["request"]}, phrase("Refused."))
    elif picked is not None:
        where, _, wanted = picked.partition(":")[2].partition(":")
        body: dict[str, object] = {"what": "approve", "request": request["request"], "seat": wanted}
        await client.manage({**body, "table": where} if where else body, phrase("Let in."))


async def seat_deeds(client: Host, look: Look, seat: str, table: str) -> None:
    """What can be done with a seat."""
    from wargame.client.tui.panes.console.behalf import behalf

    hall = Hall.of(look.glance)
    people = hall.at(seat, table)
    elsewhere = {"table": table} if hall.tables and table != hall.table else {}
    found: list[Deed] = []
    if any(each.get("bot") for each in people) or hall.seat(seat, table).get("bot"):
        body = {"what": "human", "seat": seat, **elsewhere}
        found.append(
            Deed(phrase("Hand the seat back to people"), "human", partial(client.manage, body, phrase("Handed back.")))
        )
    elif not people:
        for level, words in LEVELS.items():
            body = {"what": "bot", "seat": seat, "level": level, **elsewhere}
            found.append(
                Deed(
                    phrase("Let a computer play it: {words}", words=words),
                    "bot",
                    partial(client.manage, body, phrase("A computer plays it.")),
                )
            )
    for each in people:
        if not each.get("bot"):
            found.append(
                Deed(
                    f"{each['name']} …",
                    "room",
                    partial(person_deeds, client, look, each),
                    phrase("Another seat, mute, rename, close."),
                )
            )
            away = not each.get("connected")
            if away:
                found.append(
                    Deed(
                        phrase("Let a computer take over from {name}", name=each["name"]),
                        "bot",
                        partial(stand_in, client, seat, each, elsewhere),
                    )
                )
    if not elsewhere:
        found.append(
            Deed(
                phrase("Act for this seat"),
                "act",
                partial(behalf, client, look, seat),
                phrase("An order or answer by your hand, with a reason."),
            )
        )
    intro = seat_page(look, hall, seat, client.door.now() if client.door else 0, title=False).content if not elsewhere else None
    await deeds(client, look.title(seat), found, intro)


async def stand_in(client: Host, seat: str, person: Body, elsewhere: Body) -> None:
    """A computer plays for somebody who is away; the server says when it will not."""
    body = {"what": "bot", "seat": seat, "level": next(iter(LEVELS)), **elsewhere}
    await client.manage(body, phrase("A computer plays until {name} is back.", name=person["name"]))


async def person_deeds(client: Host, look: Look, person: Body) -> None:
    """What can be done for a person."""
    if not person:
        return
    name, who = str(person["name"]), person["person"]
    if person.get("seat") == WHITE_CELL:
        client.notify(phrase("Facilitators come and go with their key."), markup=False, timeout=4)
        return
    muted = bool(person.get("muted"))
    mute = {"what": "mute", "person": who, "muted": not muted}
    found = [
        Deed(phrase("Give another seat"), "assign", partial(move, client, look, person)),
        Deed(phrase("Change the name"), "rename", partial(rename, client, person)),
        Deed(
            phrase("Unmute") if muted else phrase("Mute"),
            "mute",
            partial(client.manage, mute, phrase("Done.")),
            "" if muted else phrase("Nobody gets messages from this person; everything else stays."),
        ),
        Deed(
            phrase("Close the place"),
            "kick",
            partial(kick, client, person),
            phrase("They have to ask again to come in. The seat's drafts stay."),
        ),
    ]
    if person.get("seat") != PUBLIC and not person.get("captain"):
        found.insert(
            2,
            Deed(
                phrase("Make captain of the team"),
                "captain",
                partial(client.manage, {"what": "captain", "person": who}, phrase("Captain now.")),
            ),
        )
    await deeds(client, name, found, person_page(look, Hall.of(look.glance), person).content)


async def move(client: Host, look: Look, person: Body) -> None:
    """Another seat, here or at another table."""
    hall = Hall.of(look.glance)
    rows = []
    for table in [str(each["table"]) for each in hall.tables] or [""]:
        for seat in [*(str(each["id"]) for each in look.seats), PUBLIC]:
            if (table in ("", person.get("table"))) and seat == person.get("seat"):
                continue
            taken = [str(each["name"]) for each in hall.at(seat, table) if not each.get("bot")] if seat != PUBLIC else []
            where = f"{hall.name(table)}: " if len(hall.tables) > 1 else ""
            rows.append(
                Row(
                    f"{table}:{seat}",
                    say(
                        f"{where}{look.name(seat)}",
                        (phrase("  (joins {names})", names=", ".join(taken)) if taken else "", "$quiet"),
                    ),
                )
            )
    picked = await client.push_screen_wait(
        Choose(phrase("Which seat for {name}?", name=person["name"]), rows, search=len(rows) > 12)
    )
    if picked is None:
        return
    table, _, seat = picked.partition(":")
    body: dict[str, object] = {"what": "assign", "person": person["person"], "seat": seat}
    await client.manage({**body, "table": table} if table else body, phrase("Moved."))


async def rename(client: Host, person: Body) -> None:
    """Another name."""
    dialog = Write(
        phrase("Another name for {name}", name=person["name"]),
        say(phrase("It is shown to everybody from now on.")),
        yes=phrase("rename"),
        draft=str(person["name"]),
        wrong=needed,
        most=40,
    )
    name = await client.push_screen_wait(dialog)
    if name is not None:
        await client.manage({"what": "rename", "person": person["person"], "name": name.strip()}, phrase("Renamed."))


async def kick(client: Host, person: Body) -> None:
    """Closes somebody's place, after a yes."""
    text = say(phrase("{name} loses the place and has to ask again to come in. The seat's drafts stay.", name=person["name"]))
    if (
        await client.push_screen_wait(
            Confirm(phrase("Close the place of {name}?", name=person["name"]), text, phrase("close it"))
        )
        is not None
    ):
        await client.manage({"what": "kick", "person": person["person"]}, phrase("Closed."))
