"""The debrief of a game of the flagship, read and written as a page, beside folding the same game's events."""

from __future__ import annotations

import argparse

from measure import rates, table
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.page import debrief_page
from wargame.analysis.debrief.record import read
from wargame.bots.levels import seat_bot
from wargame.engine.game import Game
from wargame.rules.compile import build
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario

MOST_BYTES = 2_000_000


def played(name: str) -> Chronicle:
    """A game by bots that went through every turn, or the longest of some."""
    loaded = load(find_scenario(name))
    assert loaded.scenario is not None
    program = build(loaded.scenario, loaded.report)
    assert program is not None
    games = []
    for number in range(20):
        bots = {seat: seat_bot("one-ply", program, seat, str(number)) for seat in program.seats}
        games.append(Chronicle.of_playout(program, number.to_bytes(32, "little"), bots))
        if games[-1].state.turn == program.scenario.turns.count:
            break
    return max(games, key=lambda game: game.state.turn)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="five_questions")
    chronicle = played(parser.parse_args().scenario)
    events = [event for entry in chronicle.live for event in entry.events]
    size = len(debrief_page(chronicle, version="1").encode())

    def fold(_: int) -> None:
        Game.replayed(chronicle.base, events)

    def record(_: int) -> None:
        read(chronicle)

    def page(_: int) -> None:
        debrief_page(chronicle, version="1")

    bare, reading, whole = rates([fold, record, page], count=1, rounds=5)
    rows = [
        [what, f"{1000 / rate:.0f}", f"{bare / rate:.0f}"]
        for what, rate in (("fold the events", bare), ("read for the debrief", reading), ("read and write the page", whole))
    ]
    print(table([f"{chronicle.state.turn} turns, {len(events):,} events (medians)", "ms", "times"], rows))
    print(f"The page is {size / 1000:,.0f} kB; aim: under {MOST_BYTES / 1000:,.0f} kB, without what if.")


if __name__ == "__main__":
    main()
