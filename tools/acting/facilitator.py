"""A facilitator who follows a script: lets people in, starts, goes from table to table, and plays every scene that is due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from tools.acting.cast import Part, World
from wargame.client.address import Address
from wargame.client.door import Outcome, Stage
from wargame.client.look import Look
from wargame.client.session import Session

WAIT = 60.0  # seconds after which something that should have come is given up
PATIENCE = 150.0  # seconds a phase may take, at speed 1
COMPUTER = "one-ply"


class NotYetError(Exception):
    """The moment is not right for a scene; the argument says why."""


@define(eq=False)
class Desk:
    """A facilitator's session; everything done there is counted."""

    world: World
    address: Address
    secret: str
    name: str = "Facilitator"
    session: Session = field(init=False)
    _running: asyncio.Task[None] = field(init=False)

    async def __aenter__(self) -> Desk:
        self.session = Session(self.address, self.name, secret=self.secret, client="acting")
        self._running = asyncio.create_task(self.session.run())
        await self.until(lambda: bool(self.session.classroom.tables), "to be let in")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        await asyncio.gather(self._running, return_exceptions=True)

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Waits until something holds. Raises TimeoutError."""
        try:
            async with asyncio.timeout(WAIT):
                while not holds():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise TimeoutError(f"{self.name} waited {WAIT:.0f} seconds {what}, in vain.") from None

    @property
    def look(self) -> Look:
        """What is on the desk now."""
        return Look(self.session.glance())

    async def go_to(self, table: str) -> None:
        """Looks at another table of the class."""
        await self.session.look_at(table)
        await self.until(lambda: self.session.table == table and self.session.connection.stage is Stage.LIVE, f"for {table}")

    async def try_(self, body: Mapping[str, Any]) -> Outcome:
        """A command, refused or not."""
        outcome = await self.session.do(dict(body))
        self.world.count("", str(body["do"]), "" if outcome.ok else outcome.code, outcome.reason)
        return outcome

    async def do(self, **body: Any) -> None:
        """A command that has to go through."""
        outcome = await self.try_(body)
        if not outcome.ok:
            raise AssertionError(f"{body} was refused: {outcome.reason} ({outcome.code})")

    async def not_do(self, code: str, **body: Any) -> str:
        """A command that has to be refused with that code; the reason."""
        outcome = await self.try_(body)
        if outcome.ok or outcome.code != code:
            raise AssertionError(f"{body} was not refused as {code} but: {outcome}")
        return outcome.reason

    async def ask(self, **body: Any) -> Mapping[str, Any]:
        """An answer. Raises AssertionError where there is none."""
        return self._good(body, await self.session.ask(body), f"ask {body['what']}")

    async def manage(self, **body: Any) -> Mapping[str, Any]:
        """What was managed. Raises AssertionError where it was not."""
        return self._good(body, await self.session.manage(body), f"manage {body['what']}")

    def _good(self, body: Mapping[str, Any], answer: Mapping[str, Any], words: str) -> Mapping[str, Any]:
        failed = set(answer) == {"error"}
        self.world.count("", words, "error" if failed else "", str(answer.get("error", "")))
        if failed:
            raise AssertionError(f"{body} was refused: {answer['error']}")
        return answer


@frozen
class Scene:
    """Something the facilitator does at a table once it has reached a turn; not `sure` where a game may pass without it."""

    name: str
    table: int
    turn: int
    play: Callable[[], Awaitable[None]]
    sure: bool = True


@define(eq=False)
class Facilitator:
    """The one who runs the class from one desk, by a script; `run` ends when all games are over and reviewed."""

    world: World
    address: Address
    secret: str
    parts: Sequence[Part]
    desk: Desk = field(init=False)
    waiting: list[Scene] = field(init=False, factory=list)
    played: list[str] = field(init=False, factory=list)
    failed: list[str] = field(init=False, factory=list)
    _refused: set[str] = field(init=False, factory=set)
    _looked_at: set[str] = field(init=False, factory=set)  # requests from the lobby
    _since: dict[str, tuple[object, float]] = field(init=False, factory=dict)  # table -> (phase, when it was first seen)
    _opened: set[str] = field(init=False, factory=set)

    # -- the lesson ---------------------------------------------------------------------------------------------------

    async def run(self, scenes: Callable[[Facilitator], Sequence[Scene]], reviewed: Callable[[], bool]) -> None:
        """The whole lesson. `reviewed`: whether the students have written what they learnt."""
        async with Desk(self.world, self.address, self.secret) as self.desk:
            self.waiting = list(scenes(self))
            await self._seat_everybody()
            await self.desk.manage(what="all", body={"do": "start"})
            while not self._over():
                await self._round()
                await asyncio.sleep(2 / self.world.speed)
            for table in self.tables:
                await self._open_board(table)
            self.failed += [f"{scene.name}: never came to it" for scene in self.waiting if scene.sure]
            await self.desk.until(reviewed, "for the review")

    @property
    def tables(self) -> Sequence[Mapping[str, Any]]:
        """The tables as the class shows them."""
        return self.desk.session.classroom.tables

    def people(self, table: int) -> list[Mapping[str, Any]]:
        """Players at a table, those connected first."""
        wanted = self.tables[table]["table"]
        here = [each for each in self.desk.session.classroom.people if each["table"] == wanted and not each["bot"]]
        return sorted((each for each in here if not each["right"]), key=lambda each: not each["connected"])

    def _over(self) -> bool:
        return bool(self.tables) and all(table["status"] == "over" for table in self.tables)

    async def _seat_everybody(self) -> None:
        """Lets in whoever should be there at the beginning, and gives the seats that are left to computers."""
        expected = sum(not part.late for part in self.parts)

        def here() -> int:
            return sum(1 for each in self.desk.session.classroom.people if each["connected"] and not each["right"])

        deadline = asyncio.get_running_loop().time() + WAIT
        while here() < expected and asyncio.get_running_loop().time() < deadline:
            await self._door()
            await asyncio.sleep(0.1)
        if here() < expected:
            self.failed.append(f"only {here()} of {expected} came before the start")
        late = {(part.table, part.seat) for part in self.parts if part.late}
        for number, table in enumerate(self.tables):
            for seat in table["seats"]:
                if not seat["people"] and not seat["bot"] and (number, seat["seat"]) not in late:
                    await self.desk.manage(what="bot", seat=seat["seat"], level=COMPUTER, table=table["table"])

    async def _door(self) -> None:
        """Lets in who waits, each to the place meant for them; who was put out is not let in again."""
        # The class is told at most twice a second: somebody let in already may stand in it still.
        for guest in [each for each in self.desk.session.classroom.lobby if each["request"] not in self._looked_at]:
            if guest["name"] in self._refused:
                self._looked_at.add(guest["request"])
                await self.desk.manage(what="refuse", request=guest["request"])
                continue
            part = next((each for each in self.parts if guest["name"].startswith(each.name)), None)
            if part is not None and not (part.listed and self._comes_by_itself(guest)):
                self._looked_at.add(guest["request"])
                place = self.tables[part.table]["table"]
                await self.desk.manage(what="approve", request=guest["request"], seat=part.seat, table=place)

    def _comes_by_itself(self, guest: Mapping[str, Any]) -> bool:
        """Whether somebody on the roster is only passing through the lobby."""
        return self.desk.session.now() - int(guest["since"]) < 5_000

    async def _round(self) -> None:
        await self._door()
        for number, table in enumerate(list(self.tables)):
            if table["status"] == "over":
                await self._open_board(table)
                continue
            for scene in [each for each in self.waiting if each.table == number and table["turn"] >= each.turn]:
                await self._try(scene)
            await self._hurry(table)

    async def _try(self, scene: Scene) -> None:
        await self.desk.go_to(self.tables[scene.table]["table"])
        try:
            await scene.play()
        except NotYetError:
            return
        except (AssertionError, TimeoutError, KeyError, StopIteration, IndexError) as fault:
            self.failed.append(f"{scene.name}: {type(fault).__name__} {fault}")
            self.world.say(f"FAILED {self.failed[-1]}")
        else:
            self.played.append(scene.name)
            self.world.say(f"Played: {scene.name}")
        self.waiting.remove(scene)

    async def _hurry(self, table: Mapping[str, Any]) -> None:
        """Ends a phase that has taken too long."""
        now = asyncio.get_running_loop().time()
        phase = (table["turn"], table["phase"], table["paused"] is None)
        if self._since.get(table["table"], (None, 0))[0] != phase:
            self._since[table["table"]] = (phase, now)
            return
        if now - self._since[table["table"]][1] < PATIENCE / self.world.speed:
            return
        await self.desk.go_to(table["table"])
        look = self.desk.look
        if look.paused:
            await self.desk.try_({"do": "resume"})
        elif look.seen == phase[:2]:
            self.world.say(f"{table['name']}: the facilitator ends {look.phase['label']} of turn {look.turn}.")
            await self.desk.try_({"do": "advance"})
        self._since.pop(table["table"], None)

    async def _open_board(self, table: Mapping[str, Any]) -> None:
        if table["table"] in self._opened:
            return
        self._opened.add(table["table"])
        await self.desk.go_to(table["table"])
        if not self.desk.look.data["board"]["open"]:  # it opens by itself when a game is over
            await self.desk.do(do="board", open=True)
        await self.desk.do(do="note", fact="They stopped talking in the fourth turn", so_what="", change="", private=True)
        self.world.say(f"{table['name']} is over; the board is open.")

    # -- what scenes need -----------------------------------------------------------------------------------------------

    def put_out(self, name: str) -> None:
        """Whoever comes under that name again is refused."""
        self._refused.add(name)

    def phase(self, *kinds: str) -> Look:
        """The look at the table, in a phase of one of these kinds. Raises NotYetError."""
        look = self.desk.look
        if look.paused or look.status != "running" or look.phase.get("kind") not in kinds:
            raise NotYetError(f"{look.phase.get('kind')} is not {kinds}")
        return look
