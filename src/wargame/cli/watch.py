"""`wargame watch`: the projector view of a table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from wargame.cli.join import need_terminal, read_address
from wargame.cli.person import person_options, plain_option
from wargame.client.address import Address
from wargame.client.run import THEME_NAMES, run_client

if TYPE_CHECKING:
    from wargame.client.watching import Watching


@click.command()
@click.argument("address", metavar="[CODE@]HOST[:PORT] | LINK")
@click.option("--name", default="Projector", show_default=True, help="The name shown to the facilitator.")
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NUMBER",
    help="Which table of a class; repeatable, or `all`: one after the other.",
)
@click.option(
    "--page", metavar="URL", help="The page for players in a browser (see `wargame web`), to show it and draw its link."
)
@click.option("--secret", help="The facilitator's secret: the projector comes in though the class is locked.")
@click.option("--theme", type=click.Choice(THEME_NAMES), default="dark", show_default=True, help="Colours.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII only (also: WARGAME_ASCII=1).")
@plain_option
@person_options
def watch(
    address: str,
    name: str,
    tables: tuple[str, ...],
    page: str | None,
    secret: str | None,
    theme: str,
    ascii_only: bool,
    plain: bool,
) -> None:
    """Show a table as the public sees it: a large clock, the tracks, the map, the headlines, who escalated.

    Before the game it shows how to join. Pages turn by themselves; `b` makes the wall dark.
    """
    place = read_address(address)
    if not plain:
        need_terminal()
    beside = watching(place, tables, page)
    status = run_client(
        place,
        name=name,
        seat="public",
        secret=secret,
        table=beside.now or None,
        theme=theme,
        ascii_only=ascii_only,
        remember=False,
        watching=beside,
        plain=plain,
    )
    sys.exit(status)


def watching(place: Address, tables: tuple[str, ...], page: str | None) -> Watching:
    """What the wall shows beside the game: how to join, under an address that others reach."""
    from attrs import evolve

    from wargame.cli.invitation import addresses_of
    from wargame.client.qr import drawn
    from wargame.client.watching import Watching

    shown = evolve(place, host=addresses_of("0.0.0.0")[0]) if place.is_loopback else place
    if not place.code:
        return Watching(tables)
    links = [*([page] if page else []), f"wargame join {shown.short}"]
    return Watching(
        tables, place.code, links, "\n".join(drawn(page or f"wargame://{shown.server}/{place.code}")), server=shown.server
    )
