"""`wargame report FILE`: the debrief of a game that was played, as one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli.journals import chosen, class_option, journal_of, of_class, read_journal

if TYPE_CHECKING:
    from wargame.analysis.chronicle import Chronicle


@click.command("game", hidden=True, options_metavar="[OPTIONS]")
@click.argument("file")
@click.option("--table", metavar="TABLE", help="Which table, by number, name or id, where the journal holds several.")
@class_option
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write.  [default: <journal>-debrief.html]")
@click.option("--anonymous", is_flag=True, help="Number the people instead of naming them.")
@click.option(
    "--what-if",
    "asked",
    default="auto",
    show_default=True,
    metavar="QUESTION",
    help="auto (the answers that mattered most), none, or CARD:SEAT=OPTION; several with commas between them.",
)
@click.option("--aar", type=click.Path(path_type=Path), help="Write the after-action report to a file of its own, too.")
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
def game(
    file: str,
    table: str | None,
    lesson: str | None,
    out: Path | None,
    anonymous: bool,
    asked: str,
    aar: Path | None,
    show: bool,
) -> None:
    """Write the debrief of a game as one HTML page: `wargame report FILE`.

    FILE is the journal that `wargame host` names when it starts, or the name of a scenario whose usual journal is meant. The
    page needs nothing else: open it with a double click, send it, print it. A game that broke off is told as far as it came.

    A class of several tables becomes a page that compares them; with --table it is the debrief of one. Of a journal that holds
    several classes the last one is told.
    """
    place = journal_of(file)
    found = of_class(read_journal(place), lesson, place)
    if table is None and len(found) > 1 and aar is None:
        target = out if out is not None else Path(f"{place.stem}-class.html")
        write_page(target, _class_page(found, anonymous))
    else:
        one = chosen(found, table, place)
        target = out if out is not None else Path(f"{place.stem}-debrief.html")
        page = _debrief(one, asked, anonymous)
        write_page(target, page)
        if aar is not None:
            write_page(aar, _aar(one, anonymous))
            click.echo(f"{aar}: open it in a browser, finish it, save it from there.")
        if not one.complete:
            click.echo("The game is not over: the page tells it as far as it came, with all its secrets.", err=True)
    click.echo(f"{target}: open it in a browser.")
    if show:
        import webbrowser

        webbrowser.open(target.resolve().as_uri())


def _debrief(chronicle: Chronicle, asked: str, anonymous: bool) -> str:
    from wargame.analysis.aar.page import aar_parts
    from wargame.analysis.debrief.naming import names_of
    from wargame.analysis.debrief.page import debrief_page
    from wargame.analysis.whatif import whatif_part
    from wargame.analysis.whatif.study import NotAskedError

    names = names_of(chronicle, anonymous=anonymous)
    try:
        what_if = whatif_part(chronicle, asked, names)
    except NotAskedError as fault:
        raise click.UsageError(str(fault)) from fault
    return debrief_page(chronicle, version=_version(), anonymous=anonymous, extra=[what_if, *aar_parts(chronicle, names)])


def _aar(chronicle: Chronicle, anonymous: bool) -> str:
    from wargame.analysis.aar.page import aar_page

    return aar_page(chronicle, version=_version(), anonymous=anonymous)


def _class_page(chronicles: list[Chronicle], anonymous: bool) -> str:
    from wargame.analysis.classes import class_page

    try:
        return class_page(chronicles, _version(), anonymous)
    except ValueError as fault:
        raise click.UsageError(f"{fault} Name one of them with --table.") from fault


def _version() -> str:
    from importlib.metadata import version

    return version("wargame")


def write_page(place: Path, page: str) -> None:
    """Writes the file, its folder too. Ends the command (exit 1) where that fails."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(page, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"Cannot write {place}: {error.strerror or error}.") from None
