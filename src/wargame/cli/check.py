"""`wargame check`: every problem in scenarios and rulebooks."""

from __future__ import annotations

from pathlib import Path

import click


def _explain(context: click.Context, _: click.Parameter, code: str | None) -> None:
    """Carries out `--explain`, which needs no paths. Raises `click.UsageError` for a code that does not exist."""
    from wargame.scenario.codes import UnknownCodeError, explain

    if code is None:
        return
    try:
        click.echo(explain(code), nl=False)
    except UnknownCodeError as error:
        raise click.UsageError(str(error)) from None
    context.exit()


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to write problems.",
)
@click.option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Say what the code of a problem means, with an example, and check nothing.",
)
@click.option("--tests", is_flag=True, help="Run the tests in the scenarios and rulebooks as well.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until ctrl+C.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, say what was changed, then check.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], style: str, tests: bool, watch: bool, fix: bool, diff: bool) -> None:
    """List every problem in scenarios and rulebooks.

    PATH is the folder of a scenario or rulebook, a file in it, a folder that holds several, or the name of a shipped scenario.
    The exit status is 0 if there is no error, 1 if there is one, 2 on wrong usage.
    """
    if watch + fix + diff > 1:
        raise click.UsageError("Use one of --watch, --fix and --diff at a time.")
    if tests and (watch or fix or diff):
        raise click.UsageError("Run --tests by itself.")
    if style != "text" and (watch or diff):
        raise click.UsageError(f"--{'watch' if watch else 'diff'} cannot be written as {style}.")
    if watch:
        from wargame.cli.watching import watch as keep_watching

        context.exit(keep_watching(paths))
    from wargame.cli.checking import check_path, targets
    from wargame.scenario import render

    found = list(dict.fromkeys(target for path in paths for target in targets(path)))
    if diff:
        from wargame.cli.fixing import show

        context.exit(show(found))
    if fix:
        from wargame.cli.fixing import fix as mend

        checked = mend(found, quiet=style != "text")
    else:
        checked = [check_path(path, tests=tests) for path in found]
    if style == "json":
        text = render.render_json(checked)
    elif style == "github":
        text = render.render_github(checked)
    else:
        text = render.render_text(checked, len(checked)) + render.pointer(checked)
    click.echo(text, nl=False)
    context.exit(1 if any(one.report.failed for one in checked) else 0)
