"""`wargame watch`: the projector view of a table."""

from __future__ import annotations

import sys

import click

from wargame.cli.join import need_terminal, read_address
from wargame.client.run import THEME_NAMES, run_client


@click.command()
@click.argument("address", metavar="[CODE@]HOST[:PORT] | LINK")
@click.option("--name", default="Projector", show_default=True, help="The name shown to the facilitator.")
@click.option("--table", metavar="NUMBER", help="Which table of a class with several; the first if not given.")
@click.option("--theme", type=click.Choice(THEME_NAMES), default="dark", show_default=True, help="Colours.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII only (also: WARGAME_ASCII=1).")
def watch(address: str, name: str, table: str | None, theme: str, ascii_only: bool) -> None:
    """Show a table as the public sees it: a large clock, the tracks, the headlines."""
    place = read_address(address)
    need_terminal()
    status = run_client(place, name=name, seat="public", table=table, theme=theme, ascii_only=ascii_only, remember=False)
    sys.exit(status)
