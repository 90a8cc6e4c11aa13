"""The board for the review: fact, so what, what to change; everybody writes, everybody votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.form import Field, Form, within
from wargame.client.tui.paint import Page, columns, glyphs, owner, say
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.widgets.note import Note
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

COLUMNS = (("fact", later("Fact")), ("so_what", later("So what")), ("change", later("Change")))
NAMED = (("", later("with your name")), ("yes", later("without a name: nobody learns who wrote it")))
MOST = 500  # characters of one column
VOTES = 6  # cells of the column of votes


class LessonsPane(Pane):
    """Three columns, a note below the other, the most votes first."""

    DEFAULT_CSS = """
    LessonsPane #head { height: 1; padding: 0 1; color: $accent; text-style: bold; }
    LessonsPane #about { height: auto; max-height: 5; padding: 0 1; border-top: solid $panel; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("lessons.write", ("a",), "write", "Write a note: what happened, so what, what to change", "write"),
        Command("lessons.vote", ("v",), "vote", "Vote for the note under the cursor; once more takes it back", "vote"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "What the game has taught you: a fact, what follows from it, and what you would change. A note can be left without a "
        "name. Everybody at the table reads all notes and votes for those worth talking about; they stand in the report."
    )
    MAIN = "#notes"

    def compose(self) -> ComposeResult:
        """Headings, notes, more about one."""
        yield Note(id="head")
        yield Picker(id="notes")
        yield Note(id="about")

    def on_resize(self, event: events.Resize) -> None:
        """The columns take the room there is."""
        if self.look is not None:
            self.draw(self.look)

    def draw(self, look: Look) -> None:
        """Draws the board."""
        width = max(30, self.size.width - 4)
        self.tell("#head", columns((phrase("Votes"), *(phrase(title) for _, title in COLUMNS)), widths(width)))
        notes = sorted((look.data.get("board") or {}).get("notes") or (), key=lambda each: -int(each.get("votes") or 0))
        rows = [Row(f"note:{each['number']}", note_row(look, each, width)) for each in notes]
        if not rows:
            rows = [Row("none", say((phrase("Nothing is on the board yet: a writes the first note."), "$quiet")))]
        self.query_one("#notes", Picker).fill(rows)
        self._draw_about()

    def _chosen(self) -> Body | None:
        number = (self.query_one("#notes", Picker).chosen or "").partition(":")[2]
        notes = (self.client.look.data.get("board") or {}).get("notes") or ()
        return next((each for each in notes if str(each.get("number")) == number), None)

    def _draw_about(self) -> None:
        look, chosen = self.look, self._chosen()
        if look is None:
            return
        page = Page()
        if chosen is not None:
            people = {str(each.get("person")): str(each.get("name")) for each in look.glance.room.people}
            who = people.get(str(chosen.get("person")), "") or ("" if chosen.get("seat") else phrase("without a name"))
            seat = owner(look, chosen["seat"]) if chosen.get("seat") else ""
            page.line(
                seat, " " if chosen.get("seat") else "", who, (phrase("   turn {turn}", turn=chosen.get("turn")), "$quiet")
            )
            if chosen.get("objective"):
                page.line((phrase("About: "), "$quiet"), objective_title(look, str(chosen["objective"])))
            mine = look.glance.person in (chosen.get("voters") or ())
            page.line(
                (phrase("{check} you have voted for it (v takes it back)", check=glyphs().check), "$success")
                if mine
                else (phrase("v votes for it"), "$quiet")
            )
        if not look.may("note"):
            page.line((phrase("The board is not open now: you can read it."), "$warning"))
        self.tell("#about", page.content)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another note."""
        event.stop()
        self._draw_about()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter votes."""
        event.stop()
        self.action_vote()

    def action_vote(self) -> None:
        """Votes, or takes the vote back."""
        chosen = self._chosen()
        if self.look is None or chosen is None:
            return
        if not any(offer.get("number") == chosen["number"] for offer in self.look.offers("vote")):
            self.notify(phrase("The board is not open now."), markup=False, timeout=4)
            return
        mine = self.look.glance.person in (chosen.get("voters") or ())
        done = phrase("Your vote is taken back.") if mine else phrase("You have voted for it.")
        self.work(self.send({"do": "vote", "number": chosen["number"]}, self.look.seen, done))

    def action_write(self) -> None:
        """Writes a note."""
        if self.look is not None:
            self.work(write_note(self.client, self.look))


async def write_note(client: Host, look: Look) -> None:
    """Writes a note for the board."""
    if not look.may("note"):
        client.notify(
            phrase("The board is not open now; the facilitator opens it, or the end of the game does."), markup=False, timeout=5
        )
        return
    parts = [(number, title) for number, title in objectives(look)]
    fields = [
        Field("fact", phrase("Fact: what happened"), client.draft("note.fact"), 2, MOST, within(MOST, True)),
        Field("so_what", phrase("So what: what follows from it"), client.draft("note.so_what"), 2, MOST, within(MOST)),
        Field("change", phrase("Change: what should be done otherwise"), client.draft("note.change"), 2, MOST, within(MOST)),
        Field(
            "objective",
            phrase("About"),
            client.draft("note.objective"),
            choices=[("", phrase("nothing in particular")), *parts],
        ),
        Field("anonymous", phrase("Your name"), client.draft("note.anonymous"), choices=NAMED),
    ]
    form = Form(
        phrase("A note for the board"),
        fields,
        yes=phrase("post it"),
        kept=lambda field, text: client.keep(f"note.{field}", text),
    )
    written = await client.push_screen_wait(form)
    if written is None:
        return
    body = {
        "do": "note",
        **{key: written[key].strip() for key, _ in COLUMNS},
        "objective": written["objective"],
        "anonymous": bool(written["anonymous"]),
    }
    if await client.send(body, look.seen, phrase("On the board.")):
        client.sent(*(f"note.{field.id}" for field in fields))


def widths(width: int) -> tuple[int, ...]:
    """The columns for a width: the votes, and three of the same."""
    each = (width - VOTES - 6) // 3
    return VOTES, each, each, each


def note_row(look: Look, each: Body, width: int) -> Content:
    """A note on the board."""
    mine = glyphs().check if look.glance.person and look.glance.person in (each.get("voters") or ()) else " "
    return columns((f"{each.get('votes', 0):>2} {mine}", *(str(each.get(key) or "") for key, _ in COLUMNS)), widths(width))


def objectives(look: Look) -> list[tuple[str, str]]:
    """What the scenario means to teach: (id, title)."""
    return [(str(each), str(entry.get("title") or each)) for each, entry in (look.catalog.get("objectives") or {}).items()]


def objective_title(look: Look, which: str) -> str:
    """The title of one of them."""
    return dict(objectives(look)).get(which, which)
