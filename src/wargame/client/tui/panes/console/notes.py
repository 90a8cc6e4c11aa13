"""Notes for the review: what facilitators write down while the game goes on, and the board that everybody writes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wargame.client.classroom import Hall, barred
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import counted, later, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import Field, Form, within
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.console.base import ListPage, head
from wargame.client.tui.panes.lessons import COLUMNS, MOST, objective_title, objectives
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

READERS = (("", later("for the facilitators alone, and the report")), ("board", later("on the board: everybody reads it")))


class NotesPane(ListPage):
    """The board and the private notes; beside them the one under the cursor."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("notes.act", ("enter",), "vote, open", "Vote for a note, or open and close the board", "act"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "What is worth talking about afterwards: a fact, so what, what to change. Notes of facilitators and evaluators are "
        "private unless you say otherwise; players write on the board once it is open, and everybody votes. The board opens by "
        "itself when the game is over. O writes a note from any page; what you began is kept."
    )

    def rows(self, look: Look) -> list[Row]:
        """The board's state, its notes with the most votes first, the private ones."""
        board, notes = board_of(look), notes_of(look)
        state = phrase("open: players write on it") if board.get("open") else phrase("closed: players neither write nor vote")
        rows = [Row("board", say((f"{glyphs().bullet} ", "$quiet"), (phrase("The board"), "bold"), (f"  {state}", "$quiet")))]
        rows.append(Row("new", say((f"{glyphs().bullet} ", "$quiet"), phrase("Write a note …"))))
        for title, private in ((phrase("On the board"), False), (phrase("Private"), True)):
            found = [each for each in notes if bool(each.get("private")) is private]
            rows += [head(title), *map(self._row, found)] if found else []
        return rows

    @staticmethod
    def _row(each: Body) -> Row:
        votes = f"{each.get('votes', 0):>2} " if not each.get("private") else "   "
        return Row(f"note:{each['number']}", say((votes, "bold $accent"), str(each.get("fact") or "")))

    def text(self, look: Look, chosen: str) -> Page:
        """The note, or how the board stands."""
        note = note_at(look, chosen)
        return note_page(look, self.hall, note) if note is not None else board_page(look)

    async def act(self, look: Look, chosen: str) -> None:
        """Votes, writes, opens or closes."""
        note = note_at(look, chosen)
        if chosen == "new":
            await take_note(self.client, look)
        elif note is None:
            await open_board(self.client, look)
        elif note.get("private"):
            self.notify(phrase("Votes are for the board; this note is private."), markup=False, timeout=4)
        else:
            await vote(self.client, look, note)


def board_of(look: Look) -> Body:
    """The board as the facilitators have it."""
    board: Body = look.data.get("board") or {}
    return board


def notes_of(look: Look) -> list[Body]:
    """All notes, the most votes first, then the newest."""
    notes = list(board_of(look).get("notes") or ())[::-1]
    return sorted(notes, key=lambda each: -int(each.get("votes") or 0))


def note_at(look: Look, chosen: str) -> Body | None:
    """The note of a row."""
    kind, _, number = chosen.partition(":")
    return next((each for each in notes_of(look) if kind == "note" and str(each.get("number")) == number), None)


def author(look: Look, hall: Hall, note: Body) -> str:
    """Who wrote a note, as far as that is kept."""
    return str(hall.person(note.get("person")).get("name") or "") or (
        phrase("a facilitator") if note.get("private") else phrase("no name")
    )


