"""`wargame report`: pages to read in a browser. Of a game that was played, or with `balance` of how a scenario plays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from wargame.cli.report_game import game
from wargame.cli.simulate import run, simulation_of, sweep_options


class Reports(click.Group):
    """A group whose first word is a subcommand, or else the file of a game (`report FILE` is `report game FILE`)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, with `game` put before anything that names no subcommand and asks for no help of the group."""
        asks_group = not args or args[0] in self.commands or args[0] in ctx.help_option_names
        return super().parse_args(ctx, args if asks_group else ["game", *args])


@click.group(cls=Reports, subcommand_metavar="FILE [OPTIONS] | balance SCENARIO [OPTIONS]")
def report() -> None:
    """Write a page to read in a browser.

    `wargame report FILE` tells a game that was played: the debrief for a class. FILE is the journal that `wargame host`
    named, or the name of a scenario whose usual journal is meant. `wargame report game --help` lists its options.

    `wargame report balance SCENARIO` tells how a scenario plays, by many games of bots.
    """


report.add_command(game)


@report.command()
@click.argument("scenario", required=False)
@sweep_options
@click.option("--against", metavar="SPEC", help="Play the same games by other bots too, and compare.")
@click.option("--quick", is_flag=True, help="Judge by wider targets, and only those that few games can tell.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Play nothing: read what `wargame simulate --json` printed.",
)
@click.option("--out", type=click.Path(path_type=Path), help="File to write.  [default: <scenario>-balance.html]")
@click.pass_context
def balance(ctx: click.Context, /, scenario: str | None, source: Path | None, out: Path | None, **asked: Any) -> None:
    """Write how SCENARIO plays as one HTML page, for a teacher.

    Is it fair, who wins, how it ends, which choices matter, how long it takes: the numbers of `wargame simulate` with
    pictures. The page needs nothing else: open it with a double click, send it, print it. SCENARIO is a folder or the name of a
    shipped scenario.

    --bots takes one level for all seats (one-ply, hawk, dove, tit-for-tat, search, random),
    or pairs: washington=random,*=one-ply

    --seats says whose mandates are judged: required, all, a number, or a list: washington,congress
    """
    if (scenario is None) == (source is None):
        raise click.UsageError("Name a scenario to play, or with --from a file of numbers: one of the two.")
    numbers = _played(scenario, **asked) if scenario is not None else _read(ctx, source)
    from importlib.metadata import version

    from wargame.analysis.balance.page import balance_page

    place = out if out is not None else Path(f"{numbers['scenario']['id']}-balance.html")
    page = balance_page(numbers, version("wargame"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(page, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"Cannot write {place}: {error.strerror or error}.") from None
    click.echo(f"{place}: open it in a browser.")


def _played(scenario: str, quick: bool, **asked: Any) -> dict[str, Any]:
    simulation, balance = simulation_of(scenario, **asked)
    from wargame.analysis.simulate import judged

    return judged(run(simulation), balance, quick=quick)


def _read(ctx: click.Context, source: Path | None) -> dict[str, Any]:
    assert source is not None
    for name in ctx.params:
        if name not in ("scenario", "source", "out", "quick") and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError("With --from nothing is played: it goes with --out and --quick alone.")
    from wargame.analysis.balance.numbers import MOST_BYTES, NotNumbersError, read_numbers
    from wargame.analysis.simulate import judged
    from wargame.analysis.sweep.targets import Balance

    try:
        with source.open("rb") as file:
            numbers = read_numbers(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise click.ClickException(f"Cannot read {source}: {error.strerror or error}.") from None
    except NotNumbersError as error:
        raise click.ClickException(f"{source} is not what `wargame simulate --json` prints: {error}") from None
    # Judged when they were made, by the scenario's own targets; else by the usual ones.
    return numbers if "health" in numbers and not ctx.params["quick"] else judged(numbers, Balance(), quick=ctx.params["quick"])
