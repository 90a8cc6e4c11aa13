"""`wargame rehearse`: how long a scenario takes a class, and what never happens in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from wargame.cli.pacing import pace_option

MOST_LISTED = 12


@click.command("rehearse")
@click.argument("scenario")
@click.option("--games", type=click.IntRange(1, 10_000), default=40, show_default=True, help="How many games to rehearse.")
@click.option(
    "--seats", default="required", show_default=True, help="Seats that people take: required, all, a number, or names."
)
@click.option("--students", type=click.IntRange(1, 400), help="How many there are: teams talk longer than one person.")
@click.option("--untimed", is_flag=True, help="As if phases did not end by the clock.")
@click.option(
    "--fit", "fit_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A plan by `wargame fit`."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the first game; the same seeds give the same figures.")
@click.option("--language", metavar="CODE", help="Of the texts in this language; the scenario's first if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON and nothing else.")
@pace_option
def rehearse(
    scenario: str,
    games: int,
    seats: str,
    students: int | None,
    untimed: bool,
    fit_file: Path | None,
    seed: int,
    language: str | None,
    as_json: bool,
    pace: str,
) -> None:
    """Rehearse SCENARIO with bots that need a person's time: minutes by turn and phase, messages, and what never happens."""
    from wargame.analysis.rehearsal.fit import Seating
    from wargame.analysis.rehearsal.rehearse import Rehearsal
    from wargame.cli.opening import open_scenario
    from wargame.cli.pacing import pace_named, people_of, read_fit_file

    _, program = open_scenario(scenario, language, "" if fit_file is None else read_fit_file(fit_file))
    people = people_of(scenario, program, seats)
    try:
        members = Seating.of(students, people).members if students is not None else {}
    except ValueError as fault:
        raise click.UsageError(str(fault)) from fault
    found = Rehearsal(program, people, pace_named(pace), members, timed=not untimed).run(games, seed).plain()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for line in tell(found, str(program.scenario.title), pace):
        click.echo(line)


def tell(found: Mapping[str, Any], title: str, pace: str) -> Iterator[str]:
    """The figures as lines."""
    games = found["games"]
    yield f"{title}: {games} {'game' if games == 1 else 'games'} rehearsed at a {pace} pace."
    yield "Figures are medians (a tenth of the games takes less - more)."
    before, after = found["opening_minutes"], found["debrief_minutes"]
    yield f"To play: {_spread(found['minutes'])} minutes. Before it about {before:g}, for the debrief {after:g}."
    yield ""
    yield "Turn      minutes"
    for row in found["turns"]:
        name = "set-up" if row["turn"] == 0 else str(row["turn"])
        less = f"   (in {row['games']} of {games} games)" if row["games"] < games else ""
        yield f"{name:8}  {_spread(row['minutes'])}{less}"
    yield ""
    yield "Phase        times a game  seconds                clock  out of time"
    for name, row in found["phases"].items():
        clock = f"{row['clock']:5}  {row['cut']:11.0%}" if row["clock"] else "    -            -"
        yield f"{name[:12]:12} {row['times']:12.1f}  {_spread(row['seconds']):21}  {clock}"
    yield ""
    yield "Seat               decisions a turn  messages"
    for name, row in found["seats"].items():
        idle = f"   nothing to decide for three turns in {row['idle_games']} games" if row["idle_games"] else ""
        yield f"{name[:18]:18} {row['decisions_a_turn']:16.1f}  {_spread(row['messages'])}{idle}"
    yield ""
    seldom = [f"{name} {share:.0%}" for name, share in found["coverage"].items() if share < 0.5]
    if seldom:
        yield f"Objectives that fewer than half of the games meet: {', '.join(seldom)}."
    if found["never_dealt"]:
        yield f"Cards that never came: {_some(found['never_dealt'])}."
    if found["never_chosen"]:
        yield f"Answers that nobody gave: {_some(['.'.join(each) for each in found['never_chosen']])}."


def _spread(figures: Mapping[str, float]) -> str:
    return f"{figures['median']:.0f} ({figures['low']:.0f} - {figures['high']:.0f})"


def _some(names: list[str]) -> str:
    more = len(names) - MOST_LISTED
    return ", ".join(names[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
