"""The record: every beginning of a phase; back to one, another game from one, and two games side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from wargame.client.classroom import Hall
from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import counted, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.paint import Page, fit, glyphs, plain, say
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds, head, reason
from wargame.client.tui.panes.news import headline
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class RecordPane(ListPage):
    """Where one can go back to; beside it what would be undone."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ListPage.ACT,
        Command(
            "record.compare", ("C",), "compare", "Two tables side by side: forks of one game, or parallel tables", "compare"
        ),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Each line is the beginning of a phase. Enter rewinds the game to it (what came after stays in the record, marked "
        "as taken back), or opens one more table that goes on from there, to try the other choice."
    )

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.answer: Body = {}
        self._asked: object = None

    def draw(self, look: Look) -> None:
        """Draws, and asks again when the phase is another."""
        super().draw(look)
        moment = (look.glance.table, look.seen, look.status)
        if moment != self._asked:
            self._asked = moment
            self.work(self._ask(), "boundaries")

    async def _ask(self) -> None:
        if self.client.door is not None:
            self.answer = await self.client.door.manage({"what": "boundaries"})
        if self.look is not None:
            super().draw(self.look)

    @property
    def _found(self) -> list[Body]:
        return list(self.answer.get("boundaries") or ())

    def rows(self, look: Look) -> list[Row]:
        """Newest first."""
        if not self._found:
            words = plain(
                self.answer.get("error")
                or (phrase("Nothing to go back to yet.") if self.answer else phrase("Reading the record …"))
            )
            return [Row("none", say((words, "$quiet")))]
        rows: list[Row] = []
        turn: object = None
        for each in reversed(self._found):
            if each.get("turn") != turn:
                turn = each.get("turn")
                rows.append(head(phrase("Turn {turn}", turn=turn) if turn else phrase("Before turn 1")))
            rows.append(Row(f"at:{each['seq']}", say("  ", str(each.get("label") or each.get("phase")))))
        return rows

    def text(self, look: Look, chosen: str) -> Page:
        """What going back there undoes."""
        each = self._at(chosen)
        return undone_page(look, each, self._found) if each is not None else Page()

    def _at(self, chosen: str) -> Body | None:
        return next((each for each in self._found if f"at:{each['seq']}" == chosen), None)

    async def act(self, look: Look, chosen: str) -> None:
        """Rewinds or forks."""
        each = self._at(chosen)
        if each is None:
            return
        await boundary_deeds(self.client, look, each, self._found)
        self._asked = None
        await self._ask()

    def action_compare(self) -> None:
        """Two tables side by side."""
        if self.look is not None:
            self.work(compare(self.client, self.look))


async def boundary_deeds(client: Host, look: Look, each: Body, found: list[Body]) -> None:
    """Rewinds to the beginning of a phase, or opens one more table from it."""
    where = f"{each.get('label') or each.get('phase')}, {turn_words(each)}"
    listed = [
        Deed(
            phrase("Rewind the game to here"),
            "rewind",
            partial(_rewind, client, look, each, found, where),
            phrase("What came after is taken back, and kept in the record as taken back."),
        ),
        Deed(
            phrase("One more table from here; its people stay at this one"),
            "fork",
            partial(_fork, client, each, False),
            phrase("You move people to it ({how}), or let computers play.", how=how("people")),
        ),
        Deed(
            phrase("One more table from here, and the people go along"),
            "fork",
            partial(_fork, client, each, True),
            phrase("Everybody finds the same seat at the new table."),
        ),
    ]
    await deeds(client, where, listed, undone_page(look, each, found).content)


async def _rewind(client: Host, look: Look, each: Body, found: list[Body], where: str) -> None:
    key = f"rewind.{each['seq']}"
    intro = (
        undone_page(look, each, found).gap().line(phrase("Everybody is told, and sees the game as it was then. Why?")).content
    )
    why = await reason(client, phrase("Rewind to {where}", where=where), intro, "rewind", key)
    if why is None:
        return
    if "error" not in await client.manage(
        {"what": "rewind", "to": each["seq"], "reason": why}, phrase("The game is back there.")
    ):
        client.sent(key)


