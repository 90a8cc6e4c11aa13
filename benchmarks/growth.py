"""Whether a long game gets slow: a turn early and a turn late in a game without end, and opening journals of growing length."""

from __future__ import annotations

import asyncio
import gc
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from measure import table
from playouts import compiled
from wargame.engine.coding import encode
from wargame.engine.commands import Advance, Respond, Seal
from wargame.engine.events import Event
from wargame.engine.game import Game
from wargame.engine.legality import addressee_of, kind_of, mover_of
from wargame.engine.project import project
from wargame.scenario.model import PhaseKind
from wargame.wire.packing import pack

HERE = Path(__file__).resolve().parent
EARLY, LATE = 8, 800
WINDOW = 5  # turns around the one that is reported


def one(game: Game, luck: Random) -> Sequence[Event]:
    """One step of random play; the events of it."""
    waiting = game.active()
    if not waiting:
        game.run_house(Advance())
    elif kind_of(game.program, game.state) is PhaseKind.TURNS and mover_of(game.program, game.state) == waiting[0]:
        legal = game.listed(waiting[0])
        if legal:
            game.give(waiting[0], *luck.choice(legal))
        else:
            game.do(waiting[0], Seal())
    else:
        return answer(game, waiting[0], luck)
    return tuple(game.work.events)


def answer(game: Game, seat: int, luck: Random) -> Sequence[Event]:
    """A seat answers its cards and is done."""
    made: list[Event] = []
    for card in game.state.hand:
        addressee = addressee_of(game.program, card, seat)
        if not card.resolved and addressee is not None:
            game.do(seat, Respond(card.number, luck.choice(addressee.options).id, "", None))
            made += game.work.events
    game.do(seat, Seal())
    return (*made, *game.work.events)


def main() -> None:
    """Plays one long game and prints how its turns compare."""
    program = compiled(HERE / "yardstick" / "endless", recording=True)
    late = min(LATE, program.scenario.turns.count - WINDOW)
    luck = Random(1)
    game = Game.started(program, sha256(b"growth").digest())
    seconds: dict[int, float] = {}
    stored: dict[int, int] = {}
    shown: dict[int, int] = {}
    gc.collect()
    while not game.over:
        turn = game.state.turn
        start = perf_counter()
        events = one(game, luck)
        seconds[turn] = seconds.get(turn, 0.0) + perf_counter() - start
        stored[turn] = stored.get(turn, 0) + sum(len(pack(encode(event))) for event in events)
        if abs(turn - EARLY) <= WINDOW or abs(turn - late) <= WINDOW:
            ops = [op for event in events for op in project(program, game.state, event, 0)]
            shown[turn] = shown.get(turn, 0) + len(pack(ops))

    def around(values: dict[int, float] | dict[int, int], turn: int) -> float:
        return median(float(values[each]) for each in range(turn - WINDOW, turn + WINDOW) if each in values)

    rows = []
    for what, values, scale in (
        ("ms to play", seconds, 1000.0),
        ("bytes of events", stored, 1.0),
        ("bytes to one seat", shown, 1.0),
    ):
        first, last = around(values, EARLY) * scale, around(values, late) * scale
        rows.append([what, f"{first:.2f}", f"{last:.2f}", f"{last / first:.2f}"])
    print(table(["a turn (medians of ten)", f"turn {EARLY}", f"turn {late}", "ratio"], rows))
    print()
    print(asyncio.run(journals(HERE / "yardstick" / "endless")))


async def journals(scenario: Path) -> str:
    """Times the opening of a server on journals of one game, of growing length."""
    from wargame_server.app import Server

    rows = []
    empty = 0.0  # what opening costs before the first command: compiling the scenario, most of all
    for turns in (0, 50, 100, 200, 400):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "games.sqlite3"
            async with Server(path) as server:
                handle = await server.create_table(scenario, seed=sha256(b"growth").digest(), timed=False)
                await handle.start()
                while handle.table.game.state.turn < turns:
                    await handle.table.house(Advance)
                length = handle.table.head
            start = perf_counter()
            async with Server(path):
                took = perf_counter() - start
            empty = empty or took
            each = f"{1e6 * (took - empty) / length:.0f}" if turns else ""
            rows.append([f"{turns} turns", str(length), f"{1000 * took:.0f}", each])
    return table(["opening a game's journal", "rows", "ms", "µs more a row"], rows)


if __name__ == "__main__":
    main()
