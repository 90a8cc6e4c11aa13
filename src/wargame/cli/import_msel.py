"""`wargame import-msel`: a scenario to begin with, from an events list in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

MOST_SHOWN = 40


@click.command("import-msel")
@click.argument("sheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="The folder to make.  [default: named after SHEET, here]")
@click.option("--title", help="The title that players see.  [default: made from the folder's name]")
def import_msel(sheet: Path, out: Path | None, title: str | None) -> None:
    """Make a new scenario from an HSEEP events list (MSEL), as CSV or XLSX.

    Its rows become cards, with their seats, times, objectives, channels, controllers and expected actions. Columns are found by
    their headings, also under many other names than those that `wargame export --msel` writes. What a list does not say (what
    answers do, what seats can order) is filled with stand-ins, so that the scenario plays at once.

    Everything that is wrong with the sheet is told with its row and column, and then nothing is written.
    """
    from wargame.analysis.msel.reading import ListError, read_list, slug
    from wargame.analysis.msel.sheets import MOST_BYTES, SheetError, read_grids
    from wargame.analysis.msel.skeleton import skeleton
    from wargame.cli.new import clean_title, require_name, title_of, write_scenario

    folder = out if out is not None else Path(slug(sheet.stem, "scenario"))
    require_name(folder.name)
    words = title_of(folder.name) if title is None else clean_title(title)
    try:
        with sheet.open("rb") as file:
            listed = read_list(read_grids(file.read(MOST_BYTES + 1)))
    except OSError as error:
        raise click.ClickException(f"Cannot read {sheet}: {error.strerror or error}.") from None
    except SheetError as wrong:
        raise click.ClickException(f"{sheet}: {wrong}") from None
    except ListError as wrong:
        raise click.ClickException("\n".join([f"{sheet} was not taken:", *wrong.problems])) from None
    files = skeleton(folder.name, words, listed)
    write_scenario(folder, files, lambda draft: _require_sound(sheet, draft))
    for remark in listed.remarks[:MOST_SHOWN]:
        click.echo(remark, err=True)
    if len(listed.remarks) > MOST_SHOWN:
        click.echo(f"{len(listed.remarks) - MOST_SHOWN} more remarks.", err=True)
    click.echo(f"""{words} is in {folder}: {len(listed.events)} cards, {len(listed.seats)} seats, {listed.turns} turns.

Answers, orders and scores in it are stand-ins. Write your own while you watch what `check` says:

  wargame check {folder} --watch
  wargame preview {folder}
  wargame export {folder} --msel {folder.name}.xlsx    and back into a sheet""")


def _require_sound(sheet: Path, draft: Path) -> None:
    """Ends the command (exit 1) where the list makes a scenario with errors: two things of one name, a text too long."""
    from wargame.rules.compile import build
    from wargame.scenario.load import load

    loaded = load(draft)
    if loaded.scenario is not None:
        build(loaded.scenario, loaded.report)
    wrong = [problem for problem in loaded.report.sorted() if problem.severity.value == "error"]
    if wrong:
        told = [f"{problem.mark}: {problem.message}" for problem in wrong[:MOST_SHOWN]]
        raise click.ClickException("\n".join([f"{sheet} makes a scenario that has errors, so nothing was written:", *told]))
