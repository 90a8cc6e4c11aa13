"""What tests of the facilitator's console against a real server share: a class, people in it, and hands on the console."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any

from attrs import define, field
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.client.conftest import screen_text
from wargame.client.address import Address
from wargame.client.door import Stage
from wargame.client.session import Session
from wargame.client.tui.app import ClientApp
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.form import Form
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.widgets.cycle import Cycle
from wargame.client.tui.widgets.picker import Picker
from wargame_server.app import Server
from wargame_server.journal.memory import MemoryJournal
from wargame_server.journal.rows import read_record

HERE = Path(__file__).parents[3] / "support"
HANG = 15.0  # seconds after which a test that waits for ever is ended


@define
class Console:
    """A facilitator's client, run by its keys."""

    app: ClientApp
    pilot: Pilot[Any]

    @property
    def data(self) -> Any:
        """What the facilitator knows."""
        return self.app.look.data

    async def until(self, true: Callable[[], object]) -> None:
        """Waits for what the server or the screen comes to."""
        try:
            async with asyncio.timeout(HANG):
                while not true():
                    await self.pilot.pause()
        except TimeoutError:
            raise AssertionError(f"It does not come to this. The screen:\n{self.shown}") from None

    async def press(self, *keys: str) -> None:
        """Keys, and what comes of them on the screen."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def page(self, key: str, row: str = "") -> None:
        """A page by its key, the cursor on a row as soon as there is one."""
        sheet = next(sheet for sheet in self.app.screen.sheets() if key in sheet.keys)  # type: ignore[attr-defined]
        await self.press(key)
        await self.until(lambda: self.app.screen.active == sheet.id)  # type: ignore[attr-defined]
        if row:
            await self.row(row)

    async def row(self, row: str) -> None:
        """The cursor on a row of the page."""
        picker = self.app.screen.pane.query_one("#list", Picker)  # type: ignore[attr-defined]
        await self.until(lambda: picker.go(row) or picker.chosen == row)
        await self.pilot.pause()

    async def choose(self, words: str) -> None:
        """Takes the row with these words from the list that is up."""
        await self.until(lambda: isinstance(self.app.screen, Choose) and self._row(words))
        self.app.screen.query_one(Picker).go(self._row(words))
        await self.press("enter")

    def _row(self, words: str) -> str:
        assert isinstance(self.app.screen, Choose)
        return next((row.id for row in self.app.screen.rows if words in row.content.plain and not row.heading), "")

    async def fill(self, send: bool = True, /, **fields: str) -> None:
        """Fills the form that is up, and sends it."""
        await self.until(lambda: isinstance(self.app.screen, Form) and self.app.screen.query("#fields"))
        for name, value in fields.items():
            box = self.app.screen.query_one(f"#field-{name}")
            if isinstance(box, Input | Cycle):
                box.value = value
            elif isinstance(box, TextArea):
                box.text = value
        await self.press("ctrl+s" if send else "escape")

    async def write(self, text: str) -> None:
        """Writes into the line that is up, and sends it."""
        await self.until(lambda: self.app.screen.query("Input, TextArea") and self.app.screen.is_modal)
        box = self.app.screen.query("Input, TextArea").first()
        if isinstance(box, Input):
            box.value = text
        elif isinstance(box, TextArea):
            box.text = text
        box.focus()
        await self.press("enter")

    async def yes(self) -> None:
        """Enter, once a question is up."""
        await self.until(lambda: self.app.screen.is_modal and self.app.screen.query("#keys"))
        await self.press("enter")

    async def notice(self) -> str:
        """What the panel that comes up says; it is closed again."""
        await self.until(lambda: isinstance(self.app.screen, Notice))
        assert isinstance(self.app.screen, Notice)
        text = self.app.screen.text.plain
        await self.press("escape")
        return text

    async def told(self, words: str) -> None:
        """Waits for something told in passing."""
        await self.until(lambda: any(words in note.message for note in self.app._notifications))

    @property
    def shown(self) -> str:
        """The screen."""
        return screen_text(self.app)


@define
class Class:
    """A class on a real server; its players are sessions, its facilitators consoles."""

    stack: AsyncExitStack
    server: Server
    made: Any
    folder: Path
    players: dict[str, Session] = field(factory=dict)

    async def player(self, name: str, seat: str, table: int = 0) -> Session:
        """Somebody with a seat."""
        token = await self.made.tables[table].new_seat_token(seat)
        session = Session(Address("127.0.0.1", self.server.port), name=name, token=token, client="test")
        await self._run(session)
        self.players[name] = session
        return session

    async def knock(self, name: str) -> Session:
        """Somebody who has the code and waits at the door."""
        session = Session(Address("127.0.0.1", self.server.port, self.made.code), name=name, client="test")
        await self._run(session, lambda: session.glance().connection.stage is Stage.LOBBY)
        return session

    async def _run(self, session: Session, there: Callable[[], object] | None = None) -> None:
        task = asyncio.create_task(session.run())

        async def end() -> None:
            await session.close()
            await asyncio.wait_for(task, HANG)

        self.stack.push_async_callback(end)
        known = asyncio.Event()
        session.listen(lambda names: known.set() if (there or (lambda: session.glance().data))() else None)
        async with asyncio.timeout(HANG):
            await known.wait()

    async def console(self, name: str = "Gus", secret: str = "", size: tuple[int, int] = (120, 40)) -> Console:
        """A facilitator's console."""
        session = Session(Address("127.0.0.1", self.server.port), name=name, secret=secret or self.made.secret, client="test")
        app = ClientApp(session, folder=self.folder / name, server=f"127.0.0.1:{self.server.port}")
        pilot = await self.stack.enter_async_context(app.run_test(size=size))
        made = Console(app, pilot)
        await made.until(lambda: app.look.data and app.look.glance.classroom.tables and hasattr(app.screen, "active"))
        await made.until(lambda: app.screen.active == "desk")  # type: ignore[attr-defined]
        return made

    def state(self, table: int = 0) -> Any:
        """The game as the server has it."""
        return self.made.tables[table].table.game.state

    async def events(self, kind: type[Any], table: int = 0) -> list[Any]:
        """Events of a kind that are on record."""
        handle = self.made.tables[table]
        rows = await self.server.journal.read(handle.game)
        return [event for row in rows[1:] for event in read_record(row).events if isinstance(event, kind)]

    async def to(self, phase: str, turn: int = 1, table: int = 0) -> None:
        """Lets the game come to a phase, as the facilitator would with one key after the other."""
        handle = self.made.tables[table]
        if self.state(table).status == "lobby":
            assert await handle.start() is None
        game = handle.table.game
        boss = Session(
            Address("127.0.0.1", self.server.port), name="Hand", secret=self.made.secret, at=handle.game, client="test"
        )
        await self._run(boss)
        for _ in range(40):
            data = boss.glance().data
            if (data["turn"], data["phase"]) == (turn, phase):
                break
            outcome = await boss.do({"do": "advance"}, seen=(data["turn"], data["phase"]))
            assert outcome.ok, outcome
        assert (game.state.turn, game.state.phase_id(game.program)) == (turn, phase)
        await boss.close()


@asynccontextmanager
async def class_of_two_tables(folder: Path) -> AsyncIterator[Class]:
    """A class in which everything can happen; nothing has begun, and nobody is there."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Server(MemoryJournal()))
        sources = {"scenario.yaml": (HERE / "everything.yaml").read_text()}
        made = await server.create_class(sources, tables=2, seed=bytes(range(32)), timed=True)
        yield Class(stack, server, made, folder)


def in_class(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Gives a test its `school`. No fixture: a client must end in the task it was started in."""

    @wraps(test)
    async def run(tmp_path: Path, **more: Any) -> None:
        async with class_of_two_tables(tmp_path) as school:
            await test(school, **more)

    own = [each for each in signature(test).parameters.values() if each.name != "school"]
    folder = Parameter("tmp_path", Parameter.POSITIONAL_OR_KEYWORD)
    run.__signature__ = Signature([folder, *own])  # type: ignore[attr-defined]
    return run
