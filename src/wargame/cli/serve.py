"""`wargame serve`: the server alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: any free one.")
@click.option("--journal", type=click.Path(dir_okay=False), help="File that keeps the games (made if missing).")
@click.option("--scenario", "scenarios", multiple=True, help="Scenario to open a table on, by name or folder; may be repeated.")
@click.option("--language", help="Language of the texts of new tables; the first of each scenario if not given.")
@click.option("--origin", "origins", multiple=True, help="Web page that may connect from a browser; may be repeated.")
@click.option("--untimed", is_flag=True, help="Phases of new tables do not end by the clock.")
@click.option("--open", "admit", is_flag=True, help="The code of new tables seats people at once, without approval.")
def serve(
    host: str,
    port: int,
    journal: str | None,
    scenarios: tuple[str, ...],
    language: str | None,
    origins: tuple[str, ...],
    untimed: bool,
    admit: bool,
) -> None:
    """Run the server alone, for a machine that hosts many tables.

    Every game in the journal is there again, with its codes and everybody's seats. For each --scenario a new table is
    opened; its join code and the facilitator's secret are printed, the secret this once.
    """
    import asyncio

    from platformdirs import user_data_path

    from wargame.cli.opening import open_scenario

    opened = [open_scenario(name, language)[0] for name in scenarios]
    if journal is None:
        folder = user_data_path("wargame", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / "games.sqlite3"
    else:
        place = Path(journal)
    try:
        asyncio.run(_serve(place, host, port, opened, origins, not untimed, admit))
    except KeyboardInterrupt:
        click.echo("Stopped; the games are kept.")


async def _serve(
    journal: Path,
    host: str,
    port: int,
    scenarios: Sequence[Path | Mapping[str, str]],
    origins: tuple[str, ...],
    timed: bool,
    admit: bool,
) -> None:
    import asyncio
    import logging
    import signal
    import sys
    from contextlib import suppress

    from wargame_server.app import Server
    from wargame_server.compiling import ScenarioError
    from wargame_server.journal.contract import JournalError
    from wargame_server.listener import AddressInUseError
    from wargame_server.log import NAME

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger(NAME).addHandler(handler)
    logging.getLogger(NAME).setLevel(logging.INFO)
    try:
        server = Server(journal, host=host, port=port, origins=origins)
        async with server:
            click.echo(f"Listening on {server.url} (journal {journal}).")
            for game, handle in server.tables.items():
                click.echo(f"  {game}: join code {handle.code}")
            for scenario in scenarios:
                handle = await server.create_table(scenario, timed=timed, open=admit)
                click.echo(f"  {handle.game}: join code {handle.code}, facilitator secret {handle.secret}")
            stop = asyncio.Event()
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                # Not every platform has signal handlers in a loop; there an interrupt ends the run as it always does.
                with suppress(NotImplementedError):
                    loop.add_signal_handler(number, stop.set)
            sys.stdout.flush()
            await stop.wait()
    except ScenarioError as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
    except (AddressInUseError, JournalError) as fault:
        click.echo(str(fault.args[0] if fault.args else fault), err=True)
        sys.exit(2)
    click.echo("Stopped; the games are kept.")
