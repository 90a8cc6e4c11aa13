"""`wargame join`: take a seat at a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wargame.cli.person import person_options, plain_option
from wargame.client.address import Address, AddressError, parse_address
from wargame.client.run import THEME_NAMES, run_client

if TYPE_CHECKING:
    from wargame.cli.lan import Found


def read_address(text: str) -> Address:
    """The address as typed; a usage error that says what to write instead if it is none."""
    try:
        return parse_address(text)
    except AddressError as problem:
        raise click.UsageError(str(problem)) from problem


def need_terminal() -> None:
    """Ends the command with a sentence (exit 2) where the client could not draw its screens or read a key."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "There is no terminal here to show the client in; run this in a terminal window, or with --plain."
        )


@click.command()
@click.argument("address", required=False, metavar="[CODE@HOST[:PORT] | LINK]")
@click.option("--name", default="", help="Your name, as others will see it.")
@click.option("--seat", help="The seat you would like; the facilitator decides.")
@click.option("--token", help="A seat token, to come back to a seat from another machine.")
@click.option("--secret", help="The facilitator's secret, to open the console.")
@click.option("--table", metavar="NUMBER", help="Which table of a class to see first, with --secret.")
@click.option("--theme", type=click.Choice(THEME_NAMES), default="dark", show_default=True, help="Colours.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII only (also: WARGAME_ASCII=1).")
@plain_option
@person_options
def join(
    address: str | None,
    name: str,
    seat: str | None,
    token: str | None,
    secret: str | None,
    table: str | None,
    theme: str,
    ascii_only: bool,
    plain: bool,
) -> None:
    """Take a seat at a table. Without an address a form asks for it, and tables announced on this network are listed.

    Joining again with the same code on the same machine returns to the same seat.
    """
    if token and secret:
        raise click.UsageError("Give a seat token or the facilitator's secret, not both.")
    if (token or secret) and not address:
        raise click.UsageError("Say where the table is: wargame join HOST[:PORT] --token ...")
    if table and not secret:
        raise click.UsageError("--table goes with --secret: players are seated by the facilitator.")
    place = read_address(address) if address else None
    if not plain:
        need_terminal()
    if place is None:
        from wargame.cli.lan import found

        place = nearby(found())
    status = run_client(
        place, name=name, seat=seat, token=token, secret=secret, table=table, theme=theme, ascii_only=ascii_only, plain=plain
    )
    sys.exit(status)


def nearby(tables: Sequence[Found]) -> Address | None:
    """The announced table that is chosen; None where there is none, or an address is to be typed."""
    if not tables:
        return None
    click.echo("Tables on this network:")
    for number, each in enumerate(tables, 1):
        click.echo(f"  {number}  {each.title}  {each.link}")
    chosen = click.prompt("Number, or Enter to type an address", default="", show_default=False).strip()
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(tables):
        return None
    return read_address(tables[int(chosen) - 1].link)
