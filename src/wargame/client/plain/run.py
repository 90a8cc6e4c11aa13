"""Runs the line mode: connects, reads commands, says what is new when it is asked for."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from wargame.client.content import offered
from wargame.client.door import Stage
from wargame.client.hints import use_lines
from wargame.client.plain import board, desk, plan, seat, shared, together, words
from wargame.client.plain.client import PlainClient
from wargame.client.plain.lines import Lines, Terminal
from wargame.client.plain.news import lobby_lines
from wargame.client.plain.verbs import Verb, find
from wargame.client.speech import later, phrase
from wargame.client.tui.paint import use_spoken
from wargame.client.tui.screens.player import scenario_of
from wargame.client.tui.widgets.missed import missed_page, worth_telling
from wargame.client.watching import Watching
from wargame.wire.plain import clean

if TYPE_CHECKING:
    from wargame.client.door import Door

T = TypeVar("T")


async def help_words(client: PlainClient, typed: str) -> None:
    """The commands, or one of them."""
    if typed:
        found = find(VERBS, typed.split(maxsplit=1)[0].casefold().lstrip("/"), client.look)
        client.say(found if isinstance(found, str) else f"{found.name} {found.usage}".rstrip() + f": {phrase(found.help)}")
        return
    client.tell(words.HELP_HEAD)
    for verb in VERBS:
        if verb.allowed(client.look):
            client.say(f"{verb.name}: {phrase(verb.help)}")
    client.tell(words.HELP_QUEUE)


async def wait(client: PlainClient, typed: str) -> None:
    """Says new things as they come, until something is wanted; Enter ends it where somebody types."""
    before, client.live = client.live, True
    try:
        client.tell_news()
        while not _wanted(client):
            client.changed.clear()
            if await _first(client.changed.wait(), client.lines.read() if client.lines.interactive else None) is not True:
                break
    finally:
        client.live = before
    client.tell_news()
    client.say(board.wanted_words(client.look))


def _wanted(client: PlainClient) -> bool:
    """Whether there is something to do here, or nothing more to come."""
    look = client.look
    if look.status == "over" or look.glance.connection.stage is Stage.CLOSED:
        return True
    if look.controls:
        return bool(desk.hall_of(client).lobby) or look.may("start")
    if look.paused or look.sealed or not look.plays:
        return False
    return look.you in look.data.get("active", ()) or look.may("sign") or look.status == "setup"


async def _first(first: Coroutine[Any, Any, T], second: Coroutine[Any, Any, Any] | None) -> T | str | None:
    """What comes first; the other is given up."""
    tasks = [asyncio.ensure_future(each) for each in (first, second) if each is not None]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return tasks[0].result() if tasks[0] in done else None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


OWN = (
    Verb("help", later("The commands; with a name what that one does."), help_words, "[COMMAND]", also=("?", "commands")),
    Verb("wait", later("Wait here, hearing what comes, until something is wanted of you. Enter ends it."), wait),
)
VERBS: tuple[Verb, ...] = (*OWN, *board.VERBS, *seat.VERBS, *together.VERBS, *plan.VERBS, *desk.VERBS, *shared.VERBS)


class Play:
    """One sitting: from connecting to leaving."""

    def __init__(self, client: PlainClient, door: Door, where: str) -> None:
        self.client, self.door, self.where = client, door, where

    async def run(self) -> int:
        """Until its person leaves; the exit status."""
        client = self.client
        client.tell(words.CONNECTING, where=self.where)
        session = asyncio.ensure_future(self.door.run())
        client.enter(self.door)
        try:
            if not await self._arrive(session):
                return 1
            return await self._commands(session)
        finally:
            with suppress(Exception):
                await self.door.close()
            session.cancel()
            await asyncio.gather(session, return_exceptions=True)

    async def _arrive(self, session: asyncio.Future[None]) -> bool:
        """Waits to be let in; whether that came about."""
        client = self.client
        client.teller.known.stage = Stage.CONNECTING
        line: asyncio.Future[str | None] | None = None
        while not (client.look.data and client.look.catalog):
            client.tell_news()
            if client.look.glance.connection.stage is Stage.CLOSED or session.done():
                return False
            client.changed.clear()
            if client.lines.interactive and line is None:
                line = asyncio.ensure_future(client.lines.read())
            changed = asyncio.ensure_future(client.changed.wait())
            await asyncio.wait(
                [each for each in (changed, line, session) if each is not None], return_when=asyncio.FIRST_COMPLETED
            )
            changed.cancel()
            if line is not None and line.done():
                typed = line.result()
                line = None
                if typed is None or typed.strip().casefold() in ("quit", "q", "exit"):
                    client.tell(words.LEFT)
                    return False
                if client.look.glance.connection.stage is Stage.LOBBY:
                    for each in lobby_lines(client.look):
                        client.say(each)
                else:
                    client.tell(words.NOT_YET, why=client.look.glance.connection.reason)
        if line is not None:
            line.cancel()
            await asyncio.gather(line, return_exceptions=True)
        client.teller.quiet(client.look)
        await self._greet()
        return True

    async def _greet(self) -> None:
        client, look = self.client, self.client.look
        title = str(look.catalog.get("scenario", {}).get("title", ""))
        if look.controls:
            client.tell(words.WELCOME_DESK, title=title)
        elif look.plays:
            client.tell(words.WELCOME, who=look.title(look.you), title=title)
        else:
            client.tell(words.WELCOME_PUBLIC, title=title)
        note = str(look.catalog.get("scenario", {}).get("content_note") or "")
        if note and look.plays and look.turn <= 1:
            client.say(phrase("Content note: {note}", note=note))
        if offered(look) and look.plays and client.lines.interactive and not client.spared.asked(scenario_of(look)):
            await together.content(client, "")
        if look.plays and look.turn > 1:
            answer = await client.ask({"what": "missed"})
            if worth_telling(answer):
                client.say(missed_page(look, answer).content)
        for line in board.where_lines(client)[1 if look.plays else 0 :]:
            client.say(line)

    async def _commands(self, session: asyncio.Future[None]) -> int:
        client = self.client
        while not client.leaving:
            client.lines.prompt("> ")
            line = await self._line()
            if line is None:
                break
            await self._carry(line)
            if client.again.is_set():
                client.again.clear()
                if session.done():
                    session = asyncio.ensure_future(self.door.run())
        client.tell(words.LEFT)
        return 0

    async def _line(self) -> str | None:
        """The next line; None too where the connection is over and nobody is there to mend it."""
        client = self.client
        if client.lines.interactive or client.look.glance.connection.stage is not Stage.CLOSED:
            return await client.lines.read()
        client.tell_news()
        return None

    async def _carry(self, line: str) -> None:
        """Carries one line out; what goes wrong in it is said, and nothing ends."""
        client = self.client
        name, _, typed = clean(line, newlines=False).strip().partition(" ")
        client.ahead = []
        if not name:
            if not client.tell_news():
                client.tell(words.NOTHING_NEW, wanted=board.wanted_words(client.look))
            return
        found = find(VERBS, name.casefold().lstrip("/"), client.look)
        if isinstance(found, str):
            client.say(found)
            return
        try:
            await found.run(client, typed.strip())
        except Exception as problem:
            client.tell(words.FAULT, problem=f"{type(problem).__name__}: {problem}")
        if not client.live and not client.leaving:
            client.tell_waiting()


async def play(
    door: Callable[[], Door],
    where: str,
    lines: Lines,
    *,
    ascii_only: bool = False,
    folder: Path | None = None,
    watching: Watching | None = None,
) -> int:
    """Plays at a door until its person leaves; the exit status. `where`: what is said while connecting."""
    use_lines(True)
    use_spoken()
    client = PlainClient(lines, ascii_only=ascii_only, folder=folder, server=where, watching=watching or Watching())
    return await Play(client, door(), where).run()


def ask_where(address: str, name: str) -> tuple[str, str] | None:
    """Asks for what was not said: the address or code, the name; None where there is no answer."""
    found = []
    for known, question in ((address, words.WHERE_TO), (name, words.YOUR_NAME)):
        if not known:
            print(phrase(question), flush=True)
        answer = known or clean(sys.stdin.readline(200), newlines=False).strip()
        if not answer:
            return None
        found.append(answer)
    return found[0], found[1]


def run_plain(
    door: Callable[[], Door],
    where: str,
    *,
    ascii_only: bool = False,
    folder: Path | None = None,
    watching: Watching | None = None,
) -> int:
    """The line mode on this terminal, or on pipes."""

    async def main() -> int:
        terminal = Terminal(interactive=sys.stdin.isatty())
        terminal.start()
        return await play(door, where, terminal, ascii_only=ascii_only, folder=folder, watching=watching)

    try:
        return asyncio.run(main())
    except KeyboardInterrupt:
        print(phrase(words.LEFT))
        return 0
