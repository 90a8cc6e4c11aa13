"""`wargame demo`: a game at once, on a private server, with bots in the other seats."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.bots.names import LEVELS
from wargame.cli.person import person_options, plain_option

if TYPE_CHECKING:
    from wargame.rules.program import Program

DEFAULT = "five_questions"


@click.command()
@click.argument("scenario", default=DEFAULT)
@click.option("--seat", help="The seat you take; the first one if not given.")
@click.option("--headless", is_flag=True, help="Let bots play all seats and print the story.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the game; the same seed tells the same story.")
@click.option(
    "--bots",
    "level",
    default="one-ply",
    show_default=True,
    type=click.Choice(list(LEVELS)),
    help="Who plays the others.",
)
@click.option("--language", help="Language of the scenario's texts; its first if not given.")
@plain_option
@person_options
def demo(
    scenario: str, seat: str | None, headless: bool, seed: int | None, level: str, language: str | None, plain: bool
) -> None:
    """Play SCENARIO at once: a private table, your seat in the client, bots in the other seats.

    SCENARIO is a folder or the name of a shipped scenario (five_questions if not given). Without a terminal, or with
    --headless, bots play all seats without clocks and the story is printed turn by turn.
    """
    from wargame.cli.opening import fresh_seed, open_scenario, seat_of

    path, program = open_scenario(scenario, language)
    yours = seat_of(program, seat)
    number = fresh_seed() if seed is None else seed
    if not headless and not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo("There is no terminal here, so bots play all seats.", err=True)
        headless = True
    with tempfile.TemporaryDirectory(prefix="wargame-") as folder:
        if headless:
            _headless(program, path, Path(folder), _seats(program, seat), level, str(number))
        else:
            _play(program, path, Path(folder), yours, level, str(number), plain)


def _seats(program: Program, wanted: str | None) -> tuple[str, ...]:
    """The seats in play: all that the game cannot do without, and the one wanted."""
    return tuple(seat for seat in program.seats if seat == wanted or not program.scenario.seats[seat].optional)


def _headless(
    program: Program, path: Path | Mapping[str, str], folder: Path, seats: tuple[str, ...], level: str, seed: str
) -> None:
    import asyncio

    from wargame.cli import headless

    chronicle = asyncio.run(headless.play(program, path, folder, seats, level, seed))
    for line in headless.told(program, chronicle, level, seed):
        click.echo(line)


def _play(
    program: Program, path: Path | Mapping[str, str], folder: Path, yours: str, level: str, seed: str, plain: bool
) -> None:
    from wargame.cli.background import Background
    from wargame.cli.private import private_table

    with Background(lambda: private_table(program, path, folder, _seats(program, yours), yours, level, seed)) as table:
        from wargame.client.run import run_client

        status = run_client(table.address, token=table.token, name="You", remember=False, folder=folder, plain=plain)
    sys.exit(status)
