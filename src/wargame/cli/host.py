"""`wargame host`: a table on the local network, and the facilitator's console."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wargame_server.app import Server, TableHandle

PORT = 8765
SPARE_PORTS = 10  # tried after it when another server has it


@click.command()
@click.argument("scenario")
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen on; 127.0.0.1 for this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port to listen on; {PORT} or the next free one if not given.")
@click.option("--journal", type=click.Path(dir_okay=False, path_type=Path), help="File that keeps the game (made if missing).")
@click.option("--untimed", is_flag=True, help="Phases do not end by the clock.")
@click.option("--open", "admit", is_flag=True, help="The code seats people at once, without your approval.")
@click.option("--language", help="Language of the scenario's texts; its first if not given.")
@click.option("--no-console", is_flag=True, help="Do not open the console here; serve until interrupted.")
def host(
    scenario: str,
    host: str,
    port: int | None,
    journal: Path | None,
    untimed: bool,
    admit: bool,
    language: str | None,
    no_console: bool,
) -> None:
    """Open a table on SCENARIO for the local network, print how to join it, and open the facilitator's console."""
    from wargame.cli.background import Background
    from wargame.cli.opening import open_scenario
    from wargame_server.journal.contract import JournalError
    from wargame_server.listener import AddressInUseError

    path, program = open_scenario(scenario, language)
    place = journal if journal is not None else _journal_for(program.scenario.id)
    try:
        with Background(lambda: _open(path, place, host, port, timed=not untimed, admit=admit)) as (server, table):
            for line in invitation(_addresses(server.host), server.port, table.code):
                click.echo(line)
            click.echo(f"Facilitator secret (yours alone): {table.secret}")
            click.echo(f"The game is kept in {place}.")
            if no_console or not (sys.stdin.isatty() and sys.stdout.isatty()):
                _wait(server.port, asked=no_console)
                return
            click.pause("Press any key to open your console.")
            from wargame.client.run import run_client

            status = run_client(f"127.0.0.1:{server.port}", secret=table.secret, name="Facilitator", remember=False)
    except (AddressInUseError, JournalError) as fault:
        raise click.UsageError(str(fault)) from fault
    sys.exit(status)


@asynccontextmanager
async def _open(
    path: Path | Mapping[str, str], journal: Path, host: str, port: int | None, *, timed: bool, admit: bool
) -> AsyncIterator[tuple[Server, TableHandle]]:
    from wargame_server.app import Server
    from wargame_server.listener import AddressInUseError

    ports = [port] if port is not None else [*range(PORT, PORT + SPARE_PORTS), 0]
    for each in ports:
        server = Server(journal, host=host, port=each)
        try:
            await server.start()
            break
        except AddressInUseError:
            if each == ports[-1]:
                raise
    try:
        yield server, await server.create_table(path, timed=timed, open=admit)
    finally:
        await server.stop()


def invitation(addresses: list[str], port: int, code: str) -> list[str]:
    """What to tell players: how to join at each address of this machine, and a QR code where `segno` is installed."""
    links = [f"{code}@{address}:{port}" for address in addresses]
    lines = ["Players join with", *(f"  wargame join {link}" for link in links), "A projector watches with"]
    lines.append(f"  wargame watch {links[0]}")
    return [*lines, *_qr(f"wargame://{addresses[0]}:{port}/{code}")]


def _qr(link: str) -> list[str]:
    try:
        import segno
    except ImportError:  # an optional extra
        return []
    from io import StringIO

    drawing = StringIO()
    segno.make(link, micro=False).terminal(drawing, compact=True)
    return ["", *drawing.getvalue().splitlines()]


def _addresses(host: str) -> list[str]:
    """The addresses of this machine that others may reach it at; the loopback's where there is none."""
    if host not in ("0.0.0.0", "::"):
        return [host]
    import socket

    found: list[str] = []
    # Nothing is sent: connecting a datagram socket only asks which address would be used.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found.append(probe.getsockname()[0])
        except OSError:
            pass
    return found or ["127.0.0.1"]


def _journal_for(scenario: str) -> Path:
    from platformdirs import user_data_path

    folder = user_data_path("wargame", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{scenario}.sqlite3"


def _wait(port: int, *, asked: bool) -> None:
    """Serves until interrupted, having said how to come to the console."""
    from threading import Event

    if not asked:
        click.echo("There is no terminal here for the console.")
    click.echo(f"Open the console in a terminal: wargame join 127.0.0.1:{port} --secret SECRET")
    click.echo("Serving; interrupt to stop.")
    try:
        Event().wait()
    except KeyboardInterrupt:
        click.echo("Stopped; the game is kept.")
