"""Messages between seats. What arrives never touches what is being written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from wargame.client.door import WHITE_CELL, Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.base import LEAVE, Pane
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row

EVERYONE = "all"


class TalkPane(Pane):
    """Channels on the left, the messages of one on the right, one line to write in."""

    DEFAULT_CSS = """
    TalkPane #channels { width: 22; }
    .-wide TalkPane #channels { width: 30; }
    TalkPane #log { height: 1fr; }
    TalkPane #line { height: 1; border: none; padding: 0 1; background: $panel; }
    TalkPane #line:focus { border: none; background: $boost; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("talk.write", ("a", "i"), "write", "Write in this channel; Enter sends", "write"),
        Command("talk.channel", ("up", "down"), "channel", "Choose the channel", ""),
        Command("talk.group", ("x",), "add a seat", "Talk with one more seat: opens a channel with it and those here", "group"),
        Command("talk.scroll", ("pageup",), "older", "Scroll to older messages (PageDown: newer)", "scroll(-1)", footer=False),
        Command("talk.scroll-down", ("pagedown",), "newer", "Scroll to newer messages", "scroll(1)", footer=False),
        LEAVE,
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Everyone reads what you write to all; a private message is read by those it names, and by the "
        "facilitator. What you have begun to "
        "write is kept for each channel, also when you leave."
    )
    MAIN = "#channels"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.channel = ""
        self.read: dict[str, Body] = {}  # by channel the newest message that was on the screen
        self._groups: set[str] = set()

    def compose(self) -> ComposeResult:
        """Channels, log, line."""
        with Horizontal():
            yield Picker(id="channels", classes="left")
            with Vertical():
                yield Note(id="with", classes="title")
                yield Reader(id="log")
                yield Input(id="line", max_length=2000, select_on_focus=False)

    def ready(self) -> None:
        """Tells what the line is for."""
        self.query_one("#line", Input).placeholder = phrase("a to write, Enter sends, Esc back to the channels")

    def draw(self, look: Look) -> None:
        """Draws channels and messages."""
        by_channel: dict[str, list[Body]] = {EVERYONE: []}
        offer = look.offer("say")
        for seat in (offer or {}).get("to") or ():
            by_channel.setdefault(channel_of([str(seat)]), [])
        for channel in sorted(self._groups):
            by_channel.setdefault(channel, [])
        for message in look.data.get("messages", ()):
            by_channel.setdefault(channel_for(look, message), []).append(message)
        if by_channel.get(self.channel) and self.screen.is_current and self.display:
            self.read[self.channel] = by_channel[self.channel][-1]
        new = unread(look, self.read)
        rows = [
            Row(each, say(channel_name(look, each), (f" {glyphs().dot}{new[each]}" if new.get(each) else "", "bold $accent")))
            for each in by_channel
        ]
        picker = self.query_one("#channels", Picker)
        picker.fill(rows, EVERYONE)
        if not self.channel:
            self._open(picker.chosen or EVERYONE)
            return
        log = self.query_one("#log", Reader)
        log.show(log_text(look, by_channel.get(self.channel, [])))
        block = "" if offer and offer.get("ok", True) else phrase("   (you cannot write now)")
        if look.glance.room.muted:
            block = phrase("   (muted: you can read, not write)")
        self.tell("#with", say(phrase("To "), channel_name(look, self.channel), (block, "$warning")))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another channel."""
        event.stop()
        if event.option_id and event.option_id != self.channel:
            self._open(event.option_id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a channel writes there."""
        event.stop()
        self.action_write()

    def _open(self, channel: str) -> None:
        self.channel = channel
        line = self.query_one("#line", Input)
        line.value = self.client.draft(f"talk.{channel}")
        line.cursor_position = len(line.value)
        if self.look is not None:
            self.draw(self.look)
        self.query_one("#log", Reader).anchor()  # follows the newest message until its reader scrolls up

    def action_write(self) -> None:
        """To the line."""
        self.query_one("#line").focus()

    def action_group(self) -> None:
        """A channel with one more seat."""
        if self.look is not None:
            self.work(self._group(self.look))

    async def _group(self, look: Look) -> None:
        here = [] if self.channel == EVERYONE else self.channel.split("+")
        rows = [
            Row(str(seat), owner(look, seat)) for seat in (look.offer("say") or {}).get("to") or () if str(seat) not in here
        ]
        if not rows:
            self.notify(phrase("Everybody is in this channel already."), markup=False, timeout=3)
            return
        intro = say(phrase("Who else reads along? What has been said in the other channels stays there."))
        picked = await self.app.push_screen_wait(
            Choose(phrase("Talk with one more seat"), rows, intro=intro, verb=phrase("add"))
        )
        if picked is not None:
            channel = channel_of([*here, picked])
            self._groups.add(channel)
            self.draw(look)
            self.query_one("#channels", Picker).go(channel)
            self.action_write()

    def action_scroll(self, by: int) -> None:
        """Scrolls the messages."""
        log = self.query_one("#log", Reader)
        if by > 0:
            log.scroll_page_down(animate=False)
        else:
            log.release_anchor()
            log.scroll_page_up(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps the draft of the channel."""
        event.stop()
        self.client.keep(f"talk.{self.channel}", event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Sends."""
        event.stop()
        if self.client.look.glance.room.muted:
            words = phrase("The facilitator has muted you. What you wrote is kept in its line.")
            self.notify(words, markup=False, severity="warning", timeout=5)
        elif event.value.strip() and self.look is not None:
            self.work(self._say(self.look, self.channel, event.value))

    async def _say(self, look: Look, channel: str, text: str) -> None:
        """The line is emptied only when the message is through, and only if it was not written on meanwhile."""
        to = None if channel == EVERYONE else channel.split("+")
        if await self.send({"do": "say", "to": to, "text": text.strip()}, look.seen):
            line = self.query_one("#line", Input)
            if self.channel == channel and line.value == text:
                line.value = ""
            elif self.client.draft(f"talk.{channel}") == text:
                self.client.sent(f"talk.{channel}")


def unread(look: Look, read: Mapping[str, Body]) -> dict[str, int]:
    """How many messages of others have come in each channel since the one that was read last."""
    found: dict[str, int] = {}
    seen: set[str] = set()
    for message in reversed(look.data.get("messages", ())):
        channel = channel_for(look, message)
        if channel in seen or message == read.get(channel):
            seen.add(channel)
        elif message.get("from") != look.you:
            found[channel] = found.get(channel, 0) + 1
    return found


def channel_of(seats: list[str]) -> str:
    """The channel with these others."""
    return "+".join(sorted(seats)) or EVERYONE


def channel_for(look: Look, message: Body) -> str:
    """The channel that a message belongs to: all, or the others who read it."""
    if message.get("to") is None:
        return EVERYONE
    return channel_of([str(seat) for seat in {*message["to"], message.get("from")} if seat != look.you])


def channel_name(look: Look, channel: str) -> Content:
    """A channel as shown."""
    if channel == EVERYONE:
        return say((phrase("Everyone"), "bold"))
    seats = channel.split("+")
    if len(seats) == 1:
        return owner(look, seats[0])
    return Content(", ").join([owner(look, seat, look.short(seat)) for seat in seats])


def log_text(look: Look, messages: list[Body]) -> Content:
    """The messages of a channel, oldest first, with a line for each new turn."""
    page = Page()
    turn = None
    for message in messages:
        if message.get("turn") != turn:
            turn = message.get("turn")
            page.line(
                (
                    phrase("{rule} turn {turn} {rule}", rule=glyphs().rule * 2, turn=turn)
                    if turn
                    else phrase("{rule} before turn 1", rule=glyphs().rule * 2),
                    "$quiet",
                )
            )
        sender = message.get("from")
        name = (
            phrase("You")
            if sender == look.you
            else phrase("The facilitator")
            if sender in (None, WHITE_CELL)
            else look.short(sender)
        )
        page.line(owner(look, sender, name), ": ", str(message.get("text", "")))
    if not len(page):
        page.line((phrase("Nothing has been said here yet."), "$quiet"))
    return page.content
