"""What searching costs and brings: a searching bot in one seat after the other, beside bots that look one step ahead."""

from __future__ import annotations

import sys
from hashlib import sha256
from math import sqrt
from time import process_time

from measure import table
from wargame.analysis.playout import Playout
from wargame.bots.levels import seat_bot
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario

GAMES = 40  # of each kind; another number may be given as the second argument


def compiled(name: str) -> Program:
    """The scenario that is played."""
    loaded = load(find_scenario(name))
    program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
    assert program is not None, [str(problem) for problem in loaded.report.sorted()]
    return program


def play(program: Program, searching: str | None, seed: str) -> dict[str, float]:
    """The scores of one game."""
    seats = [seat for seat in program.seats if not program.scenario.seats[seat].optional] or list(program.seats)
    bots = {seat: seat_bot("search" if seat == searching else "one-ply", program, seat, seed, silent=True) for seat in seats}
    game = Playout(program, bots)
    game.start(sha256(seed.encode()).digest())
    result = game.play().result
    assert result is not None, "a game that is over has a result"
    return {program.seats[score.seat]: score.total for score in result.scores}


def main() -> None:
    """Measures and prints."""
    name = sys.argv[1] if len(sys.argv) > 1 else "skirmish"
    games = int(sys.argv[2]) if len(sys.argv) > 2 else GAMES
    program = compiled(name)
    start = process_time()
    usual = [play(program, None, str(seed)) for seed in range(games)]
    yard = (process_time() - start) / games
    rows = []
    for seat in usual[0]:
        start = process_time()
        gains = [play(program, seat, str(seed))[seat] - usual[seed][seat] for seed in range(games)]
        seconds = (process_time() - start) / games
        mean = sum(gains) / games
        reach = 1.96 * sqrt(sum((gain - mean) ** 2 for gain in gains) / max(1, games - 1) / games)
        rows.append([seat, f"{mean:+.1f} ± {reach:.1f}", f"{seconds * 1000:.0f} ms", f"{seconds / yard:.1f}"])
    print(table([f"{name}, {games} games, searching:", "points gained", "CPU a game", "times one without"], rows))


if __name__ == "__main__":
    main()
