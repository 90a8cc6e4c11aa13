"""A server with one table of many seats, for `fanout.py`. Prints its port and the seats' tokens as JSON."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
from pathlib import Path

from wargame_server.app import Server
from wargame_server.listener import Limits

HALL = Path(__file__).resolve().parent / "yardstick" / "hall" / "scenario.yaml"
SEAT = re.compile(r"^  g(\d+): .*\n", re.MULTILINE)


def hall(seats: int) -> str:
    """The hall with this many seats."""
    return SEAT.sub(lambda line: line[0] if int(line[1]) < seats else "", HALL.read_text(encoding="utf-8"))


async def main(seats: int) -> None:
    """Serves until it is ended."""
    limits = Limits(burst=1_000_000, every=1)
    with tempfile.TemporaryDirectory() as folder:
        async with Server(Path(folder) / "games.sqlite3", limits=limits) as server:
            table = await server.create_table({"scenario.yaml": hall(seats)}, timed=False)
            await table.start()
            tokens = [table.seat_token(seat) for seat in table.seats]
            print(json.dumps({"port": server.port, "tokens": tokens}), flush=True)
            await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
