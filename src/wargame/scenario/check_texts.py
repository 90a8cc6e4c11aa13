"""The static check of lengths: what stands on a line or a card at a terminal has to fit there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

import attrs

from wargame.scenario import model
from wargame.scenario.bounds import keys_of
from wargame.scenario.files import RULEBOOKS
from wargame.scenario.lookup import Lookup
from wargame.scenario.node import Map
from wargame.scenario.problem import Report
from wargame.scenario.text import Text

MOST_ON_A_LINE = 120  # characters of a label or title
MOST_ON_A_CARD = 4_000  # characters of any other text; briefings are files of their own, limited when read
_LINES = frozenset({"label", "labels", "title", "name", "names", "unit", "menu"})

# What the players' screens have room for, in characters, and where. Labels on one line are cut off beyond that (a track in the
# list of tracks: 24 at 120x40, 21 at 80x24; a bloc on the floor: 28; a seat and a phase at the head of the screen beside the
# turn, the clock and the connection, in 80 columns). Behind its mark and stance an answer has 59 of 80 columns. A card at
# 80x24 shows 12 lines of 74 before its answers; what is longer hides them. Only the first language is measured.
ROOM: Mapping[tuple[type, str], tuple[int, str]] = {
    (model.Track, "label"): (24, "the list of tracks"),
    (model.Bloc, "label"): (28, "the page of a vote"),
    (model.Seat, "title"): (24, "the head of the screen"),
    (model.Phase, "label"): (20, "the head of the screen"),
    (model.Option, "label"): (59, "a line of the card"),
    (model.Inject, "text"): (880, "a card, before its answers,"),
    (model.Inject, "texts"): (880, "a card, before its answers,"),
}


def check_texts(look: Lookup) -> None:
    """Reports texts for people that are too long to be shown where they belong."""
    check_texts_of(look, look.scenario)


def check_texts_of(look: Lookup, part: object) -> None:
    """The same for a part of the scenario."""
    for kind, field, text in _texts(part, type(None), ""):
        most = MOST_ON_A_LINE if field in _LINES else MOST_ON_A_CARD
        for language, words in text.by_language.items():
            if field != "briefing" and len(words) > most:
                message = f"This text ({field}) has {len(words)} characters; the most is {most}."
                place = text.marks.get(language, text.mark)
                look.error((place, 1), "too_long", message, "say it in fewer words, or in the briefing")
        if (kind, field) in ROOM and (look.partial or not text.mark.file.startswith(f"{RULEBOOKS}/")):
            room, where = ROOM[kind, field]
            written = len(text.by_language.get(look.scenario.languages[0], ""))
            if room < written <= most:
                message = f"This has {written} characters; {where} has room for {room}."
                look.warning((text.mark, 1), "no_room", message, "say it in fewer words; `help` or `lesson` may hold the rest")


def check_languages(scenario: model.Scenario, root: Map, report: Report) -> None:
    """Reports languages in which nothing is written; for scenarios whose texts are in order so far."""
    if len(scenario.languages) < 2:
        return
    texts = [text for _, _, text in _texts(scenario, type(None), "") if not text.mark.file.startswith(f"{RULEBOOKS}/")]
    written = {language for text in texts for language in text.by_language}
    for language in scenario.languages[1:]:
        if language not in written:
            key = root.key("languages")
            mark, columns = (key.mark, len(key.text)) if key is not None else (scenario.mark, 1)
            hint = f"`wargame texts` with `--language {language}` begins the files to fill in"
            report.warning(mark, "untranslated", f"Nothing is written in `{language}`.", hint, columns)


def _texts(value: object, kind: type, field: str) -> Iterator[tuple[type, str, Text]]:
    """Every text within, with the entry and the field it stands in."""
    if isinstance(value, Text):
        yield kind, field, value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each, kind, field)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, kind, field)
    elif _is_entry(type(value)):
        entry: Any = type(value)
        for name in _with_texts(entry):
            yield from _texts(getattr(value, name), entry, name)


def _is_entry(kind: Any) -> bool:
    return attrs.has(kind) and kind.__module__.startswith(model.__name__)


@cache
def _with_texts(entry: type) -> tuple[str, ...]:
    """The fields of an entry within which texts can stand."""

    def may_hold(hint: Any) -> bool:
        return hint is Text or _is_entry(hint) or any(map(may_hold, get_args(hint)))

    return tuple(item.name for item, hint in keys_of(entry).values() if may_hold(hint))
