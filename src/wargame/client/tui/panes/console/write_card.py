"""An ad hoc card: written in the scenario's own language, checked as it is typed, shown as each seat will see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import TextArea

from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, glyphs, owner, plain, say
from wargame.client.tui.panes.base import LEAVE
from wargame.client.tui.panes.cards import card_text
from wargame.client.tui.panes.console.base import ConsolePane
from wargame.client.tui.panes.console.hand import happen, problem_words
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

DRAFT = "adhoc.card"
PAUSE = 0.5  # seconds without a key before the text is checked


class WritePane(ConsolePane):
    """The text on the left, its problems or its pictures on the right."""

    DEFAULT_CSS = """
    WritePane #edit { width: 1fr; }
    WritePane TextArea { height: 1fr; border: none; padding: 0 1; background: $panel; }
    WritePane TextArea:focus { border: none; background: $boost; }
    WritePane #check { width: 34; }
    .-wide WritePane #check { width: 56; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("write.edit", ("enter",), "write", "Write in the text (Esc comes back)", "edit"),
        Command(
            "write.put",
            ("ctrl+s",),
            "put on the shelf",
            "Put the card on the shelf, and fire it if you want (asks first)",
            "put",
            priority=True,
        ),
        Command("write.happen", ("F",), "an event", "No card: a headline for everybody, with effects", "happen"),
        Command("write.anew", ("delete",), "begin anew", "Begin with an empty card again (asks first)", "anew"),
        LEAVE,
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "One card in the language of the scenario. It is checked when you pause: problems with their line on the right, and "
        "when there are none, the card as each seat reads it. ctrl+s puts it on the shelf. What you write is kept as you "
        "type, also when you leave or the connection is lost."
    )
    MAIN = "#check"
    TEXT = "#check"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.answer: Body = {}
        self._later: Timer | None = None
        self._checked: str | None = None
        self._filled = ""

    def compose(self) -> ComposeResult:
        """The text and what is said of it."""
        with Horizontal():
            with Vertical(id="edit", classes="left"):
                yield Note(id="title", classes="title")
                yield TextArea("", id="source", soft_wrap=False, show_line_numbers=True, tab_behavior="indent", compact=True)
            yield Reader(id="check")

    def draw(self, look: Look) -> None:
        """The text is filled once for a game; what arrives never touches it."""
        whose = f"{look.glance.table}|{look.data.get('commitment', '')}"
        if self._filled != whose:
            self._filled = whose
            self._checked = None
            self.query_one("#source", TextArea).text = self.client.draft(DRAFT) or scaffold(look)
        self.query_one("#title", Note).show(
            say(phrase("A card of your own"), (phrase("   Enter to write, ^s when it is good"), "$quiet"))
        )
        if self._checked is None:
            self._checked = ""
            self.work(self._check(), "check")
        self._draw_check(look)

    def action_edit(self) -> None:
        """Into the text."""
        self.query_one("#source").focus()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keeps the draft, and checks once one pauses."""
        event.stop()
        look = self.client.look
        text = event.text_area.text
        if text != scaffold(look):
            self.client.keep(DRAFT, text)
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(PAUSE, lambda: self.work(self._check(), "check"))

    async def _check(self) -> None:
        source = self.query_one("#source", TextArea).text
        answer = await self.client.ask({"what": "check_card", "source": source})
        if self.query_one("#source", TextArea).text == source:
            self.answer, self._checked = answer, source
            self._draw_check(self.client.look)

    def _draw_check(self, look: Look) -> None:
        self.query_one("#check", Reader).show(check_page(look, self.answer).content)

    def action_put(self) -> None:
        """Puts it on the shelf."""
        if self.look is not None and not self.off("write"):
            self.work(self._put(self.look))

    async def _put(self, look: Look) -> None:
        source = self.query_one("#source", TextArea).text
        await self._check()
        if await put(self.client, look, source, self.answer) and self.query_one("#source", TextArea).text == source:
            self._filled = ""
            self.query_one("#source", TextArea).text = scaffold(look)

    def action_happen(self) -> None:
        """An event instead."""
        if self.look is not None and not self.off("happen"):
            self.work(happen(self.client, self.look))

    def action_anew(self) -> None:
        """An empty card again."""
        if self.look is not None:
            self.work(self._anew(self.look))

    async def _anew(self, look: Look) -> None:
        text = say(phrase("What stands there now is dropped."))
        if (
            await self.app.push_screen_wait(Confirm(phrase("Begin with an empty card again?"), text, phrase("begin anew")))
            is not None
        ):
            self.client.sent(DRAFT)
            self.query_one("#source", TextArea).text = scaffold(look)


def is_good(answer: Body) -> bool:
    """Whether a card that was checked can be put on the shelf."""
    errors = [each for each in answer.get("problems") or () if each.get("severity", "error") == "error"]
    return bool(answer.get("card")) and not errors


async def put(client: Host, look: Look, source: str, answer: Body) -> bool:
    """Puts a checked card on the shelf, and fires it if that is wanted; whether it is there now."""
    if not is_good(answer):
        client.notify(phrase("There are problems left; mend them first."), markup=False, severity="warning", timeout=5)
        return False
    rows = [Row("shelf", say(phrase("Put it on the shelf"))), Row("fire", say(phrase("Put it on the shelf and fire it now")))]
    picked = await client.push_screen_wait(Choose(phrase("The card is good"), rows, intro=check_page(look, answer).content))
    done = phrase("It is on the shelf ({how}).", how=how("shelf"))
    if picked is None or not await client.send({"do": "write", "source": source}, look.seen, done):
        return False
    if client.draft(DRAFT) == source:
        client.sent(DRAFT)
    if picked == "fire":
        await client.send({"do": "fire", "card": str(answer["card"]), "bound": {}}, look.seen, phrase("Fired."))
    return True


def scaffold(look: Look) -> str:
    """A card to begin with, naming the seats and a number of this scenario."""
    seats = [str(seat["id"]) for seat in look.seats] or ["seat"]
    tracks = [str(reading.slot["name"]) for reading in look.readings("track")]
    track = next(iter(tracks), "track")
    objectives = list(look.catalog.get("objectives", {}))
    objective = f"    objective: {objectives[0]}\n" if objectives else ""
    return (
        f"# Seats: {', '.join(seats)}\n"
        "injects:\n"
        "  my_card:\n"
        "    title: What happened\n"
        "    pool: shelf\n"
        f"    to: [{seats[0]}]\n"
        f"{objective}"
        "    text: |\n"
        "      What they read, in two or three sentences.\n"
        "    cue: What you say, and what you watch for.\n"
        "    debrief: What do you ask about it afterwards?\n"
        "    choices:\n"
        f"      {seats[0]}:\n"
        "        default: wait\n"
        "        options:\n"
        f"          - {{id: act, stance: escalate, label: Act now, effects: [{track} +1]}}\n"
        f"          - {{id: talk, stance: deescalate, label: Talk first, effects: [{track} -1]}}\n"
        "          - {id: wait, stance: hold, label: Wait}\n"
    )


def check_page(look: Look, answer: Body) -> Page:
    """Problems by line; without errors the card as each seat reads it, those that read the same together."""
    page = Page()
    if "error" in answer:
        return page.line((plain(answer["error"]), "$warning"))
    if not answer:
        return page.line((phrase("It is checked when you pause."), "$quiet"))
    problems = list(answer.get("problems") or ())
    for each in problems:
        page.line(problem_words(each))
    if not answer.get("card") or any(each.get("severity", "error") == "error" for each in problems):
        return page
    page.line((f"{glyphs().check} ", "$success"), phrase("It can be played."))
    for seats, card in alike(answer.get("seats") or {}):
        page.gap().line((phrase("For "), "$quiet"), *_names(look, seats), (":", "$quiet"))
        page.line(card_text(look, card) if card.get("title") else say((phrase("They do not see it."), "$quiet")))
        for option in card.get("options") or ():
            page.line(f"{glyphs().bullet} ", (str(option.get("label", "")), "bold"), f"  {option.get('stance', '')}")
    return page


def _names(look: Look, seats: list[str]) -> list[Any]:
    parts: list[Any] = []
    for seat in seats:
        parts += [", "] if parts else []
        parts.append(phrase("everybody else") if seat == "public" else owner(look, seat, look.short(seat)))
    return parts


def alike(seats: Mapping[str, Any]) -> list[tuple[list[str], Body]]:
    """Seats that see the same, together, in the order given."""
    found: list[tuple[list[str], Body]] = []
    for seat, card in seats.items():
        entry: Body = card or {}
        group = next((group for group, other in found if other == entry), None)
        if group is None:
            found.append(([seat], entry))
        else:
            group.append(seat)
    return found
