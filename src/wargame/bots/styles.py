"""How a bot that looks ahead likes to play: what escalating is worth to it for its own sake, and how it fears the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from attrs import frozen

SPREAD = 1.5  # standard deviation of the taste of seats without a style of their own, in points
CAUTIONS = (1.0, 0.6, 0.2)


@frozen
class Style:
    """A way to play. None: each seat draws its own in each game."""

    taste: float | None = None  # points of score that escalating is worth by itself; as many are lost by de-escalating
    caution: float | None = None  # share of the fear of endings that spare nobody (0 to 1)
    # Whether it has the taste only after others have escalated, and the opposite one otherwise. Such a bot hears its feed.
    in_kind: bool = False

    def drawn(self, luck: Random) -> tuple[float, float]:
        """Taste and caution for one seat in one game."""
        taste, caution = round(luck.gauss(0.0, SPREAD), 3), luck.choice(CAUTIONS)
        return (
            taste if self.taste is None else self.taste,
            caution if self.caution is None else self.caution,
        )


MIXED = Style()

# By the name of the level. Each looks one step ahead with its own score in mind; they differ in nothing but this.
STYLES: Mapping[str, Style] = {
    "one-ply": MIXED,
    "hawk": Style(2.5, 0.2),
    "dove": Style(-2.5, 1.0),
    "tit-for-tat": Style(2.5, 0.6, in_kind=True),
}


def provoked(feed: Iterable[Mapping[str, Any]], seat: str) -> bool:
    """Whether others last escalated, as far as `seat` heard: in the last phase in which any of them did anything with a stance,
    more of it escalated than calmed things down."""
    last: tuple[int, str] | None = None
    balance = 0
    for story in reversed(list(feed)):
        if story["stance"] is None or story["actor"] in (None, seat):
            continue
        moment = (story["turn"], story["phase"])
        if last is not None and moment != last:
            break
        last = moment
        balance += (story["stance"] == "escalate") - (story["stance"] == "deescalate")
    return balance > 0
