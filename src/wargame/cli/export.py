"""`wargame export`: a game as tidy tables, as grades, or as an events list."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli.journals import class_option

if TYPE_CHECKING:
    from wargame.analysis.export.grades import Games

SHEETS = (".csv", ".xlsx")


@click.command()
@click.argument("source", metavar="FILE|SCENARIO")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write.  [default: named after FILE, here]")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="Of the tables.")
@click.option("--table", metavar="ID", help="Only this table, by number, id or name.  [default: all tables of the class]")
@class_option
@click.option("--anonymous", is_flag=True, help="Number the people instead of naming them.")
@click.option("--msel", type=click.Path(path_type=Path, dir_okay=False), help="Write the events list: OUT.csv or OUT.xlsx.")
@click.option(
    "--grades", type=click.Choice(["plain", "canvas", "moodle"]), help="Write a sheet for grading, or for a gradebook."
)
@click.option(
    "--graded",
    multiple=True,
    metavar="SHEET",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A sheet that a grader filled in; several are averaged.",
)
def export(
    source: str,
    out: Path | None,
    kind: str,
    table: str | None,
    lesson: str | None,
    anonymous: bool,
    msel: Path | None,
    grades: str | None,
    graded: tuple[Path, ...],
) -> None:
    """Write a game for spreadsheets and statistics.

    FILE is the journal that `wargame host` named, or the name of a scenario whose usual journal is meant. Its tables go
    into a folder: events, decisions, orders, messages, numbers by turn, rolls, agreements, notes, proposals, people.
    docs/export.md says what every column holds.

    \b
    wargame export FILE --grades plain                  a sheet to fill in, and a guide for graders
    wargame export FILE --grades canvas --graded A.csv  what graders filled in, for Canvas (or moodle)
    wargame export SCENARIO --msel OUT.xlsx             the cards as an HSEEP events list (MSEL)
    wargame export FILE --msel OUT.xlsx                 the same with what became of them

    Grades are for taking part, reasons and reflection, never for the outcome.
    """
    if msel is not None and (grades or graded):
        raise click.UsageError("--msel and --grades are two things: ask for one.")
    if graded and grades not in ("canvas", "moodle"):
        raise click.UsageError("--graded goes with --grades canvas or --grades moodle.")
    if msel is not None:
        if out is not None:
            raise click.UsageError("--msel names its file itself: leave --out away.")
        _msel(source, msel, table, lesson, anonymous)
        return
    stem, games = _games(source, table, lesson, anonymous)
    if grades is None:
        _tables(games, kind, out or Path(f"{stem}-export"))
    elif grades == "plain":
        _sheet(games, out or Path(f"{stem}-grades.csv"))
    else:
        _gradebook(games, grades, out or Path(f"{stem}-{grades}.csv"), graded)


def _games(source: str, table: str | None, lesson: str | None, anonymous: bool) -> tuple[str, Games]:
    """The games that are meant, read, with the names of their people; and what files about them are named after."""
    from wargame.cli.journals import chosen, journal_of, of_class, read_journal

    place = journal_of(source)
    found = of_class(read_journal(place), lesson, place)
    if table is not None:
        found = [chosen(found, table, place)]
    from wargame.analysis.debrief.naming import names_of
    from wargame.analysis.debrief.record import read

    return place.stem, [(read(each), names_of(each, anonymous=anonymous)) for each in found]


def _tables(games: Games, kind: str, folder: Path) -> None:
    from wargame.analysis.export.records import tables
    from wargame.analysis.export.tables import as_json

    made = tables(games)
    if kind == "json":
        target = folder if folder.suffix == ".json" else folder / "game.json"
        _write(target, as_json(made).encode())
        click.echo(f"{target}: {len(made)} tables, {sum(len(each.rows) for each in made)} rows.")
        return
    for each in made:
        _write(folder / f"{each.shape.name}.csv", each.csv().encode())
    rows = ", ".join(f"{each.shape.name} {len(each.rows)}" for each in made)
    click.echo(f"{folder}: {rows}. docs/export.md says what the columns hold.")


def _sheet(games: Games, target: Path) -> None:
    from wargame.analysis.export.grades import guide, sheet
    from wargame.analysis.msel.sheets import BOM

    if target.exists():
        raise click.UsageError(f"{target} is there already and may hold grades. Name another file with --out.")
    made = sheet(games)
    beside = target.with_name(f"{target.stem}-guide.md")
    _write(target, (BOM + made.csv()).encode())
    _write(beside, guide(games).encode())
    click.echo(f"{target}: {len(made.rows)} people, to be filled in by each grader in a copy.")
    click.echo(f"{beside}: what the points mean, and what everybody wrote. For graders only.")


def _gradebook(games: Games, kind: str, target: Path, graded: Sequence[Path]) -> None:
    from wargame.analysis.export.graded import GradesError, averaged, logged
    from wargame.analysis.export.grades import canvas, known, moodle

    try:
        result = averaged({str(path): path.read_bytes() for path in graded}, known(games))
    except OSError as error:
        raise click.ClickException(f"Cannot read {error.filename}: {error.strerror or error}.") from None
    except GradesError as wrong:
        raise click.ClickException("Nothing was written.\n" + "\n".join(wrong.problems)) from None
    _write(target, (canvas if kind == "canvas" else moodle)(games, result.graded).encode())
    click.echo(f"{target}: {len(known(games))} people, {len(result.graded)} of them graded.")
    for words in result.apart:
        click.echo(f"Far apart: {words}")
    if graded:
        log = target.with_name(f"{target.stem}-log.csv")
        before = log.read_text(encoding="utf-8") if log.exists() else ""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        _write(log, logged(before, now, result.graded).encode())
        click.echo(f"{log}: every point that is new or was changed, and when.")
    else:
        click.echo("Nobody has graded yet, so the points are empty: see --graded.")


def _msel(source: str, target: Path, table: str | None, lesson: str | None, anonymous: bool) -> None:
    if target.suffix.lower() not in SHEETS:
        raise click.UsageError(f"--msel writes {' or '.join(SHEETS)}; {target.name} is neither.")
    from wargame.analysis.msel.sheet import csv_file, planned_list, played_list, xlsx_file

    if Path(source).is_file() and Path(source).suffix not in (".yaml", ".yml"):
        from wargame.cli.journals import chosen, journal_of, of_class, read_journal

        place = journal_of(source)
        chronicle = chosen(of_class(read_journal(place), lesson, place), table, place)
        from wargame.analysis.debrief.naming import names_of
        from wargame.analysis.debrief.record import read

        rows = played_list(read(chronicle), names_of(chronicle, anonymous=anonymous))
        program = chronicle.program
    else:
        from wargame.cli.opening import open_scenario

        _, program = open_scenario(source)
        rows = planned_list(program)
    title = str(program.scenario.title)
    _write(target, csv_file(rows) if target.suffix.lower() == ".csv" else xlsx_file(rows, title))
    click.echo(f"{target}: {len(rows)} events of {title}.")


def _write(place: Path, data: bytes) -> None:
    """Writes the file, its folder too. Ends the command (exit 1) where that fails."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"Cannot write {place}: {error.strerror or error}.") from None
