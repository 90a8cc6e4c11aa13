"""A server with some classes, for `classroom.py` and `console.py`: prints its port, its process id and every key as JSON.

A class has tables of eight: one person in every seat that must be played, the others in the seat that plays as a team.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from wargame.scenario.shipped import find_scenario
from wargame_server.app import Server
from wargame_server.handles import TableHandle
from wargame_server.listener import Limits

PEOPLE = 8


def seating(table: TableHandle) -> list[str]:
    """The seat of each person at a table."""
    scenario = table.table.game.program.scenario
    needed = [seat for seat in table.seats if not scenario.seats[seat].optional]
    crowded = next((seat for seat in needed if scenario.seats[seat].team is not None), needed[0])
    return (needed + [crowded] * PEOPLE)[:PEOPLE]


async def main(scenario: str, classes: int, tables: int, timed: bool) -> None:
    """Serves until it is ended."""
    limits = Limits(burst=1_000_000, every=1)
    with tempfile.TemporaryDirectory() as folder:
        async with Server(Path(folder) / "games.sqlite3", limits=limits) as server:
            school: list[dict[str, Any]] = []
            for _ in range(classes):
                made = await server.create_class(find_scenario(scenario), tables=tables, timed=timed)
                keys = [[await each.new_seat_token(seat) for seat in seating(each)] for each in made.tables]
                for each in made.tables:
                    await each.start()
                school.append({"code": made.code, "secret": made.secret, "tables": keys})
            print(json.dumps({"port": server.port, "process": os.getpid(), "classes": school}), flush=True)
            await asyncio.Future()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario")
    parser.add_argument("classes", type=int)
    parser.add_argument("tables", type=int)
    parser.add_argument("--timed", action="store_true")
    asked = parser.parse_args()
    asyncio.run(main(asked.scenario, asked.classes, asked.tables, asked.timed))
