"""The `wargame` command: a group whose subcommands are imported when they are used, not before."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

import click

# Name of a subcommand -> (module, its one line in the help). The lines stand here so that the help imports nothing.
COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "demo": ("wargame.cli.demo", "Play a game at once: a private table, bots in the other seats."),
        "host": ("wargame.cli.host", "Open a table on the local network and its facilitator console."),
        "serve": ("wargame.cli.serve", "Run the server alone, for a machine that hosts many tables."),
        "join": ("wargame.cli.join", "Take a seat at a table."),
        "watch": ("wargame.cli.watch", "Show a table as the public sees it, for a projector."),
        "web": ("wargame.cli.web", "Let players join in a browser."),
        "keys": ("wargame.cli.keys", "Print the keys of the client, as a file to change them with."),
        "new": ("wargame.cli.new", "Write a small scenario to begin with."),
        "check": ("wargame.cli.check", "Find every problem in scenarios and rulebooks."),
        "preview": ("wargame.cli.preview", "Play a scenario while you write it; it follows every save."),
        "schema": ("wargame.cli.schema", "Print what an editor needs to complete and explain scenario files."),
        "rules": ("wargame.cli.rules", "Write a scenario as sheets to print, to play on paper."),
        "texts": ("wargame.cli.texts", "Write the files in which a scenario is translated."),
        "graph": ("wargame.cli.graph", "Show what leads to what in a scenario."),
        "stats": ("wargame.cli.stats", "Count what a scenario holds: words, cards, reading level, minutes."),
        "simulate": ("wargame.cli.simulate", "Play a scenario many times with bots and count what came of it."),
        "import-msel": ("wargame.cli.import_msel", "Make a scenario to begin with from an events list in a spreadsheet."),
        "rehearse": ("wargame.cli.rehearse", "Tell how many minutes a scenario takes a class, and what never happens in it."),
        "fit": ("wargame.cli.fit", "Cut a scenario to the minutes there are, every objective still met."),
        "report": ("wargame.cli.report", "Write a page to read: a game's debrief, how a scenario plays."),
        "replay": ("wargame.cli.replay", "Look at a game that was played again, as any seat."),
        "export": ("wargame.cli.export", "Write a game as tables, grades or an events list, for spreadsheets."),
    }
)


class LazyGroup(click.Group):
    """A group that knows its subcommands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, imported now; None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command = getattr(module, cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command), f"{module.__name__}.{cmd_name} is a command"
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a suggestion for a name that is nearly one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            close = [known for known in COMMANDS if known.startswith(name)] or get_close_matches(name, list(COMMANDS), n=1)
            hint = f" Did you mean {close[0]!r}?" if close else " `wargame --help` lists them."
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of subcommands, from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version  # 15 ms that only this option needs

    click.echo(f"wargame {version('wargame')}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version.")
def wargame() -> None:
    """A multiplayer crisis-simulation engine: scenarios in YAML, seats at terminals."""


def main() -> None:
    """Runs the command. Exit status: 0 done, 1 the scenario or game has problems, 2 wrong usage."""
    # The story and the scenarios are UTF-8 wherever the command runs: a pipe on an old locale must not end it.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    wargame(prog_name="wargame")


if __name__ == "__main__":
    main()
