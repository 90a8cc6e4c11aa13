"""`wargame simulate`: a scenario played out many times with bots."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:  # the help must not cost the engine
    from wargame.analysis.simulate import Simulation
    from wargame.analysis.sweep.run import Progress
    from wargame.analysis.sweep.targets import Balance

SECONDS_BETWEEN_LINES = 10  # of progress, where no bar can be drawn


def sweep_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which games are played, for every command that plays many."""
    for option in reversed(
        (
            click.option("--games", default=100, show_default=True, type=click.IntRange(1, 1_000_000), help="How many games."),
            click.option("--bots", "spec", default="one-ply", show_default=True, metavar="SPEC", help="Who plays: see above."),
            click.option("--seats", default="required", show_default=True, help="People's seats: see above."),
            click.option(
                "--seed", default=1, show_default=True, type=click.IntRange(0, 10**12), help="Seed of the first game."
            ),
            click.option("--jobs", type=click.IntRange(1, 256), help="Processes to play in; all cores unless you say."),
            click.option(
                "--chunks",
                type=click.Path(path_type=Path, file_okay=False),
                help="Keep finished games in this folder, not in the cache.",
            ),
            click.option("--fresh", is_flag=True, help="Play all games again, also those that are kept."),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("scenario")
@sweep_options
@click.option("--against", metavar="SPEC", help="Play the same games by other bots too, and compare.")
@click.option("--check", is_flag=True, help="Judge the numbers by targets; exit with 1 if one is missed.")
@click.option("--quick", is_flag=True, help="With --check: wider targets, and only those that few games can tell.")
@click.option("--all", "everything", is_flag=True, help="Tell about every card, order, agreement and track.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON and nothing else.")
def simulate(
    scenario: str, against: str | None, check: bool, quick: bool, everything: bool, as_json: bool, **asked: Any
) -> None:
    """Play SCENARIO many times with bots and tell what came of it.

    Who meets the mandate, which options and orders are chosen and what follows, which cards come, how games end. SCENARIO is
    a folder or the name of a shipped scenario. The same seeds give the same numbers, for any number of jobs. Stopped and
    started again, it goes on where it was.

    --bots takes one level for all seats (one-ply, hawk, dove, tit-for-tat, search, random),
    or pairs: washington=random,*=one-ply

    --seats says whose mandates are judged: required, all, a number, or a list: washington,congress
    """
    from wargame.analysis.simulate import judged
    from wargame.analysis.sweep.telling import tell

    if quick and not check:
        raise click.UsageError("--quick goes with --check.")
    simulation, balance = simulation_of(scenario, against=against, **asked)
    numbers = run(simulation)
    if check:
        numbers = judged(numbers, balance, quick=quick)
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False))
    else:
        for line in tell(numbers, everything=everything):
            click.echo(line)
    if check and not numbers["health"]["met"]:
        sys.exit(1)


def simulation_of(
    scenario: str,
    *,
    games: int,
    spec: str,
    seats: str,
    seed: int,
    jobs: int | None,
    chunks: Path | None,
    fresh: bool,
    against: str | None = None,
) -> tuple[Simulation, Balance]:
    """What the options of `sweep_options` ask for. Ends the command where they make no sense (exit 2)."""
    from wargame.cli.opening import echo_problems, open_scenario

    path, program = open_scenario(scenario)
    from wargame.analysis.simulate import Simulation, balance_of, people_of
    from wargame.analysis.sweep.plan import Plan
    from wargame.analysis.sweep.store import bound, cache_folder
    from wargame.scenario.problem import Report

    report = Report()
    assert isinstance(path, Path), "without a language the scenario is a place"
    try:
        balance = balance_of(path, program.seats, report)
        plan = Plan.of(program, spec, people_of(program, seats, balance), seed=seed, games=games)
        simulation = Simulation(plan, against, chunks or cache_folder(), jobs or _cores())
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    if report.failed:
        echo_problems(report)
        raise click.ClickException(f"{scenario} says its balance targets wrongly.")
    if fresh:
        simulation.sweep.forget()
    if chunks is None:
        bound(cache_folder(), frozenset(each.name for each in simulation.sweep.plans))
    return simulation, balance


def run(simulation: Simulation) -> dict[str, Any]:
    """Plays with a progress bar, or lines where there is no terminal, on stderr. Ends the command if a game fails (exit 1)."""
    from wargame.analysis.sweep.plan import GameFailedError

    try:
        with _progress() as told:
            numbers = simulation.run(told)
    except GameFailedError as failed:
        raise click.ClickException(str(failed)) from failed
    except KeyboardInterrupt:
        kept = " Finished games are kept: the same command goes on from here." if simulation.sweep.keeps else ""
        click.echo(f"\nStopped.{kept}", err=True)
        sys.exit(130)
    for words in simulation.sweep.remarks():
        click.echo(words, err=True)
    return numbers


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    bars: list[Any] = []
    started = last = time.monotonic()

    def told(now: Progress) -> None:
        nonlocal last
        if not bars and now.done == now.found:
            if now.found:
                click.echo(f"{now.found} of {now.games} games were played before and are kept.", err=True)
            if sys.stderr.isatty() and now.done < now.games:
                bars.append(click.progressbar(length=now.games - now.found, label="Playing", file=sys.stderr, show_pos=True))
                bars[0].__enter__()
            return
        if bars:
            bars[0].update(now.done - now.found - bars[0].pos)
        elif time.monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            left = (now.games - now.done) * (last - started) / (now.done - now.found)
            click.echo(f"{now.done} of {now.games} games, about {_duration(left)} left", err=True)

    try:
        yield told
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
