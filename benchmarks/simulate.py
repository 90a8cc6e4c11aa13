"""Flagship games a second through `simulate`: bots that look ahead beside bots that draw lots, by processes; and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from time import perf_counter, process_time

from measure import table
from wargame.analysis.simulate import Simulation, required_seats
from wargame.analysis.sweep.plan import Plan
from wargame.analysis.sweep.run import Progress
from wargame.bots.levels import parse_spec
from wargame.rules.compile import build
from wargame.rules.program import Program
from wargame.scenario.load import load
from wargame.scenario.shipped import find_scenario

GAMES = 48  # of each kind, for each process
PROTOTYPE = 2.0  # games a second by the brief's prototype, a plain Python calculator, with bots that look one step ahead
AIM = 40.0
FEW = 24  # games after which memory is read first; then after four times as many


def flagship() -> Program:
    """The scenario that is played."""
    loaded = load(find_scenario("five_questions"))
    program = build(loaded.scenario, loaded.report) if loaded.scenario is not None else None
    assert program is not None, [str(problem) for problem in loaded.report.sorted()]
    return program


def play(program: Program, level: str, games: int, jobs: int) -> tuple[float, float]:
    """Games a second, and games a second of this process's own time, which others on the machine do not take from it.

    What processes need to start is left out.
    """
    seats = required_seats(program)
    marks: list[tuple[float, float, int]] = []

    def told(progress: Progress) -> None:
        marks.append((perf_counter(), process_time(), progress.done))

    Simulation(Plan(program, parse_spec(level, seats), seats, 1, games), jobs=jobs).run(told)
    # The first chunk of each process is for getting warm.
    (start, own, before), (end, own_end, after) = marks[min(jobs, len(marks) - 2)], marks[-1]
    return (after - before) / (end - start), (after - before) / (own_end - own)


def peak(games: int) -> int:
    """KiB that a process of its own took at most to play so many games."""
    here = [sys.executable, __file__, "peak", str(games)]
    return int(subprocess.run(here, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Measures and prints."""
    program = flagship()
    cores = os.cpu_count() or 1
    lots, lots_own = play(program, "random", GAMES, 1)
    ahead, ahead_own = play(program, "one-ply", GAMES, 1)
    together, _ = play(program, "one-ply", GAMES * cores, cores)
    rows = [
        ["random, 1 process", f"{lots:.1f}", f"{lots_own:.1f}", "1.00", f"{lots_own / PROTOTYPE:.1f}"],
        [
            "one-ply, 1 process",
            f"{ahead:.1f}",
            f"{ahead_own:.1f}",
            f"{ahead_own / lots_own:.2f}",
            f"{ahead_own / PROTOTYPE:.1f}",
        ],
        [f"one-ply, {cores} processes", f"{together:.1f}", "", f"{together / lots:.2f}", f"{together / PROTOTYPE:.1f}"],
    ]
    print(table(["flagship, 6 seats", "games/s", "games/CPU s", "times random", "times prototype"], rows))
    print(f"\nscaling with {cores} processes: {together / ahead:.2f} (of {cores}; aim for 1.8 with 2)")
    print(f"the brief's prototype plays {PROTOTYPE:.0f} games a second with such bots; the aim is {AIM:.0f}")
    few, many = peak(FEW), peak(4 * FEW)
    print(
        f"\npeak memory after {FEW} games {few / 1024:.0f} MiB, after {4 * FEW} games {many / 1024:.0f} MiB: {many / few:.3f}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["peak"]:
        play(flagship(), "one-ply", int(sys.argv[2]), 1)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    else:
        main()
