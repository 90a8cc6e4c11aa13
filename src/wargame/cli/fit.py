"""`wargame fit`: a scenario cut to the minutes there are."""

from __future__ import annotations

import json
from pathlib import Path

import click

from wargame.cli.pacing import pace_option


@click.command("fit")
@click.argument("scenario")
@click.option(
    "--minutes", type=click.IntRange(5, 24 * 60), required=True, help="How long the lesson is, opening and debrief included."
)
@click.option("--students", type=click.IntRange(1, 400), help="How many there are: proposes tables and teams.")
@click.option(
    "--seats", default="required", show_default=True, help="Seats that people take: required, all, a number, or names."
)
@click.option("--opening", type=click.FloatRange(0, 600), help="Minutes before the game; the pace's usual if not given.")
@click.option("--debrief", type=click.FloatRange(0, 600), help="Minutes after the game; the pace's usual if not given.")
@click.option("--language", metavar="CODE", help="Of the texts in this language; the scenario's first if not given.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the plan as a file for `wargame host --fit`."
)
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON and nothing else.")
@pace_option
def fit(
    scenario: str,
    minutes: int,
    students: int | None,
    seats: str,
    opening: float | None,
    debrief: float | None,
    language: str | None,
    output: Path | None,
    as_json: bool,
    pace: str,
) -> None:
    """Cut SCENARIO to the minutes there are, so that every learning objective is still met, and say what was dropped.

    Turns, clocks and cards are chosen by rehearsing with bots. `wargame host SCENARIO --minutes N` does the same and plays it.
    """
    from wargame.analysis.rehearsal.fit import Seating, lost
    from wargame.cli.pacing import fit_to, told

    plan = fit_to(
        scenario, minutes, pace=pace, seats=seats, students=students, opening=opening, debrief=debrief, language=language
    )
    tables = Seating.of(students, plan.whole.people).tables if students is not None else ()
    if output is not None:
        output.write_text(f"# {scenario} in {minutes} minutes, made by `wargame fit`.\n{plan.fit}", "utf-8")
    if as_json:
        found = {
            "scenario": plan.whole.program.scenario.id,
            "minutes": minutes,
            "fit": str(plan.fit),
            "play": plan.kept.minutes.plain(),
            "whole": plan.whole.minutes.plain(),
            "coverage": {name: {"whole": before, "fitted": after} for name, (before, after) in plan.coverage().items()},
            "left_out": plan.left_out(),
            "parts_lost": lost(plan),
            "tables": [dict(table) for table in tables],
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for line in told(plan):
        click.echo(line)
    if tables:
        word = "table" if len(tables) == 1 else "tables"
        click.echo(f"{students} students: {len(tables)} {word} (`wargame host {scenario} --tables {len(tables)}`).")
    for number, table in enumerate(tables, 1):
        shares = ", ".join(f"{seat} {count or 'by a computer'}" for seat, count in table.items())
        click.echo(f"  Table {number}: {shares}.")
    if output is not None:
        click.echo(f"The plan is in {output}: `wargame host {scenario} --fit {output}` plays it.")
