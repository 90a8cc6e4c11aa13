"""All messages of the table: searched, by seat, and a line to write to any of them."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList

from wargame.client.door import WHITE_CELL, Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.base import LEAVE
from wargame.client.tui.panes.console.base import ConsolePane, head
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row

EVERYTHING, EVERYONE = "everything", "everyone"


class MessagesPane(ConsolePane):
    """Whose messages on the left; what was said on the right; a line to search and one to write."""

    DEFAULT_CSS = """
    MessagesPane #who { width: 24; }
    .-wide MessagesPane #who { width: 32; }
    MessagesPane #log { height: 1fr; }
    MessagesPane Input { height: 1; border: none; padding: 0 1; background: $panel; }
    MessagesPane Input:focus { border: none; background: $boost; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("messages.write", ("enter",), "write", "Write to the seat under the cursor; Enter sends", "write"),
        Command("messages.search", ("slash",), "search", "Search in all messages", "search"),
        Command(
            "messages.scroll", ("pageup",), "older", "Scroll to older messages (PageDown: newer)", "scroll(-1)", footer=False
        ),
        Command("messages.scroll-down", ("pagedown",), "newer", "Scroll to newer messages", "scroll(1)", footer=False),
        LEAVE,
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "You read everything that is said. Choose a seat to see what it said and was told; Enter writes to it in private, "
        "or to everyone. What you have begun to write is kept for each."
    )
    MAIN = "#who"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.who, self.words = EVERYTHING, ""
        self._read: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """Seats, search, log, line."""
        with Horizontal():
            yield Picker(id="who", classes="left")
            with Vertical():
                yield Note(id="with", classes="title")
                yield Reader(id="log")
                yield Input(placeholder=phrase("/ to search"), id="search", select_on_focus=False)
                yield Input(
                    placeholder=phrase("Enter on a seat to write, Esc back"), id="line", max_length=2000, select_on_focus=False
                )

    def ready(self) -> None:
        """The line holds what was begun."""
        self._open(EVERYTHING)

    def draw(self, look: Look) -> None:
        """Draws seats and messages."""
        messages = list(look.data.get("messages", ()))
        rows = [self._row(look, messages, EVERYTHING), self._row(look, messages, EVERYONE), head(phrase("Seats"))]
        rows += [self._row(look, messages, str(seat["id"])) for seat in look.seats]
        self.query_one("#who", Picker).fill(rows, EVERYTHING)
        found = [each for each in messages if concerns(each, self.who) and self._holds(look, each)]
        self.query_one("#log", Reader).show(log_page(look, found).content)
        to = say(phrase("To "), owner(look, self.who)) if self._seat else say(phrase("To everyone"))
        self.query_one("#with", Note).show(to)

    def _row(self, look: Look, messages: list[Body], who: str) -> Row:
        count = sum(concerns(each, who) and each.get("from") != look.you for each in messages)
        if who in (self.who, EVERYTHING) and self.screen.is_current and self.display:
            self._read[who] = count
        new = count - self._read.setdefault(who, count)
        words = {EVERYTHING: (phrase("All messages"), "bold"), EVERYONE: (phrase("Said to all"), "bold")}
        label = say(words[who]) if who in words else owner(look, who, look.short(who))
        return Row(who, say(label, (f" {glyphs().dot}{new}" if new > 0 else "", "bold $accent")))

    def _holds(self, look: Look, message: Body) -> bool:
        text = f"{message.get('text', '')} {look.title(message.get('from'))} {look.short(message.get('from'))}".casefold()
        return all(word in text for word in self.words.casefold().split())

    @property
    def _seat(self) -> str:
        """The seat under the cursor; empty where all are written to."""
        return self.who if self.who not in (EVERYTHING, EVERYONE) else ""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another seat."""
        event.stop()
        if event.option_id and event.option_id != self.who:
            self._open(event.option_id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter writes."""
        event.stop()
        self.action_write()

    def _open(self, who: str) -> None:
        self.who = who
        line = self.query_one("#line", Input)
        line.value = self.client.draft(f"say.{self._seat}")
        line.cursor_position = len(line.value)
        if self.look is not None:
            self.draw(self.look)
        self.query_one("#log", Reader).anchor()

    def action_write(self) -> None:
        """To the line."""
        if not self.off("say"):
            self.query_one("#line").focus()

    def action_search(self) -> None:
        """To the search line."""
        self.query_one("#search").focus()

    def action_scroll(self, by: int) -> None:
        """Scrolls the messages."""
        log = self.query_one("#log", Reader)
        if by > 0:
            log.scroll_page_down(animate=False)
        else:
            log.release_anchor()
            log.scroll_page_up(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches, or keeps the draft."""
        event.stop()
        if event.input.id == "line":
            self.client.keep(f"say.{self._seat}", event.value)
        else:
            self.words = event.value
            if self.look is not None:
                self.draw(self.look)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Sends, or leaves the search."""
        event.stop()
        if event.input.id != "line":
            self.aim()
        elif event.value.strip() and self.look is not None:
            self.work(self._say(self.look, self._seat, event.value))

    async def _say(self, look: Look, seat: str, text: str) -> None:
        """The line is emptied only when the message is through, and only if it was not written on meanwhile."""
        body = {"do": "say", "to": [seat], "text": text.strip()} if seat else {"do": "announce", "text": text.strip()}
        if await self.send(body, look.seen):
            line = self.query_one("#line", Input)
            if self._seat == seat and line.value == text:
                line.value = ""
            elif self.client.draft(f"say.{seat}") == text:
                self.client.sent(f"say.{seat}")


def concerns(message: Body, who: str) -> bool:
    """Whether a message belongs to a choice on the left: all of them, those to all, those from or to a seat."""
    if who == EVERYTHING:
        return True
    if who == EVERYONE:
        return message.get("to") is None
    return message.get("from") == who or who in (message.get("to") or ())


def log_page(look: Look, messages: list[Body]) -> Page:
    """Messages with who reads them, oldest first, a line for each new turn."""
    page, turn = Page(), None
    for message in messages:
        if message.get("turn") != turn:
            turn = message.get("turn")
            words = phrase("turn {turn}", turn=turn) if turn else phrase("before turn 1")
            page.line((f"{glyphs().rule * 2} {words} {glyphs().rule * 2}", "$quiet"))
        sender = message.get("from")
        name = (
            phrase("You")
            if sender == look.you
            else phrase("The facilitator")
            if sender in (None, WHITE_CELL)
            else look.short(sender)
        )
        to = message.get("to")
        readers = phrase("all") if to is None else ", ".join(look.short(each) if each != WHITE_CELL else "you" for each in to)
        page.line(
            owner(look, sender, name), (phrase(" to {readers}: ", readers=readers), "$quiet"), str(message.get("text", ""))
        )
    return page if len(page) else page.line((phrase("Nothing that was said is shown here."), "$quiet"))
