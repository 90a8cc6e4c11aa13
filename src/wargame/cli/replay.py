"""`wargame replay`: a game that was played, looked at again as any seat."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wargame.cli.journals import chosen, journal_of, read_journal
from wargame.cli.person import person_options
from wargame.client.run import THEME_NAMES, own_keys, wants_ascii

if TYPE_CHECKING:
    from wargame.analysis.chronicle import Chronicle
    from wargame.analysis.whatif.study import Retold


@click.command()
@click.argument("file")
@click.option("--table", metavar="TABLE", help="Which table, by number, name or id, where the journal holds several.")
@click.option("--seat", default="white_cell", show_default=True, help="Whose eyes first: a seat, white_cell (all) or public.")
@click.option(
    "--set",
    "asked",
    metavar="TURN.SEAT=OPTION",
    help="What if that seat had answered so: the same luck, all else as it was. Also CARD:SEAT=OPTION.",
)
@click.option("--taken-back", "removed", is_flag=True, help="Show what the facilitator took back, too, and mark it.")
@click.option("--text", is_flag=True, help="Print the story by turn instead of opening screens.")
@click.option("--theme", type=click.Choice(THEME_NAMES), default="dark", show_default=True, help="Colours.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII only (also: WARGAME_ASCII=1).")
@person_options
def replay(
    file: str,
    table: str | None,
    seat: str,
    asked: str | None,
    removed: bool,
    text: bool,
    theme: str,
    ascii_only: bool,
) -> None:
    """Look at a game that was played, or that broke off, moment by moment, with the screens of any seat.

    FILE is the journal that `wargame host` names when it starts, or the name of a scenario whose usual journal is meant.
    Nothing can be done in a replay, and nothing in the file changes. Without a terminal the story of the seat is printed.
    """
    chronicle = chosen(read_journal(journal_of(file)), table, Path(file))
    places = (*chronicle.base.seats, "white_cell", "public")
    if seat not in places:
        from wargame.scenario.problem import guess

        raise click.UsageError(f"There is no seat {seat!r}.{guess(seat, list(places))} There are: {', '.join(places)}.")
    told = _retold(chronicle, asked) if asked is not None else None
    chronicle = told.chronicle if told is not None else chronicle
    if text or not (sys.stdin.isatty() and sys.stdout.isatty()):
        for line in story_lines(chronicle, seat, removed=removed, what_if=told.words if told is not None else ""):
            click.echo(line)
        return
    from wargame.client.keyboard import keys_chosen
    from wargame.client.replay.app import ReplayApp
    from wargame.client.speech import is_chosen, language_wanted, speak

    if not is_chosen():
        speak(language_wanted(), by_choice=True)
    greeting = "" if keys_chosen() else own_keys()
    with tempfile.TemporaryDirectory(prefix="wargame-") as folder:  # nothing that is typed in a replay is kept
        app = ReplayApp(
            chronicle,
            seat,
            begin=told.decision.seq if told is not None else None,
            what_if=told.words if told is not None else "",
            removed=removed,
            theme=theme,
            ascii_only=wants_ascii(ascii_only),
            folder=Path(folder),
            greeting=greeting,
        )
        sys.exit(app.run() or 0)


def _retold(chronicle: Chronicle, asked: str) -> Retold:
    from wargame.analysis.playout import RunawayError
    from wargame.analysis.whatif.study import NotAskedError, replay_with

    try:
        return replay_with(chronicle, asked)
    except NotAskedError as fault:
        raise click.UsageError(str(fault)) from fault
    except RunawayError as fault:
        raise click.ClickException(f"With this answer the game does not come to an end: {fault}") from fault


def story_lines(chronicle: Chronicle, place: str, *, removed: bool = False, what_if: str = "") -> Iterator[str]:
    """The story of a game as a seat, the facilitator or the public was told it, turn by turn, and how it ended."""
    from wargame.analysis.reel import Reel
    from wargame.analysis.story import Narrator, tell_result

    reel = Reel(chronicle, removed=removed)
    program = chronicle.base
    others = {"white_cell": program.white_cell, "public": program.public}
    viewer = others[place] if place in others else program.seats.index(place)
    known = reel.catalog(viewer, len(reel))
    titles = {seat["id"]: seat["title"] for seat in known["seats"]}
    who = {**titles, "public": "the public", "white_cell": "the facilitator"}[place]
    head = f"{known['scenario']['title']}, as seen by {who}"
    yield from (head, "#" * len(head))
    if what_if:
        yield from ("", "WHAT IF", what_if)
    narrator = Narrator({phase["id"]: phase["label"] for phase in known["phases"]})
    gone = False
    for at, moment in enumerate(reel.moments, 1):
        stories = reel.stories(viewer, at - 1, at)
        if gone == moment.entry.live:
            gone = not gone
            yield from ("", "--- taken back later ---" if gone else "--- what counts ---")
        yield from narrator.tell(stories)
    state = chronicle.state
    if state.result is None:
        where = f"in turn {state.turn}: the game is not over" if state.turn else "before the game began"
        yield from ("", f"The record ends here, {where}.")
    else:
        yield from tell_result(reel.view(viewer, len(reel))["result"], titles, known["mandate"])
