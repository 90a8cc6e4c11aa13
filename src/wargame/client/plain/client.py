"""The line mode's client: says lines, asks questions, sends what was decided. A `Host`, as the app on the screens is."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define, field
from textual.content import Content

from wargame.client.content import Reading, Spared, reading
from wargame.client.door import Body, Door, Glance, Stage
from wargame.client.drafts import Drafts
from wargame.client.look import Look
from wargame.client.plain import questions, words
from wargame.client.plain.lines import Lines
from wargame.client.plain.news import Teller, waiting_words
from wargame.client.plain.spoken import spoken
from wargame.client.speech import phrase, speak_like
from wargame.client.team import ALONE, Team, told
from wargame.client.trouble import next_step
from wargame.client.tui.widgets.picker import Row
from wargame.client.watching import Watching

if TYPE_CHECKING:
    from textual.screen import Screen

T = TypeVar("T")


@define(eq=False)
class PlainClient:
    """One person at a line of text.

    `live`: new things are said at once; else they wait for Enter. `ahead`: answers typed together with a command, for its
    first questions.
    """

    lines: Lines
    ascii_only: bool = False
    folder: Path | None = None
    server: str = ""
    watching: Watching = field(factory=Watching)
    look: Look = field(init=False, factory=lambda: Look(Glance()))
    door: Door | None = field(init=False, default=None)
    drafts: Drafts | None = field(init=False, default=None)
    spared: Spared = field(init=False)
    teller: Teller = field(init=False, factory=Teller)
    live: bool = field(init=False, default=False)
    ahead: list[str] = field(init=False, factory=list)
    changed: asyncio.Event = field(init=False, factory=asyncio.Event)
    leaving: bool = field(init=False, default=False)
    again: asyncio.Event = field(init=False, factory=asyncio.Event)  # set: connect again
    originals: set[str] = field(init=False, factory=set)  # cards read as they are, though one asked to be spared
    listed: list[str] = field(init=False, factory=list)  # what the numbers of the last list of news stand for
    listed_cards: list[str] = field(init=False, factory=list)  # and those of the last list of the shelf
    _drafts_of: tuple[str, str] = field(init=False, default=("", ""))
    _announced: int = field(init=False, default=0)  # how much new was told to wait
    _waits: int = field(init=False, default=0)  # commands that wait for the server

    def __attrs_post_init__(self) -> None:
        self.spared = Spared(self.folder)

    # -- saying -------------------------------------------------------------------------------------------------------

    def say(self, text: Content | str) -> None:
        """Says a page or a text, line by line."""
        for line in spoken(text, ascii_only=self.ascii_only):
            self.lines.write(line)

    def tell(self, template: str, **values: object) -> None:
        """Says one of the line mode's own sentences."""
        self.say(phrase(template, **values))

    def numbered(self, rows: Sequence[Row | str], heading: str = "") -> None:
        """Says a list, numbered from 1; headings within it have no number."""
        if heading:
            self.say(f"{heading}:")
        number = 0
        for row in rows:
            if isinstance(row, Row) and row.heading:
                self.say(f"{'; '.join(spoken(row.content))}:".replace("::", ":"))
                continue
            number += 1
            self.say(f"{number}. {'; '.join(spoken(row.content if isinstance(row, Row) else row))}")

    def tell_news(self) -> int:
        """Says what is new; how many lines that were."""
        found = self.teller.news(self.look, self.now)
        for line in found:
            self.say(line)
        self._announced = 0
        return len(found)

    def tell_waiting(self) -> None:
        """Says how much is new, where that has not been said."""
        count = self.teller.waiting(self.look, self.now)
        if count and count != self._announced:
            self.say(waiting_words(count))
        self._announced = count

    @property
    def now(self) -> int:
        """The server's clock in ms."""
        return self.door.now() if self.door is not None else 0

    # -- what is known ------------------------------------------------------------------------------------------------

    def enter(self, door: Door) -> None:
        """Takes a session."""
        self.door = door
        self.know()
        door.listen(lambda names: self.know())

    def know(self) -> None:
        """Takes in what is known now."""
        assert self.door is not None
        self.look = Look(self.door.glance())
        if self.look.catalog:
            speak_like(str(self.look.catalog.get("scenario", {}).get("language", "")))
        self._open_drafts()
        self.changed.set()
        if self.live:
            self.tell_news()
        elif self._waits and self.look.glance.connection.stage in (Stage.LOST, Stage.CLOSED):
            self.tell_news()  # nobody types while a command waits, and the reason is this

    def _open_drafts(self) -> None:
        look = self.look
        if look.glance.you and look.glance.data:
            game = f"{self.server}|{look.glance.table}|{look.data.get('commitment', '')}"
            if self._drafts_of != (game, look.you):
                self._drafts_of = (game, look.you)
                self.drafts = Drafts(game, look.you, self.folder)

    def reading(self, card: Body) -> Reading:
        """A card as this person reads it."""
        return reading(self.look, card, self.spared.tags, str(card.get("id")) in self.originals)

    # -- asking -------------------------------------------------------------------------------------------------------

    async def line(self) -> str | None:
        """A line that is typed as an answer; None where there are no more lines."""
        self.lines.prompt("? ")
        return await self.lines.read()

    async def push_screen_wait(self, screen: Screen[T]) -> T | None:
        """Reads a dialog out and asks its question."""
        return cast("T | None", await questions.put(self, screen))

    def push_screen(self, screen: Screen[Any]) -> None:
        """Reads out something to know."""
        questions.read_out(self, screen)

    def notify(self, message: str, **_: Any) -> None:
        """Says something in passing."""
        self.say(message)

    # -- sending ------------------------------------------------------------------------------------------------------

    async def _wait_for(self, answer: Coroutine[Any, Any, T]) -> T:
        self._waits += 1
        try:
            return await answer
        finally:
            self._waits -= 1

    async def send(self, body: Body, seen: tuple[int, str], done: str = "") -> bool:
        """Sends a command; says what became of it."""
        assert self.door is not None
        before = Team.of(Look(self.door.glance())) if body.get("do") not in ALONE else Team()
        outcome = await self._wait_for(self.door.do(body, seen=seen))
        self.know()
        if outcome.ok:
            what = told(before, Team.of(self.look), done)
            self.say(what)
            if not what:
                self.tell_news()  # the story of it is all there is to say
            return True
        self.tell(words.NOT_DONE)
        self.say(outcome.reason)
        self.say(next_step(outcome.code))
        return False

    async def ask(self, body: Body) -> Body:
        """Puts a question to the server."""
        assert self.door is not None
        return await self._wait_for(self.door.ask(body))

    async def manage(self, body: Body, done: str = "") -> Body:
        """The facilitator's hand."""
        assert self.door is not None
        answer = await self._wait_for(self.door.manage(body))
        self.know()
        if "error" in answer:
            self.tell(words.NOT_DONE)
            self.say(str(answer["error"]))
        else:
            self.say(done)
        return answer

    # -- drafts -------------------------------------------------------------------------------------------------------

    def draft(self, key: str) -> str:
        """A text begun before."""
        return self.drafts.text(key) if self.drafts is not None else ""

    def keep(self, key: str, text: str) -> None:
        """Keeps a text."""
        if self.drafts is None:
            return
        safe = self.drafts.safe
        self.drafts.put(key, text)
        if safe and not self.drafts.safe:
            self.tell(words.NO_DISK)

    def sent(self, *keys: str) -> None:
        """Drops drafts that were sent."""
        if self.drafts is not None:
            self.drafts.clear(*keys)

    def done(self, *keys: str) -> None:
        """Drops drafts of what the seat has done; what only lies on a team's table is kept."""
        if not Team.of(self.look).together:
            self.sent(*keys)
