"""The debrief of one game as one HTML file, in the order in which a class goes through it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.beliefs import beliefs
from wargame.analysis.debrief.choices import choices
from wargame.analysis.debrief.hand import hand
from wargame.analysis.debrief.knowing import knowing, knowing_script
from wargame.analysis.debrief.ladder import strip
from wargame.analysis.debrief.lessons import lessons
from wargame.analysis.debrief.naming import Names, counted, names_of
from wargame.analysis.debrief.opening import lead, minute, tiles
from wargame.analysis.debrief.people import airtime, board, rulings
from wargame.analysis.debrief.promises import ledger
from wargame.analysis.debrief.record import Record, read
from wargame.analysis.debrief.secrets import dice, dice_script, secrets
from wargame.analysis.debrief.telling import telling
from wargame.analysis.debrief.tracks import tracks
from wargame.analysis.html import Html, el, join, p
from wargame.analysis.page.document import Part, document


def debrief_page(
    chronicle: Chronicle, *, version: str, anonymous: bool = False, extra: Sequence[Part] = (), names: Names | None = None
) -> str:
    """One HTML file. `version`: of the program, to be named; `anonymous`: people are numbered instead of named; `extra`:
    further parts, placed before the last one. The same chronicle gives the same page, byte for byte."""
    record = read(chronicle)
    names = names or names_of(chronicle, anonymous=anonymous)
    title = str(chronicle.program.scenario.title)
    head = join(el("h1", f"{title}: the debrief"), lead(record, names), tiles(record))
    style = (files("wargame.analysis.debrief") / "debrief.css").read_text("utf-8")
    parts = [
        Part("minute", "The game in one minute", minute(record, names), style=style),
        Part("story", "The story", telling(record, names)),
        Part("strip", "The escalation strip", strip(record, names)),
        Part("tracks", "The values, and what moved them", tracks(record, names)),
        Part("choices", "Every choice", choices(record, names)),
        Part("beliefs", "What was expected of the other side", beliefs(record, names)),
        Part("secrets", "Secrets", secrets(record, names)),
        Part("dice", "The dice", dice(record, names), script=dice_script()),
        Part("promises", "Promises", ledger(record, names)),
        Part("knowing", "Who knew what when", knowing(record, names), script=knowing_script()),
        Part("people", "Who took part", airtime(record, names)),
        Part("rulings", "Proposals and rulings", rulings(record, names)),
        Part("hand", "The facilitator's hand", hand(record, names)),
        Part("lessons", "Questions for the debrief", lessons(record, names)),
        Part("board", "The hot-wash board", board(record, names)),
        *extra,
        Part("made", "How this was made", _made(record, names, version)),
    ]
    return document(f"{title}: debrief", head, parts, p(f"{title}, {chronicle.name}. Made by wargame {version}."))


def _made(record: Record, names: Names, version: str) -> Html:
    chronicle = record.chronicle
    rows = len(chronicle.entries)
    return join(
        p(
            f"Everything here was read from the game's journal: {counted(rows, 'row', 'rows')} of game {chronicle.game}. "
            "The number after a "
            "section sign, like §12, is the row that a statement comes from; pointing at it says so. Nothing was judged by "
            "a program but where "
            "the page says how."
        ),
        p(
            "Words of players stand as they wrote them."
            + (" Names are left out; words may still hold some." if names.anonymous else "")
        ),
        p(
            f"Scenario {record.program.scenario.id}, version {record.program.scenario.version}, digest "
            f"{record.program.digest[:12]}; program {version}."
        ),
    )
