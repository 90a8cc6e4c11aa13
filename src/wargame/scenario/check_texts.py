"""The static check of lengths: what stands on a line or a card at a terminal has to fit there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from wargame.scenario.lookup import Lookup
from wargame.scenario.text import Text

MOST_ON_A_LINE = 120  # characters of a label or title
MOST_ON_A_CARD = 4_000  # characters of any other text; briefings are files of their own, limited when read
_LINES = frozenset({"label", "labels", "title", "name", "names", "unit", "menu"})


def check_texts(look: Lookup) -> None:
    """Reports texts for people that are too long to be shown where they belong."""
    for field, text in _texts(look.scenario, ""):
        most = MOST_ON_A_LINE if field in _LINES else MOST_ON_A_CARD
        longest = max(map(len, text.by_language.values()), default=0)
        if field != "briefing" and longest > most:
            message = f"This text ({field}) has {longest} characters; the most is {most}."
            look.error((text.mark, 1), "too_long", message, "say it in fewer words, or in the briefing")


def _texts(value: object, field: str) -> Iterator[tuple[str, Text]]:
    """Every text within, with the name of the field it stands in."""
    if isinstance(value, Text):
        yield field, value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each, field)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, field)
    elif attrs.has(type(value)) and type(value).__module__ == "wargame.scenario.model":
        kind: type[Any] = type(value)
        for attribute in attrs.fields(kind):
            if attribute.name != "sources":
                yield from _texts(getattr(value, attribute.name), attribute.name)
