"""A private table: a running game with bots in all seats but one, which is left for a person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

from attrs import frozen
from websockets.exceptions import ConnectionClosed

from wargame.bots.chair import Chair, TurnedAwayError, seated
from wargame.bots.levels import seat_bot
from wargame.cli.opening import game_seed
from wargame.rules.program import Program
from wargame.wire import messages as wire
from wargame_server.app import Server


@frozen
class PrivateTable:
    """Where it is (`host:port`) and the token of the seat that is left."""

    address: str
    token: str


@asynccontextmanager
async def private_table(
    program: Program, scenario: Path | Mapping[str, str], folder: Path, seats: Sequence[str], yours: str, level: str, seed: str
) -> AsyncIterator[PrivateTable]:
    """The table, while the block runs; its journal lies in `folder`. Phases have no clocks."""
    async with Server(folder / "game.sqlite3") as server, AsyncExitStack() as stack:
        table = await server.create_table(scenario, seed=game_seed(seed), played=seats, timed=False)
        bots: list[asyncio.Task[None]] = []
        for seat in seats:
            if seat != yours:
                hello = wire.Hello(name=f"Bot {len(bots) + 1}", client="wargame demo", token=table.seat_token(seat))
                bot = seat_bot(level, program, seat, seed)
                chair = await stack.enter_async_context(seated(server.url, hello, lambda _, bot=bot: bot))  # type: ignore[misc]
                bots.append(asyncio.create_task(_attend(chair)))
        refused = await table.start()
        if refused is not None:
            raise ConnectionError(refused.reason)
        yield PrivateTable(f"{server.host}:{server.port}", table.seat_token(yours))
        for attending in bots:
            attending.cancel()
        await asyncio.gather(*bots, return_exceptions=True)


async def _attend(chair: Chair) -> None:
    """Plays until the game is over or the table is gone; the person's game goes on without a bot that is gone."""
    with suppress(ConnectionClosed, TurnedAwayError):
        await chair.attend()
