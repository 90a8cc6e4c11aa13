"""Games a second of the compiled engine, beside the same game in straight-line Python; and whether both play the same game."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import fmean, variance

from measure import ROUNDS, rates, table
from wargame.analysis.quick import play_at_random
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario
from yardstick.generate import TRACKS, slot
from yardstick.straight import play as play_straight

HERE = Path(__file__).resolve().parent
GAMES = 40  # a round
FLAGSHIP_GAMES = 3
COMPARED = 1_000


def compiled(path: Path, *, recording: bool) -> Program:
    """The scenario in a folder, with or without keeping what effects wrote."""
    loaded = load(path)
    program = build(loaded.scenario, loaded.report, recording=recording) if loaded.scenario is not None else None
    assert program is not None, [str(problem) for problem in loaded.report.sorted()]
    return program


def seed(number: int) -> bytes:
    """32 bytes for a game's dice."""
    return number.to_bytes(32, "little")


def worst_difference(program: Program) -> float:
    """The largest difference of the tracks' mean ends between the two games, in standard errors of that difference."""
    names = [program.slot_of[slot(track)] for track in range(TRACKS)]
    ours, theirs = [], []
    for number in range(COMPARED):
        board = play_at_random(program, seed(number), Random(number)).state.board
        ours.append([board[index] for index in names])
        theirs.append(play_straight(Random(number)))
    worst = 0.0
    for track in range(TRACKS):
        mine, other = [row[track] for row in ours], [row[track] for row in theirs]
        error = ((variance(mine) + variance(other)) / COMPARED) ** 0.5
        worst = max(worst, abs(fmean(mine) - fmean(other)) / error)
    return worst


def main() -> None:
    """Measures and prints."""
    on = compiled(HERE / "yardstick" / "scenario", recording=True)
    off = compiled(HERE / "yardstick" / "scenario", recording=False)
    straight, with_events, without = rates(
        [
            lambda number: play_straight(Random(number)),
            lambda number: play_at_random(on, seed(number), Random(number)),
            lambda number: play_at_random(off, seed(number), Random(number)),
        ],
        GAMES,
    )
    flagship = compiled(find_scenario("five_questions"), recording=True)
    (full,) = rates([lambda number: play_at_random(flagship, seed(number), Random(number))], FLAGSHIP_GAMES)
    rows = [
        ["straight-line Python (the yardstick)", f"{straight:.0f}", "1.00"],
        ["compiled, events on", f"{with_events:.0f}", f"{with_events / straight:.2f}"],
        ["compiled, events off", f"{without:.0f}", f"{without / straight:.2f}"],
        ["five_questions, events on", f"{full:.1f}", ""],
    ]
    print(table([f"random play (medians of {ROUNDS})", "games/s", "times yardstick"], rows))
    print(f"\nThe same game? Worst z of {TRACKS} track means over {COMPARED} games each: {worst_difference(on):.1f}")


if __name__ == "__main__":
    main()
