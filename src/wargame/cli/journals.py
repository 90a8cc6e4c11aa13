"""Where games are kept, and a game out of a journal as the subcommands that read one ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from wargame.analysis.chronicle import Chronicle


def journal_for(scenario: str) -> Path:
    """The usual journal of a scenario's games, by its id."""
    from platformdirs import user_data_path

    return user_data_path("wargame", appauthor=False) / f"{scenario}.sqlite3"


def journal_of(name: str) -> Path:
    """The journal of a path, or the usual one of a scenario. Ends the command (exit 2) where there is none."""
    path = Path(name)
    if path.is_file():
        return path
    if path.name == name and not path.suffix:
        usual = journal_for(name)
        if usual.is_file():
            return usual
        raise click.UsageError(f"There is no file {name}, and no game of a scenario {name!r} was kept in {usual}.")
    raise click.UsageError(f"There is no file {name}.")


def read_journal(path: Path) -> list[Chronicle]:
    """The games of a journal. Ends the command (exit 1) where it is none, or holds none."""
    from wargame_server.journal.chronicle import read_chronicles
    from wargame_server.journal.contract import JournalError

    try:
        found = read_chronicles(path)
    except JournalError as fault:
        raise click.ClickException(f"{path}: {fault}") from fault
    if not found:
        raise click.ClickException(f"{path} holds no game.")
    return found


class_option = click.option(
    "--class",
    "lesson",
    metavar="NUMBER",
    help="Which class, where FILE holds several: 1 is the oldest, `all` takes them together.  [default: the last one]",
)


def of_class(found: list[Chronicle], lesson: str | None, path: Path) -> list[Chronicle]:
    """The tables of one class of a journal: the last one, and says so, where none is asked for. Ends the command (exit 2) where
    there is no such class."""
    from wargame_server.journal.chronicle import class_of

    classes = list(class_of(found).values())
    if lesson == "all":
        return found
    if lesson is None:
        if len(classes) > 1:
            click.echo(f"{path} holds {len(classes)} classes: this is the last one; --class names another.", err=True)
        return classes[-1]
    if lesson.isascii() and lesson.isdigit() and 0 < int(lesson) <= len(classes):
        return classes[int(lesson) - 1]
    count = "one class" if len(classes) == 1 else f"{len(classes)} classes, numbered from 1"
    raise click.UsageError(f"There is no class {lesson!r} in {path}: it holds {count}.")


def chosen(found: list[Chronicle], table: str | None, path: Path) -> Chronicle:
    """The game that is meant. Ends the command (exit 2) where that is not clear, with the list of what there is."""
    tables = [
        f"  {number} ({each.game}) {each.name}: {each.program.scenario.title}, turn {each.state.turn}"
        for number, each in enumerate(found, 1)
    ]
    if table is None and len(found) == 1:
        return found[0]
    listed = "\n".join(tables)
    if table is None:
        raise click.UsageError(f"{path} holds {len(found)} tables; name one with --table:\n{listed}")
    for number, each in enumerate(found, 1):
        if table in (str(number), each.game, each.name):
            return each
    raise click.UsageError(f"{path} holds no table {table!r}. There are:\n{listed}")
