"""What a sweep's figures are called on the page: titles instead of ids, signs of stances, typeset numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from wargame.analysis.html import Html, Node, join, span
from wargame.analysis.page.charts import whisker
from wargame.analysis.page.tables import Cell, number
from wargame.analysis.sweep import words
from wargame.analysis.sweep.summary import Plain

_MINUS = re.compile(r"(?<![\w%])-(?=\d)")
_SPAN = re.compile(r"(?<=\d)-(?=\d)")


def plainly(name: str) -> str:
    """An id as words."""
    return (name[:1].upper() + name[1:]).replace("_", " ")


def seat(numbers: Plain, name: str) -> str:
    """The title of a seat; of a kind, role or variable its name as words."""
    told = numbers["seats"].get(name)
    return str(told["title"]) if told else plainly(name)


def chosen(told: Mapping[str, Any]) -> Html:
    """The label of an option or order with the sign of its stance."""
    stance = told["stance"]
    sign = span("stance", words.STANCES.get(stance, ""))
    return join(sign, " ", told["label"])


def typeset(shown: str) -> str:
    """Figures with real minus signs, dashes between ends, and a per cent sign that stays with its number."""
    return _SPAN.sub("–", _MINUS.sub("−", shown.replace(" %", "\xa0%")))


def percent(share: float | None) -> str:
    """A share in whole per cent; a dash where there is none."""
    return typeset(words.percent(share))


def between(told: Mapping[str, float]) -> str:
    """A share with its interval."""
    return typeset(words.between(told))


def gained(told: Mapping[str, Any], reach: float, name: str) -> tuple[Cell, Cell]:
    """What followed a choice, in figures and as a picture; empty cells where it cannot be told."""
    if told["mean"] is None or told["low"] is None or told["high"] is None:
        return number("", None), number("", None)
    shown = typeset(words.signed(told))
    return number(shown, told["mean"]), Cell(whisker(f"{name}: {shown}", told["mean"], told["low"], told["high"], reach), "p")


def counted(number_of: int, one: str, many: str) -> str:
    """`1 game`, `2 games`."""
    return f"{number_of} {one if number_of == 1 else many}"


def listed(items: list[str]) -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


Rows: TypeAlias = "list[list[Node | Cell]]"  # of a table: the first cell names the row
