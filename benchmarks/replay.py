"""A step back in a replay, near the beginning and near the end of a whole game, beside folding the game up to there anew."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from random import Random

from measure import rates, table
from report import played
from wargame.analysis.reel import Reel
from wargame.client.replay.door import ReplayDoor
from wargame.engine.game import Game

SPAN = 30  # positions stepped among, at either end


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="five_questions")
    chronicle = played(parser.parse_args().scenario)
    reel = Reel(chronicle)
    door = ReplayDoor(reel, "white_cell", len(reel))
    door.glance()  # what is learned by each viewer is worked out once, on the first look
    rng = Random(1)

    def step(first: int) -> Callable[[int], None]:
        def run(_: int) -> None:
            door.go(first + rng.randrange(SPAN))
            door.glance()

        return run

    def fold(first: int) -> Callable[[int], None]:
        def run(_: int) -> None:
            Game.replayed(chronicle.base, [moment.event for moment in reel.moments[: first + rng.randrange(SPAN)]])

        return run

    ends = (("near the beginning", reel.start), ("near the end", len(reel) - SPAN))
    rows = []
    for what, first in ends:
        ours, bare = rates([step(first), fold(first)], count=50)
        rows.append([what, f"{1000 / ours:.2f}", f"{1000 / bare:.2f}", f"{bare / ours:.2f}"])
    head = f"a step in {chronicle.state.turn} turns, {len(reel):,} events (medians)"
    print(table([head, "step ms", "fold ms", "times"], rows))


if __name__ == "__main__":
    main()
