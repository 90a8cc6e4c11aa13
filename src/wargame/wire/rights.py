"""What each right of a facilitator allows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wargame.engine.commands import Refused

CONTROL = "control"

# Right -> the commands it allows; `control` allows all of them.
ALLOWED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        CONTROL: frozenset(),
        "adjudicator": frozenset({"rule", "defer", "turn_down", "estimate", "announce", "say", "note", "vote"}),
        "evaluator": frozenset({"note", "vote", "estimate"}),
        "observer": frozenset({"estimate"}),
    }
)
# What facilitators without `control` may ask of the table's management: all that only tells.
TELLING = frozenset({"room", "codes", "boundaries", "compare"})

_WORDS = {
    "adjudicator": "As an adjudicator you rule on proposals, estimate, announce and note; the rest is the facilitator's to do.",
    "evaluator": "As an evaluator you take notes and estimate; the rest is the facilitator's to do.",
    "observer": "As an observer you watch and estimate; the rest is the facilitator's to do.",
}


def not_by_right(right: str, body: Mapping[str, Any]) -> Refused | None:
    """Why somebody with this right may not send the command; None if they may (players have no right of this kind)."""
    do = body.get("do")
    if right in ("", CONTROL) or (isinstance(do, str) and do in ALLOWED.get(right, ())):
        return None
    return Refused("forbidden", _WORDS.get(right, "That is the facilitator's to do."))


def not_managed(right: str, what: object) -> Refused | None:
    """Why somebody with this right may not manage that; None if they may."""
    if right == CONTROL or (right and isinstance(what, str) and what in TELLING):
        return None
    return Refused("forbidden", _WORDS.get(right, "Only the facilitator manages the table."))