def note_page(look: Look, hall: Hall, note: Body) -> Page:
    """A note, its columns one below the other."""
    page = Page()
    page.line((f"{author(look, hall, note)}", "bold $accent"), (phrase("   turn {turn}", turn=note.get("turn")), "$quiet"))
    if note.get("seat"):
        page.line(owner(look, note["seat"]))
    for key, title in COLUMNS:
        if note.get(key):
            page.heading(phrase(title)).line(str(note[key]))
    if note.get("objective"):
        page.heading(phrase("About")).line(objective_title(look, str(note["objective"])))
    if note.get("private"):
        return page.gap().line((phrase("Private: facilitators and evaluators read it, and the report has it."), "$quiet"))
    voters = [str(hall.person(each).get("name") or phrase("somebody")) for each in note.get("voters") or ()]
    page.gap().line(
        counted("{count} vote", "{count} votes", len(voters)),
        (f"  {', '.join(voters)}" if voters else "", "$quiet"),
    )
    mine = look.glance.person in (note.get("voters") or ())
    return page.line((phrase("Enter takes your vote back.") if mine else phrase("Enter votes for it."), "$quiet"))


def board_page(look: Look) -> Page:
    """How the board stands, and what the notes say about which objective."""
    notes = notes_of(look)
    public = [each for each in notes if not each.get("private")]
    page = Page().line(
        (phrase("{count} on the board, {count2} private.", count=len(public), count2=len(notes) - len(public)), "bold")
    )
    page.line(
        (
            phrase("Enter closes the board.") if board_of(look).get("open") else phrase("Enter opens the board for players."),
            "$quiet",
        )
    )
    found = objectives(look)
    if found:
        page.heading(phrase("Notes by objective"))
    for which, title in found:
        about = sum(each.get("objective") == which for each in notes)
        page.line((f"{about:>2} ", "bold" if about else "$quiet"), title)
    return page


async def take_note(client: Host, look: Look) -> None:
    """Writes a note; what was begun is kept until it is sent."""
    fields = [
        Field("fact", phrase("Fact: what happened"), client.draft("jot.fact"), 2, MOST, within(MOST, True)),
        Field("so_what", phrase("So what: what follows from it"), client.draft("jot.so_what"), 2, MOST, within(MOST)),
        Field("change", phrase("Change: what should be done otherwise"), client.draft("jot.change"), 2, MOST, within(MOST)),
        Field(
            "objective",
            phrase("About"),
            client.draft("jot.objective"),
            choices=[("", phrase("nothing in particular")), *objectives(look)],
        ),
        Field("readers", phrase("Who reads it"), client.draft("jot.readers"), choices=READERS),
    ]
    form = Form(
        phrase("A note for the review"),
        fields,
        yes=phrase("keep it"),
        kept=lambda field, text: client.keep(f"jot.{field}", text),
    )
    written = await client.push_screen_wait(form)
    if written is None:
        return
    public = bool(written["readers"])
    body = {"do": "note", **{key: written[key].strip() for key, _ in COLUMNS}, "objective": written["objective"]}
    done = phrase("On the board.") if public else phrase("Noted; facilitators alone read it.")
    if await client.send({**body, "anonymous": False, "private": not public}, look.seen, done):
        client.sent(*(f"jot.{field.id}" for field in fields))


async def vote(client: Host, look: Look, note: Body) -> None:
    """Votes for a note, or takes the vote back."""
    mine = look.glance.person in (note.get("voters") or ())
    done = phrase("Your vote is taken back.") if mine else phrase("You have voted for it.")
    await client.send({"do": "vote", "number": note["number"]}, look.seen, done)


async def open_board(client: Host, look: Look) -> None:
    """Opens the board for players, or closes it, after a yes."""
    why = barred(look.right, "board")
    if why:
        client.notify(why, markup=False, severity="warning", timeout=6)
        return
    if board_of(look).get("open"):
        title, yes, done = phrase("Close the board?"), phrase("close it"), phrase("Closed.")
        words = phrase("What stands on it stays and is read; players write and vote no more.")
    else:
        title, yes, done = phrase("Open the board?"), phrase("open it"), phrase("Open.")
        words = phrase("Players write notes and vote, while the game goes on. It opens by itself when the game is over.")
    if await client.push_screen_wait(Confirm(title, say(words), yes)) is not None:
        await client.send({"do": "board", "open": not board_of(look).get("open")}, look.seen, done)
