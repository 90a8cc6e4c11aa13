"""`wargame rules`: a scenario on paper."""

from __future__ import annotations

from pathlib import Path

import click

KINDS = ("rules", "seats", "agendas", "cards", "white-cell")  # as in `analysis.paper.sheets`, which the help must not import


class Kinds(click.ParamType[tuple[str, ...]]):
    """Some of the kinds, with commas between them."""

    name = "kinds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """`rules,cards` as names; fails with the names there are."""
        wanted = tuple(dict.fromkeys(part.strip() for part in str(value).split(",") if part.strip()))
        unknown = [name for name in wanted if name not in KINDS]
        if unknown or not wanted:
            known = ", ".join(KINDS)
            self.fail(
                f"There is nothing called {unknown[0]!r}. Choose from: {known}." if unknown else f"Choose from: {known}.",
                param,
                ctx,
            )
        return wanted


@click.command()
@click.argument("scenario")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to.  [default: <scenario>-paper]"
)
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="What it is printed on.")
@click.option("--pdf", is_flag=True, help="Write PDF files too (needs the extra `wargame[pdf]`).")
@click.option(
    "--what", type=Kinds(), default=",".join(KINDS), show_default=True, help="Which sheets, with commas between them."
)
@click.option("--language", help="Language of the scenario's texts, where it has several.")
def rules(scenario: str, out: Path | None, paper: str, pdf: bool, what: tuple[str, ...], language: str | None) -> None:
    """Write SCENARIO as sheets to print, so that a class can play on paper.

    A rules booklet, a packet for every seat, secret agenda cards, inject cards to cut out, and sheets for the facilitators: how
    to run a turn by hand, what every card does, the board, a page of dice. SCENARIO is a folder or the name of a shipped
    scenario.
    """
    from wargame.cli.opening import open_scenario

    _, program = open_scenario(scenario, language)
    from wargame.analysis.paper.sheets import INDEX, NoPdfError, contents, sheets, write_pdfs

    folder = out if out is not None else Path(f"{program.scenario.id}-paper")
    spoken = language or program.scenario.languages[0]
    made = list(sheets(program, paper, what, spoken))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in made:
            (folder / f"{sheet.name}.html").write_text(sheet.html, encoding="utf-8")
        (folder / INDEX).write_text(contents(program, made, paper, spoken, pdf=pdf), encoding="utf-8")
        pages = 0
        for number, sheets_of in enumerate(write_pdfs(made, folder), start=1) if pdf else ():
            pages += sheets_of
            click.echo(f"\rPDF {number} of {len(made)}", nl=number == len(made), err=True)
    except NoPdfError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"Cannot write to {folder}: {error.strerror or error}.") from None
    for sheet in made if len(made) <= 20 else ():
        click.echo(f"{sheet.name + '.html':28} {sheet.note}")
    count = f"{len(made)} {'document' if len(made) == 1 else 'documents'}" + (f" and {pages} pages of PDF" if pdf else "")
    click.echo(f"{count} in {folder}. Begin with {folder / INDEX}.")