async def _fork(client: Host, each: Body, people: bool) -> None:
    answer = await client.manage({"what": "fork", "at": each["seq"], "people": people})
    if "table" in answer:
        hall = Hall.of(client.look.glance)
        name = hall.name(answer["table"]) if hall.entry(str(answer["table"])) else phrase("the new table")
        client.notify(
            phrase("Forked: {name}. Go there: {how}. Then compare the two.", name=name, how=how("tables")),
            markup=False,
            timeout=6,
        )


def turn_words(each: Body) -> str:
    """`turn 3`, `before turn 1`."""
    return phrase("turn {turn}", turn=each["turn"]) if each.get("turn") else phrase("before turn 1")


def undone_page(look: Look, each: Body, found: list[Body]) -> Page:
    """What came after a beginning, in words: so many phases, and the stories that are taken back."""
    after = [other for other in found if other["seq"] > each["seq"]]
    page = Page().line((f"{each.get('label') or each.get('phase')}, {turn_words(each)}", "bold $accent"))
    if not after:
        return page.line(phrase("The phase that is on now: going back here undoes what was entered in it."))
    page.line(
        counted(
            "Going back here takes back {count} phase and what was entered since.",
            "Going back here takes back {count} phases and what was entered since.",
            len(after),
        )
    )
    order = [(other.get("turn"), other.get("phase")) for other in found]
    from_here = order.index((each.get("turn"), each.get("phase")))
    later = set(order[from_here:])
    stories = [
        story
        for story in look.data.get("feed", ())
        if (story.get("turn"), story.get("phase")) in later and story.get("kind") not in ("phase",)
    ]
    if stories:
        page.heading(phrase("Told since then"))
        for story in stories[::-1]:
            page.line((f"{story.get('turn', '')} ", "$quiet"), headline(look, story))
    return page


async def compare(client: Host, look: Look) -> None:
    """Asks which two tables, and shows them side by side."""
    hall = Hall.of(look.glance)
    if len(hall.tables) < 2:
        client.notify(
            phrase(
                "There is one table only. Fork it ({how}), or open one more ({how2}).", how=how("record"), how2=how("tables")
            ),
            markup=False,
            timeout=5,
        )
        return
    rows = [
        Row(str(each["table"]), say(str(each["name"]), (phrase("  forked") if each.get("forked_from") else "", "$quiet")))
        for each in hall.tables
        if each["table"] != hall.table
    ]
    other = await client.push_screen_wait(
        Choose(phrase("Compare {name} with", name=hall.name(hall.table)), rows, verb=phrase("compare"))
    )
    if other is None:
        return
    answer = await client.manage({"what": "compare", "tables": [hall.table, other]})
    if "error" not in answer:
        names = (hall.name(hall.table), hall.name(other))
        client.push_screen(Notice(" and ".join(names), compare_page(look, answer, names).content))


def compare_page(look: Look, answer: Body, names: tuple[str, str]) -> Page:
    """Two games side by side."""
    page = Page().line((f"{'':28}{fit(names[0], 18)} {fit(names[1], 18)}", "bold"))
    for heading, rows in comparison(answer):
        page.heading(heading)
        for label, left, right in rows:
            mark = "" if left == right else f" {glyphs().arrow}"
            page.line(f"{fit(label, 27)} {fit(left, 18)} {fit(right, 18)}", (mark, "bold $warning"))
    return page


def comparison(answer: Body) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """An answer to `compare` as headings with rows of (label, left, right)."""
    found: list[tuple[str, list[tuple[str, str, str]]]] = []
    for key, value in answer.items():
        rows = [row for each in value if (row := _pair(each)) is not None] if isinstance(value, list) else []
        if rows:
            found.append((str(key).replace("_", " ").capitalize(), rows))
    return found


def _pair(each: Any) -> tuple[str, str, str] | None:
    if isinstance(each, dict) and isinstance(each.get("values"), list) and len(each["values"]) == 2:
        return str(each.get("label", "")), str(each["values"][0]), str(each["values"][1])
    return None
