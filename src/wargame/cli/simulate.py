"""`wargame simulate`: a scenario played out many times with bots."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

MOST_OPTIONS = 8


@click.command()
@click.argument("scenario")
@click.option("--games", default=20, show_default=True, type=click.IntRange(1, 1_000_000), help="How many games to play.")
@click.option(
    "--bots", "level", default="one-ply", show_default=True, type=click.Choice(["one-ply", "random"]), help="Who plays."
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes to play in.")
@click.option("--seed", default=1, show_default=True, help="Seed of the first game; the same seeds give the same numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON and nothing else.")
def simulate(scenario: str, games: int, level: str, jobs: int, seed: int, as_json: bool) -> None:
    """Play SCENARIO many times with bots and tell what came of it.

    Who meets the mandate, which options and orders are chosen how often, which cards come, how games end. SCENARIO is a folder
    or the name of a shipped scenario.
    """
    from wargame.cli.opening import open_scenario

    _, program = open_scenario(scenario)
    from wargame.analysis.simulate import play_many, required_seats, summary

    seats = required_seats(program)
    seeds = [str(seed + number) for number in range(games)]
    records = []
    for record in play_many(program, level, seeds, seats, jobs):
        records.append(record)
        if not as_json:
            click.echo(f"\r{len(records)} of {games} games", nl=False, err=True)
    if not as_json:
        click.echo("\r", nl=False, err=True)
    numbers = {"scenario": program.scenario.id, "bots": level, "seed": seed, **summary(program, records, seats)}
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, indent=1))
        return
    titles = {seat: str(program.scenario.seats[seat].title) for seat in seats}
    endings = {each.id: str(each.model.title) for each in program.endings}
    for line in _told(numbers, titles, endings):
        click.echo(line)


def _told(numbers: Mapping[str, Any], titles: Mapping[str, str], endings: Mapping[str, str]) -> Iterator[str]:
    played = f"{numbers['games']} games of {numbers['scenario']} by {numbers['bots']} bots"
    yield f"{played}, {numbers['turns']:.1f} turns on average"
    yield ""
    width = max(4, *(len(title) for title in titles.values()))
    yield f"{'Seat':{width}}   mean  spread  mandate   top   escalate/hold/de-escalate"
    for seat, row in numbers["seats"].items():
        stances = "/".join(f"{100 * share:.0f}" for share in row["stances"].values())
        yield (
            f"{titles[seat]:{width}}  {row['mean']:5.1f}  {row['deviation']:6.1f}  {_percent(row['met']):>7}"
            f"  {_percent(row['top']):>4}   {stances}"
        )
    yield f"Nobody meets the mandate: {_percent(numbers['nobody_met'])}"
    yield ""
    yield "How games end"
    for ending, share in numbers["endings"].items():
        if share:
            yield f"  {_percent(share):>4}  {endings.get(ending, 'The last turn')}"
    lopsided = sorted(
        (
            (max(options.values()), card, key, max(options, key=lambda option: options[option]))
            for card, by_key in numbers["options"].items()
            for key, options in by_key.items()
            if len(options) > 1
        ),
        key=lambda entry: (-entry[0], *entry[1:]),
    )
    if lopsided:
        yield ""
        yield "Options chosen most often where they stand"
        for share, card, key, option in lopsided[:MOST_OPTIONS]:
            yield f"  {_percent(share):>4}  {option}  ({card}, {key})"
    for what, names in numbers["never"].items():
        if names:
            yield ""
            yield f"Never in these games: {what}"
            yield f"  {', '.join(names)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
