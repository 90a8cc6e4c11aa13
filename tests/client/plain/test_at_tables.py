"""At a real table the line mode does what the screens do: from the lobby to the end, for players, teams and the facilitator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from attrs import define

from tests.client.plain.typist import Sitting, Typist, sitting
from wargame.client.address import Address
from wargame.client.session import Session
from wargame.scenario.shipped import find_scenario
from wargame_server.app import Server
from wargame_server.journal.memory import MemoryJournal


async def at_once(seconds: float) -> None:
    """No wait between two tries."""


@define
class Room:
    """A server with a class of two tables, and those who sit at lines."""

    stack: AsyncExitStack
    server: Server
    made: Any
    folder: Path

    async def sits(self, name: str, **more: Any) -> Sitting:
        code = "" if "secret" in more or "token" in more else str(self.made.code)
        address = Address("127.0.0.1", self.server.port, code)
        session = Session(address, name=name, client="test", sleep=at_once, **more)
        return await self.stack.enter_async_context(sitting(session, self.folder / name))

    async def boss(self) -> Typist:
        """The facilitator, who hears everything at once."""
        desk = (await self.sits("Boss", secret=self.made.secret)).typist
        await desk.hears("You are the facilitator")
        await desk.type("live")
        return desk

    async def player(self, desk: Typist, name: str, seat: str, **more: Any) -> Sitting:
        """Somebody who came in by the lobby."""
        sat = await self.sits(name, **more)
        await sat.typist.hears("Waiting for the facilitator to let you in.")
        await desk.hears(f"At the door: {name}.")
        await desk.type("approve", seat)
        await sat.typist.hears("You are The")
        await desk.hears(f"{name} is here.")  # the class is told of twice a second at most
        return sat

    @property
    def state(self) -> Any:
        return self.made.tables[0].table.game.state


def responses(at: Room) -> Any:
    """The answers that count at the first table."""
    return [answer for answer in at.state.answers.values() if answer]


@asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Room]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(Server(MemoryJournal()))
        made = await server.create_class(find_scenario("bridge_week"), tables=2, seed=bytes(range(32)), timed=False)
        yield Room(stack, server, made, folder)


async def test_from_the_lobby_to_the_second_phase(tmp_path: Path) -> None:
    async with room(tmp_path) as at:
        desk = await at.boss()
        ana = (await at.player(desk, "Ana", "table 1 white house")).typist
        await desk.type("start 2")
        await ana.type("live")
        await ana.hears("Card to answer: The Tariff Letter. Read it: read 1.")
        assert "Answered. You can change it until you are done." in await ana.type(
            "answer 1 3", "Borders stay open.", "40", "yes"
        )
        assert "Sealed." in await ana.type("done", "yes")
        await desk.type("advance", "yes")
        await ana.hears("Turn 1 of 3: February. Rooms and orders.")
        said = await ana.type("order outreach", "", "yes")
        assert "In your draft. When you are done, type done." in said
        assert "1. Good-neighbour outreach" in await ana.type("orders")
        await ana.type("to cartel: We know where you are.", "say Good morning.")
        await desk.hears("Message from WH to CJ: We know where you are.")
        await desk.type("advance", "yes")
        await ana.hears("Turn 2 of 3: March.")
        assert at.state.turn == 2


async def test_a_lost_connection_is_said_once_and_comes_back(tmp_path: Path) -> None:
    async with room(tmp_path) as at:
        desk = await at.boss()
        sat = await at.player(desk, "Ana", "table 1 white house", batch=0.0)
        await sat.typist.type("live")
        door: Any = sat.client.door
        await door._hang_up()
        await sat.typist.hears("The connection is back.")
        said = sat.typist.said
        assert sum(line.startswith("The connection is lost.") for line in said) == 1


async def test_another_seat_and_a_closed_place_are_told_in_words(tmp_path: Path) -> None:
    async with room(tmp_path) as at:
        desk = await at.boss()
        sat = await at.player(desk, "Ana", "table 1 white house")
        await sat.typist.type("live")
        await desk.type("move ana", "table 1 cartel")
        await sat.typist.hears("You are now The Cartel.")
        await desk.type("move ana", "table 2 white house")
        await sat.typist.hears("You are now The White House.")
        await desk.type("mute ana")
        said = await sat.typist.type("say Hello?")
        assert "Not done." in said
        await desk.type("kick ana", "yes")
        await sat.typist.hears("The connection is closed.")
        await sat.typist.hears("Type retry to connect again, or quit to leave.")


async def test_the_stop_signal_pauses_the_table_without_a_name(tmp_path: Path) -> None:
    async with room(tmp_path) as at:
        desk = await at.boss()
        ana = (await at.player(desk, "Ana", "table 1 white house")).typist
        await desk.type("start 2")
        await ana.type("live")
        await ana.hears("Card to answer")
        await ana.type("stop", "yes")
        await ana.hears("Paused.")
        told = await desk.hears("Somebody asks to stop at Table 1.")
        assert "Ana" not in told
        assert any("Who asked is not kept anywhere" in line for line in await desk.type("stopped", "yes"))
        await desk.type("resume")
        await ana.hears("The game goes on.")


async def test_a_team_of_two_decides_together(tmp_path: Path) -> None:
    async with room(tmp_path) as at:
        desk = await at.boss()
        ana = (await at.player(desk, "Ana", "table 1 white house")).typist
        ben = (await at.player(desk, "Ben", "table 1 white house")).typist
        await desk.type("start 2")
        await ana.type("live")
        await ben.type("live")
        await ben.hears("Card to answer")
        said = await ana.type("answer 1 3", "Borders stay open.", "", "yes")
        assert any(line.startswith("Put to your team: 1 of 2") for line in said)
        await ben.hears("Team: Ana suggests:")
        assert not responses(at)
        said = await ben.type("endorse", "yes")
        assert any(line.startswith("WH Adopted") for line in said)
        assert responses(at)
        assert any("Ana" in line for line in await ben.type("team"))


async def test_the_facilitator_s_hand_on_cards_values_and_the_record(tmp_path: Path) -> None:
    async with room(tmp_path) as at:
        desk = await at.boss()
        ana = (await at.player(desk, "Ana", "table 1 white house")).typist
        await desk.type("start 2")
        await ana.type("live")
        await ana.hears("Card to answer")
        await desk.type("hold culiacan", "Too early.")
        assert any("Culiacan Holds Its Breath, held back" in line for line in await desk.type("timeline"))
        await desk.type("fire wrong house", "yes")
        await ana.hears("The Wrong House")
        await desk.type("override escalation", "4", "They misread it.", "yes")
        assert any(line.startswith("Escalation ladder: 4") for line in await ana.type("situation"))
        await ana.type("petition We ask the Pope.", "", "They trust him.", "", "", "He is old.", "yes", "yes")
        await desk.hears("Proposal of The White House: We ask the Pope.")
        await desk.type("rule", "80", "escalation -1", "", "He comes.", "He stays away.", "yes", "yes")
        await desk.type("act white", "tariff", "1", "On paper.")
        await desk.type("advance", "yes")
        await ana.hears("Rooms and orders.")
        await desk.type("rewind 1", "We begin anew.")
        await ana.hears("Turn 1 of 3: February. Crisis desk.")
        await desk.type("fork 1", "people stay")
        assert len(at.made.tables) == 3
        assert any(line.startswith("2. Table 2: ") for line in await desk.type("tables"))
        assert any("Ana" in line for line in await desk.type("people"))
        await desk.type("table 2")
        await desk.hears("You are now White cell.")
