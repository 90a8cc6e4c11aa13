"""`wargame graph`: what leads to what in a scenario."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("graph")
@click.argument("scenario")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a picture (SVG) to this file.")
@click.option("--about", metavar="NAME", help="Tell only of this card, order, fact, clock, vote or ending.")
def graph(scenario: str, out: Path | None, about: str | None) -> None:
    """Show what leads to what in SCENARIO: cards, chains, facts, clocks, votes and endings, with dead ends marked.

    Prints it as text, or writes a picture with -o. SCENARIO is a folder or the name of a shipped scenario.
    """
    from wargame.analysis.graph import graph as make
    from wargame.analysis.graph_svg import draw
    from wargame.analysis.graph_text import tell, tell_about
    from wargame.cli.opening import open_scenario

    if out is not None and about is not None:
        raise click.UsageError("A picture is of everything: leave away --about or -o.")
    _, program = open_scenario(scenario)
    made = make(program)
    if out is not None:
        try:
            out.write_text(draw(made), "utf-8")
        except OSError as error:
            raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
        click.echo(f"The picture is in {out}.")
        return
    if about is None:
        lines = tell(made)
    else:
        found = [thing for thing in made.things.values() if about in (thing.name, thing.id)]
        if not found:
            from wargame.scenario.problem import suggest

            hint = suggest(about, [thing.name for thing in made.things.values()])
            raise click.UsageError(f"Nothing here is called `{about}`{f'; {hint}' if hint else '.'}")
        lines = [line for number, thing in enumerate(found) for line in (*([""] if number else []), *tell_about(made, thing))]
    for line in lines:
        click.echo(line)
