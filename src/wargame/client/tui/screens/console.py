"""The facilitator's screen: pages of its own, the board's pages by their letters, and a hand on the clock from all of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any, ClassVar

from attrs import evolve
from textual.binding import BindingType
from textual.widget import Widget

from wargame.client.classroom import Hall, barred
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.app import ClientApp
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.paint import glyphs, say
from wargame.client.tui.panes.console import hand
from wargame.client.tui.panes.console.base import ConsolePane
from wargame.client.tui.panes.console.desk import waiting
from wargame.client.tui.panes.console.gate import armed, petitions
from wargame.client.tui.panes.console.tables import wants
from wargame.client.tui.screens.game import GENERAL, SHEETS, GameScreen, Sheet
from wargame.client.tui.widgets.note import Note

DESK = (
    Sheet("desk", "console.desk:DeskPane", "Desk", ("1", "w", "f1"), "Desk: what waits for you, who keeps the table waiting"),
    Sheet("tables", "console.tables:TablesPane", "Tables", ("2", "h", "f2"), "Tables: every table of the class"),
    Sheet("people", "console.people:PeoplePane", "People", ("3", "o", "f3"), "People: the door, seats, moving, muting"),
    Sheet("plan", "console.timeline:TimelinePane", "Plan", ("4", "l", "f4"), "Plan: the time-line of cards"),
    Sheet("shelf", "console.shelf:ShelfPane", "Shelf", ("5", "i", "f5"), "Shelf: every card, to fire now or to plan"),
    Sheet("write", "console.write_card:WritePane", "Write", ("6", "e", "f6"), "Write: a card or an event of your own"),
    Sheet("rulings", "console.rulings:RulingsPane", "Rule", ("7", "A", "f7"), "Rule: what players propose beyond the rules"),
    Sheet("messages", "console.messages:MessagesPane", "Talk", ("8", "t", "f8"), "Talk: all messages, and a line to any seat"),
    Sheet("meters", "console.meters:MetersPane", "Meters", ("9", "M", "f9"), "Meters: objectives covered, who is quiet"),
    Sheet(
        "record", "console.record:RecordPane", "Past", ("0", "H", "f11"), "Past: rewind, one more table from a moment, compare"
    ),
    Sheet("notes", "console.notes:NotesPane", "Notes", ("G",), "Notes: yours, and the board for the review", quiet=True),
    Sheet("view", "console.view_as:ViewAsPane", "View as", ("y",), "View as: what a seat sees", quiet=True),
)
# The board's pages as players have them, by their letters.
BOARD = tuple(
    evolve(sheet, keys=(sheet.keys[1],), quiet=sheet.id != "end", row="board")
    for sheet in SHEETS
    if sheet.id in ("situation", "map", "cards", "deals", "floor", "news", "end")
)
HAND = (
    Command(
        "hand.advance",
        ("a",),
        "next phase",
        "Start the game, or end the phase now (shows what is open, and asks)",
        "hand('advance')",
    ),
    Command("hand.pause", ("p",), "pause", "Stop everything, or let it go on", "hand('pause')"),
    Command(
        "hand.extend",
        ("x",),
        "more time",
        "Give the phase more time, once or by itself when seats are missing",
        "hand('extend')",
    ),
    Command("hand.announce", ("u",), "announce", "Tell everyone at this table something", "hand('announce')"),
    Command(
        "hand.intervene",
        ("v",),
        "set right",
        "A value, an event, an order for a seat, the vote, the end: with a reason",
        "hand('intervene')",
    ),
    Command(
        "hand.release", ("Y",), "deal armed", "Deal the armed card that stands above the page", "hand('release')", footer=False
    ),
    Command("hand.note", ("O",), "note", "Write a note for the review", "hand('note')", footer=False),
    Command("hand.codes", ("z",), "join code", "Show how to join", "hand('codes')", footer=False),
)
FIRE = next(command for command in HAND if command.id == "hand.release")
HELP = next(command for command in GENERAL if command.id == "help")
FURTHER = tuple(command for command in GENERAL if command.id not in ("seal", "help"))
VERBS = {"intervene": "", "codes": ""}  # the others are the names of what they send


def since(messages: list[Body], read: list[Body], you: str) -> int:
    """How many messages of others came after the one read last."""
    at = next((number for number in range(len(messages), 0, -1) if messages[number - 1 : number] == read), 0)
    return sum(message.get("from") != you for message in messages[at:])


class ConsoleScreen(GameScreen):
    """One table as its facilitator has it, and the class around it."""

    DEFAULT_CSS = """
    ConsoleScreen #stop { height: 3; padding: 1 2; background: $warning; color: $background; text-style: bold; display: none; }
    ConsoleScreen #stop.-on { display: block; }
    ConsoleScreen.-low #stop { height: 1; padding: 0 2; }
    ConsoleScreen #armed {
        height: 1; padding: 0 1; background: $boost; display: none; text-wrap: nowrap; text-overflow: ellipsis;
    }
    ConsoleScreen #armed.-on { display: block; }
    """
    SHEETS: ClassVar[tuple[Sheet, ...]] = (*DESK, *BOARD)
    GENERAL: ClassVar[tuple[Command, ...]] = (
        HELP,
        *HAND,
        *(command for command in GENERAL if command.id not in ("seal", "help")),
    )
    WHOLE: ClassVar[frozenset[str]] = frozenset({*(sheet.id for sheet in DESK), "news", "end", "map"})
    BINDINGS: ClassVar[list[BindingType]] = bindings((*(sheet.command() for sheet in SHEETS), *HAND))

    def __init__(self, start: str = "") -> None:
        super().__init__(start)
        self._heard: list[Body] | None = None  # the newest message that was on the screen, if there was one

    def notices(self) -> Iterable[Widget]:
        """The stop signal: large, calm, without a name. The card that has armed itself, and waits for one key."""
        yield Note(id="stop")
        yield Note(id="armed")

    def on_mount(self) -> None:
        """What tells how long something lasts is drawn again each second."""
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        pane = self.pane
        if isinstance(pane, ConsolePane) and pane.TICKS and self.is_current:
            pane.know(self.client.look)

    def _first(self, look: Look) -> str:
        return "end" if look.status == "over" else "desk"

    def follows(self, look: Look) -> bool:
        """A facilitator stays where they are; only the result comes up by itself, over the desk."""
        return look.status == "over" and self.active == "desk"

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws what is up; the stop signal and the armed card stand above every page."""
        super().know(look, names)
        self._draw_notices(look)

    def resized(self) -> None:
        """What stands above depends on the size."""
        super().resized()
        self._draw_notices(self.client.look)

    def _draw_notices(self, look: Look) -> None:
        hall = Hall.of(look.glance)
        stopped = hall.stopped
        note = self.query_one("#stop", Note)
        note.set_class(bool(stopped), "-on")
        if stopped:
            where = ", ".join(phrase("this table") if each["table"] == hall.table else str(each["name"]) for each in stopped)
            note.show(
                say(phrase("Somebody asks to stop at {where}. All stands still there; page 1 says what to do.", where=where))
            )
        waiting, note = armed(look), self.query_one("#armed", Note)
        note.set_class(bool(waiting) and not barred(look.right, "release"), "-on")
        if waiting:
            more = phrase(" ({count} more)", count=len(waiting) - 1) if len(waiting) > 1 else ""
            words = (
                (f"{glyphs().lost} ", "bold $warning"),
                (FIRE.key, "bold $accent"),
                phrase(" deals "),
                (str(waiting[0]["title"]), "bold"),
            )
            note.show(say(*words, (f"{more}  {waiting[0].get('reason') or ''}", "$quiet")))

    def _counts(self) -> dict[str, int]:
        look = self.client.look
        hall = Hall.of(look.glance)
        counts = super()._counts()
        counts |= {"desk": waiting(look), "people": len(hall.lobby), "rulings": len(petitions(look, "waiting"))}
        counts["tables"] = sum(wants(each) for each in hall.tables if each.get("table") != hall.table)
        messages = list(look.data.get("messages", ()))
        if self.active == "messages" or self._heard is None:
            self._heard = messages[-1:]
        counts["messages"] = since(messages, self._heard, look.you)
        return counts

    def action_hand(self, what: str) -> None:
        """Does something with the game from wherever one is."""
        client = self.client
        why = barred(client.look.right, VERBS.get(what, what)) if VERBS.get(what, what) else ""
        if why:
            self.notify(why, markup=False, severity="warning", timeout=6)
            return
        task: Callable[[ClientApp, Look], Coroutine[Any, Any, object]] = getattr(hand, what)
        self.run_worker(client.guarded(task(client, client.look)), group="work", exit_on_error=False)
