"""A whole game by bots over real connections, one seat acting at a time, so that a seed tells one story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

from attrs import define, field

from wargame.analysis.story import tell_game
from wargame.bots.bot import Bot
from wargame.bots.chair import Chair, seated
from wargame.bots.idle import Idle
from wargame.bots.levels import seat_bot
from wargame.bots.schedule import schedule
from wargame.cli.opening import game_seed
from wargame.rules.program import Program
from wargame.wire import messages as wire
from wargame_server.app import Server
from wargame_server.listener import Limits

CLIENT = "wargame demo"
UNLIMITED = Limits(burst=1_000_000, every=1)  # bots at a private table are as fast as they can be


@define
class Chronicle:
    """What the white cell hears: the catalog, every story, the result."""

    catalog: Mapping[str, Any] = field(factory=dict)
    stories: list[Mapping[str, Any]] = field(factory=list)
    result: Mapping[str, Any] | None = None

    def hear(self, message: wire.ServerMessage) -> None:
        """Keeps what belongs to the story."""
        if isinstance(message, wire.Welcome):
            self.catalog = message.catalog
            if message.view is not None:
                self.stories.extend(message.view["feed"])
                self.result = message.view["result"]
        elif isinstance(message, wire.Update):
            for op in message.ops:
                if op[:2] == ["push", "feed"]:
                    self.stories.append(op[2])
                elif op[:2] == ["set", "result"]:
                    self.result = op[2]


async def play(
    program: Program, scenario: Path | Mapping[str, str], folder: Path, seats: Sequence[str], level: str, seed: str
) -> Chronicle:
    """Plays a game through a server of its own, untimed, its journal in `folder`: a bot in each of the seats."""
    chronicle = Chronicle()
    async with Server(folder / "game.sqlite3", limits=UNLIMITED) as server, AsyncExitStack() as stack:
        table = await server.create_table(scenario, seed=game_seed(seed), played=seats, timed=False)
        hello = wire.Hello(name="Facilitator", client=CLIENT, secret=table.secret)
        house = await stack.enter_async_context(seated(server.url, hello, lambda _: Idle(), chronicle.hear))
        chairs: dict[str, Chair] = {}
        for seat in seats:
            hello = wire.Hello(name=f"Bot {len(chairs) + 1}", client=CLIENT, token=table.seat_token(seat))
            make = partial(_bot, level, program, seat, seed)
            chairs[seat] = await stack.enter_async_context(seated(server.url, hello, make))
        refused = await house.do({"do": "start"})
        if refused is not None:
            raise ConnectionError(refused.reason)
        await _play_out(house, chairs)
        await house.catch_up()
    return chronicle


def _bot(level: str, program: Program, seat: str, seed: str, _: wire.Welcome) -> Bot:
    return seat_bot(level, program, seat, seed)


async def _play_out(house: Chair, chairs: Mapping[str, Chair]) -> None:
    plan = schedule(list(chairs))
    turn = next(plan)
    acted = False
    while True:
        if turn is None:
            await house.do({"do": "advance"})
            chair, acted = house, True
        else:
            chair = chairs[turn[0]]
            acted = await chair.act(sealing=turn[1])
        data = chair.driver.data
        if data["status"] == "over":
            return
        turn = plan.send((acted, (data["status"], data["turn"], data["phase"])))


def told(program: Program, chronicle: Chronicle, level: str, seed: str) -> Iterator[str]:
    """The lines of the game's text."""
    assert chronicle.result is not None, "a game that was played to its end has a result"
    about = f"Played by {level} bots in all seats, without clocks. Seed {seed}; version {program.scenario.version}."
    return tell_game(chronicle.catalog, chronicle.stories, chronicle.result, [about])
