"""All tables of the class: how each stands, what waits there, and what is said or done at all of them at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from wargame.client.classroom import Hall, waited
from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, Part, duration, glyphs, owner, say
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds
from wargame.client.tui.panes.console.hand import TIMES, start_all, write_announcement
from wargame.client.tui.panes.console.record import compare
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class TablesPane(ListPage):
    """The class and its tables; beside it the seats of the one under the cursor."""

    TICKS = True
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ListPage.ACT,
        Command(
            "tables.all", ("plus",), "all tables", "Pause, resume, announce, give time or end the phase at all tables", "all"
        ),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Each table has a pace of its own. Enter goes to a table: the console then shows its game. The first row is all of "
        "them: pause, resume, announce, more time, the next phase, one more table, two compared. ▶ counts the seats that "
        "keep a table waiting, ⚠ what waits for you."
    )

    def rows(self, look: Look) -> list[Row]:
        """All, then each."""
        tables = self.hall.tables
        if not tables:
            return [Row("none", say((phrase("This is the only table."), "$quiet")))]
        return [
            Row("all", say((f"{glyphs().bullet} ", "$quiet"), (phrase("All tables"), "bold"), (f"  {len(tables)}", "$quiet"))),
            *(Row(f"table:{each['table']}", say(*self._row(look, each))) for each in tables),
        ]

    def _row(self, look: Look, table: Body) -> list[Part]:
        here = table.get("table") == self.hall.table
        turn = f"{table.get('turn')}/{table.get('turns')}" if table.get("turn") else str(table.get("status") or "")
        parts: list[Part] = [(f"{table.get('name')}", "bold" if here else ""), (phrase("  here") if here else "", "$accent")]
        if table.get("stop"):
            parts.append((phrase("  STOP"), "bold reverse $warning"))
        if wants(table):
            parts.append((f"  {glyphs().lost}{wants(table)}", "bold $warning"))
        stuck = sum(bool(seat.get("active")) and not seat.get("sealed") for seat in table.get("seats") or ())
        if stuck and table.get("status") in ("setup", "running"):
            parts.append((f"  {glyphs().arrow}{stuck}", "$warning"))
        left = left_words(table, self.now)
        parts += [f"  {turn}", (f"  {left}" if left else "", "$quiet"), f"  {table.get('phase_label') or ''}"]
        return parts

    def text(self, look: Look, chosen: str) -> Page:
        """A table, or all of them."""
        kind, _, which = chosen.partition(":")
        if kind == "table":
            return table_page(look, self.hall.entry(which), self.now)
        page = Page()
        if not self.hall.tables:
            return page.line((phrase("One table, one class."), "$quiet"))
        for table in self.hall.tables:
            if wants(table) or table.get("stop"):
                page.line((str(table["name"]), "bold"), f": {', '.join(wanted(table))}")
        return (
            page if len(page) else page.line((f"{glyphs().check} ", "$success"), phrase("Nothing waits for you at any table."))
        )

    async def act(self, look: Look, chosen: str) -> None:
        """Goes to a table, or does something at all."""
        kind, _, which = chosen.partition(":")
        if kind == "all":
            await all_tables(self.client, look)
        elif kind == "table" and which != look.glance.table and self.client.door is not None:
            await self.client.door.look_at(which)
        elif kind == "table":
            self.notify(phrase("This table is on the screen. Page 1 is its desk."), markup=False, timeout=3)

    def action_all(self) -> None:
        """Something at all tables."""
        if self.look is not None and self.hall.tables:
            self.work(all_tables(self.client, self.look))


async def all_tables(client: Host, look: Look) -> None:
    """Something at all tables at once; one more table; two compared."""
    waiting = any(each.get("status") == "lobby" for each in Hall.of(look.glance).tables)
    begin = Deed(
        phrase("Start all that have not begun"),
        "start",
        partial(start_all, client, look),
        phrase("Computers play the seats where nobody is."),
    )
    found = [
        *([begin] if waiting else []),
        Deed(phrase("Pause all"), "pause", partial(_each, client, {"do": "pause"}, phrase("All tables stand still."))),
        Deed(phrase("Let all go on"), "resume", partial(_each, client, {"do": "resume"}, phrase("All tables go on."))),
        Deed(phrase("Announce to all"), "announce", partial(_announce, client)),
        Deed(phrase("Give all more time"), "extend", partial(_extend, client)),
        Deed(phrase("End the phase at all"), "advance", partial(_advance, client), phrase("Drafts count as they stand.")),
        Deed(
            phrase("One more table"),
            "new_table",
            partial(_new, client),
            phrase("Empty, before its start; people can be moved there ({how}).", how=how("people")),
        ),
        Deed(phrase("Compare two tables"), "compare", partial(compare, client, look)),
    ]
    await deeds(client, phrase("All tables"), found)


async def _each(client: Host, body: Body, done: str) -> None:
    await client.manage({"what": "all", "body": dict(body)}, done)


async def _announce(client: Host) -> None:
    text = await write_announcement(client, phrase("Announce at all tables"))
    body = {"what": "all", "body": {"do": "announce", "text": text}}
    if text is not None and "error" not in await client.manage(body, phrase("Announced.")):
        client.sent("announce")


async def _extend(client: Host) -> None:
    rows = [Row(str(seconds), say(words)) for seconds, words in TIMES]
    picked = await client.push_screen_wait(Choose(phrase("How much more time, at every table?"), rows, verb=phrase("give it")))
    if picked is not None:
        await _each(client, {"do": "extend", "seconds": int(picked)}, phrase("More time given."))


async def _advance(client: Host) -> None:
    page = Page().line(phrase("At every table the phase ends now, with drafts as they stand:"))
    for table in Hall.of(client.look.glance).tables:
        page.line(f"{glyphs().bullet} ", (str(table["name"]), "bold"), f": {table.get('phase_label') or table.get('status')}")
    if (
        await client.push_screen_wait(Confirm(phrase("End the phase at all tables?"), page.content, phrase("end it")))
        is not None
    ):
        await _each(client, {"do": "advance"}, phrase("Done."))


async def _new(client: Host) -> None:
    await client.manage({"what": "new_table"}, phrase("One table more."))


def wants(table: Body) -> int:
    """How many things wait for the facilitator at a table."""
    return int(table.get("petitions") or 0) + int(table.get("armed") or 0) + bool(table.get("stop"))


def wanted(table: Body) -> list[str]:
    """The same in words."""
    found = []
    if table.get("stop"):
        found.append(phrase("somebody has asked to stop"))
    for key, one, more in (
        ("petitions", "proposal", "proposals"),
        ("armed", phrase("armed card"), phrase("armed cards")),
        ("held", phrase("card held back"), phrase("cards held back")),
    ):
        count = int(table.get(key) or 0)
        if count:
            found.append(f"{count} {one if count == 1 else more}")
    return found


def left_words(table: Body, now: int) -> str:
    """The time left at a table."""
    paused, deadline = table.get("paused"), table.get("deadline")
    if table.get("status") == "over":
        return "over"
    if paused is not None and paused is not False:
        return "paused"
    return duration(max(0, (int(deadline) - now) // 1000)) if isinstance(deadline, int) else ""


def table_page(look: Look, table: Body, now: int) -> Page:
    """A table: where it stands, what waits, and its seats."""
    page = Page().line((str(table.get("name", "")), "bold $accent"), f"   {table.get('title') or ''}")
    turn = phrase("Turn {turn}/{turns}, ", turn=table.get("turn"), turns=table.get("turns")) if table.get("turn") else ""
    page.line(f"{turn}{table.get('phase_label') or table.get('status') or ''}", (f"   {left_words(table, now)}", "bold"))
    if table.get("forked_from"):
        page.line((phrase("Forked from another table."), "$quiet"))
    if wanted(table):
        page.line((phrase("Waits for you: "), "$quiet"), (", ".join(wanted(table)), "bold $warning"))
    page.gap()
    for seat in table.get("seats") or ():
        stuck = seat.get("active") and not seat.get("sealed")
        mark: Part = (
            (f"{glyphs().arrow} ", "bold $warning")
            if stuck
            else (f"{glyphs().check} ", "$success")
            if seat.get("sealed")
            else ("  ", "")
        )
        names = ", ".join(str(name) for name in seat.get("people") or ()) or (
            phrase("computer") if seat.get("bot") else phrase("nobody")
        )
        lost = phrase("  not connected") if seat.get("people") and not seat.get("connected") and not seat.get("bot") else ""
        since = waited(seat.get("blocking_since"), now) if stuck else ""
        page.line(
            mark,
            owner(look, seat.get("seat"), look.short(seat.get("seat"))),
            f"  {names}",
            (lost, "$warning"),
            (f"  {since}" if since else "", "$warning"),
        )
    if table.get("spectators"):
        page.gap().line((phrase("{spectators} watching", spectators=table["spectators"]), "$quiet"))
    return page
