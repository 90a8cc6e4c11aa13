"""`wargame keys`: every command of the client with its keys, as a file to begin with."""

from __future__ import annotations

import click

from wargame.cli.person import read_keys


@click.command()
@click.option("--usual", is_flag=True, help="The usual keys, whatever your own file says.")
def keys(usual: bool) -> None:
    """Print every command of the client and the keys it has, as YAML.

    Keep the lines you want to change in the file that the first line names: the client reads it when it starts. Or keep them
    anywhere, and name the file with --keys.
    """
    from wargame.client.keymap import FILE
    from wargame.client.storage import config_file
    from wargame.client.tui.keys import sheet_of_keys

    own = config_file(FILE)
    chosen = read_keys(own) if own.exists() and not usual else {}
    click.echo(f"# Keep the lines you change in {own}")
    click.echo(sheet_of_keys(chosen), nl=False)
