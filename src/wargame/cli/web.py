"""`wargame web`: the player's client in a browser, for a class."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import click
from attrs import evolve

from wargame.cli.join import read_address
from wargame.client.address import Address

if TYPE_CHECKING:
    from wargame.web.server import WebServer

PAGE_PORT = 8080
SPARE_PORTS = 10  # tried after it when something else has it
PLAYERS = 40


@click.command()
@click.argument("address", metavar="CODE@HOST[:PORT] | LINK")
@click.option(
    "--host", default="0.0.0.0", show_default=True, help="Address to serve the page on; 127.0.0.1 for this machine only."
)
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port of the page; {PAGE_PORT} or the next free one if not given.")
@click.option("--most", default=PLAYERS, show_default=True, type=click.IntRange(1, 500), help="Players in the browser at once.")
@click.option("--name", "names", multiple=True, help="A name this machine is reached by, as in http://NAME:8080; repeatable.")
def web(address: str, host: str, port: int | None, most: int, names: tuple[str, ...]) -> None:
    """Let players of the table at ADDRESS join in a browser: nothing to install on their machines.

    Each of them takes 30 MB of this machine's memory while they play: 40 players about 1.2 GB. The page is not encrypted;
    use it on a network you trust, or behind a server that adds https.
    """
    import asyncio

    place = read_address(address)
    if not place.code:
        raise click.UsageError("Give the join code of the class too: wargame web ABCD-EFGH@HOST.")
    from wargame.web.nursery import NoForkError
    from wargame_server.listener import AddressInUseError

    try:
        asyncio.run(_serve(place, host, port, most, names))
    except (AddressInUseError, NoForkError) as fault:
        raise click.UsageError(str(fault)) from fault


async def _serve(place: Address, host: str, port: int | None, most: int, names: Collection[str]) -> None:
    import asyncio
    import signal
    import sys

    from wargame.cli.invitation import addresses_of, letters, page_links, picture

    async with page_for(place, host, port, most, names) as server:
        links = page_links(addresses_of(host), server.port, place.code)
        click.echo("Players open")
        for line in [
            *(f"  {link}" for link in links),
            "",
            *picture(links[0], ["", *letters(place.code)]),
            "Serving; interrupt to stop.",
        ]:
            click.echo(line)
        sys.stdout.flush()
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)  # forks, so it is no Windows
        await stop.wait()
    click.echo("Stopped. Players who join again come back to their seats.")


@asynccontextmanager
async def page_for(
    place: Address, host: str, port: int | None = None, most: int = PLAYERS, names: Collection[str] = ()
) -> AsyncIterator[WebServer]:
    """The page for the class at `place`, served while the block runs. Raises AddressInUseError, NoForkError."""
    from wargame.cli.invitation import addresses_of
    from wargame.web.server import WebServer
    from wargame_server.listener import AddressInUseError

    shown = evolve(place, host=addresses_of(host)[0]) if place.is_loopback else place
    for each in [port] if port is not None else [*range(PAGE_PORT, PAGE_PORT + SPARE_PORTS), 0]:
        server = WebServer(
            place, host=host, port=each, most=most, names=frozenset(name.lower() for name in names), shown=shown.server
        )
        try:
            await server.start()
            break
        except AddressInUseError:
            if each in (port, 0):
                raise
    try:
        yield server
    finally:
        await server.stop()
